"""See the versions of a clip, go back to one, and delete what nobody wants any more."""

from dataclasses import dataclass
from uuid import UUID

from clipbot.blobs.base import BlobStore
from clipbot.domain.lineage import lineage
from clipbot.domain.user import User
from clipbot.domain.versions import ORIGINAL
from clipbot.errors import FootageNeeded, VersionNotFound
from clipbot.services.base import Clock
from clipbot.services.history import HistoryService
from clipbot.services.keeping import is_removable
from clipbot.services.presence import there
from clipbot.services.project import Projects
from clipbot.services.version_views import ORIGINAL_ID, ClipVersions
from clipbot.services.views import JobView, VersionView
from clipbot.services.work import Renderers
from clipbot.store.store import Store


@dataclass(frozen=True, slots=True)
class VersionService:
    """Lists, restores and deletes versions."""

    store: Store
    projects: Projects
    blobs: BlobStore
    history: HistoryService
    renderers: Renderers
    clock: Clock

    def list(self, user: User, job_id: UUID, clip_index: int) -> list[VersionView]:
        """Return the versions of a clip, newest first; there is always the original.

        Raises:
            ClipNotFound: No such clip.
            JobNotFound: No such job.
            NotAllowed: It belongs to somebody else.
        """
        with self.store.at_once():
            project = self.projects.of(user, job_id)
            clip = project.clip(clip_index)
            rows = {row.number: row for row in project.versions.get(clip_index, ())}
            numbers = sorted({ORIGINAL, *rows}, reverse=True)
            keys = {number: project.footage_key(clip_index, number) for number in numbers}
            measured = {number: project.measured_key(clip_index, number) for number in numbers}
            known = self.store.footage.many(key for key in measured.values() if key)
            seconds = self.store.regenerations.seconds(job_id, clip_index) if rows else {}
        present = there(self.blobs, [key for key in keys.values() if key])
        found = ClipVersions(
            project=project,
            clip=clip,
            rows=rows,
            facts={number: known[key] for number, key in measured.items() if key in known},
            present=frozenset(number for number, key in keys.items() if key in present),
            parents=lineage(
                {each: rows[each].parent_number if each in rows else None for each in numbers}
            ),
            seconds=seconds,
            renderers=self.renderers,
        )
        return [found.view(number) for number in numbers]

    def restore(self, user: User, job_id: UUID, clip_index: int, version: int) -> JobView:
        """Make a version current again; an offered one is accepted by this.

        Raises:
            ClipNotFound: No such clip.
            VersionNotFound: No such version.
            FootageMissing: It has no file any more.
            JobBusy: An edit is still running.
        """
        return self.history.use(user, job_id, clip_index, version)

    def delete(self, user: User, job_id: UUID, clip_index: int, version: int) -> VersionView:
        """Delete the footage of a version and return what is left: all but that.

        The file itself goes an hour later. What is deleted already stays so.

        Raises:
            ClipBusy: An edit of the clip is queued or running.
            ClipNotFound: No such clip.
            FootageNeeded: It is the original, the current one, or one that an edit needs.
            VersionNotFound: No such version.
        """
        project = self.projects.editable(user, job_id)
        project.clip(clip_index)
        row = project.version(clip_index, version)
        is_used = row is None or version == project.current_number(clip_index)
        if row and not (is_used or row.is_deleted or is_removable(project, row)):
            raise FootageNeeded(
                f"Version {version} of clip {clip_index + 1} has the footage of an original, "
                "which always stays."
            )
        self.store.retention.delete_asked(job_id, clip_index, version, now=self.clock())
        views = self.list(user, job_id, clip_index)
        return next(view for view in views if view.number == version)

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
