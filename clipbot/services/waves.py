"""See how loud the song is below each moment of a film."""

from dataclasses import dataclass, field
from math import ceil
from pathlib import Path
from threading import Lock
from typing import Final
from uuid import UUID, uuid4

from clipbot.blobs.base import BlobStore, key_of
from clipbot.domain.user import User
from clipbot.errors import BlobNotFound, EncodingFailed
from clipbot.media.files import appearing, digest
from clipbot.media.wave import PER_SECOND, levels
from clipbot.services.project import Project, Projects

__all__ = ["PER_SECOND", "WaveService"]

_RULES: Final = 1
"""Rises when loudness is measured otherwise."""


@dataclass(frozen=True, slots=True)
class WaveService:
    """Measures songs, each once: a song never changes."""

    projects: Projects
    blobs: BlobStore
    folder: Path
    """Where levels are kept; a cache."""
    _turn: Lock = field(default_factory=Lock)

    def of(self, user: User, job_id: UUID) -> tuple[int, ...]:
        """Return how loud the song is in each tenth of a second of a film.

        Returns:
            0 to 255, relative to the loudest tenth of the song; 0 where it is over. None at
            all where there is no song, or none that can be read.

        Raises:
            JobNotFound: No such job.
            NotAllowed: It belongs to somebody else.
            JobNotReady: It has no clips yet.
            StorageFull: There is no room to measure.
            StorageUnavailable: Nobody can say now.
        """
        project = self.projects.of(user, job_id)
        heard = self._song(project)
        if not heard:
            return ()
        first, last = project.clips[0].start_seconds, project.clips[-1].end_seconds
        begin, count = round(first * PER_SECOND), ceil((last - first) * PER_SECOND)
        return tuple(heard[begin : begin + count].ljust(count, b"\0"))

    def _song(self, project: Project) -> bytes:
        key = key_of(project.job.audio_url)
        try:
            song = self.blobs.path(key) if key else None
        except BlobNotFound:
            song = None
        if song is None:
            return b""
        path = self.folder / f"{digest(song)}-{_RULES}.bin"
        with self._turn:
            if not path.exists():
                self._measure(song, path)
            return path.read_bytes()

    def _measure(self, song: Path, path: Path) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        try:
            heard = levels(song, self.folder / f"{uuid4().hex}.pcm")
        except EncodingFailed:
            # Kept, so that it is not tried again and again.
            heard = b""
        with appearing(path) as part:
            part.write_bytes(heard)
