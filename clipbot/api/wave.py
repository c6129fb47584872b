"""The wave: how loud the song is below each moment of a film."""

from fastapi import APIRouter

from clipbot.api.context import JobId, Me
from clipbot.api.errors import responses
from clipbot.api.models.wave import WaveModel

router = APIRouter(tags=["media"])


@router.get("/jobs/{job_id}/wave", responses=responses(400, 403, 404, 503, 507))
def get_wave(me: Me, job_id: JobId) -> WaveModel:
    """Say how loud the song is in each tenth of a second of a film."""
    return WaveModel(levels=list(me.services.waves.of(me.user, job_id)))
