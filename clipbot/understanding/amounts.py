"""What can be more or less, with the word that says which: "raise the contrast", "at 50% speed"."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from clipbot.domain.plan import Kind, Operation
from clipbot.understanding import words
from clipbot.understanding.hits import Hit, around, is_thing, refusal_before
from clipbot.understanding.tokens import Token
from clipbot.understanding.vocabulary import DOWN, QUANTITIES, UP

_FAINT_UP = frozenset(
    {"wants", "could use", "could do with", "deserves", "lacks", "lack", "lacking"}
) | frozenset({"some", "needs", "need", "needed", "add", "add some", "up", "high", "extra"})
_FAINT_UP |= frozenset(
    f"{amount} of"
    for amount in ("bit", "touch", "dash", "hint", "splash", "pinch", "spot", "dose", "shot")
)
_FAINT_UP |= frozenset({"want", "i'd like", "give it", "give them", "give me", "injection of"})

_FAINTNESS = 10
_SIGNS = {"minus": "down", "-": "down", "plus": "up", "+": "up", "\u2212": "down"}
_DRAINING = frozenset(
    {"take", "taking", "pull", "pulling", "suck", "draw", "bleed", "drag", "wash", "get", "drain"}
    | {"bring", "bringing", "dial", "knock", "turn", "tone", "strip", "squeeze", "filter", "leach"}
)
"""Verbs that with "out" or "down" behind them ask for less."""


def quantities_in(
    tokens: Sequence[Token], taken: Collection[int], *, with_faint: bool
) -> Iterator[Hit]:
    """Yield what can be more or less and has a word that says which."""
    leanings = tuple(_leanings(tokens, with_faint=with_faint))
    for index in range(len(tokens)):
        found = None if index in taken else QUANTITIES.at(tokens, index)
        if found is None or not leanings:
            continue
        kind, stop = found
        if is_thing(tokens, stop):
            continue
        nearest = min(leanings, key=lambda leaning: abs(index - leaning.at) + leaning.handicap)
        near, at = around(tokens, index)
        refusal = refusal_before([token.word for token in near[:at]])
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
            if found and found[0] == "little" and row[at - 1 : at] == ["a"]:
                continue
            if found is None or (found[0] in _FAINT_UP and not with_faint):
                continue
            handicap = _FAINTNESS if found[0] in _FAINT_UP else 0
            yield _Leaning(at, "down" if is_too_much else direction, handicap)
    for at, (sign, number) in enumerate(pairwise(tokens)):
        if sign.word in _SIGNS and number.number is not None:
            yield _Leaning(at, _SIGNS[sign.word], 0)
    if (verb := _taken_out(row)) is not None:
        yield _Leaning(verb, "down", -_FAINTNESS)
    if _is_missed(tokens):
        yield _Leaning(row.index("enough"), "up", 0)
    if is_too_much:
        yield _Leaning(row.index("much"), "down", 0)


def _taken_out(row: Sequence[str]) -> int | None:
    """Return where "take" is in "take some of the contrast out": less, whatever "some" says."""
    verb = next((at for at, word in enumerate(row) if word in _DRAINING), len(row))
    is_out = not {"out", "off", "away", "down"}.isdisjoint(row[verb:])
    is_refused = not words.NEGATIONS.isdisjoint(row[:verb])
    return verb if is_out and not is_refused else None


def _is_missed(tokens: Sequence[Token]) -> bool:
    """Whether a piece says that there is not enough of something."""
    row = [token.word for token in tokens]
    return "enough" in row and not words.NEGATIONS.isdisjoint(row[: row.index("enough")])


def rates_in(tokens: Sequence[Token]) -> Iterator[Hit]:
    """Yield a speed given as a number: "at 50% speed", "play it at 2x", "1.5 times the speed"."""
    is_speed = any(each.word in {"speed", "playback", "fast", "play", "run"} for each in tokens)
    for index, token in enumerate(tokens):
        following = [each.word for each in tokens[index + 1 : index + 3]]
        rate = _rate(token, following)
        if (
            rate is not None
            and (is_speed or "x" in (token.word[-1:], *following[:1]))
            and rate != 1
        ):
            yield Hit(index, index + 1, Operation(Kind.SPEED, "up" if rate > 1 else "down"))
            return


def _rate(token: Token, following: Sequence[str]) -> float | None:
    """Return a number as a multiple of the usual speed."""
    word = token.word.removesuffix("x").removesuffix("%")
    if not word.replace(".", "", 1).isdecimal() or not word.isascii():
        return None
    if following[:1] and following[0] in {"%", "percent"}:
        return float(word) / 100
    is_times = token.word.endswith("x") or (following[:1] and following[0] in {"x", "times"})
    return float(word) if is_times else None
