"""The finished films of each job, numbered, and which of them is the current one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Engine, and_, func
from sqlmodel import Session, col, select

from clipbot.errors import CompositionNotFound
from clipbot.store import states
from clipbot.store.database import reading, writing
from clipbot.store.records import CompositionRecord, NewComposition
from clipbot.store.tables import CompositionRow, JobStateRow


def film_path(film_url: str, number: int) -> str:
    """Return the film's address with the composition's number in place of `{number}`."""
    return film_url.replace("{number}", str(number))


def make_current(
    session: Session, job_id: UUID, new: NewComposition, *, film_url: str, now: datetime
) -> CompositionRecord:
    """Find a film by its fingerprint or write it down, and let the job show it.

    Belongs into a transaction that holds the job's lock.
    """
    row = session.exec(
        select(CompositionRow).where(
            CompositionRow.job_id == job_id, CompositionRow.fingerprint == new.fingerprint
        )
    ).first()
    if row is None:
        row = _row(job_id, _last_number(session, job_id) + 1, new, now)
        session.add(row)
    elif row.etag != new.etag:
        # The same frames, encoded anew after the cache was lost: readers need today's bytes.
        row.etag, row.size_bytes, row.plan = new.etag, new.size_bytes, dict(new.plan)
    states.change(session, job_id, composition=row.number)
    states.change_job(session, job_id, video_url=film_path(film_url, row.number), updated_at=now)
    return _record(row)


@dataclass(frozen=True)
class Compositions:
    """The films of all jobs."""

    engine: Engine

    def get(self, job_id: UUID, number: int | None = None) -> CompositionRecord:
        """Return a film of a job; without a number, the current one.

        Raises:
            CompositionNotFound: There is no such film (yet).
        """
        with reading(self.engine) as session:
            row = session.exec(select(CompositionRow).where(_is_meant(job_id, number))).first()
            if row is None:
                raise CompositionNotFound(number)
            return _record(row)

    def find(self, job_id: UUID, number: int | None = None) -> tuple[int, str]:
        """Return number and ETag of a film of a job; without a number, of the current one.

        Raises:
            CompositionNotFound: There is no such film (yet).
        """
        query = select(CompositionRow.number, CompositionRow.etag)
        with reading(self.engine) as session:
            row = session.exec(query.where(_is_meant(job_id, number))).first()
            if row is None:
                raise CompositionNotFound(number)
            return row

    def newest(self, job_id: UUID, limit: int) -> list[CompositionRecord]:
        """Return the films of a job, newest first."""
        query = (
            select(CompositionRow)
            .where(CompositionRow.job_id == job_id)
            .order_by(col(CompositionRow.number).desc())
            .limit(limit)
        )
        with reading(self.engine) as session:
            return [_record(row) for row in session.exec(query)]

    def current_plans(self) -> list[Mapping[str, Any]]:
        """Return the plans of the current films of all jobs."""
        query = select(CompositionRow.plan).join(
            JobStateRow,
            and_(
                col(JobStateRow.job_id) == CompositionRow.job_id,
                col(JobStateRow.composition) == CompositionRow.number,
            ),
        )
        with reading(self.engine) as session:
            return list(session.exec(query))

    def add(
        self, job_id: UUID, new: NewComposition, *, film_url: str, now: datetime
    ) -> CompositionRecord:
        """Make a film the current one; an equal film keeps its number.

        Raises:
            JobNotFound: There is no such job.
        """
        with writing(self.engine) as session:
            states.lock(session, job_id)
            return make_current(session, job_id, new, film_url=film_url, now=now)


def _is_meant(job_id: UUID, number: int | None) -> ColumnElement[bool]:
    """Return the condition for a film of a job; without a number, for the current one."""
    current = select(JobStateRow.composition).where(JobStateRow.job_id == job_id)
    wanted = current.scalar_subquery() if number is None else number
    return and_(col(CompositionRow.job_id) == job_id, col(CompositionRow.number) == wanted)


def _last_number(session: Session, job_id: UUID) -> int:
    last = session.exec(
        select(func.max(CompositionRow.number)).where(CompositionRow.job_id == job_id)
    ).one()
    return last or 0


def _row(job_id: UUID, number: int, new: NewComposition, now: datetime) -> CompositionRow:
    return CompositionRow(
        job_id=job_id,
        number=number,
        fingerprint=new.fingerprint,
        frames=new.frames,
        rate_num=new.rate.numerator,
        rate_den=new.rate.denominator,
        width=new.width,
        height=new.height,
        size_bytes=new.size_bytes,
        etag=new.etag,
        plan=dict(new.plan),
        created_at=now,
    )


def _record(row: CompositionRow) -> CompositionRecord:
    return CompositionRecord(
        job_id=row.job_id,
        number=row.number,
        fingerprint=row.fingerprint,
        frames=row.frames,
        rate=Fraction(row.rate_num, row.rate_den),
        width=row.width,
        height=row.height,
        size_bytes=row.size_bytes,
        etag=row.etag,
        plan=row.plan,
        created_at=row.created_at,
    )
