"""What the gate found, and how it is told: one sentence with the numbers in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, Literal

from clipbot.domain.promises import NAMES, NOISE, WORDS, Direction, Measure
from clipbot.domain.takes import TAKE

LEVEL_WORDS: Final = frozenset({"low", "high"})
_MOST_PERCENT: Final = 300


class Check(StrEnum):
    """What is looked at besides measures."""

    COMPOSITION = "composition"
    BLACK = "black"
    """Share of frames that show nothing."""
    SPOILED = "spoiled"
    """Share of the picture without drawing."""
    STANDSTILL = "standstill"
    """Share of the clip in which nothing moves any more."""
    COURSE = "course"
    """How far the picture changes in time as it did."""
    FAR = "far"
    """How far colours went, where that was too far."""
    CHANGE = "change"
    """Whether anything is visibly otherwise."""
    OTHER_CLIP = "other_clip"
    """The number of the clip whose footage it is."""
    LENGTH = "length"
    """Seconds."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A claim, and what was measured."""

    kind: Measure | Check
    wanted: Direction | Literal["stays"]
    before: float
    """As judged: warmth and motion relative to brightness."""
    after: float
    holds: bool
    is_too_much: bool = False
    """Whether it went the right way, and further than the word covers."""


Outcome = Literal["passed", "failed", "no_claim"]


LATE: Final = "is_late"
"""Set in the stored verdict of footage that found another version in its place."""
FIRST: Final = "is_asked_first"
"""Set in the stored verdict of a version that was offered because every one is to be."""


def is_offer(stored: Mapping[str, object] | None) -> bool:
    """Return whether a version was held back: by the gate, by a wish, late, or as a take."""
    told = stored or {}
    was_held = bool(told.get(LATE) or told.get(FIRST)) or TAKE in told
    return told.get("outcome") == "failed" or was_held


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
                    "too_much": finding.is_too_much,
                }
                for finding in self.findings
            ],
        }


def sentence(findings: Sequence[Finding], *, is_unseen: bool = False) -> str:
    """Say what was kept, then what was not, as in "Cooler, but not darker (brightness ...)".

    Args:
        findings: In the order in which they are told.
        is_unseen: Whether the composition should have been compared, and could not be.
    """
    kept = ", ".join(part for each in findings if each.holds and (part := _kept(each)))
    broken = " and ".join(_broken(each) for each in findings if not each.holds)
    told = ", but ".join(part for part in (kept, broken) if part)
    is_open = not broken and not any(_is_wish(each) for each in findings)
    parts = [
        "Nothing about this change can be measured." if is_open else "",
        f"{told[0].upper()}{told[1:]}." if told else "",
        "Its composition could not be compared." if is_unseen else "",
    ]
    return " ".join(part for part in parts if part)


def _is_wish(finding: Finding) -> bool:
    return isinstance(finding.kind, Measure)


def _kept(finding: Finding) -> str:
    """Return how a promise that was kept is told; "" where nobody needs to hear of it."""
    if finding.kind is Check.COMPOSITION:
        return f"composition kept ({finding.after:.2f})"
    if isinstance(finding.kind, Check):
        return ""
    if finding.wanted == "stays":
        return f"{NAMES[finding.kind]} kept ({finding.before:.2f}, then {finding.after:.2f})"
    return _moved(finding.kind, finding.wanted, finding.before, finding.after)


def _moved(kind: Measure, wanted: Direction, before: float, after: float) -> str:
    word, noise = WORDS[kind, wanted], NOISE[kind]
    moved = abs(after - before)
    if wanted in LEVEL_WORDS or kind is Measure.WARMTH:
        return word
    if moved < noise:
        return f"as {_AS[kind, wanted]} as before"
    percent = round(100 * moved / max(before, noise))
    return f"much {word}" if percent > _MOST_PERCENT else f"{word} by {percent} %"


_AS: Final = {
    (Measure.LUMA, "up"): "bright",
    (Measure.LUMA, "down"): "dark",
    (Measure.SATURATION, "up"): "colourful",
    (Measure.SATURATION, "down"): "pale",
    (Measure.MOTION, "up"): "lively",
    (Measure.MOTION, "down"): "calm",
    (Measure.CONTRAST, "up"): "strong in contrast",
    (Measure.CONTRAST, "down"): "weak in contrast",
    (Measure.DETAIL, "up"): "sharp",
    (Measure.DETAIL, "down"): "soft",
}
"""What is said where there was no room to move: it is as dark as it was."""


def _broken(finding: Finding) -> str:
    if isinstance(finding.kind, Check):
        return _failing(finding.kind, finding.before, finding.after)
    name = NAMES[finding.kind]
    numbers = f"({name} {finding.before:.2f}, then {finding.after:.2f})"
    if finding.wanted == "stays":
        return f"the {name} did not stay ({finding.before:.2f}, then {finding.after:.2f})"
    word = WORDS[finding.kind, finding.wanted]
    return f"{word} than was asked {numbers}" if finding.is_too_much else f"not {word} {numbers}"


def _failing(check: Check, wanted: float, found: float) -> str:
    return _FAILING[check].format(wanted=wanted, found=max(0.0, found), percent=round(100 * found))


_FAILING: Final = {
    Check.COMPOSITION: "another composition ({found:.2f})",
    Check.BLACK: "{percent} % of it is black",
    Check.SPOILED: "{percent} % of the picture is plain black or white",
    Check.STANDSTILL: "nothing moves in {percent} % of it",
    Check.COURSE: "what moves in it is not what moved before ({found:.2f})",
    Check.FAR: "its colours go much further than was asked ({percent} %)",
    Check.CHANGE: "nothing visibly changed",
    Check.OTHER_CLIP: "it shows clip {found:.0f}",
    Check.LENGTH: "it lasts {found:.1f} s instead of {wanted:.1f} s",
}
