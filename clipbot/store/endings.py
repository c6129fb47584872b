"""How regenerations end: with a new version, or without one.

Whatever became true becomes true in one transaction, and ending twice is ending once.
"""

from datetime import datetime
from typing import Any

from sqlmodel import Session

from clipbot.domain import money
from clipbot.store import books, events, messages, regeneration_rows, states
from clipbot.store.events import NewEvent
from clipbot.store.records import Outcome, RegenerationRecord, RegenerationStatus
from clipbot.store.tables import ClipRegenerationRow, RegenerationAnalyticsRow, RegenerationRow

FULL = 100
"""Percent."""


def end(session: Session, outcome: Outcome, *, now: datetime) -> RegenerationRecord:
    """End a regeneration without a new version; the film stays as it is.

    One that needs attention keeps its money set aside: it may yet be charged. A person
    ends it for good later, by a second call.
    """
    row = regeneration_rows.find(session, outcome.regeneration_id)
    states.lock(session, row.job_id)
    row = regeneration_rows.find(session, outcome.regeneration_id)
    status = outcome.status.value
    if row.status in regeneration_rows.CLOSED or row.status == status:
        return regeneration_rows.record(row)
    was_cancelled = outcome.status is RegenerationStatus.CANCELLED
    row.status, row.message = status, outcome.error
    row.error, row.error_code = outcome.error, outcome.error_code
    row.is_retryable = outcome.is_retryable
    row.timings = {**row.timings, **outcome.timings}
    row.finished_at = now
    if outcome.status is not RegenerationStatus.NEEDS_ATTENTION:
        row.cost_micros = outcome.cost_micros
        books.settle(session, row, outcome.cost_micros, now=now)
        if not was_cancelled:
            keep_for_pipeline(session, row, prompt=row.prompt, success=False, now=now)
    _tell(session, row, now)
    free_job(session, row, now, error_message=None if was_cancelled else outcome.error)
    return regeneration_rows.record(row)


def keep_for_pipeline(
    session: Session, row: RegenerationRow, *, prompt: str | None, success: bool, now: datetime
) -> None:
    """Write the rows that the pipeline's own pages and analytics read."""
    shared: dict[str, Any] = {
        "id": row.id,
        "job_id": row.job_id,
        "clip_index": row.clip_index,
        "cost": money.dollars(row.cost_micros),
        "created_at": now,
    }
    original = row.original_prompt or ""
    session.add(
        ClipRegenerationRow(
            **shared,
            original_prompt=original,
            modified_prompt=prompt or original,
            user_instruction=row.instruction,
            conversation_history=row.conversation or None,
            status="completed" if success else "failed",
        )
    )
    session.add(
        RegenerationAnalyticsRow(
            **shared,
            user_id=row.user_id,
            instruction=row.instruction,
            template_id=row.template_id,
            success=success,
        )
    )


def free_job(session: Session, row: RegenerationRow, now: datetime, **values: Any) -> None:
    """Set columns of the job, and its status back once none of its edits is open.

    The status is `completed` also after a failure: the film plays as before.
    """
    session.flush()
    if not regeneration_rows.has_open(session, row.job_id):
        values["status"] = "completed"
    states.change_job(session, row.job_id, updated_at=now, **values)


def _tell(session: Session, row: RegenerationRow, now: datetime) -> None:
    was_cancelled = row.status == RegenerationStatus.CANCELLED
    fields: dict[str, Any] = {"cost": money.decimal_string(row.cost_micros)}
    if not was_cancelled:
        fields |= {
            "error": row.error,
            "code": row.error_code,
            "retryable": row.is_retryable,
            "status": row.status,
        }
    event = NewEvent(
        "regeneration_cancelled" if was_cancelled else "regeneration_failed",
        row.message,
        regeneration_id=row.id,
        clip_index=row.clip_index,
        progress=row.progress,
        fields=fields,
    )
    events.append(session, row.job_id, event, now=now)
    messages.append(
        session,
        row.job_id,
        role="system",
        content=row.message,
        now=now,
        user_id=row.user_id,
        regeneration_id=row.id,
        clips=(row.clip_index + 1,),
    )
