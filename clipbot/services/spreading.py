"""What a wish for several takes becomes: so many tasks for one clip, none like another.

A wish for more *like* a version repeats what that version was made from: its own base, its
wish, its prompt and its renderer, with other seeds. A new wish starts from what the film
shows. A renderer that repeats itself is asked for other strengths instead of other seeds.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from clipbot.domain.plan import Act, Edit, Operation, Plan
from clipbot.domain.takes import MOST, Take, again, is_again, others
from clipbot.domain.wording import enumeration
from clipbot.errors import NeedsAnswer, RegenerationNotFound
from clipbot.media.looks import AMOUNTS
from clipbot.renderers.base import Renderer
from clipbot.services.choosing import Choosing
from clipbot.services.clips import waits
from clipbot.services.project import Project
from clipbot.services.views import QuotedRow
from clipbot.services.work import Task
from clipbot.store.records import VersionRecord
from clipbot.store.regenerations import Regenerations


@dataclass(frozen=True, slots=True)
class Spread:
    """The takes that a plan is for."""

    plan: Plan
    """With the wish of the version that they are like, where they are like one."""
    work: tuple[Task, ...]
    """A task for each take, by number."""
    renderer: str | None
    """Who was asked for, or who made that version; None: whoever is best."""
    notes: tuple[str, ...]
    """What a person should know before agreeing, a sentence each."""

    def told(self, rows: Sequence[QuotedRow]) -> tuple[QuotedRow, ...]:
        """Return priced rows with the notes."""
        return tuple(replace(row, notes=(*self.notes, *row.notes)) for row in rows)


@dataclass(frozen=True, slots=True)
class Spreading:
    """Makes takes of plans."""

    choosing: Choosing
    rows: Regenerations

    def spread(self, project: Project, plan: Plan, renderer: str | None) -> Spread:
        """Return the takes that a plan wants.

        Raises:
            NeedsAnswer: It wants too many, is about several clips, or nothing would differ.
            ClipNotFound: No such clip.
            VersionNotFound: It is to be like a version that is not there.
            FootageMissing: What they would start from has no file.
            ProviderRejected: No such renderer is set up.
        """
        index, edit = _one_clip(project, plan)
        version = plan.version
        if version is None and is_again(edit):
            version = _newest_seen(project, index)
        base, temperature = project.current_number(index), None
        if version is not None:
            record = project.version(index, version)
            edit, base = self._wish(record, index) or (again(index + 1), version)
            temperature = record.temperature if record else None
            renderer = renderer or self._maker(record)
        if project.footage_key(index, base) is None:
            raise project.footage_missing(index, base)
        first = Take(1, plan.takes, base, like=version, temperature=temperature)
        tasks, notes = self._takes(project, Task(index, edit, first), renderer)
        return Spread(replace(plan, edits=(edit,), version=version), tasks, renderer, notes)

    def _wish(self, record: VersionRecord | None, index: int) -> tuple[Edit, int] | None:
        """Return what a version was made from; None: nobody asked for it in words here."""
        if record is None or record.regeneration_id is None or record.parent_number is None:
            return None
        try:
            row = self.rows.get(record.regeneration_id)
        except RegenerationNotFound:
            return None
        return replace(row.edit, clips=(index + 1,)), record.parent_number

    def _made(
        self, project: Project, index: int, base: int, maker: Renderer
    ) -> set[tuple[Operation, ...]]:
        """Return what one renderer has made of one version's footage."""
        made = [
            wish[0].ops
            for row in project.versions.get(index, ())
            if row.renderer == maker.key and (wish := self._wish(row, index)) and wish[1] == base
        ]
        return set(made)

    def _maker(self, record: VersionRecord | None) -> str | None:
        """Return who made a version, if they can still be asked."""
        known = self.choosing.renderers.labels()
        return record.renderer if record and record.renderer in known else None

    def _takes(
        self, project: Project, task: Task, renderer: str | None
    ) -> tuple[tuple[Task, ...], tuple[str, ...]]:
        first = task.take
        if first is None:
            raise ValueError("a task for takes says what they start from")
        (candidates,) = self.choosing.candidates(project, [task])
        maker = self.choosing.chosen(project, candidates, renderer).renderer
        if not maker.repeats_itself:
            takes = [replace(first, number=number + 1) for number in range(first.count)]
            return tuple(replace(task, take=take) for take in takes), ()
        made = self._made(project, task.clip_index, first.base, maker)
        strengths = others(task.edit, tuple(AMOUNTS), first.count, made)
        if not strengths:
            raise NeedsAnswer(
                f"{maker.label} gives the same picture whatever the seed, and this is there in all "
                "its strengths already; please choose among the versions."
            )
        takes = [
            replace(first, number=number, count=len(strengths), strength=strength)
            for number, strength in enumerate(strengths, start=1)
        ]
        notes = _notes(maker, takes, first.count)
        return tuple(replace(task, take=take) for take in takes), notes


def _one_clip(project: Project, plan: Plan) -> tuple[int, Edit]:
    if not 1 <= plan.takes <= MOST:
        raise NeedsAnswer(f"Between 1 and {MOST} takes can be made at once; how many shall it be?")
    if plan.act is not Act.EDIT or plan.slots:
        raise NeedsAnswer("Takes are versions of a clip's footage; what should they show?")
    numbers = [number for edit in plan.edits for number in edit.clips]
    if len(numbers) != 1:
        choices = [f"{plan.takes} more versions of clip {number}" for number in numbers]
        raise NeedsAnswer("Takes are made of one clip at a time; of which?", choices[:5])
    project.clip(numbers[0] - 1)
    return numbers[0] - 1, plan.edits[0]


def _newest_seen(project: Project, index: int) -> int:
    """Return the version that "like this" means: one that waits to be accepted, else the film's."""
    current = project.current_number(index)
    rows = project.versions.get(index, ())
    return max((row.number for row in rows if waits(row, current)), default=current)


def _notes(maker: Renderer, takes: Sequence[Take], wanted: int) -> tuple[str, ...]:
    strengths = enumeration([str(take.strength) for take in takes])
    why = (
        f"{maker.label} gives the same picture whatever the seed, so these takes differ by how "
        f"strong they are: {strengths}."
    )
    if len(takes) == wanted:
        return (why,)
    return why, f"Only {len(takes)} would be new; a video model could make more."
