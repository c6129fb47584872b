"""Takes in the store: open beside each other, offered until one is chosen."""

from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from clipbot.domain.takes import TAKE, Take
from clipbot.domain.versions import Change
from clipbot.errors import BudgetExceeded, ClipBusy, JobBusy
from clipbot.store.records import RegenerationRecord, RegenerationStatus
from clipbot.store.store import Store
from tests.unit.store.given import FILM_URL, NOW, edit, film, job, outcome, publication, submit


def submitted(
    store: Store, job_id: UUID, count: int = 3, *, ceiling: int = 0, **values: int
) -> list[RegenerationRecord]:
    batch = uuid4()
    new = [
        replace(
            edit(job_id, ceiling=ceiling),
            batch_id=batch,
            take=Take(number, count, 1, like=1, strength="slight", temperature=0.3),
        )
        for number in range(1, count + 1)
    ]
    return submit(store, *new, **values)


def made(store: Store, row: RegenerationRecord, number: int) -> None:
    store.regenerations.start(row.id, base_number=1, original_prompt="lanterns", now=NOW)
    new = publication(row.id, number=number, is_accepted=False, verdict={TAKE: 1}, parent_number=1)
    store.regenerations.publish(new, now=NOW)


def decided(store: Store, job_id: UUID) -> list[int]:
    return [row.number for row in store.versions.of_clip(job_id, 0) if row.is_decided]


def keep(store: Store, job_id: UUID, before: int, after: int) -> None:
    store.history.restore(
        job_id,
        change=Change(0, before, after),
        label="a take",
        composition=film(f"film {after}"),
        film_url=FILM_URL,
        message="Kept.",
        now=NOW,
    )


def test_takes_of_a_clip_are_open_together_and_nothing_else_of_it_is(store: Store) -> None:
    job_id = job(store)
    rows = submitted(store, job_id)
    assert [row.take for row in rows] == [
        Take(number, 3, 1, like=1, strength="slight", temperature=0.3) for number in (1, 2, 3)
    ]
    assert [found.take for found, _ in store.takes.of_clip(job_id, 0)] == [r.take for r in rows]
    with pytest.raises(ClipBusy):
        submit(store, edit(job_id))
    with pytest.raises(ClipBusy):
        submitted(store, job_id)
    submit(store, edit(job_id, 1))


def test_a_take_named_twice_is_refused(store: Store) -> None:
    job_id = job(store)
    take = Take(1, 2, 1)
    with pytest.raises(ClipBusy):
        submit(store, *(replace(edit(job_id), batch_id=uuid4(), take=take) for _ in range(2)))
    assert store.takes.of_clip(job_id, 0) == []


def test_all_takes_are_reserved_or_none(store: Store) -> None:
    job_id = job(store, total_cost="0.00")
    with pytest.raises(BudgetExceeded):
        submitted(store, job_id, ceiling=100, budget_micros=299)
    assert store.takes.of_clip(job_id, 0) == []
    submitted(store, job_id, ceiling=100, budget_micros=300)
    assert store.jobs.funds(job_id, 300).left_micros == 0
    assert store.books.problems() == []


def test_keeping_one_decides_on_its_batch_alone(store: Store) -> None:
    job_id = job(store)
    for number, row in enumerate(submitted(store, job_id, 2), start=2):
        made(store, row, number)
    for number, row in enumerate(submitted(store, job_id, 2), start=4):
        made(store, row, number)
    assert decided(store, job_id) == []
    keep(store, job_id, 1, 3)
    assert decided(store, job_id) == [2, 3]
    keep(store, job_id, 3, 1)
    assert decided(store, job_id) == [2, 3]
    keep(store, job_id, 1, 4)
    assert decided(store, job_id) == [2, 3, 4, 5]


def test_turning_all_down_is_told_once_and_waits_for_none_to_be_open(store: Store) -> None:
    job_id = job(store)
    first, second = submitted(store, job_id, 2)
    ids = [first.id, second.id]

    def turn_down() -> None:
        store.takes.turn_down(job_id, ids, clip_index=0, message="None.", now=NOW)

    made(store, first, 2)
    with pytest.raises(JobBusy):
        turn_down()
    assert decided(store, job_id) == []
    store.regenerations.end(outcome(second.id, RegenerationStatus.FAILED), now=NOW)
    for _ in range(2):
        turn_down()
    assert decided(store, job_id) == [2]
    assert [is_decided for _, is_decided in store.takes.of_clip(job_id, 0)] == [True, True]
    told = [event.name for event in store.events.after(job_id, 0)]
    assert told.count("takes_decided") == 1
    assert [line.content for line in store.messages.of_job(job_id, limit=9)][-1] == "None."


def test_one_that_is_dropped_leaves_the_choice_among_the_others(store: Store) -> None:
    job_id = job(store)
    first, second = submitted(store, job_id, 2)
    made(store, first, 2)
    made(store, second, 3)
    for _ in range(2):
        store.takes.drop(job_id, first.id, now=NOW)
    assert decided(store, job_id) == [2]
    assert [is_decided for _, is_decided in store.takes.of_clip(job_id, 0)] == [True, False]
