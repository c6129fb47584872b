"""`kill -9` around every step of the workflow, then a second process that finishes the work."""

import os
import signal
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.integration.processes.children import child
from tests.integration.processes.installation import Installation, installation_on
from tests.integration.processes.programs import QUICK, executor
from tests.integration.processes.programs import edit as edit_program
from tests.integration.processes.scripted import STEPS
from tests.integration.processes.waiting import until

AFTER = replace(QUICK, dead_seconds=0.5)
"""Who is dead here is surely dead."""
IS_FULL = os.environ.get("CLIPBOT_TEST_COUNT") == "full"
POINTS = ["before:enqueue", *(f"{when}:{step}" for step in STEPS for when in ("before", "after"))]
FEW = {"sqlite": ["before:enqueue", "after:begin", "before:submit"], "postgres": ["after:submit"]}
"""The others are killed with the real steps (test_kill_edits), or where everything runs."""


@pytest.fixture
def installation(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Installation]:
    with installation_on(request.param, tmp_path) as made:
        yield made


@pytest.mark.parametrize(
    ("installation", "point"),
    [(on, point) for on, few in FEW.items() for point in (POINTS if IS_FULL else few)],
    indirect=["installation"],
)
def test_an_edit_survives_being_killed(installation: Installation, point: str) -> None:
    book = installation.book
    edit, job = book.add()
    behind, _ = book.add(job)
    with child(edit_program, installation.url, installation.home, edit, job, point) as process:
        assert process.join() == -signal.SIGKILL

    with executor(installation, rhythm=AFTER) as queue:
        queue.enqueue(behind, job)
        until(lambda: book.is_over(edit, behind))

    assert (book.status(edit), book.status(behind)) == ("completed", "completed")
    assert (book.paid(), book.published()) == (2, 2)
    assert _twice(book.steps(edit)) == _expected_twice(point)
    assert book.steps(behind) == list(STEPS)


@pytest.mark.parametrize("installation", ["sqlite", "postgres"], indirect=True)
@pytest.mark.parametrize("point", ["before:end", "after:end"] if IS_FULL else ["after:end"])
def test_the_end_of_a_failed_edit_survives_being_killed(
    installation: Installation, point: str
) -> None:
    book = installation.book
    edit, job = book.add()
    book.cancel(edit)
    with child(edit_program, installation.url, installation.home, edit, job, point) as process:
        assert process.join() == -signal.SIGKILL

    with executor(installation, rhythm=AFTER):
        until(lambda: book.is_over(edit))
        until(lambda: len(book.steps(edit)) == 2 + (point == "after:end"))

    assert book.status(edit) == "cancelled"
    assert (book.paid(), book.published()) == (0, 0)


def _twice(steps: list[str]) -> list[str]:
    return [step for step in dict.fromkeys(steps) if steps.count(step) > 1]


def _expected_twice(point: str) -> list[str]:
    """Return the step that runs again: one that had ended, but nobody knew."""
    when, step = point.split(":")
    return [step] if when == "after" else []
