"""Our table of requests that may be sent again."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, String, Text
from sqlmodel import Field, SQLModel

from clipbot.store.tables.columns import Utc


class IdempotencyKeyRow(SQLModel, table=True):
    """One person's key: the request that it came with, and what that was answered."""

    __tablename__ = "idempotency_keys"
    __table_args__ = (
        CheckConstraint("(status IS NULL) = (body IS NULL)", name="idempotency_keys_answer_check"),
        Index("idempotency_keys_by_age", "started_at"),
    )

    user_id: UUID = Field(primary_key=True)
    key: str = Field(primary_key=True, sa_type=Text)
    fingerprint: str = Field(sa_type=String(64))
    """Of the call and its body."""
    started_at: datetime = Field(sa_type=Utc)
    status: int | None = None
    """None: it is being carried out, or its process died over it."""
    body: str | None = Field(default=None, sa_type=Text)
