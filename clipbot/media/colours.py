"""Which colours footage has, and the filters that make others those of a film: BT.709.

Phones and cameras record high dynamic range (PQ, HLG) in wide colours (BT.2020, P3). Shown as
if it were ordinary it is grey; here it is brought to what an ordinary screen shows,
with a graphic's white (203 nits, ITU-R BT.2408) staying white.

Everything here follows from the content of the file, so a digest stands for it. Numbers
are those of ITU-T H.273.
"""

import struct
import subprocess
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from clipbot.media import ffmpeg
from clipbot.media.entries import entry_boxes
from clipbot.media.format import Format
from clipbot.media.mp4 import NotMp4, load_track

_UNSAID: Final = 2
PQ, HLG = 16, 18
_WIDE: Final = {9: "2020", 11: "smpte431", 12: "smpte432"}
"""Primaries beyond BT.709, by zimg's names for them."""
_TRANSFERS: Final = {PQ: "smpte2084", HLG: "arib-std-b67"}
_MATRICES: Final = {1: "709", 5: "470bg", 6: "170m", 9: "2020_ncl", 10: "2020_cl"}
_NAMES: Final = {
    "bt709": 1,
    "bt470bg": 5,
    "smpte170m": 6,
    "bt2020": 9,
    "bt2020nc": 9,
    "bt2020c": 10,
    "smpte431": 11,
    "smpte432": 12,
    "smpte2084": PQ,
    "arib-std-b67": HLG,
}
"""ffmpeg's names, of primaries, transfers and matrices alike: none means two numbers."""
WHITE_NITS: Final = 203
_HIGH_10: Final = 110
"""The first profile of H.264 with more than 8 bits."""
_ASK_SECONDS: Final = 30


@dataclass(frozen=True, slots=True)
class Colours:
    """What footage says of its colours."""

    primaries: int = _UNSAID
    transfer: int = _UNSAID
    matrix: int = _UNSAID

    @property
    def are_wide(self) -> bool:
        """Whether they must be brought to BT.709 by more than a matrix."""
        return self.transfer in _TRANSFERS or self.primaries in _WIDE


def colours_of(path: Path) -> Colours:
    """Return the colours of footage; what it does not say, and no index tells, is unsaid.

    The index of nearly every file says it. One of more than 8 bits that does not is
    decoded for one picture, by a child.
    """
    try:
        status = path.stat()
        return _colours_of(path, status.st_size, status.st_mtime_ns)
    except (NotMp4, OSError, subprocess.TimeoutExpired):
        return Colours()


def narrowed(path: Path, picture: Format) -> str:
    """Return the filters that bring wide colours to a film's; empty where they are that.

    They also bring the picture to the film's size: that is cheaper before than after,
    and sizes that are odd cannot be converted.
    """
    colours = colours_of(path)
    if not colours.are_wide:
        return ""
    light = _TRANSFERS.get(colours.transfer, "709")
    coded = (
        f"tin={light}:pin={_WIDE.get(colours.primaries, '2020')}"
        f":min={_MATRICES.get(colours.matrix, '2020_ncl')}"
    )
    sized = f"{picture.sized()},setsar=1,"
    there = "p=709:m=709:r=limited:d=none,format=yuv420p"
    if colours.transfer not in _TRANSFERS:
        return f"{sized}zscale={coded}:t=709:{there}"
    # A fixed peak: what side data promises of the brightest spot differs from file to file.
    return (
        f"{sized}zscale={coded}:t=linear:p=709:m=gbr:r=full:npl={WHITE_NITS},format=gbrpf32le,"
        f"tonemap=mobius:param=0.9:desat=0:peak=10,zscale=t=709:{there}"
    )


@lru_cache(maxsize=512)
def _colours_of(path: Path, size: int, changed_ns: int) -> Colours:  # noqa: ARG001 - the key
    boxes = entry_boxes(load_track(path))
    said = boxes.get(b"colr", b"")
    if said[:4] in {b"nclx", b"nclc"} and len(said) >= 10:  # noqa: PLR2004 - three numbers
        return Colours(*struct.unpack_from(">HHH", said, 4))
    return _asked(path) if _has_many_bits(boxes) else Colours()


def _has_many_bits(boxes: dict[bytes, bytes]) -> bool:
    """Tell whether a picture may have more than 8 bits; high dynamic range has."""
    avc, vpc = boxes.get(b"avcC", b""), boxes.get(b"vpcC", b"")
    if avc:
        return len(avc) > 1 and avc[1] >= _HIGH_10
    if vpc:
        return len(vpc) > 6 and vpc[6] >> 4 > 8  # noqa: PLR2004 - bits, after the level
    hvc, av1 = boxes.get(b"hvcC", b""), boxes.get(b"av1C", b"")
    if hvc:
        return len(hvc) > 17 and hvc[17] & 7 > 0  # noqa: PLR2004 - bits of luma beyond 8
    return len(av1) > 2 and bool(av1[2] & 0x40)  # noqa: PLR2004 - high_bitdepth


def _asked(path: Path) -> Colours:
    """Return what the first picture says once it is decoded."""
    shown = ("-map", "0:v:0", "-frames:v", "1", "-vf", "showinfo", "-f", "null", "-")
    command = [ffmpeg.executable(), "-hide_banner", "-nostdin", "-threads", "1"]
    answer = subprocess.run(
        [*command, *ffmpeg.SAFE_INPUT, "-i", str(path), *shown],
        capture_output=True,
        check=False,
        timeout=_ASK_SECONDS,
    )
    words = answer.stderr.decode(errors="replace").split()
    said = dict(word.split(":", 1) for word in words if word.startswith("color_"))
    found = (said.get(f"color_{kind}", "") for kind in ("primaries", "trc", "space"))
    return Colours(*(_NAMES.get(name, _UNSAID) for name in found))
