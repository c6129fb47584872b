"""All edits of a job as a review tells of them, in one selection: ours, and the pipeline's.

The pipeline's are the rows of `clip_regenerations` that none of ours has written. They are
read where they are and never copied, so nothing that runs, pays or counts ever meets them.
What is in them is not trusted: states are taken if they are ones, costs if they can be.
"""

from dataclasses import fields
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Integer,
    RowMapping,
    Select,
    Subquery,
    case,
    cast,
    exists,
    false,
    func,
    literal,
    null,
    select,
    true,
    tuple_,
    union_all,
)
from sqlmodel import col

from clipbot.store.records import RegenerationStatus, ReviewedEdit
from clipbot.store.tables import ClipRegenerationRow, RegenerationRow
from clipbot.store.tables.columns import Utc

_NAMES: Final = tuple(
    field.name for field in fields(ReviewedEdit) if field.name != "is_by_pipeline"
)
_STATES: Final = ("queued", "processing", "completed", "failed")
"""What the pipeline writes, or was designed to write (schema_seed_additions.sql)."""
_MOST_DOLLARS: Final = Decimal("999999.9999")
"""In the pipeline's column; NaN, which PostgreSQL lets in, is more than that."""
_NOBODY_KNOWS: Final = datetime(1970, 1, 1, tzinfo=UTC)
"""Where edits stand whose time is not written down: behind all others."""


def edits_of(job_id: UUID) -> Subquery:
    """Return the edits of a job, with a column for each field of `ReviewedEdit`.

    `placed_at`, `position` and `id` say where an edit stands among the others.
    """
    return union_all(_ours(job_id), _of_pipeline(job_id)).subquery("edits")


def newest_first(edits: Subquery) -> tuple[ColumnElement[Any], ...]:
    """Return the order of a review."""
    return edits.c.placed_at.desc(), edits.c.position.desc(), edits.c.id.desc()


def is_behind(edits: Subquery, job_id: UUID, other_id: UUID) -> ColumnElement[bool]:
    """Return the condition of what comes behind an edit where the newest is first.

    Its place is compared as the database keeps it: SQLite writes times of its own without
    fractions, so that a moment that was read and is sent back would be another.
    """
    other = edits_of(job_id).alias("other")
    place = select(other.c.placed_at, other.c.position, other.c.id).where(other.c.id == other_id)
    return tuple_(edits.c.placed_at, edits.c.position, edits.c.id) < place.scalar_subquery()


def record(row: RowMapping) -> ReviewedEdit:
    """Return a row of `edits_of` as the store hands it out."""
    values = {name: row[name] for name in _NAMES}
    status = row["status"] and RegenerationStatus(row["status"])
    return ReviewedEdit(**values | {"status": status}, is_by_pipeline=bool(row["is_by_pipeline"]))


def _ours(job_id: UUID) -> Select[*tuple[Any, ...]]:
    row = RegenerationRow
    return select(
        *(col(getattr(row, name)).label(name) for name in _NAMES),
        false().label("is_by_pipeline"),
        col(row.created_at).label("placed_at"),
        col(row.batch_position).label("position"),
    ).where(col(row.job_id) == job_id)


def _of_pipeline(job_id: UUID) -> Select[*tuple[Any, ...]]:
    row = ClipRegenerationRow
    status, cost, made = col(row.status), col(row.cost), col(row.created_at)
    micros = cast(func.round(cost * 1_000_000), BigInteger)
    known: dict[str, Any] = {
        "id": col(row.id),
        "clip_index": col(row.clip_index),
        "status": case((status.in_(_STATES), status), else_=null()),
        "progress": case((status == "completed", 100), else_=0),
        "instruction": func.coalesce(col(row.user_instruction), ""),
        "original_prompt": col(row.original_prompt),
        "prompt": col(row.modified_prompt),
        "cost_micros": case((cost.between(0, _MOST_DOLLARS), micros), else_=null()),
        "created_at": made,
    }
    is_ours = exists().where(col(RegenerationRow.id) == col(row.id))
    return select(
        *(known.get(name, null()).label(name) for name in _NAMES),
        true().label("is_by_pipeline"),
        func.coalesce(made, literal(_NOBODY_KNOWS, Utc())).label("placed_at"),
        literal(0, Integer()).label("position"),
    ).where(col(row.job_id) == job_id, col(row.clip_index) >= 0, ~is_ours)
