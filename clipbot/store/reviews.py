"""Edits as a reviewer looks for them, and what reviewers said of them.

What a reviewer says is appended, never changed: of each reviewer the newest counts, and the
others tell how they came to it. Edits of the pipeline are found, and marked, like ours.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Engine, RowMapping, Subquery, func
from sqlalchemy import select as core_select
from sqlmodel import Session, col, select

from clipbot.domain.reviews import Judged, Mark
from clipbot.errors import RegenerationNotFound
from clipbot.store import reviewable, states
from clipbot.store.database import reading, writing
from clipbot.store.records import (
    Counts,
    MarkRecord,
    NewMark,
    RegenerationStatus,
    Reviewed,
    ReviewedEdit,
    Wanted,
)
from clipbot.store.tables import ClipVersionRow, ReviewMarkRow

_BATCH: Final = 100
_NOTHING: Final = (Mark.NONE.value, "", None)


@dataclass(frozen=True)
class Reviews:
    """The reviews of all jobs."""

    engine: Engine

    def found(
        self, job_id: UUID, wanted: Wanted, *, reviewer_id: UUID | None, before: UUID | None = None
    ) -> Iterator[Reviewed]:
        """Yield the edits that are looked for, newest first.

        They are read in batches, each as it is then: whoever reads on slowly holds nothing.

        Args:
            job_id: The job.
            wanted: What is looked for.
            reviewer_id: Whose marks count; None: the newest of anybody's.
            before: Begin behind this one.

        Raises:
            RegenerationNotFound: The job has none to begin behind.
        """
        edits = reviewable.edits_of(job_id)
        query = core_select(edits).where(*_conditions(edits, job_id, wanted, reviewer_id))
        query = query.order_by(*reviewable.newest_first(edits)).limit(_BATCH)
        while True:
            with reading(self.engine) as session:
                behind = []
                if before is not None:
                    _find(session, job_id, before)
                    behind.append(reviewable.is_behind(edits, job_id, before))
                rows = session.execute(query.where(*behind)).mappings()
                batch = [reviewable.record(row) for row in rows]
                marks = _marks(session, [each.id for each in batch])
            for each in batch:
                seen = Reviewed(each, tuple(marks.get(each.id, ())))
                if wanted.text is None or _has(seen, wanted.text):
                    yield seen
            if len(batch) < _BATCH:
                return
            before = batch[-1].id

    def by_pipeline(self, job_id: UUID, clips: Collection[int]) -> list[ReviewedEdit]:
        """Return all edits that the pipeline made of some clips, newest first."""
        edits = reviewable.edits_of(job_id)
        query = core_select(edits).where(edits.c.is_by_pipeline, edits.c.clip_index.in_(clips))
        with reading(self.engine) as session:
            rows = session.execute(query.order_by(*reviewable.newest_first(edits))).mappings()
            return [reviewable.record(row) for row in rows]

    def get(self, job_id: UUID, regeneration_id: UUID) -> Reviewed:
        """Return one edit with all that was said of it.

        Raises:
            RegenerationNotFound: The job has no such regeneration.
        """
        with reading(self.engine) as session:
            edit = reviewable.record(_find(session, job_id, regeneration_id))
            marks = _marks(session, [edit.id])
            return Reviewed(edit, tuple(marks.get(edit.id, ())))

    def mark(self, new: NewMark, *, now: datetime) -> None:
        """Write down what a reviewer says; what they said last already is not written again.

        Raises:
            RegenerationNotFound: The job has no such regeneration.
        """
        with writing(self.engine) as session:
            states.lock(session, new.job_id)
            _find(session, new.job_id, new.regeneration_id)
            own = col(ReviewMarkRow.reviewer_id) == new.reviewer_id
            last = session.exec(
                select(ReviewMarkRow)
                .where(ReviewMarkRow.regeneration_id == new.regeneration_id, own)
                .order_by(col(ReviewMarkRow.id).desc())
                .limit(1)
            ).first()
            said = (last.mark, last.note, last.moment_seconds) if last else _NOTHING
            if said != (new.mark.value, new.note, new.moment_seconds):
                session.add(
                    ReviewMarkRow(
                        job_id=new.job_id,
                        regeneration_id=new.regeneration_id,
                        reviewer_id=new.reviewer_id,
                        reviewer=new.reviewer,
                        mark=new.mark.value,
                        note=new.note,
                        moment_seconds=new.moment_seconds,
                        created_at=now,
                    )
                )

    def counts(self, job_id: UUID, *, reviewer_id: UUID | None) -> Counts:
        """Count the edits of a job by what they can be looked for."""
        edits = reviewable.edits_of(job_id)
        with reading(self.engine) as session:

            def by(kind: ColumnElement[Any]) -> dict[Any, int]:
                query = core_select(kind, func.count()).select_from(edits).group_by(kind)
                found = session.execute(query)
                return {key: int(count) for key, count in found if key is not None}

            marks = by(_mark(edits, reviewer_id))
            cost = core_select(func.coalesce(func.sum(edits.c.cost_micros), 0))
            return Counts(
                total=sum(marks.values()),
                cost_micros=int(session.execute(cost).scalar_one()),
                statuses={
                    RegenerationStatus(key): count for key, count in by(edits.c.status).items()
                },
                verdicts={Judged(key): count for key, count in by(_verdict(edits, job_id)).items()},
                marks={Mark(key): count for key, count in marks.items()},
                renderers=by(edits.c.renderer),
            )


def _conditions(
    edits: Subquery, job_id: UUID, wanted: Wanted, reviewer_id: UUID | None
) -> Iterator[ColumnElement[bool]]:
    if wanted.clip_index is not None:
        yield edits.c.clip_index == wanted.clip_index
    if wanted.renderer is not None:
        yield edits.c.renderer == wanted.renderer
    if wanted.status is not None:
        yield edits.c.status == wanted.status.value
    if wanted.since is not None:
        yield edits.c.created_at >= wanted.since
    if wanted.until is not None:
        yield edits.c.created_at < wanted.until
    if wanted.verdict is not None:
        yield _verdict(edits, job_id) == wanted.verdict.value
    if wanted.mark is not None:
        yield _mark(edits, reviewer_id) == wanted.mark.value


def _verdict(edits: Subquery, job_id: UUID) -> ColumnElement[str]:
    """Return what the gate said of an edit, as an expression of its row."""
    outcome = col(ClipVersionRow.verdict)["outcome"].as_string()
    version = select(outcome).where(
        ClipVersionRow.job_id == job_id,
        ClipVersionRow.clip_index == edits.c.clip_index,
        ClipVersionRow.version_number == edits.c.version_number,
    )
    return func.coalesce(version.scalar_subquery(), Judged.NONE.value)


def _mark(edits: Subquery, reviewer_id: UUID | None) -> ColumnElement[str]:
    """Return the mark that counts of an edit, as an expression of its row."""
    query = select(ReviewMarkRow.mark).where(
        ReviewMarkRow.regeneration_id == edits.c.id,
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


def _find(session: Session, job_id: UUID, regeneration_id: UUID) -> RowMapping:
    edits = reviewable.edits_of(job_id)
    query = core_select(edits).where(edits.c.id == regeneration_id)
    row = session.execute(query).mappings().first()
    if row is None:
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
        moment_seconds=row.moment_seconds,
        created_at=row.created_at,
    )
