"""How much room encoded pieces may take, and which go first.

What was not used for longest goes, be it a segment, a song or an edge; but nothing that
somebody needs, as the caller says, and nothing that was used just now: whoever prepares
a film notes its use first, and has the time until the film is written down. Whatever is
removed is encoded again when somebody asks for it.

There is no index: the folder is the truth, and use is the time of access, which is set by
hand (`mark`). So it can be shared between processes.
"""

import contextlib
import fcntl
import os
import time
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from clipbot.media.files import storage_full_translated

KEPT_SECONDS: Final = 900.0
"""What was used since then is not removed."""
_DOOR: Final = ".door"
"""Of the file beside the folder that whoever removes something locks."""
_NANO: Final = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Room:
    """The files of a folder. Safe to share between threads and processes.

    Args:
        folder: Of the pieces.
        clock: The time, as files have it.
    """

    folder: Path
    clock: Callable[[], float] = time.time

    def mark(self, names: Collection[str]) -> None:
        """Note that pieces are used now; those that are not there do not matter.

        Nobody removes any of them meanwhile, nor within the next minutes.
        """
        with self._locked(fcntl.LOCK_SH):
            now = int(self.clock() * _NANO)
            for name in names:
                path = self.folder / name
                with contextlib.suppress(FileNotFoundError):
                    os.utime(path, ns=(now, path.stat().st_mtime_ns))

    def shrink(self, most_bytes: int, needed: Callable[[], Collection[str]]) -> int:
        """Remove what was not used for longest, until the rest takes so many bytes.

        Args:
            most_bytes: Of all pieces together.
            needed: Returns the names that must stay, even above the limit; asked only
                where something has to go.

        Returns:
            How many bytes were removed.
        """
        if self.bytes <= most_bytes:
            return 0
        # Asked before the lock is taken: films wait for it, and a database may be slow. What
        # comes to be needed from here on was marked first, and is not old enough to go.
        limit = self.clock() - KEPT_SECONDS
        staying = frozenset(needed())
        with self._locked(fcntl.LOCK_EX):
            files = sorted(self._files(), key=lambda each: each[1].st_atime_ns)
            excess = sum(status.st_size for _, status in files) - most_bytes
            removed = 0
            for path, status in files:
                if removed >= excess or status.st_atime >= limit:
                    break
                if path.name not in staying:
                    path.unlink(missing_ok=True)
                    removed += status.st_size
        return removed

    @property
    def bytes(self) -> int:
        """How much all pieces take."""
        return sum(status.st_size for _, status in self._files())

    def _files(self) -> Iterator[tuple[Path, os.stat_result]]:
        """Find all pieces; what is being written is none yet."""
        with contextlib.suppress(FileNotFoundError), os.scandir(self.folder) as entries:
            for entry in entries:
                with contextlib.suppress(FileNotFoundError):
                    if not entry.name.startswith(".") and entry.is_file():
                        yield Path(entry.path), entry.stat()

    @contextlib.contextmanager
    def _locked(self, how: int) -> Iterator[None]:
        with storage_full_translated():
            self.folder.parent.mkdir(parents=True, exist_ok=True)
            door = self.folder.with_name(self.folder.name + _DOOR).open("w")
        with door:
            fcntl.flock(door, how)
            yield
