"""Several hosts on one PostgreSQL: each with a home of its own, and one folder that they share.

A host is a process, and every step that it takes is written down in a file that outlives
it. A test may hold a step of an edit, before it has done anything or after it has done
all, and so knows where a host dies, stands still or is told to stop.
"""

import json
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, cast
from uuid import UUID

from clipbot.domain.user import LOCAL_USER
from clipbot.services.bundle import Services
from clipbot.services.live import rest
from clipbot.store.records import RegenerationRecord
from clipbot.workflows.base import Steps
from clipbot.workflows.executor import Executor
from clipbot.workflows.rhythm import Rhythm
from tests import jobs, media
from tests.integration.processes.children import Child, child
from tests.integration.processes.paid import KEY, Shop, shop
from tests.integration.processes.programs import QUICK
from tests.integration.processes.scripted import STEPS
from tests.integration.processes.waiting import told, until

__all__ = ["KEY", "STEPS", "Call", "Host", "Hosts", "hosts_on"]

NIGHT = "make clip 2 nighttime"
LONGEST_SECONDS = 2400
When = Literal["early", "late", "deaf"]
"""A step is held before it begins, or when it is done, or in a call that nothing can end."""


@dataclass(frozen=True)
class Call:
    """A step that a host took."""

    edit: UUID
    step: str
    pid: int
    started: float
    stopped: float | None


@dataclass
class Host:
    """A host, and the process that executes on it."""

    home: Path
    process: Child

    @property
    def pid(self) -> int:
        return self.process.pid


@dataclass
class Hosts:
    """All of them, seen from a web process that executes nothing."""

    url: str
    shared: Path
    opening: ExitStack
    web: Shop
    services: Services

    def start(
        self, name: str, *, rhythm: Rhythm = QUICK, concurrency: int = 8, renders: bool = True
    ) -> Host:
        """Start a host and wait until it executes."""
        home = self.shared.parent / name
        ready = self.shared / f"ready-{name}"
        ready.unlink(missing_ok=True)
        process = child(work, self.url, home, self.shared, rhythm, concurrency)
        self.opening.enter_context(process)
        if renders:
            until(ready.exists, seconds=120)
        return Host(home, process)

    def edit(self, name: str, text: str = NIGHT, renderer: str = KEY) -> RegenerationRecord:
        """Confirm an edit of a job."""
        job_id = jobs.job_id(name)
        quoted = self.services.quotes.quote(LOCAL_USER, job_id, text=text, renderer=renderer)
        (row,) = self.services.edits.confirm(LOCAL_USER, job_id, quoted.quote.id)
        return row

    def hold(self, edit: RegenerationRecord, step: str, when: When = "early") -> None:
        """Let a step of an edit wait until `release`."""
        _hold(self.shared, edit.id, step, when).touch()

    def release(self) -> None:
        for file in self.shared.glob("hold-*"):
            file.unlink()

    def calls(self, edit: RegenerationRecord | None = None) -> list[Call]:
        """Return the steps that were taken, in the order of their beginning."""
        begun: dict[str, dict[str, Any]] = {}
        for line in _lines(self.shared / "calls.jsonl"):
            begun.setdefault(line["call"], line).update(line)
        return [
            Call(
                UUID(each["edit"]), each["step"], each["pid"], each["started"], each.get("stopped")
            )
            for each in begun.values()
            if edit is None or each["edit"] == str(edit.id)
        ]

    def is_held(self, edit: RegenerationRecord, step: str) -> bool:
        """Return whether a host stands at the step's hold."""
        return any(
            line["at"] == [str(edit.id), step] for line in _lines(self.shared / "held.jsonl")
        )

    def is_over(self, *edits: RegenerationRecord) -> bool:
        return all(self.web.parts.steps.is_over(edit.id) for edit in edits)


@contextmanager
def hosts_on(url: str, folder: Path, *, names: Sequence[str], clips: int = 2) -> Iterator[Hosts]:
    """Make jobs of these names, with their films, on a web host that executes nothing."""
    shared = folder / "shared"
    shared.mkdir(parents=True)
    night = "colorchannelmixer=rr=0.35:gg=0.4:bb=0.6"
    media.make("-i", str(jobs.footage(1)), "-vf", night, str(shared / "footage.mp4"))
    with ExitStack() as opening:
        web = opening.enter_context(shop(url, folder / "web", shared=shared))
        queue = Executor(
            web.parts.steps,
            database_url=url,
            home=folder / "web",
            role="app",
            workers=web.store.workers,
            concurrency=0,
        )
        services = web.services(opening.enter_context(queue))
        for name in names:
            jobs.install(web.store, web.parts.blobs, clips=clips, name=name)
            services.films.ensure(jobs.job_id(name))
            services.films.measure(jobs.job_id(name))
        yield Hosts(url, shared, opening, web, services)


def work(url: str, home: Path, shared: Path, rhythm: Rhythm, concurrency: int) -> None:
    """Execute on a host as `python -m clipbot worker` does, until SIGTERM."""
    stopping = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stopping.set())
    home.mkdir(exist_ok=True)
    with shop(url, home, shared=shared) as opened:
        executor = Executor(
            cast("Steps", _Watched(opened.parts.steps, shared)),
            database_url=url,
            home=home,
            role="worker",
            workers=opened.store.workers,
            concurrency=concurrency,
            rhythm=rhythm,
        )
        with executor:
            (shared / f"ready-{home.name}").touch()
            told(stopping, seconds=LONGEST_SECONDS)
    if executor.hand_on():
        os._exit(0)


@dataclass
class _Watched:
    """Writes down each step, and waits where a test holds it."""

    steps: Steps
    shared: Path

    def __getattr__(self, name: str) -> Any:
        step = getattr(self.steps, name)
        return self._watched(name, step) if name in STEPS else step

    def _watched(self, name: str, step: Callable[..., Any]) -> Callable[..., Any]:
        def call(edit: UUID, *rest_: Any) -> Any:
            begun = {
                "call": f"{os.getpid()}-{time.monotonic_ns()}",
                "edit": str(edit),
                "step": name,
                "pid": os.getpid(),
                "started": time.time(),
            }
            self._note("calls", begun)
            try:
                self._wait(edit, name, "early", rest)
                self._wait(edit, name, "deaf", time.sleep)
                value = step(edit, *rest_)
                self._wait(edit, name, "late", rest)
                return value
            finally:
                self._note("calls", {**begun, "stopped": time.time()})

        return call

    def _wait(self, edit: UUID, name: str, when: When, wait: Callable[[float], None]) -> None:
        hold = _hold(self.shared, edit, name, when)
        if hold.exists():
            self._note("held", {"at": [str(edit), name]})
        while hold.exists():
            wait(0.01)

    def _note(self, book: str, line: object) -> None:
        with (self.shared / f"{book}.jsonl").open("ab", buffering=0) as file:
            file.write(f"{json.dumps(line)}\n".encode())


def _hold(shared: Path, edit: UUID, step: str, when: When) -> Path:
    return shared / f"hold-{edit}-{step}-{when}"


def _lines(path: Path) -> list[dict[str, Any]]:
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]
