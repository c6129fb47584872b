"""Our tables of money: quotes, funds of jobs and of days, and the ledger that explains them."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index, String, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from clipbot.store.tables.columns import Json, Serial, Utc, Words


class QuoteRow(SQLModel, table=True):
    """What an edit may cost; spent once."""

    __tablename__ = "quotes"
    __table_args__ = (Index("quotes_by_job", "job_id"),)

    id: UUID = Field(primary_key=True)
    job_id: UUID = Field(foreign_key="jobs.id", ondelete="CASCADE")
    user_id: UUID
    renderer: str = Field(sa_type=Text)
    lines: list[dict[str, Any]] = Field(sa_type=Json)
    clips: list[dict[str, Any]] = Field(
        default_factory=list, sa_type=Json, sa_column_kwargs={"server_default": "[]"}
    )
    """What was agreed for each clip, `domain.money.QuotedClip` each."""
    ceiling_micros: int = Field(sa_type=BigInteger)
    estimated_seconds: float
    warnings: list[str] = Field(sa_type=Json)
    plan: dict[str, Any] = Field(sa_type=Json)
    instruction: str = Field(sa_type=Words)
    expires_at: datetime = Field(sa_type=Utc)
    spent_at: datetime | None = Field(default=None, sa_type=Utc)


class JobFundsRow(SQLModel, table=True):
    """The money of a job: always what the ledger adds up to (`Books.problems`)."""

    __tablename__ = "job_funds"
    __table_args__ = (
        CheckConstraint("spent_micros >= 0 AND reserved_micros >= 0", name="job_funds_check"),
    )

    job_id: UUID = Field(primary_key=True, foreign_key="jobs.id", ondelete="CASCADE")
    spent_micros: int = Field(sa_type=BigInteger)
    """The job's cost when its books were opened, and all settlements since."""
    reserved_micros: int = Field(default=0, sa_type=BigInteger)


class DayFundsRow(SQLModel, table=True):
    """What a person's edits of one day cost: those that were submitted on that day, in UTC.

    Without a foreign key: what was spent was spent, also when the job is gone.
    """

    __tablename__ = "day_funds"
    __table_args__ = (CheckConstraint("committed_micros >= 0", name="day_funds_check"),)

    user_id: UUID = Field(primary_key=True)
    day: date = Field(primary_key=True)
    committed_micros: int = Field(sa_type=BigInteger)
    """What is set aside for those that are open, and what the others cost."""


class LedgerRow(SQLModel, table=True):
    """One movement of money. Append-only, and without a foreign key: it outlives its job."""

    __tablename__ = "ledger"
    __table_args__ = (
        UniqueConstraint("regeneration_id", "kind", name="ledger_regeneration_id_kind_key"),
        CheckConstraint("kind IN ('reserve', 'release', 'settle')", name="ledger_kind_check"),
        CheckConstraint("amount_micros >= 0", name="ledger_amount_check"),
        Index("ledger_by_job", "job_id", "kind"),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=Serial)
    job_id: UUID
    regeneration_id: UUID
    user_id: UUID | None = None
    """Whose day it counts for, which is the day of the regeneration's first entry."""
    kind: str = Field(sa_type=String(20))
    amount_micros: int = Field(sa_type=BigInteger)
    created_at: datetime = Field(sa_type=Utc)
