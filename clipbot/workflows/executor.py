"""Whether this process executes regenerations, and the queue that it hands them to.

With SQLite, exactly one process of an installation executes: the one that holds the
lock. The others enqueue, and one of them takes over within seconds once it is free.
With PostgreSQL every app and every worker executes, and they look after each other. One
that may work on no job at once only enqueues, whatever else it is.
"""

import logging
import os
import socket
from contextlib import ExitStack, closing
from pathlib import Path
from types import TracebackType
from typing import Literal, Self
from uuid import UUID, uuid4

from clipbot.errors import ConfigurationError
from clipbot.services.base import Queue
from clipbot.workflows.backlog import Backlog
from clipbot.workflows.base import Courier, Keeper, Steps, Workers
from clipbot.workflows.lock import ExecutorLock
from clipbot.workflows.notes import is_embedded, notes_url, prepare
from clipbot.workflows.pulse import Pulse
from clipbot.workflows.rhythm import Rhythm
from clipbot.workflows.shift import Shift
from clipbot.workflows.ticker import Ticker

logger = logging.getLogger(__name__)

Role = Literal["app", "command", "worker"]

LOCAL = "local"
"""The executor of an embedded installation: each goes on with what the one before it left."""
_RHYTHM = Rhythm()


class Executor(Queue):
    """The durable queue of one process. A context manager; or start and stop it.

    Args:
        steps: What a regeneration is made of.
        database_url: Of our own tables; the engine's live beside them.
        home: `CLIPBOT_HOME`.
        role: An `app` or a `worker` executes whenever it may; a `command` only where it
            would else wait for nobody.
        workers: Who is alive; needed with PostgreSQL.
        concurrency: Most jobs that this process works on at once; 0: it never executes.
        courier: Sends webhooks while this process executes; None: it sends none.
        keeper: Looks through footage meanwhile; None: nobody does.

    Raises:
        ConfigurationError: PostgreSQL without `workers`.
    """

    def __init__(
        self,
        steps: Steps,
        *,
        database_url: str,
        home: Path,
        role: Role,
        workers: Workers | None = None,
        concurrency: int = 2,
        rhythm: Rhythm = _RHYTHM,
        courier: Courier | None = None,
        keeper: Keeper | None = None,
    ) -> None:
        if is_embedded(database_url):
            workers = None
        elif workers is None:
            raise ConfigurationError("PostgreSQL needs the list of workers that are alive.")
        self._steps = steps
        self._database_url = database_url
        self._home = home
        self._role = role
        self._workers = workers
        self._concurrency = concurrency
        self._rhythm = rhythm
        self._courier = courier
        self._keeper = keeper
        self._backlog: Backlog | None = None
        self._shift: Shift | None = None
        self._left: Shift | None = None
        self._open = ExitStack()
        self._at_end = ExitStack()

    @property
    def is_executor(self) -> bool:
        """Whether this process executes now; otherwise it only enqueues."""
        return self._shift is not None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Open the queue, and execute if it is this process's turn.

        Raises:
            RuntimeError: This process already executes for another `Executor`.
        """
        self._home.mkdir(parents=True, exist_ok=True)
        prepare(self._database_url, self._home)
        with ExitStack() as opening:
            self._backlog = backlog = Backlog(notes_url(self._database_url, self._home))
            opening.callback(self._close)
            self._take_turn(backlog)
            # Patient: a shift that begins while we stop has to be ended, too.
            opening.enter_context(
                Ticker(
                    "turn",
                    self._rhythm.turn_seconds,
                    lambda: self._take_turn(backlog),
                    is_patient=True,
                )
            )
            self._open = opening.pop_all()

    def stop(self) -> None:
        """Stop executing and close the queue; what is unfinished goes on after the next start."""
        self._open.close()

    def hand_on(self) -> bool:
        """Let others go on with steps that outlived `stop`; the process must end right then.

        Returns:
            Whether there were any. If not, the process may end as it likes.
        """
        shift, self._left = self._left, None
        if shift is None or not shift.is_busy:
            return False
        backlog = Backlog(notes_url(self._database_url, self._home))
        with closing(backlog):
            shift.hand_on(backlog)
            return True

    def enqueue(self, regeneration_id: UUID, job_id: UUID) -> None:
        """Hand over a regeneration that is written down as queued; twice is harmless."""
        if self._backlog is None:
            raise RuntimeError("the executor is not started")
        try:
            self._backlog.enqueue(regeneration_id, job_id)
        except Exception:
            # The row is written, so nothing is lost that the person would need to hear of:
            # the sweep of whoever executes enqueues it, as after a crash at this point.
            logger.exception(
                "enqueueing is left to the sweep", extra={"regeneration_id": str(regeneration_id)}
            )

    def adopt(self, regeneration_id: UUID, job_id: UUID) -> None:
        """Have the footage of an edit that needed attention brought in; twice is harmless."""
        if self._backlog is None:
            raise RuntimeError("the executor is not started")
        self._backlog.adopt(regeneration_id, job_id)

    def _take_turn(self, backlog: Backlog) -> None:
        if self._shift is not None or not self._concurrency:
            return
        with ExitStack() as taking:
            if self._workers is None:
                # A new one each time: a step that outlived its shift keeps the lock of that one.
                lock = ExecutorLock(self._home / "executor.lock")
                if not lock.take():
                    return
                taking.callback(lock.release)
            elif self._role == "command" and self._is_somebody_there(self._workers):
                return
            unique_id = _unique_id(self._role)
            shift = Shift(
                self._steps,
                backlog,
                url=notes_url(self._database_url, self._home),
                executor_id=LOCAL if self._workers is None else unique_id,
                workers=self._workers,
                pulse=Pulse(self._home, unique_id),
                rhythm=self._rhythm,
                courier=self._courier,
                keeper=self._keeper,
            )
            shift.begin(self._concurrency)
            self._shift, self._at_end = shift, taking.pop_all()

    def _is_somebody_there(self, workers: Workers) -> bool:
        # Other commands do not count: they go, and seem to be alive for a while after that.
        alive = workers.alive(within_seconds=self._rhythm.dead_seconds)
        return any(not executor_id.startswith("command-") for executor_id in alive)

    def _close(self) -> None:
        backlog, self._backlog = self._backlog, None
        shift, self._shift = self._shift, None
        self._left = shift
        with ExitStack() as ending:
            if backlog is not None:
                ending.callback(backlog.close)
            if shift is not None:
                ending.callback(shift.when_idle, self._at_end.close)
                ending.callback(shift.end)


def _unique_id(role: Role) -> str:
    # Never used again, so that work of a dead one is never taken for work of a live one.
    return f"{role}-{socket.gethostname()}-{os.getpid()}-{uuid4().hex[:8]}"
