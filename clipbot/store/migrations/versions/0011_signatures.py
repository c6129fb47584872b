"""What footage shows where, for comparing, and whether a job's new versions wait for a yes."""

import sqlalchemy as sa
from alembic import context, op

from clipbot.store.adoption import Adoption

revision = "0011"
down_revision = "0010"

_METADATA = sa.MetaData()
# Only so that the key below can name it.
sa.Table("footage", _METADATA, sa.Column("key", sa.Text, primary_key=True))
_SIGNATURES = sa.Table(
    "footage_signatures",
    _METADATA,
    sa.Column("key", sa.Text, sa.ForeignKey("footage.key", ondelete="CASCADE"), primary_key=True),
    sa.Column("signature", sa.LargeBinary, nullable=False),
)


def upgrade() -> None:
    """Create the table and the column."""
    Adoption((), (_SIGNATURES,), {}).carry_out()
    op.add_column(
        "job_states",
        sa.Column("offers_first", sa.Boolean, nullable=False, server_default=sa.false()),
    )
    context.config.attributes["report"].append("added job_states.offers_first")
