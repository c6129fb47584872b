"""The pipeline's tables as the first revision makes them where nobody did.

A snapshot: later changes of the tables are later revisions, never edits of this file.
"""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

METADATA = sa.MetaData()
TIME = sa.DateTime(timezone=True)
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def _dollars(precision: int, scale: int) -> sa.types.TypeEngine[Any]:
    return sa.Numeric(precision, scale).with_variant(sa.Float(), "sqlite")


sa.Table(
    "jobs",
    METADATA,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("user_id", sa.Uuid),
    sa.Column("status", sa.String(20), nullable=False),
    sa.Column("audio_url", sa.Text, nullable=False),
    sa.Column("user_prompt", sa.Text, nullable=False),
    sa.Column("current_stage", sa.String(50)),
    sa.Column("progress", sa.Integer, server_default="0"),
    sa.Column("estimated_remaining", sa.Integer),
    sa.Column("total_cost", _dollars(10, 2), server_default="0.00"),
    sa.Column("video_url", sa.Text),
    sa.Column("error_message", sa.Text),
    sa.Column("created_at", TIME, server_default=sa.text("CURRENT_TIMESTAMP")),
    sa.Column("updated_at", TIME, server_default=sa.text("CURRENT_TIMESTAMP")),
    sa.Column("completed_at", TIME),
    sa.Column("audio_data", JSON),
    sa.Column("stop_at_stage", sa.String(50)),
    sa.Column("video_model", sa.String(50), server_default="kling_v21"),
    sa.Column("aspect_ratio", sa.String(10), server_default="16:9"),
    sa.Column("template", sa.String(20), server_default="standard"),
    sa.Column("character_image_path", sa.Text),
    sa.CheckConstraint(
        "aspect_ratio IN ('16:9', '9:16', '1:1', '4:3', '3:4')", name="check_aspect_ratio"
    ),
    sa.CheckConstraint("template IN ('standard', 'lipsync')", name="check_template"),
    sa.CheckConstraint(
        "video_model IN ('kling_v21', 'kling_v25_turbo', 'hailuo_23', 'wan_25_i2v', 'veo_31')",
        name="check_video_model",
    ),
    sa.CheckConstraint("progress BETWEEN 0 AND 100", name="jobs_progress_check"),
    sa.CheckConstraint(
        "status IN ('queued', 'processing', 'completed', 'failed', 'regenerating')",
        name="jobs_status_check",
    ),
    sa.CheckConstraint("total_cost >= 0", name="jobs_total_cost_check"),
    sa.CheckConstraint("length(user_prompt) BETWEEN 50 AND 3000", name="jobs_user_prompt_check"),
    sa.Index("idx_jobs_status_created", "status", "created_at"),
    sa.Index("idx_jobs_user_status", "user_id", "status"),
)
sa.Table(
    "user_roles",
    METADATA,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("user_id", sa.Uuid, nullable=False),
    sa.Column("role", sa.String(20), nullable=False),
    sa.Column("created_at", TIME, server_default=sa.text("CURRENT_TIMESTAMP")),
    sa.Column("updated_at", TIME, server_default=sa.text("CURRENT_TIMESTAMP")),
    sa.CheckConstraint("role IN ('user', 'admin')", name="user_roles_role_check"),
    sa.UniqueConstraint("user_id", name="user_roles_user_id_key"),
)
sa.Table(
    "clip_regenerations",
    METADATA,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("job_id", sa.Uuid, sa.ForeignKey("jobs.id", ondelete="CASCADE"), nullable=False),
    sa.Column("clip_index", sa.Integer, nullable=False),
    sa.Column("original_prompt", sa.Text, nullable=False),
    sa.Column("modified_prompt", sa.Text, nullable=False),
    sa.Column("user_instruction", sa.Text, nullable=False),
    sa.Column("conversation_history", JSON),
    sa.Column("cost", _dollars(10, 4), nullable=False),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("created_at", TIME, server_default=sa.text("CURRENT_TIMESTAMP")),
    sa.CheckConstraint("status IN ('completed', 'failed')", name="clip_regenerations_status_check"),
    sa.CheckConstraint("clip_index >= 0", name="valid_clip_index"),
    sa.Index("idx_clip_regenerations_job", "job_id", "clip_index"),
    sa.Index("idx_clip_regenerations_job_created", "job_id", "created_at"),
)
sa.Table(
    "clip_thumbnails",
    METADATA,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("job_id", sa.Uuid, sa.ForeignKey("jobs.id", ondelete="CASCADE"), nullable=False),
    sa.Column("clip_index", sa.Integer, nullable=False),
    sa.Column("thumbnail_url", sa.Text, nullable=False),
    sa.Column("created_at", TIME, server_default=sa.text("CURRENT_TIMESTAMP")),
    sa.UniqueConstraint("job_id", "clip_index", name="clip_thumbnails_job_id_clip_index_key"),
)
sa.Table(
    "clip_versions",
    METADATA,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("job_id", sa.Uuid, sa.ForeignKey("jobs.id", ondelete="CASCADE"), nullable=False),
    sa.Column("clip_index", sa.Integer, nullable=False),
    sa.Column("version_number", sa.Integer, nullable=False),
    sa.Column("video_url", sa.Text, nullable=False),
    sa.Column("thumbnail_url", sa.Text),
    sa.Column("prompt", sa.Text, nullable=False),
    sa.Column("user_instruction", sa.Text),
    sa.Column("cost", _dollars(10, 4), nullable=False, server_default="0.0000"),
    sa.Column("is_current", sa.Boolean, server_default=sa.text("false")),
    sa.Column("created_at", TIME, server_default=sa.text("CURRENT_TIMESTAMP")),
    sa.Column("duration", _dollars(10, 2)),
    sa.Column("parent_number", sa.Integer),
    sa.Column("renderer", sa.Text),
    sa.Column("seed", sa.BigInteger),
    sa.Column("temperature", sa.Float),
    sa.Column("regeneration_id", sa.Uuid),
    sa.Column("verdict", JSON),
    sa.UniqueConstraint(
        "job_id",
        "clip_index",
        "version_number",
        name="clip_versions_job_id_clip_index_version_number_key",
    ),
    sa.CheckConstraint("clip_index >= 0", name="valid_clip_index"),
    sa.CheckConstraint("version_number >= 1", name="valid_version_number"),
    sa.Index("clipbot_one_version_per_regeneration", "regeneration_id", unique=True),
)
sa.Table(
    "job_costs",
    METADATA,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("job_id", sa.Uuid, sa.ForeignKey("jobs.id", ondelete="CASCADE"), nullable=False),
    sa.Column("stage_name", sa.String(50), nullable=False),
    sa.Column("api_name", sa.String(50), nullable=False),
    sa.Column("cost", _dollars(10, 4), nullable=False),
    sa.Column("timestamp", TIME),
    sa.Column("created_at", TIME, server_default=sa.text("CURRENT_TIMESTAMP")),
    sa.CheckConstraint("cost >= 0", name="job_costs_cost_check"),
    sa.Index("idx_job_costs_job", "job_id"),
)
sa.Table(
    "job_stages",
    METADATA,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("job_id", sa.Uuid, sa.ForeignKey("jobs.id", ondelete="CASCADE"), nullable=False),
    sa.Column("stage_name", sa.String(50), nullable=False),
    sa.Column("status", sa.String(20), nullable=False),
    sa.Column("started_at", TIME),
    sa.Column("completed_at", TIME),
    sa.Column("duration_seconds", sa.Integer),
    sa.Column("cost", _dollars(10, 4), server_default="0.0000"),
    sa.Column("metadata", JSON),
    sa.Column("created_at", TIME, server_default=sa.text("CURRENT_TIMESTAMP")),
    sa.CheckConstraint("cost >= 0", name="job_stages_cost_check"),
    sa.CheckConstraint(
        "status IN ('pending', 'processing', 'completed', 'failed')", name="job_stages_status_check"
    ),
    sa.Index("idx_job_stages_job", "job_id"),
)
sa.Table(
    "regeneration_analytics",
    METADATA,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("job_id", sa.Uuid, sa.ForeignKey("jobs.id", ondelete="CASCADE"), nullable=False),
    sa.Column("user_id", sa.Uuid, nullable=False),
    sa.Column("clip_index", sa.Integer, nullable=False),
    sa.Column("instruction", sa.Text, nullable=False),
    sa.Column("template_id", sa.Text),
    sa.Column("cost", _dollars(10, 4), nullable=False),
    sa.Column("success", sa.Boolean, nullable=False),
    sa.Column("created_at", TIME, server_default=sa.text("CURRENT_TIMESTAMP")),
    sa.CheckConstraint("clip_index >= 0", name="valid_clip_index"),
    sa.Index("idx_regeneration_analytics_created", "created_at"),
    sa.Index("idx_regeneration_analytics_job_clip", "job_id", "clip_index"),
    sa.Index("idx_regeneration_analytics_user", "user_id"),
)

ADDED = {
    "clip_versions": (
        "parent_number",
        "renderer",
        "seed",
        "temperature",
        "regeneration_id",
        "verdict",
    )
}
"""Our columns on them."""

PIPELINE = tuple(METADATA.sorted_tables)
