"""Templates of people's own, which clips a line of the chat is about, and what a model costs."""

from typing import Any

import sqlalchemy as sa
from alembic import context, op

from clipbot.store.adoption import Adoption
from clipbot.store.migrations.initial_pipeline import JSON, TIME

revision = "0002"
down_revision = "0001"

_TEMPLATES = sa.Table(
    "user_templates",
    sa.MetaData(),
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("user_id", sa.Uuid, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("instruction", sa.Text, nullable=False),
    sa.Column("category", sa.Text),
    sa.Column("is_public", sa.Boolean, server_default=sa.text("false")),
    sa.Column("usage_count", sa.Integer, server_default="0"),
    sa.Column("created_at", TIME, server_default=sa.text("CURRENT_TIMESTAMP")),
    sa.Column("words_in", JSON),
    sa.Column("words_out", JSON),
    sa.Index("idx_user_templates_user", "user_id"),
)


def upgrade() -> None:
    """Create the table, unless the pipeline did, and add our columns to our tables."""
    Adoption((_TEMPLATES,), (), {"user_templates": ("words_in", "words_out")}).carry_out()
    _add("messages", sa.Column("clips", JSON))
    _add("regenerations", sa.Column("language_model", sa.Text))
    _add("regenerations", _count("language_micros", sa.BigInteger()))
    _add("regenerations", _count("discount_percent", sa.Integer()))


def _add(table: str, column: sa.Column[Any]) -> None:
    op.add_column(table, column)
    context.config.attributes["report"].append(f"added {table}.{column.name}")


def _count(name: str, kind: sa.types.TypeEngine[int]) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False, server_default="0")
