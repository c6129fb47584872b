"""Wishes of which only a verb or an amount is known: "make it purple", "more cars", "instead"."""

from collections.abc import Sequence
from itertools import pairwise

from clipbot.domain.plan import Kind, Operation
from clipbot.understanding import words
from clipbot.understanding.found import word_at, word_set
from clipbot.understanding.tokens import CLIP_MARK, Token

_STYLING = frozenset({"look", "style", "vibe", "aesthetic", "feel", "mood", "treatment"})
_PLACING = frozenset({"", "for", "in", "on", "to", "please", "pls", "with", CLIP_MARK})
_SETTING = word_set(
    "set put move have relocate shoot film let take takes happen happens place should must in on at"
    " needs need to"
)
_OF_NONE = frozenset({"more", "other", "any", "the"})
LOCATING = frozenset({"on", "in", "at", "near", "behind", "by", "outside", "inside", "from"})
_ADVANCING = frozenset({"into", "to", "with", "for", "instead"})
_STRONG_VERBS = frozenset(
    {
        "relocate",
        "shift",
        "send",
        "shoot",
        "make",
        "turn",
        "change",
        "transform",
        "convert",
        "give",
        "replace",
        "swap",
        "render",
    }
    | {"paint", "move", "set", "put", "let"}
)
_ADJECTIVAL = ("ish", "ful", "ous", "ic", "ive", "ass", "like", "less", "ical")
SOUND = word_set("music volume song audio soundtrack sound vocals")
TELLERS = frozenset({"i", "we", "they", "you", "she", "he", "who", "people", "i've", "we've"})
BEING = frozenset({"is", "are", "be", "look", "looks", "feel", "feels", "was", "becomes"})
_LIKE_WHAT = (["a"], ["an"], ["in"], ["something"], ["some"])
_WHO = frozenset({"she", "he", "they", "we", "i", "who"})
_AS_IF = frozenset({("as", "if"), ("as", "though"), ("look", "like")})
"""Words behind which a look is told."""
_AMOUNTS = {"more": Kind.ADD, "extra": Kind.ADD, "fewer": Kind.REMOVE, "less": Kind.REMOVE}
_STEPS = frozenset({"notch", "step", "stop", "touch", "tad", "time", "round"})
"""What is more of the last change, not of a thing: "one more notch"."""
_AMOUNTS |= {"no": Kind.REMOVE, "without": Kind.REMOVE}
ANOTHER = frozenset(
    {"another", "new", "different", "other", "bigger", "smaller", "longer", "taller"}
)


def unnamed(tokens: Sequence[Token], *, is_headed: bool = False) -> Operation | None:
    """Return the operation for a wish with a verb of change and no known object."""
    if not any(map(words.is_foreign, tokens)):
        return None
    row = [token.word for token in tokens]
    return _counted(tokens, row) or replaced(tokens) or _told(tokens, row, is_headed=is_headed)


def _counted(tokens: Sequence[Token], row: Sequence[str]) -> Operation | None:
    """Read "more cars", "no more cars", "the sea is more wild"."""
    if any(pair == ("too", "many") for pair in pairwise(row)):
        return Operation(Kind.REMOVE)
    amount = next((at for at, word in enumerate(row[:-1]) if word in _AMOUNTS), None)
    is_tale = row[0] in TELLERS and row[1] not in {"want", "need", "would", "prefer"}
    if amount is None or is_tale or row[amount + 1] in _STEPS:
        return None
    at = amount + 1 + (row[amount] in {"no", "without"} and row[amount + 1] in _OF_NONE)
    if at == len(row) or not words.is_foreign(tokens[at]):
        return None
    if row[amount] == "more" and row[at].endswith(_ADJECTIVAL):
        return Operation(Kind.MOOD)
    is_said = amount > 0 and row[amount - 1] in BEING
    return Operation(Kind.SUBJECT if is_said else _AMOUNTS[row[amount]])


def _told(tokens: Sequence[Token], row: Sequence[str], *, is_headed: bool) -> Operation | None:
    """Read a wish of which only the verb is known: "make it purple", "wes anderson look"."""
    if not words.NEGATIONS.isdisjoint(row):
        return None
    if _is_likened(row):
        return Operation(Kind.LOOK)
    if not SOUND.isdisjoint(row) or _is_tale(tokens):
        return None
    if _is_styled(tokens) or tuple(row[:2]) in _AS_IF:
        return Operation(Kind.LOOK)
    return _changed(tokens, row, has_clip=is_headed or any(token.is_mark for token in tokens))


def _changed(tokens: Sequence[Token], row: Sequence[str], *, has_clip: bool) -> Operation | None:
    """Read what a verb of change does, or what a place or "should" asks for."""
    is_obliged = not {"should", "must", "needs", "need"}.isdisjoint(row)
    is_set = not words.PLACES.isdisjoint(row) and not _SETTING.isdisjoint(row)
    if is_set and (is_obliged or has_clip):
        return Operation(Kind.BACKGROUND)
    if _STRONG_VERBS.isdisjoint(row) and not (has_clip and is_obliged):
        return None
    if "camera" in row:
        return Operation(Kind.CAMERA)
    is_of_thing = row[0] in {"the", *words.POSSESSIVES} and not {"should", "must"}.isdisjoint(row)
    is_person = not {"him", "her", "she", "he", "them", "they"}.isdisjoint(row)
    if not _AS_IF.isdisjoint(pairwise(row)) and not is_person:
        return Operation(Kind.LOOK)
    return Operation(kind_of(tokens, Kind.SUBJECT if is_of_thing or is_person else Kind.OTHER))


def _is_likened(row: Sequence[str]) -> bool:
    """Whether a clip is to be like something: "9 like a music box"."""
    at = row.index("like") if "like" in row[1:] else len(row)
    return row[at - 1 : at] in ([CLIP_MARK], ["it"]) and row[at + 1 : at + 2] in _LIKE_WHAT


def _is_tale(tokens: Sequence[Token]) -> bool:
    """Whether it is told what somebody does: "she walks along the road"."""
    return any(
        (one.word in _WHO | {"it"} and two.word in {"took", "had", "was", "were"})
        or (
            one.word in _WHO
            and (two.word in BEING or (words.is_foreign(two) and two.word[-1] in "sd"))
        )
        for one, two in pairwise(tokens)
    )


def _is_styled(tokens: Sequence[Token]) -> bool:
    """Whether a look is named that nothing here knows: "wes anderson look for clip 4"."""
    for index, (one, two) in enumerate(pairwise(tokens)):
        following = word_at(tokens, index + 2)
        if two.word in _STYLING and words.is_foreign(one) and following in _PLACING:
            return True
    return False


def replaced(tokens: Sequence[Token]) -> Operation | None:
    """Read "another background", "a different dress", "bigger waves"."""
    for one, two in pairwise(tokens):
        if one.word in ANOTHER and (two.word in words.BACKDROPS or words.is_foreign(two)):
            return Operation(kind_of([two, *tokens], Kind.SUBJECT))
    if any(token.word == "instead" for token in tokens) and any(map(words.is_foreign, tokens)):
        is_set = not words.PLACES.isdisjoint(token.word for token in tokens)
        return Operation(Kind.BACKGROUND if is_set else kind_of(tokens, Kind.SUBJECT))
    return None


def kind_of(tokens: Sequence[Token], otherwise: Kind) -> Kind:
    """Return BACKGROUND where tokens name the place itself, else the kind that is given."""
    is_backdrop = any(token.word in words.BACKDROPS for token in tokens) or _is_replaced_place(
        tokens
    )
    return Kind.BACKGROUND if is_backdrop and otherwise is not Kind.CAMERA else otherwise


def _is_replaced_place(tokens: Sequence[Token]) -> bool:
    """Whether a place is what changes: "the bar to a bookshop", not "the girl on the beach"."""
    link, head = "", ""
    for token in tokens:
        if token.word in LOCATING | _ADVANCING:
            link = token.word
        elif not link and (words.is_foreign(token) or token.word in words.PLACES):
            head = token.word
        if token.word in words.PLACES and link not in LOCATING:
            return not link or not head or head in words.PLACES | words.BACKDROPS
    return False
