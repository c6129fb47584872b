"""Files that are either whole or not there.

`appearing` is the only way anything is written in a cache or a blob folder: into a
`.part` file beside the target, to the disk, then renamed. A process killed at any
moment leaves at most a `.part` file, which `sweep` removes another day.
"""

import contextlib
import errno
import hashlib
import os
import time
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Final
from uuid import uuid4

from clipbot.errors import StorageFull

_FULL: Final = frozenset({errno.ENOSPC, errno.EFBIG, errno.EDQUOT})
_STALE_SECONDS: Final = 24 * 3600


def digest(path: Path) -> str:
    """Return the BLAKE2b digest of a file's content, as 64 hexadecimal digits.

    Remembered by path, size and time of change: files here are never rewritten in
    place, and a digest of 100 MB costs more than the splice of a film.
    """
    status = path.stat()
    return _digest(path, status.st_size, status.st_mtime_ns)


@lru_cache(maxsize=4096)
def _digest(path: Path, size: int, changed_ns: int) -> str:  # noqa: ARG001 - the key
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=32)).hexdigest()


@contextlib.contextmanager
def appearing(path: Path) -> Iterator[Path]:
    """Yield a path to write to; it becomes `path` when the block ends well.

    The temporary file is in the same folder under a name of its own, so several
    writers of one path do not disturb each other: the last to finish wins. The content
    is on the disk before the name is. If the block raises, nothing is left behind.

    Raises:
        StorageFull: There was no room, for the block's writes or for the rename.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{uuid4().hex}.part")
    try:
        with storage_full_translated():
            yield part
            _to_disk(part)
            part.replace(path)
            _to_disk(path.parent)
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


@contextlib.contextmanager
def storage_full_translated() -> Iterator[None]:
    """Let "no space", "quota exceeded" and "file too large" leave as `StorageFull`."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise StorageFull from error
        raise


def sweep(folder: Path, *, older_than_seconds: float = _STALE_SECONDS) -> int:
    """Remove the `.part` files that killed processes left in `folder`.

    Returns:
        How many were removed. Younger ones may still be written to.
    """
    limit = time.time() - older_than_seconds
    removed = 0
    for part in folder.glob(".*.part"):
        with contextlib.suppress(FileNotFoundError):
            if part.stat().st_mtime < limit:
                part.unlink()
                removed += 1
    return removed


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
