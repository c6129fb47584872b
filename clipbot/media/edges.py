"""Edges: the frames of a clip that a junction shows after the clip's core.

To encode a junction again because the *next* clip changed, the end of this clip is
needed, and often nothing nearer than its beginning is a key frame. So whenever those
frames are decoded for a junction anyway, they are kept: in the film's format, lossless,
each a picture of its own. They are what the filters made of the footage, so a junction
made from them is the same bytes as one made from the footage, and an edge that is not
there costs time and nothing else (docs/decisions/0017-only-what-changed.md).

The first frames of a clip need no edge: decoding begins there. Nor does a cut.
"""

import hashlib
from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Final

from clipbot.media.format import Format
from clipbot.media.segments import Segment, Shot

SUFFIX: Final = ".edge"
ENCODER: Final = (
    *("-an", "-sn", "-dn", "-map_metadata", "-1", "-fps_mode", "passthrough"),
    *("-c:v", "utvideo", "-threads:v", "1", "-fflags", "+bitexact", "-f", "nut"),
)
_LEAST_FRAMES: Final = 12
"""Frames that would be decoded in vain without an edge; with fewer, it is not worth its room."""


def name_of(shot: Shot, picture: Format) -> str:
    """Return the file name of the edge that holds a shot."""
    key = f"edge\0{picture.key}\0{shot.key}"
    return hashlib.blake2b(key.encode(), digest_size=20).hexdigest() + SUFFIX


def outgoing(segments: Sequence[Segment]) -> Iterator[Shot]:
    """Yield the shots that junctions show of the clips that end there."""
    for segment in segments:
        if len(segment.shots) > 1:
            yield segment.shots[0]


def pays(shot: Shot, start: Fraction, picture: Format) -> bool:
    """Return whether reading a shot from an edge is cheaper than decoding it.

    Args:
        shot: What is needed.
        start: Where decoding of its footage would begin, in the footage's seconds.
        picture: Format of the film.
    """
    needed = Fraction(shot.start) / (picture.rate * shot.slowdown)
    return (needed - start) * shot.footage.rate >= _LEAST_FRAMES


def input_of(path: Path) -> list[str]:
    """Return the options that open an edge."""
    return ["-threads", "1", "-f", "nut", "-i", str(path)]


def frames(picture: Format) -> str:
    """Return the filters that yield what was kept, exactly as it was."""
    tags = "range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709"
    tick = f"{picture.rate.denominator}/{picture.rate.numerator}"
    return f"setparams={tags},setsar=1,format=yuv420p,sidedata=mode=delete,settb={tick},setpts=N"
