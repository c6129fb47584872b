"""See the versions of a clip, and go back to one."""

from dataclasses import dataclass
from uuid import UUID

from clipbot.blobs.base import BlobStore
from clipbot.domain.user import User
from clipbot.domain.versions import ORIGINAL
from clipbot.errors import VersionNotFound
from clipbot.services.clips import is_offer
from clipbot.services.history import HistoryService
from clipbot.services.presence import there
from clipbot.services.project import Project, Projects
from clipbot.services.views import JobView, VersionView
from clipbot.store.footage import FootageStore
from clipbot.store.records import FootageRecord, VersionRecord

ORIGINAL_ID = "original"


@dataclass(frozen=True, slots=True)
class VersionService:
    """Lists and restores versions."""

    projects: Projects
    footage: FootageStore
    blobs: BlobStore
    history: HistoryService

    def list(self, user: User, job_id: UUID, clip_index: int) -> list[VersionView]:
        """Return the versions of a clip, newest first; there is always the original.

        Raises:
            ClipNotFound: No such clip.
            JobNotFound: No such job.
            NotAllowed: It belongs to somebody else.
        """
        project = self.projects.of(user, job_id)
        project.clip(clip_index)
        rows = {row.number: row for row in project.versions.get(clip_index, ())}
        numbers = sorted({ORIGINAL, *rows}, reverse=True)
        keys = {number: project.footage_key(clip_index, number) for number in numbers}
        present = there(self.blobs, [key for key in keys.values() if key])
        facts = self.footage.many(sorted(present))
        return [
            _view(
                project,
                clip_index,
                number,
                rows.get(number),
                facts.get(keys[number] or ""),
                is_there=keys[number] in present,
            )
            for number in numbers
        ]

    def restore(self, user: User, job_id: UUID, clip_index: int, version: int) -> JobView:
        """Make a version current again; an offered one is accepted by this.

        Raises:
            ClipNotFound: No such clip.
            VersionNotFound: No such version.
            FootageMissing: It has no file any more.
            JobBusy: An edit is still running.
        """
        return self.history.use(user, job_id, clip_index, version)

    def number_of(self, user: User, job_id: UUID, clip_index: int, version_id: str) -> int:
        """Return the number that a version's id stands for.

        Args:
            user: Who asks.
            job_id: The job.
            clip_index: The clip.
            version_id: The row's id, `original`, or the number itself.

        Raises:
            VersionNotFound: The clip has no such version.
        """
        for view in self.list(user, job_id, clip_index):
            if version_id in {view.id, str(view.number)}:
                return view.number
        if version_id == ORIGINAL_ID:
            return ORIGINAL
        raise VersionNotFound(clip_index, version_id)


def _view(
    project: Project,
    clip_index: int,
    number: int,
    row: VersionRecord | None,
    known: FootageRecord | None,
    *,
    is_there: bool,
) -> VersionView:
    clip = project.clip(clip_index)
    current = project.current_number(clip_index)
    base = f"/api/v1/jobs/{project.job.id}/clips/{clip_index}"
    return VersionView(
        id=str(row.id) if row else ORIGINAL_ID,
        clip_index=clip_index,
        number=number,
        is_current=number == current,
        is_offered=bool(row and is_offer(row.verdict) and number > current),
        instruction=row.instruction if row else None,
        prompt=row.prompt if row else clip.prompt,
        cost_micros=row.cost_micros if row else 0,
        renderer=row.renderer if row else None,
        seed=row.seed if row else None,
        temperature=row.temperature if row else None,
        duration=row.duration_seconds if row else clip.footage_seconds,
        created_at=row.created_at if row else None,
        measures=known.measures if known else None,
        verdict=row.verdict if row else None,
        thumbnail_url=f"{base}/thumbnail.jpg?version={number}" if is_there else None,
        footage_url=f"{base}/versions/{number}/footage.mp4" if is_there else None,
    )
