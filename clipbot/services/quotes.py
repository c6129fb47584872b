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
from clipbot.services.base import Clock
from clipbot.services.plans import PlanService, checked
from clipbot.services.project import Project, Projects
from clipbot.services.views import Quoted
from clipbot.services.work import (
    Renderers,
    Task,
    renderer_view,
    request,
    require_whole,
    tasks,
)
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

        Args:
            user: Who asks.
            job_id: The job.
            text: The instruction, where there is no plan yet.
            plan: The plan to price.
            selected: Numbers of the selected clips, from 1.
            renderer: Key of the renderer, or None for the preferred one.

        Raises:
            NeedsAnswer: The wish is unclear, or can be done only in part.
            Unsupported: The renderer cannot do it.
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
        require_whole(chosen, work)
        funds = self.store.jobs.funds(job_id, self.budget_micros)
        lines = _lines(project, work, chosen)
        ceiling = sum(line.ceiling_micros for line in lines)
        counts = self.store.regenerations.counts(job_id)
        quote = Quote(
            id=id_,
            job_id=job_id,
            user_id=user.id,
            renderer=chosen.key,
            lines=lines,
            estimated_seconds=_seconds(project, work, chosen),
            expires_at=self.clock() + QUOTE_LIFETIME,
            warnings=budget_warnings(funds, ceiling)
            + repeat_warnings([(task.clip_index, counts.get(task.clip_index, 0)) for task in work]),
        )
        return Quoted(
            quote=quote,
            plan=understood,
            instruction=checked(text) if text else _words(work),
            renderers=tuple(renderer_view(each, project, work) for each in self.renderers.all),
            left_micros=funds.left_micros,
            budget_micros=funds.budget_micros,
        )


def _lines(project: Project, work: Sequence[Task], renderer: Renderer) -> tuple[QuoteLine, ...]:
    footage = tuple(
        QuoteLine(f"Clip {task.clip_index + 1} · {renderer.label}", price, price, task.clip_index)
        for task in work
        for price in [renderer.ceiling_micros(request(project, task, seed=0, temperature=0.5))]
    )
    return (
        QuoteLine("Prompt · written without a language model", 0, 0),
        *footage,
        QuoteLine("Put the film together again", 0, 0),
    )


def _seconds(project: Project, work: Sequence[Task], renderer: Renderer) -> float:
    return _RECOMPOSE_SECONDS * len(work) + sum(
        renderer.typical_seconds(request(project, task, seed=0, temperature=0.5)) for task in work
    )


def _words(work: Sequence[Task]) -> str:
    return "; ".join(dict.fromkeys(task.edit.instruction for task in work if task.edit.instruction))
