"""DBOS itself: where it keeps its notes, and how it runs in this process.

Its notes live beside our tables: in a file of their own with SQLite, in the schema
`dbos` of the same database with PostgreSQL. The version is pinned, because DBOS would
else take work of an older build for somebody else's and leave it lying.
"""

import logging
import sqlite3
from contextlib import ExitStack, closing
from pathlib import Path

from dbos import DBOS, DBOSConfig, DBOSPortableJSONSerializer

from clipbot.workflows.base import Steps
from clipbot.workflows.regenerate import taking_place
from clipbot.workflows.rhythm import Rhythm
from clipbot.workflows.workbench import Workbench

APPLICATION = "clipbot"
VERSION = "1"
QUEUE = "regenerations"
SERIALIZER = DBOSPortableJSONSerializer()
POOL_SIZE = 8


def is_embedded(database_url: str) -> bool:
    """Return whether the database is a file that only this machine's processes use."""
    return database_url.startswith("sqlite")


def notes_url(database_url: str, home: Path) -> str:
    """Return the address of the engine's own tables."""
    if is_embedded(database_url):
        return f"sqlite:///{home.resolve() / 'dbos.sqlite'}"
    return database_url


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


class Engine:
    """A running DBOS: takes work from the queue and runs it, until it is stopped."""

    def __init__(self, url: str, executor_id: str, rhythm: Rhythm) -> None:
        self._url = url
        self._executor_id = executor_id
        self._rhythm = rhythm
        self._running = ExitStack()
        self.bench = Workbench()

    def start(self, steps: Steps) -> None:
        """Go on with what this executor left unfinished, and take new work.

        Raises:
            RuntimeError: Another engine already runs in this process.
        """
        with ExitStack() as starting:
            starting.enter_context(taking_place(steps, self.bench, self._rhythm))
            starting.callback(DBOS.destroy)
            DBOS(config=self._config())
            DBOS.listen_queues([QUEUE])
            DBOS.launch()
            self._running = starting.pop_all()

    def stop(self) -> None:
        """Stop taking work, and let go of what runs; it goes on after the next start."""
        self.bench.close(self._rhythm.stop_seconds)
        self._running.close()

    def _config(self) -> DBOSConfig:
        return {
            "name": APPLICATION,
            "system_database_url": self._url,
            "executor_id": self._executor_id,
            "application_version": VERSION,
            "serializer": SERIALIZER,
            "log_level": "WARNING",
            "run_migrations": False,
            "sys_db_pool_size": POOL_SIZE,
            # Nothing here waits for notifications; the thread that looks for them only delays
            # the stop.
            "notification_listener_polling_interval_sec": 0.2,
        }
