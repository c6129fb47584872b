"""Regenerations as a reviewer looks for them, and what reviewers said of them.

What a reviewer says is appended, never changed: of each reviewer the newest counts, and the
others tell how they came to it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Engine, func
from sqlmodel import Session, col, select

from clipbot.domain.reviews import Judged, Mark
from clipbot.errors import RegenerationNotFound
from clipbot.store import regeneration_rows as rows
from clipbot.store import states
from clipbot.store.database import reading, writing
from clipbot.store.records import (
    Counts,
    MarkRecord,
    NewMark,
    RegenerationStatus,
    Reviewed,
    Wanted,
)
from clipbot.store.regenerations import NEWEST_FIRST, is_before
from clipbot.store.tables import ClipVersionRow, RegenerationRow, ReviewMarkRow

_BATCH: Final = 100


@dataclass(frozen=True)
class Reviews:
    """The reviews of all jobs."""

    engine: Engine

    def found(
        self, job_id: UUID, wanted: Wanted, *, reviewer_id: UUID | None, before: UUID | None = None
    ) -> Iterator[Reviewed]:
        """Yield the regenerations that are looked for, newest first.

        They are read in batches, each as it is then: whoever reads on slowly holds nothing.

        Args:
            job_id: The job.
            wanted: What is looked for.
            reviewer_id: Whose marks count; None: the newest of anybody's.
            before: Begin behind this one.

        Raises:
            RegenerationNotFound: The job has none to begin behind.
        """
        query = select(RegenerationRow).where(*_conditions(job_id, wanted, reviewer_id))
        query = query.order_by(*NEWEST_FIRST).limit(_BATCH)
        while True:
            with reading(self.engine) as session:
                behind = [] if before is None else [is_before(_of_job(session, job_id, before))]
                batch = [rows.record(row) for row in session.exec(query.where(*behind))]
                marks = _marks(session, [each.id for each in batch])
            for each in batch:
                seen = Reviewed(each, tuple(marks.get(each.id, ())))
                if wanted.text is None or _has(seen, wanted.text):
                    yield seen
            if len(batch) < _BATCH:
                return
            before = batch[-1].id

    def get(self, job_id: UUID, regeneration_id: UUID) -> Reviewed:
        """Return one regeneration with all that was said of it.

        Raises:
            RegenerationNotFound: The job has no such regeneration.
        """
        with reading(self.engine) as session:
            row = _of_job(session, job_id, regeneration_id)
            marks = _marks(session, [row.id])
            return Reviewed(rows.record(row), tuple(marks.get(row.id, ())))

    def mark(self, new: NewMark, *, now: datetime) -> None:
        """Write down what a reviewer says; what they said last already is not written again.

        Raises:
            RegenerationNotFound: The job has no such regeneration.
        """
        with writing(self.engine) as session:
            states.lock(session, new.job_id)
            _of_job(session, new.job_id, new.regeneration_id)
            own = col(ReviewMarkRow.reviewer_id) == new.reviewer_id
            last = session.exec(
                select(ReviewMarkRow)
                .where(ReviewMarkRow.regeneration_id == new.regeneration_id, own)
                .order_by(col(ReviewMarkRow.id).desc())
                .limit(1)
            ).first()
            said = (last.mark, last.note) if last else (Mark.NONE.value, "")
            if said != (new.mark.value, new.note):
                session.add(
                    ReviewMarkRow(
                        job_id=new.job_id,
                        regeneration_id=new.regeneration_id,
                        reviewer_id=new.reviewer_id,
                        reviewer=new.reviewer,
                        mark=new.mark.value,
                        note=new.note,
                        created_at=now,
                    )
                )

    def counts(self, job_id: UUID, *, reviewer_id: UUID | None) -> Counts:
        """Count the regenerations of a job by what they can be looked for."""
        with reading(self.engine) as session:

            def by(kind: Any) -> dict[Any, int]:
                query = select(kind, func.count()).where(col(RegenerationRow.job_id) == job_id)
                return {key: int(count) for key, count in session.exec(query.group_by(kind))}

            statuses = by(col(RegenerationRow.status))
            cost = select(func.coalesce(func.sum(RegenerationRow.cost_micros), 0))
            cost = cost.where(col(RegenerationRow.job_id) == job_id)
            return Counts(
                total=sum(statuses.values()),
                cost_micros=int(session.exec(cost).one()),
                statuses={RegenerationStatus(key): count for key, count in statuses.items()},
                verdicts={Judged(key): count for key, count in by(_verdict()).items()},
                marks={Mark(key): count for key, count in by(_mark(reviewer_id)).items()},
                renderers=by(col(RegenerationRow.renderer)),
            )


def _conditions(
    job_id: UUID, wanted: Wanted, reviewer_id: UUID | None
) -> Iterator[ColumnElement[bool]]:
    row = RegenerationRow
    yield col(row.job_id) == job_id
    if wanted.clip_index is not None:
        yield col(row.clip_index) == wanted.clip_index
    if wanted.renderer is not None:
        yield col(row.renderer) == wanted.renderer
    if wanted.status is not None:
        yield col(row.status) == wanted.status.value
    if wanted.since is not None:
        yield col(row.created_at) >= wanted.since
    if wanted.until is not None:
        yield col(row.created_at) < wanted.until
    if wanted.verdict is not None:
        yield _verdict() == wanted.verdict.value
    if wanted.mark is not None:
        yield _mark(reviewer_id) == wanted.mark.value


def _verdict() -> ColumnElement[str]:
    """Return what the gate said of a regeneration, as an expression of its row."""
    outcome = col(ClipVersionRow.verdict)["outcome"].as_string()
    version = select(outcome).where(
        ClipVersionRow.job_id == RegenerationRow.job_id,
        ClipVersionRow.clip_index == RegenerationRow.clip_index,
        ClipVersionRow.version_number == RegenerationRow.version_number,
    )
    return func.coalesce(version.scalar_subquery(), Judged.NONE.value)


def _mark(reviewer_id: UUID | None) -> ColumnElement[str]:
    """Return the mark that counts of a regeneration, as an expression of its row."""
    query = select(ReviewMarkRow.mark).where(
        ReviewMarkRow.regeneration_id == RegenerationRow.id,
        *(() if reviewer_id is None else (ReviewMarkRow.reviewer_id == reviewer_id,)),
    )
    newest = query.order_by(col(ReviewMarkRow.id).desc()).limit(1)
    return func.coalesce(newest.scalar_subquery(), Mark.NONE.value)


def _has(seen: Reviewed, text: str) -> bool:
    """Whether a text is in one's words: SQLite compares letters of either case in ASCII only."""
    edit = seen.regeneration
    newest = {mark.reviewer_id: mark.note for mark in seen.marks}
    words = (edit.instruction, edit.original_prompt, edit.prompt, *newest.values())
    return any(text.casefold() in each.casefold() for each in words if each)


def _of_job(session: Session, job_id: UUID, regeneration_id: UUID) -> RegenerationRow:
    row = rows.find(session, regeneration_id)
    if row.job_id != job_id:
        raise RegenerationNotFound(regeneration_id)
    return row


def _marks(session: Session, ids: Sequence[UUID]) -> dict[UUID, list[MarkRecord]]:
    found: dict[UUID, list[MarkRecord]] = {}
    query = select(ReviewMarkRow).where(col(ReviewMarkRow.regeneration_id).in_(ids))
    for row in session.exec(query.order_by(col(ReviewMarkRow.id))):
        found.setdefault(row.regeneration_id, []).append(_record(row))
    return found


def _record(row: ReviewMarkRow) -> MarkRecord:
    return MarkRecord(
        id=row.id or 0,
        regeneration_id=row.regeneration_id,
        reviewer_id=row.reviewer_id,
        reviewer=row.reviewer,
        mark=Mark(row.mark),
        note=row.note,
        created_at=row.created_at,
    )
