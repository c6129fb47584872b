"""Wishes about things in the picture: add, remove, change; all that needs a model.

The words of a thing are never read as looks: "make her dress darker" changes a dress,
not the light. Only a thing that is wholly made of vocabulary ("add some fog", "remove
the colour") is left to the vocabulary.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from clipbot.domain.plan import Kind, Operation
from clipbot.understanding import words
from clipbot.understanding.found import word_at
from clipbot.understanding.numbers import NUMBER_WORDS
from clipbot.understanding.phrases import PhraseBook
from clipbot.understanding.tokens import Token
from clipbot.understanding.vocabulary import OPERATIONS, QUANTITIES

_VERBS: dict[Kind, str] = {
    Kind.ADD: "add, insert, include, introduce, put, place, bring in, there should be, with a,"
    "with an, with some, want a, want an, want some, need a, needs a, needs an, needs some",
    Kind.REMOVE: "remove, delete, erase, get rid of, take out, take away, take off, lose,"
    "eliminate, cut out, clear away, take, get",
    Kind.SUBJECT: "change, replace, swap, turn, transform, make, paint, give, let, dress, render,"
    "recolour, recolor, have, darken, brighten, lighten, sharpen, blur, soften, saturate,"
    "desaturate, warm up, cool down, speed up, slow down",
}
_OBJECT_VERBS = PhraseBook(
    {" ".join(verb.split()): kind for kind, verbs in _VERBS.items() for verb in verbs.split(",")}
)
_SPLIT_VERBS = frozenset({"take", "get"})
_AWAY = frozenset({"out", "off", "away"})
_PLACED = frozenset({"on", "onto", "in", "into", "at"})
_PEOPLE = frozenset({"him", "her", "she", "he", "everyone", "everybody", "someone"})
_STRONG_VERBS = frozenset(
    {"make", "turn", "change", "transform", "convert", "give", "replace", "swap", "render"}
    | {"paint", "move", "set", "put", "let"}
)
_PAIR = 2
_AMOUNTS = {"more": Kind.ADD, "extra": Kind.ADD, "fewer": Kind.REMOVE, "less": Kind.REMOVE}
_MODALS = frozenset({"should", "must", "needs", "need", "is", "are", "could", "looks", "has"})


@dataclass(frozen=True, slots=True)
class Thing:
    """A wish about something in the picture."""

    start: int
    """Where its verb, or the thing itself, begins."""
    op: Operation


def object_in(tokens: Sequence[Token]) -> Thing | None:
    """Return the wish about a thing in the picture, if a piece has one."""
    first = OPERATIONS.first(tokens)
    if first and first[1].kind is Kind.CAMERA:
        return None
    for index in range(len(tokens)):
        found = _OBJECT_VERBS.at(tokens, index)
        if found is None:
            continue
        kind, stop = found
        if thing := _of_verb(tokens, index, stop, kind):
            return thing
    return _of_subject(tokens)


def unnamed(tokens: Sequence[Token]) -> Operation | None:
    """Return the operation for a wish with a verb of change and no known object."""
    row = [token.word for token in tokens]
    if not any(map(words.is_foreign, tokens)):
        return None
    if row[0] in _AMOUNTS and words.is_foreign(tokens[1]):
        return Operation(_AMOUNTS[row[0]])
    has_clip = any(token.is_mark for token in tokens)
    is_wish = not _STRONG_VERBS.isdisjoint(row) or (
        has_clip and not {"should", "must", "needs", "need"}.isdisjoint(row)
    )
    if not is_wish or not words.NEGATIONS.isdisjoint(row):
        return None
    return Operation(_kind_of(tokens, Kind.CAMERA if "camera" in row else Kind.OTHER))


def _of_verb(tokens: Sequence[Token], index: int, stop: int, kind: Kind) -> Thing | None:
    rest = tokens[stop:]
    row = [token.word for token in rest]
    if tokens[index].word in _SPLIT_VERBS and stop == index + 1 and _AWAY.isdisjoint(row):
        return None
    if kind is Kind.SUBJECT:
        is_thing = _starts_with_thing(rest)
        return Thing(index, Operation(_kind_of(tokens, kind))) if is_thing else None
    if not _has_foreign(rest) and _PEOPLE.isdisjoint(row):
        return None
    if tokens[index].word in {"put", "place"}:
        return _put(rest, index)
    return Thing(index, Operation(kind))


def _put(rest: Sequence[Token], index: int) -> Thing | None:
    """Read "put a cake on the table" and "put the girl on a beach"."""
    if rest[0].word in _PLACED or rest[0].is_mark or rest[0].word in {"it", "this", "everything"}:
        return None
    is_moved = rest[0].word in {"the", *words.POSSESSIVES} and any(
        one.word in _PLACED and two.word in {"a", "an"} for one, two in pairwise(rest)
    )
    return Thing(index, Operation(Kind.BACKGROUND if is_moved else Kind.ADD))


def _of_subject(tokens: Sequence[Token]) -> Thing | None:
    """Read things that need no verb of change: "her coat darker", "everyone should wear"."""
    for index, token in enumerate(tokens):
        after = tokens[index + 1] if index + 1 < len(tokens) else None
        if token.word in words.WEARING:
            return Thing(index, Operation(Kind.SUBJECT))
        if after is None:
            break
        if token.word in words.POSSESSIVES and words.is_foreign(after) and _asks(tokens):
            return Thing(index, Operation(_kind_of(tokens, Kind.SUBJECT)))
        is_first = index <= 1 and words.is_foreign(token)
        if is_first and after.word in _MODALS and _asks(tokens):
            return Thing(index, Operation(_kind_of(tokens, Kind.SUBJECT)))
    if _is_named_outright(tokens):
        return Thing(0, Operation(_kind_of(tokens, Kind.SUBJECT)))
    starts_new = word_at(tokens, 0) in {"a", "an"} and any(map(words.is_foreign, tokens[1:3]))
    has_clip = any(token.is_mark for token in tokens)
    return Thing(0, Operation(Kind.ADD)) if starts_new and has_clip else None


def _is_named_outright(tokens: Sequence[Token]) -> bool:
    """Whether a thing and its look are all there is: "the sky darker"."""
    if len(tokens) <= _PAIR or tokens[0].word != "the" or not words.is_foreign(tokens[1]):
        return False
    return OPERATIONS.at(tokens, _PAIR) is not None


def _asks(tokens: Sequence[Token]) -> bool:
    """Whether a piece is a wish at all: it tells, or the vocabulary has a word in it."""
    is_told = any(token.word in {"should", "must", "needs"} for token in tokens)
    return is_told or OPERATIONS.first(tokens) is not None or QUANTITIES.first(tokens) is not None


def _starts_with_thing(tokens: Sequence[Token]) -> bool:
    """Whether the first noun phrase names a thing, not a clip, a look, or "it"."""
    index = 0
    while index < len(tokens) and tokens[index].word in words.DETERMINERS | {"all", "both", "of"}:
        index += 1
    if index < len(tokens) and tokens[index].word in _PEOPLE:
        return True
    while index < len(tokens):
        if found := OPERATIONS.at(tokens, index):
            index = found[1]
            if index == len(tokens) or not words.is_foreign(tokens[index]):
                return False
            continue
        token = tokens[index]
        if words.is_foreign(token):
            return True
        if token.word not in NUMBER_WORDS and token.number is None:
            return token.word in words.BACKDROPS
        index += 1
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


def _kind_of(tokens: Sequence[Token], otherwise: Kind) -> Kind:
    is_backdrop = any(token.word in words.BACKDROPS for token in tokens)
    return Kind.BACKGROUND if is_backdrop and otherwise is not Kind.CAMERA else otherwise
