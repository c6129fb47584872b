"""Where decoding of footage may begin.

A junction shows the last frames of a clip; decoding the whole clip to reach them
would cost more than encoding them. Here the latest key frame is found from which the
wanted frames decode to exactly the same pictures, read from the file's own index.

A key frame counts only if it holds an IDR picture (nothing after it refers to
anything before it) and if the file is plain: one sample entry, and an edit list that
begins with the first frame. For any other file the answer is "from the start", which
is always right.
"""

from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Final

from clipbot.media.mp4 import NotMp4, Track, load_track

_IDR: Final = {"avc1": (0x1F, 0, {5}), "hvc1": (0x3F, 1, {19, 20})}
"""By codec: mask and shift of the NAL unit's type, and the types of IDR pictures."""
_VISUAL_ENTRY_BYTES: Final = 16 + 8 + 78
"""From the start of `stsd` to the boxes inside its first, visual sample entry."""


def start_before(path: Path, seconds: Fraction) -> Fraction:
    """Return a time at which a seek lands on a key frame shown at or before `seconds`.

    The time lies half a frame after that key frame, so that no rounding to
    microseconds makes ffmpeg miss it. (If it lands on an earlier one all the same, the
    pictures are still right.)

    Args:
        path: Footage.
        seconds: In the footage's own time, of the first frame needed; may lie after
            the end, where the last frame is needed.

    Returns:
        Seconds for ffmpeg's `-ss`; 0 means: decode from the start.
    """
    try:
        track = load_track(path)
    except (NotMp4, OSError):
        return Fraction(0)
    if not _is_plain(track):
        return Fraction(0)
    margin = Fraction(min(delta for _, delta in track.deltas), 2)
    wanted = seconds * track.timescale
    for tick in reversed(_entries(track)):
        if tick + margin <= wanted:
            return (tick + margin) / track.timescale if tick else Fraction(0)
    return Fraction(0)


def _is_plain(track: Track) -> bool:
    """Tell whether the times in the index are the times that ffmpeg shows."""
    shown = track.shown_at()
    return (
        len(shown) == len(track.sizes) > 0
        and min(shown) == track.first_tick
        and len(track.edits) <= 1
        and not any(first < 0 for _, first in track.edits)
        and int.from_bytes(track.stsd[12:16], "big") == 1
    )


@lru_cache(maxsize=128)
def _entries(track: Track) -> tuple[int, ...]:
    """Return the ticks, from the first frame shown, at which IDR pictures are shown."""
    shown = track.shown_at()
    try:
        with track.path.open("rb") as file:
            found = []
            for sample in sorted(track.sync):
                file.seek(track.offsets[sample])
                if _is_idr(track, file.read(track.sizes[sample])):
                    found.append(shown[sample] - track.first_tick)
    except (OSError, IndexError):
        return ()
    return tuple(sorted(found))


def _is_idr(track: Track, sample: bytes) -> bool:
    """Tell whether a sample of H.264 or H.265 holds an IDR picture."""
    if track.codec not in _IDR:
        return False
    mask, shift, kinds = _IDR[track.codec]
    length_bytes = _length_bytes(track)
    at = 0
    while length_bytes and at + length_bytes < len(sample):
        length = int.from_bytes(sample[at : at + length_bytes], "big")
        if (sample[at + length_bytes] >> shift) & mask in kinds:
            return True
        at += length_bytes + length
    return False


def _length_bytes(track: Track) -> int:
    """Return the size of the length before each NAL unit; 0 if it is not given."""
    for name, place in ((b"avcC", 4), (b"hvcC", 21)):
        at = track.stsd.find(name, _VISUAL_ENTRY_BYTES)
        if at >= 0 and at + 4 + place < len(track.stsd):
            return (track.stsd[at + 4 + place] & 3) + 1
    return 0
