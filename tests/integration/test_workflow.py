"""The workflow of one regeneration, on the real engine, with steps that only write down."""

import logging
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from clipbot.errors import (
    ClipbotError,
    ClipBusy,
    EditCancelled,
    EncodingFailed,
    FootageRejected,
    PredictionLost,
    ProviderRateLimited,
    ProviderRejected,
    ProviderUnavailable,
    StorageFull,
    SubmissionUnknown,
)
from clipbot.workflows.backlog import Backlog
from clipbot.workflows.engine import notes_url
from clipbot.workflows.executor import Executor
from clipbot.workflows.regenerate import _advised
from clipbot.workflows.sweep import Sweeper
from tests.integration.processes.installation import Installation, installation_on
from tests.integration.processes.programs import executor
from tests.integration.processes.scripted import STEPS, ScriptedSteps
from tests.integration.processes.waiting import until

Script = Mapping[str, Sequence[Exception | None]]


@pytest.fixture(params=["sqlite", "postgres"])
def either(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Installation]:
    with installation_on(request.param, tmp_path) as made:
        yield made


@pytest.fixture
def embedded(tmp_path: Path) -> Iterator[Installation]:
    with installation_on("sqlite", tmp_path) as made:
        yield made


def scripted(installation: Installation, script: Script | None = None) -> Executor:
    steps = ScriptedSteps(installation.book, script or {})
    return executor(installation, steps=steps)


def run(installation: Installation, script: Script | None = None) -> UUID:
    """Run one edit to its end and return it."""
    edit, job = installation.book.add()
    with scripted(installation, script) as queue:
        queue.enqueue(edit, job)
        until(lambda: installation.book.is_over(edit))
    return edit


def test_an_edit_runs_step_by_step_and_passes_on_what_each_found(either: Installation) -> None:
    edit = run(either)

    book = either.book
    prediction = book.edit(edit)["prediction"]
    assert book.steps(edit) == list(STEPS)
    assert book.status(edit) == "completed"
    assert book.facts("submit") == "1"
    assert book.facts("await_footage") == prediction
    assert book.facts("store") == f"file:///{prediction}.mp4"
    assert book.facts("encode") == f"key-of-file:///{prediction}.mp4"


def test_the_last_step_is_told_how_long_each_part_took(embedded: Installation) -> None:
    run(embedded)

    assert embedded.book.facts("publish").split()[1:] == [
        "encode_s",
        "language_s",
        "render_s",
        "verify_s",
    ]


def test_edits_of_a_job_run_in_order_and_never_at_once_while_other_jobs_go_on(
    either: Installation,
) -> None:
    book = either.book
    hold = book.hold("await_footage")
    job = uuid4()
    edits = [book.add(job)[0] for _ in range(4)]
    other, other_job = book.add()
    with scripted(either) as queue:
        for edit in edits:
            queue.enqueue(edit, job)
        queue.enqueue(other, other_job)
        until(lambda: {"await_footage"} <= set(book.steps(other)) & set(book.steps(edits[0])))
        waiting = [book.steps(edit) for edit in edits[1:]]
        hold.unlink()
        until(lambda: book.is_over(other, *edits))

    assert waiting == [[], [], []]
    of_job = [call for call in book.calls() if call.edit != other]
    assert list(dict.fromkeys(call.edit for call in of_job)) == edits
    assert all((first.stopped or 0) <= second.started for first, second in pairwise(of_job))


def test_enqueueing_twice_runs_once(either: Installation) -> None:
    book = either.book
    edit, job = book.add()
    after, _ = book.add(job)
    with scripted(either) as queue:
        for each in (edit, edit, after, edit):
            queue.enqueue(each, job)
        until(lambda: book.is_over(edit, after))

    assert book.steps(edit) == list(STEPS)


@pytest.mark.parametrize("step", STEPS)
def test_an_error_ends_the_edit_with_its_sentence_and_nothing_after_it_runs(
    embedded: Installation, step: str
) -> None:
    error = FootageRejected("it shows nothing but black")

    edit = run(embedded, {step: [error]})

    row = embedded.book.edit(edit)
    assert embedded.book.steps(edit) == [*STEPS[: STEPS.index(step) + 1], "end"]
    assert (row["status"], row["code"], row["message"]) == ("failed", error.code, str(error))
    assert not row["is_retryable"]


def test_the_end_of_a_failed_edit_knows_how_long_its_parts_took(embedded: Installation) -> None:
    run(embedded, {"encode": [EncodingFailed("it stopped")]})

    assert embedded.book.facts("end").split() == [
        "encoding_failed",
        "encode_s",
        "language_s",
        "render_s",
        "verify_s",
    ]


@pytest.mark.parametrize(
    ("step", "error"),
    [
        ("submit", ProviderUnavailable("Veo", "no route")),
        ("await_footage", ProviderRateLimited("Veo", 0.01)),
        ("store", StorageFull()),
    ],
)
def test_what_passes_is_tried_three_times(
    embedded: Installation, step: str, error: ClipbotError
) -> None:
    survived = run(embedded, {step: [error, error]})
    ended = run(embedded, {step: [error, error, error, error]})

    book = embedded.book
    assert (book.status(survived), book.steps(survived).count(step)) == ("completed", 3)
    assert (book.status(ended), book.steps(ended).count(step)) == ("failed", 3)
    assert (book.edit(ended)["code"], book.edit(ended)["is_retryable"]) == (error.code, 1)


@pytest.mark.parametrize(
    "error",
    [SubmissionUnknown("Veo", "no answer"), ProviderRejected("Veo", "no"), ClipBusy(1)],
)
def test_what_may_have_been_paid_or_is_for_a_person_is_never_tried_again(
    embedded: Installation, error: ClipbotError
) -> None:
    edit = run(embedded, {"submit": [error]})

    assert embedded.book.steps(edit) == ["begin", "intend", "submit", "end"]
    assert embedded.book.edit(edit)["code"] == error.code


def test_a_bug_is_logged_once_and_ends_the_edit_in_neutral_words(
    embedded: Installation, caplog: pytest.LogCaptureFixture
) -> None:
    edit = run(embedded, {"encode": [ZeroDivisionError("secret-token in /home/somebody")]})

    row = embedded.book.edit(edit)
    logged = [record for record in caplog.records if record.exc_info]
    assert (row["status"], row["code"]) == ("failed", "internal")
    assert row["message"] == "Something went wrong inside clipbot; the film is as before."
    assert [record.getMessage() for record in logged] == ["step broke"]
    assert "ZeroDivisionError" in caplog.text


def test_an_edit_taken_back_while_it_waits_never_runs(embedded: Installation) -> None:
    book = embedded.book
    hold = book.hold("await_footage")
    first, job = book.add()
    second, _ = book.add(job)
    with scripted(embedded) as queue:
        queue.enqueue(first, job)
        queue.enqueue(second, job)
        until(lambda: "await_footage" in book.steps(first))
        book.cancel(second)
        hold.unlink()
        until(lambda: book.is_over(first, second))

    assert (book.status(first), book.status(second)) == ("completed", "cancelled")
    assert book.steps(second) == ["begin", "end"]


def test_an_edit_taken_back_while_it_runs_ends_at_that_step(either: Installation) -> None:
    book = either.book
    book.hold("await_footage")
    edit, job = book.add()
    with scripted(either) as queue:
        queue.enqueue(edit, job)
        until(lambda: "await_footage" in book.steps(edit))
        book.cancel(edit)
        until(lambda: book.is_over(edit))

    assert (book.status(edit), book.edit(edit)["code"]) == ("cancelled", EditCancelled.code)
    assert book.steps(edit) == ["begin", "intend", "submit", "await_footage", "end"]


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

    assert "edit to be ended is gone" in caplog.messages


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


def test_a_provider_that_says_when_is_asked_then_but_not_later_than_a_minute() -> None:
    assert _advised(ProviderRateLimited("Veo", 7.0), 0.5) == 7.0
    assert _advised(ProviderRateLimited("Veo", 3600.0), 0.5) == 60.0
    assert _advised(ProviderRateLimited("Veo", None), 0.5) == 0.5
    assert _advised(ProviderUnavailable("Veo", "no route"), 0.5) == 0.5


def test_the_engine_says_nothing_on_its_own_handlers(embedded: Installation) -> None:
    run(embedded)

    assert [type(handler) for handler in logging.getLogger("dbos").handlers] == [
        logging.NullHandler
    ]


def dbos_notes(installation: Installation) -> sqlite3.Connection:
    return sqlite3.connect(installation.home / "dbos.sqlite", timeout=30)
