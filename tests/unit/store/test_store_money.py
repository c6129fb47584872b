"""What is agreed, and what a person's day costs, on both databases."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import product
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine, delete, select, text
from sqlmodel import col

from clipbot.domain.money import Attempt, QuotedClip
from clipbot.errors import BudgetExceeded, DayCeilingExceeded
from clipbot.store.database import as_writer, reading
from clipbot.store.records import RegenerationStatus
from clipbot.store.store import Store
from clipbot.store.tables import DayFundsRow, JobRow
from tests.unit.store.given import (
    NOW,
    PLAN,
    USER,
    edit,
    job,
    outcome,
    publication,
    quote,
    running,
    submit,
)

TODAY = NOW.date()
TOMORROW = NOW + timedelta(days=1)
ATTEMPTS = (
    Attempt("veo_31", 3_200_000),
    Attempt("veo_31", 3_200_000, is_cleaned=True),
    Attempt("kling_v21", 700_000, is_cleaned=True),
)
CLIPS = (
    QuotedClip(0, ATTEMPTS, 3_000_000, 7_100_000, 0, 92.5),
    QuotedClip(2, ATTEMPTS[:1], 2_700_000, 2_880_000, 10, 60.0),
)


def day_funds(engine: Engine) -> dict[tuple[UUID, date], int]:
    with reading(engine) as session:
        found = session.execute(select(DayFundsRow)).scalars()
        return {(row.user_id, row.day): row.committed_micros for row in found}


def test_a_quote_keeps_what_was_agreed_for_each_clip(store: Store) -> None:
    given = quote(job(store), clips=CLIPS)
    store.quotes.add(given, PLAN, "let it rain")

    assert store.quotes.get(given.id)[0] == given


def test_an_edit_keeps_its_agreed_attempts(store: Store) -> None:
    job_id = job(store)
    (record,) = submit(store, edit(job_id, attempts=ATTEMPTS))
    (plain,) = submit(store, edit(job_id, 1))

    assert store.regenerations.get(record.id).attempts == record.attempts == ATTEMPTS
    assert store.regenerations.get(plain.id).attempts == ()


def test_a_day_has_a_ceiling_over_all_jobs_of_a_person(store: Store) -> None:
    one, other = job(store), job(store)
    submit(store, edit(one, ceiling=600_000), day_ceiling_micros=1_000_000)

    with pytest.raises(DayCeilingExceeded) as caught:
        submit(store, edit(other, ceiling=500_000), day_ceiling_micros=1_000_000)

    assert (caught.value.wanted_micros, caught.value.left_micros) == (500_000, 400_000)
    assert store.regenerations.of_job(other) == []
    assert store.jobs.get(other).reserved_micros == 0
    submit(store, edit(other, ceiling=400_000), day_ceiling_micros=1_000_000)
    assert store.books.day_left(USER, 1_000_000, NOW) == 0
    assert store.books.problems() == []


def test_the_jobs_budget_is_asked_before_the_day(store: Store) -> None:
    with pytest.raises(BudgetExceeded) as caught:
        submit(store, edit(job(store), ceiling=9), budget_micros=1_500_005, day_ceiling_micros=1)

    assert type(caught.value) is BudgetExceeded


def test_what_costs_nothing_is_done_on_any_day(store: Store, engine: Engine) -> None:
    submit(store, edit(job(store)), day_ceiling_micros=0)

    assert day_funds(engine) == {}
    with pytest.raises(DayCeilingExceeded) as caught:
        submit(store, edit(job(store), ceiling=1), day_ceiling_micros=0)
    assert caught.value.left_micros == 0


def test_a_ceiling_that_was_lowered_leaves_nothing(store: Store) -> None:
    submit(store, edit(job(store), ceiling=600_000))

    assert store.books.day_left(USER, 100_000, NOW) == 0
    with pytest.raises(DayCeilingExceeded) as caught:
        submit(store, edit(job(store), ceiling=1), day_ceiling_micros=100_000)
    assert caught.value.left_micros == 0


def test_every_day_and_every_person_begins_anew(store: Store) -> None:
    job_id, stranger = job(store), uuid4()
    submit(store, edit(job_id, 0, ceiling=900), day_ceiling_micros=1_000)

    submit(store, edit(job_id, 1, ceiling=900), day_ceiling_micros=1_000, now=TOMORROW)
    submit(store, edit(job_id, 2, ceiling=900, user_id=stranger), day_ceiling_micros=1_000)

    assert store.books.day_left(USER, 1_000, NOW) == 100
    assert store.books.day_left(uuid4(), 1_000, NOW) == 1_000
    assert store.books.problems() == []


def test_a_day_ends_at_midnight_in_utc(store: Store, engine: Engine) -> None:
    late = datetime.fromisoformat("2026-11-21T23:30:00-05:00")
    submit(store, edit(job(store), ceiling=5), now=late)

    assert day_funds(engine) == {(USER, date(2026, 11, 22)): 5}
    assert store.books.day_left(USER, 7, datetime(2026, 11, 22, 23, 59, tzinfo=UTC)) == 2
    assert store.books.problems() == []


def test_an_edit_counts_for_the_day_on_which_it_was_submitted(store: Store) -> None:
    job_id = job(store)
    done, failed = (running(store, job_id, clip, ceiling=1_000) for clip in range(2))
    store.regenerations.publish(publication(done, cost=700), now=TOMORROW)
    store.regenerations.end(outcome(failed, cost=100), now=TOMORROW)

    assert store.books.day_left(USER, 1_000, NOW) == 200
    assert store.books.day_left(USER, 1_000, TOMORROW) == 1_000
    assert store.books.problems() == []


def test_a_cost_that_nobody_expected_counts_too(store: Store) -> None:
    store.regenerations.end(outcome(running(store, job(store)), cost=30), now=NOW)

    assert store.books.day_left(USER, 100, NOW) == 70
    assert store.books.problems() == []


def test_edits_taken_back_together_give_each_day_its_money_back(store: Store) -> None:
    job_id, stranger = job(store), uuid4()
    new = [
        edit(job_id, 0, ceiling=10),
        edit(job_id, 1, ceiling=20, user_id=stranger),
        edit(job_id, 2, ceiling=30),
    ]
    for one, moment in zip(new, (TOMORROW, NOW, NOW), strict=True):
        submit(store, one, now=moment)

    store.regenerations.cancel(job_id, [one.id for one in new], now=TOMORROW)

    assert store.books.day_left(USER, 100, NOW) == store.books.day_left(USER, 100, TOMORROW) == 100
    assert store.books.problems() == []


def test_a_charge_counts_for_the_day_and_person_it_is_said_to(store: Store) -> None:
    job_id = job(store)
    store.books.charge(job_id, 40, user_id=USER, now=NOW)
    store.books.charge(job_id, 7, now=NOW)

    assert store.jobs.get(job_id).spent_micros == 1_500_047
    assert store.books.day_left(USER, 100, NOW) == 60
    assert store.books.problems() == []


def test_what_was_spent_today_stays_spent_when_the_job_is_gone(
    store: Store, engine: Engine
) -> None:
    job_id = job(store)
    done = running(store, job_id, ceiling=1_000)
    store.regenerations.publish(publication(done, cost=700), now=NOW)
    submit(store, edit(job_id, 1, ceiling=50))

    with as_writer(engine).begin() as connection:
        connection.execute(delete(JobRow).where(col(JobRow.id) == job_id))

    assert store.books.day_left(USER, 1_000, NOW) == 250
    assert store.books.problems() == []


@pytest.mark.parametrize(
    ("tampering", "kept", "right"),
    [
        ("UPDATE day_funds SET committed_micros = 2000000", "2.00", "0.50"),
        ("DELETE FROM day_funds", "0.00", "0.50"),
        ("UPDATE ledger SET user_id = NULL", "0.50", "0.00"),
    ],
)
def test_a_day_that_does_not_add_up_is_told(
    store: Store, engine: Engine, tampering: str, kept: str, right: str
) -> None:
    submit(store, edit(job(store), ceiling=500_000))

    with as_writer(engine).begin() as connection:
        connection.execute(text(tampering))

    said = f"the cost of {TODAY} is ${kept}, but should be ${right}."
    assert store.books.problems() == [f"User {USER}: {said}"]


def test_the_jobs_total_is_what_it_was_and_each_cost_once(store: Store) -> None:
    """However often a step runs, and whatever else the job is charged for."""
    job_id = job(store, total_cost="9.46")
    done, failed = (running(store, job_id, clip, ceiling=900_000) for clip in range(2))
    for _ in range(2):
        store.regenerations.publish(publication(done, cost=504_000), now=NOW)
        store.regenerations.end(outcome(failed, cost=33_000), now=NOW)
        store.regenerations.end(outcome(done, cost=900_000), now=NOW)
    store.books.charge(job_id, 3_000, user_id=USER, now=NOW)

    found = store.jobs.get(job_id)

    assert (found.spent_micros, found.total_cost_micros) == (10_000_000, 10_000_000)
    assert store.books.problems() == []


def moves(store: Store, job_id: UUID) -> dict[str, Callable[[UUID], object]]:
    """Return what may happen to a running edit, by name."""
    ours = store.regenerations
    cancelled, doubted = RegenerationStatus.CANCELLED, RegenerationStatus.NEEDS_ATTENTION
    return {
        "publish": lambda id_: ours.publish(publication(id_, cost=70), now=NOW),
        "fail": lambda id_: ours.end(outcome(id_, cost=60), now=NOW),
        "cancelled": lambda id_: ours.end(outcome(id_, cancelled, cost=50), now=NOW),
        "doubt": lambda id_: ours.end(outcome(id_, doubted), now=NOW),
        "wish": lambda id_: ours.cancel(job_id, [id_], now=NOW),
    }


def test_whatever_the_order_money_moves_once(store: Store) -> None:
    """Every order of two things that may happen to an edit, and to one that is in doubt."""
    job_id, spent = job(store), 1_500_000
    known, costs = moves(store, job_id), {"publish": 70, "fail": 60, "cancelled": 50}

    orders = [*product(known, repeat=2), *product(["doubt"], known, known)]
    for clip, order in enumerate(orders):
        id_ = running(store, job_id, clip, ceiling=100)
        for name in order:
            known[name](id_)
        spent += next((costs[name] for name in order if name in costs), 0)
        assert store.jobs.get(job_id).spent_micros == spent, order

    assert store.books.problems() == []
