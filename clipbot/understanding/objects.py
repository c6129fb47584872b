"""Wishes about things in the picture: add, remove, change; all that needs a model.

The words of a thing are never read as looks: "make her dress darker" changes a dress,
not the light. Only a thing that is wholly made of vocabulary ("add some fog", "remove
the colour") is left to the vocabulary.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest

from clipbot.domain.plan import Kind, Operation
from clipbot.understanding import words
from clipbot.understanding.constructions import constructed
from clipbot.understanding.found import skipped, word_at
from clipbot.understanding.nameless import (
    ANOTHER,
    BEING,
    LOCATING,
    SOUND,
    TELLERS,
    kind_of,
    replaced,
)
from clipbot.understanding.numbers import NUMBER_WORDS
from clipbot.understanding.object_verbs import OBJECT_VERBS
from clipbot.understanding.phrases import phrase_set
from clipbot.understanding.tokens import CLIP_MARK, Token
from clipbot.understanding.vocabulary import OPERATIONS, QUANTITIES

_SPLIT_VERBS = frozenset({"take", "get"})
_AWAY = frozenset({"out", "off", "away"})
_GOING = phrase_set(
    "must go, has to go, have to go, should go, needs to go, should disappear, must disappear,"
    "should vanish, go away, be gone, be removed, disappear, disappears, vanish,"
    "should not be there, need to go, gotta go, shouldn't be there, be deleted, be taken out,"
    "be cut out, got to go"
)
_SCOPING = frozenset({"in", "of", "on", "for", "from"})
_QUANTIFYING = words.DETERMINERS | {
    "one",
    "all",
    "both",
    "most",
    "of",
    "every",
    "each",
    "two",
    "three",
}
_NOUN_ENDS = (
    LOCATING | words.POLITE | {"with", "to", "over", "during", "for", "of", "and", "that", "while"}
)
_AGAINST = frozenset({"front", "behind", "beside", "against", "outside", "inside", "next"})
_PLACED = frozenset({"on", "onto", "in", "into", "at"})
_BEFORE = words.DETERMINERS | {"all", "both", "of", "only", "just"}
"""What may stand before a noun."""
_PEOPLE = frozenset({"him", "her", "she", "he", "everyone", "everybody", "someone"})
_PAIR = 2
_VANISHING = frozenset({"disappear", "vanish", "disappears", "vanishes"})
_ASKED = [
    [word] for word in ("can", "could", "would", "will", "may", "should", "might", "if", "have")
]
_MODALS = frozenset(
    {
        "should",
        "must",
        "needs",
        "need",
        "is",
        "are",
        "could",
        "looks",
        "has",
        "ought",
        "have",
        "turns",
        "goes",
    }
)


@dataclass(frozen=True, slots=True)
class Thing:
    """A wish about something in the picture."""

    start: int
    """Where its verb, or the thing itself, begins."""
    op: Operation


def object_in(tokens: Sequence[Token], *, is_headed: bool = False) -> Thing | None:
    """Return the wish about a thing in the picture, if a piece has one.

    Args:
        tokens: The piece.
        is_headed: Whether its clips were named in front of a colon.
    """
    if found := _object_in(tokens, is_headed=is_headed):
        return found
    places = [at for at in range(len(tokens)) if not _names_clip(tokens, at)]
    if len(places) in {0, len(tokens)} or OPERATIONS.at(tokens, 0):
        return None
    found = _of_subject([tokens[at] for at in places], is_headed=True)
    return found and Thing(places[found.start], found.op)


def _names_clip(tokens: Sequence[Token], index: int) -> bool:
    """Whether a token only says which clip: a stand-in behind "in", or that "in"."""
    at = index if tokens[index].word == CLIP_MARK else index + 1
    return word_at(tokens, at) == CLIP_MARK and at > 1 and tokens[at - 1].word in _SCOPING


def _object_in(tokens: Sequence[Token], *, is_headed: bool) -> Thing | None:
    first = OPERATIONS.first(tokens)
    if not SOUND.isdisjoint(token.word for token in tokens):
        return None
    if first and first[1].kind is Kind.CAMERA and not _is_from_there(tokens, first[0]):
        return None
    if built := constructed(tokens, is_headed=is_headed):
        return Thing(0, built)
    for index in range(len(tokens)):
        found = OBJECT_VERBS.at(tokens, index)
        if found is None:
            continue
        kind, stop = found
        known = OPERATIONS.at(tokens, index)
        is_covered = known is not None and (
            known[1] > stop + 1 or (known[1] > stop and words.is_foreign(tokens[stop]))
        )
        if _is_told(tokens, index) or is_covered:
            continue
        if thing := _of_verb(tokens, index, stop, kind):
            return thing
    return _of_subject(tokens, is_headed=is_headed)


def _is_from_there(tokens: Sequence[Token], index: int) -> bool:
    """Whether "from the ceiling" says where a thing is, not where the camera is."""
    return tokens[index].word == "from" and _has_foreign(tokens[:index])


def _is_told(tokens: Sequence[Token], index: int) -> bool:
    """Whether a verb tells of somebody rather than asks: "we have a premiere"."""
    if tokens[index].word in {"want", "need", "needs", "there", "don't", "hate", "can't", "dont"}:
        return False
    before = [token.word for token in tokens[max(0, index - 2) : index]]
    if tokens[index].word == "show" and before[-1:] in (["me"], ["to"]):
        return True
    return before[-1:] != [] and before[-1] in TELLERS and before[:-1][-1:] not in _ASKED


def _of_verb(tokens: Sequence[Token], index: int, stop: int, kind: Kind) -> Thing | None:
    rest = tokens[stop:]
    row = [token.word for token in rest]
    if tokens[index].word in _SPLIT_VERBS and stop == index + 1 and _AWAY.isdisjoint(row):
        return None
    if kind is Kind.SUBJECT:
        return _of_change(tokens, index, rest, row)
    is_wanted = kind is Kind.ADD and tokens[stop - 1].word not in {"add", "insert"}
    if renewed := _renewed(tokens, index, stop) if is_wanted else None:
        return Thing(index, renewed)
    is_them = kind is Kind.REMOVE and "them" in row[:1] and tokens[index].word not in _SPLIT_VERBS
    is_unnamed = not _has_foreign(rest) and _PEOPLE.isdisjoint(row) and not is_them
    if is_unnamed or (kind is Kind.ADD and _ends_known(rest)):
        return None
    if tokens[index].word in {"put", "place"}:
        return _put(rest, index)
    return Thing(index, Operation(_exchanged(row, kind)))


def _renewed(tokens: Sequence[Token], index: int, stop: int) -> Operation | None:
    """Read what is wanted in place of what is there: "a new coat", "a darker beard"."""
    if _is_compared(tokens[stop:]) and _has_foreign(tokens[:index]):
        return Operation(kind_of(tokens, Kind.SUBJECT))
    return replaced(tokens[stop - 1 :])


def _is_compared(rest: Sequence[Token]) -> bool:
    """Whether a thing is wanted that is there already, only otherwise: "a darker beard"."""
    found = OPERATIONS.at(rest, 0) if rest else None
    is_other = word_at(rest, 0) in words.PAINTS or (found is not None and found[1] == 1)
    return (
        is_other and word_at(rest, 0).endswith("er") and len(rest) > 1 and words.is_foreign(rest[1])
    )


def _of_change(
    tokens: Sequence[Token], index: int, rest: Sequence[Token], row: Sequence[str]
) -> Thing | None:
    """Read what a verb of change does: "paint the van red", "make the extras disappear"."""
    if _is_new_one(tokens, index, row):
        return Thing(index, Operation(Kind.ADD))
    if not _starts_with_thing(rest):
        return None
    is_gone = not _VANISHING.isdisjoint(row)
    return Thing(index, Operation(Kind.REMOVE if is_gone else kind_of(tokens, Kind.SUBJECT)))


def _is_new_one(tokens: Sequence[Token], index: int, row: Sequence[str]) -> bool:
    """Whether "let" brings in what was not there: "let a bird fly past"."""
    is_let = tokens[index].word in {"let", "have"} and len(row) > _PAIR
    is_new = row[:1] in (["a"], ["an"], ["some"]) or row[0].endswith("s") if row else False
    at = 1 if row[:1] in (["a"], ["an"], ["some"]) else 0
    return is_let and is_new and words.is_foreign(tokens[index + 1 + at])


def _exchanged(row: Sequence[str], kind: Kind) -> Kind:
    """Return what a wanted thing is where it takes the place of another."""
    if kind is Kind.ADD and row[:1] in (["fewer"], ["less"], ["no"]):
        return Kind.REMOVE
    is_other = kind is Kind.ADD and (row[:1] == ["than"] or "than" in row)
    return Kind.SUBJECT if is_other else kind


def _put(rest: Sequence[Token], index: int) -> Thing | None:
    """Read "put a cake on the table" and "put the girl on a beach"."""
    is_person = rest[0].word in _PEOPLE | {"them", "us"} and len(rest) > 1
    if is_person and (rest[1].word in _PLACED or rest[1].word in _AGAINST):
        is_worn = (
            words.PLACES.isdisjoint(token.word for token in rest) and rest[1].word not in _AGAINST
        )
        is_worn &= "front" not in [token.word for token in rest]
        return Thing(index, Operation(Kind.SUBJECT if is_worn else Kind.BACKGROUND))
    if rest[0].word in _PLACED or rest[0].is_mark or rest[0].word in {"it", "this", "everything"}:
        return None
    is_moved = rest[0].word in {"the", *words.POSSESSIVES} and any(
        one.word in _PLACED and two.word in {"a", "an"} for one, two in pairwise(rest)
    )
    return Thing(index, Operation(Kind.BACKGROUND if is_moved else Kind.ADD))


def _of_subject(tokens: Sequence[Token], *, is_headed: bool) -> Thing | None:
    """Read things that need no verb of change: "her coat darker", "everyone should wear"."""
    if _is_gone(tokens):
        return Thing(0, Operation(Kind.REMOVE))
    at = _owned(tokens)
    if at is not None:
        is_worn = tokens[at].word in words.WEARING
        return Thing(at, Operation(Kind.SUBJECT if is_worn else kind_of(tokens, Kind.SUBJECT)))
    if _is_named_outright(tokens):
        return Thing(0, Operation(kind_of(tokens, Kind.SUBJECT)))
    if (is_headed or any(token.is_mark for token in tokens)) and _is_set(tokens):
        return Thing(0, Operation(Kind.BACKGROUND))
    is_new = _is_placed(tokens) or _is_new(tokens, is_headed=is_headed)
    return Thing(0, Operation(Kind.ADD)) if is_new else None


def _is_set(tokens: Sequence[Token]) -> bool:
    """Whether a place is all that is said of a clip: "clip 4 on a beach", "a church"."""
    row = [token.word for token in tokens if not token.is_mark]
    if words.EXCLUSIONS.at(tokens, 0):
        return False
    while row and row[0] in LOCATING | words.DETERMINERS | {"some", "maybe", "it"}:
        row.pop(0)
    return 0 < len(row) <= _PAIR and row[-1] in words.PLACES


def _is_gone(tokens: Sequence[Token]) -> bool:
    """Whether a thing is wished away: "the logo must go"."""
    going = _GOING.first(tokens)
    if going is None or not any(map(words.is_foreign, tokens[: going[0]])):
        return False
    return word_at(tokens, going[2]) in {"", "please", "away", "completely", CLIP_MARK}


def _owned(tokens: Sequence[Token]) -> int | None:
    """Return where somebody's thing is named: "her coat darker", "everyone should wear"."""
    for index, (token, after) in enumerate(zip_longest(tokens, tokens[1:])):
        if token.word in words.WEARING:
            return index
        if after is None:
            return None
        is_theirs = token.word in words.POSSESSIVES and words.is_foreign(after)
        is_first = index <= 1 or all(map(_is_of_name, tokens[:index]))
        is_first |= [each.word for each in tokens[:index]] == [CLIP_MARK, "'s"]
        is_fine = word_at(tokens, index + 2) in words.PRAISE
        is_known = any(
            OPERATIONS.at(tokens, at) or QUANTITIES.at(tokens, at)
            for at in range(max(0, index - 1), index + 1)
        )
        is_named = words.is_foreign(token) and not is_known
        is_named &= not (token.word.endswith("ing") and after.word in BEING)
        is_asked = after.word == "be" and tokens[0].word in {"can", "could", "should"}
        is_modal = after.word in _MODALS or is_asked
        is_told = is_first and is_named and is_modal and not is_fine
        if (is_theirs or is_told) and _asks(tokens):
            return index
    return None


def _is_of_name(token: Token) -> bool:
    """Whether a word can stand in a name: "the number plate", "the singer's hair"."""
    return (
        token.word in _QUANTIFYING | {"'s", "can", "could"}
        or words.is_foreign(token)
        or token.word == "number"
    )


def _is_new(tokens: Sequence[Token], *, is_headed: bool) -> bool:
    """Whether a piece names a new thing and a clip: "a rainbow over clip 6"."""
    starts_new = word_at(tokens, 0) in {"a", "an"} and any(
        words.is_foreign(tokens[at]) and not OPERATIONS.at(tokens, at)
        for at in range(1, min(len(tokens), 3))
    )
    is_changed = any(token.word in words.BACKDROPS | ANOTHER for token in tokens[1:3])
    is_said = is_headed or any(token.is_mark for token in tokens)
    return starts_new and is_said and not is_changed


def _is_placed(tokens: Sequence[Token]) -> bool:
    """Whether a thing is all that is said of a clip: "in 10 a red flag", "in 11 fireworks"."""
    row = [token.word for token in tokens]
    if row[:1] not in (["in"], ["on"], ["for"]) or row[1:2] != [CLIP_MARK]:
        return False
    at = 2 + (row[2:3] in (["a"], ["an"], ["some"]))
    return (
        at < len(row)
        and words.is_foreign(tokens[at])
        and not tokens[at].word.endswith("ing")
        and BEING.isdisjoint(row)
        and OPERATIONS.first(tokens[at:]) is None
        and words.NEGATIONS.isdisjoint(row)
    )


def _is_named_outright(tokens: Sequence[Token]) -> bool:
    """Whether a thing and its look are all there is: "the sky darker"."""
    at = skipped(tokens, 0, {"just", "only", "and", "also", "but"})
    if len(tokens) <= at + _PAIR or tokens[at].word != "the":
        return False
    is_thing = words.is_foreign(tokens[at + 1]) or (at > 0 and tokens[at + 1].word == "sky")
    return is_thing and OPERATIONS.at(tokens, at + _PAIR) is not None


def _asks(tokens: Sequence[Token]) -> bool:
    """Whether a piece is a wish at all: it tells, or the vocabulary has a word in it."""
    row = {token.word for token in tokens}
    is_painted = not row.isdisjoint(words.PAINTS) and row.isdisjoint(BEING - {"be"})
    is_told = not row.isdisjoint({"should", "must", "needs", "ought"}) or is_painted
    return is_told or OPERATIONS.first(tokens) is not None or QUANTITIES.first(tokens) is not None


def _starts_with_thing(tokens: Sequence[Token]) -> bool:
    """Whether the first noun phrase names a thing, not a clip, a look, or "it"."""
    if [token.word for token in tokens[:2]] == [CLIP_MARK, "'s"]:
        tokens = tokens[2:]
    index = next((at for at, each in enumerate(tokens) if each.word not in _BEFORE), len(tokens))
    row = [token.word for token in tokens[max(0, index - 1) : index + 1]]
    is_turned = row[:1] == ["her"] and row[-1] in {"look", "around", "away"}
    if is_turned or (row[-1:] != [] and row[-1] in _PEOPLE and index < len(tokens)):
        return True
    while index < len(tokens):
        if found := OPERATIONS.at(tokens, index):
            index = found[1]
            if index == len(tokens) or not words.is_foreign(tokens[index]):
                return False
            continue
        token = tokens[index]
        if QUANTITIES.at(tokens, index):
            return False
        if words.is_foreign(token):
            return True
        if token.word not in NUMBER_WORDS and token.number is None:
            return token.word in words.BACKDROPS
        index += 1
    return False


def _ends_known(tokens: Sequence[Token]) -> bool:
    """Whether the noun of a row is of the vocabulary: "a proper storm", "a smidgen less pop"."""
    links = (at for at, token in enumerate(tokens) if token.is_mark or token.word in _NOUN_ENDS)
    end = next(links, len(tokens))
    for index in range(1, end):
        found = OPERATIONS.at(tokens, index) or QUANTITIES.at(tokens, index)
        is_lamp = tokens[index].word in {"light", "lights"} and words.is_foreign(tokens[index - 1])
        if found and found[1] == end and not is_lamp:
            return not tokens[end - 1].word.endswith(("er", "est", "ing"))
    return False


def _has_foreign(tokens: Sequence[Token]) -> bool:
    """Whether anything in a row is outside the vocabulary."""
    index = 0
    while index < len(tokens):
        found = OPERATIONS.at(tokens, index) or QUANTITIES.at(tokens, index)
        if found is None and words.is_foreign(tokens[index]):
            return True
        index = found[1] if found else index + 1
    return False
