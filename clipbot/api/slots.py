"""Slots: how clips fill them, and how they meet."""

from fastapi import APIRouter

from clipbot.api.context import JobId, Me
from clipbot.api.errors import responses
from clipbot.api.models.slots import SlotList, SlotsAnswer, SlotsRequest

router = APIRouter(tags=["slots"])


@router.get("/jobs/{job_id}/slots", responses=responses(400, 403, 404))
def list_slots(me: Me, job_id: JobId) -> SlotList:
    """List the slots of a job: how clips fill them, and how they meet."""
    return SlotList.of(me.services.slots.list(me.user, job_id))


@router.post("/jobs/{job_id}/slots", responses=responses(400, 403, 404, 409, 422))
def change_slots(me: Me, job_id: JobId, body: SlotsRequest) -> SlotsAnswer:
    """Let clips fill their slots, or meet, in another way: one step that can be undone.

    It costs nothing. What the film lacks is encoded before this answers: as a rule the
    junctions that change, and the clips whose range in the film moves with them.
    """
    return SlotsAnswer.done(me.services.slots.change(me.user, job_id, body.wishes()))
