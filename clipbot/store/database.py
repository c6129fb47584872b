"""How the store reaches its database: SQLite in a file, or PostgreSQL.

Both are used alike: `reading` opens a transaction to look, `writing` one to change; what is
asked for inside of `at_once` is looked at in one transaction.
On SQLite a writer takes the file's one write lock before it reads, so nothing that it
decides on can change under it; on PostgreSQL writers of one job queue at the job's
row in `job_states` (see `states`). Nothing here knows a table.
"""

import json
import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from psycopg.errors import DiskFull
from sqlalchemy import Connection, Engine, event
from sqlalchemy import create_engine as _create_engine
from sqlalchemy.engine.interfaces import ExceptionContext
from sqlalchemy.pool import ConnectionPoolEntry
from sqlmodel import Session

from clipbot.errors import StorageFull
from clipbot.store.address import address

_WRITES = "clipbot_writes"
_FILES = {"pool_size": 20, "max_overflow": 0}
_SERVERS = {"pool_size": 5, "max_overflow": 15}
"""Connections are counted by servers, so those that many asked for at once are closed again."""
_FROZEN_MS = 15_000
"""How long a writer may stand still with what it has locked."""
_looks: ContextVar[Mapping[Engine, Session]] = ContextVar("looks", default={})  # noqa: B039 - never changed
_NUL = re.compile(r"(?<!\\)((?:\\\\)*)\\u0000")


def connect(url: str) -> Engine:
    """Return an engine for `url`; nothing is opened yet.

    Args:
        url: `sqlite:///file`, or `postgresql://` in any of its spellings.

    Raises:
        ConfigurationError: It is no address of a database.
    """
    where = address(url)
    shared: dict[str, Any] = {"json_serializer": _to_json, "json_deserializer": from_json}
    if where.get_backend_name() == "sqlite":
        engine = _create_engine(where, connect_args={"timeout": 30}, **_FILES, **shared)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        # Poolers in transaction mode hand one server connection to many clients, where a
        # prepared statement of one would meet another's (facts/durable.md §2).
        engine = _create_engine(
            where,
            connect_args={"prepare_threshold": None},
            pool_pre_ping=True,
            **_SERVERS,
            **shared,
        )
        event.listen(engine, "begin", _begin_postgres)
    event.listen(engine, "handle_error", _translate)
    return engine


def let_go(engine: Engine) -> None:
    """Close all connections: at once, and those that are out as soon as they come back."""
    event.listen(engine, "checkin", _close)
    engine.dispose()


def _close(_: object, record: ConnectionPoolEntry) -> None:
    record.invalidate()


def is_postgres(engine: Engine | Connection) -> bool:
    """Return whether the database is PostgreSQL."""
    return engine.dialect.name == "postgresql"


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """Open a short transaction that only looks, or go on in that of `at_once`."""
    open_one = _looks.get().get(engine)
    if open_one is not None:
        yield open_one
        return
    with Session(engine) as session:
        yield session


@contextmanager
def at_once(engine: Engine) -> Iterator[None]:
    """Show everything that is read inside as it was at one moment.

    One transaction instead of many is also quicker. Nothing can be written inside: it would
    not be seen.
    """
    looks = _looks.get()
    if engine in looks:
        yield
        return
    frozen = engine
    if is_postgres(engine):
        frozen = engine.execution_options(isolation_level="REPEATABLE READ")
    with Session(frozen) as session:
        token = _looks.set({**looks, engine: session})
        try:
            yield
        finally:
            _looks.reset(token)


@contextmanager
def writing(engine: Engine) -> Iterator[Session]:
    """Open a short transaction that writes everything or, on any error, nothing.

    Raises:
        RuntimeError: What is read is being looked at in one piece.
        StorageFull: The disk is full; nothing was written.
    """
    if engine in _looks.get():
        raise RuntimeError("inside of at_once nothing is written")
    # Statements change rows behind the session's back, so it must never answer from memory.
    options = {"populate_existing": True, "synchronize_session": False}
    with (
        Session(as_writer(engine), expire_on_commit=False, execution_options=options) as session,
        session.begin(),
    ):
        yield session


def as_writer(engine: Engine) -> Engine:
    """Return the same engine, its transactions marked as ones that write."""
    return engine.execution_options(**{_WRITES: True})


def _prepare_sqlite(connection: sqlite3.Connection, _: object) -> None:
    # Python's own transaction handling would start one only at the first write.
    connection.isolation_level = None
    connection.execute("PRAGMA busy_timeout = 30000")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA foreign_keys = ON")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _begin_postgres(connection: Connection) -> None:
    # A host that freezes in the middle must not keep what it has locked from the others.
    # For this transaction only: a pooler may give the connection to somebody else's next.
    if connection.get_execution_options().get(_WRITES):
        setting = f"SET LOCAL idle_in_transaction_session_timeout = {_FROZEN_MS}"
        connection.exec_driver_sql(setting)


def _translate(context: ExceptionContext) -> None:
    error = context.original_exception
    is_full = isinstance(error, DiskFull) or (
        isinstance(error, sqlite3.Error)
        and getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL
    )
    if is_full:
        raise StorageFull from error


def _to_json(value: object) -> str:
    """Write JSON that both databases take.

    PostgreSQL refuses NaN, the NUL character and half surrogate pairs; SQLite would let
    them in, and the difference would show only in production.

    Raises:
        ValueError: A number is not finite.
    """
    text = json.dumps(value, allow_nan=False, ensure_ascii=False)
    return _NUL.sub(r"\1\\ufffd", text.encode("utf-8", "replace").decode("utf-8"))


def from_json(text: str | bytes) -> Any:
    """Read JSON; what Python cannot hold (nesting, digits) comes back as the text itself."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text.decode("utf-8", "replace") if isinstance(text, bytes) else text
