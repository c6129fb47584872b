"""The colour part of a set of looks, as one table.

Grades of all looks of an edit are applied one after another to the corners of a
33 x 33 x 33 grid and written as a `.cube` file, which ffmpeg reads and interpolates.
However many looks an edit names, colour costs one lookup per pixel. Files are kept:
their name holds what they were made of.
"""

import contextlib
import hashlib
import os
import stat
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np

from clipbot.domain.plan import Strength
from clipbot.errors import ConfigurationError
from clipbot.media.files import appearing
from clipbot.media.looks.catalogue import AMOUNTS, look_named
from clipbot.media.looks.colour import Colours, guarded

SIZE: Final = 33
"""Grid points per axis: the usual one of grading programs, fine enough not to band."""
EDITION: Final = "14"
"""Part of every cached file's name; raised when a grade or a particle is drawn anew."""

UNUSED_SECONDS: Final = 7 * 24 * 3600

Looks = Sequence[tuple[str, Strength]]
"""Names of looks with their strengths, in the order in which they apply."""


def default_cache() -> Path:
    """Return a folder of this user's for tables and particles, made if needed.

    Raises:
        ConfigurationError: Somebody else owns the folder, and could change what we read.
    """
    folder = Path(tempfile.gettempdir()) / f"clipbot-looks-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    status = folder.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.getuid():
        raise ConfigurationError("The folder for looks belongs to somebody else.")
    return folder


def has_colour(looks: Looks) -> bool:
    """Return whether any of the looks has a grade."""
    return any(look_named(name).grade for name, _ in looks)


def table(looks: Looks) -> Colours:
    """Return what the looks make of each grid point.

    Returns:
        `(35937, 3) float64` in 0..1, red fastest, as in a `.cube` file.
    """
    steps = np.linspace(0.0, 1.0, SIZE)
    blue, green, red = np.meshgrid(steps, steps, steps, indexing="ij")
    grid: Colours = np.stack([red, green, blue], axis=-1).reshape(-1, 3)
    colours = grid
    for name, strength in looks:
        grade = look_named(name).grade
        if grade is not None:
            colours = grade(colours, AMOUNTS[strength])
    return np.clip(guarded(colours, grid), 0.0, 1.0)


def cube(looks: Looks, cache: Path) -> Path:
    """Return the `.cube` file of a set of looks, made if it is not there yet.

    Raises:
        StorageFull: There is no room for its megabyte.
    """
    graded = [(name, strength) for name, strength in looks if look_named(name).grade]
    words = " ".join(f"{name}={strength}" for name, strength in graded)
    key = hashlib.blake2b(f"{EDITION} {words}".encode(), digest_size=12).hexdigest()
    path = cache / f"{key}.cube"
    if not used(path):
        with appearing(path) as part:
            part.write_bytes(_text(table(graded)))
    return path


def used(path: Path) -> bool:
    """Return whether a cached file is there, and if so, keep it for another while."""
    try:
        os.utime(path)
    except FileNotFoundError:
        return False
    return True


def prune(cache: Path, *, unused_seconds: float = UNUSED_SECONDS) -> None:
    """Remove tables and particles that nothing has used for a while."""
    limit = time.time() - unused_seconds
    for path in cache.glob("*"):
        with contextlib.suppress(FileNotFoundError):
            if path.stat().st_mtime < limit:
                path.unlink()


_DIGITS: Final = 5
"""Behind the point: steps of 1/100000, forty times finer than those of 10-bit video."""


def _text(colours: Colours) -> bytes:
    """Return the file's text: digits are computed for all numbers at once.

    Python's own formatting takes a quarter of a second for these 108 thousand numbers,
    during which no other thread of a server runs.
    """
    steps = np.rint(colours * 10**_DIGITS).astype(np.uint32)
    text = np.empty((*colours.shape, _DIGITS + 3), np.uint8)
    for place in range(_DIGITS + 1, 1, -1):
        steps, digit = np.divmod(steps, 10)
        text[..., place] = digit + ord("0")
    text[..., 0] = steps + ord("0")
    text[..., 1] = ord(".")
    text[..., -1] = ord(" ")
    text[:, -1, -1] = ord("\n")
    return f"LUT_3D_SIZE {SIZE}\n".encode() + text.tobytes()
