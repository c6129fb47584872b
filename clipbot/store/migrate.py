"""Bringing a database up to date, or saying what that would take.

Migrations are Alembic's, kept in `migrations/`, run from here in one transaction: a
database is migrated wholly or not at all, and two processes that start together wait for
each other. A table that others use is waited for a few seconds at most. The version is
kept in a table of our own, beside whatever the pipeline uses.
"""

import io
from pathlib import Path
from threading import Lock

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from psycopg.errors import LockNotAvailable
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import OperationalError, ProgrammingError

from clipbot.errors import ConfigurationError
from clipbot.store.database import as_writer, is_postgres

VERSION_TABLE = "clipbot_alembic_version"

_FOLDER = Path(__file__).parent / "migrations"
_PATIENCE = "5s"
"""For a lock on a table that is in use."""
_LOCK_KEY = 0x636C6970_0002
_FRAME = frozenset({"BEGIN;", "COMMIT;"})
# Alembic keeps the migration that is running in a global.
_ONE_AT_A_TIME = Lock()


def migrate(engine: Engine) -> list[str]:
    """Bring the database up to date, or change nothing.

    Returns:
        What was done, one line each; empty if nothing was left to do.

    Raises:
        ConfigurationError: The database cannot be migrated; the sentence says why.
        StorageFull: There is no room.
    """
    with _ONE_AT_A_TIME, as_writer(engine).begin() as connection:
        if is_postgres(connection):
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK_KEY})
            # The pipeline goes on meanwhile: who waits for its table makes others wait, too.
            connection.execute(text(f"SET LOCAL lock_timeout = '{_PATIENCE}'"))
        report: list[str] = []
        try:
            command.upgrade(_config(connection, report), "head")
        except ProgrammingError as error:
            reason = str(error.orig).splitlines()[0]
            raise ConfigurationError(f"The database refused to be migrated: {reason}.") from error
        except OperationalError as error:
            if not isinstance(error.orig, LockNotAvailable):
                raise
            raise ConfigurationError(
                "The database is busy, so nothing was migrated; please try again in a moment."
            ) from error
        return report


def pending(engine: Engine) -> list[str]:
    """Return the statements that `migrate` would run, in order; run none of them.

    Raises:
        ConfigurationError: The database cannot be migrated; the sentence says why.
    """
    with _ONE_AT_A_TIME, engine.connect() as connection:
        options = {"version_table": VERSION_TABLE}
        current = MigrationContext.configure(connection, opts=options).get_current_revision()
        config = _config(connection, [])
        if current == ScriptDirectory.from_config(config).get_current_head():
            return []
        written = _Statements()
        config.output_buffer = written
        command.upgrade(config, f"{current}:head" if current else "head", sql=True)
        return written.statements


class _Statements(io.StringIO):
    """Takes what Alembic writes, statement by statement."""

    def __init__(self) -> None:
        super().__init__()
        self.statements: list[str] = []

    def write(self, text_: str, /) -> int:
        statement = text_.strip()
        if statement and statement not in _FRAME and not statement.startswith("--"):
            self.statements.append(statement)
        return len(text_)


def _config(connection: Connection, report: list[str]) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes.update(connection=connection, report=report, version_table=VERSION_TABLE)
    return config
