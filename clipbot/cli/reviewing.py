"""Commands of reviews: see the edits of a job as a table, and share them by a link."""

from argparse import Namespace
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from clipbot.cli.doors import Doors
from clipbot.cli.output import Answer, table
from clipbot.domain.money import decimal_string
from clipbot.errors import MalformedId

if TYPE_CHECKING:
    from clipbot.services.review_views import ReviewRow, ShareRecord


def review(args: Namespace, doors: Doors) -> Answer:
    """Show the edits of a job: for people, as CSV, or as JSON with the same names."""
    from clipbot.services import review_table  # noqa: PLC0415 - heavy, and `plan` needs none of it

    with doors.open_services() as services:
        job_id = services.jobs.resolve(doors.user, args.job)
        rows = list(services.reviews.rows(services.reviews.of_user(doors.user, job_id)))
    document = {
        "job_id": str(job_id),
        "regenerations": [review_table.record(row) for row in rows],
    }
    if args.csv:
        return Answer(document, "".join(review_table.as_csv(rows)).removesuffix("\r\n") + "\r")
    return Answer(document, _lines(rows) if rows else "There is nothing to review yet.")


def share(args: Namespace, doors: Doors) -> Answer:
    """Make a link to a review, list those there are, or take one back."""
    with doors.open_services() as services:
        if args.revoke is not None:
            record = services.shares.revoke(doors.user, _id(args.revoke))
            return Answer(_public(record, is_held=False), "It opens nothing any more.")
        job_id = services.jobs.resolve(doors.user, args.job)
        if args.list:
            found = services.shares.list(doors.user, job_id)
            held = [services.shares.is_held(each) for each in found]
            document = [_public(each, is_held=is_) for each, is_ in zip(found, held, strict=True)]
            return Answer({"shares": document}, _share_lines(found, held))
        made = services.shares.create(doors.user, job_id, days=args.days, label=args.label)
    document_ = _public(made.share, is_held=True) | {"token": made.token, "url": made.url}
    return Answer(
        document_, f"{made.url}\nIt holds until {made.share.expires_at:%Y-%m-%d %H:%M} UTC."
    )


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise MalformedId("share") from error


def _public(record: "ShareRecord", *, is_held: bool) -> dict[str, Any]:
    revoked = record.revoked_at
    return {
        "id": str(record.id),
        "label": record.label,
        "created_at": record.created_at.isoformat(),
        "expires_at": record.expires_at.isoformat(),
        "revoked_at": revoked.isoformat() if revoked else None,
        "is_held": is_held,
    }


def _lines(rows: Sequence["ReviewRow"]) -> str:
    return table(
        [
            (
                f"Clip {row.edit.clip_index + 1}",
                f"v{row.before.number}" if row.before else "",
                f"v{row.after.number}" if row.after else row.edit.status or "",
                "by the pipeline" if row.edit.is_by_pipeline else row.judged.value,
                row.mark.mark.value if row.mark else "none",
                "" if row.edit.cost_micros is None else f"${decimal_string(row.edit.cost_micros)}",
                row.edit.instruction,
            )
            for row in rows
        ]
    )


def _share_lines(found: Sequence["ShareRecord"], held: Sequence[bool]) -> str:
    if not found:
        return "Nobody has a link to this review."
    return table(
        [
            (
                str(each.id),
                "holds" if is_held else "taken back" if each.revoked_at else "ended",
                f"{each.expires_at:%Y-%m-%d %H:%M} UTC",
                each.label,
            )
            for each, is_held in zip(found, held, strict=True)
        ]
    )
