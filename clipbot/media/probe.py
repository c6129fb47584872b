"""What a footage file is, and whether it is whole.

`probe` reads the index only, in plain Python: no decoder sees the file, so probing is
safe in this process and takes a millisecond (a PyAV child takes 150-300). `verify`
also decodes every frame with ffmpeg as a child that stops at the first damage. New
footage is verified once; after that its digest vouches for it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Final

from clipbot.errors import EncodingFailed, FootageRejected
from clipbot.media import ffmpeg
from clipbot.media.entries import pixel_of
from clipbot.media.mp4 import NotMp4, Track, load_tracks

CODECS: Final = {
    "avc1": "h264",
    "avc3": "h264",
    "hvc1": "hevc",
    "hev1": "hevc",
    "vp09": "vp9",
    "av01": "av1",
}
"""Codecs that footage may have, by the code of their sample entry."""

_NAMES: Final = {"mp4v": "MPEG-4 part 2", "s263": "H.263", "jpeg": "JPEG", "apcn": "ProRes"}
_COMMON_RATES: Final = (
    *(Fraction(number * 1000, 1001) for number in (24, 30, 60)),
    *(Fraction(number) for number in (24, 25, 30, 50, 60)),
)
_MOST_OBLONG: Final = 4
"""Width of a pixel to its height, or the reverse, that is believed."""
_MOST_PICTURES_A_SECOND: Final = 240
_RATE_TOLERANCE: Final = Fraction(1, 2000)
"""A rate this near to a common one, as a fraction of it, is that one: 24 and 24000/1001
differ twice as much, and files that count in milliseconds err less."""


@dataclass(frozen=True, slots=True)
class Probe:
    """What the index of a footage file says."""

    frames: int
    rate: Fraction
    """Frames per second; the mean, where frames come unevenly."""
    width: int
    """As shown: oblong pixels are measured square, and a picture that players turn by a
    quarter is measured turned."""
    height: int
    codec: str
    """`h264`, `hevc`, `vp9` or `av1`."""
    duration_seconds: float
    has_audio: bool


def probe(path: Path) -> Probe:
    """Read what a footage file claims to be, and check that all of it is there.

    Raises:
        FootageRejected: It is no MP4, holds no picture, is cut off, too large, or of a
            codec that browsers and our decoder do not share.
        OSError: The file cannot be opened.
    """
    try:
        tracks = load_tracks(path)
    except NotMp4 as error:
        raise FootageRejected(f"the file {error}") from error
    pictures = [track for track in tracks if track.handler == "vide"]
    if not pictures:
        raise FootageRejected("the file has no picture")
    track = pictures[0]
    _refuse(track, path.stat().st_size)
    shown, rate = _shown(track), _rate(track)
    if not 1 <= rate <= _MOST_PICTURES_A_SECOND:
        raise FootageRejected(f"it shows {float(rate):.3g} pictures a second; 1 to 240 can be used")
    seconds = Fraction(track.ticks, track.timescale) * shown / len(track.sizes)
    width, height = _square(track)
    return Probe(
        frames=shown,
        rate=rate,
        width=height if track.is_turned else width,
        height=width if track.is_turned else height,
        codec=CODECS[track.codec],
        duration_seconds=float(seconds),
        has_audio=any(other.handler == "soun" for other in tracks),
    )


def verify(path: Path, *, cancelled: Callable[[], bool] = ffmpeg.never) -> Probe:
    """Probe a footage file, then decode all of it.

    Raises:
        FootageRejected: As `probe`, or a frame is damaged or missing.
        EditCancelled: `cancelled` said so.
        OSError: The file cannot be opened.
    """
    claimed = probe(path)
    counted = [0]
    whole = ("-map", "0:v:0", "-fps_mode", "passthrough", "-f", "null", "-")
    try:
        ffmpeg.run(
            [*ffmpeg.SAFE_INPUT, "-i", str(path), *whole],
            cancelled=cancelled,
            on_frames=counted.append,
        )
    except EncodingFailed as error:
        raise FootageRejected(f"its pictures are damaged ({error.reason})") from error
    if counted[-1] < claimed.frames:
        raise FootageRejected(f"{counted[-1]} of its {claimed.frames} pictures can be shown")
    return claimed


def _refuse(track: Track, file_bytes: int) -> None:
    """Raise if the index alone shows that the footage cannot be used."""
    if track.codec not in CODECS:
        name = _NAMES.get(track.codec, track.codec)
        raise FootageRejected(f"its codec is {name}; H.264, H.265, VP9 and AV1 can be used")
    count = len(track.sizes)
    if not count or not track.ticks:
        raise FootageRejected("the file holds no pictures, or only in fragments")
    if not 0 < track.width * track.height <= ffmpeg.MAX_PIXELS:
        size = f"{track.width}x{track.height}"
        raise FootageRejected(f"its pictures are {size}; up to 4096x2304 can be used")
    ends = (at + size for at, size in zip(track.offsets, track.sizes, strict=True))
    there = sum(end <= file_bytes for end in ends)
    if there < count:
        raise FootageRejected(f"the file is cut off: {there} of {count} pictures are there")


def _square(track: Track) -> tuple[int, int]:
    """Return the size in square pixels: the side that is too short is made longer."""
    across, down = pixel_of(track)
    if not 1 / _MOST_OBLONG <= Fraction(across, down) <= _MOST_OBLONG:
        return track.width, track.height
    width = round(Fraction(track.width * max(across, down), down))
    return width, round(Fraction(track.height * max(across, down), across))


def _shown(track: Track) -> int:
    """Return how many samples the edit list shows; all, where it has several edits.

    Empty edits only say that the pictures begin late; a film shows them at once.
    """
    edits = [edit for edit in track.edits if edit[1] >= 0]
    if len(edits) != 1:
        return len(track.sizes)
    ticks, first = edits[0]
    stop = first + (ticks or track.ticks)
    return max(1, sum(first <= tick < stop for tick in track.shown_at()))


def _rate(track: Track) -> Fraction:
    """Return the rate: exact where frames come evenly, else the mean, snapped if near."""
    evenly = {delta for _, delta in track.deltas[:-1]} | (
        set() if len(track.deltas) > 1 and track.deltas[-1][0] == 1 else {track.deltas[-1][1]}
    )
    if len(evenly) == 1:
        mean = Fraction(track.timescale, max(1, evenly.pop()))
    else:
        mean = Fraction(len(track.sizes) * track.timescale, track.ticks)
    for common in _COMMON_RATES:
        if abs(mean - common) <= common * _RATE_TOLERANCE:
            return common
    return mean.limit_denominator(1001)
