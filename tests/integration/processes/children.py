"""Starting the little programs quickly: each is forked from a server that has imported all."""

import multiprocessing
import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.integration.processes.waiting import until


@dataclass
class Child:
    """A running program; it is killed at the end of its block."""

    process: ForkServerProcess

    @property
    def pid(self) -> int:
        return self.process.pid or 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.process.kill()
        self.process.join()

    def kill(self) -> None:
        """Kill it, as `kill -9` does, and wait until it is gone."""
        self.process.kill()
        self.process.join()

    def terminate(self) -> None:
        """Ask it to stop, as a service manager does."""
        self.process.terminate()

    def join(self, seconds: float = 30.0) -> int | None:
        """Wait until it is gone and return its exit code, negative for a signal."""
        self.process.join(seconds)
        return self.process.exitcode


def freeze(pid: int) -> None:
    """Stop a process as SIGSTOP does, and wait until it stands still."""
    os.kill(pid, signal.SIGSTOP)
    until(lambda: _state(pid) == "T")


def _state(pid: int) -> str:
    # After the name in parentheses, which may hold anything.
    return Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0]


def child(program: Callable[..., None], *args: object, **options: object) -> Child:
    """Start a program in a process of its own."""
    process = _context().Process(target=program, args=args, kwargs=options)
    process.start()
    return Child(process)


@cache
def _context() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(
        ["tests.integration.processes.paid", "tests.integration.soak.worker"]
    )
    return context
