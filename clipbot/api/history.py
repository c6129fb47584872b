"""The edit log of a job: back and forth."""

from fastapi import APIRouter

from clipbot.api.context import JobId, Me
from clipbot.api.errors import responses
from clipbot.api.models.history import HistoryModel, HistoryRequest
from clipbot.api.models.jobs import JobModel

router = APIRouter(tags=["history"])
_MOVING = responses(400, 403, 404, 409)


@router.get("/jobs/{job_id}/history", responses=responses(400, 403, 404))
def get_history(me: Me, job_id: JobId) -> HistoryModel:
    """List what was changed in the film, and where it stands."""
    return HistoryModel.of(me.services.history.cursor(me.user, job_id))


@router.post("/jobs/{job_id}/history", responses=_MOVING)
def go_to_entry(me: Me, job_id: JobId, body: HistoryRequest) -> JobModel:
    """Undo or redo until the film is as it was after an entry; nothing is encoded again."""
    return JobModel.of(me.services.history.go(me.user, job_id, body.position))


@router.post("/jobs/{job_id}/undo", responses=_MOVING)
def undo_edit(me: Me, job_id: JobId) -> JobModel:
    """Take back the last change of the film."""
    return JobModel.of(me.services.history.undo(me.user, job_id))


@router.post("/jobs/{job_id}/redo", responses=_MOVING)
def redo_edit(me: Me, job_id: JobId) -> JobModel:
    """Put back the last change that was taken back."""
    return JobModel.of(me.services.history.redo(me.user, job_id))
