"""Our tables of reviews: what reviewers say of regenerations, and links to a review."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, String
from sqlmodel import Field, SQLModel

from clipbot.store.tables.columns import Serial, Utc, Words


class ReviewMarkRow(SQLModel, table=True):
    """What one reviewer once said of one regeneration; the newest of theirs counts."""

    __tablename__ = "review_marks"
    __table_args__ = (
        CheckConstraint("mark IN ('accept', 'reject', 'none')", name="review_marks_mark_check"),
        Index("review_marks_by_regeneration", "regeneration_id", "reviewer_id", "id"),
        Index("review_marks_by_job", "job_id", "id"),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=Serial)
    job_id: UUID = Field(foreign_key="jobs.id", ondelete="CASCADE")
    regeneration_id: UUID
    """Of `regenerations`, or of a row that the pipeline alone wrote to `clip_regenerations`."""
    reviewer_id: UUID
    reviewer: str = Field(default="", sa_type=Words)
    """Their e-mail address then; empty: they have none here."""
    mark: str = Field(sa_type=String(20))
    note: str = Field(default="", sa_type=Words)
    moment_seconds: float | None = None
    """Where in the clip it is about, from its start; None: all of it."""
    created_at: datetime = Field(sa_type=Utc)


class ReviewShareRow(SQLModel, table=True):
    """A link by which a review can be looked at without signing in."""

    __tablename__ = "review_shares"
    __table_args__ = (Index("review_shares_by_job", "job_id", "created_at"),)

    id: UUID = Field(primary_key=True)
    job_id: UUID = Field(foreign_key="jobs.id", ondelete="CASCADE")
    user_id: UUID
    """Who made it."""
    label: str = Field(default="", sa_type=Words)
    digest: str = Field(sa_type=String(64))
    """SHA-256 of the token, which is kept nowhere."""
    created_at: datetime = Field(sa_type=Utc)
    expires_at: datetime = Field(sa_type=Utc)
    revoked_at: datetime | None = Field(default=None, sa_type=Utc)
