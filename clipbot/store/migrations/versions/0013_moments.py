"""The moment of a clip that a reviewer's note is about."""

import sqlalchemy as sa
from alembic import context, op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Add the column."""
    op.add_column("review_marks", sa.Column("moment_seconds", sa.Float))
    context.config.attributes["report"].append("added review_marks.moment_seconds")
