"""Undo and redo, and going back to a version: nothing is made, nothing is lost."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from clipbot.domain.retention import FootageState
from clipbot.domain.user import User
from clipbot.domain.versions import Change, Cursor, Way
from clipbot.errors import JobBusy
from clipbot.services.access import owned
from clipbot.services.base import Clock
from clipbot.services.composing import Composer, film_url
from clipbot.services.jobs import JobService
from clipbot.services.project import Project, Projects
from clipbot.services.views import JobView
from clipbot.store.records import NewComposition
from clipbot.store.store import Store

_FEW = 2
"""So many versions are named; of more, their count is said."""


@dataclass(frozen=True, slots=True)
class HistoryService:
    """Moves along the edit log of a job."""

    store: Store
    projects: Projects
    composer: Composer
    jobs: JobService
    clock: Clock

    def cursor(self, user: User, job_id: UUID) -> Cursor:
        """Return all that was ever changed in the film, and where it stands in that.

        Raises:
            JobNotFound: No such job.
            NotAllowed: It belongs to somebody else.
        """
        with self.store.at_once():
            owned(self.store.jobs, user, job_id)
            return self.store.history.cursor(job_id)

    def go(self, user: User, job_id: UUID, position: int) -> JobView:
        """Undo or redo until the film stands at a position of its edit log, in one step.

        All of it becomes true at once, with one line in the chat, or nothing does.

        Args:
            user: Whose job it is.
            job_id: The job.
            position: Entries up to and including this one are in effect then; 0: none.

        Raises:
            EntryNotFound: The log is not that long.
            JobBusy: An edit is still running.
            ConflictError: The film was changed meanwhile.
            FootageMissing: A version that would come back has no file any more.
        """
        project, cursor = self.idle(user, job_id)
        way = cursor.way(position)
        return self._move(user, project, way) if way.entries else self.jobs.get(user, job_id)

    def undo(self, user: User, job_id: UUID) -> JobView:
        """Take back the last change of the film.

        Raises:
            NothingToUndo: Nothing was changed yet.
            JobBusy: An edit is still running.
            FootageMissing: A version that would come back has no file any more.
        """
        project, cursor = self.idle(user, job_id)
        return self._move(user, project, cursor.way(cursor.to_undo().position - 1))

    def redo(self, user: User, job_id: UUID) -> JobView:
        """Put back the last change that was taken back.

        Raises:
            NothingToRedo: Nothing was taken back, or something was changed since.
            JobBusy: An edit is still running.
            FootageMissing: A version that would come back has no file any more.
        """
        project, cursor = self.idle(user, job_id)
        return self._move(user, project, cursor.way(cursor.to_redo().position))

    def use(self, user: User, job_id: UUID, clip_index: int, number: int) -> JobView:
        """Make a version current, as a step of its own that can be undone.

        Raises:
            ClipNotFound: No such clip.
            VersionNotFound: No such version.
            FootageMissing: It has no file any more.
            JobBusy: An edit is still running.
        """
        project, cursor = self.idle(user, job_id)
        project.clip(clip_index)
        project.version(clip_index, number)
        before = project.current_number(clip_index)
        if number != before:
            label = f"version {number} of clip {clip_index + 1}"
            self.store.history.restore(
                job_id,
                change=Change(clip_index, before, number),
                label=label,
                composition=self._composition(project, {clip_index: number}),
                film_url=film_url(job_id),
                message=" ".join(
                    [
                        f"Clip {clip_index + 1} shows version {number} again.",
                        *_archived(project, {clip_index: number}),
                    ]
                ),
                now=self.clock(),
                at=cursor.position,
                footage=_footage(project, {clip_index: number}),
            )
        return self.jobs.get(user, job_id)

    def idle(self, user: User, job_id: UUID) -> tuple[Project, Cursor]:
        """Return a job of which nothing is running, and where its edit log stands.

        Raises:
            JobNotReady: It cannot be edited now.
            JobBusy: An edit is still running.
        """
        # First: whatever happens to the job from here on is noticed when it is written.
        cursor = self.store.history.cursor(job_id)
        project = self.projects.editable(user, job_id)
        if self.store.regenerations.of_job(job_id, open_only=True):
            raise JobBusy
        return project, cursor

    def _move(self, user: User, project: Project, way: Way) -> JobView:
        arranged = project.rearranged(way.slots)
        self.store.history.move(
            project.job.id,
            way=way,
            composition=self._composition(arranged, way.versions),
            film_url=film_url(project.job.id),
            event="film_changed",
            message=" ".join([way.sentence, *_archived(project, way.versions)]),
            now=self.clock(),
            footage=_footage(project, way.versions),
        )
        return self.jobs.get(user, project.job.id)

    def _composition(self, project: Project, versions: Mapping[int, int]) -> NewComposition:
        numbers = project.numbers() | dict(versions)
        return self.composer.composition(self.composer.plan(project, numbers), numbers)


def _footage(project: Project, versions: Mapping[int, int]) -> dict[int, str | None]:
    """Return where the footage of some versions is."""
    return {index: project.footage_url(index, number) for index, number in versions.items()}


def _archived(project: Project, versions: Mapping[int, int]) -> list[str]:
    """Return what is said of versions that come out of the archive: a sentence, or none."""
    rows = [project.version(index, number) for index, number in sorted(versions.items())]
    names = [
        f"version {row.number} of clip {row.clip_index + 1}"
        for row in rows
        if row and row.footage_state is FootageState.ARCHIVED and row.archived_url != row.video_url
    ]
    if not names:
        return []
    what = " and ".join(names) if len(names) <= _FEW else f"{len(names)} versions"
    verb = "comes" if len(names) == 1 else "come"
    return [f"{what[:1].upper()}{what[1:]} {verb} from the archive, in less quality."]
