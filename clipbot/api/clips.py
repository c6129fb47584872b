"""Clips: see them."""

from fastapi import APIRouter

from clipbot.api.context import JobId, Me
from clipbot.api.errors import responses
from clipbot.api.models.clips import ClipList

router = APIRouter(tags=["clips"])


@router.get("/jobs/{job_id}/clips", responses=responses(400, 403, 404))
def list_clips(me: Me, job_id: JobId) -> ClipList:
    """List the clips of a job, in the film's order."""
    return ClipList.of(me.services.clips.list(me.user, job_id))
