"""Hits of the vocabulary in a piece, each with its direction and its negation.

"too dark" wants brighter, "less rain" clears the sky, "not darker" wants nothing, and
"the night bus" is a bus.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from clipbot.domain.plan import Kind, Operation
from clipbot.understanding import words
from clipbot.understanding.found import word_set
from clipbot.understanding.tokens import Token
from clipbot.understanding.vocabulary import (
    DOWN,
    FAULTS,
    IDIOM,
    MOVES,
    OPERATIONS,
    QUANTITIES,
    REMOVING,
    UP,
    inverse,
)

_REVERSING = frozenset({"less", "too", "fewer"})
_SO = frozenset({"so", "that", "as", "quite"})
_ENDING = frozenset({"more", "longer", "anymore"})
_INTERJECTION = 3
"""Words behind a "no" at the start from which on it answers rather than refuses."""
_NEW_START = frozenset({"just", "only", "instead", "rather"})
_FAINT_UP = frozenset(
    {"wants", "could use", "could do with", "deserves", "lacks", "lack", "lacking"}
) | frozenset({"some", "needs", "need", "needed", "add", "add some", "up", "high", "extra"})
_OBSERVING = frozenset(
    {"is", "are", "'s", "looks", "feels", "seems", "appears", "look", "feel", "was"}
)
_OBSERVING |= {"seem", "appear", "were", "came", "turned", "comes", "i'm", "lookin"}
_DEGREES = frozenset(
    {"so", "a", "bit", "very", "really", "quite", "pretty", "rather", "all", "just"}
)
_DEGREES |= {
    "still",
    "way",
    "out",
    "little",
    "kind",
    "of",
    "somewhat",
    "completely",
    "totally",
    "such",
}
_DEGREES |= {
    "terribly",
    "awfully",
    "far",
    "kinda",
    "sorta",
    "extremely",
    "super",
    "rather",
    "slightly",
    "much",
}
_WISHING = frozenset(
    {"should", "must", "want", "need", "needs", "wish", "make", "like", "prefer", "sure", "not"}
    | {"want", "wants", "have", "let", "get", "give", "could", "can", "would", "may", "might"}
    | {"turn", "wanted", "how", "until", "as", "if", "looking", "will", "to", "better"}
    | words.NEGATIONS
)
_SWAPPING = frozenset({"swap", "replace", "exchange", "trade", "switch", "substitute"})
_FILLING = words.DETERMINERS | {"all", "so", "much", "such"}
_DAYS = word_set(
    "monday tuesday wednesday thursday friday saturday sunday january february april june july"
    " august september october november december mondays fridays saturdays sundays"
)
_COLOURS = word_set(
    "blue orange red yellow golden amber teal blues teals cyan cyans tint tones cast tone"
)
_PULLING = word_set("take pull suck get dial bring turn drain tone knock scale ease back")
_BACK = frozenset({"out", "back", "down", "off", "away"})
_RATHER = frozenset({"rather", "quite", "pretty", "kinda", "somewhat", "awfully", "terribly"})
_UNWANTED = frozenset({"want", "to", "see", "have", "any"})
"""What stands between "don't" and the weather that is to end."""
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
    is_fault: bool = False
    """Whether it was only said how things are."""


def senses_in(tokens: Sequence[Token]) -> tuple[Hit, ...]:
    """Return the hits in a piece, in order."""
    hits = tuple(_hits(tokens))
    if not hits or any(hit.op for hit in hits):
        hits += tuple(_quantities(tokens, hits))
    if not any(hit.op and hit.op.kind is Kind.CAMERA for hit in hits):
        hits += tuple(_camera(tokens, hits))
    if not hits:
        hits = tuple(_rates(tokens))
    return hits or tuple(_toned_down(tokens))


def _hits(tokens: Sequence[Token]) -> Iterator[Hit]:
    index = 0
    taking = REMOVING.first(tokens)
    while index < len(tokens):
        idiom = IDIOM.at(tokens, index)
        found = OPERATIONS.at(tokens, index)
        if idiom and (found is None or found[1] <= idiom[1]):
            index = idiom[1]
            continue
        if found is None:
            index += 1
            continue
        op, stop = found
        if _is_observed(tokens, index):
            if faulty := _faulty(tokens, index, op):
                yield Hit(index, stop, faulty, is_fault=True)
        elif _is_dated(tokens, index, stop):
            pass
        elif not _describes(tokens, index, stop, op):
            is_taken = taking is not None and taking[0] < index
            turned = _taken(op) if is_taken else _turned(*_around(tokens, index), op)
            if turned == op and not is_taken and _is_pulled_back(tokens, index, stop, op):
                turned = inverse(op)
            yield Hit(index, stop, turned)
        index = stop


def _is_dated(tokens: Sequence[Token], start: int, stop: int) -> bool:
    """Whether a word belongs to a day of the week: "Sunday night", "a rainy Monday"."""
    near = tokens[max(0, start - 1) : start], tokens[stop : stop + 1]
    return any(token.word in _DAYS for row in near for token in row)


def _is_pulled_back(tokens: Sequence[Token], start: int, stop: int, op: Operation) -> bool:
    """Whether a colour or a weather is to become less: "take the blue out", "the fog down"."""
    is_colour = op.kind is Kind.WARMTH and tokens[stop - 1].word in _COLOURS
    is_weather = op.kind is Kind.WEATHER and op.direction != "clear" and _is_noun(tokens, start)
    if not is_colour and not is_weather:
        return False
    lowered = DOWN.first(tokens[:start])
    if lowered and lowered[1] not in {"no", "without", "little", "back", "pull", "low"}:
        return True
    pulled = any(token.word in _PULLING for token in tokens[:start])
    return pulled and any(token.word in _BACK for token in tokens[stop : stop + 3])


def _is_noun(tokens: Sequence[Token], index: int) -> bool:
    """Whether a weather stands where a thing would: "the fog", "dial back fog"."""
    return not tokens[index].word.endswith("y")


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
    if before[-1:] == ["as"] and before[-2:-1] and before[-2] in _OBSERVING:
        return True
    at = len(before)
    while at and before[at - 1] in _DEGREES:
        at -= 1
    is_seen = at > 0 and before[at - 1] in _OBSERVING
    if at == 0 and before[:1] and before[0] in _RATHER and FAULTS.at(tokens, index):
        return True
    return is_seen and _WISHING.isdisjoint(before)


def _faulty(tokens: Sequence[Token], index: int, op: Operation) -> Operation | None:
    """Return the remedy for what is said to be wrong: "clip 3 is blurry", "it is so dark"."""
    is_much = index > 0 and tokens[index - 1].word == "so"
    return inverse(op) if is_much or FAULTS.at(tokens, index) else None


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
        is_too_much = before[-2:] in (["too", "much"], ["too", "many"])
        return inverse(op) if last in _REVERSING or is_too_much else op
    if last in _SO or _is_over(tokens, index, refusal, op):
        return inverse(op)
    return op if is_enough else None


def _is_over(tokens: Sequence[Token], index: int, refusal: int, op: Operation) -> bool:
    """Whether a refusal ends what is there: "no rain", "I don't want rain any more"."""
    if any(token.word in _ENDING for token in tokens[refusal:]):
        return True
    near = tokens[refusal + 1 : index]
    if op.kind is Kind.WEATHER and near and near[0].word == "want":
        return all(token.word in _UNWANTED | words.DETERMINERS for token in near)
    is_next = tokens[refusal].word in {"no", "without"} and all(
        token.word in words.DETERMINERS | {"any"} for token in near
    )
    return is_next and op.kind is Kind.WEATHER


def _is_left_behind(tokens: Sequence[Token], index: int) -> bool:
    """Whether a word names what is to be given up: "instead of night", "day into night"."""
    before = [token.word for token in tokens[max(0, index - 2) : index]]
    if any(token.word == "into" for token in tokens[index + 1 : index + 2]):
        return True
    given_up = [token.word for token in tokens[:index] if token.word not in _FILLING]
    behind = {token.word for token in tokens[index + 1 : index + 4]}
    if given_up[-1:] and given_up[-1] in _SWAPPING and behind & {"for", "with", "by"}:
        return True
    if before in (["instead", "of"], ["rather", "than"]) or given_up[-2:] == ["instead", "of"]:
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
            if found and found[0] == "little" and row[at - 1 : at] == ["a"]:
                continue
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


def _camera(tokens: Sequence[Token], hits: Sequence[Hit]) -> Iterator[Hit]:
    """Yield the first move of a camera, and "pull back" where nothing else is pulled."""
    has_camera = any(token.word == "camera" for token in tokens)
    taken = {index for hit in hits for index in range(hit.start, hit.stop)}
    for index in range(len(tokens)):
        found = None if index in taken else MOVES.at(tokens, index)
        is_pulled = found and not hits and tokens[index].word.startswith("pull")
        if found and (has_camera or is_pulled):
            near, at = _around(tokens, index)
            refused = _refusal([token.word for token in near[:at]]) is not None
            yield Hit(index, found[1], None if refused else found[0])
            return


def _rates(tokens: Sequence[Token]) -> Iterator[Hit]:
    """Yield a speed given as a number: "at 50% speed", "play it at 2x", "1.5 times the speed"."""
    is_speed = any(each.word in {"speed", "playback", "fast"} for each in tokens)
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


def _toned_down(tokens: Sequence[Token]) -> Iterator[Hit]:
    """Yield less light for "tone it down", where nothing else is toned down."""
    for index, token in enumerate(tokens):
        if token.word in {"tone", "toned"} and any(t.word == "down" for t in tokens[index:]):
            yield Hit(index, index + 1, Operation(Kind.BRIGHTNESS, "down"))
