"""Offers: new versions that wait for a yes."""

from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import Field

from clipbot.api.context import ClipPath, JobId, Me
from clipbot.api.errors import responses
from clipbot.api.models.common import Request
from clipbot.api.models.jobs import JobModel
from clipbot.api.models.versions import VersionList

router = APIRouter(prefix="/jobs/{job_id}", tags=["versions"])
_MOST = 200


class OffersRequest(Request):
    """Whether new versions wait for a yes."""

    offers_first: bool = Field(
        examples=[True], description="True: none enters the film by itself, whatever is measured."
    )


@router.post("/offers", responses=responses(400, 403, 404, 422))
def ask_first(me: Me, job_id: JobId, body: OffersRequest) -> JobModel:
    """Decide whether every new version of a job is offered before the film takes it."""
    return JobModel.of(
        me.services.offers.ask_first(me.user, job_id, offers_first=body.offers_first)
    )


@router.post("/clips/{clip_index}/versions/{version_id}/drop", responses=responses(400, 403, 404))
def drop_offer(
    me: Me,
    job_id: JobId,
    clip_index: ClipPath,
    version_id: Annotated[str, Path(description="A version's id or its number.", max_length=64)],
) -> VersionList:
    """Offer a version no longer. It stays in the list, and can still be restored."""
    number = me.services.versions.number_of(me.user, job_id, clip_index, version_id)
    me.services.offers.drop(me.user, job_id, clip_index, number)
    return VersionList.of(me.services.versions.list(me.user, job_id, clip_index), _MOST, None)
