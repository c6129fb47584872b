"""What requests with an `Idempotency-Key` were answered, for a day."""

import sqlalchemy as sa

from clipbot.store.adoption import Adoption
from clipbot.store.migrations.initial_pipeline import TIME

revision = "0005"
down_revision = "0004"

_KEYS = sa.Table(
    "idempotency_keys",
    sa.MetaData(),
    sa.Column("user_id", sa.Uuid, primary_key=True),
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("fingerprint", sa.String(64), nullable=False),
    sa.Column("started_at", TIME, nullable=False),
    sa.Column("status", sa.Integer),
    sa.Column("body", sa.Text),
    sa.CheckConstraint("(status IS NULL) = (body IS NULL)", name="idempotency_keys_answer_check"),
    sa.Index("idempotency_keys_by_age", "started_at"),
)


def upgrade() -> None:
    """Create the table."""
    Adoption((), (_KEYS,), {}).carry_out()
