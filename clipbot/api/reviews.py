"""Reviews: look at the edits of a job, say what one thinks of them, take them away as a table."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from fastapi.responses import Response, StreamingResponse
from pydantic import AfterValidator, AwareDatetime, BeforeValidator

from clipbot.api.context import JobId, Me
from clipbot.api.errors import responses
from clipbot.api.models.reviews import MarkList, MarkRequest, ReviewedModel, ReviewModel
from clipbot.domain.reviews import Judged, Mark
from clipbot.services import review_table
from clipbot.services.review_views import Audience, ReviewRow, Wanted
from clipbot.services.views import RegenerationStatus

router = APIRouter(prefix="/jobs/{job_id}", tags=["review"])
CSV = "text/csv"
JSON = "application/json"
_ISO: Final = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d")


def _iso(value: object) -> object:
    """Take ISO 8601 alone: seconds since 1970 are no moment that people write."""
    if isinstance(value, str) and not _ISO.match(value):
        raise ValueError("please write a moment as 2026-03-04T12:00:00Z")
    return value


def _utc(moment: datetime) -> datetime:
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("there is no such moment") from error


Moment = Annotated[AwareDatetime, BeforeValidator(_iso), AfterValidator(_utc)]


def wanted(
    clip: Annotated[int | None, Query(ge=1, le=2**31 - 1, description="Counts from 1.")] = None,
    verdict: Annotated[Judged | None, Query(description="What the gate said.")] = None,
    mark: Annotated[Mark | None, Query(description="What the reviewer said.")] = None,
    renderer: Annotated[
        str | None, Query(max_length=200, pattern=r"^[!-~]+$", description="Its key.")
    ] = None,
    status: Annotated[RegenerationStatus | None, Query(description="Of the edit.")] = None,
    since: Annotated[
        Moment | None, Query(alias="from", description="Asked for then, or later.")
    ] = None,
    until: Annotated[Moment | None, Query(alias="to", description="Asked for before then.")] = None,
    text: Annotated[
        str | None, Query(max_length=200, description="In the instruction, a prompt or a note.")
    ] = None,
) -> Wanted:
    """Read what is looked for; what is left out does not matter."""
    return Wanted(
        clip_index=None if clip is None else clip - 1,
        verdict=verdict,
        mark=mark,
        renderer=renderer,
        status=status,
        since=since,
        until=until,
        text=text.strip() or None if text else None,
    )


def reviewer(me: Me, job_id: JobId) -> Audience:
    """Let in whoever may see the job."""
    return me.services.reviews.of_user(me.user, job_id)


Looked = Annotated[Wanted, Depends(wanted)]
Reviewer = Annotated[Audience, Depends(reviewer)]
Limit = Annotated[int, Query(ge=1, le=200)]
Before = Annotated[UUID | None, Query(description="Begin behind this edit.")]


def table_answers(media_type: str) -> dict[int | str, dict[str, object]]:
    """Return the answers of a call that sends a table, for OpenAPI."""
    schema = {"type": "object"} if media_type == JSON else {"type": "string"}
    content = {media_type: {"schema": schema}}
    return {
        200: {"description": "All edits that are looked for.", "content": content},
        **responses(400, 403, 404, 422),
    }


def sent(job_id: UUID, rows: Iterator[ReviewRow], media_type: str) -> Response:
    """Answer with a table, written while it is read."""
    if media_type == CSV:
        lines, ending = review_table.as_csv(rows), "csv"
        kind = f"{CSV}; charset=utf-8; header=present"
    else:
        lines, ending, kind = review_table.as_json(job_id, rows), "json", JSON
    headers = {
        "Cache-Control": "no-store",
        "Content-Disposition": f'attachment; filename="review-{str(job_id)[:8]}.{ending}"',
    }
    return StreamingResponse(lines, headers=headers, media_type=kind)


@router.get("/review", responses=responses(400, 403, 404, 422))
def get_review(
    me: Me, who: Reviewer, looked: Looked, limit: Limit = 50, before: Before = None
) -> ReviewModel:
    """List the edits of a job with what was before and after, newest first."""
    return ReviewModel.of(me.services.reviews.page(who, looked, limit=limit, before=before))


@router.get("/review.csv", responses=table_answers(CSV), response_class=Response)
def get_review_csv(me: Me, who: Reviewer, looked: Looked) -> Response:
    """Return the same as CSV (RFC 4180, UTF-8), all of it; text never becomes a formula."""
    return sent(who.job_id, me.services.reviews.rows(who, looked), CSV)


@router.get("/review.json", responses=table_answers(JSON), response_class=Response)
def get_review_json(me: Me, who: Reviewer, looked: Looked) -> Response:
    """Return the same as JSON, all of it, with the names of the CSV's columns."""
    return sent(who.job_id, me.services.reviews.rows(who, looked), JSON)


@router.put("/review/{regeneration_id}", responses=responses(400, 403, 404, 422))
def mark_regeneration(
    me: Me, who: Reviewer, regeneration_id: UUID, body: MarkRequest
) -> ReviewedModel:
    """Say what one thinks of an edit; earlier words are kept, the newest counts."""
    row = me.services.reviews.mark(
        who, regeneration_id, body.mark, body.note, moment_seconds=body.moment_seconds
    )
    return ReviewedModel.of(row)


@router.get("/review/{regeneration_id}/marks", responses=responses(400, 403, 404))
def list_marks(me: Me, who: Reviewer, regeneration_id: UUID) -> MarkList:
    """List all that was ever said of an edit, and by whom, oldest first."""
    return MarkList.of(me.services.reviews.marks(who, regeneration_id))
