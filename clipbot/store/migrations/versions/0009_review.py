"""What reviewers say of regenerations, and the links by which a review is shared."""

import sqlalchemy as sa

from clipbot.store.adoption import Adoption
from clipbot.store.migrations.initial_ours import SERIAL
from clipbot.store.migrations.initial_pipeline import TIME

revision = "0009"
down_revision = "0008"

_METADATA = sa.MetaData()
# Only so that the keys below can name them.
sa.Table("jobs", _METADATA, sa.Column("id", sa.Uuid, primary_key=True))
sa.Table("regenerations", _METADATA, sa.Column("id", sa.Uuid, primary_key=True))
_MARKS = sa.Table(
    "review_marks",
    _METADATA,
    sa.Column("id", SERIAL, primary_key=True),
    sa.Column("job_id", sa.Uuid, sa.ForeignKey("jobs.id", ondelete="CASCADE"), nullable=False),
    sa.Column(
        "regeneration_id",
        sa.Uuid,
        sa.ForeignKey("regenerations.id", ondelete="CASCADE"),
        nullable=False,
    ),
    sa.Column("reviewer_id", sa.Uuid, nullable=False),
    sa.Column("reviewer", sa.Text, nullable=False),
    sa.Column("mark", sa.String(20), nullable=False),
    sa.Column("note", sa.Text, nullable=False),
    sa.Column("created_at", TIME, nullable=False),
    sa.CheckConstraint("mark IN ('accept', 'reject', 'none')", name="review_marks_mark_check"),
    sa.Index("review_marks_by_regeneration", "regeneration_id", "reviewer_id", "id"),
    sa.Index("review_marks_by_job", "job_id", "id"),
)
_SHARES = sa.Table(
    "review_shares",
    _METADATA,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("job_id", sa.Uuid, sa.ForeignKey("jobs.id", ondelete="CASCADE"), nullable=False),
    sa.Column("user_id", sa.Uuid, nullable=False),
    sa.Column("label", sa.Text, nullable=False),
    sa.Column("digest", sa.String(64), nullable=False),
    sa.Column("created_at", TIME, nullable=False),
    sa.Column("expires_at", TIME, nullable=False),
    sa.Column("revoked_at", TIME),
    sa.Index("review_shares_by_job", "job_id", "created_at"),
)


def upgrade() -> None:
    """Create the tables."""
    Adoption((), (_MARKS, _SHARES), {}).carry_out()
