"""The one picture format of a film, and the encoder settings that go with it.

All segments of a film share a format, so their parameter sets (SPS, PPS) are equal and
the splicer can put them behind each other. `Format.key` is part of every segment's
key: two formats never share a segment, nor do two builds of ffmpeg or x264, nor two
thread counts (x264 encodes to other bytes with each, facts/video.md §3).

The format of a job is what most of its clips have, brought to a usual ratio and rate.
Enlarging adds no information.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Protocol

from clipbot.media import ffmpeg

ENGINE: Final = "clipbot-film/2"
"""Raised whenever the same plan would encode to another picture."""

SHORT_SIDE: Final = 720
"""Of films whose size nobody gave; all video models offer 720p."""

RATES: Final = (24, 25, 30)
"""Of films. Footage of other rates shows each frame at the moment nearest to its own."""

RATIOS: Final = ("16:9", "9:16", "1:1", "4:3", "3:4")
LARGEST: Final = (1920, 1080)
"""Long and short side of a working format; larger films are made at export."""

_SMALLEST_SIDE: Final = 32
_NEAR: Final = Fraction(3, 100)
"""A picture whose ratio is this near to another fills it, instead of bars of some pixels."""
_NEAR_PX: Final = 2
"""A size this near to the exact one of a ratio is meant to be that (853x481)."""
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
    crf: int = 21
    """With the preset below: VMAF 95 of the normalised footage, at half the time of `veryfast`
    (docs/decisions/0018)."""
    preset: str = "superfast"
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

    def sized(self) -> str:
        """Return the filter that fits any picture inside this size, its pixels square.

        A picture of nearly the film's ratio fills it; for others there is room around.
        """
        near = f"lt(abs(dar*{self.height}/{self.width}-1),{float(_NEAR)})"
        wide = f"if({near},{self.width},max(2,min({self.width},2*round({self.height}*dar/2))))"
        high = f"if({near},{self.height},max(2,min({self.height},2*round({self.width}/dar/2))))"
        return f"scale=w='{wide}':h='{high}':flags={_SCALE_FLAGS}"

    def filters(self) -> str:
        """Return the filters that bring any picture to this size: fit inside, bars around."""
        size = f"{self.width}:{self.height}"
        return (
            f"{self.sized()}:out_color_matrix=bt709:out_range=tv,"
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
    return _sized(SHORT_SIDE, _fraction(ratio))


def enlarged(picture: Format, short_side: int, rate: Fraction) -> Format:
    """Return a format of the same ratio in another size and rate, with settings of today.

    Args:
        picture: Of the film.
        short_side: In pixels, even. That of `picture` keeps its size to the pixel.
        rate: Frames per second.
    """
    own = min(picture.width, picture.height)
    if (short_side, rate) == (own, picture.rate):
        return picture
    if short_side == own:
        return Format(picture.width, picture.height, rate)
    long = _even(Fraction(max(picture.width, picture.height) * short_side, own))
    wide = picture.width >= picture.height
    return Format(*((long, short_side) if wide else (short_side, long)), rate)


def majority(pictures: Iterable[HasPicture], ratio: str = "16:9") -> Format:
    """Return the working format: what most clips have; of several, the one seen first.

    Size and rate are counted apart: one clip of another rate changes no size.

    Args:
        pictures: What is known of each clip's footage, such as `Probe`s.
        ratio: What the job asked for. It counts where there are no clips, or most of
            them have none of the usual ratios.

    Raises:
        ValueError: `ratio` is none.
    """
    known = list(pictures)
    if not known:
        return Format(*sizes_for_ratio(ratio), Fraction(RATES[0]))
    sizes = Counter(working_size(each.width, each.height, ratio) for each in known)
    rates = Counter(working_rate(each.rate) for each in known)
    return Format(*sizes.most_common(1)[0][0], rates.most_common(1)[0][0])


def working_rate(rate: Fraction) -> Fraction:
    """Return the film's rate that suits footage: of 24, 25 and 30, or half and double.

    23.976 becomes 24, 29.97 and 60 become 30, 50 becomes 25, 12 becomes 24.
    """
    least, most = RATES[0], RATES[-1]
    while rate * 2 <= most + 1:
        rate *= 2
    while rate >= 2 * least - 1:
        rate /= 2
    return Fraction(min(RATES, key=lambda usual: abs(usual - rate)))


def working_size(width: int, height: int, ratio: str = "16:9") -> tuple[int, int]:
    """Return the film's size that suits footage: of a usual ratio, even, within bounds.

    Nothing is shrunk but what is too large: a picture of another ratio, such as 21:9,
    lies with its full size in a film of the ratio that the job asked for.

    Args:
        width: Of the footage, as shown.
        height: Of the footage, as shown.
        ratio: What the job asked for.
    """
    own = Fraction(width, height)
    usual = [_fraction(name) for name in dict.fromkeys((ratio, *RATIOS))]
    nearest = min(usual, key=lambda each: abs(own / each - 1))
    if abs(own / nearest - 1) > _NEAR:
        nearest = usual[0]
        width, height = max(width, round(height * nearest)), max(height, round(width / nearest))
    short, flat = min(width, height), min(nearest, 1 / nearest)
    most = min(Fraction(LARGEST[1]), LARGEST[0] * flat)
    if not _SMALLEST_SIDE <= short <= most or max(width, height) > LARGEST[0]:
        return _sized(_even(min(Fraction(max(_SMALLEST_SIDE, short)), most)), nearest)
    exact = _sized(short - short % 2, nearest)
    if max(abs(exact[0] - width), abs(exact[1] - height)) <= _NEAR_PX:
        return exact
    return _even(width), _even(height)


def _sized(short: int, ratio: Fraction) -> tuple[int, int]:
    """Return the size of a ratio with this short side."""
    long = _even(short * max(ratio, 1 / ratio))
    return (long, short) if ratio >= 1 else (short, long)


def _fraction(ratio: str) -> Fraction:
    given = re.fullmatch(r"([1-9]\d{0,3}):([1-9]\d{0,3})", ratio)
    if not given:
        raise ValueError(f"not an aspect ratio: {ratio}")
    return Fraction(int(given[1]), int(given[2]))


def _even(length: Fraction | int) -> int:
    """Round to the nearest even number of pixels, at least 2."""
    return max(2, 2 * round(Fraction(length) / 2))
