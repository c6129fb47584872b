"""What became of the footage of versions, files that nobody needs, and daily work."""

import sqlalchemy as sa
from alembic import context, op

from clipbot.store.adoption import Adoption
from clipbot.store.migrations.initial_pipeline import TIME

revision = "0008"
down_revision = "0007"

_METADATA = sa.MetaData()
# The pipeline's requirements name the first two, so they may be there.
_ADDED = (
    sa.Column("archived_url", sa.Text),
    sa.Column("archived_at", TIME),
    sa.Column("footage_deleted_at", TIME),
)
_LEFTOVERS = sa.Table(
    "leftovers",
    _METADATA,
    sa.Column("url", sa.Text, primary_key=True),
    sa.Column("since", TIME, nullable=False),
)
_CHORES = sa.Table(
    "chores",
    _METADATA,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("holder", sa.Text, nullable=False),
    sa.Column("began_at", TIME, nullable=False),
    sa.Column("seen_at", TIME, nullable=False),
    sa.Column("ended_at", TIME),
)


def upgrade() -> None:
    """Add the columns, create the tables."""
    Adoption((), (_LEFTOVERS, _CHORES), {}).carry_out()
    inspector = sa.inspect(context.config.attributes["connection"])
    is_there = inspector.has_table("clip_versions")
    there = {each["name"] for each in inspector.get_columns("clip_versions")} if is_there else ()
    for column in _ADDED:
        if column.name not in there:
            op.add_column("clip_versions", column)
            context.config.attributes["report"].append(f"added clip_versions.{column.name}")
