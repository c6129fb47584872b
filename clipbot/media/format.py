"""The one picture format of a film, and the encoder settings that go with it.

All segments of a film share a format, so their parameter sets (SPS, PPS) are equal and
the splicer can put them behind each other. `Format.key` is part of every segment's
key: two formats never share a segment, nor do two builds of ffmpeg or x264, nor two
thread counts (x264 encodes to other bytes with each, facts/video.md §3).

The format of a job is what most of its clips have. Enlarging adds no information.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Protocol

from clipbot.media import ffmpeg

ENGINE: Final = "clipbot-film/1"
"""Raised whenever the same plan would encode to another picture."""

SHORT_SIDE: Final = 720
"""Of films whose size nobody gave; all video models offer 720p."""

_USUAL_RATE: Final = Fraction(24)
_BLOCKS_OF_LEVEL_4_2: Final = 8704
"""Macroblocks of the largest picture (ITU-T H.264, table A-1)."""
_LEAST_TIMESCALE: Final = 10_000
_SCALE_FLAGS: Final = "bicubic+accurate_rnd+full_chroma_int+bitexact"
_X264: Final = (
    # stitchable: the parameter sets depend on the settings alone, not on the pictures.
    "stitchable=1:open-gop=0:cpu-independent=1:keyint_min=1"
    ":colorprim=bt709:transfer=bt709:colormatrix=bt709"
)


class HasPicture(Protocol):
    """Something of which size and rate are known."""

    @property
    def width(self) -> int: ...
    @property
    def height(self) -> int: ...
    @property
    def rate(self) -> Fraction: ...


@dataclass(frozen=True, slots=True)
class Format:
    """Size, rate and encoder settings of a film."""

    width: int
    height: int
    rate: Fraction
    """Frames per second."""
    crf: int = 20
    preset: str = "veryfast"
    threads: int = 2
    """Of one encoder. Pinned: the bytes depend on it."""

    def __post_init__(self) -> None:
        if self.width <= 0 or self.height <= 0 or self.width % 2 or self.height % 2:
            raise ValueError(f"width and height must be even, got {self.width}x{self.height}")
        if self.rate <= 0:
            raise ValueError(f"rate must be positive, got {self.rate}")

    @property
    def key(self) -> str:
        """Everything that decides how frames become bytes, besides the frames."""
        size = f"{self.width}x{self.height}@{self.rate}"
        settings = f"crf{self.crf} {self.preset} threads{self.threads}"
        return f"{ENGINE} {size} {settings} {ffmpeg.build()}"

    @property
    def timescale(self) -> int:
        """Ticks per second of the film's track; a frame has a whole number of them."""
        return self.rate.numerator * self._fineness

    @property
    def ticks_per_frame(self) -> int:
        return self.rate.denominator * self._fineness

    @property
    def _fineness(self) -> int:
        fineness = 1
        while self.rate.numerator * fineness < _LEAST_TIMESCALE:
            fineness *= 2
        return fineness

    def filters(self) -> str:
        """Return the filters that bring any picture to this size: fit inside, bars around."""
        size = f"{self.width}:{self.height}"
        return (
            f"scale={size}:force_original_aspect_ratio=decrease:force_divisible_by=2:reset_sar=1"
            f":flags={_SCALE_FLAGS}:out_color_matrix=bt709:out_range=tv,"
            f"pad={size}:(ow-iw)/2:(oh-ih)/2,setsar=1,format=yuv420p,"
            # What footage says of itself would become boxes that other segments lack.
            "setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709,"
            "sidedata=mode=delete"
        )

    def encoder(self) -> list[str]:
        """Return the output options: closed GOPs, no audio, nothing that varies by file."""
        blocks = -(-self.width // 16) * -(-self.height // 16)
        level = "4.2" if blocks <= _BLOCKS_OF_LEVEL_4_2 else "5.2"
        return [
            *("-an", "-sn", "-dn", "-map_metadata", "-1", "-map_chapters", "-1"),
            *("-c:v", "libx264", "-preset", self.preset, "-crf", str(self.crf)),
            *("-profile:v", "high", "-level:v", level, "-pix_fmt", "yuv420p", "-bf", "2"),
            *("-g", str(round(2 * self.rate)), "-threads:v", str(self.threads)),
            *("-x264-params", _X264, "-flags:v", "+cgop+bitexact", "-fflags", "+bitexact"),
            *("-video_track_timescale", str(self.timescale)),
            # The mov muxer's bit rate box differs by file, so sample descriptions would.
            *("-write_btrt", "0", "-f", "mp4"),
        ]


def sizes_for_ratio(ratio: str) -> tuple[int, int]:
    """Return width and height of a film of an aspect ratio such as `16:9`.

    Raises:
        ValueError: `ratio` is not two positive numbers with a colon between them.
    """
    given = re.fullmatch(r"([1-9]\d{0,3}):([1-9]\d{0,3})", ratio)
    if not given:
        raise ValueError(f"not an aspect ratio: {ratio}")
    width, height = int(given[1]), int(given[2])
    long_side = _even(Fraction(SHORT_SIDE * max(width, height), min(width, height)))
    return (long_side, SHORT_SIDE) if width >= height else (SHORT_SIDE, long_side)


def majority(pictures: Iterable[HasPicture], width: int = 1280, height: int = SHORT_SIDE) -> Format:
    """Return the format that most clips have; of several, the one seen first.

    Size and rate are counted apart: one clip of another rate changes no size.

    Args:
        pictures: What is known of each clip's footage, such as `Probe`s.
        width: Of a film without clips.
        height: Of a film without clips.
    """
    known = list(pictures)
    sizes = Counter((picture.width, picture.height) for picture in known)
    rates = Counter(picture.rate for picture in known)
    if known:
        width, height = sizes.most_common(1)[0][0]
    rate = rates.most_common(1)[0][0] if known else _USUAL_RATE
    return Format(_even(Fraction(width)), _even(Fraction(height)), rate)


def _even(length: Fraction) -> int:
    """Round to the nearest even number of pixels, at least 2."""
    return max(2, 2 * round(length / 2))
