"""Numbers about footage: how bright, colourful, warm and lively it is, and what it shows where.

The definitions are those of contracts/understanding.md and `domain.measures`. A few short
runs of neighbouring frames, spread over the clip, stand for all of it. Runs are moved to
key frames where those lie near, and what lies between is not decoded: that makes measuring
a 9 s clip a matter of tenths of a second. Footage that is to be compared with other footage
is looked at in the same moments as that.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.reformatter import Interpolation
from av.video.stream import VideoStream

from clipbot.domain.measures import Measures
from clipbot.errors import FootageRejected
from clipbot.media.pictures import Pixels, opened, rgb
from clipbot.media.signature import Signature, signature

SIZE: Final = (160, 90)
"""Frames are shrunk to this (width, height) first; means survive it, sensor noise does not."""
RUN: Final = 3
"""Neighbouring frames per run: two differences."""
MOMENTS: Final = 8
"""Moments in a signature, at most."""
REC709: Final = np.array([0.2126, 0.7152, 0.0722])
"""Weights of red, green and blue in luma, ITU-R BT.709."""

_OF_STILLS: Final = (
    *("luma", "saturation", "warmth", "tint"),
    *("contrast", "dark", "bright", "black"),
)
"""Fields of `Measures` that single pictures have."""
_NO_SHADOW: Final = 0.02
_NO_LIGHT: Final = 0.985
_NOTHING: Final = 0.03
"""Mean luma of a picture that shows nothing, with a little light from coding."""
_WIDEST: Final = 640

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Survey:
    """All that is measured of footage."""

    measures: Measures
    signature: Signature


def measure(path: Path, *, frames: int = 24) -> Measures:
    """Return the numbers of verified footage alone.

    Raises:
        FootageRejected: The footage cannot be decoded.
    """
    return survey(path, frames=frames).measures


def survey(path: Path, *, frames: int = 24, moments: Sequence[float] = ()) -> Survey:
    """Measure verified footage.

    Args:
        path: Verified footage.
        frames: How many frames to look at, in runs of three neighbours; all of a clip
            that is not longer.
        moments: Seconds at which to look instead, where the footage is that long.

    Raises:
        FootageRejected: The footage cannot be decoded.
    """
    with opened(path, roughly=True) as (container, stream):
        shown, keys = _index(container, stream)
        beats = [float(time * (stream.time_base or 0)) for time in shown]
        runs = _runs_at(shown, beats, moments) or _runs(shown, keys, frames)
        firsts = {run[0] for run in runs if run}
        pictures: dict[int, Pixels] = {}
        details: list[float] = []
        for frame in _decoded(container, stream, runs, keys):
            pictures[frame.pts or 0] = rgb(frame, SIZE)
            if frame.pts in firsts:
                details.append(_detail(frame))
    if not pictures:
        raise FootageRejected("the file holds no pictures")
    steps = [
        np.abs(_luma(pictures[later]) - _luma(pictures[sooner])).mean()
        for run in runs
        for sooner, later in pairwise(run)
        if sooner in pictures and later in pictures
    ]
    numbers = np.array([_still(picture) for picture in pictures.values()]).mean(axis=0)
    seconds = dict(zip(shown, beats, strict=True))
    begun = sorted(pictures.keys() & firsts)
    some = _spread(begun if len(begun) > 1 else sorted(pictures))
    return Survey(
        Measures(
            **dict(zip(_OF_STILLS, map(float, numbers), strict=True)),
            motion=float(np.mean(steps)) if steps else 0.0,
            detail=float(np.mean(details)) if details else None,
        ),
        signature([seconds[time] - beats[0] for time in some], [pictures[time] for time in some]),
    )


def measure_picture(picture: Pixels) -> tuple[float, float, float]:
    """Return (luma, saturation, warmth) of one picture, as `Measures` defines them."""
    light, saturation, warmth, *_ = _still(picture)
    return light, saturation, warmth


def _still(picture: Pixels) -> tuple[float, ...]:
    """Return the numbers of one picture, in the order of `_OF_STILLS`.

    Saturation is that of HSV (Smith 1978: 1 - min/max).
    """
    colours = picture.reshape(-1, 3).astype(np.float64) / 255
    most, least = colours.max(axis=1), colours.min(axis=1)
    saturation = np.divide(most - least, most, out=np.zeros_like(most), where=most > 0)
    red, green, blue = colours.mean(axis=0)
    luma = colours @ REC709
    return (
        float(luma.mean()),
        float(saturation.mean()),
        float(red - blue),
        float(green - (red + blue) / 2),
        float(luma.std()),
        float((luma < _NO_SHADOW).mean()),
        float((luma > _NO_LIGHT).mean()),
        float(luma.mean() < _NOTHING and np.quantile(luma, 0.99) < 4 * _NOTHING),
    )


def _detail(frame: VideoFrame) -> float:
    """Return the mean step between neighbouring columns, at a size that all footage has."""
    width = min(frame.width, _WIDEST)
    height = max(1, frame.height * width // frame.width)
    grey = frame.reformat(width, height, "gray", interpolation=Interpolation.AREA).to_ndarray()
    return float(np.abs(np.diff(grey.astype(np.int16), axis=1)).mean()) / 255


def _luma(picture: Pixels) -> Numbers:
    luma: Numbers = (picture.astype(np.float64) / 255) @ REC709
    return luma


def _index(container: InputContainer, stream: VideoStream) -> tuple[list[int], list[int]]:
    """Return the times of all frames and of the key frames, in the stream's ticks, rising."""
    times: dict[int, bool] = {}
    for packet in container.demux(stream):
        if packet.pts is not None:
            times[packet.pts] = packet.is_keyframe
    return sorted(times), sorted(time for time, is_key in times.items() if is_key)


def _runs_at(
    shown: Sequence[int], beats: Sequence[float], moments: Sequence[float]
) -> list[list[int]]:
    """Return runs that begin at the frames nearest to moments; none where there are none."""
    if not beats:
        return []
    begin, ends = beats[0], beats[-1] - beats[0]
    times = np.array(beats) - begin
    starts = {
        max(0, min(int(np.abs(times - moment).argmin()), len(shown) - RUN))
        for moment in moments
        if moment <= ends
    }
    return [list(shown[start : start + RUN]) for start in sorted(starts)]


def _spread(times: Sequence[int]) -> list[int]:
    """Return at most `MOMENTS` of some times, evenly chosen."""
    if len(times) <= MOMENTS:
        return list(times)
    return [times[round(index * (len(times) - 1) / (MOMENTS - 1))] for index in range(MOMENTS)]


def _runs(shown: Sequence[int], keys: Sequence[int], frames: int) -> list[list[int]]:
    """Choose runs of neighbouring frames, evenly spread and at key frames where possible."""
    if len(shown) <= max(frames, RUN):
        return [list(shown)]
    count = max(1, frames // RUN)
    spacing = len(shown) / count
    position = {time: index for index, time in enumerate(shown)}
    starts = set()
    for number in range(count):
        even = int((number + 0.5) * spacing)
        near = min((position[key] for key in keys), key=lambda at: abs(at - even), default=even)
        start = near if abs(near - even) <= spacing / 2 else even
        starts.add(min(start, len(shown) - RUN))
    return [list(shown[start : start + RUN]) for start in sorted(starts)]


def _decoded(
    container: InputContainer,
    stream: VideoStream,
    runs: Sequence[Sequence[int]],
    keys: Sequence[int],
) -> Iterator[VideoFrame]:
    """Yield the frames of the runs; they are of use until the next is asked for.

    Each stretch from a key frame is decoded only up to its last wanted frame, without
    the frames that no other one refers to.
    """
    wanted = {time for run in runs for time in run}
    stops = [*keys[1:], max(wanted) + 1] if keys else []
    for key, stop in zip(keys, stops, strict=True):
        inside = {time for time in wanted if key <= time < stop}
        if inside:
            container.seek(key, stream=stream)
            yield from _stretch(container, stream, inside)


def _stretch(
    container: InputContainer, stream: VideoStream, wanted: set[int]
) -> Iterator[VideoFrame]:
    last = max(wanted)
    for packet in container.demux(stream):
        stream.codec_context.skip_frame = (
            "DEFAULT" if packet.pts is None or packet.pts in wanted else "NONREF"
        )
        for frame in packet.decode():
            if frame.pts is not None and frame.pts in wanted:
                yield frame
            if frame.pts is not None and frame.pts >= last:
                return


def pictures_at(
    path: Path, choose: Callable[[Sequence[float]], Sequence[int]], size: tuple[int, int]
) -> dict[int, Pixels]:
    """Return some frames of verified footage by their number from 0.

    Args:
        path: Verified footage.
        choose: From the times of all frames, in seconds and rising, to the numbers of those
            that are wanted; numbers that there are not give nothing.
        size: (width, height) to shrink them to.

    Raises:
        FootageRejected: The footage cannot be decoded.
    """
    with opened(path, roughly=True) as (container, stream):
        shown, keys = _index(container, stream)
        tick = float(stream.time_base or 1)
        wanted = [at for at in choose([time * tick for time in shown]) if at < len(shown)]
        runs = [[shown[at] for at in wanted]] if wanted else []
        frames = _decoded(container, stream, runs, keys) if runs else ()
        found = {frame.pts: rgb(frame, size) for frame in frames}
    return {at: found[shown[at]] for at in wanted if shown[at] in found}
