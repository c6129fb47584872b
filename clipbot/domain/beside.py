"""What two clips side by side show: whether new footage is the old one where it should be.

All of it comes from a `Likeness`, which is measured of two signatures. Limits are shares and
correlations, so that they mean the same for bright and dark, lively and calm footage; how they
were chosen is in docs/gate.md.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from clipbot.domain.measures import Likeness, Measures
from clipbot.domain.promises import Measure
from clipbot.domain.staying import Staying
from clipbot.domain.verdicts import Check, Finding

NEAR_BLACK: Final = 0.12
"""Mean luma below which darker may well be black, and little is seen to move."""
_STANDING: Final = 0.3
"""Share of footage that may stand still: fades and rests."""
_STANDING_IN_THE_DARK: Final = 0.9
_LEAST_ADVANCE: Final = 0.2
"""Share of its course that footage still goes through, however slowly it is played: looks play
0.29 of it or more, a still none, or two moments of eight that look alike."""
_AT_THE_SAME_TIMES: Final = 0.92
"""Course above which everything happens when it did: looks that slow or stir reach 0.86, copies
0.95 and more, whatever noise says of their motion."""
_RICHER: Final = 1.03
"""Share of its chroma that footage has, at least, where it is more colourful."""
_AS_LIVELY: Final = 0.95
_OTHERWISE: Final = 0.75
"""Course below which things move otherwise than they did; copies of footage reach 0.85."""
_SAME: Final = (0.0095, 0.015, 0.0045, 0.006, 0.3)
"""Most shift of tones, new drawing, colour, cast and sharpness that come of coding at any
quality, of faint noise, of flicker, or of a pixel aside: what nobody calls a change."""
_SAME_BUT_FOR_A_THING: Final = (0.0007, 0.004, 0.0006, 0.01)
"""Most difference, peak, colour and sharpness where a few stars may be all that is new: next
to a copy."""


def livelier(finding: Finding, likeness: Likeness) -> Finding:
    """Return that footage is livelier where things move as much as before, but otherwise.

    What a camera in motion and a frame that beats add up to is no greater difference between
    neighbouring frames: they move to and fro.
    """
    is_wish = finding.kind is Measure.MOTION and finding.wanted == "up" and not finding.holds
    is_otherwise = likeness.course is not None and likeness.course < _OTHERWISE
    moves = is_otherwise and finding.after >= _AS_LIVELY * finding.before
    return replace(finding, holds=True) if is_wish and moves else finding


def richer(finding: Finding, likeness: Likeness) -> Finding:
    """Return that footage is more colourful where its chroma grew, if its saturation could not.

    Saturation is the share of grey that is missing, and hardly rises where little grey is left.
    """
    is_wish = finding.kind is Measure.SATURATION and finding.wanted == "up"
    was, became = likeness.chroma
    if not is_wish or finding.holds or finding.is_too_much or became < _RICHER * was + 0.001:
        return finding
    return replace(finding, before=was, after=became, holds=True)


def compared(staying: Staying, likeness: Likeness, *, is_dim: bool) -> Iterator[Finding]:
    """Yield what the two clips side by side show; where it is dim, little is seen to move."""
    if staying.composition is not None:
        found = likeness.arrangement if staying.is_rough else likeness.composition
        if staying.is_overlaid:
            found = max(found, likeness.found)
        yield Finding(Check.COMPOSITION, "stays", 1.0, found, found >= staying.composition)
    stands = likeness.standstill
    if staying.is_retimed and likeness.advance < _LEAST_ADVANCE:
        stands = 1.0
    if staying.moves and stands > (_STANDING_IN_THE_DARK if is_dim else _STANDING):
        yield Finding(Check.STANDSTILL, "stays", 0.0, stands, holds=False)
    if likeness.course is not None:
        if staying.course is not None and likeness.course < staying.course:
            yield Finding(Check.COURSE, "stays", 1.0, likeness.course, holds=False)
        if staying.is_retimed and likeness.course > _AT_THE_SAME_TIMES:
            yield Finding(Check.CHANGE, "up", 0.0, likeness.difference, holds=False)
    if staying.farthest is not None and likeness.colour > staying.farthest:
        yield Finding(Check.FAR, "stays", staying.farthest, likeness.colour, holds=False)


def is_same(likeness: Likeness, before: Measures, after: Measures, *, is_small: bool) -> bool:
    """Return whether footage differs from other footage by no more than coding.

    Args:
        likeness: Of the two.
        before: Measures of the one.
        after: Measures of the other.
        is_small: Whether what should have changed may be a small thing: then only footage
            that was hardly coded anew is the same.
    """
    parted = _parted(before, after)
    if is_small:
        small = (likeness.difference, likeness.peak, likeness.colour, parted)
        return all(part <= most for part, most in zip(small, _SAME_BUT_FOR_A_THING, strict=True))
    found = (likeness.tone, likeness.drawn, likeness.colour, likeness.cast, parted)
    return all(part <= most for part, most in zip(found, _SAME, strict=True))


def _parted(before: Measures, after: Measures) -> float:
    """Return by which share the sharpness of two clips differs."""
    if before.detail is None or after.detail is None:
        return 0.0
    return abs(after.detail - before.detail) / (before.detail + 0.001)
