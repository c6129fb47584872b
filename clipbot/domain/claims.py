"""Whether new footage keeps what an edit promises.

Some operations promise something that can be measured: "darker" promises less luma,
"calm" less motion. Before a new version enters the film, its measures are judged against
those of the version that it came from. What cannot be measured ("add a dragon")
promises nothing here, and is never reported as kept.

Three rules keep the judgement fair to the picture:

- Warmth and motion are taken relative to brightness. A darkened picture has smaller
  differences of every kind; night is *bluer* although less blue light is left.
- What is asked is a share of the room that there is: a black clip cannot get much
  darker, a still one not much calmer.
- Where two operations of one edit pull at the same measure ("night, but warmer"), it is
  not judged at all.

Pure; no clock, no file. The tables are in `promises`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from clipbot.domain.measures import Measures
from clipbot.domain.plan import Operation, Strength
from clipbot.domain.promises import (
    LEVELS,
    NAMES,
    NOISE,
    PROMISES,
    SHARES,
    SIDE_EFFECTS,
    STRENGTHS,
    WORDS,
    Direction,
    Measure,
)

_DARK: Final = 0.01
"""Added to luma wherever something is divided by it: near black, ratios are noise."""
_STRONGEST_CAST: Final = 1.5
"""Relative warmth of a picture in one colour, about."""
_LEAST_MOTION: Final = 0.01
"""Relative motion that a still clip is given room for, when it is to be livelier."""
_MOST_PERCENT: Final = 300
_LEVEL_WORDS: Final = frozenset({"low", "high"})


@dataclass(frozen=True, slots=True)
class Claim:
    """One promise about one measure."""

    measure: Measure
    direction: Direction
    strength: Strength = "medium"


@dataclass(frozen=True, slots=True)
class Finding:
    """A claim, and what was measured."""

    kind: Measure
    wanted: Direction
    before: float
    """As judged: warmth and motion relative to brightness."""
    after: float
    holds: bool


Outcome = Literal["passed", "failed", "no_claim"]


LATE = "is_late"
"""Set in the stored verdict of footage that found another version in its place."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The judgement of new footage."""

    outcome: Outcome
    findings: tuple[Finding, ...]
    sentence: str
    """For the person: what changed, in numbers."""

    def to_json(self) -> dict[str, Any]:
        """Return the verdict as it is stored and shown."""
        return {
            "outcome": self.outcome,
            "sentence": self.sentence,
            "findings": [
                {
                    "kind": finding.kind.value,
                    "wanted": finding.wanted,
                    "before": round(finding.before, 4),
                    "after": round(finding.after, 4),
                    "holds": finding.holds,
                }
                for finding in self.findings
            ],
        }


def claims_for(ops: Sequence[Operation]) -> tuple[Claim, ...]:
    """Return what the operations promise together.

    Returns:
        At most one claim per measure, in the order of `Measure`. A measure that two
        operations pull at in different ways is left out; of two that agree, the stronger
        word counts.
    """
    claims = (_claim(measure, ops) for measure in Measure)
    return tuple(claim for claim in claims if claim is not None)


def judge(claims: Sequence[Claim], before: Measures, after: Measures) -> Verdict:
    """Judge new footage by what was promised.

    Args:
        claims: As `claims_for` returns them.
        before: Measures of the version that the edit started from.
        after: Measures of the new footage.
    """
    if not claims:
        return Verdict("no_claim", (), "Nothing about this change can be measured.")
    findings = tuple(_finding(claim, before, after) for claim in claims)
    passed = all(finding.holds for finding in findings)
    return Verdict("passed" if passed else "failed", findings, _sentence(findings))


def _claim(measure: Measure, ops: Sequence[Operation]) -> Claim | None:
    """Return the one promise that the operations make about a measure, if they agree."""
    promised = [(op, _promises(op).get(measure)) for op in ops]
    directions = {direction for _, direction in promised if direction}
    disturbed = any(
        direction is None and measure in _side_effects(op) for op, direction in promised
    )
    if len(directions) != 1 or disturbed:
        return None
    strongest = max((op.strength for op, direction in promised if direction), key=STRENGTHS.index)
    return Claim(measure, directions.pop(), strongest)


def _promises(op: Operation) -> dict[Measure, Direction]:
    return dict(PROMISES.get((op.kind, op.direction), {})) if op.direction else {}


def _side_effects(op: Operation) -> frozenset[Measure]:
    if Measure.MOTION in _promises(op):
        return frozenset()
    return SIDE_EFFECTS.get(op.kind, frozenset())


def _finding(claim: Claim, before: Measures, after: Measures) -> Finding:
    was, became = _value(claim.measure, before), _value(claim.measure, after)
    is_level = claim.direction in _LEVEL_WORDS
    holds = _reached(claim, was, became) if is_level else _moved(claim, was, became)
    return Finding(claim.measure, claim.direction, was, became, holds)


def _value(measure: Measure, of: Measures) -> float:
    match measure:
        case Measure.LUMA:
            return of.luma
        case Measure.SATURATION:
            return of.saturation
        case Measure.WARMTH:
            return of.warmth / (of.luma + _DARK)
        case _:
            return of.motion / (of.luma + _DARK)


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


def _room(claim: Claim, before: float) -> float:
    """Return how far the measure can reasonably go, on its own scale.

    Brightness and colour can be raised by a multiple of what is there: twice as much of
    hardly anything is all that can be had from it.
    """
    if claim.measure is Measure.WARMTH:
        ahead = before if claim.direction == "up" else -before
        return min(1.0, max(0.0, 1.0 - ahead / _STRONGEST_CAST))
    if claim.direction == "down":
        return before
    if claim.measure is Measure.MOTION:
        return max(before, _LEAST_MOTION)
    return max(0.0, min(1.0 - before, 0.1 + 2.0 * before))


def _sentence(findings: Sequence[Finding]) -> str:
    """Say what was kept, then what was not: "Cooler, but not darker (brightness ...)."."""
    kept = ", ".join(_kept(finding) for finding in findings if finding.holds)
    broken = " and ".join(_broken(finding) for finding in findings if not finding.holds)
    sentence = ", but ".join(part for part in (kept, broken) if part)
    return f"{sentence[0].upper()}{sentence[1:]}."


def _kept(finding: Finding) -> str:
    word, noise = WORDS[finding.kind, finding.wanted], NOISE[finding.kind]
    moved = abs(finding.after - finding.before)
    if finding.wanted in _LEVEL_WORDS or finding.kind is Measure.WARMTH:
        return word
    if moved < noise:
        return f"as {_AS[finding.kind, finding.wanted]} as before"
    percent = round(100 * moved / max(finding.before, noise))
    return f"much {word}" if percent > _MOST_PERCENT else f"{word} by {percent} %"


_AS: Final = {
    (Measure.LUMA, "up"): "bright",
    (Measure.LUMA, "down"): "dark",
    (Measure.SATURATION, "up"): "colourful",
    (Measure.SATURATION, "down"): "pale",
    (Measure.MOTION, "up"): "lively",
    (Measure.MOTION, "down"): "calm",
}
"""What is said where there was no room to move: it is as dark as it was."""


def _broken(finding: Finding) -> str:
    word, name = WORDS[finding.kind, finding.wanted], NAMES[finding.kind]
    return f"not {word} ({name} {finding.before:.2f}, then {finding.after:.2f})"
