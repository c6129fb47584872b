"""DBOS itself: how it runs in this process.

Its notes live beside our tables (see `notes`). The version is pinned, because DBOS would
else take work of an older build for somebody else's and leave it lying.
"""

from contextlib import ExitStack

from dbos import DBOS, DBOSConfig, DBOSPortableJSONSerializer

from clipbot.workflows.base import Steps
from clipbot.workflows.notes import connections, let_go
from clipbot.workflows.regenerate import taking_place
from clipbot.workflows.rhythm import Rhythm
from clipbot.workflows.workbench import Workbench

APPLICATION = "clipbot"
VERSION = "1"
QUEUE = "regenerations"
SERIALIZER = DBOSPortableJSONSerializer()
POOL_SIZE = 8


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
            engine = connections(self._url, POOL_SIZE)
            if engine is not None:
                starting.callback(let_go, engine)
            starting.callback(DBOS.destroy)
            DBOS(config=self._config() | {"system_database_engine": engine})
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
            # Nothing here waits for notifications; the thread that looks for them would only
            # delay the stop, and hold a session that a pooler has to keep apart.
            "use_listen_notify": False,
            "notification_listener_polling_interval_sec": 0.2,
        }
