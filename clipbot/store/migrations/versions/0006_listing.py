"""Indexes for lists of jobs, on the pipeline's table; no column and no row is touched."""

from alembic import context, op

from clipbot.store.database import is_postgres

revision = "0006"
down_revision = "0005"

_INDEXES = {
    "clipbot_jobs_by_user": "user_id, created_at DESC{last}, id",
    "clipbot_jobs_by_time": "created_at DESC{last}, id",
}


def upgrade() -> None:
    """Create the indexes."""
    # SQLite has what is NULL last by itself, and no words for it.
    last = " NULLS LAST" if is_postgres(context.config.attributes["connection"]) else ""
    for name, columns in _INDEXES.items():
        op.execute(f"CREATE INDEX {name} ON jobs ({columns.format(last=last)})")
        context.config.attributes["report"].append(f"created index {name} on jobs")
