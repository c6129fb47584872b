"""Taking edits back: at once where nothing has begun, else as a wish that the workflow sees."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from clipbot.errors import EditCancelled
from clipbot.store import days, endings, states
from clipbot.store import regeneration_rows as rows
from clipbot.store.records import Outcome, RegenerationRecord, RegenerationStatus
from clipbot.store.tables import RegenerationRow


def cancel(
    session: Session, job_id: UUID, regeneration_ids: Collection[UUID], *, now: datetime
) -> list[RegenerationRecord]:
    """Take back edits of one job; those that are over stay as they are.

    A queued edit ends here and now: it may wait behind others for long, and nothing was
    sent for it. Its workflow finds it cancelled and does nothing.
    """
    states.lock(session, job_id)
    # Locked: a workflow that begins one of them at this moment is either before this or after it.
    found = session.exec(
        select(RegenerationRow)
        .where(
            RegenerationRow.job_id == job_id,
            col(RegenerationRow.id).in_(regeneration_ids),
        )
        .order_by(col(RegenerationRow.created_at), col(RegenerationRow.batch_position))
        .with_for_update()
    ).all()
    # By day and person: that is the order of the locks on their money (see `days`).
    for row in sorted(found, key=lambda row: (days.day_of(row.created_at), row.user_id)):
        if row.status not in rows.OPEN:
            continue
        was_queued = row.status == RegenerationStatus.QUEUED
        row.is_cancel_requested = True
        if was_queued:
            session.flush()
            endings.end(session, _taken_back(row.id), now=now)
    session.flush()
    return [rows.record(row) for row in found]


def _taken_back(regeneration_id: UUID) -> Outcome:
    reason = EditCancelled()
    return Outcome(
        regeneration_id,
        RegenerationStatus.CANCELLED,
        error=str(reason),
        error_code=reason.code,
        is_retryable=reason.retryable,
    )
