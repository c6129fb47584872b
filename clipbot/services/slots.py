"""How clips fill their slots, and how they meet: see it, foresee a change, make it.

No renderer is asked and nothing is charged: the footage stays, only its place in the film
is put together anew. A change is an entry of the edit log, taken back like any other.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from clipbot.domain import slot_words
from clipbot.domain.slots import SlotChange, SlotWish, wanted
from clipbot.domain.user import User
from clipbot.services.base import Clock
from clipbot.services.composing import Composer, film_url
from clipbot.services.history import HistoryService
from clipbot.services.project import Project, Projects
from clipbot.services.slot_views import USUAL_RATE, SlotView, seen
from clipbot.services.views import JobView
from clipbot.store.store import Store

_MANY = 3
"""More changes than this are counted rather than told."""


@dataclass(frozen=True, slots=True)
class SlotRow:
    """One thing that changes."""

    clip_index: int
    before: str
    """For people: "meets clip 4 in a cut"."""
    after: str


@dataclass(frozen=True, slots=True)
class SlotPlan:
    """What a wish changes. It costs nothing."""

    rows: tuple[SlotRow, ...]
    """By rising clip; none: all of it is so already."""
    notes: tuple[str, ...]
    """What people should know: that a transition has to be shorter, say."""


@dataclass(frozen=True, slots=True)
class SlotsChanged:
    """What became of a wish."""

    plan: SlotPlan
    job: JobView
    reply: str
    """One or two sentences for the person."""


@dataclass(frozen=True, slots=True)
class SlotService:
    """Puts the film together in other ways."""

    store: Store
    projects: Projects
    composer: Composer
    history: HistoryService
    clock: Clock

    def list(self, user: User, job_id: UUID) -> Sequence[SlotView]:
        """Return every slot, in the film's order.

        Raises:
            JobNotFound: No such job.
            NotAllowed: It belongs to somebody else.
            JobNotReady: It has no clips yet.
        """
        return tuple(self.of(self.projects.of(user, job_id)).values())

    def of(self, project: Project) -> Mapping[int, SlotView]:
        """Return the slots of a job by clip; none where its times make no film."""
        numbers = project.numbers().items()
        keys = {index: project.footage_key(index, number) for index, number in numbers}
        facts = self.store.footage.many(sorted(key for key in keys.values() if key))
        form = self.store.jobs.format(project.job.id)
        footage = {index: facts[key] for index, key in keys.items() if key and key in facts}
        return seen(project, form[2] if form else USUAL_RATE, footage)

    def foresee(self, user: User, job_id: UUID, wishes: Sequence[SlotWish]) -> SlotPlan:
        """Return what wishes would change; nothing is written.

        Raises:
            ClipUnknown: The video has no such clip.
            SlotRefused: Clips cannot meet, or fill their slots, in that way.
            JobNotReady: The job cannot be edited now.
        """
        project = self.projects.editable(user, job_id)
        return self._plan(project, wanted(wishes, project.planned(), project.choices), wishes)

    def change(self, user: User, job_id: UUID, wishes: Sequence[SlotWish]) -> SlotsChanged:
        """Put the film together as it is wished, as one step of the edit log.

        Raises:
            ClipUnknown: The video has no such clip.
            SlotRefused: Clips cannot meet, or fill their slots, in that way.
            JobBusy: An edit is still running.
            JobNotReady: The job cannot be edited now.
            FootageMissing: No clip has footage.
            ConflictError: The film was changed meanwhile.
        """
        project, cursor = self.history.idle(user, job_id)
        changes = wanted(wishes, project.planned(), project.choices)
        plan = self._plan(project, changes, wishes)
        if changes:
            arranged = _arranged(project, changes)
            numbers = arranged.numbers()
            film = self.composer.plan(arranged, numbers)
            said = slot_words.label(changes, project.planned())
            self.store.history.arrange(
                job_id,
                at=cursor.position,
                slots=changes,
                label=said,
                composition=self.composer.composition(film, numbers),
                film_url=film_url(job_id),
                message=f"Changed: {said}.",
                now=self.clock(),
            )
        return SlotsChanged(plan, self.history.jobs.get(user, job_id), _reply(plan))

    def _plan(
        self, project: Project, changes: Sequence[SlotChange], wishes: Sequence[SlotWish]
    ) -> SlotPlan:
        rows = slot_words.rows(changes, project.planned())
        after = self.of(_arranged(project, changes))
        touched = sorted({wish.clip - 1 for wish in wishes})
        notes = [note for index in touched if index in after for note in after[index].notes]
        return SlotPlan(tuple(SlotRow(*row) for row in rows), tuple(notes))


def _arranged(project: Project, changes: Sequence[SlotChange]) -> Project:
    return project.rearranged({change.clip_index: change.after for change in changes})


def _reply(plan: SlotPlan) -> str:
    """Return what the chat says."""
    notes = "".join(f" {note}" for note in plan.notes)
    if not plan.rows:
        return f"That is so already; nothing was changed.{notes}"
    if len(plan.rows) > _MANY:
        said = f"{len(plan.rows)} places of the film are put together anew."
    else:
        told = (
            f"Clip {row.clip_index + 1} {row.after} (before: {_short(row)})." for row in plan.rows
        )
        said = " ".join(told)
    return f"{said}{notes} It cost nothing; “undo” takes it back."


def _short(row: SlotRow) -> str:
    """Return what was before, without the words that it shares with what is now."""
    return row.before.removeprefix(f"meets clip {row.clip_index + 2} in ")
