"""What falls between rows, workflows and starts is looked after; nothing is lost or stuck."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from clipbot.errors import (
    EncodingFailed,
    FootageRejected,
    PredictionLost,
    StorageFull,
)
from clipbot.workflows import ticker
from clipbot.workflows.backlog import Backlog
from clipbot.workflows.base import Steps
from clipbot.workflows.engine import Engine
from clipbot.workflows.notes import notes_url, prepare
from clipbot.workflows.sweep import Sweeper
from tests.integration.processes.installation import Installation, installation_on
from tests.integration.processes.programs import executor
from tests.integration.processes.runs import Script, dbos_notes, run, scripted
from tests.integration.processes.scripted import STEPS, ScriptedSteps
from tests.integration.processes.waiting import until


@pytest.fixture(params=["sqlite", "postgres"])
def either(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Installation]:
    with installation_on(request.param, tmp_path) as made:
        yield made


@pytest.fixture
def embedded(tmp_path: Path) -> Iterator[Installation]:
    with installation_on("sqlite", tmp_path) as made:
        yield made


def test_whoever_executes_looks_for_jobs_that_are_stuck(either: Installation) -> None:
    steps = ScriptedSteps(either.book)
    with executor(either, steps=steps) as queue:
        assert queue.is_executor
        assert steps.looked_for_stuck.wait(120)


class Keeping:
    """A `Keeper` that is busy until it is told to stop."""

    def __init__(self) -> None:
        self.began, self.ended = threading.Event(), threading.Event()

    def tick(self, cancelled: Callable[[], bool]) -> None:
        self.began.set()
        until(cancelled)
        self.ended.set()


def test_whoever_executes_looks_through_footage_and_stops_with_it(either: Installation) -> None:
    keeping = Keeping()
    with executor(either, keeper=keeping):
        assert keeping.began.wait(120)
        assert not keeping.ended.is_set()
    assert keeping.ended.is_set()


def test_ending_is_tried_until_there_is_room(embedded: Installation) -> None:
    full: list[Exception | None] = [StorageFull() for _ in range(10)]

    edit = run(embedded, {"store": [FootageRejected("it is black")], "end": full})

    assert embedded.book.status(edit) == "failed"
    assert embedded.book.steps(edit).count("end") == 11


def test_an_end_that_breaks_is_left_to_the_sweep(
    embedded: Installation, caplog: pytest.LogCaptureFixture
) -> None:
    broken: list[Exception | None] = [ZeroDivisionError() for _ in range(5)]

    edit = run(embedded, {"store": [FootageRejected("it is black")], "end": broken})

    assert (embedded.book.status(edit), embedded.book.edit(edit)["code"]) == ("failed", "internal")
    assert "workflow broke" in caplog.messages


def test_an_edit_that_cannot_be_ended_does_not_hold_up_the_others(
    embedded: Installation, caplog: pytest.LogCaptureFixture
) -> None:
    lost: list[Exception | None] = [PredictionLost("Veo", "unknown there") for _ in range(12)]
    book = embedded.book
    edit, job = book.add()
    behind, _ = book.add(job)
    script: Script = {"store": [FootageRejected("it is black")], "end": lost}
    with scripted(embedded, script) as queue:
        queue.enqueue(edit, job)
        queue.enqueue(behind, job)
        until(lambda: book.is_over(behind))
        until(lambda: book.is_over(edit))

    assert caplog.messages.count("broken edit could not be ended") == len({edit, behind})


def test_an_edit_whose_row_is_gone_ends_quietly(
    embedded: Installation, caplog: pytest.LogCaptureFixture
) -> None:
    book = embedded.book
    _, job = book.add()
    edit, _ = book.add(job)
    with scripted(embedded) as queue:
        queue.enqueue(uuid4(), job)
        queue.enqueue(edit, job)
        until(lambda: book.is_over(edit))
        # The sweep may have put the other one before it.
        until(lambda: "edit to be ended is gone" in caplog.messages)


def test_a_burst_of_one_process_does_not_put_it_behind_another(either: Installation) -> None:
    prepare(either.url, either.home)
    url, book = notes_url(either.url, either.home), either.book
    others, job = [book.add() for _ in range(12)], uuid4()
    first, second = (book.add(job)[0] for _ in range(2))
    with closing(Backlog(url)) as one, closing(Backlog(url)) as another:
        for each in others:
            one.enqueue(*each)
        one.enqueue(first, job)
        another.enqueue(second, job)
    # Only now, so that all of them were waiting.
    with scripted(either):
        until(lambda: book.is_over(first, second, *(edit for edit, _ in others)))

    begun = [call.edit for call in book.calls() if call.step == "begin"]
    assert begun.index(first) < begun.index(second)


def test_the_engine_forgets_what_ended_long_ago_and_we_do_not(embedded: Installation) -> None:
    edit = run(embedded)
    url = notes_url(embedded.url, embedded.home)
    with closing(Backlog(url)) as backlog:
        sweeper = Sweeper(ScriptedSteps(embedded.book), backlog, stale_seconds=0)
        sweeper.forget(datetime.now(UTC) + timedelta(days=29))
        kept = backlog.known([edit])
        sweeper.forget(datetime.now(UTC) + timedelta(days=31))
        forgotten = backlog.known([edit])

    assert (kept, forgotten) == ({edit}, set())
    assert embedded.book.status(edit) == "completed"


def test_a_row_without_a_workflow_is_found_and_run(either: Installation) -> None:
    edit, _ = either.book.add()
    with scripted(either):
        until(lambda: either.book.is_over(edit))

    assert either.book.steps(edit) == list(STEPS)


def test_what_cannot_be_enqueued_now_is_left_to_the_sweep(
    embedded: Installation, caplog: pytest.LogCaptureFixture
) -> None:
    edit, job = embedded.book.add()
    with scripted(embedded) as queue, closing(dbos_notes(embedded)) as notes:
        notes.execute("ALTER TABLE workflow_status RENAME TO moved")
        queue.enqueue(edit, job)
        notes.execute("ALTER TABLE moved RENAME TO workflow_status")
        until(lambda: embedded.book.is_over(edit))

    assert "enqueueing is left to the sweep" in caplog.messages
    assert embedded.book.status(edit) == "completed"


def test_a_workflow_that_was_given_up_ends_its_edit(embedded: Installation) -> None:
    book = embedded.book
    hold = book.hold("await_footage")
    first, job = book.add()
    second, _ = book.add(job)
    with scripted(embedded) as queue, closing(dbos_notes(embedded)) as notes:
        queue.enqueue(first, job)
        queue.enqueue(second, job)
        until(lambda: "await_footage" in book.steps(first))
        notes.execute(
            "UPDATE workflow_status SET status = 'MAX_RECOVERY_ATTEMPTS_EXCEEDED'"
            " WHERE workflow_uuid = ?",
            (str(second),),
        )
        notes.commit()
        until(lambda: book.is_over(second))
        hold.unlink()
        until(lambda: book.is_over(first))

    assert (book.status(second), book.edit(second)["code"]) == ("failed", "internal")
    assert book.status(first) == "completed"


def test_a_stopped_edit_goes_on_from_its_last_step(either: Installation) -> None:
    book = either.book
    hold = book.hold("await_footage")
    edit, job = book.add()
    with scripted(either) as queue:
        queue.enqueue(edit, job)
        until(lambda: "await_footage" in book.steps(edit))
    hold.unlink()
    for _ in range(2):
        with scripted(either):
            until(lambda: book.is_over(edit))

    assert book.steps(edit) == [*STEPS[:4], *STEPS[3:]]
    assert book.published() == 1


def test_the_lock_is_kept_until_the_last_step_that_was_let_go_of_has_ended(
    embedded: Installation,
) -> None:
    book = embedded.book
    hold = book.hold("encode")
    edit, job = book.add()
    with scripted(embedded) as queue:
        queue.enqueue(edit, job)
        until(lambda: "encode" in book.steps(edit))
    with scripted(embedded) as queue:
        was_executor = queue.is_executor
        hold.unlink()
        until(lambda: queue.is_executor)
        until(lambda: book.is_over(edit))

    encodes = [call for call in book.calls(edit) if call.step == "encode"]
    assert not was_executor
    assert (encodes[0].stopped or 0) <= encodes[1].started


def test_only_one_executor_of_an_embedded_home_executes_and_the_next_takes_over(
    embedded: Installation,
) -> None:
    book = embedded.book
    first_edit, job = book.add()
    second_edit, _ = book.add(job)
    with scripted(embedded) as second:
        with scripted(embedded) as third:
            roles = (second.is_executor, third.is_executor)
            third.enqueue(first_edit, job)
            until(lambda: book.is_over(first_edit))
        second.stop()
        with scripted(embedded) as fourth:
            fourth.enqueue(second_edit, job)
            until(lambda: book.is_over(second_edit))
            takes_over = fourth.is_executor

    assert roles == (True, False)
    assert takes_over


def test_a_process_that_stops_while_it_takes_over_ends_what_it_began(
    embedded: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    begins, may_go_on, start = threading.Event(), threading.Event(), Engine.start

    def slowly(engine: Engine, steps: Steps) -> None:
        begins.set()
        assert may_go_on.wait(60)
        start(engine, steps)

    with scripted(embedded) as first, scripted(embedded) as second:
        monkeypatch.setattr(Engine, "start", slowly)
        monkeypatch.setattr(ticker, "_PATIENCE_SECONDS", 0.01)
        first.stop()
        assert begins.wait(60)
        stopping = threading.Thread(target=second.stop)
        stopping.start()
        stopping.join(0.2)
        may_go_on.set()
        stopping.join(60)
        until(lambda: "clipbot-turn" not in {thread.name for thread in threading.enumerate()})

        assert not second.is_executor
        assert not list((embedded.home / "beats").iterdir())


def test_nothing_is_pickled_and_readers_never_wait_for_writers(embedded: Installation) -> None:
    run(embedded, {"encode": [EncodingFailed("it stopped")]})

    with closing(dbos_notes(embedded)) as notes:
        journal = notes.execute("PRAGMA journal_mode").fetchone()[0]
        written = notes.execute(
            "SELECT serialization FROM workflow_status"
            " UNION SELECT serialization FROM operation_outputs"
        ).fetchall()
    assert journal == "wal"
    assert written == [("portable_json",)]


def test_the_engine_says_nothing_on_its_own_handlers(embedded: Installation) -> None:
    run(embedded)

    assert [type(handler) for handler in logging.getLogger("dbos").handlers] == [
        logging.NullHandler
    ]
