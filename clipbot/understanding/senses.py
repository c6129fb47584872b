"""Hits of the vocabulary in a piece, each with its direction and its negation.

"too dark" wants brighter, "less rain" clears the sky, "not darker" wants nothing, and
"the night bus" is a bus.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from clipbot.domain.plan import Kind, Operation
from clipbot.understanding import words
from clipbot.understanding.amounts import quantities_in, rates_in
from clipbot.understanding.cameras import move_in
from clipbot.understanding.found import word_set
from clipbot.understanding.hits import REACH, Hit, around, is_thing, refusal_before
from clipbot.understanding.qualities import COMPLAINT, Quality, qualities_in
from clipbot.understanding.qualities import FAULTS as FAULTY_QUALITIES
from clipbot.understanding.telling import DEGREES, OBSERVING, WISHING, is_tale, unseen
from clipbot.understanding.tokens import CLIP_MARK, Token
from clipbot.understanding.vocabulary import (
    DOWN,
    FAULTS,
    IDIOM,
    MOVES,
    OPERATIONS,
    REMOVING,
    SCALARS,
    UP,
    inverse,
)

_REVERSING = frozenset({"less", "too", "fewer"})
_SO = frozenset({"so", "that", "as", "quite"})
_ENDING = frozenset({"more", "longer", "anymore"})
_SWAPPING = frozenset({"swap", "replace", "exchange", "trade", "switch", "substitute"})
_FILLING = words.DETERMINERS | {"all", "so", "much", "such"}
_FINDING = frozenset({"find", "found", "finding", "finds", "consider"})
_FOUND_SO = frozenset({CLIP_MARK, "it", "this", "that", "them", "these", "those"})
"""What stands between "I find" and what is wrong: "I find clip 3 frantic"."""
_SUPPOSING = frozenset({"if", "since", "because", "when", "where", "as"})
"""What begins a clause that says how things are: "if clip 6 is dark"."""
_A_BIT = frozenset({"bit", "little", "rather", "tad", "touch", "kinda", "awfully", "terribly"})
_DAYS = word_set(
    "monday tuesday wednesday thursday friday saturday sunday january february april june july"
    " august september october november december mondays fridays saturdays sundays"
)
_COLOURS = word_set(
    "blue orange red yellow golden amber teal blues teals cyan cyans tint tones cast tone"
)
_PULLING = word_set(
    "kick throw filter strip rinse wash take pull suck get dial bring turn drain tone knock scale"
    " ease back"
)
_BACK = frozenset({"out", "back", "down", "off", "away"})
_RATHER = frozenset({"rather", "quite", "pretty", "kinda", "somewhat", "awfully", "terribly"})
_UNWANTED = frozenset({"want", "to", "see", "have", "any"})
"""What stands between "don't" and the weather that is to end."""
_MOVING = word_set("zoom_in zoom_out pan pan_left pan_right tilt_up tilt_down orbit tracking crane")
_STOPS = word_set("a one half full two third quarter")
_COMPARATIVE = ("er", "en", "ened", "ise", "ize", "ate")
_PHOTOGRAPHIC = frozenset({Kind.CAMERA, Kind.REGENERATE})


def senses_in(tokens: Sequence[Token]) -> tuple[Hit, ...]:
    """Return the hits in a piece, in order."""
    if is_tale([token.word for token in tokens]):
        return ()
    qualities = qualities_in(tokens)
    hits = _moved(tokens, tuple(_hits(tokens, qualities)))
    if not hits or any(hit.op for hit in hits):
        taken = {quality.noun for quality in qualities}
        taken |= {index for hit in hits for index in range(hit.start, hit.stop)}
        hits += tuple(quantities_in(tokens, taken, with_faint=not hits))
    if not any(hit.op and hit.op.kind is Kind.CAMERA for hit in hits):
        hits += tuple(_camera(tokens, hits))
    if not hits:
        hits = tuple(rates_in(tokens))
    return hits or tuple(_toned_down(tokens))


def _moved(tokens: Sequence[Token], hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """Return the hits with what a camera is told to do: "the camera dollies slowly in"."""
    is_known = any(
        hit.op and hit.op.kind is Kind.CAMERA and hit.op.direction != "pan" for hit in hits
    )
    move = move_in(tokens)
    if move is None or (is_known and move[2].direction != "static"):
        return hits
    start, stop, op = move
    others = [hit for hit in hits if hit.stop <= start or stop <= hit.start]
    kept = [hit for hit in others if hit.op and hit.op.kind is not Kind.CAMERA]
    return (*kept, Hit(start, stop, op))


def _hits(tokens: Sequence[Token], qualities: Sequence[Quality]) -> Iterator[Hit]:
    index = 0
    taking = REMOVING.first(tokens)
    if taking and taking[1] == "stop" and taking[0] and tokens[taking[0] - 1].word in _STOPS:
        taking = None
    said = {quality.start: quality for quality in qualities}
    nouns = {quality.noun for quality in qualities}
    while index < len(tokens):
        if index not in nouns and (complaint := _complaint(tokens, index)):
            yield complaint
            index = complaint.stop
            continue
        quality = said.get(index)
        found = (quality.op, quality.stop) if quality else OPERATIONS.at(tokens, index)
        idiom = None if quality else IDIOM.at(tokens, index)
        if idiom and (found is None or found[1] <= idiom[1]):
            index = idiom[1]
            continue
        is_inner = found is not None and any(
            index < each.start < found[1] and not index <= each.noun < found[1]
            for each in qualities
        )
        if found is None or is_inner or index in nouns:
            index += 1
            continue
        op, stop = found
        if hit := _hit(
            tokens, index, stop, op, taking and taking[0], is_quality=quality is not None
        ):
            yield hit
        index = stop


def _hit(
    tokens: Sequence[Token],
    index: int,
    stop: int,
    op: Operation,
    taking: int | None,
    *,
    is_quality: bool,
) -> Hit | None:
    """Return what a phrase of the vocabulary asks for where it stands, if it asks at all."""
    if _is_cast(tokens, index, stop):
        return Hit(index, stop, inverse(op), is_fault=True)
    if _is_observed(tokens, index):
        is_wrong = FAULTY_QUALITIES.at(tokens, index) is not None if is_quality else None
        faulty = _faulty(tokens, index, op, is_wrong=is_wrong)
        return Hit(index, stop, faulty, is_fault=True) if faulty else None
    if _is_dated(tokens, index, stop) or (not is_quality and _describes(tokens, index, stop, op)):
        return None
    is_taken = taking is not None and taking < index
    turned = _taken(op) if is_taken else _turned(*around(tokens, index), op)
    if turned == op and not is_taken and _is_pulled_back(tokens, index, stop, op):
        turned = inverse(op)
    return Hit(index, stop, turned)


def _is_cast(tokens: Sequence[Token], index: int, stop: int) -> bool:
    """Whether a tint is only said to be there: "clip 3 has this weird yellow tint"."""
    before = {token.word for token in tokens[max(0, index - REACH) : index]}
    is_tint = tokens[stop - 1].word in {"tint", "tinge", "cast", "casts"}
    is_there = not before.isdisjoint({"has", "got", "there", "suffers", "shows"})
    return is_tint and is_there and before.isdisjoint(WISHING - {"as", "to", "like"})


def _complaint(tokens: Sequence[Token], index: int) -> Hit | None:
    """Read a whole phrase that says what is wrong: "it drags", "hurts my eyes"."""
    if stop := unseen(tokens, index):
        return Hit(index, stop, Operation(Kind.BRIGHTNESS, "up"), is_fault=True)
    found = COMPLAINT.at(tokens, index)
    if found is None or is_thing(tokens, found[1]):
        return None
    near = {token.word for token in tokens[max(0, index - 3) : index]}
    known = OPERATIONS.at(tokens, index)
    is_refused = not near.isdisjoint(words.NEGATIONS)
    return (
        None
        if is_refused or (known and known[1] > found[1])
        else Hit(index, found[1], found[0], is_fault=True)
    )


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
    is_raised = lowered is not None and UP.first(tokens[lowered[2] : start]) is not None
    if (
        lowered
        and not is_raised
        and lowered[1] not in {"no", "without", "little", "back", "pull", "low"}
    ):
        return True
    pulled = any(token.word in _PULLING for token in tokens[:start])
    return pulled and any(token.word in _BACK for token in tokens[stop : stop + 3])


def _is_noun(tokens: Sequence[Token], index: int) -> bool:
    """Whether a weather stands where a thing would: "the fog", "dial back fog"."""
    return not tokens[index].word.endswith("y")


def _describes(tokens: Sequence[Token], start: int, stop: int, op: Operation) -> bool:
    """Whether a hit only describes a thing in the picture: the night bus, a brighter dress."""
    if op.kind in _PHOTOGRAPHIC or not is_thing(tokens, stop):
        return False
    is_comparative = tokens[stop - 1].word.endswith(_COMPARATIVE)
    before = tokens[start - 1].word if start else ""
    return not is_comparative or before in words.DETERMINERS


def _taken(op: Operation) -> Operation:
    """Return what "remove" in front of a word asks for."""
    if op.kind is Kind.CAMERA and op.direction in _MOVING:
        return replace(op, direction="static")
    return inverse(op) or Operation(Kind.REMOVE, op.direction, op.strength)


def _is_observed(tokens: Sequence[Token], index: int) -> bool:
    """Whether a word only says how things are: "clip 4 is dark", "he looks sad"."""
    before = [token.word for token in tokens[max(0, index - REACH) : index]]
    if before[-1:] == ["as"] and before[-2:-1] and before[-2] in OBSERVING:
        return {"should", "must", "make", "needs", "could", "can"}.isdisjoint(before)
    at = len(before)
    while at and before[at - 1] in DEGREES:
        at -= 1
    if at > 1 and before[at - 1] in _FOUND_SO and not _FINDING.isdisjoint(before[: at - 1]):
        return True
    is_seen = at > 0 and before[at - 1] in OBSERVING
    wishing = WISHING - _SUPPOSING if tokens[0].word in _SUPPOSING else WISHING
    is_rated = before[:1] != [] and (before[0] in _RATHER or before[:2] == ["a", "bit"])
    if at == 0 and is_rated and FAULTS.at(tokens, index):
        return words.POLITE.isdisjoint(token.word for token in tokens)
    return is_seen and wishing.isdisjoint(before)


def _faulty(
    tokens: Sequence[Token], index: int, op: Operation, *, is_wrong: bool | None = None
) -> Operation | None:
    """Return the remedy for what is said to be wrong: "clip 3 is blurry", "it is so dark"."""
    near = {token.word for token in tokens[max(0, index - 2) : index]}
    is_much = index > 0 and tokens[index - 1].word == "so" and op.kind is not Kind.MOOD
    is_much |= op.kind in SCALARS and not near.isdisjoint(_A_BIT)
    if is_wrong is None:
        is_wrong = FAULTS.at(tokens, index) is not None
    return inverse(op) if is_much or is_wrong else None


def _turned(tokens: Sequence[Token], index: int, op: Operation) -> Operation | None:
    """Return what a hit asks for, given the words before and behind it."""
    before = [token.word for token in tokens[:index]]
    last = before[-1] if before else ""
    if _is_left_behind(tokens, index):
        return None
    refusal = refusal_before(before)
    is_enough = any(token.word == "enough" for token in tokens[index + 1 :])
    if refusal is None:
        is_too_much = before[-2:] in (["too", "much"], ["too", "many"])
        is_less = last in _REVERSING or is_too_much
        return _lessened(op) if is_less else op
    if last in _SO or _is_over(tokens, index, refusal, op):
        return inverse(op)
    return op if is_enough else None


def _lessened(op: Operation) -> Operation | None:
    """Return what "less" and "too" in front of a word ask for."""
    return _taken(op) if op.kind is Kind.LOOK else inverse(op)


def _is_over(tokens: Sequence[Token], index: int, refusal: int, op: Operation) -> bool:
    """Whether a refusal ends what is there: "no rain", "I don't want rain any more"."""
    if (
        tokens[refusal].word == "not"
        and op.kind in SCALARS
        and _is_compared(tokens, index, refusal)
    ):
        return False
    if any(token.word in _ENDING for token in tokens[refusal:]):
        return True
    near = tokens[refusal + 1 : index]
    if op.kind is Kind.WEATHER and near and near[0].word == "want":
        return all(token.word in _UNWANTED | words.DETERMINERS for token in near)
    is_next = tokens[refusal].word in {"no", "without"} and all(
        token.word in words.DETERMINERS | {"any"} for token in near
    )
    return is_next and op.kind is Kind.WEATHER


def _is_compared(tokens: Sequence[Token], index: int, refusal: int) -> bool:
    """Whether "not more saturated" is said: no more of it, and no less."""
    near = [token.word for token in tokens[refusal + 1 : index + 1]]
    return near[:1] == ["more"] or near[1:2] == ["more"]


def _is_left_behind(tokens: Sequence[Token], index: int) -> bool:
    """Whether a word names what is to be given up: "instead of night", "day into night"."""
    known = OPERATIONS.at(tokens, index)
    if known and any(token.word == "for" for token in tokens[index : known[1]]):
        return False
    before = [token.word for token in tokens[max(0, index - 2) : index]]
    behind_it = [token.word for token in tokens[index + 1 : index + 3]]
    if behind_it[:1] == ["into"] and behind_it[1:] not in ([CLIP_MARK], ["it"], ["the"]):
        return True
    given_up = [token.word for token in tokens[:index] if token.word not in _FILLING]
    behind = {token.word for token in tokens[index + 1 : index + 4]}
    if given_up[-1:] and given_up[-1] in _SWAPPING and behind & {"for", "with", "by"}:
        return True
    if before in (["instead", "of"], ["rather", "than"]) or given_up[-2:] == ["instead", "of"]:
        return True
    return before[-1:] == ["from"] and any(token.word == "to" for token in tokens[index:])


def _camera(tokens: Sequence[Token], hits: Sequence[Hit]) -> Iterator[Hit]:
    """Yield the first move of a camera, and "pull back" where nothing else is pulled."""
    has_camera = any(token.word == "camera" for token in tokens)
    taken = {index for hit in hits for index in range(hit.start, hit.stop)}
    for index in range(len(tokens)):
        found = None if index in taken else MOVES.at(tokens, index)
        is_pulled = found and not hits and tokens[index].word.startswith("pull")
        if found and (has_camera or is_pulled):
            near, at = around(tokens, index)
            refused = refusal_before([token.word for token in near[:at]]) is not None
            yield Hit(index, found[1], None if refused else found[0])
            return


def _toned_down(tokens: Sequence[Token]) -> Iterator[Hit]:
    """Yield less light for "tone it down", where nothing else is toned down."""
    for index, token in enumerate(tokens):
        if token.word in {"tone", "toned"} and any(t.word == "down" for t in tokens[index:]):
            yield Hit(index, index + 1, Operation(Kind.BRIGHTNESS, "down"))
