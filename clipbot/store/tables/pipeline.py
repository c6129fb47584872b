"""The pipeline's tables: its names, its columns, its checks (facts/upstream.md §2).

Where the pipeline made them, they are left as they are, but for the nullable columns
that `ClipVersionRow` marks as ours. Where nobody did, the migration makes them the same.
"""

from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID, uuid4

from sqlalchemy import BigInteger, CheckConstraint, Index, String, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from clipbot.store.tables.columns import Dollars, Json, Utc, Words

_NOW = {"server_default": text("CURRENT_TIMESTAMP")}


class JobRow(SQLModel, table=True):
    """One music video."""

    __tablename__ = "jobs"
    __table_args__ = (
        CheckConstraint(
            "status IN ('queued', 'processing', 'completed', 'failed', 'regenerating')",
            name="jobs_status_check",
        ),
        CheckConstraint("length(user_prompt) BETWEEN 50 AND 3000", name="jobs_user_prompt_check"),
        CheckConstraint("progress BETWEEN 0 AND 100", name="jobs_progress_check"),
        CheckConstraint("total_cost >= 0", name="jobs_total_cost_check"),
        CheckConstraint(
            "video_model IN ('kling_v21', 'kling_v25_turbo', 'hailuo_23', 'wan_25_i2v', 'veo_31')",
            name="check_video_model",
        ),
        CheckConstraint(
            "aspect_ratio IN ('16:9', '9:16', '1:1', '4:3', '3:4')", name="check_aspect_ratio"
        ),
        CheckConstraint("template IN ('standard', 'lipsync')", name="check_template"),
        Index("idx_jobs_user_status", "user_id", "status"),
        Index("idx_jobs_status_created", "status", "created_at"),
        # Revision 0005 adds two of ours for lists, which the databases spell apart.
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    user_id: UUID | None = None
    status: str = Field(sa_type=String(20))
    audio_url: str = Field(sa_type=Text)
    user_prompt: str = Field(sa_type=Text)
    current_stage: str | None = Field(default=None, sa_type=String(50))
    progress: int | None = Field(default=0, sa_column_kwargs={"server_default": "0"})
    estimated_remaining: int | None = None
    """Seconds."""
    total_cost: Decimal | None = Field(
        default=Decimal(0), sa_type=Dollars(10, 2), sa_column_kwargs={"server_default": "0.00"}
    )
    video_url: str | None = Field(default=None, sa_type=Text)
    error_message: str | None = Field(default=None, sa_type=Words)
    created_at: datetime | None = Field(default=None, sa_type=Utc, sa_column_kwargs=_NOW)
    updated_at: datetime | None = Field(default=None, sa_type=Utc, sa_column_kwargs=_NOW)
    completed_at: datetime | None = Field(default=None, sa_type=Utc)
    audio_data: dict[str, Any] | None = Field(default=None, sa_type=Json)
    stop_at_stage: str | None = Field(default=None, sa_type=String(50))
    video_model: str | None = Field(
        default="kling_v21", sa_type=String(50), sa_column_kwargs={"server_default": "kling_v21"}
    )
    aspect_ratio: str | None = Field(
        default="16:9", sa_type=String(10), sa_column_kwargs={"server_default": "16:9"}
    )
    template: str | None = Field(
        default="standard", sa_type=String(20), sa_column_kwargs={"server_default": "standard"}
    )
    character_image_path: str | None = Field(default=None, sa_type=Text)


class JobStageRow(SQLModel, table=True):
    """One named step in the first making of a job. There is no unique key: rows repeat."""

    __tablename__ = "job_stages"
    __table_args__ = (
        CheckConstraint(
            "status IN ('pending', 'processing', 'completed', 'failed')",
            name="job_stages_status_check",
        ),
        CheckConstraint("cost >= 0", name="job_stages_cost_check"),
        Index("idx_job_stages_job", "job_id"),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    job_id: UUID = Field(foreign_key="jobs.id", ondelete="CASCADE")
    stage_name: str = Field(sa_type=String(50))
    status: str = Field(sa_type=String(20))
    started_at: datetime | None = Field(default=None, sa_type=Utc)
    completed_at: datetime | None = Field(default=None, sa_type=Utc)
    duration_seconds: int | None = None
    cost: Decimal | None = Field(
        default=Decimal(0), sa_type=Dollars(10, 4), sa_column_kwargs={"server_default": "0.0000"}
    )
    # `metadata` itself is SQLAlchemy's own name on every table class.
    stored: Any = Field(
        default=None, sa_type=Json, nullable=True, sa_column_kwargs={"name": "metadata"}
    )
    """The column `metadata`: an object, a list, or a string holding one."""
    created_at: datetime | None = Field(default=None, sa_type=Utc, sa_column_kwargs=_NOW)


class JobCostRow(SQLModel, table=True):
    """One paid call of the first making of a job."""

    __tablename__ = "job_costs"
    __table_args__ = (
        CheckConstraint("cost >= 0", name="job_costs_cost_check"),
        Index("idx_job_costs_job", "job_id"),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    job_id: UUID = Field(foreign_key="jobs.id", ondelete="CASCADE")
    stage_name: str = Field(sa_type=String(50))
    api_name: str = Field(sa_type=String(50))
    cost: Decimal = Field(sa_type=Dollars(10, 4))
    timestamp: datetime | None = Field(default=None, sa_type=Utc)
    created_at: datetime | None = Field(default=None, sa_type=Utc, sa_column_kwargs=_NOW)


class ClipThumbnailRow(SQLModel, table=True):
    """The picture that the pipeline's own pages show for a clip."""

    __tablename__ = "clip_thumbnails"
    __table_args__ = (
        UniqueConstraint("job_id", "clip_index", name="clip_thumbnails_job_id_clip_index_key"),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    job_id: UUID = Field(foreign_key="jobs.id", ondelete="CASCADE")
    clip_index: int
    thumbnail_url: str = Field(sa_type=Text)
    created_at: datetime | None = Field(default=None, sa_type=Utc, sa_column_kwargs=_NOW)


class ClipRegenerationRow(SQLModel, table=True):
    """A finished regeneration, as the pipeline records it; live ones are `regenerations`.

    Rows of ours carry the id of the regeneration, which is how they are told apart.
    """

    __tablename__ = "clip_regenerations"
    __table_args__ = (
        CheckConstraint(
            "status IN ('completed', 'failed')", name="clip_regenerations_status_check"
        ),
        CheckConstraint("clip_index >= 0", name="valid_clip_index"),
        Index("idx_clip_regenerations_job", "job_id", "clip_index"),
        Index("idx_clip_regenerations_job_created", "job_id", "created_at"),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    job_id: UUID = Field(foreign_key="jobs.id", ondelete="CASCADE")
    clip_index: int
    original_prompt: str = Field(sa_type=Words)
    modified_prompt: str = Field(sa_type=Words)
    user_instruction: str = Field(sa_type=Words)
    conversation_history: list[Any] | None = Field(default=None, sa_type=Json)
    cost: Decimal = Field(sa_type=Dollars(10, 4))
    status: str = Field(sa_type=Text)
    created_at: datetime | None = Field(default=None, sa_type=Utc, sa_column_kwargs=_NOW)


class ClipVersionRow(SQLModel, table=True):
    """One version of a clip. Append-only: a new try is a new row."""

    __tablename__ = "clip_versions"
    __table_args__ = (
        CheckConstraint("version_number >= 1", name="valid_version_number"),
        CheckConstraint("clip_index >= 0", name="valid_clip_index"),
        UniqueConstraint(
            "job_id",
            "clip_index",
            "version_number",
            name="clip_versions_job_id_clip_index_version_number_key",
        ),
        # An index, not a constraint: SQLite can add only the former to a table that exists.
        Index("clipbot_one_version_per_regeneration", "regeneration_id", unique=True),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    job_id: UUID = Field(foreign_key="jobs.id", ondelete="CASCADE")
    clip_index: int
    version_number: int
    """1 is the original."""
    video_url: str = Field(sa_type=Text)
    thumbnail_url: str | None = Field(default=None, sa_type=Text)
    prompt: str = Field(sa_type=Words)
    user_instruction: str | None = Field(default=None, sa_type=Words)
    cost: Decimal = Field(
        default=Decimal(0), sa_type=Dollars(10, 4), sa_column_kwargs={"server_default": "0.0000"}
    )
    is_current: bool | None = Field(
        default=False, sa_column_kwargs={"server_default": text("false")}
    )
    """A mirror of `current_versions` for the pipeline's own readers."""
    created_at: datetime | None = Field(default=None, sa_type=Utc, sa_column_kwargs=_NOW)
    duration: Decimal | None = Field(default=None, sa_type=Dollars(10, 2))
    """Seconds."""
    # From here on the columns are ours; all nullable, so that the pipeline can go on writing.
    parent_number: int | None = None
    renderer: str | None = Field(default=None, sa_type=Text)
    seed: int | None = Field(default=None, sa_type=BigInteger)
    temperature: float | None = None
    regeneration_id: UUID | None = None
    verdict: dict[str, Any] | None = Field(default=None, sa_type=Json)
    archived_url: str | None = Field(default=None, sa_type=Text)
    """Of the smaller encode that took the place of the footage."""
    archived_at: datetime | None = Field(default=None, sa_type=Utc)
    footage_deleted_at: datetime | None = Field(default=None, sa_type=Utc)
    """When it was decided; the file itself goes a little later."""

    OURS: ClassVar[tuple[str, ...]] = (
        "parent_number",
        "renderer",
        "seed",
        "temperature",
        "regeneration_id",
        "verdict",
        "archived_url",
        "archived_at",
        "footage_deleted_at",
    )


class RegenerationAnalyticsRow(SQLModel, table=True):
    """One edit, as the pipeline's analytics count it. Rows of ours carry the regeneration's id."""

    __tablename__ = "regeneration_analytics"
    __table_args__ = (
        CheckConstraint("clip_index >= 0", name="valid_clip_index"),
        Index("idx_regeneration_analytics_user", "user_id"),
        Index("idx_regeneration_analytics_job_clip", "job_id", "clip_index"),
        Index("idx_regeneration_analytics_created", "created_at"),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    job_id: UUID = Field(foreign_key="jobs.id", ondelete="CASCADE")
    user_id: UUID
    clip_index: int
    instruction: str = Field(sa_type=Words)
    template_id: str | None = Field(default=None, sa_type=Text)
    cost: Decimal = Field(sa_type=Dollars(10, 4))
    success: bool
    created_at: datetime | None = Field(default=None, sa_type=Utc, sa_column_kwargs=_NOW)


class UserRoleRow(SQLModel, table=True):
    """Who may see everybody's jobs."""

    __tablename__ = "user_roles"
    __table_args__ = (
        CheckConstraint("role IN ('user', 'admin')", name="user_roles_role_check"),
        UniqueConstraint("user_id", name="user_roles_user_id_key"),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    user_id: UUID
    role: str = Field(sa_type=String(20))
    created_at: datetime | None = Field(default=None, sa_type=Utc, sa_column_kwargs=_NOW)
    updated_at: datetime | None = Field(default=None, sa_type=Utc, sa_column_kwargs=_NOW)


class UserTemplateRow(SQLModel, table=True):
    """A template that a person made (seeds 003, "user_templates")."""

    __tablename__ = "user_templates"
    __table_args__ = (Index("idx_user_templates_user", "user_id"),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    user_id: UUID
    name: str = Field(sa_type=Words)
    instruction: str = Field(sa_type=Words)
    category: str | None = Field(default=None, sa_type=Words)
    is_public: bool | None = Field(
        default=False, sa_column_kwargs={"server_default": text("false")}
    )
    """Whether every user of this installation may use it."""
    usage_count: int | None = Field(default=0, sa_column_kwargs={"server_default": "0"})
    created_at: datetime | None = Field(default=None, sa_type=Utc, sa_column_kwargs=_NOW)
    # From here on the columns are ours.
    words_in: list[str] | None = Field(default=None, sa_type=Json, nullable=True)
    """Phrases for the prompt."""
    words_out: list[str] | None = Field(default=None, sa_type=Json, nullable=True)
    """Phrases that leave the prompt."""
