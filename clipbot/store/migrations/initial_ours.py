"""Our own tables as the first revision makes them.

A snapshot: later changes of the tables are later revisions, never edits of this file.
"""

import sqlalchemy as sa

from clipbot.store.migrations.initial_pipeline import JSON, METADATA, PIPELINE, TIME

SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_IS_OPEN = sa.text("status IN ('queued', 'processing')")

sa.Table(
    "footage",
    METADATA,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("digest", sa.Text, nullable=False),
    sa.Column("size_bytes", sa.BigInteger, nullable=False),
    sa.Column("frames", sa.Integer, nullable=False),
    sa.Column("rate_num", sa.Integer, nullable=False),
    sa.Column("rate_den", sa.Integer, nullable=False),
    sa.Column("width", sa.Integer, nullable=False),
    sa.Column("height", sa.Integer, nullable=False),
    sa.Column("measures", JSON),
)
sa.Table(
    "ledger",
    METADATA,
    sa.Column("id", SERIAL, primary_key=True),
    sa.Column("job_id", sa.Uuid, nullable=False),
    sa.Column("regeneration_id", sa.Uuid, nullable=False),
    sa.Column("kind", sa.String(20), nullable=False),
    sa.Column("amount_micros", sa.BigInteger, nullable=False),
    sa.Column("created_at", TIME, nullable=False),
    sa.CheckConstraint("amount_micros >= 0", name="ledger_amount_check"),
    sa.CheckConstraint("kind IN ('reserve', 'release', 'settle')", name="ledger_kind_check"),
    sa.UniqueConstraint("regeneration_id", "kind", name="ledger_regeneration_id_kind_key"),
    sa.Index("ledger_by_job", "job_id", "kind"),
)
sa.Table(
    "workers",
    METADATA,
    sa.Column("executor_id", sa.Text, primary_key=True),
    sa.Column("beat", TIME, nullable=False),
)
sa.Table(
    "compositions",
    METADATA,
    sa.Column("job_id", sa.Uuid, sa.ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("fingerprint", sa.Text, nullable=False),
    sa.Column("frames", sa.Integer, nullable=False),
    sa.Column("rate_num", sa.Integer, nullable=False),
    sa.Column("rate_den", sa.Integer, nullable=False),
    sa.Column("width", sa.Integer, nullable=False),
    sa.Column("height", sa.Integer, nullable=False),
    sa.Column("size_bytes", sa.BigInteger, nullable=False),
    sa.Column("etag", sa.Text, nullable=False),
    sa.Column("plan", JSON, nullable=False),
    sa.Column("created_at", TIME, nullable=False),
    sa.UniqueConstraint("job_id", "fingerprint", name="compositions_job_id_fingerprint_key"),
    sa.CheckConstraint("number >= 1", name="compositions_number_check"),
)
sa.Table(
    "edit_log",
    METADATA,
    sa.Column("job_id", sa.Uuid, sa.ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("kind", sa.String(20), nullable=False),
    sa.Column("label", sa.Text, nullable=False),
    sa.Column("changes", JSON, nullable=False),
    sa.Column("created_at", TIME, nullable=False),
    sa.CheckConstraint("kind IN ('edit', 'restore')", name="edit_log_kind_check"),
    sa.CheckConstraint("position >= 1", name="edit_log_position_check"),
)
sa.Table(
    "job_events",
    METADATA,
    sa.Column("job_id", sa.Uuid, sa.ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("regeneration_id", sa.Uuid),
    sa.Column("clip_index", sa.Integer),
    sa.Column("progress", sa.Integer),
    sa.Column("message", sa.Text, nullable=False),
    sa.Column("fields", JSON, nullable=False),
    sa.Column("created_at", TIME, nullable=False),
)
sa.Table(
    "job_funds",
    METADATA,
    sa.Column("job_id", sa.Uuid, sa.ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("spent_micros", sa.BigInteger, nullable=False),
    sa.Column("reserved_micros", sa.BigInteger, nullable=False),
    sa.CheckConstraint("spent_micros >= 0 AND reserved_micros >= 0", name="job_funds_check"),
)
sa.Table(
    "job_states",
    METADATA,
    sa.Column("job_id", sa.Uuid, sa.ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("last_event", sa.BigInteger, nullable=False),
    sa.Column("edit_position", sa.Integer, nullable=False),
    sa.Column("composition", sa.Integer),
    sa.Column("width", sa.Integer),
    sa.Column("height", sa.Integer),
    sa.Column("rate_num", sa.Integer),
    sa.Column("rate_den", sa.Integer),
    sa.Column("earlier_cost_micros", sa.BigInteger),
    sa.CheckConstraint("edit_position >= 0", name="job_states_edit_position_check"),
    sa.CheckConstraint("rate_num > 0 AND rate_den > 0", name="job_states_rate_check"),
)
sa.Table(
    "messages",
    METADATA,
    sa.Column("id", SERIAL, primary_key=True),
    sa.Column("job_id", sa.Uuid, sa.ForeignKey("jobs.id", ondelete="CASCADE"), nullable=False),
    sa.Column("user_id", sa.Uuid),
    sa.Column("role", sa.String(20), nullable=False),
    sa.Column("content", sa.Text, nullable=False),
    sa.Column("plan", JSON),
    sa.Column("regeneration_id", sa.Uuid),
    sa.Column("choices", JSON, nullable=False),
    sa.Column("created_at", TIME, nullable=False),
    sa.CheckConstraint("role IN ('user', 'assistant', 'system')", name="messages_role_check"),
    sa.Index("messages_by_job", "job_id", "id"),
)
sa.Table(
    "quotes",
    METADATA,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("job_id", sa.Uuid, sa.ForeignKey("jobs.id", ondelete="CASCADE"), nullable=False),
    sa.Column("user_id", sa.Uuid, nullable=False),
    sa.Column("renderer", sa.Text, nullable=False),
    sa.Column("lines", JSON, nullable=False),
    sa.Column("ceiling_micros", sa.BigInteger, nullable=False),
    sa.Column("estimated_seconds", sa.Float, nullable=False),
    sa.Column("warnings", JSON, nullable=False),
    sa.Column("plan", JSON, nullable=False),
    sa.Column("instruction", sa.Text, nullable=False),
    sa.Column("expires_at", TIME, nullable=False),
    sa.Column("spent_at", TIME),
    sa.Index("quotes_by_job", "job_id"),
)
sa.Table(
    "regenerations",
    METADATA,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("job_id", sa.Uuid, sa.ForeignKey("jobs.id", ondelete="CASCADE"), nullable=False),
    sa.Column("user_id", sa.Uuid, nullable=False),
    sa.Column("clip_index", sa.Integer, nullable=False),
    sa.Column("batch_id", sa.Uuid),
    sa.Column("batch_position", sa.Integer, nullable=False),
    sa.Column("quote_id", sa.Uuid),
    sa.Column("edit", JSON, nullable=False),
    sa.Column("instruction", sa.Text, nullable=False),
    sa.Column("renderer", sa.Text, nullable=False),
    sa.Column("status", sa.String(20), nullable=False),
    sa.Column("estimate_micros", sa.BigInteger, nullable=False),
    sa.Column("ceiling_micros", sa.BigInteger, nullable=False),
    sa.Column("estimated_seconds", sa.Float, nullable=False),
    sa.Column("seed", sa.BigInteger, nullable=False),
    sa.Column("temperature", sa.Float, nullable=False),
    sa.Column("progress", sa.Integer, nullable=False),
    sa.Column("message", sa.Text, nullable=False),
    sa.Column("is_cancel_requested", sa.Boolean, nullable=False),
    sa.Column("template_id", sa.Text),
    sa.Column("conversation", JSON, nullable=False),
    sa.Column("original_prompt", sa.Text),
    sa.Column("prompt", sa.Text),
    sa.Column("base_number", sa.Integer),
    sa.Column("version_number", sa.Integer),
    sa.Column("cost_micros", sa.BigInteger, nullable=False),
    sa.Column("error", sa.Text),
    sa.Column("error_code", sa.Text),
    sa.Column("is_retryable", sa.Boolean, nullable=False),
    sa.Column("timings", JSON, nullable=False),
    sa.Column("created_at", TIME, nullable=False),
    sa.Column("started_at", TIME),
    sa.Column("finished_at", TIME),
    sa.CheckConstraint("clip_index >= 0", name="regenerations_clip_index_check"),
    sa.CheckConstraint(
        "estimate_micros >= 0 AND ceiling_micros >= 0 AND cost_micros >= 0",
        name="regenerations_money_check",
    ),
    sa.CheckConstraint("progress BETWEEN 0 AND 100", name="regenerations_progress_check"),
    sa.CheckConstraint(
        "status IN ('queued', 'processing', 'completed', 'failed', 'cancelled', 'needs_attention')",
        name="regenerations_status_check",
    ),
    sa.Index(
        "one_open_regeneration_per_clip",
        "job_id",
        "clip_index",
        unique=True,
        sqlite_where=_IS_OPEN,
        postgresql_where=_IS_OPEN,
    ),
    sa.Index("regenerations_by_batch", "batch_id"),
    sa.Index("regenerations_by_job", "job_id", "created_at"),
    sa.Index("regenerations_by_status", "status", "created_at"),
)
sa.Table(
    "current_versions",
    METADATA,
    sa.Column("job_id", sa.Uuid, sa.ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("clip_index", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column(
        "version_id", sa.Uuid, sa.ForeignKey("clip_versions.id", ondelete="CASCADE"), nullable=False
    ),
)
sa.Table(
    "render_intents",
    METADATA,
    sa.Column(
        "regeneration_id",
        sa.Uuid,
        sa.ForeignKey("regenerations.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    sa.Column("attempt", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("renderer", sa.Text, nullable=False),
    sa.Column("marker", sa.Text, nullable=False),
    sa.Column("created_at", TIME, nullable=False),
    sa.Column("is_sent", sa.Boolean, nullable=False),
    sa.Column("prediction_id", sa.Text),
    sa.Index("render_intents_marker", "marker", unique=True),
)

OURS = tuple(table for table in METADATA.sorted_tables if table not in PIPELINE)
