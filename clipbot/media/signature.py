"""How footage is composed, in a few kilobytes: small pictures of a few of its moments.

Two pieces of footage are compared by them, without being decoded again. Composition is
told from light by *local normalisation*: from each place the mean of its surroundings is
taken away, and the rest is divided by their standard deviation (the "mean-subtracted,
contrast-normalised coefficients" of Mittal, Moorthy and Bovik, "No-Reference Image Quality
Assessment in the Spatial Domain", IEEE TIP 2012). What is left has no exposure, contrast,
cast or vignette. Two such pictures are compared by their normalised correlation: the
structure term of SSIM (Wang et al., IEEE TIP 2004) over the whole picture. It is 1 for the
same composition, near 0 for another, and negative for a negative.
"""

import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from clipbot.domain.measures import Likeness

SHADES: Final = (48, 27)
"""Width and height of the small pictures of luma. Coarser ones miss a crop of a tenth,
finer ones take rain for another composition."""
TINTS: Final = (16, 9)
"""The same of colour differences."""
_EDITION: Final = b"1"
_SURROUNDINGS: Final = 2.0
"""Standard deviation of the window of local normalisation, in places."""
_FLAT: Final = 0.004
"""Added to the standard deviation: one step of luma is no structure."""
_FLATNESS: Final = 0.2
"""The same, as a share of the picture's mean: grain in a sky is none either."""
_SLACK: Final = (4, 3)
"""Places that a frame may move in either way, where it may: a ninth of the picture."""
_ZOOMS: Final = (1.0, 1.07, 1.14, 1.2)
_STILL: Final = 0.25
"""Share of its earlier change that a clip has left, at most, where it stands still."""
_MOVES: Final = 0.004
"""Mean difference of two moments, relative to contrast, that is not coding alone."""
_DROWNS: Final = 0.006
"""Standard deviation of a change between moments that coding may hide: one and a half levels."""
_NEAR: Final = (5, 5)
"""Places across and down of a neighbourhood of colours."""
_ASIDE: Final = 0.3
"""Share of a place by which a picture may lie aside without being another: a pixel or two."""
_SHOWN: Final = 0.012
"""Standard deviation of luma around a place that shows something: three levels."""
_PLAIN: Final = (6, 250)
"""Levels at and beyond which a place is plain black or white."""
_SAME_SHOT: Final = 0.85
"""Composition from which footage shows another clip, graded or not."""
_NEARER: Final = 0.25
"""By how much it must be nearer to that clip than to its own: songs repeat shots."""

Shades = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Signature:
    """Small pictures of moments of footage."""

    times: npt.NDArray[np.float32]
    """Seconds from the beginning, rising."""
    shades: Shades
    """`(moments, 27, 48)`: luma."""
    tints: Shades
    """`(moments, 9, 16, 2)`: Cb and Cr, 128 is none."""

    def to_bytes(self) -> bytes:
        """Return the signature as it is stored."""
        body = b"".join(part.tobytes() for part in (self.times, self.shades, self.tints))
        return _EDITION + zlib.compress(body)

    @classmethod
    def from_bytes(cls, stored: bytes) -> "Signature | None":
        """Read a signature; None where another edition wrote it."""
        if stored[:1] != _EDITION:
            return None
        body = zlib.decompress(stored[1:])
        shades, tints = SHADES[0] * SHADES[1], TINTS[0] * TINTS[1] * 2
        count = len(body) // (4 + shades + tints)
        bytes_ = np.frombuffer(body, np.uint8)
        return cls(
            times=np.frombuffer(body, np.float32, count),
            shades=bytes_[4 * count :][: count * shades].reshape(count, SHADES[1], SHADES[0]),
            tints=bytes_[count * (4 + shades) :].reshape(count, TINTS[1], TINTS[0], 2),
        )


def signature(times: Sequence[float], pictures: Sequence[npt.NDArray[np.uint8]]) -> Signature:
    """Return the signature of moments.

    Args:
        times: Seconds from the beginning, rising, at least one.
        pictures: `(height, width, 3) uint8 RGB` each, larger than the signature's.
    """
    shades, tints = [], []
    for picture in pictures:
        coded = cv2.cvtColor(picture, cv2.COLOR_RGB2YCrCb)
        shades.append(cv2.resize(coded[..., 0], SHADES, interpolation=cv2.INTER_AREA))
        tints.append(cv2.resize(coded[..., 1:], TINTS, interpolation=cv2.INTER_AREA))
    return Signature(np.array(times, np.float32), np.array(shades), np.array(tints))


def likeness(before: Signature, after: Signature) -> Likeness:
    """Compare new footage with the footage that it came from, moment by moment."""
    pairs = _together(before, after)
    was, became = (
        [_normal(each) for each in before.shades],
        [_normal(each) for each in after.shades],
    )
    shades = [(_floats(before.shades[old]), _floats(after.shades[new])) for old, new in pairs]
    steps = [np.abs(now - then) for then, now in shades]
    tints = [_floats(after.tints[new]) - _floats(before.tints[old]) for old, new in pairs]
    return Likeness(
        composition=_composition(was, became, pairs),
        arrangement=_worse_half([_moved(was, each) for each in became]),
        difference=float(np.mean([step.mean() for step in steps])),
        peak=float(np.mean([np.percentile(step, 99) for step in steps])),
        colour=float(np.mean([np.abs(step).mean() for step in tints])),
        standstill=_standstill(before, after, pairs),
        course=_course(before, after, pairs),
        advance=_advance(before, was, became),
        found=_worse_half(
            [_found(before.shades[old], was[old], became[new]) for old, new in pairs]
        ),
        lost=float(np.mean([_lost(before.shades[old], after.shades[new]) for old, new in pairs])),
        chroma=(_chroma(before), _chroma(after)),
        tone=float(np.mean([_tone(*each) for each in shades])),
        cast=float(np.mean([np.abs(cv2.blur(step, _NEAR)).max() for step in tints])),
        drawn=float(np.mean([_drawn(*each) for each in shades])),
    )


def shown_instead(
    shown: Signature, composition: float, others: Mapping[int, Signature]
) -> int | None:
    """Return which of other clips footage shows instead of its own; None: none of them.

    Args:
        shown: The footage.
        composition: How much of its own clip's composition it has.
        others: The other clips, by index.
    """
    if composition >= _SAME_SHOT:
        return None
    became = [_normal(each) for each in shown.shades]
    nearness = {
        index: _composition(
            [_normal(each) for each in other.shades], became, _together(other, shown)
        )
        for index, other in others.items()
    }
    nearest = max(nearness, key=lambda index: nearness[index], default=None)
    if nearest is None or nearness[nearest] < max(_SAME_SHOT, composition + _NEARER):
        return None
    return nearest


def _together(before: Signature, after: Signature) -> list[tuple[int, int]]:
    """Return for each moment of `after` which of `before` is nearest in time."""
    return [
        (int(np.abs(before.times - time).argmin()), index) for index, time in enumerate(after.times)
    ]


def _composition(
    was: Sequence[Floats], became: Sequence[Floats], pairs: Sequence[tuple[int, int]]
) -> float:
    return _worse_half([_alike(was[old], became[new]) for old, new in pairs])


def _floats(values: Shades) -> Floats:
    return np.asarray(values, np.float32) / np.float32(255)


def _normal(shade: Shades) -> Floats:
    """Return a picture without light: locally normalised."""
    away, spread = _apart(shade)
    return np.asarray(away / (spread + _FLATNESS * spread.mean() + _FLAT), np.float32)


def _apart(shade: Shades) -> tuple[Floats, Floats]:
    """Return how far each place is from the mean of its surroundings, and how far those are."""
    luma = _floats(shade)
    away = luma - cv2.GaussianBlur(luma, (0, 0), _SURROUNDINGS)
    return away, np.sqrt(cv2.GaussianBlur(away * away, (0, 0), _SURROUNDINGS))


def _found(shade: Shades, was: Floats, became: Floats) -> float:
    """Return the normalised correlation, weighted by what there was to see."""
    seen = _apart(shade)[1] ** 2
    weight = np.sqrt(seen / (seen + seen.mean() + 1e-6))
    return _alike(weight * was, weight * became)


def _lost(was: Shades, became: Shades) -> float:
    """Return the share of places that showed something, and show nothing any more."""
    showed = (_apart(was)[1] > _SHOWN) & (was > _PLAIN[0]) & (was < _PLAIN[1])
    return float((showed & ((became <= _PLAIN[0]) | (became >= _PLAIN[1]))).mean())


def _alike(one: Floats, other: Floats) -> float:
    """Return the normalised correlation; two pictures of nothing are alike."""
    powers = float((one * one).sum()), float((other * other).sum())
    if max(powers) == 0.0:
        return 1.0
    return float((one * other).sum() / (np.sqrt(powers[0] * powers[1]) + 1e-9))


def _moved(was: Sequence[Floats], became: Floats) -> float:
    """Return the best correlation with any moment, moved and zoomed a little."""
    across, down = _SLACK
    inner = became[down:-down, across:-across]
    if not inner.any():
        return max(_alike(each, became) for each in was)
    return max(
        float(cv2.matchTemplate(_zoomed(each, zoom), inner, cv2.TM_CCORR_NORMED).max())
        for each in was
        for zoom in _ZOOMS
    )


def _zoomed(picture: Floats, zoom: float) -> Floats:
    """Return the middle of a picture, enlarged to its size."""
    if zoom == 1.0:
        return picture
    height, width = picture.shape
    grown = cv2.resize(picture, None, fx=zoom, fy=zoom, interpolation=cv2.INTER_LINEAR)
    top, left = (grown.shape[0] - height) // 2, (grown.shape[1] - width) // 2
    return np.asarray(grown[top : top + height, left : left + width], np.float32)


def _worse_half(values: Sequence[float]) -> float:
    """Return the mean of the lower half: a clip is as good as its worse half."""
    lower = sorted(values)[: (len(values) + 1) // 2]
    return float(np.mean(lower))


def _standstill(before: Signature, after: Signature, pairs: Sequence[tuple[int, int]]) -> float:
    """Return the share of moving stretches between moments that stand still in the new clip."""
    moving = stopped = 0
    for (old, new), (next_old, next_new) in pairwise(pairs):
        change = _change(before, old, next_old)
        if change < _MOVES:
            continue
        moving += 1
        stopped += _change(after, new, next_new) < max(_MOVES / 2, _STILL * change)
    return stopped / moving if moving else 0.0


def _change(of: Signature, one: int, other: int) -> float:
    """Return the mean difference of two moments, relative to their contrast."""
    first, second = _floats(of.shades[one]), _floats(of.shades[other])
    contrast = (first.std() + second.std()) / 2
    return float(np.abs(first - second).mean() / (contrast + 0.01))


def _course(before: Signature, after: Signature, pairs: Sequence[tuple[int, int]]) -> float | None:
    """Return how far the changes between moments are those of the old footage.

    A grade makes changes larger or smaller and leaves them where they are, so that they
    correlate, however little moves. What a grade as strong as this one would hide is left out.
    """
    found = []
    for (old, new), (next_old, next_new) in pairwise(pairs):
        first, second = _floats(before.shades[old]), _floats(before.shades[next_old])
        shown, following = _floats(after.shades[new]), _floats(after.shades[next_new])
        graded = (shown.std() + following.std()) / (first.std() + second.std() + 0.02)
        was, became = second - first, following - shown
        if min(1.0, graded) * was.std() >= _DROWNS:
            found.append(_alike(was - was.mean(), became - became.mean()))
    return _worse_half(found) if found else None


def _advance(before: Signature, was: Sequence[Floats], became: Sequence[Floats]) -> float:
    """Return which share of the old moments lies between those that new ones look like most.

    Footage that is played slower goes through fewer of them; a still, under whatever grain,
    looks like one all the time.
    """
    steps = [float((_floats(later) - _floats(sooner)).std()) for sooner, later in _next(before)]
    if not steps or np.median(steps) < _DROWNS:
        return 1.0
    nearest = [int(np.argmax([_alike(then, now) for then in was])) for now in became]
    return (max(nearest) - min(nearest)) / len(steps)


def _next(of: Signature) -> Iterator[tuple[Shades, Shades]]:
    return pairwise(of.shades)


def _chroma(of: Signature) -> float:
    return float(np.hypot(*np.moveaxis(_floats(of.tints) - np.float32(128 / 255), -1, 0)).mean())


def _tone(was: Floats, became: Floats) -> float:
    """Return the greatest shift of a fifth of the tones; grades make one, noise does not."""
    fifths = np.digitize(was, np.quantile(was, (0.2, 0.4, 0.6, 0.8)))
    shifts = [np.abs((became - was)[fifths == each].mean()) for each in np.unique(fifths)]
    return float(max(shifts))


def _drawn(was: Floats, became: Floats) -> float:
    """Return the difference that one place in a hundred exceeds, beyond what lies aside."""
    slope = np.hypot(cv2.Sobel(was, -1, 1, 0, ksize=1), cv2.Sobel(was, -1, 0, 1, ksize=1)) / 2
    steepest = cv2.dilate(slope, np.ones((3, 3), np.uint8))
    return float(np.percentile(np.maximum(0, np.abs(became - was) - _ASIDE * steepest), 99))
