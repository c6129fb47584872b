"""Files by key in a folder of this machine."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from clipbot.blobs.base import is_key
from clipbot.errors import BlobConflict, BlobNotFound
from clipbot.media.files import appearing, digest


@dataclass(frozen=True, slots=True)
class DiskBlobs:
    """A `BlobStore` below one folder; file names are the keys."""

    root: Path

    def path(self, key: str) -> Path:
        """Return the file itself."""
        path = self._place(key)
        if not path.is_file():
            raise BlobNotFound(key)
        return path

    def exists(self, key: str) -> bool:
        """Return whether the file is there."""
        return is_key(key) and self._place(key).is_file()

    def put(self, key: str, source: Path) -> None:
        """Keep a copy of the file."""
        path = self._place(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists():
            if digest(path) != digest(source):
                raise BlobConflict(key)
            return
        with appearing(path) as part:
            shutil.copyfile(source, part)

    def delete(self, key: str) -> None:
        """Remove the file."""
        self._place(key).unlink(missing_ok=True)

    def _place(self, key: str) -> Path:
        if not is_key(key):
            raise BlobNotFound(key)
        return self.root / key
