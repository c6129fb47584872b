"""Encoded pieces of films in the storage that several hosts share."""

import shutil
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from clipbot.blobs.base import BlobStore
from clipbot.errors import BlobConflict, BlobNotFound

PLACE: Final = "video-outputs/pieces"
"""In the pipeline's bucket for films, in a folder that only clipbot reads."""


@dataclass(frozen=True, slots=True)
class BlobPool:
    """A `media.pieces.Pool` in a `BlobStore` that all hosts see."""

    blobs: BlobStore
    _kept: set[str] = field(default_factory=set)
    """Names that are surely there, with our bytes: asked for once in a process's life."""
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, name: str, dest: Path) -> bool:
        """Write a piece to `dest`."""
        try:
            shutil.copyfile(self.blobs.path(_key(name)), dest)
        except BlobNotFound:
            with self._lock:
                self._kept.discard(name)
            return False
        self._keep(name)
        return True

    def give(self, name: str, source: Path) -> bool:
        """Keep a copy of a piece, unless the storage has other bytes of that name."""
        if name in self._kept:
            return True
        try:
            self.blobs.put(_key(name), source)
        except BlobConflict:
            return False
        self._keep(name)
        return True

    def _keep(self, name: str) -> None:
        with self._lock:
            self._kept.add(name)


def _key(name: str) -> str:
    # A bucket may take files of some types only; the song's is the same container.
    return f"{PLACE}/{Path(name).stem}.mp4"
