"""What happened to a job, in order, for everybody who watches.

Ids rise by one per job without gaps: the counter is in the job's locked state and moves
in the event's own transaction. So a reader that has seen id *n* has seen all before it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, and_, or_
from sqlmodel import Session, col, select

from clipbot.store import announcing, states
from clipbot.store.database import reading
from clipbot.store.records import EventRecord
from clipbot.store.tables import JobEventRow, JobStateRow

_JOBS_PER_QUERY = 300
"""SQLite allows expressions a thousand levels deep."""


@dataclass(frozen=True, slots=True)
class NewEvent:
    """An event to be appended."""

    name: str
    message: str
    regeneration_id: UUID | None = None
    clip_index: int | None = None
    progress: int | None = None
    fields: Mapping[str, Any] = field(default_factory=dict)


def append(session: Session, job_id: UUID, event: NewEvent, *, now: datetime) -> int:
    """Append an event within the caller's transaction, and return its id.

    Whoever is to be told of it is, in time: that is written down in the same transaction.

    Raises:
        JobNotFound: There is no such job.
    """
    number = states.lock(session, job_id).last_event + 1
    states.change(session, job_id, last_event=number)
    session.add(
        JobEventRow(
            job_id=job_id,
            id=number,
            name=event.name,
            regeneration_id=event.regeneration_id,
            clip_index=event.clip_index,
            progress=event.progress,
            message=event.message,
            fields_=dict(event.fields),
            created_at=now,
        )
    )
    announcing.announce(session, job_id, number, event.name, now=now)
    return number


@dataclass(frozen=True)
class Events:
    """The events of all jobs."""

    engine: Engine

    def after(self, job_id: UUID, after: int, *, limit: int = 500) -> list[EventRecord]:
        """Return the events of a job that follow id `after`, oldest first."""
        with reading(self.engine) as session:
            rows = session.exec(
                select(JobEventRow)
                .where(JobEventRow.job_id == job_id, col(JobEventRow.id) > after)
                .order_by(col(JobEventRow.id))
                .limit(limit)
            )
            return [event_record(row) for row in rows]

    def last_id(self, job_id: UUID) -> int:
        """Return the id of the job's newest event, or 0."""
        with reading(self.engine) as session:
            last = session.exec(
                select(JobStateRow.last_event).where(JobStateRow.job_id == job_id)
            ).first()
            return last or 0

    def latest(self, jobs: Mapping[UUID, int]) -> list[EventRecord]:
        """Return the events that follow the id given for each job, oldest first per job."""
        wanted = [
            and_(col(JobEventRow.job_id) == job_id, col(JobEventRow.id) > after)
            for job_id, after in jobs.items()
        ]
        found: list[EventRecord] = []
        with reading(self.engine) as session:
            for start in range(0, len(wanted), _JOBS_PER_QUERY):
                rows = session.exec(
                    select(JobEventRow)
                    .where(or_(*wanted[start : start + _JOBS_PER_QUERY]))
                    .order_by(col(JobEventRow.job_id), col(JobEventRow.id))
                )
                found.extend(event_record(row) for row in rows)
        return found


def event_record(row: JobEventRow) -> EventRecord:
    """Return an event as it is handed out."""
    return EventRecord(
        id=row.id,
        job_id=row.job_id,
        name=row.name,
        regeneration_id=row.regeneration_id,
        clip_index=row.clip_index,
        progress=row.progress,
        message=row.message,
        fields=row.fields_,
        created_at=row.created_at,
    )
