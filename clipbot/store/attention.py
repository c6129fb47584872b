"""Edits that need attention: a paid request may be running, and its money stays set aside."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from clipbot.store import events, states, submission
from clipbot.store import regeneration_rows as rows
from clipbot.store.events import NewEvent
from clipbot.store.records import RegenerationRecord, RegenerationStatus


def reopen(session: Session, regeneration_id: UUID, *, now: datetime) -> RegenerationRecord:
    """Let an edit that needs attention go on; one in any other state stays as it is."""
    row = rows.find(session, regeneration_id)
    states.lock(session, row.job_id)
    row = rows.find(session, regeneration_id)
    if row.status != RegenerationStatus.NEEDS_ATTENTION:
        return rows.record(row)
    submission.claim_job(session, row.job_id, now)
    submission.refuse_busy_clips(session, row.job_id, [row.clip_index])
    row.status = RegenerationStatus.PROCESSING.value
    row.message = "Looking for it again."
    row.is_cancel_requested, row.is_retryable = False, False
    row.error = row.error_code = row.finished_at = None
    event = NewEvent(
        "video_generating",
        row.message,
        regeneration_id=row.id,
        clip_index=row.clip_index,
        progress=row.progress,
    )
    events.append(session, row.job_id, event, now=now)
    return rows.record(row)
