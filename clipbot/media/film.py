"""A film that is served without being written: bytes of other files, in order."""

import errno
import os
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from itertools import accumulate
from pathlib import Path
from typing import Final, Self

from clipbot.errors import BlobNotFound
from clipbot.media.files import appearing
from clipbot.media.splice import Extent

CHUNK_BYTES: Final = 256 * 1024
"""Most that `read` yields at once."""

_OPEN_FILES: Final = 8
_NO_KERNEL_COPY: Final = frozenset(
    {errno.EXDEV, errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP, errno.EPERM}
)


class VirtualFilm:
    """The bytes of one finished film; immutable, safe to share between threads.

    Args:
        extents: Where the bytes are, in order.
        fingerprint: Of the plan. Equal fingerprints from one cache mean equal bytes.
    """

    def __init__(self, extents: Sequence[Extent], fingerprint: str) -> None:
        self._extents = tuple(extents)
        self._stops = tuple(accumulate(extent.bytes_count for extent in extents))
        self.size: int = self._stops[-1]
        """Bytes of the film."""
        self.etag: str = fingerprint
        """Without quotes. Names the plan, not the encoder's bytes: see FilmPlan."""
        paths = dict.fromkeys(extent.path for extent in extents if extent.path)
        self._stamps = {path: _stamp(path) for path in paths}

    def is_intact(self) -> bool:
        """Return whether all files are there and as they were when the film was opened."""
        return all(stamp and _stamp(path) == stamp for path, stamp in self._stamps.items())

    def read(self, start: int = 0, stop: int | None = None) -> Iterator[bytes]:
        """Yield the bytes `[start, stop)` in chunks of at most `CHUNK_BYTES`.

        A range beyond the end is shortened to what is there.

        Raises:
            BlobNotFound: A segment was removed while the film was read.
        """
        stop = self.size if stop is None else min(stop, self.size)
        start = max(0, start)
        with _Files() as files:
            for extent, first, last in self._within(start, stop):
                for at in range(first, last, CHUNK_BYTES):
                    yield files.read(extent, at, min(at + CHUNK_BYTES, last))

    def write(self, path: Path) -> None:
        """Write the film to a file, which appears when it is whole.

        The kernel copies; nothing passes through this process where the file system
        can do that.

        Raises:
            StorageFull: There is no room; nothing was left behind.
            BlobNotFound: A segment was removed meanwhile; nothing was left behind.
        """
        with appearing(path) as part, part.open("wb", buffering=0) as target, _Files() as files:
            for extent in self._extents:
                files.copy(extent, target.fileno())

    def _within(self, start: int, stop: int) -> Iterator[tuple[Extent, int, int]]:
        """Yield the extents of a range, with the part of each that lies in it."""
        if start >= stop:
            return
        for number in range(bisect_right(self._stops, start), len(self._extents)):
            extent = self._extents[number]
            begin = self._stops[number] - extent.bytes_count
            if begin >= stop:
                return
            yield extent, max(0, start - begin), min(extent.bytes_count, stop - begin)


def _stamp(path: Path) -> tuple[int, int] | None:
    """Return what changes when a file does; None: it is not there."""
    try:
        status = path.stat()
    except FileNotFoundError:
        return None
    return status.st_size, status.st_mtime_ns


class _Files:
    """The files of one reader, a few open at a time."""

    def __init__(self) -> None:
        self._open: OrderedDict[Path, int] = OrderedDict()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with ExitStack() as stack:
            for handle in self._open.values():
                stack.callback(os.close, handle)
            self._open.clear()

    def read(self, extent: Extent, first: int, last: int) -> bytes:
        if extent.path is None:
            return extent.content[first:last]
        content = os.pread(self._handle(extent.path), last - first, extent.offset + first)
        if len(content) < last - first:
            raise BlobNotFound(extent.path.name)
        return content

    def copy(self, extent: Extent, target: int) -> None:
        """Append an extent to an open file."""
        done = 0
        while extent.path is not None and done < extent.bytes_count:
            wanted, at = extent.bytes_count - done, extent.offset + done
            try:
                copied = os.copy_file_range(self._handle(extent.path), target, wanted, at)
            except OSError as error:
                if error.errno not in _NO_KERNEL_COPY:
                    raise
                break
            if not copied:
                raise BlobNotFound(extent.path.name)
            done += copied
        while done < extent.bytes_count:
            last = min(done + CHUNK_BYTES, extent.bytes_count)
            done += os.write(target, self.read(extent, done, last))

    def _handle(self, path: Path) -> int:
        if path in self._open:
            self._open.move_to_end(path)
            return self._open[path]
        if len(self._open) >= _OPEN_FILES:
            os.close(self._open.popitem(last=False)[1])
        try:
            self._open[path] = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        except FileNotFoundError as error:
            raise BlobNotFound(path.name) from error
        return self._open[path]
