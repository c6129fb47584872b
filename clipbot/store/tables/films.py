"""Our tables of what a film is made of: footage, current versions, compositions, the edit log."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    false,
)
from sqlmodel import Field, SQLModel

from clipbot.store.tables.columns import Json, Utc, Words


class JobStateRow(SQLModel, table=True):
    """What we know of a job beside its row in `jobs`.

    Every transaction that changes a job locks this row first: it is the job's one queue.
    """

    __tablename__ = "job_states"
    __table_args__ = (
        CheckConstraint("edit_position >= 0", name="job_states_edit_position_check"),
        CheckConstraint("rate_num > 0 AND rate_den > 0", name="job_states_rate_check"),
    )

    job_id: UUID = Field(primary_key=True, foreign_key="jobs.id", ondelete="CASCADE")
    last_event: int = Field(default=0, sa_type=BigInteger)
    edit_position: int = 0
    composition: int | None = None
    """Number of the current composition."""
    width: int | None = None
    height: int | None = None
    rate_num: int | None = None
    rate_den: int | None = None
    earlier_cost_micros: int | None = Field(default=None, sa_type=BigInteger)
    """`jobs.total_cost` when its books were opened; None before."""
    offers_first: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    """Whether every new version waits for a yes, whatever the gate finds."""


class CurrentVersionRow(SQLModel, table=True):
    """Which version the film uses: at most one per clip, held by the primary key."""

    __tablename__ = "current_versions"

    job_id: UUID = Field(primary_key=True, foreign_key="jobs.id", ondelete="CASCADE")
    clip_index: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    version_id: UUID = Field(foreign_key="clip_versions.id", ondelete="CASCADE")


class CompositionRow(SQLModel, table=True):
    """One finished film."""

    __tablename__ = "compositions"
    __table_args__ = (
        UniqueConstraint("job_id", "fingerprint", name="compositions_job_id_fingerprint_key"),
        CheckConstraint("number >= 1", name="compositions_number_check"),
    )

    job_id: UUID = Field(primary_key=True, foreign_key="jobs.id", ondelete="CASCADE")
    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    fingerprint: str = Field(sa_type=Text)
    frames: int
    rate_num: int
    rate_den: int
    width: int
    height: int
    size_bytes: int = Field(sa_type=BigInteger)
    etag: str = Field(sa_type=Text)
    plan: dict[str, Any] = Field(sa_type=Json)
    created_at: datetime = Field(sa_type=Utc)


class EditLogRow(SQLModel, table=True):
    """One entry of a job's edit log."""

    __tablename__ = "edit_log"
    __table_args__ = (
        CheckConstraint("position >= 1", name="edit_log_position_check"),
        CheckConstraint("kind IN ('edit', 'restore')", name="edit_log_kind_check"),
    )

    job_id: UUID = Field(primary_key=True, foreign_key="jobs.id", ondelete="CASCADE")
    position: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    kind: str = Field(sa_type=String(20))
    label: str = Field(sa_type=Words)
    changes: list[dict[str, int]] = Field(sa_type=Json)
    slots: list[dict[str, Any]] = Field(
        default_factory=list, sa_type=Json, sa_column_kwargs={"server_default": "[]"}
    )
    """What was chosen for slots before and after."""
    created_at: datetime = Field(sa_type=Utc)


class SlotChoiceRow(SQLModel, table=True):
    """What a person chose for a slot; one without a choice has no row."""

    __tablename__ = "slot_choices"
    __table_args__ = (
        CheckConstraint(
            "filling IN ('freeze', 'ping_pong', 'loop')", name="slot_choices_filling_check"
        ),
        CheckConstraint(
            "transition IN ('cut', 'crossfade', 'fade')", name="slot_choices_transition_check"
        ),
        CheckConstraint(
            "(transition IS NULL) = (transition_ms IS NULL)", name="slot_choices_length_check"
        ),
    )

    job_id: UUID = Field(primary_key=True, foreign_key="jobs.id", ondelete="CASCADE")
    clip_index: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    filling: str | None = Field(default=None, sa_type=String(20))
    transition: str | None = Field(default=None, sa_type=String(20))
    """To the next slot; None: as it was planned."""
    transition_ms: int | None = None
    """How long it lasts, in milliseconds; 0 for a cut."""


class FootageRow(SQLModel, table=True):
    """What is known of a stored media file."""

    __tablename__ = "footage"

    key: str = Field(primary_key=True, sa_type=Text)
    digest: str = Field(sa_type=Text)
    size_bytes: int = Field(sa_type=BigInteger)
    frames: int
    rate_num: int
    rate_den: int
    width: int
    height: int
    measures: dict[str, float] | None = Field(default=None, sa_type=Json)


class FootageSignatureRow(SQLModel, table=True):
    """What footage shows where, for comparing; apart from its row, which lists read."""

    __tablename__ = "footage_signatures"

    key: str = Field(primary_key=True, sa_type=Text, foreign_key="footage.key", ondelete="CASCADE")
    signature: bytes = Field(sa_type=LargeBinary)
