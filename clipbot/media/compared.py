"""How the pictures of two clips differ, measured at the same moments of both.

Pictures are shrunk first, which takes the noise of encoders out of the numbers, and are
compared as people see them: in the film's colours, upright, the second one fitted into the
first one's shape with bars, as a film would show it. Values are on the coded (gamma)
scale, where equal steps look about equal; one step of 8-bit video is 1/255.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
from av.video.frame import VideoFrame
from PIL import Image

from clipbot.domain.comparing import Difference, Moment, grid_of
from clipbot.errors import FootageRejected
from clipbot.media.measure import REC709
from clipbot.media.pictures import Pixels, opened, rgb

LONGEST_PX: Final = 160
MOST_MOMENTS: Final = 24
STEP_SECONDS: Final = 0.25
"""Between two moments; doubled until there are few enough, so that moments stay comparable."""
VISIBLE: Final = 0.04
"""Difference of a colour that people notice side by side: ten code values."""
_WINDOW: Final = 8
"""Side of the windows of SSIM, in pixels (Wang et al. 2004, with square windows)."""
_C1, _C2 = 0.01**2, 0.03**2
"""Their constants, for values in 0..1."""
_EDGE: Final = 1e-4
"""Seconds by which a time may lie before its picture: fractions become floats."""
_NEARLY: Final = 0.03
"""Shapes that differ by less fill each other, as in films."""

Numbers = npt.NDArray[np.float64]


def compared(path: Path, other: Path) -> Difference:
    """Measure how two clips differ, as far as both go.

    Args:
        path: Verified footage; its shape is the picture's.
        other: The same.

    Raises:
        FootageRejected: One of them cannot be decoded.
    """
    ours, theirs = _Reel.of(path), _Reel.of(other)
    times = moments(min(ours.seconds[-1], theirs.seconds[-1]))
    mine = ours.pictures(times, None)
    canvas = mine[0].shape[1], mine[0].shape[0]
    return _difference(times, mine, theirs.pictures(times, canvas), canvas)


def moments(last: float) -> list[float]:
    """Return the times at which clips are compared, in seconds from the first picture.

    Args:
        last: When the last picture that both have is shown.
    """
    step = STEP_SECONDS
    while last / step >= MOST_MOMENTS:
        step *= 2
    return [step * number for number in range(int(last / step + 1e-6) + 1)]


def _difference(
    times: list[float], mine: list[Pixels], yours: list[Pixels], canvas: tuple[int, int]
) -> Difference:
    columns, rows = grid_of(canvas)
    seen: list[Moment] = []
    light, per_pixel = 0.0, np.zeros((canvas[1], canvas[0]))
    for seconds, before, after in zip(times, mine, yours, strict=True):
        first, second = before / 255.0, after / 255.0
        apart = np.abs(first - second).mean(axis=2)
        luma, luma_after = first @ REC709, second @ REC709
        light += float(np.abs(luma - luma_after).mean())
        per_pixel += apart
        seen.append(Moment(seconds, _rounded(apart.mean()), _rounded(_ssim(luma, luma_after))))
    per_pixel /= len(times)
    image = Image.fromarray(per_pixel.astype(np.float32))
    grid = np.asarray(image.resize((columns, rows), Image.Resampling.BOX))
    return Difference(
        overall=_rounded(per_pixel.mean()),
        luma=_rounded(light / len(times)),
        changed=_rounded((per_pixel > VISIBLE).mean()),
        similarity=_rounded(np.mean([moment.similarity for moment in seen])),
        moments=tuple(seen),
        columns=columns,
        cells=tuple(_rounded(value) for value in grid.ravel()),
    )


def _ssim(one: Numbers, two: Numbers) -> float:
    """Return the structural similarity of two pictures of luma (Wang et al. 2004)."""
    mean, other = _means(one), _means(two)
    spread = _means(one * one) - mean**2
    other_spread = _means(two * two) - other**2
    shared = _means(one * two) - mean * other
    top = (2 * mean * other + _C1) * (2 * shared + _C2)
    return float((top / ((mean**2 + other**2 + _C1) * (spread + other_spread + _C2))).mean())


def _means(values: Numbers) -> Numbers:
    """Return the means of all square windows that lie inside, by sums over rectangles."""
    size = min(_WINDOW, *values.shape)
    sums = np.pad(values.cumsum(axis=0).cumsum(axis=1), ((1, 0), (1, 0)))
    inside = sums[size:, size:] - sums[:-size, size:] - sums[size:, :-size]
    found: Numbers = (inside + sums[:-size, :-size]) / size**2
    return found


def _rounded(value: float | np.floating) -> float:
    return round(float(value), 4)


@dataclass(frozen=True, slots=True)
class _Reel:
    """A clip, and when each of its pictures is shown."""

    path: Path
    ticks: tuple[int, ...]
    """In the stream's own unit, rising."""
    seconds: tuple[float, ...]
    """The same, from the first one."""

    @classmethod
    def of(cls, path: Path) -> "_Reel":
        with opened(path) as (container, stream):
            shown = {packet.pts for packet in container.demux(stream) if packet.pts is not None}
            base = stream.time_base
        if not shown or base is None:
            raise FootageRejected("the file holds no pictures")
        ticks = tuple(sorted(shown))
        return cls(path, ticks, tuple(float((tick - ticks[0]) * base) for tick in ticks))

    def pictures(self, times: list[float], canvas: tuple[int, int] | None) -> list[Pixels]:
        """Return the picture that is shown at each of the times, small.

        Args:
            times: Rising, none after the last picture.
            canvas: (width, height) that pictures are fitted into; None: their own shape.
        """
        wanted = [self.ticks[bisect_right(self.seconds, time + _EDGE) - 1] for time in times]
        found = dict(self._decoded(frozenset(wanted), canvas))
        if not found:
            raise FootageRejected("the file holds no pictures")
        decoded = sorted(found)
        # What a decoder leaves out of a damaged clip, the picture before it stands for.
        near = (max(0, bisect_right(decoded, tick) - 1) for tick in wanted)
        return [found[decoded[at]] for at in near]

    def _decoded(
        self, wanted: frozenset[int], canvas: tuple[int, int] | None
    ) -> Iterator[tuple[int, Pixels]]:
        """Yield the wanted frames by their times; what no other refers to is left out."""
        last = max(wanted)
        with opened(self.path, roughly=True) as (container, stream):
            for packet in container.demux(stream):
                is_needed = packet.pts is None or packet.pts in wanted
                stream.codec_context.skip_frame = "DEFAULT" if is_needed else "NONREF"
                for frame in packet.decode():
                    if frame.pts in wanted:
                        yield frame.pts, _small(frame, canvas)
                    if frame.pts is not None and frame.pts >= last:
                        return


def _small(frame: VideoFrame, canvas: tuple[int, int] | None) -> Pixels:
    """Return a frame, shrunk, in the middle of a canvas of its own or a given shape."""
    is_turned = round(frame.rotation / 90) % 2 == 1
    width, height = (frame.height, frame.width) if is_turned else (frame.width, frame.height)
    if canvas is None:
        scale = LONGEST_PX / max(width, height)
        canvas = max(2, round(width * scale)), max(2, round(height * scale))
    inside = _fitted((width, height), canvas)
    picture = rgb(frame, inside[::-1] if is_turned else inside)
    if inside == canvas:
        return picture
    whole = np.zeros((canvas[1], canvas[0], 3), np.uint8)
    left, top = (canvas[0] - inside[0]) // 2, (canvas[1] - inside[1]) // 2
    whole[top : top + inside[1], left : left + inside[0]] = picture
    return whole


def _fitted(shape: tuple[int, int], canvas: tuple[int, int]) -> tuple[int, int]:
    """Return the largest size of a shape inside a canvas; nearly equal shapes fill it."""
    ratio, wanted = shape[0] / shape[1], canvas[0] / canvas[1]
    if abs(ratio / wanted - 1) < _NEARLY:
        return canvas
    if ratio > wanted:
        return canvas[0], max(1, round(canvas[0] / ratio))
    return max(1, round(canvas[1] * ratio)), canvas[1]
