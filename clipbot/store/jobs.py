"""The jobs, and what the pipeline stored of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Engine, and_, delete, exists, func, update
from sqlalchemy import select as columns
from sqlmodel import col, select
from sqlmodel.sql.expression import Select

from clipbot.domain.money import Funds
from clipbot.errors import JobNotFound
from clipbot.store import books, events, loading, messages, states
from clipbot.store.database import reading, writing
from clipbot.store.events import NewEvent
from clipbot.store.listing import STAGE_TEXT, parsed
from clipbot.store.records import JobRecord, JobStatus, StageRecord, StoredStage
from clipbot.store.regeneration_rows import OPEN
from clipbot.store.retention import leftovers_of
from clipbot.store.tables import (
    ClipThumbnailRow,
    ClipVersionRow,
    JobFundsRow,
    JobRow,
    JobStageRow,
    JobStateRow,
    RegenerationRow,
)

RELEASED = "An edit of this film had stopped without an end; the film can be edited again."
_HEX_DIGITS = 32
_PERCENT = 100
_STATES = frozenset(JobStatus)
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
# `list` is the name of a method here.
_Ids = list[UUID]
_Keys = list[str]
_Records = list[JobRecord]
_Stages = list[StageRecord]
_Stored = list[StoredStage]
_Joined = Select[JobRow, JobStateRow | None, JobFundsRow | None]


@dataclass(frozen=True)
class Jobs:
    """All jobs."""

    engine: Engine

    def list(
        self,
        *,
        user_id: UUID | None,
        status: JobStatus | None = None,
        limit: int = 50,
        offset: int = 0,
    ) -> _Records:
        """Return a user's jobs, newest first; without a user, everybody's.

        Args:
            user_id: Whose.
            status: Only jobs in this state.
            limit: The most to return.
            offset: How many of the newest to pass over.
        """
        query = _joined().order_by(col(JobRow.created_at).desc().nulls_last(), col(JobRow.id))
        if user_id is not None:
            query = query.where(JobRow.user_id == user_id)
        if status is not None:
            query = query.where(JobRow.status == status)
        with reading(self.engine) as session:
            rows = session.exec(query.limit(limit).offset(offset))
            return [_record(*row) for row in rows]

    def get(self, job_id: UUID) -> JobRecord:
        """Return a job.

        Raises:
            JobNotFound: There is no such job.
        """
        with reading(self.engine) as session:
            row = session.exec(_joined().where(JobRow.id == job_id)).first()
            if row is None:
                raise JobNotFound(str(job_id))
            return _record(*row)

    def find(self, prefix: str) -> _Ids:
        """Return the jobs whose id begins like this, at most two: enough to see a doubt.

        Args:
            prefix: Hexadecimal digits, with or without dashes.
        """
        digits = prefix.strip().replace("-", "").lower()
        if len(digits) > _HEX_DIGITS or not set(digits) <= set("0123456789abcdef"):
            return []
        first, last = UUID(digits.ljust(_HEX_DIGITS, "0")), UUID(digits.ljust(_HEX_DIGITS, "f"))
        within = col(JobRow.id).between(first, last)
        with reading(self.engine) as session:
            found = session.exec(select(JobRow.id).where(within).order_by(col(JobRow.id)).limit(2))
            return [*found]

    def stages(self, job_id: UUID) -> _Stages:
        """Return all stage rows of a job, oldest first; a stage may have several."""
        return [parsed(stage) for stage in self.stored_stages(job_id)]

    def stored_stages(self, job_id: UUID) -> _Stored:
        """Return the same, its JSON not parsed."""
        query = (
            columns(
                col(JobStageRow.stage_name),
                col(JobStageRow.status),
                STAGE_TEXT,
                col(JobStageRow.created_at),
            )
            .where(col(JobStageRow.job_id) == job_id)
            .order_by(col(JobStageRow.created_at).nulls_first(), col(JobStageRow.id))
        )
        with reading(self.engine) as session:
            return [StoredStage(*row) for row in session.execute(query)]

    def thumbnails(self, job_id: UUID) -> dict[int, str]:
        """Return the address of each clip's picture; clips without one are absent."""
        query = select(ClipThumbnailRow.clip_index, ClipThumbnailRow.thumbnail_url)
        with reading(self.engine) as session:
            return dict(session.exec(query.where(ClipThumbnailRow.job_id == job_id)).all())

    def format(self, job_id: UUID) -> tuple[int, int, Fraction] | None:
        """Return the width, height and rate that the job's film is made in, once decided."""
        query = select(JobStateRow).where(JobStateRow.job_id == job_id)
        with reading(self.engine) as session:
            state = session.exec(query).first()
        if state is None or state.width is None or state.height is None:
            return None
        return state.width, state.height, Fraction(state.rate_num or 0, state.rate_den or 1)

    def set_format(self, job_id: UUID, width: int, height: int, rate: Fraction) -> None:
        """Decide the format of a job's film; only the first call counts.

        Raises:
            JobNotFound: There is no such job.
        """
        with writing(self.engine) as session:
            if states.lock(session, job_id).width is None:
                states.change(
                    session,
                    job_id,
                    width=width,
                    height=height,
                    rate_num=rate.numerator,
                    rate_den=rate.denominator,
                )

    def set_offers_first(self, job_id: UUID, *, offers_first: bool) -> None:
        """Decide whether every new version of a job waits for a yes.

        Raises:
            JobNotFound: There is no such job.
        """
        with writing(self.engine) as session:
            states.lock(session, job_id)
            states.change(session, job_id, offers_first=offers_first)

    def insert(self, rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
        """Insert rows of the pipeline's tables, all or none; existing ids are left alone.

        Args:
            rows: Rows by table name, as JSON has them. Tables that only the pipeline makes
                are skipped where it did not.

        Raises:
            ValueError: A table is not the pipeline's, or a row has a column it does not have.
        """
        with writing(self.engine) as session:
            loading.load(session, rows)

    def delete(self, job_id: UUID) -> _Keys:
        """Delete a job and all that hangs on it, unless an edit of it is open.

        Returns:
            The addresses of its versions' files and of what was left over of others, as stored;
            empty where nothing was deleted.
        """
        is_open = exists().where(
            col(RegenerationRow.job_id) == job_id, col(RegenerationRow.status).in_(OPEN)
        )
        of_job = ClipVersionRow.job_id == job_id
        versions = select(ClipVersionRow.video_url).where(of_job)
        archives = select(col(ClipVersionRow.archived_url)).where(of_job)
        with writing(self.engine) as session:
            files = [*session.exec(versions), *filter(None, session.exec(archives))]
            gone = session.execute(
                delete(JobRow).where(col(JobRow.id) == job_id, ~is_open).returning(col(JobRow.id))
            )
            return [*files, *leftovers_of(session, job_id)] if gone.first() else []

    def funds(self, job_id: UUID, budget_micros: int) -> Funds:
        """Return the money of a job.

        Until its first edit that is what the pipeline spent; from then on our own books.

        Raises:
            JobNotFound: There is no such job.
        """
        job = self.get(job_id)
        return Funds(budget_micros, job.spent_micros, job.reserved_micros)

    def release_stuck(self, *, untouched_for: timedelta, now: datetime) -> _Ids:
        """Put jobs back to `completed` that are `regenerating` with no edit in sight.

        The job's row must have been left alone for a while: until then an edit of the
        pipeline itself may be running. Whoever follows the job is told.

        Returns:
            The jobs that were released.
        """
        has_edit = exists().where(
            col(RegenerationRow.job_id) == col(JobRow.id), col(RegenerationRow.status).in_(OPEN)
        )
        touched_at = func.coalesce(col(JobRow.updated_at), col(JobRow.created_at), _LONG_AGO)
        is_stuck = and_(
            col(JobRow.status) == "regenerating", touched_at < now - untouched_for, ~has_edit
        )
        with reading(self.engine) as session:
            found = session.exec(select(JobRow.id).where(is_stuck)).all()
        return [job_id for job_id in found if self._released(job_id, is_stuck, now)]

    def _released(self, job_id: UUID, is_stuck: ColumnElement[bool], now: datetime) -> bool:
        with writing(self.engine) as session:
            # The job's lock comes first, as everywhere; then it is looked at again.
            states.lock(session, job_id)
            changed = session.execute(
                update(JobRow)
                .where(col(JobRow.id) == job_id, is_stuck)
                .values(status="completed", updated_at=now)
                .returning(col(JobRow.id))
            ).first()
            if changed is None:
                return False
            events.append(session, job_id, NewEvent("job_released", RELEASED), now=now)
            messages.append(session, job_id, role="system", content=RELEASED, now=now)
            return True


def _joined() -> _Joined:
    query: _Joined = (
        select(JobRow, JobStateRow, JobFundsRow)
        .outerjoin(JobStateRow, col(JobStateRow.job_id) == JobRow.id)
        .outerjoin(JobFundsRow, col(JobFundsRow.job_id) == JobRow.id)
    )
    return query


def _record(job: JobRow, state: JobStateRow | None, funds: JobFundsRow | None) -> JobRecord:
    total = books.spent_before(job.total_cost)
    is_known = job.status in _STATES
    return JobRecord(
        id=job.id,
        user_id=job.user_id,
        status=JobStatus(job.status) if is_known else JobStatus.PROCESSING,
        audio_url=job.audio_url,
        user_prompt=job.user_prompt,
        progress=min(max(job.progress or 0, 0), _PERCENT),
        total_cost_micros=total,
        video_url=job.video_url,
        error_message=job.error_message,
        created_at=job.created_at,
        updated_at=job.updated_at,
        video_model=job.video_model or "kling_v21",
        aspect_ratio=job.aspect_ratio or "16:9",
        strange_status=None if is_known else job.status,
        spent_micros=funds.spent_micros if funds else total,
        reserved_micros=funds.reserved_micros if funds else 0,
        composition=state.composition if state else None,
        last_event_id=state.last_event if state else 0,
        edit_position=state.edit_position if state else 0,
        offers_first=state.offers_first if state else False,
    )
