"""Let a smaller encode take the place of a version's footage."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from uuid import uuid4

from clipbot.blobs.base import BlobStore, url_of
from clipbot.errors import FootageRejected
from clipbot.media.archive import write_archive
from clipbot.media.files import digest
from clipbot.media.probe import Probe, verify
from clipbot.services.base import Clock
from clipbot.services.footage import FootageLibrary
from clipbot.services.project import Project
from clipbot.store.records import FootageRecord
from clipbot.store.retention import Retention

_WORTH: Final = 0.9
"""An archive that takes more of the bytes than this is not worth its loss."""


@dataclass(frozen=True, slots=True)
class Archiving:
    """Makes archives, each under a name of its own: an attempt that failed is in nobody's way."""

    retention: Retention
    library: FootageLibrary
    blobs: BlobStore
    workshop: Path
    """Folder for archives in the making."""
    clock: Clock

    def archive(
        self,
        project: Project,
        index: int,
        number: int,
        *,
        current: int,
        cancelled: Callable[[], bool],
    ) -> int | None:
        """Archive a version; return the bytes that it takes then.

        Where no smaller file can be made, the footage counts as its own archive.

        Returns:
            None: it was needed meanwhile, and nothing was changed.

        Raises:
            EditCancelled: `cancelled` said so.
            BlobNotFound: Its footage is gone.
            FootageRejected: Its footage is damaged.
            EncodingFailed: The archive could not be made.
            StorageFull: There is no room for it.
        """
        key = project.footage_key(index, number)
        if key is None:
            return None
        whole = self.library.record(key)
        name = f"clip_{index}_v{number}_archive_{uuid4().hex[:12]}.mp4"
        made = f"video-clips/{project.job.id}/{name}"
        self.workshop.mkdir(parents=True, exist_ok=True)
        part = self.workshop / name
        try:
            write_archive(self.blobs.path(key), part, cancelled=cancelled)
            facts = _verified(part, whole, cancelled)
            url, size = project.video_url(index, number), whole.size_bytes
            if facts is not None:
                url, size = url_of(made), part.stat().st_size
                self.retention.expect(url, now=self.clock())
                self.blobs.put(made, part)
                self.library.keep(made, facts, digest(part), size, self.library.seen(whole))
        finally:
            part.unlink(missing_ok=True)
        place = (project.job.id, index, number)
        is_done = self.retention.archive(*place, current=current, url=url or "", now=self.clock())
        return size if is_done else None


def _verified(path: Path, whole: FootageRecord, cancelled: Callable[[], bool]) -> Probe | None:
    """Return what an archive is, if it has all frames at their times, and is worth having."""
    if path.stat().st_size > whole.size_bytes * _WORTH:
        return None
    try:
        facts = verify(path, cancelled=cancelled)
    except FootageRejected:
        return None
    return facts if (facts.frames, facts.rate) == (whole.frames, whole.rate) else None
