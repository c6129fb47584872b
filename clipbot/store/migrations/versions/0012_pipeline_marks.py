"""Marks of edits that the pipeline made: what is marked is no longer in one table alone."""

import sqlalchemy as sa
from alembic import context, op

from clipbot.store.migrations.initial_ours import SERIAL
from clipbot.store.migrations.initial_pipeline import TIME

revision = "0012"
down_revision = "0011"

_TABLE = "review_marks"
_FRESH = "review_marks_fresh"
_INDEXES = {
    "review_marks_by_regeneration": ["regeneration_id", "reviewer_id", "id"],
    "review_marks_by_job": ["job_id", "id"],
}


def upgrade() -> None:
    """Take away the key that lets regenerations of ours alone be marked; no row changes.

    A mark still goes with its job, and regenerations go with nothing else.
    """
    if op.get_context().dialect.name == "sqlite":
        _rebuild()
    else:
        op.drop_constraint(f"{_TABLE}_regeneration_id_fkey", _TABLE, type_="foreignkey")
    context.config.attributes["report"].append(f"freed {_TABLE}.regeneration_id")


def _rebuild() -> None:
    """Make the table anew: SQLite cannot take a key away from one that is there."""
    metadata = sa.MetaData()
    # Only so that the key below can name it.
    sa.Table("jobs", metadata, sa.Column("id", sa.Uuid, primary_key=True))
    fresh = sa.Table(
        _FRESH,
        metadata,
        sa.Column("id", SERIAL, primary_key=True),
        sa.Column("job_id", sa.Uuid, sa.ForeignKey("jobs.id", ondelete="CASCADE"), nullable=False),
        sa.Column("regeneration_id", sa.Uuid, nullable=False),
        sa.Column("reviewer_id", sa.Uuid, nullable=False),
        sa.Column("reviewer", sa.Text, nullable=False),
        sa.Column("mark", sa.String(20), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.CheckConstraint("mark IN ('accept', 'reject', 'none')", name="review_marks_mark_check"),
    )
    names = ", ".join(column.name for column in fresh.columns)
    op.execute(sa.schema.CreateTable(fresh))
    op.execute(f"INSERT INTO {_FRESH} ({names}) SELECT {names} FROM {_TABLE}")  # noqa: S608 - all of it is ours
    op.drop_table(_TABLE)
    op.rename_table(_FRESH, _TABLE)
    for name, columns in _INDEXES.items():
        op.create_index(name, _TABLE, columns)
