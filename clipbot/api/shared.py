"""What a link to a review opens, for whoever has it: one job's review, to look at, no more.

These calls pass the gate without a user; each asks here, every time, whether the link holds,
so that one that was taken back opens nothing from then on. The link's token comes as a bearer
token, or in a cookie that the browser sends to this link's addresses alone. It is in no
address: nothing that keeps addresses (logs, histories, `Referer`) ever has it.
"""

from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from clipbot.api.context import ClipPath, VersionPath, desk_of
from clipbot.api.errors import responses
from clipbot.api.media import JPEG, MP4, file_answers
from clipbot.api.models.reviews import ReviewModel
from clipbot.api.models.shares import OpenedShare
from clipbot.api.reviews import CSV, JSON, Before, Limit, Looked, sent, table_answers
from clipbot.api.sending import REVALIDATE, FileSource
from clipbot.api.sending import sent as file_sent
from clipbot.api.shares import ShareId
from clipbot.errors import ShareNotFound
from clipbot.services.bundle import Services
from clipbot.services.review_views import Audience, ShareRecord

router = APIRouter(prefix="/shared/{share_id}", tags=["shared review"])
COOKIE: Final = "share"
_BEARER: Final = "bearer "


class Visit:
    """Somebody came with a link that holds."""

    def __init__(self, services: Services, who: Audience, share: ShareRecord, token: str) -> None:
        self.services, self.who, self.share, self.token = services, who, share, token


def visit(request: Request, share_id: ShareId) -> Visit:
    """Let in whoever has a link.

    Raises:
        ShareNotFound: It is wrong, has ended, or was taken back.
    """
    desk = desk_of(request.app)
    sent_ = request.headers.get("authorization", "")
    if sent_[: len(_BEARER)].lower() == _BEARER:
        token: str | None = sent_[len(_BEARER) :].strip()
    else:
        token = desk.jar.read(request.cookies, COOKIE, path=_path(share_id))
    if not token:
        raise ShareNotFound
    who, share = desk.services.shares.open(share_id, token)
    return Visit(desk.services, who, share, token)


Visitor = Annotated[Visit, Depends(visit)]


@router.put("/session", responses=responses(400, 403, 404))
def open_share(request: Request, response: Response, visitor: Visitor) -> OpenedShare:
    """Have the browser keep a link's token, as a cookie for this link's addresses alone."""
    desk, share = desk_of(request.app), visitor.share
    seconds = int((share.expires_at - desk.services.shares.clock()).total_seconds())
    path = _path(share.id)
    for cookie in desk.jar.written(COOKIE, visitor.token, max(1, seconds), path=path):
        response.headers.append("Set-Cookie", cookie)
    return OpenedShare(expires_at=share.expires_at)


@router.get("/review", responses=responses(400, 404, 422))
def get_shared_review(
    visitor: Visitor, looked: Looked, limit: Limit = 50, before: Before = None
) -> ReviewModel:
    """List the edits of the job with what was before and after, newest first."""
    page = visitor.services.reviews.page(visitor.who, looked, limit=limit, before=before)
    return ReviewModel.of(page)


@router.get("/review.csv", responses=table_answers(CSV), response_class=Response)
def get_shared_csv(visitor: Visitor, looked: Looked) -> Response:
    """Return the same as CSV (RFC 4180, UTF-8), all of it."""
    return sent(visitor.who.job_id, visitor.services.reviews.rows(visitor.who, looked), CSV)


@router.get("/review.json", responses=table_answers(JSON), response_class=Response)
def get_shared_json(visitor: Visitor, looked: Looked) -> Response:
    """Return the same as JSON, all of it."""
    return sent(visitor.who.job_id, visitor.services.reviews.rows(visitor.who, looked), JSON)


@router.get(
    "/clips/{clip_index}/thumbnail.jpg", responses=file_answers(JPEG), response_class=Response
)
@router.head("/clips/{clip_index}/thumbnail.jpg", include_in_schema=False)
def get_shared_still(
    request: Request,
    visitor: Visitor,
    clip_index: ClipPath,
    version: Annotated[
        int | None, Query(ge=1, le=2**31 - 1, description="None: the current one.")
    ] = None,
) -> Response:
    """Return a still of a version. Browsers ask each time whether the link still holds."""
    still = visitor.services.reviews.still(visitor.who, clip_index, version)
    source = FileSource.of(still.path, etag=still.etag)
    return file_sent(request, source, media_type=JPEG, cache=REVALIDATE)


@router.get(
    "/clips/{clip_index}/versions/{version}/footage.mp4",
    responses=file_answers(MP4),
    response_class=Response,
)
@router.head("/clips/{clip_index}/versions/{version}/footage.mp4", include_in_schema=False)
def get_shared_footage(
    request: Request, visitor: Visitor, clip_index: ClipPath, version: VersionPath
) -> Response:
    """Return the media file of a version."""
    path = visitor.services.reviews.footage(visitor.who, clip_index, version)
    return file_sent(request, FileSource.of(path), media_type=MP4, cache=REVALIDATE)


def _path(share_id: UUID) -> str:
    return f"/api/v1/shared/{share_id}"
