"""Rows from outside into the tables: the sample project, and jobs for tests.

The rows are as the pipeline's tables hold them, written as JSON: ISO times, decimals as
text or numbers, metadata as stored.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, Final
from uuid import UUID, uuid4

from sqlalchemy import Column, DateTime, MetaData, Numeric, Table, Uuid, inspect
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel

from clipbot.store.database import is_postgres
from clipbot.store.tables.columns import Dollars, Utc

Rows = Mapping[str, Sequence[Mapping[str, Any]]]

_OURS_TOO: Final = frozenset(
    {
        "user_roles",
        "jobs",
        "job_stages",
        "job_costs",
        "clip_thumbnails",
        "clip_regenerations",
        "clip_versions",
        "regeneration_analytics",
    }
)
_ORDER: Final = (
    "auth_users",
    "user_roles",
    "jobs",
    "job_stages",
    "job_costs",
    "audio_analysis_cache",
    "clip_thumbnails",
    "clip_regenerations",
    "clip_versions",
    "regeneration_analytics",
    "regeneration_analytics_archive",
    "user_reference_images",
)
"""Parents before children. What is not ours is written only where the pipeline made it."""


def load(session: Session, rows: Rows) -> None:
    """Insert rows by table; rows whose key exists are left as they are.

    Raises:
        ValueError: A table is not the pipeline's, or a row has a column it does not have.
    """
    unknown = sorted(set(rows) - set(_ORDER))
    if unknown:
        raise ValueError(f"not tables of the pipeline: {', '.join(unknown)}")
    for name in _ORDER:
        table = _table(session, name) if rows.get(name) else None
        if table is None:
            continue
        for row in rows[name]:
            insert = postgresql.insert if is_postgres(session.connection()) else sqlite.insert
            session.execute(insert(table).values(_stored(table, row)).on_conflict_do_nothing())


def _table(session: Session, name: str) -> Table | None:
    if name in _OURS_TOO:
        return SQLModel.metadata.tables[name]
    schema, actual = ("auth", "users") if name == "auth_users" else (None, name)
    connection = session.connection()
    if not inspect(connection).has_table(actual, schema=schema):
        return None
    return Table(actual, MetaData(), schema=schema, autoload_with=connection)


def _stored(table: Table, row: Mapping[str, Any]) -> dict[str, Any]:
    strange = sorted(set(row) - set(table.c.keys()))
    if strange:
        raise ValueError(f"{table.name} has no column {', '.join(strange)}")
    values = {name: _value(table.c[name], value) for name, value in row.items()}
    if "id" in table.c:
        values.setdefault("id", uuid4())
    return values


def _value(column: Column[Any], value: Any) -> Any:
    if value is None:
        return None
    match column.type:
        case Uuid():
            return UUID(str(value))
        case Utc() | DateTime():
            return datetime.fromisoformat(value) if isinstance(value, str) else value
        case Dollars() | Numeric():
            return Decimal(str(value))
        case _:
            return value
