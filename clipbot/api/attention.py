"""Edits that need attention: their provider does not say what became of them, or what they cost."""

from uuid import UUID

from fastapi import APIRouter

from clipbot.api.context import JobId, Me
from clipbot.api.errors import responses
from clipbot.api.models.regenerations import Bill, RegenerationModel
from clipbot.domain.money import micros

router = APIRouter(tags=["edits"])
_ANSWERS = responses(400, 403, 404, 422)


@router.post("/jobs/{job_id}/regenerations/{regeneration_id}/look", responses=_ANSWERS)
def look_again(me: Me, job_id: JobId, regeneration_id: UUID) -> RegenerationModel:
    """Ask the provider again, and go on from what it says."""
    return RegenerationModel.of(me.services.attention.look(me.user, job_id, regeneration_id))


@router.post("/jobs/{job_id}/regenerations/{regeneration_id}/close", responses=_ANSWERS)
def close_edit(me: Me, job_id: JobId, regeneration_id: UUID, body: Bill) -> RegenerationModel:
    """End an edit at what the provider's bill says that it was charged."""
    record = me.services.attention.close(
        me.user, job_id, regeneration_id, charged_micros=micros(body.charged)
    )
    return RegenerationModel.of(record)
