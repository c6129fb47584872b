"""The prompt of an edit in the making: written once, with its price, and told in one event."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from clipbot.store import events, states
from clipbot.store import regeneration_rows as rows
from clipbot.store.events import NewEvent
from clipbot.store.records import NewPrompt, RegenerationRecord


def write(
    session: Session, regeneration_id: UUID, new: NewPrompt, *, progress: int, now: datetime
) -> RegenerationRecord:
    """Write a prompt down; on an edit that has one, or that is over, change nothing."""
    row = rows.find(session, regeneration_id)
    states.lock(session, row.job_id)
    row = rows.find(session, regeneration_id)
    if row.status not in rows.OPEN or row.prompt is not None:
        return rows.record(row)
    row.prompt, row.temperature, row.seed = new.prompt, new.temperature, new.seed
    row.language_model = new.language_model
    row.language_micros += new.language_micros
    row.progress = max(row.progress, progress)
    row.message = "The prompt is written."
    event = NewEvent(
        "prompt_modified",
        row.message,
        regeneration_id=row.id,
        clip_index=row.clip_index,
        progress=row.progress,
        fields={
            "modified_prompt": new.prompt,
            "temperature": new.temperature,
            "temperature_reasoning": new.reasoning,
            "language_model": new.language_model,
        },
    )
    events.append(session, row.job_id, event, now=now)
    return rows.record(row)


def book(session: Session, regeneration_id: UUID, micros: int) -> None:
    """Add what a model charged for an answer that no prompt came of; an open edit only."""
    row = rows.find(session, regeneration_id)
    states.lock(session, row.job_id)
    row = rows.find(session, regeneration_id)
    if row.status in rows.OPEN:
        row.language_micros += micros
