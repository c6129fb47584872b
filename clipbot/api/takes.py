"""Takes: several versions of a clip at once, and the choice among them."""

from uuid import UUID

from fastapi import APIRouter

from clipbot.api.context import ClipPath, JobId, Me
from clipbot.api.errors import responses
from clipbot.api.models.jobs import JobModel
from clipbot.api.models.plans import QuoteModel, quote_of
from clipbot.api.models.takes import KeepRequest, TakesList, TakesRequest

router = APIRouter(prefix="/jobs/{job_id}/clips/{clip_index}/takes", tags=["takes"])


@router.get("", responses=responses(400, 403, 404))
def list_takes(me: Me, job_id: JobId, clip_index: ClipPath) -> TakesList:
    """List what was made at once for a clip, newest first, and whether somebody has chosen."""
    return TakesList.of(me.services.takes.list(me.user, job_id, clip_index))


@router.post("", responses=responses(400, 403, 404, 409, 422, 502))
def quote_takes(me: Me, job_id: JobId, clip_index: ClipPath, body: TakesRequest) -> QuoteModel:
    """Price several versions like one that is there. Confirm the quote to have them made."""
    quoted = me.services.quotes.more(
        me.user,
        job_id,
        clip_index,
        body.version_number,
        takes=body.takes,
        renderer=body.renderer,
    )
    return quote_of(quoted)


@router.post("/{batch_id}/keep", responses=responses(400, 403, 404, 409))
def keep_take(
    me: Me, job_id: JobId, clip_index: ClipPath, batch_id: UUID, body: KeepRequest
) -> JobModel:
    """Let the film show one of the takes, or none; the others are offered no longer."""
    return JobModel.of(
        me.services.takes.keep(me.user, job_id, clip_index, batch_id, body.version_number)
    )
