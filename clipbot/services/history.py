"""Undo and redo, and going back to a version: nothing is made, nothing is lost."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from clipbot.domain.slots import SlotChoice
from clipbot.domain.user import User
from clipbot.domain.versions import (
    Change,
    Cursor,
    Entry,
    redone,
    slots_redone,
    slots_undone,
    undone,
)
from clipbot.errors import JobBusy
from clipbot.services.base import Clock
from clipbot.services.composing import Composer, film_url
from clipbot.services.jobs import JobService
from clipbot.services.project import Project, Projects
from clipbot.services.views import JobView
from clipbot.store.records import NewComposition
from clipbot.store.store import Store


@dataclass(frozen=True, slots=True)
class HistoryService:
    """Moves along the edit log of a job."""

    store: Store
    projects: Projects
    composer: Composer
    jobs: JobService
    clock: Clock

    def undo(self, user: User, job_id: UUID) -> JobView:
        """Take back the last change of the film.

        Raises:
            NothingToUndo: Nothing was changed yet.
            JobBusy: An edit is still running.
            FootageMissing: A version that would come back has no file any more.
        """
        project, cursor = self.idle(user, job_id)
        entry = cursor.to_undo()
        slots = slots_undone(entry.slots)
        back = _Step(entry, entry.position - 1, undone(entry.changes), slots, "Undone")
        return self._move(user, project, back)

    def redo(self, user: User, job_id: UUID) -> JobView:
        """Put back the last change that was taken back.

        Raises:
            NothingToRedo: Nothing was taken back, or something was changed since.
            JobBusy: An edit is still running.
            FootageMissing: A version that would come back has no file any more.
        """
        project, cursor = self.idle(user, job_id)
        entry = cursor.to_redo()
        slots = slots_redone(entry.slots)
        on = _Step(entry, entry.position, redone(entry.changes), slots, "Redone")
        return self._move(user, project, on)

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
                message=f"Clip {clip_index + 1} shows version {number} again.",
                now=self.clock(),
                at=cursor.position,
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

    def _move(self, user: User, project: Project, step: "_Step") -> JobView:
        arranged = project.rearranged(step.slots)
        self.store.history.move(
            project.job.id,
            to=step.position,
            versions=step.versions,
            slots=step.slots,
            composition=self._composition(arranged, step.versions),
            film_url=film_url(project.job.id),
            event="film_changed",
            message=f"{step.verb}: {step.entry.label}.",
            now=self.clock(),
        )
        return self.jobs.get(user, project.job.id)

    def _composition(self, project: Project, versions: Mapping[int, int]) -> NewComposition:
        numbers = project.numbers() | dict(versions)
        return self.composer.composition(self.composer.plan(project, numbers), numbers)


@dataclass(frozen=True, slots=True)
class _Step:
    """A step along the edit log."""

    entry: Entry
    position: int
    """Where the log stands afterwards."""
    versions: Mapping[int, int]
    slots: Mapping[int, SlotChoice]
    verb: str
