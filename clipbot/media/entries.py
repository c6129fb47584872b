"""What the sample entry of a track says of its pictures: the boxes inside it.

Codec, size and timing are read by `mp4.py`; this is the rest: the shape of a pixel, the
colours, and what the decoder is told.
"""

import struct
from collections.abc import Iterator
from typing import Final

from clipbot.media.mp4 import Track

_ENTRY_BYTES: Final = 16 + 8 + 78
"""From the start of `stsd` to the boxes inside its first, visual sample entry."""
_HEAD_BYTES: Final = 8


def entry_boxes(track: Track) -> dict[bytes, bytes]:
    """Return the boxes inside the first sample entry of pictures, by kind."""
    return dict(_boxes(track.stsd))


def pixel_of(track: Track) -> tuple[int, int]:
    """Return width and height of a pixel, as two numbers of no unit; (1, 1) where unsaid."""
    said = entry_boxes(track).get(b"pasp", b"")
    if len(said) < _HEAD_BYTES:
        return 1, 1
    across, down = struct.unpack_from(">II", said)
    return (across, down) if across and down else (1, 1)


def _boxes(stsd: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = _ENTRY_BYTES
    while at + _HEAD_BYTES <= len(stsd):
        length, kind = struct.unpack_from(">I4s", stsd, at)
        if length < _HEAD_BYTES:
            return
        yield kind, stsd[at + _HEAD_BYTES : at + length]
        at += length
