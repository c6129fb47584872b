"""The workflow of one regeneration, on the real engine, with steps that only write down."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from uuid import uuid4

import pytest

from clipbot.errors import (
    ClipbotError,
    ClipBusy,
    ContentRefused,
    EditCancelled,
    EncodingFailed,
    FootageRejected,
    ProviderRateLimited,
    ProviderRejected,
    ProviderUnavailable,
    StorageFull,
    SubmissionUnknown,
)
from clipbot.workflows.regenerate import _advised
from tests.integration.processes.installation import Installation, installation_on
from tests.integration.processes.runs import run, scripted
from tests.integration.processes.scripted import STEPS
from tests.integration.processes.waiting import until


@pytest.fixture(params=["sqlite", "postgres"])
def either(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Installation]:
    with installation_on(request.param, tmp_path) as made:
        yield made


@pytest.fixture
def embedded(tmp_path: Path) -> Iterator[Installation]:
    with installation_on("sqlite", tmp_path) as made:
        yield made


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


def test_what_is_refused_is_asked_for_again_as_often_as_was_agreed(either: Installation) -> None:
    refused: list[Exception | None] = [ContentRefused("Veo", "flagged") for _ in range(3)]

    shown = run(either, {"await_footage": refused[:2]}, attempts=3)
    given_up = run(either, {"submit": refused}, attempts=2)

    book = either.book
    again = ["intend", "submit", "await_footage", "next_attempt"]
    assert book.status(shown) == "completed"
    assert book.steps(shown) == ["begin", *again, *again, *STEPS[1:]]
    assert book.edit(given_up)["code"] == ContentRefused.code
    asked = ["intend", "submit", "next_attempt"]
    assert book.steps(given_up) == ["begin", *asked, *asked, "end"]


def test_footage_that_was_made_after_all_is_brought_in(either: Installation) -> None:
    book = either.book
    edit, _ = book.add()
    with book.writing() as connection:
        connection.execute("UPDATE edits SET status = 'needs_attention', prediction = 'late'")
    with scripted(either):
        until(lambda: book.status(edit) == "completed")

    assert book.steps(edit) == ["recall", "await_footage", "store", "encode", "publish"]
    assert (book.published(), book.paid()) == (1, 0)


def test_footage_that_could_not_be_brought_in_is_brought_in_later(either: Installation) -> None:
    """The provider said that it is there, and went away again before it was fetched."""
    book = either.book
    edit, _ = book.add()
    with book.writing() as connection:
        connection.execute("UPDATE edits SET status = 'needs_attention', prediction = 'late'")
    away: list[Exception | None] = [ProviderUnavailable("Veo", "no route")] * 6
    with scripted(either, {"recall": away}):
        until(lambda: book.status(edit) == "completed")

    steps = book.steps(edit)
    assert steps == [*(["recall"] * 3 + ["end"]) * 2, "recall", *STEPS[3:]]
    assert (book.published(), book.paid()) == (1, 0)


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


def test_a_provider_that_says_when_is_asked_then_but_not_later_than_a_minute() -> None:
    assert _advised(ProviderRateLimited("Veo", 7.0), 0.5) == 7.0
    assert _advised(ProviderRateLimited("Veo", 3600.0), 0.5) == 60.0
    assert _advised(ProviderRateLimited("Veo", None), 0.5) == 0.5
    assert _advised(ProviderUnavailable("Veo", "no route"), 0.5) == 0.5
