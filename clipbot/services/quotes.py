"""Say what an edit may cost, before anything is spent."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from clipbot.domain.money import (
    QUOTE_LIFETIME,
    Quote,
    QuoteLine,
    budget_warnings,
    repeat_warnings,
)
from clipbot.domain.plan import Plan
from clipbot.domain.user import User
from clipbot.renderers.base import Renderer
from clipbot.services import pricing
from clipbot.services.base import Clock
from clipbot.services.plans import PlanService, checked
from clipbot.services.project import Projects
from clipbot.services.revising import Row, revision
from clipbot.services.views import Quoted, QuotedRow
from clipbot.services.work import Renderers, Task, require_whole, tasks
from clipbot.store.store import Store

NO_ID = UUID(int=0)
"""Id of an estimate: it cannot be confirmed."""
_RECOMPOSE_SECONDS = 2.0
"""Typical time to encode the changed segments and put the film together (benchmarks/)."""


@dataclass(frozen=True, slots=True)
class QuoteService:
    """Prices plans."""

    store: Store
    projects: Projects
    plans: PlanService
    renderers: Renderers
    budget_micros: int
    clock: Clock

    def quote(
        self,
        user: User,
        job_id: UUID,
        *,
        text: str | None = None,
        plan: Plan | None = None,
        selected: Sequence[int] = (),
        renderer: str | None = None,
    ) -> Quoted:
        """Price an edit and write the price down, so that it can be confirmed.

        A clip that the renderer cannot do does not keep the others from being priced: its
        row says why, and the quote can be confirmed once the row is struck out.

        Args:
            user: Who asks.
            job_id: The job.
            text: The instruction, where there is no plan yet.
            plan: The plan to price.
            selected: Numbers of the selected clips, from 1.
            renderer: Key of the renderer, or None for the preferred one.

        Raises:
            NeedsAnswer: The wish is unclear, or can be done only in part for every clip.
            Unsupported: The renderer can do none of it.
            ClipUnknown: It names a clip that the job does not have.
            FootageMissing: A clip has nothing to work on.
            JobNotReady: The job cannot be edited now.
            ProviderRejected: No such renderer is set up.
        """
        quoted = self.estimate(
            user, job_id, text=text, plan=plan, selected=selected, renderer=renderer, id_=uuid4()
        )
        self.store.quotes.add(quoted.quote, quoted.plan, quoted.instruction)
        return quoted

    def revise(
        self,
        user: User,
        job_id: UUID,
        plan: Plan,
        rows: Sequence[Row],
        *,
        renderer: str | None = None,
    ) -> Quoted:
        """Price what is left of a plan after rows were struck out, or said in other words.

        Args:
            user: Who asks.
            job_id: The job.
            plan: What was quoted before.
            rows: What stays, as `(clip number, instruction)`; None as the instruction leaves
                the row as it is. A clip that is not named is struck out.
            renderer: Key of the renderer, or None for the preferred one.

        Raises:
            NeedsAnswer: No row is left, or the words of one are unclear or about another clip.
            Unsupported: The renderer can do none of it.
            ClipUnknown: It names a clip that the job does not have.
            JobNotReady: The job cannot be edited now.
            ProviderRejected: No such renderer is set up.
        """
        revised = revision(plan, rows, lambda text, number: self._typed(user, job_id, text, number))
        return self.quote(user, job_id, plan=revised, renderer=renderer)

    def _typed(self, user: User, job_id: UUID, text: str, number: int) -> Plan:
        return self.plans.plan(user, job_id, text, [number])

    def estimate(
        self,
        user: User,
        job_id: UUID,
        *,
        text: str | None = None,
        plan: Plan | None = None,
        selected: Sequence[int] = (),
        renderer: str | None = None,
        id_: UUID = NO_ID,
    ) -> Quoted:
        """Price an edit; nothing is written. Arguments and errors as in `quote`."""
        project = self.projects.editable(user, job_id)
        understood = plan or self.plans.plan(user, job_id, text or "", selected)
        work = tasks(project, understood)
        chosen = self.renderers.chosen(renderer)
        rows = pricing.rows(project, work, chosen, self.renderers.writers)
        doable = [row for row in rows if row.is_supported]
        if not doable:
            require_whole(chosen, work)
        funds = self.store.jobs.funds(job_id, self.budget_micros)
        lines = _lines(rows, chosen)
        ceiling = sum(line.ceiling_micros for line in lines)
        counts = self.store.regenerations.counts(job_id)
        quote = Quote(
            id=id_,
            job_id=job_id,
            user_id=user.id,
            renderer=chosen.key,
            lines=lines,
            estimated_seconds=sum(row.seconds + _RECOMPOSE_SECONDS for row in doable),
            expires_at=self.clock() + QUOTE_LIFETIME,
            warnings=budget_warnings(funds, ceiling)
            + repeat_warnings([(row.clip_index, counts.get(row.clip_index, 0)) for row in doable]),
        )
        return Quoted(
            quote=quote,
            plan=understood,
            instruction=checked(text) if text else _words(work),
            renderers=tuple(
                pricing.renderer_view(each, project, work, self.renderers.writers)
                for each in self.renderers.all
            ),
            left_micros=funds.left_micros,
            budget_micros=funds.budget_micros,
            rows=rows,
        )


def _lines(rows: Sequence[QuotedRow], renderer: Renderer) -> tuple[QuoteLine, ...]:
    return (
        *pricing.lines(rows, renderer),
        QuoteLine("Put the film together again", 0, 0),
    )


def _words(work: Sequence[Task]) -> str:
    return "; ".join(dict.fromkeys(task.edit.instruction for task in work if task.edit.instruction))
