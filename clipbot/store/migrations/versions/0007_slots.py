"""What people choose for slots, and the steps of it in the edit log."""

import sqlalchemy as sa
from alembic import context, op

from clipbot.store.adoption import Adoption
from clipbot.store.migrations.initial_pipeline import JSON

revision = "0007"
down_revision = "0006"

_METADATA = sa.MetaData()
# Only so that the key below can name it.
sa.Table("jobs", _METADATA, sa.Column("id", sa.Uuid, primary_key=True))
_CHOICES = sa.Table(
    "slot_choices",
    _METADATA,
    sa.Column("job_id", sa.Uuid, sa.ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("clip_index", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("filling", sa.String(20)),
    sa.Column("transition", sa.String(20)),
    sa.Column("transition_ms", sa.Integer),
    sa.CheckConstraint(
        "filling IN ('freeze', 'ping_pong', 'loop')", name="slot_choices_filling_check"
    ),
    sa.CheckConstraint(
        "transition IN ('cut', 'crossfade', 'fade')", name="slot_choices_transition_check"
    ),
    sa.CheckConstraint(
        "(transition IS NULL) = (transition_ms IS NULL)", name="slot_choices_length_check"
    ),
)


def upgrade() -> None:
    """Create the table and the column."""
    Adoption((), (_CHOICES,), {}).carry_out()
    op.add_column("edit_log", sa.Column("slots", JSON, nullable=False, server_default="[]"))
    context.config.attributes["report"].append("added edit_log.slots")
