"""The chat of each job."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from clipbot.errors import JobNotFound
from clipbot.store.database import reading, writing
from clipbot.store.records import MessageRecord
from clipbot.store.tables import JobRow, MessageRow


def append(
    session: Session,
    job_id: UUID,
    *,
    role: str,
    content: str,
    now: datetime,
    user_id: UUID | None = None,
    plan: Mapping[str, Any] | None = None,
    regeneration_id: UUID | None = None,
    choices: Sequence[str] = (),
    clips: Sequence[int] = (),
) -> MessageRow:
    """Append a line within the caller's transaction; `clips` are numbers, from 1."""
    row = MessageRow(
        job_id=job_id,
        user_id=user_id,
        role=role,
        content=content,
        plan=None if plan is None else dict(plan),
        regeneration_id=regeneration_id,
        choices=list(choices),
        clips=sorted(set(clips)) or None,
        created_at=now,
    )
    session.add(row)
    return row


@dataclass(frozen=True)
class Messages:
    """The chats of all jobs."""

    engine: Engine

    def add(
        self,
        job_id: UUID,
        *,
        role: str,
        content: str,
        now: datetime,
        user_id: UUID | None = None,
        plan: Mapping[str, Any] | None = None,
        regeneration_id: UUID | None = None,
        choices: Sequence[str] = (),
        clips: Sequence[int] = (),
    ) -> MessageRecord:
        """Append a line to a job's chat; `clips` are the numbers it is about, from 1.

        Raises:
            JobNotFound: There is no such job.
        """
        with writing(self.engine) as session:
            if session.exec(select(JobRow.id).where(JobRow.id == job_id)).first() is None:
                raise JobNotFound(str(job_id))
            row = append(
                session,
                job_id,
                role=role,
                content=content,
                now=now,
                user_id=user_id,
                plan=plan,
                regeneration_id=regeneration_id,
                choices=choices,
                clips=clips,
            )
            session.flush()
            return _record(row)

    def of_job(self, job_id: UUID, *, limit: int = 200) -> list[MessageRecord]:
        """Return the last `limit` lines of a job's chat, oldest first."""
        with reading(self.engine) as session:
            rows = session.exec(
                select(MessageRow)
                .where(MessageRow.job_id == job_id)
                .order_by(col(MessageRow.id).desc())
                .limit(limit)
            ).all()
            return [_record(row) for row in reversed(rows)]


def _record(row: MessageRow) -> MessageRecord:
    return MessageRecord(
        id=row.id or 0,
        job_id=row.job_id,
        role=row.role,
        content=row.content,
        created_at=row.created_at,
        plan=row.plan,
        regeneration_id=row.regeneration_id,
        choices=tuple(row.choices),
        clips=tuple(row.clips or ()),
    )
