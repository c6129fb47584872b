"""What happens to a regeneration between its start and its end."""

from datetime import timedelta
from uuid import uuid4

import pytest

from clipbot.errors import JobNotFound
from clipbot.store.records import NewPrompt, RegenerationStatus
from clipbot.store.store import Store
from tests.unit.store.given import (
    NOW,
    USER,
    edit,
    job,
    outcome,
    publication,
    running,
    submit,
)

LATER = NOW + timedelta(minutes=1)


def test_starting_keeps_the_first_base_and_prompt(store: Store) -> None:
    (record,) = submit(store, edit(job(store)))
    first = store.regenerations.start(record.id, base_number=3, original_prompt="a", now=NOW)

    again = store.regenerations.start(record.id, base_number=4, original_prompt="b", now=LATER)

    assert again == first
    assert (first.status, first.base_number) == (RegenerationStatus.PROCESSING, 3)
    assert (first.original_prompt, first.started_at) == ("a", NOW)


def test_an_ended_edit_does_not_start_again(store: Store) -> None:
    (record,) = submit(store, edit(job(store)))
    ended = store.regenerations.end(outcome(record.id), now=NOW)

    assert store.regenerations.start(record.id, base_number=1, original_prompt="", now=NOW) == ended


def test_progress_moves_the_row_and_appends_an_event(store: Store) -> None:
    job_id = job(store)
    id_ = running(store, job_id, 2)
    store.regenerations.progress(
        id_,
        name="video_generating",
        progress=10,
        message="Prompt written",
        fields={"modified_prompt": "lanterns at noon"},
        now=LATER,
    )

    record = store.regenerations.get(id_)
    assert (record.progress, record.message) == (10, "Prompt written")
    event = store.events.after(job_id, 1)[0]
    assert (event.id, event.name, event.progress, event.clip_index) == (
        2,
        "video_generating",
        10,
        2,
    )
    assert (event.fields, event.created_at) == ({"modified_prompt": "lanterns at noon"}, LATER)


def test_a_prompt_is_written_once_with_what_it_cost_and_told_of(store: Store) -> None:
    job_id = job(store)
    id_ = running(store, job_id, 2)
    store.regenerations.book_language(id_, 5)
    new = NewPrompt("lanterns at noon", 0.4, 77, "tiny", 20, "Only the light.")

    first = store.regenerations.write_prompt(id_, new, progress=10, now=LATER)
    other = NewPrompt("lanterns at night", 0.9, 78, "tiny", 20, "Anew.")
    again = store.regenerations.write_prompt(id_, other, progress=10, now=LATER)

    assert again == first
    assert (first.prompt, first.temperature, first.seed) == ("lanterns at noon", 0.4, 77)
    assert (first.language_model, first.language_micros, first.progress) == ("tiny", 25, 10)
    (event,) = store.events.after(job_id, 1)
    assert (event.name, event.progress) == ("prompt_modified", 10)
    assert event.fields == {
        "modified_prompt": "lanterns at noon",
        "temperature": 0.4,
        "temperature_reasoning": "Only the light.",
        "language_model": "tiny",
    }


def test_no_prompt_is_written_for_an_edit_that_is_over(store: Store) -> None:
    job_id = job(store)
    id_ = running(store, job_id)
    ended = store.regenerations.end(outcome(id_), now=NOW)

    new = NewPrompt("lanterns", 0.4, 77, None, 20, "")
    assert store.regenerations.write_prompt(id_, new, progress=10, now=LATER) == ended
    store.regenerations.book_language(id_, 5)
    assert store.regenerations.get(id_) == ended


def test_progress_never_goes_back_nor_past_the_end(store: Store) -> None:
    job_id = job(store)
    id_ = running(store, job_id)

    for progress in (40, 20, 130):
        store.regenerations.progress(id_, name="video_generating", progress=progress, message="")

    assert [event.progress for event in store.events.after(job_id, 1)] == [40, 40, 100]
    assert store.regenerations.get(id_).progress == 100


def test_progress_on_an_ended_edit_says_nothing(store: Store) -> None:
    job_id = job(store)
    id_ = running(store, job_id)
    store.regenerations.publish(publication(id_), now=NOW)
    last = store.events.last_id(job_id)

    store.regenerations.progress(id_, name="video_generating", progress=50, message="late")

    assert store.events.last_id(job_id) == last
    assert store.regenerations.get(id_).message == "Clip 1 is brighter now."


def test_the_wish_to_cancel_is_remembered_while_the_edit_runs(store: Store) -> None:
    job_id = job(store)
    id_ = running(store, job_id)
    assert store.regenerations.is_cancel_requested(id_) is False

    (record,) = store.regenerations.cancel(job_id, [id_], now=NOW)

    assert (record.is_cancel_requested, record.is_open) == (True, True)
    assert store.regenerations.is_cancel_requested(id_) is True
    done = running(store, job_id, 2)
    store.regenerations.publish(publication(done), now=NOW)
    (record,) = store.regenerations.cancel(job_id, [done], now=NOW)
    assert (record.is_cancel_requested, record.status) == (False, RegenerationStatus.COMPLETED)


def test_what_waits_is_taken_back_at_once_with_its_money(store: Store) -> None:
    """It may wait behind others for long, and a workflow that comes late begins nothing."""
    job_id = job(store)
    batch_id = uuid4()
    edits = [edit(job_id, i, ceiling=1_000, batch_id=batch_id) for i in range(3)]
    submit(store, *edits)
    store.regenerations.start(edits[0].id, base_number=1, original_prompt="", now=NOW)

    taken = store.regenerations.cancel(job_id, [one.id for one in edits], now=LATER)

    assert [record.id for record in taken] == [one.id for one in edits]
    assert [record.status.value for record in taken] == ["processing", "cancelled", "cancelled"]
    assert all(record.is_cancel_requested for record in taken)
    assert store.jobs.get(job_id).status == "regenerating"
    assert store.jobs.get(job_id).reserved_micros == 1_000
    late = store.regenerations.start(edits[1].id, base_number=1, original_prompt="", now=LATER)
    assert (late.status, late.started_at) == (RegenerationStatus.CANCELLED, None)
    names = [event.name for event in store.events.after(job_id, 0)]
    assert names == ["regeneration_started"] * 3 + ["regeneration_cancelled"] * 2
    assert store.regenerations.cancel(job_id, [edits[2].id], now=LATER) == [taken[2]]
    assert store.books.problems() == []


def test_edits_of_another_job_are_not_taken_back(store: Store) -> None:
    ours, theirs = job(store), job(store)
    (foreign,) = submit(store, edit(theirs))
    assert store.regenerations.cancel(ours, [foreign.id], now=NOW) == []
    assert store.regenerations.get(foreign.id).status is RegenerationStatus.QUEUED


def test_events_are_read_from_where_one_was(store: Store) -> None:
    job_id = job(store)
    id_ = running(store, job_id)
    for progress in range(1, 10):
        store.regenerations.progress(id_, name="video_generating", progress=progress, message="")

    assert store.events.last_id(job_id) == 10
    assert [event.id for event in store.events.after(job_id, 7)] == [8, 9, 10]
    assert [event.id for event in store.events.after(job_id, 0, limit=2)] == [1, 2]
    assert store.events.after(job_id, 10) == []
    assert store.events.last_id(uuid4()) == 0
    assert store.events.after(uuid4(), 0) == []


def test_the_poller_gets_the_news_of_many_jobs_at_once(store: Store) -> None:
    first, second, silent = job(store), job(store), job(store)
    running(store, first, 0)
    running(store, first, 1)
    running(store, second, 0)
    strangers = {uuid4(): 0 for _ in range(1_000)}

    found = store.events.latest({**strangers, first: 1, second: 0, silent: 0})

    assert sorted((event.job_id, event.id) for event in found) == sorted([(first, 2), (second, 1)])
    assert store.events.latest({}) == []


def test_a_chat_keeps_its_last_lines_oldest_first(store: Store) -> None:
    job_id = job(store)
    for number in range(5):
        store.messages.add(job_id, role="user", content=str(number), now=NOW, user_id=USER)
    asked = store.messages.add(
        job_id,
        role="assistant",
        content="Which clip?",
        now=LATER,
        plan={"act": "ask"},
        choices=("clip 1", "clip 2"),
    )

    lines = store.messages.of_job(job_id, limit=3)

    assert [line.content for line in lines] == ["3", "4", "Which clip?"]
    assert lines[-1] == asked
    assert (asked.plan, asked.choices) == ({"act": "ask"}, ("clip 1", "clip 2"))
    assert asked.created_at == LATER
    assert store.messages.of_job(uuid4()) == []


def test_an_event_for_a_job_that_is_gone_is_refused(store: Store) -> None:
    with pytest.raises(JobNotFound):
        submit(store, edit(uuid4()))
