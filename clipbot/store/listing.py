"""Many jobs at once, each with what one line of a list shows.

Each question is one statement for all jobs of a page, never one per job, and none reads
what a line does not show: no plans of films, no stages but the one that is asked for.
"""

from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction
from uuid import UUID

from sqlalchemy import Engine, Text, and_, type_coerce
from sqlalchemy import cast as as_type
from sqlalchemy import select as columns
from sqlmodel import col, select

from clipbot.store import regeneration_rows
from clipbot.store.database import from_json, reading
from clipbot.store.records import FilmRecord, RegenerationRecord, StageRecord, StoredStage
from clipbot.store.tables import (
    CompositionRow,
    EditLogRow,
    JobStageRow,
    JobStateRow,
    RegenerationRow,
)

# As text: whoever asks mostly knows already what such a text says.
STAGE_TEXT = type_coerce(as_type(col(JobStageRow.stored), Text), Text)
"""What a stage stored, as a column whose JSON is not parsed."""

Labels = tuple[str | None, str | None]


@dataclass(frozen=True)
class Listing:
    """What lists tell of all jobs."""

    engine: Engine

    def films(self, job_ids: Collection[UUID]) -> dict[UUID, FilmRecord]:
        """Return the current film of each job; jobs without one are absent."""
        query = columns(
            col(CompositionRow.job_id),
            col(CompositionRow.number),
            col(CompositionRow.frames),
            col(CompositionRow.rate_num),
            col(CompositionRow.rate_den),
            col(CompositionRow.width),
            col(CompositionRow.height),
            col(CompositionRow.size_bytes),
        ).join(
            JobStateRow,
            and_(
                col(JobStateRow.job_id) == CompositionRow.job_id,
                col(JobStateRow.composition) == CompositionRow.number,
            ),
        )
        with reading(self.engine) as session:
            rows = session.execute(query.where(col(CompositionRow.job_id).in_(job_ids)))
            return {
                row.job_id: FilmRecord(
                    job_id=row.job_id,
                    number=row.number,
                    frames=row.frames,
                    rate=Fraction(row.rate_num, row.rate_den),
                    width=row.width,
                    height=row.height,
                    size_bytes=row.size_bytes,
                )
                for row in rows
            }

    def labels(self, job_ids: Collection[UUID]) -> dict[UUID, Labels]:
        """Return what undo and redo would do to each job; jobs without either are absent."""
        query = (
            columns(
                col(EditLogRow.job_id),
                col(EditLogRow.position),
                col(EditLogRow.label),
                col(JobStateRow.edit_position),
            )
            .join(JobStateRow, col(JobStateRow.job_id) == EditLogRow.job_id)
            .where(
                col(EditLogRow.job_id).in_(job_ids),
                col(EditLogRow.position).in_(
                    [col(JobStateRow.edit_position), JobStateRow.edit_position + 1]
                ),
            )
        )
        found: dict[UUID, Labels] = {}
        with reading(self.engine) as session:
            for job_id, position, label, reached in session.execute(query):
                undo, redo = found.get(job_id, (None, None))
                found[job_id] = (label, redo) if position == reached else (undo, label)
        return found

    def running(self, job_ids: Collection[UUID]) -> dict[UUID, list[RegenerationRecord]]:
        """Return the queued and running edits of each job, oldest first."""
        query = (
            select(RegenerationRow)
            .where(
                col(RegenerationRow.job_id).in_(job_ids),
                col(RegenerationRow.status).in_(regeneration_rows.OPEN),
            )
            .order_by(col(RegenerationRow.created_at), col(RegenerationRow.batch_position))
        )
        found: dict[UUID, list[RegenerationRecord]] = {}
        with reading(self.engine) as session:
            for row in session.exec(query):
                found.setdefault(row.job_id, []).append(regeneration_rows.record(row))
        return found

    def stage(self, job_ids: Collection[UUID], name: str) -> dict[UUID, list[StoredStage]]:
        """Return one stage of each job, oldest row first, its JSON not parsed."""
        query = (
            columns(
                col(JobStageRow.job_id),
                col(JobStageRow.status),
                col(JobStageRow.created_at),
                STAGE_TEXT,
            )
            .where(col(JobStageRow.job_id).in_(job_ids), col(JobStageRow.stage_name) == name)
            .order_by(col(JobStageRow.created_at).nulls_first(), col(JobStageRow.id))
        )
        found: dict[UUID, list[StoredStage]] = {}
        with reading(self.engine) as session:
            for job_id, status, made_at, text in session.execute(query):
                stage = StoredStage(name, status, text, made_at)
                found.setdefault(job_id, []).append(stage)
        return found


def parsed(stored: StoredStage) -> StageRecord:
    """Return a stage with its JSON read."""
    metadata = None if stored.text is None else from_json(stored.text)
    return StageRecord(stored.stage_name, stored.status, metadata, stored.created_at)
