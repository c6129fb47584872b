"""Consistency: how evenly the clips of a film go together."""

from fastapi import APIRouter

from clipbot.api.context import JobId, Me
from clipbot.api.errors import responses
from clipbot.api.models.consistency import ConsistencyModel

router = APIRouter(tags=["clips"])


@router.get("/jobs/{job_id}/consistency", responses=responses(400, 403, 404))
def get_consistency(me: Me, job_id: JobId) -> ConsistencyModel:
    """Say how evenly the clips of a film go together, and which of them stand out.

    What was not measured yet is measured, a few clips per call; `pending` names the clips of
    which the next call will know more.
    """
    return ConsistencyModel.of(me.services.consistency.of(me.user, job_id))
