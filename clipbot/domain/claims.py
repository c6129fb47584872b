"""Whether new footage keeps what an edit promises.

Some operations promise something that can be measured: "darker" promises less luma,
"calm" less motion. Before a new version enters the film, its measures are judged against
those of the version that it came from. What cannot be measured ("add a dragon")
promises nothing here, and is never reported as kept.

Four rules keep the judgement fair to the picture:

- Warmth and motion are taken relative to brightness. A darkened picture has smaller
  differences of every kind; night is *bluer* although less blue light is left.
- What is asked is a share of the room that there is: a black clip cannot get much
  darker, a still one not much calmer.
- Where two operations of one edit pull at the same measure ("night, but warmer"), it is
  not judged at all.
- More than the word covers is as wrong as less: "a bit brighter" is not white.

Beside what was promised stands what is to stay (`staying`): the composition above all.
What two clips side by side show is judged by `beside`. Pure; no clock, no file. The tables
are in `promises`, the words in `verdicts`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from clipbot.domain.beside import NEAR_BLACK, compared, is_same, livelier, richer
from clipbot.domain.filling import MAX_SLOWDOWN
from clipbot.domain.measures import Likeness, Measures
from clipbot.domain.plan import Kind, Operation, Strength
from clipbot.domain.promises import (
    LEVELS,
    MOST,
    MOST_GROWN,
    MOST_OF_ALL,
    NOISE,
    PROMISES,
    SHARES,
    SIDE_EFFECTS,
    STRENGTHS,
    SWEEPING,
    Direction,
    Measure,
)
from clipbot.domain.staying import Staying, is_blurred, stays
from clipbot.domain.verdicts import LEVEL_WORDS, Check, Finding, Outcome, Verdict, sentence

_DARK: Final = 0.01
"""Added to luma or contrast wherever something is divided by it: near black, ratios are noise."""
_STRONGEST_CAST: Final = 1.5
"""Relative warmth of a picture in one colour, about."""
_LEAST_MOTION: Final = 0.01
"""Relative motion that a still clip is given room for, when it is to be livelier."""
_AS_SPREAD: Final = 0.75
"""Share of the spread of tones that is left where contrast may be felt to rise nevertheless."""
_DIM: Final = 0.05
"""Added to luma where contrast is divided by it: what a room and a screen shine themselves."""
_PALE: Final = 0.05
"""Saturation of what looks grey: a multiple of less is no more than a multiple of this."""
_LEAST_STEP: Final = 0.04
"""Less than this is never too much."""
_BLACK: Final = 0.15
"""Share of black frames, more than before, from which footage is called black."""
_SHORTEST: Final = float(1 / MAX_SLOWDOWN)
"""Share of the length that was asked for; a slot makes up for as much by slowing it down."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One promise about one measure."""

    measure: Measure
    direction: Direction
    strength: Strength = "medium"
    kinds: frozenset[Kind] = field(default=frozenset(), compare=False)
    """Of the operations that promise it."""


def claims_for(ops: Sequence[Operation]) -> tuple[Claim, ...]:
    """Return what the operations promise together.

    Returns:
        At most one claim per measure, in the order of `Measure`. A measure that two
        operations pull at in different ways is left out; of two that agree, the stronger
        word counts.
    """
    claims = (_claim(measure, ops) for measure in Measure)
    return tuple(claim for claim in claims if claim is not None)


def judge(
    claims: Sequence[Claim],
    before: Measures,
    after: Measures,
    staying: Staying | None = None,
    likeness: Likeness | None = None,
    wrong: Sequence[Finding] = (),
) -> Verdict:
    """Judge new footage by what was promised, and by what is to stay.

    Args:
        claims: As `claims_for` returns them.
        before: Measures of the version that the edit started from.
        after: Measures of the new footage.
        staying: As `staying_for` returns it; None: nothing has to.
        likeness: How much of the old footage is found again; None: nobody could compare.
        wrong: What is wrong besides, as `another_clip` and `cut_short` return it.
    """
    promised = tuple(
        finding for claim in claims if (finding := _finding(claim, before, after)) is not None
    )
    if likeness is not None:
        promised = tuple(richer(livelier(each, likeness), likeness) for each in promised)
    findings = list(promised)
    if staying is not None:
        findings += _of_light(staying, before, after, likeness.lost if likeness else 1.0)
        findings += _kept(staying, before, after)
    if staying is not None and likeness is not None:
        findings += compared(staying, likeness, is_dim=before.luma < NEAR_BLACK)
        if not promised and staying.must_change:
            is_changed = not is_same(likeness, before, after, is_small=staying.is_small)
            findings.append(Finding(Check.CHANGE, "up", 0.0, likeness.difference, is_changed))
    findings += wrong
    if not all(finding.holds for finding in findings):
        return Verdict("failed", tuple(findings), sentence(findings))
    is_unseen = staying is not None and staying.composition is not None and likeness is None
    outcome: Outcome = "passed" if promised or (staying and staying.asked_for) else "no_claim"
    return Verdict(outcome, tuple(findings), sentence(findings, is_unseen=is_unseen))


def another_clip(index: int) -> Finding:
    """Return that footage is that of another clip, given its index."""
    return Finding(Check.OTHER_CLIP, "stays", 0.0, float(index + 1), holds=False)


def cut_short(asked_seconds: float, seconds: float) -> Finding | None:
    """Return that footage is much shorter than what was asked for; None: it is long enough."""
    if seconds >= _SHORTEST * asked_seconds:
        return None
    return Finding(Check.LENGTH, "stays", asked_seconds, seconds, holds=False)


def _claim(measure: Measure, ops: Sequence[Operation]) -> Claim | None:
    """Return the one promise that the operations make about a measure, if they agree."""
    promised = [(op, _promises(op).get(measure)) for op in ops]
    directions = {direction for _, direction in promised if direction}
    disturbed = any(
        direction is None and measure in _side_effects(op) for op, direction in promised
    )
    if len(directions) != 1 or disturbed:
        return None
    promising = [op for op, direction in promised if direction]
    strongest = max((op.strength for op in promising), key=STRENGTHS.index)
    return Claim(measure, directions.pop(), strongest, frozenset(op.kind for op in promising))


def _promises(op: Operation) -> dict[Measure, Direction]:
    return dict(PROMISES.get((op.kind, op.direction), {})) if op.direction else {}


def _side_effects(op: Operation) -> frozenset[Measure]:
    if Measure.MOTION in _promises(op):
        return frozenset()
    return SIDE_EFFECTS.get(op.kind, frozenset())


def _finding(claim: Claim, before: Measures, after: Measures) -> Finding | None:
    """Return what became of a promise; None where it was not measured."""
    was, became = _value(claim.measure, before), _value(claim.measure, after)
    if was is None or became is None:
        return None
    if claim.direction in LEVEL_WORDS:
        return Finding(claim.measure, claim.direction, was, became, _reached(claim, was, became))
    is_too_much = _exceeds(claim, was, became)
    if claim.measure is Measure.CONTRAST and claim.direction == "up" and not is_too_much:
        was, became = _felt(claim, was, became, before, after)
    holds = _moved(claim, was, became) and not is_too_much
    return Finding(claim.measure, claim.direction, was, became, holds, is_too_much)


def _value(measure: Measure, of: Measures) -> float | None:
    """Return a measure as it is judged: relative to light or contrast, where that is fair."""
    match measure:
        case Measure.LUMA | Measure.SATURATION | Measure.CONTRAST:
            value: float | None = getattr(of, measure.value)
            return value
        case Measure.WARMTH | Measure.TINT | Measure.MOTION:
            of_light: float | None = getattr(of, measure.value)
            return None if of_light is None else of_light / (of.luma + _DARK)
        case _:
            if of.detail is None or of.contrast is None:
                return None
            return of.detail / (of.contrast + _DARK)


def _reached(claim: Claim, before: float, after: float) -> bool:
    """Return whether a level is reached; a slight wish asks for some of the way only."""
    level, is_slight = LEVELS[claim.measure, claim.direction], claim.strength == "slight"
    if claim.direction == "high":
        return after >= (level / 2 if is_slight else level)
    return after <= max(level, before * (0.7 if is_slight else 0.12))


def _moved(claim: Claim, before: float, after: float) -> bool:
    """Return whether a measure moved far enough; or, where it hardly could, not back."""
    way = after - before if claim.direction == "up" else before - after
    needed = SHARES[claim.measure, claim.direction][claim.strength] * _room(claim, before)
    noise = NOISE[claim.measure]
    return way >= (needed if needed >= noise / 2 else -noise)


def _felt(
    claim: Claim, was: float, became: float, before: Measures, after: Measures
) -> tuple[float, float]:
    """Return contrast, relative to brightness where it is that which may have risen.

    A curve that deepens the shadows of a dark picture, or of one that is black and white
    already, leaves the spread of its tones as it is and their ratio greater (RMS contrast
    as Peli defines it, "Contrast in complex images", JOSA A 1990, is relative as well).
    """
    if _moved(claim, was, became) or became < _AS_SPREAD * was:
        return was, became
    return was / (before.luma + _DIM), became / (after.luma + _DIM)


def _room(claim: Claim, before: float) -> float:
    """Return how far the measure can reasonably go, on its own scale.

    Brightness and colour can be raised by a multiple of what is there: twice as much of
    hardly anything is all that can be had from it.
    """
    if claim.measure is Measure.WARMTH:
        ahead = before if claim.direction == "up" else -before
        return min(1.0, max(0.0, 1.0 - ahead / _STRONGEST_CAST))
    if claim.direction == "down" or claim.measure in {Measure.CONTRAST, Measure.DETAIL}:
        return before
    if claim.measure is Measure.MOTION:
        return max(before, _LEAST_MOTION)
    return max(0.0, min(1.0 - before, 0.1 + 2.0 * before))


def _exceeds(claim: Claim, before: float, after: float) -> bool:
    """Return whether a measure moved further than the word covers."""
    most = MOST.get((claim.measure, claim.direction))
    way = after - before if claim.direction == "up" else before - after
    if most is None or way < _LEAST_STEP:
        return False
    is_darker = claim.measure is Measure.LUMA and claim.direction == "down"
    if is_darker and before < NEAR_BLACK and claim.kinds & SWEEPING.keys():
        return False
    shares = max((SWEEPING.get(kind, (1.0, 1.0))[0] for kind in claim.kinds), default=1.0)
    steps = max((SWEEPING.get(kind, (1.0, 1.0))[1] for kind in claim.kinds), default=1.0)
    if claim.measure is Measure.WARMTH:
        return way > most[claim.strength] * steps
    if claim.measure is Measure.SATURATION and claim.direction == "up":
        return way > MOST_GROWN[claim.strength] * shares * (before + _PALE)
    if claim.measure is Measure.LUMA and claim.direction == "up":
        return way > min(MOST_OF_ALL, most[claim.strength] * shares) * (1.0 - before)
    share = most[claim.strength] * shares
    return way > (share if claim.direction == "up" else min(MOST_OF_ALL, share)) * before


def _of_light(
    staying: Staying, before: Measures, after: Measures, lost: float
) -> Iterator[Finding]:
    """Yield what is wrong with the light, whatever was wanted of it.

    A wall without drawing that turns from grey to black has lost none: it is `lost` that tells.
    """
    if before.black is not None and after.black is not None:
        is_fair = staying.may_be_black and before.luma < NEAR_BLACK
        holds = is_fair or after.black <= before.black + _BLACK
        yield Finding(Check.BLACK, "stays", before.black, after.black, holds)
    for was, became in ((before.dark, after.dark), (before.bright, after.bright)):
        if was is None or became is None or became - was <= staying.spoiled:
            continue
        if lost <= staying.spoiled / 2:
            continue
        if became is after.bright or not (staying.may_be_black and before.luma < NEAR_BLACK):
            yield Finding(Check.SPOILED, "stays", was, became, holds=False)


def _kept(staying: Staying, before: Measures, after: Measures) -> Iterator[Finding]:
    """Yield what was asked to stay, and whatever else did not stay."""
    for measure in Measure:
        was, became = _steady(measure, before), _steady(measure, after)
        is_asked_for = measure in staying.asked_for
        if was is None or became is None:
            continue
        if is_asked_for or measure in staying.taken_for_granted:
            holds = stays(measure, was, became, is_asked_for=is_asked_for)
            if is_asked_for or not holds:
                yield Finding(measure, "stays", was, became, holds)
        elif measure is Measure.DETAIL and staying.is_sharp and is_blurred(was, became):
            yield Finding(measure, "stays", was, became, holds=False)


def _steady(measure: Measure, of: Measures) -> float | None:
    """Return a measure for staying: motion counts in contrast, which hides less of it."""
    if measure is Measure.MOTION and of.contrast is not None:
        return of.motion / (of.contrast + _DARK)
    return _value(measure, of)
