"""Edits that need attention: found, looked at again, ended for good."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine, update
from sqlmodel import col

from clipbot.errors import ClipBusy, JobNotReady, RegenerationNotFound
from clipbot.store.database import as_writer
from clipbot.store.records import JobStatus, RegenerationStatus
from clipbot.store.store import Store
from clipbot.store.tables import JobRow
from tests.unit.store.given import BUDGET, NOW, edit, job, outcome, publication, running, submit

LATER = NOW + timedelta(minutes=1)
DOUBT = RegenerationStatus.NEEDS_ATTENTION


def doubtful(store: Store, job_id: UUID, clip_index: int = 0, *, ceiling: int = 500_000) -> UUID:
    """Return an edit of which nobody knows whether its request is running."""
    id_ = running(store, job_id, clip_index, ceiling=ceiling)
    store.regenerations.end(outcome(id_, DOUBT), now=NOW)
    return id_


def reserved(store: Store, job_id: UUID) -> int:
    return store.jobs.funds(job_id, BUDGET).reserved_micros


def test_what_needs_attention_is_found_in_all_jobs_oldest_first(store: Store) -> None:
    one, other = job(store), job(store)
    (late,) = submit(store, edit(one), now=LATER)
    store.regenerations.end(outcome(late.id, DOUBT), now=LATER)
    early = doubtful(store, other)
    running(store, other, 1)
    store.regenerations.end(outcome(running(store, other, 2)), now=NOW)

    assert [record.id for record in store.regenerations.attention()] == [early, late.id]


def test_an_edit_is_looked_for_again_with_its_money_still_aside(store: Store) -> None:
    job_id = job(store)
    id_ = running(store, job_id, ceiling=500_000)
    store.regenerations.progress(id_, name="video_generating", progress=30, message="")
    store.regenerations.cancel(job_id, [id_], now=NOW)
    store.regenerations.end(outcome(id_, DOUBT), now=NOW)
    assert store.jobs.get(job_id).status is JobStatus.COMPLETED
    last = store.events.last_id(job_id)

    record = store.regenerations.reopen(id_, now=LATER)

    assert record == store.regenerations.get(id_)
    assert (record.status, record.is_open) == (RegenerationStatus.PROCESSING, True)
    assert (record.is_cancel_requested, record.is_retryable) == (False, False)
    assert (record.error, record.error_code, record.finished_at) == (None, None, None)
    assert (record.progress, record.message) == (30, "Looking for it again.")
    assert (record.started_at, record.base_number) == (NOW, 1)
    assert store.regenerations.attention() == []
    assert store.jobs.get(job_id).status is JobStatus.REGENERATING
    assert reserved(store, job_id) == 500_000
    (event,) = store.events.after(job_id, last)
    assert (event.name, event.message) == ("video_generating", "Looking for it again.")
    assert (event.regeneration_id, event.progress, event.created_at) == (id_, 30, LATER)
    assert store.books.problems() == []


def test_looking_again_twice_is_looking_once(store: Store) -> None:
    job_id = job(store)
    first = store.regenerations.reopen(doubtful(store, job_id), now=NOW)
    last = store.events.last_id(job_id)

    assert store.regenerations.reopen(first.id, now=LATER) == first
    assert store.events.last_id(job_id) == last


@pytest.mark.parametrize("status", ["queued", "completed", "failed", "cancelled"])
def test_what_is_not_in_doubt_stays_as_it_is(store: Store, status: str) -> None:
    job_id = job(store)
    (record,) = submit(store, edit(job_id))
    if status == "completed":
        record = store.regenerations.publish(publication(record.id), now=NOW)
    elif status != "queued":
        record = store.regenerations.end(outcome(record.id, RegenerationStatus(status)), now=NOW)

    assert store.regenerations.reopen(record.id, now=LATER) == record
    with pytest.raises(RegenerationNotFound):
        store.regenerations.reopen(uuid4(), now=NOW)


def test_a_clip_that_is_edited_anew_is_busy(store: Store) -> None:
    job_id = job(store)
    first, second, other = (doubtful(store, job_id, clip) for clip in (0, 0, 1))
    store.regenerations.reopen(second, now=NOW)
    before, last = store.regenerations.get(first), store.events.last_id(job_id)

    with pytest.raises(ClipBusy):
        store.regenerations.reopen(first, now=LATER)

    assert store.regenerations.get(first) == before
    assert store.events.last_id(job_id) == last
    assert store.regenerations.reopen(other, now=LATER).is_open
    assert store.books.problems() == []


def test_a_job_that_is_made_anew_is_left_to_the_pipeline(store: Store, engine: Engine) -> None:
    job_id = job(store)
    id_ = doubtful(store, job_id)
    with as_writer(engine).begin() as connection:
        remade = update(JobRow).where(col(JobRow.id) == job_id).values(status="processing")
        connection.execute(remade)

    with pytest.raises(JobNotReady):
        store.regenerations.reopen(id_, now=NOW)

    assert store.regenerations.get(id_).status is DOUBT


@pytest.mark.parametrize("status", [RegenerationStatus.FAILED, RegenerationStatus.CANCELLED])
@pytest.mark.parametrize("is_reopened", [False, True])
def test_an_edit_in_doubt_is_ended_for_good_at_its_known_cost(
    store: Store, status: RegenerationStatus, *, is_reopened: bool
) -> None:
    job_id = job(store)
    id_ = doubtful(store, job_id)
    if is_reopened:
        store.regenerations.reopen(id_, now=NOW)

    record = store.regenerations.end(outcome(id_, status, cost=300_000), now=LATER)
    again = store.regenerations.end(outcome(id_, cost=500_000), now=LATER)

    assert again == record
    assert (record.status, record.cost_micros, record.finished_at) == (status, 300_000, LATER)
    funds = store.jobs.funds(job_id, BUDGET)
    assert (funds.spent_micros, funds.reserved_micros) == (1_800_000, 0)
    assert store.jobs.get(job_id).status is JobStatus.COMPLETED
    assert store.books.problems() == []


def test_an_edit_may_be_in_doubt_again_and_succeed_in_the_end(store: Store) -> None:
    job_id = job(store)
    id_ = doubtful(store, job_id)
    for _ in range(2):
        store.regenerations.reopen(id_, now=NOW)
        store.regenerations.end(outcome(id_, DOUBT), now=LATER)
        assert reserved(store, job_id) == 500_000
    store.regenerations.reopen(id_, now=NOW)

    record = store.regenerations.publish(publication(id_, cost=400_000), now=LATER)

    assert record.status is RegenerationStatus.COMPLETED
    assert store.jobs.get(job_id).spent_micros == 1_900_000
    assert store.books.problems() == []
