"""Start edits: after a yes, or at once where they cost nothing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any
from uuid import UUID, uuid4

from clipbot.domain.money import QuotedClip
from clipbot.domain.plan import Act, Edit, Plan, from_json, to_json
from clipbot.domain.takes import Take, strengthened
from clipbot.domain.temperature import keeps_seed, offline_temperature
from clipbot.domain.user import User
from clipbot.domain.wording import clip_names, phrases
from clipbot.errors import (
    ClipNotFound,
    EditCeilingExceeded,
    NeedsAnswer,
    QuoteExpired,
    QuoteNotFound,
    QuoteRequired,
)
from clipbot.services.base import Clock, Limits, Queue
from clipbot.services.project import Project, Projects
from clipbot.services.quotes import QuoteService
from clipbot.services.views import Quoted
from clipbot.services.work import Renderers, Task, tasks
from clipbot.store.records import NewRegeneration, RegenerationRecord
from clipbot.store.store import Store

Conversation = Sequence[Mapping[str, str]]
_LINES = 20
"""Of the chat, in which the plan that is confirmed may have been told."""


@dataclass(frozen=True, slots=True)
class EditService:
    """Queues regenerations; the workflow does the rest."""

    store: Store
    projects: Projects
    quotes: QuoteService
    renderers: Renderers
    queue: Queue
    limits: Limits
    clock: Clock
    new_seed: Callable[[], int]

    def confirm(self, user: User, job_id: UUID, quote_id: UUID) -> list[RegenerationRecord]:
        """Spend a quote: reserve its ceiling and queue its edits, all or nothing.

        If the process dies before the queue has them, the executor's sweep finds them.

        Raises:
            QuoteNotFound: No such quote of this user and job.
            QuoteExpired: It was not confirmed in time.
            QuoteSpent: It was used before.
            NeedsAnswer: The renderer cannot do one of its clips; it has to be struck out first.
            ClipBusy: One of its clips is being edited.
            JobNotReady: The job cannot be edited now.
            BudgetExceeded: The job, the day or a single edit cannot have as much any more.
            RateLimited: Too many paid edits within the hour.
        """
        return self._confirmed(user, self.projects.editable(user, job_id), quote_id, None)

    def _confirmed(
        self, user: User, project: Project, quote_id: UUID, batch_id: UUID | None
    ) -> list[RegenerationRecord]:
        quote, plan, instruction, _ = self.store.quotes.get(quote_id)
        if quote.job_id != project.job.id or quote.user_id != user.id:
            raise QuoteNotFound
        if not quote.clips:
            raise QuoteExpired
        new = self._new(
            user, project, plan, quote.clips, instruction=instruction, batch_id=batch_id
        )
        submitted = self._submit(new, quote_id)
        self._tell_if_amended(user, plan, submitted[0])
        return submitted

    def regenerate(
        self,
        user: User,
        job_id: UUID,
        clip_index: int,
        instruction: str,
        *,
        quote_id: UUID | None = None,
        conversation: Conversation = (),
    ) -> RegenerationRecord:
        """Queue an edit of one clip; without a quote only if it costs nothing.

        Raises:
            ClipNotFound: No such clip.
            QuoteRequired: It costs money; the error carries a fresh quote.
            NeedsAnswer: The wish is unclear, or is about other clips.
        """
        project = self.projects.editable(user, job_id)
        project.clip(clip_index)
        if quote_id is not None:
            self._require_about(quote_id, [clip_index + 1])
            return self.confirm(user, job_id, quote_id)[0]
        quoted = self._quoted(user, job_id, clip_index, instruction)
        if quoted.quote.ceiling_micros:
            raise QuoteRequired(self._written(user, job_id, quoted).quote.id)
        new = self._new(
            user,
            project,
            quoted.plan,
            quoted.quote.clips,
            instruction=instruction,
            conversation=conversation,
        )
        return self._submit(new, None)[0]

    def _require_about(self, quote_id: UUID, numbers: Sequence[int]) -> None:
        _, plan, _, _ = self.store.quotes.get(quote_id)
        if {number for edit in plan.edits for number in edit.clips} != set(numbers):
            raise NeedsAnswer(f"That price is not for {clip_names(numbers)} alone.")

    def batch(
        self,
        user: User,
        job_id: UUID,
        clips: Sequence[tuple[int, str]],
        *,
        quote_id: UUID | None = None,
    ) -> tuple[UUID, list[RegenerationRecord]]:
        """Queue edits of several clips, one after another; without a quote only at $0.

        Args:
            user: Who asks.
            job_id: The job.
            clips: `(clip_index, instruction)` pairs.
            quote_id: The confirmed price; its plan is carried out, and must be of these clips.

        Returns:
            The batch's id and its regenerations, by rising clip.

        Raises:
            QuoteRequired: They cost money; the error carries a fresh quote.
            NeedsAnswer: A wish is unclear, is about other clips, or a clip is named twice.
        """
        project = self.projects.editable(user, job_id)
        if not clips:
            raise NeedsAnswer("Which clips should change?")
        batch_id = uuid4()
        if quote_id is not None:
            self._require_about(quote_id, sorted({index + 1 for index, _ in clips}))
            return batch_id, self._confirmed(user, project, quote_id, batch_id)
        quoted = [(self._quoted(user, job_id, index, text), text) for index, text in clips]
        plan = Plan(Act.EDIT, tuple(chain.from_iterable(_worded(q, text) for q, text in quoted)))
        priced = self.quotes.estimate(user, job_id, plan=plan)
        if priced.quote.ceiling_micros:
            raise QuoteRequired(self.quotes.quote(user, job_id, plan=plan).quote.id)
        new = self._new(user, project, plan, priced.quote.clips, batch_id=batch_id)
        return batch_id, self._submit(new, None)

    def _quoted(self, user: User, job_id: UUID, clip_index: int, instruction: str) -> Quoted:
        quoted = self.quotes.estimate(user, job_id, text=instruction, selected=[clip_index + 1])
        named = {number for edit in quoted.plan.edits for number in edit.clips}
        if named != {clip_index + 1}:
            raise NeedsAnswer(
                f"This is about clip {clip_index + 1}; please leave other clips out of the words."
            )
        return quoted

    def _written(self, user: User, job_id: UUID, quoted: Quoted) -> Quoted:
        return self.quotes.quote(user, job_id, plan=quoted.plan, text=quoted.instruction)

    def _new(
        self,
        user: User,
        project: Project,
        plan: Plan,
        clips: Sequence[QuotedClip],
        *,
        instruction: str = "",
        conversation: Conversation = (),
        batch_id: UUID | None = None,
    ) -> list[NewRegeneration]:
        """Return what is to be queued: one entry per clip, as it was quoted."""
        work = {task.clip_index: task for task in tasks(project, plan)}
        _refuse_undoable(set(work) - {clip.clip_index for clip in clips})
        if len(work) > 1 or plan.takes:
            batch_id, instruction = batch_id or uuid4(), ""
        return [
            replace(
                self._one(user, project, work[clip.clip_index], clip),
                instruction=instruction or _words(work[clip.clip_index].edit, clip.take),
                batch_id=batch_id,
                template_id=plan.template_id,
                conversation=tuple(conversation),
            )
            for clip in clips
        ]

    def _one(self, user: User, project: Project, task: Task, clip: QuotedClip) -> NewRegeneration:
        take = clip.take
        temperature = take.temperature if take else None
        temperature = offline_temperature(task.edit) if temperature is None else temperature
        seed = self.new_seed() if take else self._seed(project, task.clip_index, temperature)
        return NewRegeneration(
            id=uuid4(),
            job_id=project.job.id,
            user_id=user.id,
            clip_index=task.clip_index,
            edit=strengthened(task.edit, take.strength if take else None),
            instruction="",
            renderer=self.renderers.by_key(clip.attempts[0].renderer).key,
            attempts=clip.attempts,
            estimate_micros=clip.estimate_micros,
            ceiling_micros=clip.ceiling_micros,
            discount_percent=clip.discount_percent,
            estimated_seconds=clip.estimated_seconds,
            seed=seed,
            temperature=temperature,
            take=take,
        )

    def _seed(self, project: Project, index: int, temperature: float) -> int:
        """Return the current version's seed for small changes, else a fresh one."""
        current = project.seed(index, project.current_number(index))
        return current if keeps_seed(temperature) and current is not None else self.new_seed()

    def _submit(
        self, new: Sequence[NewRegeneration], quote_id: UUID | None
    ) -> list[RegenerationRecord]:
        if not new:
            raise ClipNotFound(0, 0)
        limits, wanted = self.limits, sum(one.ceiling_micros for one in new)
        if limits.edit_ceiling_micros is not None and wanted > limits.edit_ceiling_micros:
            raise EditCeilingExceeded(wanted, limits.edit_ceiling_micros)
        rows = self.store.regenerations.submit(
            new,
            quote_id=quote_id,
            budget_micros=limits.budget_micros,
            paid_per_hour=limits.paid_per_hour,
            day_ceiling_micros=limits.day_ceiling_micros,
            now=self.clock(),
        )
        for row in rows:
            self.queue.enqueue(row.id, row.job_id)
        return rows

    def _tell_if_amended(self, user: User, plan: Plan, first: RegenerationRecord) -> None:
        """Write into the chat what a plan became, so that "a bit more" means what was done."""
        job_id = first.job_id
        lines = self.store.messages.of_job(job_id, limit=_LINES)
        told = next((line.plan for line in reversed(lines) if line.plan is not None), None)
        if told is None or not _is_amended(told, plan):
            return
        numbers = [number for edit in plan.edits for number in edit.clips]
        parts = [
            f"{clip_names(edit.clips)}: {phrases(edit.ops) or edit.instruction}"
            for edit in plan.edits
        ]
        self.store.messages.add(
            job_id,
            role="assistant",
            content=f"Agreed. {'; '.join(parts).capitalize()}.",
            now=first.created_at,
            user_id=user.id,
            plan=to_json(plan),
            clips=numbers,
        )


def _refuse_undoable(left: set[int]) -> None:
    if left:
        names = clip_names(sorted(index + 1 for index in left))
        raise NeedsAnswer(
            f"What is wanted for {names} cannot be done; leave it out, or say it in other words."
        )


def _words(edit: Edit, take: Take | None) -> str:
    """Return the wish in words; where takes differ by strength, with that."""
    return f"{edit.instruction} ({take.strength})" if take and take.strength else edit.instruction


def _worded(quoted: Quoted, text: str) -> tuple[Edit, ...]:
    return tuple(replace(edit, instruction=text.strip()) for edit in quoted.plan.edits)


def _is_amended(told: Mapping[str, Any], plan: Plan) -> bool:
    """Whether a plan is what became of the one that was told last."""
    try:
        before = from_json(told)
    except ValueError:
        return False
    if before.act is not Act.EDIT or before.edits == plan.edits:
        return False
    named = {number for edit in before.edits for number in edit.clips}
    return named.issuperset(number for edit in plan.edits for number in edit.clips)
