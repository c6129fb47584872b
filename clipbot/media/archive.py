"""Footage for the archive: the same frames at the same times, in fewer bytes."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Final

from clipbot.media import ffmpeg
from clipbot.media.encode import PROGRESSIVE, input_of

SHORT_SIDE_PX: Final = 480
"""Most that the shorter side of an archived picture has; smaller ones keep their size."""
_SIZED: Final = (
    f"scale=w='if(gt(iw,ih),-2,2*trunc(min({SHORT_SIDE_PX},iw)/2))'"
    f":h='if(gt(iw,ih),2*trunc(min({SHORT_SIDE_PX},ih)/2),-2)':flags=bicubic"
)
_ENCODER: Final = (
    # A clip is archived once, at night; a slower preset is worth its bytes.
    *("-c:v", "libx264", "-preset", "medium", "-crf", "28", "-threads:v", "2"),
    *("-an", "-sn", "-dn", "-map_metadata", "-1", "-map_chapters", "-1"),
    *("-movflags", "+faststart", "-f", "mp4"),
)


def write_archive(
    source: Path, target: Path, *, cancelled: Callable[[], bool] = ffmpeg.never
) -> None:
    """Encode footage smaller; whether it became so is for the caller to see.

    Raises:
        EditCancelled: `cancelled` said so.
        EncodingFailed: It could not be made.
        StorageFull: There is no room for it.
    """
    # Each frame keeps its time, or the clip would move in its slot.
    timing = ("-fps_mode", "passthrough", "-enc_time_base", "demux")
    picture = ("-map", "0:v:0", "-vf", f"{PROGRESSIVE},{_SIZED}")
    ffmpeg.run(
        [*input_of(source, Fraction(0)), *picture, *timing, *_ENCODER, str(target)],
        cancelled=cancelled,
    )
