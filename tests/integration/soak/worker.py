"""The program that executes edits, until it dies where its shift says."""

import os
import signal
import threading
from collections import Counter
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import replicate.client  # noqa: F401 - loaded once, before workers are forked

from tests.integration.processes.waiting import told
from tests.integration.soak.plans import Trap
from tests.integration.soak.studio import Site, studio

LONGEST_SECONDS = 120


def work(site: Site, trap: Trap | None) -> None:
    """Execute what comes, until SIGTERM, or until the trap."""
    stopping = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stopping.set())
    guard = partial(_Guarded, _Trapped(trap)) if trap else _unguarded
    with studio(site, guard) as opened, opened.executor():
        told(stopping, seconds=LONGEST_SECONDS)


def _unguarded(_: str, part: Any) -> Any:
    return part


@dataclass
class _Trapped:
    """Counts the calls up to the one."""

    trap: Trap
    seen: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def cross(self, when: str, point: str) -> None:
        if when != self.trap.when or point != self.trap.point:
            return
        with self.lock:
            self.seen[point] += 1
            is_there = self.seen[point] == self.trap.occurrence
        if is_there:
            os.kill(os.getpid(), signal.SIGSTOP if self.trap.is_stop else signal.SIGKILL)


class _Guarded:
    """Stands before a part of clipbot; its calls pass the trap."""

    def __init__(self, trapped: _Trapped, name: str, part: Any) -> None:
        self._trapped = trapped
        self._name = name
        self._part = part

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._part, name)
        if not callable(found) or isinstance(found, type):
            return found
        point = f"{self._name}.{name}"

        def call(*args: Any, **kwargs: Any) -> Any:
            self._trapped.cross("before", point)
            value = found(*args, **kwargs)
            self._trapped.cross("after", point)
            return value

        return call
