"""Say what an edit may cost, before anything is spent."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID, uuid4

from clipbot.domain.money import (
    QUOTE_LIFETIME,
    Funds,
    Quote,
    QuoteLine,
    budget_warnings,
    repeat_warnings,
)
from clipbot.domain.plan import Act, Plan
from clipbot.domain.takes import MOST, again
from clipbot.domain.user import User
from clipbot.domain.wording import clip_names, phrases
from clipbot.errors import DayCeilingExceeded, EditCeilingExceeded, NeedsAnswer, Unsupported
from clipbot.services import pricing
from clipbot.services.base import Clock, Limits
from clipbot.services.choosing import AUTO, Choosing
from clipbot.services.matching import Matching
from clipbot.services.plans import PlanService, checked
from clipbot.services.pricing import Pricing
from clipbot.services.project import Project, Projects
from clipbot.services.revising import Row, revision
from clipbot.services.spreading import Spreading
from clipbot.services.views import Quoted, QuotedRow
from clipbot.services.work import Task, tasks, together
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
    matching: Matching
    pricing: Pricing
    spreading: Spreading
    limits: Limits
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
        with_retries: bool = False,
        takes: int = 0,
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
            renderer: Key of the renderer; None or `auto` for whoever is best, clip by clip.
            with_retries: Whether a yes shall also be for other words, then another model, where
                a paid model minds what it would show.
            takes: How many versions are to be made at once, to choose from; 0: as the plan says.

        Raises:
            NeedsAnswer: The wish is unclear, or can be done only in part for every clip.
            Unsupported: The renderer can do none of it.
            ClipUnknown: It names a clip that the job does not have.
            FootageMissing: A clip has nothing to work on.
            JobNotReady: The job cannot be edited now.
            ProviderRejected: No such renderer is set up.
        """
        quoted = self.estimate(
            user,
            job_id,
            text=text,
            plan=plan,
            selected=selected,
            renderer=renderer,
            with_retries=with_retries,
            takes=takes,
            id_=uuid4(),
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
        with_retries: bool = False,
    ) -> Quoted:
        """Price what is left of a plan after rows were struck out, or said in other words.

        Args:
            user: Who asks.
            job_id: The job.
            plan: What was quoted before.
            rows: What stays, as `(clip number, instruction)`; None as the instruction leaves
                the row as it is. A clip that is not named is struck out.
            renderer: As in `quote`.
            with_retries: As in `quote`.

        Raises:
            NeedsAnswer: No row is left, or the words of one are unclear or about another clip.
            Unsupported: The renderer can do none of it.
            ClipUnknown: It names a clip that the job does not have.
            JobNotReady: The job cannot be edited now.
            ProviderRejected: No such renderer is set up.
        """
        revised = revision(plan, rows, lambda text, number: self._typed(user, job_id, text, number))
        return self.quote(user, job_id, plan=revised, renderer=renderer, with_retries=with_retries)

    def more(
        self,
        user: User,
        job_id: UUID,
        clip_index: int,
        version: int | None = None,
        *,
        takes: int,
        renderer: str | None = None,
    ) -> Quoted:
        """Price several versions of a clip at once, like one that is there.

        Args:
            user: Who asks.
            job_id: The job.
            clip_index: The clip.
            version: Number of the version that they are to be like; None: the one that waits to
                be accepted, else the one that the film shows.
            takes: How many, 1 to 4.
            renderer: Key of the renderer; None: who made that version.

        Raises:
            ClipNotFound: No such clip.
            VersionNotFound: No such version.
            NeedsAnswer: So many cannot be made.
            Unsupported: The renderer cannot make them.
            FootageMissing: What they would start from has no file any more.
        """
        if not 1 <= takes <= MOST:  # A plan would take 0 for no takes at all.
            raise NeedsAnswer(f"Between 1 and {MOST} takes can be made at once.")
        self.projects.editable(user, job_id).clip(clip_index)
        plan = Plan(Act.EDIT, (again(clip_index + 1),), version=version, takes=takes)
        return self.quote(user, job_id, plan=plan, renderer=renderer)

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
        with_retries: bool = False,
        takes: int = 0,
        id_: UUID = NO_ID,
    ) -> Quoted:
        """Price an edit; nothing is written. Arguments and errors as in `quote`."""
        project = self.projects.editable(user, job_id)
        read = plan or self.plans.plan(user, job_id, text or "", selected)
        understood = self.matching.fixed(project, read)
        work = whole = tasks(project, understood)
        spread = None
        if count := takes or understood.takes:
            spread = self.spreading.spread(project, replace(understood, takes=count), renderer)
            understood, work, renderer = spread.plan, spread.work, spread.renderer
            whole = (work[0],) * count
        rows = self.pricing.priced(project, work, renderer=renderer, with_retries=with_retries)
        rows = spread.told(rows) if spread else rows
        if not any(row.is_supported for row in rows):
            raise _undoable(self.pricing.choosing, project, work, rows)
        funds = self.store.jobs.funds(job_id, self.limits.budget_micros)
        quote = self._quote(user, job_id, rows, id_, renderer)
        return Quoted(
            quote=replace(quote, warnings=self._warnings(user, quote, funds)),
            plan=understood,
            instruction=checked(text) if text else _words(work),
            renderers=self.pricing.alternatives(project, whole),
            left_micros=funds.left_micros,
            budget_micros=funds.budget_micros,
            rows=rows,
            with_retries=with_retries,
            can_retry=any(each.attempts and each.attempts[0].ceiling_micros for each in rows),
        )

    def makers(self) -> dict[str, str]:
        """Return the names for people of the renderers that are set up, by key."""
        return self.pricing.choosing.renderers.labels()

    @property
    def has_models(self) -> bool:
        """Whether a renderer is set up that makes footage anew, from a prompt."""
        return any(each.reads_prompt for each in self.pricing.choosing.renderers.all)

    def _quote(
        self,
        user: User,
        job_id: UUID,
        rows: Sequence[QuotedRow],
        id_: UUID,
        asked: str | None,
    ) -> Quote:
        doable = [row for row in rows if row.is_supported]
        keys = {row.renderer for row in rows}
        return Quote(
            id=id_,
            job_id=job_id,
            user_id=user.id,
            renderer=keys.pop() if len(keys) == 1 else asked or AUTO,
            lines=(*pricing.lines(rows, self.makers()), *_composing(doable)),
            estimated_seconds=sum(row.seconds + _RECOMPOSE_SECONDS for row in doable),
            expires_at=self.clock() + QUOTE_LIFETIME,
            clips=pricing.agreed(rows),
        )

    def _warnings(self, user: User, quote: Quote, funds: Funds) -> tuple[str, ...]:
        counts = self.store.regenerations.counts(quote.job_id)
        repeated = {clip.clip_index: counts.get(clip.clip_index, 0) for clip in quote.clips}
        return (
            *budget_warnings(funds, quote.ceiling_micros),
            *self._limit_warnings(user, quote.ceiling_micros),
            *repeat_warnings(tuple(repeated.items())),
        )

    def _limit_warnings(self, user: User, ceiling_micros: int) -> tuple[str, ...]:
        """Say beforehand what a confirmation would be refused for."""
        if not ceiling_micros:
            return ()
        edit, day = self.limits.edit_ceiling_micros, self.limits.day_ceiling_micros
        found = []
        if edit is not None and ceiling_micros > edit:
            found.append(str(EditCeilingExceeded(ceiling_micros, edit)))
        if day is not None:
            left = self.store.books.day_left(user.id, day, self.clock())
            if ceiling_micros > left:
                found.append(str(DayCeilingExceeded(ceiling_micros, left)))
        return tuple(found)


def _undoable(
    choosing: Choosing, project: Project, work: Sequence[Task], rows: Sequence[QuotedRow]
) -> Unsupported | NeedsAnswer:
    """Return why none of the work can be done, naming both halves where a part of it could be."""
    by_clip = choosing.candidates(project, work)
    chosen = [
        choosing.chosen(project, candidates, row.renderer)
        for candidates, row in zip(by_clip, rows, strict=True)
    ]
    ability = together([each.ability for each in chosen])
    reason = next(row.reason for row in rows if row.reason)
    numbers = [task.clip_index + 1 for task in work]
    if ability.doable and ability.leftover:
        return NeedsAnswer(reason, [f"make {clip_names(numbers)} {phrases(ability.doable)}"])
    leftover = [phrases([op]) for op in ability.leftover]
    return Unsupported(f"{reason} Nothing was changed.", leftover=leftover)


def _composing(rows: Sequence[QuotedRow]) -> tuple[QuoteLine, ...]:
    """Return the line for the film; takes leave it as it is until one is kept."""
    if any(row.take for row in rows):
        return ()
    return (QuoteLine("Put the film together again", 0, 0),)


def _words(work: Sequence[Task]) -> str:
    return "; ".join(dict.fromkeys(task.edit.instruction for task in work if task.edit.instruction))
