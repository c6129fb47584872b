"""Writing the index of a film: the boxes that whole and fragmented films share."""

import struct
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from clipbot.media.format import Format
from clipbot.media.mp4 import box, full_box

_UNITY: Final = struct.pack(">9I", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
_UNDETERMINED: Final = 0x55C4
"""Language `und`, packed as ISO 639-2 codes are."""

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Times:
    """How long a track is."""

    timescale: int
    ticks: int
    """Length of its samples, in its own timescale; 0 where fragments say."""
    shown: int
    """Length of what is shown, in the film's timescale; 0 for all there is."""
    first_tick: int
    """The edit list's beginning."""


def mvhd(timescale: int, shown: int, tracks: int) -> bytes:
    """Return the header of a film."""
    times = struct.pack(">IIIIIH10x", 0, 0, timescale, shown, 0x10000, 0x100)
    return full_box(b"mvhd", 0, times, _UNITY, bytes(24), struct.pack(">I", tracks + 1))


def trak(number: int, picture: Format | None, times: Times, stbl: bytes) -> bytes:
    """Return the index of a track.

    Args:
        number: From 1.
        picture: Its size; None for sound.
        times: How long it is.
        stbl: The box of its tables.
    """
    size = (picture.width << 16, picture.height << 16) if picture else (0, 0)
    volume = 0 if picture else 0x100
    tkhd = struct.pack(">IIIIIQHHHH", 0, 0, number, 0, times.shown, 0, 0, 0, volume, 0)
    edit = struct.pack(">IIiHH", 1, times.shown, times.first_tick, 1, 0)
    mdhd = struct.pack(">IIIIHH", 0, 0, times.timescale, times.ticks, _UNDETERMINED, 0)
    kind = full_box(b"vmhd", 1, bytes(8)) if picture else full_box(b"smhd", 0, bytes(4))
    here = full_box(b"dref", 0, struct.pack(">I", 1), full_box(b"url ", 1))
    handler = b"vide" if picture else b"soun"
    hdlr = struct.pack(">I4s12x", 0, handler) + b"clipbot\0"
    return box(
        b"trak",
        full_box(b"tkhd", 3, tkhd, _UNITY, struct.pack(">II", *size)),
        box(b"edts", full_box(b"elst", 0, edit)),
        box(
            b"mdia",
            full_box(b"mdhd", 0, mdhd),
            full_box(b"hdlr", 0, hdlr),
            box(b"minf", kind, box(b"dinf", here), stbl),
        ),
    )


def table(kind: bytes, rows: Numbers, cell: str = ">u4") -> bytes:
    """Return a counted table of numbers."""
    return full_box(kind, 0, struct.pack(">I", len(rows)), rows.astype(cell).tobytes())
