"""Footage with looks applied: a whole clip, the beginning of one, or a single frame.

Whole clips go through ffmpeg as a child; a preview frame goes through the same filters
in this process (`looks.nodes`), on a frame that was shrunk *first*: the table costs
time per pixel.
"""

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Final

import cv2
import numpy as np
from av.video.frame import VideoFrame

from clipbot.domain.plan import Strength
from clipbot.errors import FootageRejected
from clipbot.media import ffmpeg
from clipbot.media.colours import narrowed
from clipbot.media.darkroom import developed
from clipbot.media.files import appearing
from clipbot.media.format import Format
from clipbot.media.looks import Looks, cubes, particles
from clipbot.media.looks.graph import CLIP, clip_graph, is_grainy, still_graph
from clipbot.media.looks.moving import Picture
from clipbot.media.looks.nodes import Wired, even, text
from clipbot.media.pictures import Pixels, opened
from clipbot.media.probe import Probe, probe
from clipbot.media.thumbnails import jpeg, poster

THREADS: Final = 2
"""Pinned: x264 gives other bytes with another number of threads (facts/video.md §3)."""
CRF: Final = 15
"""Quality of rendered clips, which are encoded once more for the film: hardly any loss."""
GRAINY_CRF: Final = 20
"""Grain hides losses, and takes ten times the bits to keep exactly."""
PREVIEW_CRF: Final = 24
PRESET: Final = "veryfast"
PREVIEW_PRESET: Final = "ultrafast"
"""A preview is watched once: how long it takes matters more than how large it is."""
GOP: Final = 24
_MATRICES: Final = {1: "bt709", 4: "fcc", 5: "bt601", 6: "bt601", 7: "smpte240m", 9: "bt2020"}
"""ffmpeg's scaler's names for the matrix coefficients of ITU-T H.273, table 4."""


def render(
    source: Path,
    dest: Path,
    *,
    looks: Looks,
    cancelled: Callable[[], bool] = ffmpeg.never,
    on_frames: Callable[[int], None] | None = None,
    cache: Path | None = None,
) -> None:
    """Apply looks to a whole clip.

    The result has the source's frames, size and rate (constant), no sound, BT.709, closed
    groups of 24. The same source and looks give the same bytes.

    Args:
        source: Verified footage.
        dest: File to make; it appears whole or not at all.
        looks: In the order in which they apply; none is a plain copy in our format.
        cancelled: Asked about ten times a second.
        on_frames: Told how many frames are done.
        cache: Folder for tables and particles; one of this user's by default.

    Raises:
        FootageRejected: The source cannot be read.
        EncodingFailed: It broke while it was rendered.
        EditCancelled: `cancelled` said so.
        StorageFull: There is no room.
    """
    found = _probed(source)
    picture = Picture(found.width, found.height, found.rate, found.frames)
    crf = GRAINY_CRF if is_grainy(looks) else CRF
    _encode(source, dest, looks, picture, (PRESET, crf), cancelled, on_frames, cache)


def preview_clip(
    source: Path,
    dest: Path,
    looks: Looks,
    *,
    seconds: float = 4.0,
    width: int = 640,
    cancelled: Callable[[], bool] = ffmpeg.never,
    cache: Path | None = None,
) -> None:
    """Apply looks to the beginning of a clip, small.

    Raises:
        FootageRejected: The source cannot be read.
        EncodingFailed: It broke while it was rendered.
        EditCancelled: `cancelled` said so.
        StorageFull: There is no room.
    """
    found = _probed(source)
    shown = max(1, min(found.frames, round(Fraction(seconds) * found.rate)))
    size = _within(found.width, found.height, width)
    picture = Picture(*size, found.rate, shown)
    quality = PREVIEW_PRESET, PREVIEW_CRF
    _encode(source, dest, looks, picture, quality, cancelled, None, cache)


def preview_frame(
    source: Path, looks: Looks, *, width: int = 640, cache: Path | None = None
) -> tuple[bytes, bytes]:
    """Return one frame without and with looks.

    The frame is the one that thumbnails show. It, and the filters of recent looks, are
    kept: the second preview of a clip costs some tens of milliseconds.

    Args:
        source: Verified footage.
        looks: In the order in which they apply.
        width: Of both pictures, in pixels; upright clips get this height instead.
        cache: As for `render`.

    Returns:
        Two JPEGs of one size: before, after.

    Raises:
        FootageRejected: The source cannot be read.
        EncodingFailed: The filters refused the frame.
    """
    status = source.stat() if source.exists() else None
    if status is None:
        raise FootageRejected("the file is not there")
    before, picture = _before(source, status.st_size, status.st_mtime_ns, width)
    return before, jpeg(still(picture, looks, cache=cache))


def still(picture: Pixels, looks: Looks, *, cache: Path | None = None) -> Pixels:
    """Return a picture with looks, of the same size.

    Args:
        picture: `(height, width, 3) uint8 RGB`, both sides even.
        looks: In the order in which they apply.
        cache: As for `render`.

    Raises:
        EncodingFailed: The filters refused it.
    """
    studio = _studio(tuple(looks), picture.shape[1], picture.shape[0], cache)
    return studio.apply(picture)


@lru_cache(maxsize=64)
def _before(source: Path, size: int, changed_ns: int, width: int) -> tuple[bytes, Pixels]:  # noqa: ARG001 - the key
    whole = developed(poster, source)
    small = _within(whole.shape[1], whole.shape[0], width)
    picture = np.asarray(cv2.resize(whole, small, interpolation=cv2.INTER_AREA), np.uint8)
    return jpeg(picture), picture


class _Studio:
    """Filters for one set of looks and one size, ready to use."""

    def __init__(self, looks: Looks, width: int, height: int, cache: Path) -> None:
        rate = Fraction(24)
        graph = still_graph(looks, Picture(width, height, rate, 1), cache)
        ways_in = {CLIP: (width, height, "rgb24")}
        self._masks = {}
        for number, kind in enumerate(graph.particles):
            ways_in[f"mask{number}"] = (width, height, "gray")
            self._masks[f"mask{number}"] = particles.still(kind, width, height, rate)
        self._wired = Wired(graph.nodes, ways_in, graph.out)
        self._lock = Lock()

    def apply(self, picture: Pixels) -> Pixels:
        frames = {
            label: VideoFrame.from_ndarray(mask, "gray") for label, mask in self._masks.items()
        }
        frames[CLIP] = VideoFrame.from_ndarray(picture, "rgb24")
        with self._lock:
            return np.asarray(self._wired.apply(frames).to_ndarray(), np.uint8)


@lru_cache(maxsize=48)
def _studio(
    looks: tuple[tuple[str, Strength], ...], width: int, height: int, cache: Path | None
) -> _Studio:
    return _Studio(looks, width, height, cache or cubes.default_cache())


def forget() -> None:
    """Drop the frames and filters that previews keep; for benchmarks, and to free memory."""
    _before.cache_clear()
    _studio.cache_clear()


def _probed(source: Path) -> Probe:
    try:
        return probe(source)
    except OSError as error:
        raise FootageRejected("the file is not there") from error


def _within(width: int, height: int, most: int) -> tuple[int, int]:
    """Return an even size of the same ratio whose longer side is `most`, never enlarged."""
    shrink = min(1.0, most / max(width, height))
    return even(width * shrink), even(height * shrink)


def _encode(
    source: Path,
    dest: Path,
    looks: Looks,
    picture: Picture,
    quality: tuple[str, int],
    cancelled: Callable[[], bool],
    on_frames: Callable[[int], None] | None,
    cache: Path | None,
) -> None:
    folder = cache or cubes.default_cache()
    wide = narrowed(source, Format(picture.width, picture.height, picture.rate))
    graph = clip_graph(looks, picture, "bt709" if wide else _matrix(source), folder)
    inputs = [*ffmpeg.SAFE_INPUT, "-threads", str(THREADS), "-i", str(source)]
    ways_in = {CLIP: "ordinary" if wide else "0:v:0"}
    for number, kind in enumerate(graph.particles):
        path = particles.loop(kind, picture.width, picture.height, picture.rate, folder)
        inputs += ["-stream_loop", "-1", "-threads", "1", "-i", str(path)]
        ways_in[f"mask{number}"] = f"{number + 1}:v"
    filters = text(graph.nodes, ways_in, graph.out)
    if wide:
        filters = f"[0:v:0]{wide}[ordinary];{filters}"
    with appearing(dest) as part:
        ffmpeg.run(
            [
                *inputs,
                *("-filter_complex_threads", str(THREADS), "-filter_complex", filters),
                *("-map", "[out]", "-frames:v", str(picture.frames)),
                *_coding(picture.rate, *quality),
                str(part),
            ],
            cancelled=cancelled,
            on_frames=on_frames,
        )


def _coding(rate: Fraction, preset: str, crf: int) -> Sequence[str]:
    """Return the options of the encoder and of the file."""
    return (
        *("-c:v", "libx264", "-preset", preset, "-crf", str(crf), "-threads", str(THREADS)),
        *("-pix_fmt", "yuv420p", "-profile:v", "high", "-g", str(GOP), "-sc_threshold", "0"),
        *("-x264-params", "open-gop=0:cpu-independent=1"),
        *("-flags", "+cgop+bitexact", "-fflags", "+bitexact", "-map_metadata", "-1"),
        *("-color_range", "tv", "-colorspace", "bt709"),
        *("-color_primaries", "bt709", "-color_trc", "bt709"),
        *("-r", str(rate), "-fps_mode", "cfr", "-an", "-sn", "-dn"),
        *("-movflags", "+faststart", "-f", "mp4"),
    )


def _matrix(source: Path) -> str:
    """Return the colour matrix of the source; what has no tag is BT.709."""
    with opened(source) as (_, stream):
        return _MATRICES.get(int(stream.codec_context.colorspace), "bt709")
