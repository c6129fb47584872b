"""Start edits: after a yes, or at once where they cost nothing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from uuid import UUID, uuid4

from clipbot.domain.plan import Act, Plan
from clipbot.domain.temperature import keeps_seed, offline_temperature
from clipbot.domain.user import User
from clipbot.errors import ClipNotFound, NeedsAnswer, QuoteNotFound, QuoteRequired
from clipbot.services.base import Clock, Queue
from clipbot.services.project import Project, Projects
from clipbot.services.quotes import QuoteService
from clipbot.services.views import Quoted
from clipbot.services.work import Renderers, Task, request, tasks
from clipbot.store.records import NewRegeneration, RegenerationRecord
from clipbot.store.store import Store

Conversation = Sequence[Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class EditService:
    """Queues regenerations; the workflow does the rest."""

    store: Store
    projects: Projects
    quotes: QuoteService
    renderers: Renderers
    queue: Queue
    budget_micros: int
    paid_per_hour: int
    clock: Clock
    new_seed: Callable[[], int]

    def confirm(self, user: User, job_id: UUID, quote_id: UUID) -> list[RegenerationRecord]:
        """Spend a quote: reserve its ceiling and queue its edits, all or nothing.

        If the process dies before the queue has them, the executor's sweep finds them.

        Raises:
            QuoteNotFound: No such quote of this user and job.
            QuoteExpired: It was not confirmed in time.
            QuoteSpent: It was used before.
            ClipBusy: One of its clips is being edited.
            JobNotReady: The job cannot be edited now.
            BudgetExceeded: The job cannot afford it any more.
            RateLimited: Too many paid edits within the hour.
        """
        project = self.projects.editable(user, job_id)
        quote, plan, instruction, _ = self.store.quotes.get(quote_id)
        if quote.job_id != job_id or quote.user_id != user.id:
            raise QuoteNotFound
        work = tasks(project, plan)
        new = self._new(user, project, work, quote.renderer, plan, instruction)
        return self._submit(new, quote_id)

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
            self._require_about(quote_id, clip_index)
            return self.confirm(user, job_id, quote_id)[0]
        quoted = self._quoted(user, job_id, clip_index, instruction)
        if quoted.quote.ceiling_micros:
            raise QuoteRequired(self._written(user, job_id, quoted).quote.id)
        work = tasks(project, quoted.plan)
        new = self._new(
            user, project, work, quoted.quote.renderer, quoted.plan, instruction, conversation
        )
        return self._submit(new, None)[0]

    def _require_about(self, quote_id: UUID, clip_index: int) -> None:
        _, plan, _, _ = self.store.quotes.get(quote_id)
        if {number for edit in plan.edits for number in edit.clips} != {clip_index + 1}:
            raise NeedsAnswer(f"That price is not for clip {clip_index + 1} alone.")

    def batch(
        self, user: User, job_id: UUID, clips: Sequence[tuple[int, str]]
    ) -> tuple[UUID, list[RegenerationRecord]]:
        """Queue edits of several clips, one after another; at $0 only.

        Args:
            user: Who asks.
            job_id: The job.
            clips: `(clip_index, instruction)` pairs.

        Returns:
            The batch's id and its regenerations, in the order given.

        Raises:
            QuoteRequired: They cost money; the error carries a fresh quote.
        """
        project = self.projects.editable(user, job_id)
        if not clips:
            raise NeedsAnswer("Which clips should change?")
        quoted = [self._quoted(user, job_id, index, text) for index, text in clips]
        plan = Plan(Act.EDIT, tuple(chain.from_iterable(q.plan.edits for q in quoted)))
        work = tasks(project, plan)
        if any(q.quote.ceiling_micros for q in quoted):
            priced = self.quotes.quote(user, job_id, plan=plan)
            raise QuoteRequired(priced.quote.id)
        texts = dict(clips)
        new = [
            replace(item, instruction=texts[item.clip_index])
            for item in self._new(user, project, work, quoted[0].quote.renderer, plan, "")
        ]
        batch_id = uuid4()
        return batch_id, self._submit([replace(n, batch_id=batch_id) for n in new], None)

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
        work: Sequence[Task],
        renderer: str,
        plan: Plan,
        instruction: str,
        conversation: Conversation = (),
    ) -> list[NewRegeneration]:
        batch_id = uuid4() if len(work) > 1 else None
        return [
            self._one(user, project, task, renderer, plan, instruction, batch_id, conversation)
            for task in work
        ]

    def _one(
        self,
        user: User,
        project: Project,
        task: Task,
        renderer: str,
        plan: Plan,
        instruction: str,
        batch_id: UUID | None,
        conversation: Conversation,
    ) -> NewRegeneration:
        temperature = offline_temperature(task.edit)
        seed = self._seed(project, task.clip_index, temperature)
        asked = request(project, task, seed=seed, temperature=temperature)
        chosen = self.renderers.chosen(renderer)
        return NewRegeneration(
            id=uuid4(),
            job_id=project.job.id,
            user_id=user.id,
            clip_index=task.clip_index,
            edit=task.edit,
            instruction=instruction or task.edit.instruction,
            renderer=renderer,
            estimate_micros=chosen.ceiling_micros(asked),
            ceiling_micros=chosen.ceiling_micros(asked),
            estimated_seconds=chosen.typical_seconds(asked),
            seed=seed,
            temperature=temperature,
            batch_id=batch_id,
            template_id=plan.template_id,
            conversation=tuple(conversation),
        )

    def _seed(self, project: Project, index: int, temperature: float) -> int:
        """Return the current version's seed for small changes, else a fresh one."""
        current = project.version(index, project.current_number(index))
        if keeps_seed(temperature) and current and current.seed is not None:
            return current.seed
        return self.new_seed()

    def _submit(
        self, new: Sequence[NewRegeneration], quote_id: UUID | None
    ) -> list[RegenerationRecord]:
        if not new:
            raise ClipNotFound(0, 0)
        rows = self.store.regenerations.submit(
            new,
            quote_id=quote_id,
            budget_micros=self.budget_micros,
            paid_per_hour=self.paid_per_hour,
            now=self.clock(),
        )
        for row in rows:
            self.queue.enqueue(row.id, row.job_id)
        return rows
