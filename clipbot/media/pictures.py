"""Frames of footage as arrays, decoded in the process that asks.

For the few frames that thumbnails, measures and previews need; whole clips go through
ffmpeg as a child. Where people are served, this is called in the darkroom (`darkroom.py`):
a decoder is no company for a server (facts/video.md §9).

Footage without a colour tag is read as BT.709, which is what the providers deliver and
what every encode here writes.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import av
import numpy as np
import numpy.typing as npt
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.reformatter import Colorspace, Interpolation
from av.video.stream import VideoStream

from clipbot.errors import FootageRejected
from clipbot.media import narrowing

Pixels = npt.NDArray[np.uint8]
"""`(height, width, 3) uint8 RGB`."""

BLACK_LUMA: Final = 24
"""A frame whose mean luma is below this, on the coded scale where 16 is black, shows
nothing (facts/video.md §7)."""

_TAGGED: Final = frozenset(int(space) for space in Colorspace)


@contextmanager
def opened(path: Path, *, roughly: bool = False) -> Iterator[tuple[InputContainer, VideoStream]]:
    """Open footage for decoding: this file only, never one that it refers to.

    One thread: a frame-threaded decoder must fill its pipeline before it hands out the
    first frame, and the first frames are all that is wanted here.

    Args:
        path: Verified footage.
        roughly: Leave out the deblocking filter, a fifth of the work. Block edges may
            show; means stay within a thousandth.

    Raises:
        FootageRejected: The file is not there, cannot be read, or holds no picture.
    """
    try:
        with av.open(
            str(path), format="mp4", options={"enable_drefs": "0"}, metadata_errors="replace"
        ) as container:
            if not container.streams.video:
                raise FootageRejected("the file has no picture")
            stream = container.streams.video[0]
            if stream.codec_context is None:
                raise FootageRejected("its codec is unknown")
            stream.codec_context.thread_count = 1
            stream.codec_context.options = {"skip_loop_filter": "all" if roughly else "none"}
            yield container, stream
    except av.FFmpegError as error:
        raise FootageRejected("its pictures cannot be read") from error


def rgb(frame: VideoFrame, size: tuple[int, int] | None = None) -> Pixels:
    """Return a frame as people see it: colours as in a film, turned as its metadata says.

    Args:
        frame: As decoded.
        size: (width, height) before turning; None keeps the frame's own.
    """
    width, height = size or (frame.width, frame.height)
    is_wide = narrowing.is_wide(frame)
    picture = frame.reformat(
        width,
        height,
        "rgb48le" if is_wide else "rgb24",
        src_colorspace=frame.colorspace if frame.colorspace in _TAGGED else Colorspace.ITU709,
        interpolation=Interpolation.AREA if size else Interpolation.BILINEAR,
    ).to_ndarray()
    if is_wide:
        light = narrowing.narrow(picture / _MOST, frame.color_trc, frame.color_primaries)
        picture = np.rint(255 * light).astype(np.uint8)
    return np.ascontiguousarray(np.rot90(picture, (round(frame.rotation) // 90) % 4))


def luma(frame: VideoFrame) -> float:
    """Return the mean of every eighth row and column of the luma plane, as coded."""
    plane = frame.planes[0]
    depth = frame.format.components[0].bits
    samples = np.frombuffer(memoryview(plane), np.uint8 if depth <= _BYTE_BITS else np.uint16)
    rows = samples.reshape(plane.height, -1)[:, : plane.width]
    return float(rows[::8, ::8].mean()) / 2.0 ** (depth - _BYTE_BITS)


_BYTE_BITS: Final = 8
_MOST: Final = 2**16 - 1


def first_shown(path: Path, *, within_seconds: float = 2.0) -> VideoFrame:
    """Return the first frame that is not black, else the brightest of the beginning.

    Stopping there costs about as much as decoding the very first frame; a fade-in
    makes a black thumbnail otherwise.

    Raises:
        FootageRejected: The file has no frame that can be decoded.
    """
    best: tuple[float, VideoFrame] | None = None
    with opened(path) as (container, stream):
        for frame in container.decode(stream):
            light = luma(frame)
            if best is None or light > best[0]:
                best = light, frame
            if light >= BLACK_LUMA or (frame.time or 0.0) >= within_seconds:
                break
    if best is None:
        raise FootageRejected("the file holds no pictures")
    return best[1]
