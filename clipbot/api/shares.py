"""Links to a review: make, list and take them back; what they open is in `shared`."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path

from clipbot.api.context import JobId, Me
from clipbot.api.errors import responses
from clipbot.api.models.shares import NewShareModel, ShareList, ShareModel, ShareRequest

router = APIRouter(prefix="/jobs/{job_id}/shares", tags=["review"])
ShareId = Annotated[UUID, Path(description="Id of the link.")]


@router.post("", status_code=201, responses=responses(400, 403, 404, 409, 422))
def create_share(me: Me, job_id: JobId, body: ShareRequest) -> NewShareModel:
    """Make a link by which the review can be looked at without signing in."""
    made = me.services.shares.create(me.user, job_id, days=body.days, label=body.label)
    return NewShareModel.with_token(made)


@router.get("", responses=responses(400, 403, 404))
def list_shares(me: Me, job_id: JobId) -> ShareList:
    """List the links to the job's review, newest first; tokens are not among that."""
    shares = me.services.shares
    return ShareList(
        shares=[
            ShareModel.of(share, is_held=shares.is_held(share))
            for share in shares.list(me.user, job_id)
        ]
    )


@router.delete("/{share_id}", responses=responses(400, 403, 404))
def revoke_share(me: Me, job_id: JobId, share_id: ShareId) -> ShareModel:
    """Take a link back; from then on it opens nothing."""
    share = me.services.shares.revoke(me.user, share_id, job_id)
    return ShareModel.of(share, is_held=False)
