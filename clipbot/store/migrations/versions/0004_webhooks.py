"""Webhooks of people's own, and what is on its way to them."""

import sqlalchemy as sa

from clipbot.store.adoption import Adoption
from clipbot.store.migrations.initial_pipeline import JSON, TIME

revision = "0004"
down_revision = "0003"

_METADATA = sa.MetaData()
_IS_PENDING = sa.text("state = 'pending'")
# Only so that the key below can name it.
sa.Table("jobs", _METADATA, sa.Column("id", sa.Uuid, primary_key=True))
_WEBHOOKS = sa.Table(
    "webhooks",
    _METADATA,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("user_id", sa.Uuid, nullable=False),
    sa.Column("url", sa.Text, nullable=False),
    sa.Column("events", JSON),
    sa.Column("secret", sa.Text, nullable=False),
    sa.Column("previous_secret", sa.Text),
    sa.Column("previous_until", TIME),
    sa.Column("is_active", sa.Boolean, nullable=False),
    sa.Column("off_reason", sa.Text),
    sa.Column("failures", sa.Integer, nullable=False),
    sa.Column("is_slow", sa.Boolean, nullable=False),
    sa.Column("rests_until", TIME),
    sa.Column("tried_at", TIME),
    sa.Column("created_at", TIME, nullable=False),
    sa.Column("updated_at", TIME, nullable=False),
    sa.CheckConstraint("failures >= 0", name="webhooks_failures_check"),
    sa.Index("webhooks_by_user", "user_id", "created_at"),
)
_DELIVERIES = sa.Table(
    "webhook_deliveries",
    _METADATA,
    sa.Column("number", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True),
    sa.Column("id", sa.Uuid, nullable=False, unique=True),
    sa.Column(
        "webhook_id", sa.Uuid, sa.ForeignKey("webhooks.id", ondelete="CASCADE"), nullable=False
    ),
    sa.Column("job_id", sa.Uuid, sa.ForeignKey("jobs.id", ondelete="CASCADE")),
    sa.Column("event_id", sa.BigInteger),
    sa.Column("event", sa.Text, nullable=False),
    sa.Column("state", sa.String(20), nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("next_at", TIME, nullable=False),
    sa.Column("lease", sa.Uuid),
    sa.Column("last_status", sa.Integer),
    sa.Column("last_problem", sa.Text),
    sa.Column("last_answer", sa.Text),
    sa.Column("last_seconds", sa.Float),
    sa.Column("log", JSON, nullable=False),
    sa.Column("created_at", TIME, nullable=False),
    sa.Column("ended_at", TIME),
    sa.CheckConstraint(
        "state IN ('pending', 'delivered', 'failed', 'dropped')",
        name="webhook_deliveries_state_check",
    ),
    sa.CheckConstraint("attempts >= 0", name="webhook_deliveries_attempts_check"),
    sa.Index("webhook_deliveries_by_event", "webhook_id", "job_id", "event_id", unique=True),
    sa.Index(
        "webhook_deliveries_in_order",
        "webhook_id",
        "job_id",
        "event_id",
        sqlite_where=_IS_PENDING,
        postgresql_where=_IS_PENDING,
    ),
    sa.Index("webhook_deliveries_by_webhook", "webhook_id", "number"),
    sa.Index("webhook_deliveries_by_job", "job_id"),
    sa.Index("webhook_deliveries_by_end", "ended_at"),
    sa.Index(
        "webhook_deliveries_due",
        "webhook_id",
        "next_at",
        sqlite_where=_IS_PENDING,
        postgresql_where=_IS_PENDING,
    ),
)


def upgrade() -> None:
    """Create the tables."""
    Adoption((), (_WEBHOOKS, _DELIVERIES), {}).carry_out()
