"""What was said so far: as people see it, as follow-ups need it, and as a writer needs it.

All of it is read from the rows of the chat and of the edits, so that it is the same after
a restart. A line is about the clips that it names, else about those that were selected.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from clipbot.domain.plan import Act, Plan
from clipbot.domain.temperature import band, keeps_seed
from clipbot.domain.versions import ORIGINAL
from clipbot.language.diff import diff_phrases
from clipbot.services.fates import Fate, fates_of, plan_of, told
from clipbot.services.summary import summary
from clipbot.services.views import MessageView, PromptChange
from clipbot.store.records import MessageRecord, RegenerationRecord, RegenerationStatus
from clipbot.store.store import Store
from clipbot.understanding import Turn

ACTIVE = 5
"""Lines of a clip's talk that are passed on as they are; older ones are summed up."""
SAID = 3
"""Of those, how many things that the person said."""
_LINES = 400
"""How far back a talk is read."""
_STEPS = frozenset({Act.UNDO, Act.REDO, Act.RESTORE})


@dataclass(frozen=True, slots=True)
class Talk:
    """The conversation about one clip."""

    active: tuple[MessageRecord, ...] = ()
    """The last five lines, oldest first."""
    said: tuple[str, ...] = ()
    """The last three things that the person said before, oldest first."""
    summary: str = ""
    """What was asked and done before the active lines, in at most 600 characters."""


@dataclass(frozen=True, slots=True)
class Conversations:
    """Reads conversations."""

    store: Store

    def of_job(
        self, job_id: UUID, *, clip_index: int | None = None, limit: int = 200
    ) -> list[MessageView]:
        """Return the chat as people see it, oldest line first.

        Args:
            job_id: The job.
            clip_index: Only lines about this clip, from 0; None: all.
            limit: The last so many lines.
        """
        lines = self._lines(job_id, clip_index, limit)
        edits = self.store.regenerations.of_job(job_id, limit=_LINES)
        return views(lines, {edit.id: edit for edit in edits})

    def of_clip(self, job_id: UUID, clip_index: int, *, instruction: str = "") -> Talk:
        """Return what was said about a clip.

        Args:
            job_id: The job.
            clip_index: The clip, from 0.
            instruction: What is being carried out: it is no part of what was said before.
        """
        lines = self._lines(job_id, clip_index, _LINES)
        active = tuple(lines[-ACTIVE:])
        said = [line.content for line in active if line.role == "user"]
        if said and said[-1] == instruction:
            said.pop()
        told_before = told(lines, self.fates(job_id, lines), len(lines) - len(active))
        return Talk(active, tuple(said[-SAID:]), summary(tuple(told_before)))

    def turns(self, job_id: UUID, *, limit: int) -> tuple[Turn, ...]:
        """Return the talk as follow-ups need it: with what became of each plan.

        That an edit is done says nothing new here; only one that came from elsewhere, or
        was reworded before it was confirmed, tells what follow-ups are about.
        """
        lines = self.store.messages.of_job(job_id, limit=limit)
        spoken = [line for line in lines if line.role in {"user", "assistant"}]
        edits = {edit.id: edit for edit in self.store.regenerations.of_job(job_id, limit=_LINES)}
        fates = self.fates(job_id, spoken)
        known = {id_ for fate in fates.values() for id_ in fate.edits}
        turns = []
        for line in spoken:
            edit = edits.get(line.regeneration_id) if line.regeneration_id else None
            if edit is None:
                fate = fates.get(line.id)
                is_pending = fate is not None and not fate.is_in_film
                turns.append(Turn(line.role, line.content, plan_of(line), is_pending))
            elif edit.id not in known:
                alone = replace(edit.edit, clips=(edit.clip_index + 1,))
                turns.append(Turn(line.role, line.content, Plan(Act.EDIT, (alone,))))
        return tuple(turns)

    def unconfirmed(self, job_id: UUID) -> MessageRecord | None:
        """Return the line of the last plan, if it is an edit that was never carried out.

        Anything that was done since, here or elsewhere, makes it a thing of the past.
        """
        lines = self.store.messages.of_job(job_id, limit=ACTIVE * 4)
        fates = self.fates(job_id, lines)
        for line in reversed(lines):
            if line.id in fates:
                return None if fates[line.id].edits else line
            plan = plan_of(line)
            if line.regeneration_id or line.role == "system" or (plan and plan.act in _STEPS):
                return None
        return None

    def fates(self, job_id: UUID, lines: Sequence[MessageRecord]) -> dict[int, Fate]:
        """Return what became of each edit that was offered, by the id of its line."""
        edits = self.store.regenerations.of_job(job_id, limit=_LINES)
        return fates_of(lines, edits, self._in_film(job_id))

    def _in_film(self, job_id: UUID) -> frozenset[UUID]:
        """Return the regenerations that the film shows, or that what it shows was made from."""
        current = self.store.versions.current(job_id)
        rows = {(row.clip_index, row.number): row for row in self.store.versions.all(job_id)}
        found: set[UUID] = set()
        for place in current.items():
            row = rows.get(place)
            while row is not None:
                found.update([row.regeneration_id] if row.regeneration_id else [])
                older = row.parent_number or ORIGINAL
                row = rows.get((row.clip_index, older)) if older < row.number else None
        return frozenset(found)

    def _lines(self, job_id: UUID, clip_index: int | None, limit: int) -> list[MessageRecord]:
        if clip_index is None:
            return self.store.messages.of_job(job_id, limit=limit)
        lines = self.store.messages.of_job(job_id, limit=max(limit, _LINES))
        return [line for line in lines if clip_index + 1 in clips_of(line)][-limit:]


def views(
    lines: Iterable[MessageRecord], edits: Mapping[UUID, RegenerationRecord]
) -> list[MessageView]:
    """Return lines as people see them, in the same order.

    Args:
        lines: Of one job.
        edits: The job's regenerations by id; those that are missing show no change.
    """
    by_version = {(edit.clip_index, edit.version_number): edit for edit in edits.values()}
    seen = []
    for line in lines:
        edit = edits.get(line.regeneration_id) if line.regeneration_id else None
        base = by_version.get((edit.clip_index, edit.base_number)) if edit else None
        seen.append(view(line, edit, base))
    return seen


def view(
    line: MessageRecord,
    edit: RegenerationRecord | None = None,
    base: RegenerationRecord | None = None,
) -> MessageView:
    """Return a line as people see it.

    Args:
        line: The line.
        edit: The regeneration that it tells of.
        base: The one that made the version from which that started.
    """
    plan = plan_of(line)
    return MessageView(
        id=line.id,
        job_id=line.job_id,
        role=line.role,
        content=line.content,
        created_at=line.created_at,
        plan=line.plan,
        regeneration_id=line.regeneration_id,
        choices=line.choices,
        clips=clips_of(line) or ((edit.clip_index + 1,) if edit else ()),
        readings=plan.readings if plan else (),
        unread=plan.unread if plan else (),
        change=_change(edit, base) if edit else None,
        edit_status=edit.status if edit else None,
    )


def clips_of(line: MessageRecord) -> tuple[int, ...]:
    """Return the numbers of the clips that a line is about, rising."""
    if line.clips:
        return line.clips
    plan = plan_of(line)
    return tuple(sorted({number for edit in plan.edits for number in edit.clips} if plan else ()))


def _change(edit: RegenerationRecord, base: RegenerationRecord | None) -> PromptChange | None:
    if edit.status is not RegenerationStatus.COMPLETED or edit.prompt is None:
        return None
    removed, added = diff_phrases(edit.original_prompt or "", edit.prompt)
    return PromptChange(
        removed=removed,
        added=added,
        prompt=edit.prompt,
        temperature=edit.temperature,
        band=band(edit.temperature).value,
        seed=edit.seed,
        is_seed_kept=_is_seed_kept(edit, base),
        model=edit.language_model,
    )


def _is_seed_kept(edit: RegenerationRecord, base: RegenerationRecord | None) -> bool | None:
    if not keeps_seed(edit.temperature):
        return False
    return base.seed == edit.seed if base else None
