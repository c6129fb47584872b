"""Running scripted edits in the test's own process."""

import sqlite3
from collections.abc import Mapping, Sequence
from uuid import UUID

from clipbot.workflows.executor import Executor
from tests.integration.processes.installation import Installation
from tests.integration.processes.programs import executor
from tests.integration.processes.scripted import ScriptedSteps
from tests.integration.processes.waiting import until

Script = Mapping[str, Sequence[Exception | None]]
"""What the first, second, ... call of a step raises; later calls go well."""


def scripted(
    installation: Installation, script: Script | None = None, *, attempts: int = 1
) -> Executor:
    """Return an executor of edits that follow the script."""
    steps = ScriptedSteps(installation.book, script or {}, attempts)
    return executor(installation, steps=steps)


def run(installation: Installation, script: Script | None = None, *, attempts: int = 1) -> UUID:
    """Run one edit to its end and return it."""
    edit, job = installation.book.add()
    with scripted(installation, script, attempts=attempts) as queue:
        queue.enqueue(edit, job)
        until(lambda: installation.book.is_over(edit))
    return edit


def dbos_notes(installation: Installation) -> sqlite3.Connection:
    """Open what the engine writes down."""
    return sqlite3.connect(installation.home / "dbos.sqlite", timeout=30)
