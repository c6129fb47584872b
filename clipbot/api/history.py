"""The edit log of a job: back and forth."""

from fastapi import APIRouter

from clipbot.api.context import JobId, Me
from clipbot.api.errors import responses
from clipbot.api.models.jobs import JobModel

router = APIRouter(tags=["history"])
_MOVING = responses(400, 403, 404, 409)


@router.post("/jobs/{job_id}/undo", responses=_MOVING)
def undo_edit(me: Me, job_id: JobId) -> JobModel:
    """Take back the last change of the film."""
    return JobModel.of(me.services.history.undo(me.user, job_id))


@router.post("/jobs/{job_id}/redo", responses=_MOVING)
def redo_edit(me: Me, job_id: JobId) -> JobModel:
    """Put back the last change that was taken back."""
    return JobModel.of(me.services.history.redo(me.user, job_id))
