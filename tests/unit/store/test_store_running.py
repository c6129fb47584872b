"""What happens to a regeneration between its start and its end."""

from datetime import timedelta
from uuid import uuid4

import pytest

from clipbot.errors import JobNotFound
from clipbot.store.records import RegenerationStatus
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
    store.regenerations.set_prompt(id_, "lanterns at noon")

    store.regenerations.progress(
        id_,
        name="prompt_modified",
        progress=10,
        message="Prompt written",
        fields={"modified_prompt": "lanterns at noon"},
        now=LATER,
    )

    record = store.regenerations.get(id_)
    assert (record.progress, record.message) == (10, "Prompt written")
    assert record.prompt == "lanterns at noon"
    event = store.events.after(job_id, 1)[0]
    assert (event.id, event.name, event.progress, event.clip_index) == (2, "prompt_modified", 10, 2)
    assert (event.fields, event.created_at) == ({"modified_prompt": "lanterns at noon"}, LATER)


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


def test_the_wish_to_cancel_is_remembered_while_the_edit_is_open(store: Store) -> None:
    job_id = job(store)
    id_ = running(store, job_id)
    (queued,) = submit(store, edit(job_id, 1))
    assert store.regenerations.is_cancel_requested(id_) is False

    assert store.regenerations.request_cancel(id_).is_cancel_requested
    assert store.regenerations.request_cancel(queued.id).status is RegenerationStatus.QUEUED

    assert store.regenerations.is_cancel_requested(id_) is True
    store.regenerations.end(outcome(queued.id, RegenerationStatus.CANCELLED), now=NOW)
    done = running(store, job_id, 2)
    store.regenerations.publish(publication(done), now=NOW)
    assert store.regenerations.request_cancel(done).is_cancel_requested is False


def test_an_intent_is_written_once(store: Store) -> None:
    id_ = running(store, job(store))
    first = store.regenerations.intend(id_, 1, renderer="veo_31", marker="seed 1", now=NOW)

    again = store.regenerations.intend(id_, 1, renderer="other", marker="seed 2", now=LATER)

    assert again == first
    assert (first.marker, first.created_at) == ("seed 1", NOW)
    assert (first.is_sent, first.prediction_id) == (False, None)
    second = store.regenerations.intend(id_, 2, renderer="veo_31", marker="seed 2", now=LATER)
    assert second.attempt == 2


def test_the_last_attempt_is_found_again(store: Store) -> None:
    id_ = running(store, job(store))
    assert store.regenerations.intent(id_) is None

    for attempt in (1, 2):
        store.regenerations.intend(id_, attempt, renderer="x", marker=f"m{attempt}", now=NOW)

    last = store.regenerations.intent(id_)
    assert last is not None
    assert (last.attempt, last.marker) == (2, "m2")


def test_a_marker_belongs_to_one_attempt(store: Store) -> None:
    """A prediction is looked for by its marker; found under another, it would be adopted twice."""
    id_ = running(store, job(store))
    store.regenerations.intend(id_, 1, renderer="veo_31", marker="seed 1", now=NOW)

    with pytest.raises(ValueError, match="another attempt"):
        store.regenerations.intend(id_, 2, renderer="veo_31", marker="seed 1", now=NOW)


def test_only_the_first_sender_may_send(store: Store) -> None:
    id_ = running(store, job(store))
    assert store.regenerations.mark_sent(id_, 1) is False
    store.regenerations.intend(id_, 1, renderer="veo_31", marker="m", now=NOW)

    assert store.regenerations.mark_sent(id_, 1) is True
    assert store.regenerations.mark_sent(id_, 1) is False
    assert store.regenerations.intend(id_, 1, renderer="", marker="", now=NOW).is_sent


def test_the_first_prediction_of_an_attempt_stays(store: Store) -> None:
    id_ = running(store, job(store))
    store.regenerations.intend(id_, 1, renderer="veo_31", marker="m", now=NOW)

    store.regenerations.set_prediction(id_, 1, "p-1")
    store.regenerations.set_prediction(id_, 1, "p-2")

    found = store.regenerations.intend(id_, 1, renderer="", marker="", now=NOW)
    assert found.prediction_id == "p-1"


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
