"""How loud a song is over its length, as it is drawn below a film."""

from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from clipbot.media import ffmpeg

PER_SECOND: Final = 10
"""Levels of a second: finer than a beat, and a song of five minutes has three thousand."""
LOUDEST: Final = 255
_SAMPLE_RATE: Final = 8_000
"""Enough to be told loud from quiet: drums and voices lie below its half."""


def levels(song: Path, part: Path) -> bytes:
    """Return how loud each tenth of a second of a song is.

    Args:
        song: Any file that ffmpeg reads.
        part: A file that may be written on the way; it is removed.

    Returns:
        One byte each: the root mean square of the samples, `LOUDEST` for that of the
        loudest tenth.

    Raises:
        EncodingFailed: The file is no song that ffmpeg can read.
        StorageFull: There is no room for its samples.
    """
    source = [*ffmpeg.SAFE_SOUND, "-i", str(song), "-map", "0:a:0"]
    samples = ["-ac", "1", "-ar", str(_SAMPLE_RATE), "-c:a", "pcm_s16le", "-f", "s16le", str(part)]
    try:
        ffmpeg.run([*source, *samples], strict=False)
        heard = np.fromfile(part, np.int16)
    finally:
        part.unlink(missing_ok=True)
    return _levels(heard.astype(np.float32))


def _levels(heard: npt.NDArray[np.float32]) -> bytes:
    step = _SAMPLE_RATE // PER_SECOND
    padded = np.pad(heard, (0, -len(heard) % step)).reshape(-1, step)
    loudness = np.sqrt(np.mean(padded**2, axis=1))
    most = loudness.max(initial=0.0)
    return bytes(np.rint(LOUDEST * loudness / (most or 1.0)).astype(np.uint8))
