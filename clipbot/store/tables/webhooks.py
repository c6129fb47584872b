"""Our tables of webhooks, and of what is on its way to them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Float, Index, String, Text, text
from sqlmodel import Field, SQLModel

from clipbot.store.tables.columns import Json, Serial, Utc, Words

_IS_PENDING = text("state = 'pending'")


class WebhookRow(SQLModel, table=True):
    """An address of a person's that is told of what happens to their jobs."""

    __tablename__ = "webhooks"
    __table_args__ = (
        CheckConstraint("failures >= 0", name="webhooks_failures_check"),
        Index("webhooks_by_user", "user_id", "created_at"),
    )

    id: UUID = Field(primary_key=True)
    user_id: UUID
    url: str = Field(sa_type=Words)
    events: list[str] | None = Field(default=None, sa_type=Json, nullable=True)
    """Names of events; None: all."""
    secret: str = Field(sa_type=Text)
    previous_secret: str | None = Field(default=None, sa_type=Text)
    previous_until: datetime | None = Field(default=None, sa_type=Utc)
    """When the previous secret ceases to sign."""
    is_active: bool = True
    off_reason: str | None = Field(default=None, sa_type=Words)
    """Why it was switched off, if clipbot did that by itself."""
    failures: int = 0
    """Deliveries that were given up since the last one that arrived."""
    is_slow: bool = False
    rests_until: datetime | None = Field(default=None, sa_type=Utc)
    """The receiver wants to be left alone until then."""
    tried_at: datetime | None = Field(default=None, sa_type=Utc)
    created_at: datetime = Field(sa_type=Utc)
    updated_at: datetime = Field(sa_type=Utc)


class DeliveryRow(SQLModel, table=True):
    """One event on its way to one webhook; written in the event's own transaction."""

    __tablename__ = "webhook_deliveries"
    __table_args__ = (
        CheckConstraint(
            "state IN ('pending', 'delivered', 'failed', 'dropped')",
            name="webhook_deliveries_state_check",
        ),
        CheckConstraint("attempts >= 0", name="webhook_deliveries_attempts_check"),
        Index("webhook_deliveries_by_event", "webhook_id", "job_id", "event_id", unique=True),
        Index(
            "webhook_deliveries_in_order",
            "webhook_id",
            "job_id",
            "event_id",
            sqlite_where=_IS_PENDING,
            postgresql_where=_IS_PENDING,
        ),
        Index("webhook_deliveries_by_webhook", "webhook_id", "number"),
        Index("webhook_deliveries_by_job", "job_id"),
        Index("webhook_deliveries_by_end", "ended_at"),
        Index(
            "webhook_deliveries_due",
            "webhook_id",
            "next_at",
            sqlite_where=_IS_PENDING,
            postgresql_where=_IS_PENDING,
        ),
    )

    number: int | None = Field(default=None, primary_key=True, sa_type=Serial)
    id: UUID = Field(unique=True)
    """What the receiver knows it by; the same at every attempt."""
    webhook_id: UUID = Field(foreign_key="webhooks.id", ondelete="CASCADE")
    job_id: UUID | None = Field(default=None, foreign_key="jobs.id", ondelete="CASCADE")
    event_id: int | None = Field(default=None, sa_type=BigInteger)
    """Together with the job: the event. Both None: a test."""
    event: str = Field(sa_type=Text)
    state: str = Field(default="pending", sa_type=String(20))
    attempts: int = 0
    next_at: datetime = Field(sa_type=Utc)
    """When it may be attempted; while somebody does, when that counts as broken off."""
    lease: UUID | None = None
    """Of the attempt that is being made."""
    last_status: int | None = None
    last_problem: str | None = Field(default=None, sa_type=Words)
    last_answer: str | None = Field(default=None, sa_type=Words)
    last_seconds: float | None = Field(default=None, sa_type=Float)
    log: list[dict[str, Any]] = Field(default_factory=list, sa_type=Json)
    """Its attempts, oldest first; the last few of them."""
    created_at: datetime = Field(sa_type=Utc)
    ended_at: datetime | None = Field(default=None, sa_type=Utc)
