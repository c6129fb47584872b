"""Limits hold when many ask at once: money, the hour, the day, places at a provider."""

from collections import Counter
from datetime import timedelta
from typing import Any
from uuid import UUID

from clipbot.errors import BudgetExceeded, DayCeilingExceeded, RateLimited
from clipbot.store.records import Place, RegenerationStatus
from clipbot.store.store import Store
from tests.unit.store.crowd import THREADS, at_once
from tests.unit.store.given import NOW, USER, edit, job, outcome, publication, running, submit

MANY = 32
PRICE = 1_000_000


def test_money_for_five_is_given_to_exactly_five(store: Store) -> None:
    job_id = job(store, total_cost="0.50")

    results = at_once(
        lambda number: submit(store, edit(job_id, number, ceiling=PRICE), budget_micros=5_900_000),
        threads=MANY,
    )

    assert results.count(BudgetExceeded) == MANY - 5
    assert store.jobs.get(job_id).reserved_micros == 5 * PRICE
    assert len(store.regenerations.of_job(job_id)) == 5
    assert [event.id for event in store.events.after(job_id, 0)] == [1, 2, 3, 4, 5]
    assert store.books.day_left(USER, 9 * PRICE, NOW) == 4 * PRICE
    assert store.books.problems() == []


def test_an_hour_for_five_is_given_to_exactly_five(store: Store) -> None:
    job_id = job(store)

    results = at_once(
        lambda number: submit(store, edit(job_id, number, ceiling=PRICE), paid_per_hour=5),
        threads=MANY,
    )

    assert results.count(RateLimited) == MANY - 5
    assert len(store.regenerations.of_job(job_id)) == 5
    assert store.jobs.get(job_id).reserved_micros == 5 * PRICE
    assert store.books.problems() == []


def test_a_day_for_five_is_given_to_exactly_five_over_all_jobs(store: Store) -> None:
    jobs = [job(store) for _ in range(16)]

    results = at_once(
        lambda number: submit(
            store,
            edit(jobs[number % 16], number, ceiling=PRICE),
            day_ceiling_micros=5_900_000,
        ),
        threads=MANY,
    )

    assert results.count(DayCeilingExceeded) == MANY - 5
    assert sum(len(store.regenerations.of_job(job_id)) for job_id in jobs) == 5
    assert sum(store.jobs.get(job_id).reserved_micros for job_id in jobs) == 5 * PRICE
    assert store.books.day_left(USER, 5_900_000, NOW) == 900_000
    assert store.books.problems() == []


def test_no_two_jobs_of_one_person_wait_for_each_other(store: Store) -> None:
    """They share the rows of two days: a deadlock would end as an error of the database."""
    jobs = [job(store) for _ in range(3)]

    def live(number: int) -> None:
        job_id, days = jobs[number % 3], [NOW, NOW + timedelta(days=1)]
        new = [edit(job_id, number * 10 + clip, ceiling=PRICE) for clip in range(4)]
        for clip, one in enumerate(new):
            submit(store, one, now=days[(clip + number) % 2], day_ceiling_micros=100 * PRICE)
        store.books.charge(job_id, 5, user_id=USER, now=days[number % 2])
        done = publication(new[0].id, fingerprint=str(number), cost=7)
        store.regenerations.publish(done, now=NOW)
        store.regenerations.cancel(job_id, [one.id for one in new], now=NOW)

    assert at_once(live, threads=9) == [None] * 9
    assert store.books.problems() == []
    left = [store.books.day_left(USER, PRICE, NOW + timedelta(days=day)) for day in range(2)]
    assert 2 * PRICE - sum(left) == 9 * (7 + 5)


def sent(store: Store, id_: UUID, **values: Any) -> Place:
    given: dict[str, Any] = {"renderers": ("veo_31", "kling_v21"), "limit": 5, "now": NOW, **values}
    return store.regenerations.take_place(id_, 1, **given)


def test_a_request_is_sent_by_exactly_one(store: Store) -> None:
    id_ = running(store, job(store))

    def send(_: int) -> Place:
        store.regenerations.intend(id_, 1, renderer="veo_31", marker="m", now=NOW)
        return sent(store, id_)

    assert Counter(at_once(send)) == {Place.FIRST: 1, Place.AGAIN: THREADS - 1}


def test_five_places_are_taken_by_exactly_five(store: Store) -> None:
    job_id = job(store)
    ids = [running(store, job_id, clip) for clip in range(THREADS)]
    for number, id_ in enumerate(ids):
        renderer = ("veo_31", "kling_v21")[number % 2]
        store.regenerations.intend(id_, 1, renderer=renderer, marker=str(id_), now=NOW)

    results = at_once(lambda number: sent(store, ids[number]))

    assert Counter(results) == {Place.FIRST: 5, Place.FULL: THREADS - 5}
    assert sum(store.regenerations.intents(id_)[0].is_sent for id_ in ids) == 5


def test_failures_from_everywhere_are_all_counted(store: Store) -> None:
    rest = timedelta(minutes=5)

    at_once(lambda _: store.health.failed("veo_31", "503", now=NOW, most=THREADS, rest=rest))

    assert store.health.resting(NOW) == {"veo_31": ("503", NOW + rest)}


def test_bringing_in_and_ending_at_once_settles_once(store: Store) -> None:
    job_id = job(store)
    id_ = running(store, job_id, ceiling=PRICE)
    store.regenerations.end(outcome(id_, RegenerationStatus.NEEDS_ATTENTION), now=NOW)

    def decide(number: int) -> object:
        if number % 2:
            return store.regenerations.publish(publication(id_, cost=70), now=NOW)
        return store.regenerations.end(outcome(id_, cost=70), now=NOW)

    at_once(decide)

    assert store.regenerations.get(id_).cost_micros == 70
    assert store.jobs.get(job_id).spent_micros == 1_500_070
    assert store.jobs.get(job_id).status == "completed"
    assert store.books.problems() == []
