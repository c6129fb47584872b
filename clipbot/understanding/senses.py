"""Hits of the vocabulary in a piece, each with its direction and its negation.

"too dark" wants brighter, "less rain" clears the sky, "not darker" wants nothing, and
"the night bus" is a bus.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from clipbot.domain.plan import Kind, Operation
from clipbot.understanding import words
from clipbot.understanding.tokens import Token
from clipbot.understanding.vocabulary import DOWN, OPERATIONS, QUANTITIES, REMOVING, UP, inverse

_REVERSING = frozenset({"less", "too", "fewer"})
_SO = frozenset({"so", "that", "as", "quite"})
_ENDING = frozenset({"more", "longer", "anymore"})
_INTERJECTION = 3
"""Words behind a "no" at the start from which on it answers rather than refuses."""
_NEW_START = frozenset({"just", "only", "instead", "rather"})
_FAINT_UP = frozenset({"some", "needs", "need", "needed", "add", "add some", "up", "high", "extra"})
_OBSERVING = frozenset({"is", "are", "'s", "looks", "feels", "seems", "appears"})
_WISHING = frozenset(
    {"should", "must", "want", "need", "needs", "wish", "make", "like", "prefer", "sure", "not"}
    | words.NEGATIONS
)
_FAINTNESS = 10
_REACH = 16
_COMPARATIVE = ("er", "en", "ened", "ise", "ize", "ate")
_PHOTOGRAPHIC = frozenset({Kind.CAMERA, Kind.REGENERATE})


@dataclass(frozen=True, slots=True)
class Hit:
    """One phrase of the vocabulary in a piece."""

    start: int
    stop: int
    op: Operation | None
    """What it asks for; None where the wording refuses it."""


def senses_in(tokens: Sequence[Token]) -> tuple[Hit, ...]:
    """Return the hits in a piece, in order."""
    hits = tuple(_hits(tokens))
    if not hits or any(hit.op for hit in hits):
        hits += tuple(_quantities(tokens, hits))
    return hits or tuple(_toned_down(tokens))


def _hits(tokens: Sequence[Token]) -> Iterator[Hit]:
    index = 0
    taking = REMOVING.first(tokens)
    while index < len(tokens):
        found = OPERATIONS.at(tokens, index)
        if found is None:
            index += 1
            continue
        op, stop = found
        if not _describes(tokens, index, stop, op) and not _is_observed(tokens, index):
            is_taken = taking is not None and taking[0] < index
            yield Hit(index, stop, _taken(op) if is_taken else _turned(*_around(tokens, index), op))
        index = stop


def _describes(tokens: Sequence[Token], start: int, stop: int, op: Operation) -> bool:
    """Whether a hit only describes a thing in the picture: the night bus, a brighter dress."""
    if op.kind in _PHOTOGRAPHIC or not _is_thing(tokens, stop):
        return False
    is_comparative = tokens[stop - 1].word.endswith(_COMPARATIVE)
    before = tokens[start - 1].word if start else ""
    return not is_comparative or before in words.DETERMINERS


def _around(tokens: Sequence[Token], index: int) -> tuple[Sequence[Token], int]:
    """Return the tokens near a hit, and where it is among them; a refusal reaches no farther."""
    start = max(0, index - _REACH)
    return tokens[start : index + _REACH], index - start


def _taken(op: Operation) -> Operation:
    """Return what "remove" in front of a word asks for."""
    return inverse(op) or Operation(Kind.REMOVE, op.direction, op.strength)


def _is_observed(tokens: Sequence[Token], index: int) -> bool:
    """Whether a word only says how things are: "clip 4 is dark", "he looks sad"."""
    before = [token.word for token in tokens[max(0, index - _REACH) : index]]
    is_seen = bool(before) and before[-1] in _OBSERVING
    return is_seen and _WISHING.isdisjoint(before)


def _is_thing(tokens: Sequence[Token], index: int) -> bool:
    """Whether a word that nothing here knows stands at `index`."""
    if index >= len(tokens) or not words.is_foreign(tokens[index]):
        return False
    return not any(book.at(tokens, index) for book in (OPERATIONS, QUANTITIES, UP, DOWN))


def _turned(tokens: Sequence[Token], index: int, op: Operation) -> Operation | None:
    """Return what a hit asks for, given the words before and behind it."""
    before = [token.word for token in tokens[:index]]
    last = before[-1] if before else ""
    if _is_left_behind(tokens, index):
        return None
    refusal = _refusal(before)
    is_enough = any(token.word == "enough" for token in tokens[index + 1 :])
    if refusal is None:
        return inverse(op) if last in _REVERSING else op
    if last in _SO or _is_over(tokens, index, refusal, op):
        return inverse(op)
    return op if is_enough else None


def _is_over(tokens: Sequence[Token], index: int, refusal: int, op: Operation) -> bool:
    """Whether a refusal ends what is there: "no rain", "I don't want rain any more"."""
    if any(token.word in _ENDING for token in tokens[refusal:]):
        return True
    is_next = tokens[refusal].word == "no" and refusal == index - 1
    return is_next and op.kind is Kind.WEATHER


def _is_left_behind(tokens: Sequence[Token], index: int) -> bool:
    """Whether a word names what is to be given up: "instead of night", "day into night"."""
    before = [token.word for token in tokens[max(0, index - 2) : index]]
    if any(token.word == "into" for token in tokens[index + 1 : index + 2]):
        return True
    if before in (["instead", "of"], ["rather", "than"]):
        return True
    return before[-1:] == ["from"] and any(token.word == "to" for token in tokens[index:])


def _refusal(before: Sequence[str]) -> int | None:
    """Return where the negation is that reaches a word behind `before`."""
    for index in range(len(before) - 1, -1, -1):
        if before[index] in _NEW_START:
            return None
        if before[index] in words.NEGATIONS:
            is_interjection = before[index] == "no" and index == 0 and len(before) > _INTERJECTION
            return None if is_interjection else index
    return None


def _quantities(tokens: Sequence[Token], hits: Sequence[Hit]) -> Iterator[Hit]:
    """Yield what can be more or less and has a word that says which."""
    taken = {index for hit in hits for index in range(hit.start, hit.stop)}
    leanings = tuple(_leanings(tokens, with_faint=not hits))
    for index in range(len(tokens)):
        found = None if index in taken else QUANTITIES.at(tokens, index)
        if found is None or not leanings:
            continue
        kind, stop = found
        if _is_thing(tokens, stop):
            continue
        nearest = min(leanings, key=lambda leaning: abs(index - leaning.at) + leaning.handicap)
        near, at = _around(tokens, index)
        refusal = _refusal([token.word for token in near[:at]])
        is_refused = (
            refusal is not None and near[refusal].word != "without" and not _is_missed(near)
        )
        yield Hit(index, stop, None if is_refused else Operation(kind, nearest.direction))


@dataclass(frozen=True, slots=True)
class _Leaning:
    """A word that says more or less."""

    at: int
    direction: str
    handicap: int
    """How much farther it counts as being: faint words yield to clear ones."""


def _leanings(tokens: Sequence[Token], *, with_faint: bool) -> Iterator[_Leaning]:
    row = [token.word for token in tokens]
    is_too_much = any(pair == ("too", "much") for pair in pairwise(row))
    for at in range(len(tokens)):
        for book, direction in ((UP, "up"), (DOWN, "down")):
            found = book.at(tokens, at)
            if found is None or (found[0] in _FAINT_UP and not with_faint):
                continue
            handicap = _FAINTNESS if found[0] in _FAINT_UP else 0
            yield _Leaning(at, "down" if is_too_much else direction, handicap)
    if _is_missed(tokens):
        yield _Leaning(row.index("enough"), "up", 0)
    if is_too_much:
        yield _Leaning(row.index("much"), "down", 0)


def _is_missed(tokens: Sequence[Token]) -> bool:
    """Whether a piece says that there is not enough of something."""
    row = [token.word for token in tokens]
    return "enough" in row and not words.NEGATIONS.isdisjoint(row[: row.index("enough")])


def _toned_down(tokens: Sequence[Token]) -> Iterator[Hit]:
    """Yield less light for "tone it down", where nothing else is toned down."""
    for index, token in enumerate(tokens):
        if token.word in {"tone", "toned"} and any(t.word == "down" for t in tokens[index:]):
            yield Hit(index, index + 1, Operation(Kind.BRIGHTNESS, "down"))
