"""Files by key in a folder of this machine."""

import fcntl
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from clipbot.blobs.base import is_key
from clipbot.errors import BlobConflict, BlobNameRefused, BlobNotFound
from clipbot.media.files import appearing, digest, storage_full_translated

_LOCK = ".lock"


@dataclass(frozen=True, slots=True)
class DiskBlobs:
    """A `BlobStore` below one folder; file names are the keys."""

    root: Path

    def path(self, key: str) -> Path:
        """Return the file itself."""
        path = self._place(key)
        if path is None or not path.is_file():
            raise BlobNotFound(key)
        return path

    def fetch(self, keys: Collection[str]) -> None:
        """Do nothing: they are here."""

    def exists(self, key: str) -> bool:
        """Return whether the file is there."""
        path = self._place(key)
        return path is not None and path.is_file()

    def present(self, keys: Collection[str]) -> frozenset[str]:
        """Return those of the keys whose files are there."""
        return frozenset(key for key in keys if self.exists(key))

    def put(self, key: str, source: Path) -> None:
        """Keep a copy of the file; of several at once, one is kept."""
        path = self._place(key)
        if path is None:
            raise BlobNameRefused(key)
        with self._alone():
            if path.exists():
                if digest(path) != digest(source):
                    raise BlobConflict(key)
                return
            with appearing(path) as part:
                shutil.copyfile(source, part)

    def delete(self, key: str) -> None:
        """Remove the file."""
        path = self._place(key)
        if path is not None:
            path.unlink(missing_ok=True)

    def address(self, key: str, seconds: int) -> str | None:  # noqa: ARG002 - a BlobStore
        """Return None: files of this disk are sent by us."""
        return None

    def state(self) -> tuple[bool, str]:
        """Return where the files are."""
        return True, f"files on this disk, in {self.root.name}/"

    def _place(self, key: str) -> Path | None:
        return self.root / key if is_key(key) else None

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Let one writer at a time look and write, among threads and processes."""
        with storage_full_translated():
            self.root.mkdir(parents=True, exist_ok=True)
            lock = (self.root / _LOCK).open("w")
        with lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
