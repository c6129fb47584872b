"""How evenly the clips of a film go together, and which of them stand out.

Two things are asked. *At each cut*: how far light, colour and motion jump from the last
second before it to the first one behind it. *Of each clip*: how far it lies from the middle
(the median) of the other clips of its section; where those are fewer than two, of the
clips around it.

Contrast that is meant is no fault, so three things make a limit wider: how far those
others lie apart themselves (three times 1.4826 times the median absolute deviation, which
for a normal distribution is three standard deviations; Hampel 1974), how far this film
jumps at its other cuts, and that sections meet: a chorus may look unlike its verse. What a
clip was first made like was meant, too: one that was changed stands out as soon as it lies
further from the others than its original by the plain limit, be it a single other.

Differences of colour are those of Oklab (see `palettes`): 0.02 is just seen. Motion is
compared as a ratio. Pure; no clock, no file. The sentences are in `consistency_words`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise
from math import hypot, log
from statistics import fmean, median
from typing import Final, Literal

from clipbot.domain.palettes import Lab, Palette, Tones, middle


class Aspect(StrEnum):
    """In what clips are compared."""

    LIGHT = "light"
    """Difference of Oklab L, 0..1."""
    COLOUR = "colour"
    """Distance in Oklab a and b and, between clips, in richness."""
    MOTION = "motion"
    """Natural logarithm of the ratio, each relative to its light: 0.7 is twice as lively."""


Differences = Mapping[Aspect, float]
Size = Literal["even", "small", "large"]

LIMITS: Final[Differences] = {Aspect.LIGHT: 0.11, Aspect.COLOUR: 0.05, Aspect.MOTION: 1.4}
"""From where on a clip stands out among clips that are all alike: five times what is just
seen in light, half that much in colour, which the eye minds sooner; four times the motion."""
_JUMPS: Final[Differences] = {Aspect.LIGHT: 0.15, Aspect.COLOUR: 0.07, Aspect.MOTION: 1.6}
"""From where on a jump at a cut is large: there the picture changes anyway."""
_MEETING: Final = 1.5
"""By how much more clips of different sections may differ."""
_SMALL: Final = 0.5
"""Share of a large jump from which on a jump is seen at all."""
_OF_DEVIATION: Final = 3 * 1.4826
_OF_USUAL: Final = 2.0
_STILL: Final = 0.004
"""Motion, relative to light, that coding noise makes: ratios of less mean nothing."""
_DARK: Final = 0.05
"""Added to lightness wherever something is divided by it."""
_FEWEST: Final = 2
"""Others of the same section that are enough to compare with; for a clip that was changed,
one is: what the two had in common was meant."""
_AROUND: Final = 4
"""Clips around one that are compared with, where its section is too short."""
_BEST: Final = 0.5
_WORST: Final = 3.0
"""Shares of a limit that score 100 and 0."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A clip as the film shows it."""

    index: int
    section: str | None = None
    section_number: int | None = None
    tones: Tones | None = None
    """None: not known."""
    is_changed: bool = False
    """Whether it is another version than the first."""
    original: Tones | None = None
    """Of its first version, where it is another one now and that is known."""

    @property
    def part(self) -> tuple[str, int | None] | None:
        """The section that it is in; None: in none that is known."""
        return None if self.section is None else (self.section, self.section_number)


@dataclass(frozen=True, slots=True)
class Cut:
    """Where one clip meets the next."""

    index: int
    """Of the clip before it."""
    differences: Differences
    share: float
    """Of the largest jump that would still be small; 1 and more is large."""
    is_between_sections: bool

    @property
    def size(self) -> Size:
        """How large the jump is, in a word."""
        if self.share < _SMALL:
            return "even"
        return "small" if self.share < 1.0 else "large"


@dataclass(frozen=True, slots=True)
class Standing:
    """How a clip goes with the others."""

    index: int
    differences: Differences
    shares: Differences
    """The same as shares of the limits that hold for this clip."""
    others: tuple[int, ...]
    """Indexes of the clips that it was compared with."""
    is_of_section: bool
    """Whether those are of its own section; else they are around it."""
    apart: tuple[float, float, float, float, float]
    """How it differs, with signs: light, green to red, blue to yellow, richness, motion."""
    stood_out: bool | None = None
    """Whether its original stands out there, if it is another version now; None: unknown."""

    @property
    def share(self) -> float:
        """The largest of its shares."""
        return max(self.shares.values())

    @property
    def is_outlier(self) -> bool:
        """Whether it stands out."""
        return self.share >= 1.0

    @property
    def can_match(self) -> bool:
        """Whether other colours or light would help, which is all that a look can change."""
        return max(self.shares[Aspect.LIGHT], self.shares[Aspect.COLOUR]) >= 1.0

    @property
    def score(self) -> int:
        """From 0 to 100."""
        return _score(self.share)


@dataclass(frozen=True, slots=True)
class Consistency:
    """How evenly a film's clips go together."""

    cuts: tuple[Cut, ...]
    """Between neighbours that are both known, in the film's order."""
    clips: tuple[Standing, ...]
    """Those that could be compared, in the film's order."""
    unknown: tuple[int, ...] = field(default=())
    """Indexes of clips that are not measured, or have nothing to be measured."""

    @property
    def score(self) -> int | None:
        """From 0 to 100: cuts and clips count half each; None: nothing can be compared."""
        if not self.clips:
            return None
        parts = [fmean(clip.score for clip in self.clips)]
        if self.cuts:
            parts.append(fmean(_score(cut.share) for cut in self.cuts))
        return round(fmean(parts))

    @property
    def outliers(self) -> tuple[Standing, ...]:
        """The clips that stand out."""
        return tuple(clip for clip in self.clips if clip.is_outlier)


def consistency(film: Sequence[Shown]) -> Consistency:
    """Return how evenly clips go together.

    Args:
        film: All clips, in the film's order.
    """
    cuts = tuple(
        _cut(one, other, one.tones, other.tones)
        for one, other in pairwise(film)
        if one.tones and other.tones
    )
    known = [clip for clip in film if clip.tones]
    found = (_standing(clip, clip.tones, known, cuts) for clip in known if clip.tones)
    return Consistency(
        cuts=cuts,
        clips=tuple(standing for standing in found if standing),
        unknown=tuple(clip.index for clip in film if not clip.tones),
    )


def company(clip: Shown, known: Sequence[Shown]) -> tuple[tuple[Shown, ...], bool]:
    """Return the clips that a clip is compared with, and whether they are its section.

    Args:
        clip: One of the film's.
        known: All clips of the film that can be compared, in its order.

    Returns:
        The others of its section; where those are too few, them and the nearest ones.
    """
    others = [each for each in known if each.index != clip.index]
    same = [each for each in others if clip.part and each.part == clip.part]
    if len(same) >= (1 if clip.is_changed else _FEWEST):
        return tuple(same), True
    left = [each for each in others if each not in same]
    near = sorted(left, key=lambda each: abs(each.index - clip.index))
    chosen = [*same, *near[: _AROUND - len(same)]]
    return tuple(sorted(chosen, key=lambda each: each.index)), False


def distance(one: Palette, other: Palette) -> float:
    """Return how far two palettes lie apart, in shares of what stands out."""
    light = abs(one.mean[0] - other.mean[0]) / LIMITS[Aspect.LIGHT]
    return hypot(light, _colour(one, other) / LIMITS[Aspect.COLOUR])


def _cut(one: Shown, other: Shown, before: Tones, after: Tones) -> Cut:
    left, right = before.tail, after.head
    lively = _lively(left.motion, left.mean), _lively(right.motion, right.mean)
    found = {
        Aspect.LIGHT: abs(left.mean[0] - right.mean[0]),
        Aspect.COLOUR: hypot(left.mean[1] - right.mean[1], left.mean[2] - right.mean[2]),
        Aspect.MOTION: abs(log(lively[0] / lively[1])),
    }
    is_meeting = one.part != other.part
    wider = _MEETING if is_meeting else 1.0
    share = max(found[aspect] / (wider * _JUMPS[aspect]) for aspect in Aspect)
    return Cut(one.index, found, share, is_meeting)


def _standing(
    clip: Shown, tones: Tones, known: Sequence[Shown], cuts: Sequence[Cut]
) -> Standing | None:
    others, is_of_section = company(clip, known)
    seen = [each.tones for each in others if each.tones]
    if not seen:
        return None
    centre, lively = middle([each.whole for each in seen]), median(map(_liveliness, seen))
    limits = _limits(clip, seen, centre, lively, cuts)
    if not is_of_section:
        limits = {aspect: _MEETING * limit for aspect, limit in limits.items()}
    found = _differences(tones, centre, lively)
    shares, stood_out = _shares(found, limits), None
    if clip.original is not None:
        first = _differences(clip.original, centre, lively)
        moved = {aspect: max(0.0, found[aspect] - first[aspect]) for aspect in Aspect}
        stood_out = max(_shares(first, limits).values()) >= 1.0
        shares = {
            aspect: max(share, moved[aspect] / LIMITS[aspect]) for aspect, share in shares.items()
        }
    return Standing(
        index=clip.index,
        differences=found,
        shares=shares,
        others=tuple(each.index for each in others),
        is_of_section=is_of_section,
        apart=(
            tones.whole.mean[0] - centre.mean[0],
            tones.whole.mean[1] - centre.mean[1],
            tones.whole.mean[2] - centre.mean[2],
            tones.whole.richness - centre.richness,
            log(_liveliness(tones) / lively),
        ),
        stood_out=stood_out,
    )


def _limits(
    clip: Shown, others: Sequence[Tones], centre: Palette, lively: float, cuts: Sequence[Cut]
) -> Differences:
    """Return from where on a clip stands out among these others, in this film."""
    apart = [_differences(each, centre, lively) for each in others]
    elsewhere = [cut for cut in cuts if clip.index not in (cut.index, cut.index + 1)]

    def limit(aspect: Aspect) -> float:
        deviation = median(each[aspect] for each in apart)
        usual = median(cut.differences[aspect] for cut in elsewhere) if elsewhere else 0.0
        return max(LIMITS[aspect], _OF_DEVIATION * deviation, _OF_USUAL * usual)

    return {aspect: limit(aspect) for aspect in Aspect}


def _differences(tones: Tones, centre: Palette, lively: float) -> Differences:
    return {
        Aspect.LIGHT: abs(tones.whole.mean[0] - centre.mean[0]),
        Aspect.COLOUR: _colour(tones.whole, centre),
        Aspect.MOTION: abs(log(_liveliness(tones) / lively)),
    }


def _shares(found: Differences, limits: Differences) -> Differences:
    return {aspect: found[aspect] / limits[aspect] for aspect in Aspect}


def _colour(one: Palette, other: Palette) -> float:
    """Return how far colours lie apart: hue and strength of the cast, and richness."""
    red, yellow = one.mean[1] - other.mean[1], one.mean[2] - other.mean[2]
    return hypot(red, yellow, one.richness - other.richness)


def _liveliness(tones: Tones) -> float:
    return _lively(tones.motion, tones.whole.mean)


def _lively(motion: float, mean: Lab) -> float:
    """Return motion as it looks: relative to light, and never less than noise."""
    return motion / (mean[0] + _DARK) + _STILL


def _score(share: float) -> int:
    return round(100 * (1 - min(1.0, max(0.0, (share - _BEST) / (_WORST - _BEST)))))
