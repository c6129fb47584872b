"""Our tables of edits in the making: regenerations, their intents, what happened to them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index, String, Text, text
from sqlmodel import Field, SQLModel

from clipbot.store.tables.columns import Json, Serial, Utc, Words

_IS_OPEN = text("status IN ('queued', 'processing')")


class RegenerationRow(SQLModel, table=True):
    """One clip's edit, live. `clip_regenerations` gets its row when this one ends."""

    __tablename__ = "regenerations"
    __table_args__ = (
        CheckConstraint(
            "status IN ('queued', 'processing', 'completed', 'failed', 'cancelled', "
            "'needs_attention')",
            name="regenerations_status_check",
        ),
        CheckConstraint("progress BETWEEN 0 AND 100", name="regenerations_progress_check"),
        CheckConstraint("clip_index >= 0", name="regenerations_clip_index_check"),
        CheckConstraint(
            "estimate_micros >= 0 AND ceiling_micros >= 0 AND cost_micros >= 0",
            name="regenerations_money_check",
        ),
        Index(
            "one_open_regeneration_per_clip",
            "job_id",
            "clip_index",
            "take_number",
            unique=True,
            sqlite_where=_IS_OPEN,
            postgresql_where=_IS_OPEN,
        ),
        Index("regenerations_by_job", "job_id", "created_at"),
        Index("regenerations_by_batch", "batch_id"),
        Index("regenerations_by_status", "status", "created_at"),
    )

    id: UUID = Field(primary_key=True)
    job_id: UUID = Field(foreign_key="jobs.id", ondelete="CASCADE")
    user_id: UUID
    clip_index: int
    batch_id: UUID | None = None
    batch_position: int = 0
    """Place within what was submitted together, from 0."""
    quote_id: UUID | None = None
    edit: dict[str, Any] = Field(sa_type=Json)
    """One entry of a plan, in its public JSON shape."""
    instruction: str = Field(sa_type=Words)
    renderer: str = Field(sa_type=Text)
    status: str = Field(sa_type=String(20))
    estimate_micros: int = Field(sa_type=BigInteger)
    ceiling_micros: int = Field(sa_type=BigInteger)
    estimated_seconds: float
    seed: int = Field(sa_type=BigInteger)
    temperature: float
    progress: int = 0
    message: str = Field(default="", sa_type=Words)
    is_cancel_requested: bool = False
    template_id: str | None = Field(default=None, sa_type=Text)
    language_model: str | None = Field(default=None, sa_type=Text)
    """Name of the model that wrote the prompt; None: no model did."""
    language_micros: int = Field(
        default=0, sa_type=BigInteger, sa_column_kwargs={"server_default": "0"}
    )
    """What that model has cost; a part of `cost_micros` in the end."""
    discount_percent: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    """Taken off the renderer's price, for edits submitted together."""
    attempts: list[dict[str, Any]] = Field(
        default_factory=list, sa_type=Json, sa_column_kwargs={"server_default": "[]"}
    )
    """Agreed ways to get footage, `domain.money.Attempt` each."""
    take_number: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    """Of several versions at once, from 1; 0: the film's next one."""
    take: dict[str, Any] | None = Field(default=None, sa_type=Json, nullable=True)
    """All that is special about a take, a `domain.takes.Take`."""
    decided_at: datetime | None = Field(default=None, sa_type=Utc)
    """When a person dropped its version, or chose among the takes of its batch."""
    conversation: list[Any] = Field(default_factory=list, sa_type=Json)
    original_prompt: str | None = Field(default=None, sa_type=Words)
    prompt: str | None = Field(default=None, sa_type=Words)
    base_number: int | None = None
    version_number: int | None = None
    cost_micros: int = Field(default=0, sa_type=BigInteger)
    error: str | None = Field(default=None, sa_type=Words)
    error_code: str | None = Field(default=None, sa_type=Text)
    is_retryable: bool = False
    timings: dict[str, float] = Field(default_factory=dict, sa_type=Json)
    created_at: datetime = Field(sa_type=Utc)
    started_at: datetime | None = Field(default=None, sa_type=Utc)
    finished_at: datetime | None = Field(default=None, sa_type=Utc)


class RenderIntentRow(SQLModel, table=True):
    """One attempt at a renderer, written down before anything is sent."""

    __tablename__ = "render_intents"
    __table_args__ = (
        CheckConstraint(
            "outcome IN ('succeeded', 'failed', 'refused', 'cancelled')",
            name="render_intents_outcome_check",
        ),
        Index("render_intents_marker", "marker", unique=True),
        Index("render_intents_by_renderer", "renderer", "created_at"),
    )

    regeneration_id: UUID = Field(
        primary_key=True, foreign_key="regenerations.id", ondelete="CASCADE"
    )
    attempt: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    renderer: str = Field(sa_type=Text)
    marker: str = Field(sa_type=Text)
    created_at: datetime = Field(sa_type=Utc)
    """When it was written down; once it is sent, when it was sent."""
    is_sent: bool = False
    prediction_id: str | None = Field(default=None, sa_type=Text)
    footage_seconds: float | None = None
    """Length of the footage that was asked for."""
    outcome: str | None = Field(default=None, sa_type=Text)
    """How it ended; None: it is not over, as far as we know."""
    cost_micros: int | None = Field(default=None, sa_type=BigInteger)
    """What was really charged; None: not known yet."""
    ended_at: datetime | None = Field(default=None, sa_type=Utc)


class JobEventRow(SQLModel, table=True):
    """One event of a job; ids rise by one per job, without gaps."""

    __tablename__ = "job_events"

    job_id: UUID = Field(primary_key=True, foreign_key="jobs.id", ondelete="CASCADE")
    id: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    name: str = Field(sa_type=Text)
    regeneration_id: UUID | None = None
    clip_index: int | None = None
    progress: int | None = None
    message: str = Field(default="", sa_type=Words)
    fields_: dict[str, Any] = Field(
        default_factory=dict, sa_type=Json, sa_column_kwargs={"name": "fields"}
    )
    created_at: datetime = Field(sa_type=Utc)


class MessageRow(SQLModel, table=True):
    """One line of a job's chat."""

    __tablename__ = "messages"
    __table_args__ = (
        CheckConstraint("role IN ('user', 'assistant', 'system')", name="messages_role_check"),
        Index("messages_by_job", "job_id", "id"),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=Serial)
    job_id: UUID = Field(foreign_key="jobs.id", ondelete="CASCADE")
    user_id: UUID | None = None
    role: str = Field(sa_type=String(20))
    content: str = Field(sa_type=Words)
    plan: dict[str, Any] | None = Field(default=None, sa_type=Json)
    regeneration_id: UUID | None = None
    choices: list[str] = Field(default_factory=list, sa_type=Json)
    clips: list[int] | None = Field(default=None, sa_type=Json, nullable=True)
    """Numbers of the clips it is about, from 1; None: not known, or about none of them."""
    created_at: datetime = Field(sa_type=Utc)


class ModelHealthRow(SQLModel, table=True):
    """How often a renderer has failed in a row; one that works has no row."""

    __tablename__ = "model_health"
    __table_args__ = (CheckConstraint("failures >= 0", name="model_health_failures_check"),)

    renderer: str = Field(primary_key=True, sa_type=Text)
    failures: int
    reason: str = Field(sa_type=Words)
    """Why it failed last, in a few words."""
    rests_until: datetime | None = Field(default=None, sa_type=Utc)
    updated_at: datetime = Field(sa_type=Utc)


class WorkerRow(SQLModel, table=True):
    """A process that runs workflows, and when it was last alive."""

    __tablename__ = "workers"

    executor_id: str = Field(primary_key=True, sa_type=Text)
    beat: datetime = Field(sa_type=Utc)
    """By the database's clock."""
