"""Where DBOS keeps its notes, how it reaches them, and how their tables are made.

With SQLite they are a file of their own; with PostgreSQL the schema `dbos` of the same
database. There everything has to work behind a pooler that gives each transaction another
connection: no prepared statements, no session settings, no LISTEN, no session locks.
DBOS's own ways use all four, so the connections and the migration are ours.
"""

import logging
import sqlite3
from contextlib import closing
from pathlib import Path

from dbos import DBOS
from dbos._migration import get_dbos_migrations, get_migration_versions
from sqlalchemy import Engine, create_engine, event, make_url, text

SCHEMA = "dbos"
_LOCK_KEY = 0x636C6970_0004
_KEY_OF_OLD_TABLES = 10
"""A migration for tables older than any version that clipbot ever used."""
_TRIGGERS = True
"""Whether the tables notify of changes: DBOS's default, which may not change later (its own words).
Nobody listens."""


def is_embedded(database_url: str) -> bool:
    """Return whether the database is a file that only this machine's processes use."""
    return database_url.startswith("sqlite")


def notes_url(database_url: str, home: Path) -> str:
    """Return the address of the engine's own tables."""
    if is_embedded(database_url):
        return f"sqlite:///{home.resolve() / 'dbos.sqlite'}"
    return database_url


def connections(url: str, size: int) -> Engine | None:
    """Return connections for DBOS; None: those that it makes for itself are fine."""
    if is_embedded(url):
        return None
    return create_engine(
        make_url(url).set(drivername="postgresql+psycopg"),
        connect_args={"prepare_threshold": None, "connect_timeout": 10},
        pool_size=size,
        max_overflow=0,
        pool_pre_ping=True,
    )


def let_go(engine: Engine) -> None:
    """Close all connections; a step that outlives the engine closes what it still uses."""
    event.listen(engine, "checkin", lambda _, record: record.invalidate())
    engine.dispose()


def prepare(database_url: str, home: Path) -> None:
    """Create the engine's tables, or bring them up to date; harmless if they are."""
    # Its records go where ours go, not to a console handler of its own.
    logger = logging.getLogger("dbos")
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())
    logger.setLevel(logging.WARNING)
    if is_embedded(database_url):
        # DBOS leaves the journal as it is; with this one, readers and writers do not wait.
        with closing(sqlite3.connect(home / "dbos.sqlite", timeout=30)) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
        DBOS.migrate(notes_url(database_url, home))
        return
    engine = connections(database_url, 2)
    assert engine is not None  # noqa: S101 - it is one on PostgreSQL
    try:
        _migrate(engine)
    finally:
        engine.dispose()


def pending_notes(database_url: str) -> list[str]:
    """Return the statements that `prepare` would run on PostgreSQL, in order; run none."""
    engine = connections(database_url, 1)
    if engine is None:
        return []
    try:
        return _statements(engine)
    finally:
        engine.dispose()


def _migrate(engine: Engine) -> None:
    """Make the tables in one transaction, wholly or not at all.

    DBOS itself would take a session's lock, which stays behind in a pooler's connection.
    """
    if not _statements(engine):
        return
    with engine.begin() as connection:
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK_KEY})
        # Looked at anew: somebody else may have had the lock until now.
        for statement in _statements(engine):
            connection.execute(text(statement))


def _statements(engine: Engine) -> list[str]:
    done, latest = get_migration_versions(engine, SCHEMA, _TRIGGERS)
    if done >= latest:
        return []
    quoted = f'"{SCHEMA}"'
    table = f"{quoted}.dbos_migrations"
    migrations = get_dbos_migrations(SCHEMA, _TRIGGERS)
    statements = [
        # Within a transaction nothing is concurrent; the tables are the queue's alone, and small.
        sql.strip().replace(" CONCURRENTLY", "")
        for number, sql in enumerate(migrations, 1)
        if number > done and sql.strip() and number != _KEY_OF_OLD_TABLES
    ]
    if done:
        return [*statements, f"UPDATE {table} SET version = {latest}"]  # noqa: S608 - our own names
    return [
        f"CREATE SCHEMA IF NOT EXISTS {quoted}",
        f"CREATE TABLE IF NOT EXISTS {table} (version BIGINT NOT NULL PRIMARY KEY)",
        *statements,
        f"INSERT INTO {table} (version) VALUES ({latest})",  # noqa: S608 - our own names
    ]
