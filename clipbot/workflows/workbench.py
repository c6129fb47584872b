"""Where the steps run: on threads of their own, which nobody has to wait for.

A step may take minutes, and a thread cannot be stopped from outside. So the engine's
thread only waits for the step's; when the executor stops, it lets go with `Stopped`,
which leaves the workflow exactly where it is. A step that waits, encodes or looks whether
it was taken back ends then, too, within a moment. Any other's thread is a daemon: it ends
with the process, or finishes on its own, and `when_idle` tells when the last one has.
"""

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from contextvars import copy_context
from typing import Any, TypeVar

from clipbot.services.live import resting_by

T = TypeVar("T")


class Stopped(BaseException):
    """The executor stops; the workflow goes on from its last step after the next start.

    Not an `Exception`: DBOS writes an `Exception` down as the step's result.
    """


class Workbench:
    """Runs the steps of one executor, from its start to its stop."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._calls: Counter[str] = Counter()
        self._visitors = 0
        self._is_closing = False
        self._is_closed = False
        self._when_idle: Callable[[], None] | None = None

    @property
    def busy(self) -> set[str]:
        """Names of what is running, also of what nobody waits for any more."""
        with self._changed:
            return {name for name, count in self._calls.items() if count}

    @contextmanager
    def visit(self) -> Iterator[None]:
        """Mark that an engine's thread is at work here; `close` sees it out."""
        with self._changed:
            self._visitors += 1
        try:
            yield
        finally:
            with self._changed:
                self._visitors -= 1
                self._changed.notify_all()

    def run(self, name: str, call: Callable[[], T]) -> T:
        """Return what the call returns, or raise what it raises.

        Raises:
            Stopped: The executor stops; the call may still be running.
        """
        future: Future[T] = Future()
        thread = threading.Thread(
            target=copy_context().run,
            args=(self._work, name, future, call),
            name=f"step-{name}",
            daemon=True,
        )
        with self._changed:
            if self._is_closing:
                raise Stopped
            thread.start()
            self._calls[name] += 1
            self._changed.wait_for(lambda: future.done() or self._is_closed)
            if not future.done():
                raise Stopped
        return future.result()

    def rest(self, seconds: float) -> None:
        """Wait, unless the executor stops meanwhile.

        Raises:
            Stopped: It does.
        """
        with self._changed:
            if self._changed.wait_for(lambda: self._is_closing, timeout=seconds):
                raise Stopped

    def close(self, grace_seconds: float) -> None:
        """Start nothing more, end what can be ended, give the rest a moment, then let go of it."""
        with self._changed:
            self._is_closing = True
            self._changed.notify_all()
            self._changed.wait_for(lambda: not self._calls.total(), timeout=grace_seconds)
            self._is_closed = True
            self._changed.notify_all()
            self._changed.wait_for(lambda: not self._visitors, timeout=grace_seconds)

    def when_idle(self, call: Callable[[], None]) -> None:
        """Call back as soon as nothing runs any more: at once, or when the last step ends."""
        with self._changed:
            if self._calls.total():
                self._when_idle = call
                return
        call()

    def _work(self, name: str, future: Future[Any], call: Callable[[], Any]) -> None:
        try:
            with resting_by(self.rest):
                future.set_result(call())
        except BaseException as error:  # noqa: BLE001 - it goes on where the result is read
            future.set_exception(error)
        with self._changed:
            self._calls[name] -= 1
            idle = None if self._calls.total() else self._when_idle
            self._changed.notify_all()
        if idle is not None:
            idle()
