"""Several versions of a clip at once: what is special about each, and when one was chosen."""

import sqlalchemy as sa
from alembic import context, op

from clipbot.store.migrations.initial_pipeline import JSON, TIME

revision = "0010"
down_revision = "0009"

_ONE_OPEN = "one_open_regeneration_per_clip"
_IS_OPEN = sa.text("status IN ('queued', 'processing')")


def upgrade() -> None:
    """Add the columns, and let takes of one clip be open beside each other."""
    for column in (
        sa.Column("take_number", sa.Integer, nullable=False, server_default="0"),
        sa.Column("take", JSON),
        sa.Column("decided_at", TIME),
    ):
        op.add_column("regenerations", column)
        context.config.attributes["report"].append(f"added regenerations.{column.name}")
    op.drop_index(_ONE_OPEN, "regenerations")
    op.create_index(
        _ONE_OPEN,
        "regenerations",
        ["job_id", "clip_index", "take_number"],
        unique=True,
        sqlite_where=_IS_OPEN,
        postgresql_where=_IS_OPEN,
    )
