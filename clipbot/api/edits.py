"""Edits: start them, watch them, stop them."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from clipbot.api.context import ClipPath, JobId, Me
from clipbot.api.errors import responses
from clipbot.api.models.regenerations import (
    BatchRequest,
    BatchStarted,
    BatchStatus,
    RegenerateRequest,
    RegenerationList,
    RegenerationModel,
    RegenerationStarted,
)

router = APIRouter(tags=["edits"])
_STARTING = responses(400, 402, 403, 404, 409, 422, 429, 502)
_ONE_BY_ONE = "The clips of a job are edited one after another."


@router.post("/jobs/{job_id}/clips/{clip_index}/regenerate", status_code=202, responses=_STARTING)
def regenerate_clip(
    me: Me, job_id: JobId, clip_index: ClipPath, body: RegenerateRequest
) -> RegenerationStarted:
    """Start an edit of one clip; follow it by its id or by the job's events."""
    record = me.services.edits.regenerate(
        me.user,
        job_id,
        clip_index,
        body.instruction,
        quote_id=body.quote_id,
        conversation=[message.model_dump() for message in body.conversation_history],
    )
    return RegenerationStarted.of(record)


@router.post("/jobs/{job_id}/clips/batch-regenerate", status_code=202, responses=_STARTING)
def regenerate_clips(me: Me, job_id: JobId, body: BatchRequest) -> BatchStarted:
    """Start edits of several clips, each with its own instruction; all of them or none."""
    wishes = [(clip.clip_index, clip.instruction) for clip in body.clips]
    batch_id, records = me.services.edits.batch(me.user, job_id, wishes, quote_id=body.quote_id)
    note = _ONE_BY_ONE if body.batch_mode == "parallel" else None
    return BatchStarted.of(batch_id, records, note=note)


@router.get("/jobs/{job_id}/clips/batch/{batch_id}/status", responses=responses(400, 403, 404))
def get_batch(me: Me, job_id: JobId, batch_id: UUID) -> BatchStatus:
    """Return how far a batch is, clip by clip."""
    return BatchStatus.of(batch_id, me.services.regenerations.batch(me.user, job_id, batch_id))


@router.delete("/jobs/{job_id}/clips/batch/{batch_id}", responses=responses(400, 403, 404))
def cancel_batch(me: Me, job_id: JobId, batch_id: UUID) -> BatchStatus:
    """Take back what is open of a batch. Finished clips keep their new versions."""
    records = me.services.regenerations.cancel_batch(me.user, job_id, batch_id)
    return BatchStatus.of(batch_id, records)


@router.post("/jobs/{job_id}/quotes/{quote_id}/confirm", status_code=202, responses=_STARTING)
def confirm_quote(me: Me, job_id: JobId, quote_id: UUID) -> BatchStarted:
    """Agree to a price, and start its edits."""
    records = me.services.edits.confirm(me.user, job_id, quote_id)
    return BatchStarted.of(records[0].batch_id, records)


@router.get("/jobs/{job_id}/regenerations", responses=responses(400, 403, 404, 422))
def list_regenerations(
    me: Me,
    job_id: JobId,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    before: Annotated[UUID | None, Query(description="Begin behind this edit.")] = None,
) -> RegenerationList:
    """List the edits of a job, newest first."""
    records = me.services.regenerations.of_job(me.user, job_id, limit + 1, before)
    return RegenerationList.of(records, limit)


@router.get("/jobs/{job_id}/regenerations/{regeneration_id}", responses=responses(400, 403, 404))
def get_regeneration(me: Me, job_id: JobId, regeneration_id: UUID) -> RegenerationModel:
    """Return one edit as it is now."""
    return RegenerationModel.of(me.services.regenerations.get(me.user, job_id, regeneration_id))


@router.delete("/jobs/{job_id}/regenerations/{regeneration_id}", responses=responses(400, 403, 404))
def cancel_regeneration(me: Me, job_id: JobId, regeneration_id: UUID) -> RegenerationModel:
    """Take an edit back. Harmless when it is over; the film stays as it is."""
    record = me.services.regenerations.cancel(me.user, job_id, regeneration_id)
    return RegenerationModel.of(record)
