"""Copies of files that are kept elsewhere, in a folder with a limit.

A copy's name holds its content's mark, so a name never means two contents, and nothing is
replaced while somebody reads it. What was not used for longest goes first. What was used
within the last hour stays, even above the limit: services hand a path to ffmpeg or to a
browser, and open it a little later. A file that is open by the time its name goes stays
readable (POSIX).

There is no index: the folder is the truth, use is the time of access, which is set by
hand. So it can be shared between processes, and a killed one leaves nothing to mend but a
`.part` file.
"""

import contextlib
import fcntl
import glob
import hashlib
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from clipbot.media.files import appearing, storage_full_translated

KEPT_SECONDS: Final = 3600.0
"""What was used since then is not removed."""
_STALE_SECONDS: Final = 24 * 3600.0
_LOCKS: Final = ".locks"
_STRIPES: Final = 1024
_DOOR: Final = "door"
_NANO: Final = 1_000_000_000


@dataclass(frozen=True, slots=True)
class FileCache:
    """Copies by key and mark. Safe to share between threads and processes.

    Args:
        root: Nobody else writes there.
        most_bytes: Of all copies.
        clock: The time, as files have it.
    """

    root: Path
    most_bytes: int
    clock: Callable[[], float] = time.time

    def get(self, key: str, mark: str) -> Path | None:
        """Return the copy of a content, used just now; None: there is none."""
        return self._used(self._path(key, mark))

    def newest(self, key: str) -> Path | None:
        """Return the last copy that came of a key, whatever its content; None: there is none."""
        path = self.root / key
        with contextlib.suppress(FileNotFoundError):
            found = sorted(
                path.parent.glob(f"*-{glob.escape(path.name)}"),
                key=lambda each: each.stat().st_mtime_ns,
            )
            for each in reversed(found):
                if each.name[_MARK_LENGTH + 1 :] == path.name:
                    return self._used(each)
        return None

    @contextlib.contextmanager
    def claimed(self, key: str) -> Iterator[None]:
        """Let one at a time bring a key here; the others wait. Dies with the process.

        There are so many locks: two keys may share one, and then wait for each other.
        """
        stripe = int.from_bytes(hashlib.blake2b(key.encode(), digest_size=4).digest()) % _STRIPES
        with self._locked(f"{stripe:04}", fcntl.LOCK_EX):
            yield

    @contextlib.contextmanager
    def arriving(self, key: str, mark: str, size: int) -> Iterator[Path]:
        """Yield a path to write a copy to; room is made for it first.

        Raises:
            StorageFull: There is no room on the disk.
        """
        self.shrink(size)
        with appearing(self._path(key, mark)) as part:
            yield part

    def place(self, key: str, mark: str) -> Path:
        """Return where the copy of a content is, or would be."""
        return self._path(key, mark)

    def drop(self, key: str) -> None:
        """Remove all copies of a key."""
        path = self.root / key
        for each in path.parent.glob(f"*-{glob.escape(path.name)}"):
            if each.name[_MARK_LENGTH + 1 :] == path.name:
                each.unlink(missing_ok=True)

    def shrink(self, wanted: int = 0) -> int:
        """Remove what was not used for longest, until `wanted` more bytes fit in.

        Returns:
            How many bytes were removed.
        """
        with self._locked(_DOOR, fcntl.LOCK_EX):
            files = sorted(self._files(), key=lambda each: each[1].st_atime_ns)
            excess = sum(status.st_size for _, status in files) + wanted - self.most_bytes
            limit, removed = self.clock() - KEPT_SECONDS, 0
            for path, status in files:
                if removed >= excess or status.st_atime >= limit:
                    break
                path.unlink(missing_ok=True)
                removed += status.st_size
        return removed

    @property
    def bytes(self) -> int:
        """How much all copies take."""
        return sum(status.st_size for _, status in self._files())

    def _path(self, key: str, mark: str) -> Path:
        path = self.root / key
        name = hashlib.blake2b(mark.encode(), digest_size=_MARK_LENGTH // 2).hexdigest()
        return path.with_name(f"{name}-{path.name}")

    def _used(self, path: Path) -> Path | None:
        """Note that a copy is used now, if it is there; nobody removes it meanwhile."""
        with self._locked(_DOOR, fcntl.LOCK_SH):
            try:
                changed = path.stat().st_mtime_ns
                os.utime(path, ns=(int(self.clock() * _NANO), changed))
            except FileNotFoundError:
                return None
        return path

    def _files(self) -> Iterator[tuple[Path, os.stat_result]]:
        """Find all copies, and remove what killed processes left of some."""
        stale = self.clock() - _STALE_SECONDS
        for path in self.root.rglob("*"):
            if path.parent.name == _LOCKS:
                continue
            with contextlib.suppress(FileNotFoundError):
                status = path.stat()
                if path.name.endswith(".part") and status.st_mtime < stale:
                    path.unlink()
                elif path.is_file():
                    yield path, status

    @contextlib.contextmanager
    def _locked(self, name: str, how: int) -> Iterator[None]:
        with storage_full_translated():
            folder = self.root / _LOCKS
            folder.mkdir(parents=True, exist_ok=True)
            lock = (folder / name).open("w")
        with lock:
            fcntl.flock(lock, how)
            yield


_MARK_LENGTH: Final = 20
