"""Plans and prices: what an instruction means, and what it may cost."""

from fastapi import APIRouter

from clipbot.api.context import Caller, JobId, Me
from clipbot.api.errors import extras, responses
from clipbot.api.models.errors import ErrorModel
from clipbot.api.models.plans import (
    EstimateModel,
    PlanAnswer,
    PlanModel,
    PlanRequest,
    QuoteModel,
    QuoteRequest,
    estimate_of,
    quote_of,
)
from clipbot.api.models.slots import SlotPlanModel
from clipbot.domain.plan import Act, Plan
from clipbot.errors import RequestError

router = APIRouter(tags=["quotes"])


@router.post("/jobs/{job_id}/plan", responses=responses(400, 403, 404, 422))
def plan_edit(me: Me, job_id: JobId, body: PlanRequest) -> PlanAnswer:
    """Understand an instruction. Nothing is spent, sent or written."""
    plan = me.services.plans.plan(me.user, job_id, body.text, tuple(body.selected))
    if plan.act is Act.ANSWER:
        plan = me.services.answers.answer(me.user, job_id, plan, body.text)
    if plan.slots:
        return _of_slots(me, job_id, plan)
    if plan.act is not Act.EDIT:
        return PlanAnswer(plan=PlanModel.of(plan), quote=None)
    priced = _price(me, job_id, plan, body.text)
    if isinstance(priced, ErrorModel):
        return PlanAnswer(plan=PlanModel.of(plan), quote=None, problem=priced)
    return PlanAnswer(plan=PlanModel.of(plan), quote=priced)


@router.post("/jobs/{job_id}/quotes", responses=responses(400, 403, 404, 422, 502))
def create_quote(me: Me, job_id: JobId, body: QuoteRequest) -> QuoteModel:
    """Price an edit. The price holds for a quarter of an hour and can be confirmed once."""
    if body.plan is not None and body.rows is not None:
        rows = [(row.clip, row.instruction) for row in body.rows]
        plan = body.plan.to_domain()
        return quote_of(
            me.services.quotes.revise(
                me.user,
                job_id,
                plan,
                rows,
                renderer=body.renderer,
                with_retries=body.with_retries,
            )
        )
    return quote_of(me.services.quotes.quote(me.user, job_id, **body.wish()))


def _of_slots(me: Caller, job_id: JobId, plan: Plan) -> PlanAnswer:
    shape = PlanModel.of(plan)
    try:
        foreseen = me.services.slots.foresee(me.user, job_id, plan.slots)
    except RequestError as error:
        return PlanAnswer(plan=shape, quote=None, problem=_problem(error))
    return PlanAnswer(plan=shape, quote=None, slots=SlotPlanModel.of(foreseen))


def _price(me: Caller, job_id: JobId, plan: Plan, text: str) -> EstimateModel | ErrorModel:
    try:
        return estimate_of(me.services.quotes.estimate(me.user, job_id, plan=plan, text=text))
    except RequestError as error:
        return _problem(error)


def _problem(error: RequestError) -> ErrorModel:
    return ErrorModel(
        code=error.code, detail=str(error), retryable=error.retryable, **extras(error)
    )
