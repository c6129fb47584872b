"""What was agreed for each clip, how attempts ended, each person's day, and resting models."""

from typing import Any

import sqlalchemy as sa
from alembic import context, op

from clipbot.store.adoption import Adoption
from clipbot.store.database import is_postgres
from clipbot.store.migrations.initial_pipeline import JSON, TIME

revision = "0003"
down_revision = "0002"

_METADATA = sa.MetaData()
_DAY_FUNDS = sa.Table(
    "day_funds",
    _METADATA,
    sa.Column("user_id", sa.Uuid, primary_key=True),
    sa.Column("day", sa.Date, primary_key=True),
    sa.Column("committed_micros", sa.BigInteger, nullable=False),
    sa.CheckConstraint("committed_micros >= 0", name="day_funds_check"),
)
_MODEL_HEALTH = sa.Table(
    "model_health",
    _METADATA,
    sa.Column("renderer", sa.Text, primary_key=True),
    sa.Column("failures", sa.Integer, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("rests_until", TIME),
    sa.Column("updated_at", TIME, nullable=False),
    sa.CheckConstraint("failures >= 0", name="model_health_failures_check"),
)
# SQLite adds a check to a table that exists only together with its column.
_OUTCOME = (
    "ALTER TABLE render_intents ADD COLUMN outcome TEXT "
    "CONSTRAINT render_intents_outcome_check "
    "CHECK (outcome IN ('succeeded', 'failed', 'refused', 'cancelled'))"
)
_OWNERS = """\
UPDATE ledger SET user_id = (
    SELECT regenerations.user_id FROM regenerations
    WHERE regenerations.id = ledger.regeneration_id
)"""
# What is open now moves its day's row when it ends, so that row must be there.
_DAYS = """\
INSERT INTO day_funds (user_id, day, committed_micros)
SELECT user_id, {day}, sum(
    CASE WHEN status IN ('queued', 'processing', 'needs_attention')
    THEN ceiling_micros ELSE cost_micros END
) AS committed FROM regenerations
WHERE ceiling_micros > 0 OR cost_micros > 0
GROUP BY user_id, {day}"""


def upgrade() -> None:
    """Create the tables and columns, and reckon what each day has cost so far."""
    Adoption((), (_DAY_FUNDS, _MODEL_HEALTH), {}).carry_out()
    _add("quotes", _list("clips"))
    _add("regenerations", _list("attempts"))
    _add("render_intents", sa.Column("footage_seconds", sa.Float))
    op.execute(sa.text(_OUTCOME))
    _report("render_intents.outcome")
    _add("render_intents", sa.Column("cost_micros", sa.BigInteger))
    _add("render_intents", sa.Column("ended_at", TIME))
    op.create_index("render_intents_by_renderer", "render_intents", ["renderer", "created_at"])
    _add("ledger", sa.Column("user_id", sa.Uuid))
    op.execute(sa.text(_OWNERS))
    is_zoned = is_postgres(context.config.attributes["connection"])
    day = "CAST(created_at AT TIME ZONE 'UTC' AS date)" if is_zoned else "date(created_at)"
    op.execute(sa.text(_DAYS.format(day=day)))


def _add(table: str, column: sa.Column[Any]) -> None:
    op.add_column(table, column)
    _report(f"{table}.{column.name}")


def _report(column: str) -> None:
    context.config.attributes["report"].append(f"added {column}")


def _list(name: str) -> sa.Column[Any]:
    return sa.Column(name, JSON, nullable=False, server_default="[]")
