"""Databases as an earlier revision left them, with rows in them."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from sqlalchemy import Engine, MetaData

from clipbot.store import migrate as migrations
from clipbot.store.database import as_writer, connect
from tests.postgres import database


@contextmanager
def left_at(
    revision: str,
    backend: str,
    folder: Path,
    metadata: MetaData,
    rows: Mapping[str, Sequence[Mapping[str, Any]]],
) -> Iterator[Engine]:
    """Make a database of a revision, on `sqlite` or `postgres`.

    Args:
        revision: How far it is migrated.
        backend: Which kind.
        folder: Where a file may go.
        metadata: Of the tables as that revision had them.
        rows: What is in them, by table.
    """
    if backend == "sqlite":
        with _filled(f"sqlite:///{folder / 'old.db'}", revision, metadata, rows) as engine:
            yield engine
        return
    with database(is_migrated=False) as url, _filled(url, revision, metadata, rows) as engine:
        yield engine


@contextmanager
def _filled(
    url: str, revision: str, metadata: MetaData, rows: Mapping[str, Sequence[Mapping[str, Any]]]
) -> Iterator[Engine]:
    engine = connect(url)
    with as_writer(engine).begin() as connection:
        command.upgrade(migrations._config(connection, []), revision)
        for table, some in rows.items():
            connection.execute(metadata.tables[table].insert(), some)
    try:
        yield engine
    finally:
        engine.dispose()
