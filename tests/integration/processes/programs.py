"""The little programs that tests start, kill and watch."""

import signal
import threading
from pathlib import Path
from uuid import UUID

from clipbot.workflows.base import Keeper, Steps
from clipbot.workflows.executor import Executor, Role
from clipbot.workflows.rhythm import Rhythm
from tests.integration.processes.installation import Installation, opened
from tests.integration.processes.killing import die, killing
from tests.integration.processes.scripted import ScriptedSteps
from tests.integration.processes.waiting import told, until

QUICK = Rhythm(
    poll_seconds=0.05,
    turn_seconds=0.1,
    sweep_seconds=0.1,
    stale_seconds=0.2,
    attend_seconds=0.1,
    beat_seconds=0.2,
    reap_seconds=0.2,
    dead_seconds=2.0,
    stop_seconds=0.5,
    retry_waits=(0.01, 0.02),
    end_waits=(0.01, 0.02),
)


def executor(
    installation: Installation,
    *,
    steps: Steps | None = None,
    role: Role = "app",
    rhythm: Rhythm = QUICK,
    keeper: Keeper | None = None,
) -> Executor:
    """Return an executor of scripted steps."""
    return Executor(
        steps or ScriptedSteps(installation.book),
        database_url=installation.url,
        home=installation.home,
        role=role,
        workers=installation.workers,
        concurrency=4,
        rhythm=rhythm,
        keeper=keeper,
    )


def execute(url: str, home: Path, point: str = "", rhythm: Rhythm = QUICK) -> None:
    """Execute what comes, until SIGTERM, or until the point is reached."""
    stopping = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stopping.set())
    with opened(url, home) as installation:
        steps = killing(ScriptedSteps(installation.book), point)
        with executor(installation, steps=steps, rhythm=rhythm):
            (home / "ready").touch()
            told(stopping, seconds=60)


def edit(url: str, home: Path, edit_id: UUID, job_id: UUID, point: str) -> None:
    """Execute one edit that is written down as queued, and die at the point."""
    with opened(url, home) as installation:
        steps = killing(ScriptedSteps(installation.book), point)
        with executor(installation, steps=steps) as queue:
            if point == "before:enqueue":
                die()
            queue.enqueue(edit_id, job_id)
            until(lambda: installation.book.is_over(edit_id))
