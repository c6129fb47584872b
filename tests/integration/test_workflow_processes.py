"""Several processes at one installation: who executes, and who takes over from the dead."""

import os
import signal
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from uuid import uuid4

import pytest

from clipbot.errors import ConfigurationError
from clipbot.workflows.executor import Executor
from tests.integration.processes.children import Child, child, freeze
from tests.integration.processes.installation import Installation, installation_on
from tests.integration.processes.programs import QUICK, execute, executor
from tests.integration.processes.scripted import STEPS, ScriptedSteps
from tests.integration.processes.waiting import until


@pytest.fixture
def embedded(tmp_path: Path) -> Iterator[Installation]:
    with installation_on("sqlite", tmp_path) as made:
        yield made


@pytest.fixture
def shared(tmp_path: Path) -> Iterator[Installation]:
    with installation_on("postgres", tmp_path) as made:
        yield made


def other(installation: Installation, **options: object) -> Child:
    """Start another process that executes, and wait until it does."""
    process = child(execute, installation.url, installation.home, **options)
    until((installation.home / "ready").exists)
    return process


def client(installation: Installation) -> Executor:
    """Return a queue that only enqueues, as long as somebody executes."""
    return executor(installation, role="command")


def test_beside_an_executor_a_process_only_enqueues(embedded: Installation) -> None:
    edit, job = embedded.book.add()
    with other(embedded) as process, executor(embedded) as queue:
        was_executor = queue.is_executor
        queue.enqueue(edit, job)
        until(lambda: embedded.book.is_over(edit))
        ran_in = {call.pid for call in embedded.book.calls(edit)}
        pid = process.pid

    assert not was_executor
    assert ran_in == {pid}


def test_a_process_takes_over_from_a_killed_one_and_no_step_runs_twice_at_once(
    embedded: Installation,
) -> None:
    book = embedded.book
    hold = book.hold("await_footage")
    edit, job = book.add()
    with other(embedded) as process, executor(embedded) as queue:
        queue.enqueue(edit, job)
        until(lambda: "await_footage" in book.steps(edit))
        process.kill()
        until(lambda: queue.is_executor)
        hold.unlink()
        until(lambda: book.is_over(edit))

    assert book.status(edit) == "completed"
    assert book.steps(edit) == [*STEPS[:4], *STEPS[3:]]
    assert book.calls(edit)[3].pid == process.pid
    assert {call.pid for call in book.calls(edit)[4:]} == {os.getpid()}


def test_a_process_takes_over_from_one_that_was_stopped(embedded: Installation) -> None:
    book = embedded.book
    hold = book.hold("encode")
    edit, job = book.add()
    with other(embedded) as process, executor(embedded) as queue:
        queue.enqueue(edit, job)
        until(lambda: "encode" in book.steps(edit))
        process.terminate()
        until(lambda: queue.is_executor)
        # It did not wait for the step that it let go of, and that step never came back.
        assert process.join() == 0
        hold.unlink()
        until(lambda: book.is_over(edit))

    assert book.steps(edit) == [*STEPS[:6], *STEPS[5:]]
    assert book.calls(edit)[5].stopped is None


def test_several_hosts_share_the_work_and_keep_the_order_of_each_job(shared: Installation) -> None:
    book = shared.book
    jobs = [uuid4() for _ in range(6)]
    edits = {job: [book.add(job)[0] for _ in range(2)] for job in jobs}
    with other(shared), executor(shared) as queue:
        for job in [*jobs, *jobs]:
            queue.enqueue(edits[job][0], job)
            queue.enqueue(edits[job][1], job)
        until(lambda: book.is_over(*(edit for of_job in edits.values() for edit in of_job)))

    assert len({call.pid for call in book.calls()}) == 2
    for of_job in edits.values():
        calls = [call for call in book.calls() if call.edit in of_job]
        assert [call.step for call in calls] == [*STEPS, *STEPS]
        assert list(dict.fromkeys(call.edit for call in calls)) == of_job
        assert all((first.stopped or 0) <= second.started for first, second in pairwise(calls))


def test_the_work_of_a_dead_host_is_taken_over_and_its_job_goes_on(shared: Installation) -> None:
    book = shared.book
    hold = book.hold("await_footage")
    edit, job = book.add()
    behind, _ = book.add(job)
    with other(shared) as process:
        with client(shared) as queue:
            queue.enqueue(edit, job)
            queue.enqueue(behind, job)
            until(lambda: "await_footage" in book.steps(edit))
        process.kill()
        hold.unlink()
        with executor(shared):
            until(lambda: book.is_over(edit, behind))

    assert [book.status(each) for each in (edit, behind)] == ["completed", "completed"]
    assert book.steps(edit) == [*STEPS[:4], *STEPS[3:]]
    assert book.steps(behind) == list(STEPS)
    assert book.paid() == 2


def test_a_frozen_host_that_wakes_up_changes_nothing_any_more(shared: Installation) -> None:
    book = shared.book
    hold = book.hold("await_footage")
    edit, job = book.add()
    # It must not freeze while it leads: nobody else could, as long as its connection lives.
    with other(shared, rhythm=replace(QUICK, reap_seconds=600.0)) as process:
        with client(shared) as queue:
            queue.enqueue(edit, job)
            until(lambda: "await_footage" in book.steps(edit))
        # Nor with the book in its hand: that is a file, which nobody else could write to.
        with book.writing():
            freeze(process.pid)
        with executor(shared):
            until(lambda: book.steps(edit).count("await_footage") == 2)
            os.kill(process.pid, signal.SIGCONT)
            hold.unlink()
            until(lambda: book.is_over(edit))
            until(lambda: all(call.stopped for call in book.calls(edit)))

    assert [call.pid for call in book.calls(edit)[5:]] == [os.getpid()] * 3
    assert book.published() == 1


def test_a_host_that_stops_hands_its_work_on_at_once(shared: Installation) -> None:
    # Nobody counts as dead while this test runs.
    rhythm = replace(QUICK, dead_seconds=600.0)
    book = shared.book
    hold = book.hold("await_footage")
    edit, job = book.add()
    steps = ScriptedSteps(book)
    with other(shared, rhythm=rhythm) as process:
        with client(shared) as queue:
            queue.enqueue(edit, job)
            until(lambda: "await_footage" in book.steps(edit))
        process.terminate()
        hold.unlink()
        with executor(shared, steps=steps, rhythm=rhythm):
            until(lambda: book.is_over(edit))

    assert book.status(edit) == "completed"
    assert {call.pid for call in book.calls(edit)} == {process.pid, os.getpid()}


def test_a_command_executes_only_where_nobody_else_does(shared: Installation) -> None:
    with other(shared) as process, executor(shared, role="command") as queue:
        beside = queue.is_executor
        process.kill()
        until(lambda: queue.is_executor)
        edit, job = shared.book.add()
        queue.enqueue(edit, job)
        until(lambda: shared.book.is_over(edit))

    assert not beside
    assert {call.pid for call in shared.book.calls(edit)} == {os.getpid()}


def test_a_command_does_not_wait_for_the_command_before_it(shared: Installation) -> None:
    with client(shared):
        pass
    edit, job = shared.book.add()
    with client(shared) as queue:
        assert queue.is_executor
        queue.enqueue(edit, job)
        until(lambda: shared.book.is_over(edit))


def test_postgresql_without_a_list_of_workers_is_refused(embedded: Installation) -> None:
    with pytest.raises(ConfigurationError):
        Executor(
            ScriptedSteps(embedded.book),
            database_url="postgresql://nowhere/clipbot",
            home=embedded.home,
            role="app",
        )
