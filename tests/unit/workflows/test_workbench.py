"""How a process that stops ends the steps that run in it."""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from clipbot.services.live import rest
from clipbot.workflows.workbench import Stopped, Workbench

LONG = 3600.0


def started(bench: Workbench, step: Callable[[], None], pool: ThreadPoolExecutor) -> Future[None]:
    """Run a step as the engine does, and return once it has begun."""
    begun = threading.Event()

    def call() -> None:
        begun.set()
        step()

    running = pool.submit(bench.run, "edit", call)
    assert begun.wait(120)
    return running


def test_a_step_that_waits_ends_when_its_process_stops() -> None:
    bench, seen = Workbench(), Future[BaseException]()

    def wait() -> None:
        try:
            rest(LONG)
        except BaseException as error:
            seen.set_result(error)
            raise

    with ThreadPoolExecutor(1) as pool:
        running = started(bench, wait, pool)
        bench.close(LONG)
        with pytest.raises(Stopped):
            running.result(30)
    assert isinstance(seen.result(30), Stopped)
    assert bench.busy == set()


def test_a_step_that_cannot_be_ended_is_let_go_of_and_stays_busy() -> None:
    bench, go = Workbench(), threading.Event()

    def deaf() -> None:
        go.wait(60)

    with ThreadPoolExecutor(1) as pool:
        running = started(bench, deaf, pool)
        bench.close(0.01)
        with pytest.raises(Stopped):
            running.result(30)
        assert bench.busy == {"edit"}
        idle = threading.Event()
        bench.when_idle(idle.set)
        go.set()
        assert idle.wait(120)
    assert bench.busy == set()


def test_outside_of_a_step_nothing_ends_a_wait() -> None:
    Workbench().close(0.01)
    rest(0)
