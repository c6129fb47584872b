"""Edits that need attention: found, looked at again, ended for good."""

from datetime import timedelta
from uuid import UUID

import pytest

from clipbot.store.records import JobStatus, RegenerationStatus
from clipbot.store.store import Store
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


def test_an_edit_in_doubt_leaves_its_clip_and_job_free_and_its_money_aside(store: Store) -> None:
    job_id = job(store)
    id_ = doubtful(store, job_id)

    assert not store.regenerations.get(id_).is_open
    assert store.jobs.get(job_id).status is JobStatus.COMPLETED
    assert running(store, job_id, 0) != id_
    assert reserved(store, job_id) == 500_000
    assert store.books.problems() == []


@pytest.mark.parametrize("status", [RegenerationStatus.FAILED, RegenerationStatus.CANCELLED])
def test_an_edit_in_doubt_is_ended_for_good_at_its_known_cost(
    store: Store, status: RegenerationStatus
) -> None:
    job_id = job(store)
    id_ = doubtful(store, job_id)

    record = store.regenerations.end(outcome(id_, status, cost=300_000), now=LATER)
    again = store.regenerations.end(outcome(id_, cost=500_000), now=LATER)

    assert again == record
    assert (record.status, record.cost_micros, record.finished_at) == (status, 300_000, LATER)
    funds = store.jobs.funds(job_id, BUDGET)
    assert (funds.spent_micros, funds.reserved_micros) == (1_800_000, 0)
    assert store.jobs.get(job_id).status is JobStatus.COMPLETED
    assert store.books.problems() == []


def test_an_edit_in_doubt_may_succeed_in_the_end(store: Store) -> None:
    job_id = job(store)
    id_ = doubtful(store, job_id)
    store.regenerations.end(outcome(id_, DOUBT), now=LATER)
    assert reserved(store, job_id) == 500_000

    record = store.regenerations.publish(publication(id_, cost=400_000), now=LATER)

    assert record.status is RegenerationStatus.COMPLETED
    assert store.jobs.get(job_id).spent_micros == 1_900_000
    assert store.books.problems() == []
