"""Short pieces that mend what was said before: "bring it down", "chill it a tad", "lose it"."""

from collections.abc import Sequence

from clipbot.domain.plan import Kind, Operation
from clipbot.understanding import words
from clipbot.understanding.found import word_set
from clipbot.understanding.phrases import phrase_set
from clipbot.understanding.tokens import CLIP_MARK, Token
from clipbot.understanding.vocabulary import OPERATIONS, inverse

AROUND = word_set(
    "tad touch notch hair smidge kindly in on for with too the a bit little lot much even to of it"
    " slightly way please but needs need gets get should have has be could"
)
"""Words that say nothing beside what mends."""
_MENDING = word_set(
    """
    tone toned down bring take pull turn dial back up fix fixed fixing sort out correct rein lift
    them those these this can you pls would must crank push brought taken pulled about something do
    well make that
    """
)
_CALMING = word_set("chill calm soften tame mellow settle ease relax lower reduce mute")
_REPAIRING = word_set(
    "tame rescue repair mend remedy counteract improve cure handle address save help balance"
    " compensate sort solve deal treat"
)
_MENDED = _REPAIRING | word_set("down up back fix fixed fixing sort correct toned tone rein lift")
_PUTTING = word_set("put add move place stick insert use have drop shift bring")
_INTO = word_set("in into to on onto for")
_THINGS = ("it", "that", "them", "those", "this")
_DROPPED = phrase_set(
    [
        form.replace("#", thing)
        for thing in _THINGS
        for form in [
            "lose #",
            "remove #",
            "delete #",
            "erase #",
            "drop #",
            "ditch #",
            "take # out",
            "take # away",
            "get rid of #",
            "cut # out",
            "crop # out",
            "paint # out",
            "edit # out",
            "kick # out",
            "get # out",
            "take # off",
            "kill #",
            "clear # away",
            "wipe # out",
            "throw # out",
            "scrap #",
            "bin #",
        ]
    ]
)


_ADDED = phrase_set(
    [
        form.replace("#", thing)
        for thing in _THINGS
        for form in [
            "put # in",
            "add #",
            "include #",
            "stick # in",
            "throw # in",
            "pop # in",
            "bring # in",
            "i want #",
            "i want # in",
            "let me see #",
            "show #",
            "insert #",
            "work # in",
            "place # there",
            "put # there",
            "add # there",
            "make # happen",
            "let # happen",
        ]
    ]
)


_UNWANTED = phrase_set(
    "can go, could go, may go, can leave, can stop, should stop, should end, must stop, must end,"
    " isn't needed, is not needed, is no longer needed, is unnecessary, isn't necessary,"
    " is not necessary, isn't wanted, is not wanted, is unwanted, bothers me, annoys me, distracts,"
    " distracts me, spoils it, ruins it, shouldn't be there, should not be there, doesn't belong,"
    " does not belong, has no place, has no business, is out of place, doesn't fit, does not fit,"
    " isn't needed any more, was a mistake, is a mistake, gets in the way, should let up, is over"
)
"""What is said of weather that is to end."""


def unwanted(tokens: Sequence[Token]) -> Operation | None:
    """Return the end of a weather that is said to be unwanted: "the rain in 4 can go"."""
    found = _UNWANTED.first(tokens)
    known = OPERATIONS.first(tokens[: found[0]]) if found else None
    if known is None or known[1].kind is not Kind.WEATHER:
        return None
    return inverse(known[1])


def mends(tokens: Sequence[Token]) -> bool:
    """Whether a piece only asks to mend what its clips were named by: "bring those down"."""
    row = _said(tokens)
    return row <= _MENDING | _REPAIRING | AROUND and not row.isdisjoint(_MENDED)


def calms(tokens: Sequence[Token]) -> bool:
    """Whether a piece only says that what was complained of is to be mended."""
    row = _said(tokens)
    return row <= _MENDING | AROUND | _CALMING and not row.isdisjoint(_MENDED | _CALMING)


def drops(tokens: Sequence[Token]) -> bool:
    """Whether a piece only wishes away what was named before: "take it out"."""
    found = _DROPPED.at(tokens, 0)
    return found is not None and found[1] == len(tokens)


def adds(tokens: Sequence[Token]) -> bool:
    """Whether a piece only wishes for what was told before: "put them in"."""
    row = [token for token in tokens if token.word not in words.POLITE | {"so", "do"}]
    found = _ADDED.at(row, 0) if row else None
    return found is not None and found[1] == len(row)


def moves(tokens: Sequence[Token]) -> bool:
    """Whether a piece puts what was named before somewhere: "put it in 4 instead"."""
    row = [token.word for token in tokens if token.word not in {"please", "and", "just", "rather"}]
    if row[:1] == [] or row[0] not in _PUTTING or row[1:2] == [] or row[1] not in _THINGS:
        return False
    return row[2:4] != [] and row[2] in _INTO and row[3:] in ([CLIP_MARK], [CLIP_MARK, "instead"])


def shows(tokens: Sequence[Token]) -> bool:
    """Whether a piece says that something is there and no more: "there is a bird"."""
    row = [token.word for token in tokens if not token.is_mark]
    at = row.index("there") if "there" in row else len(row)
    is_there = row[at + 1 : at + 2] in (["is"], ["are"], ["'s"])
    is_seen = row[:1] in (["see"], ["spotted"]) or row[:2] == ["i", "see"]
    return (is_there or is_seen) and any(map(words.is_foreign, tokens))


def _said(tokens: Sequence[Token]) -> set[str]:
    return {token.word for token in tokens if not token.is_mark}
