"""Numbers about footage: how bright, colourful, warm and lively it is.

The definitions are those of contracts/understanding.md. A few short runs of neighbouring
frames, spread over the clip, stand for all of it. Runs are moved to key frames where
those lie near, and what lies between is not decoded: that makes measuring a 9 s clip a
matter of tenths of a second.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
from av.container import InputContainer
from av.video.stream import VideoStream

from clipbot.domain.measures import Measures
from clipbot.errors import FootageRejected
from clipbot.media.pictures import Pixels, opened, rgb

SIZE: Final = (160, 90)
"""Frames are shrunk to this (width, height) first; means survive it, sensor noise does not."""
RUN: Final = 3
"""Neighbouring frames per run: two differences."""
REC709: Final = np.array([0.2126, 0.7152, 0.0722])
"""Weights of red, green and blue in luma, ITU-R BT.709."""

Numbers = npt.NDArray[np.float64]


def measure(path: Path, *, frames: int = 24) -> Measures:
    """Measure verified footage.

    Args:
        path: Verified footage.
        frames: How many frames to look at, in runs of three neighbours; all of a clip
            that is not longer.

    Raises:
        FootageRejected: The footage cannot be decoded.
    """
    with opened(path, roughly=True) as (container, stream):
        shown, keys = _index(container, stream)
        runs = _runs(shown, keys, frames)
        pictures = dict(_decoded(container, stream, runs, keys))
    if not pictures:
        raise FootageRejected("the file holds no pictures")
    looked = np.array([_still(picture) for picture in pictures.values()])
    light, saturation, warmth = looked.mean(axis=0)
    steps = [
        np.abs(_luma(pictures[later]) - _luma(pictures[sooner])).mean()
        for run in runs
        for sooner, later in pairwise(run)
        if sooner in pictures and later in pictures
    ]
    return Measures(
        luma=float(light),
        saturation=float(saturation),
        warmth=float(warmth),
        motion=float(np.mean(steps)) if steps else 0.0,
    )


def measure_picture(picture: Pixels) -> tuple[float, float, float]:
    """Return (luma, saturation, warmth) of one picture, as `Measures` defines them."""
    light, saturation, warmth = _still(picture)
    return float(light), float(saturation), float(warmth)


def _still(picture: Pixels) -> tuple[float, float, float]:
    """Return mean luma, mean HSV saturation (Smith 1978: 1 - min/max) and mean R - B."""
    colours = picture.reshape(-1, 3).astype(np.float64) / 255
    most, least = colours.max(axis=1), colours.min(axis=1)
    saturation = np.divide(most - least, most, out=np.zeros_like(most), where=most > 0)
    red, _, blue = colours.mean(axis=0)
    return float((colours @ REC709).mean()), float(saturation.mean()), float(red - blue)


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
) -> Iterator[tuple[int, Pixels]]:
    """Yield the frames of the runs, small, by their times.

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
) -> Iterator[tuple[int, Pixels]]:
    last = max(wanted)
    for packet in container.demux(stream):
        stream.codec_context.skip_frame = (
            "DEFAULT" if packet.pts is None or packet.pts in wanted else "NONREF"
        )
        for frame in packet.decode():
            if frame.pts is not None and frame.pts in wanted:
                yield frame.pts, rgb(frame, SIZE)
            if frame.pts is not None and frame.pts >= last:
                return
