"""Providers that are full, away, or back again: what an edit waits for, and how long."""

from collections import deque
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from clipbot.errors import (
    EditCancelled,
    ProviderError,
    ProviderRateLimited,
    ProviderRejected,
    ProviderUnavailable,
)
from clipbot.services.views import RegenerationStatus
from tests import jobs
from tests.desk import Desk, FakeClock, run_steps
from tests.makers import (
    DARKER,
    LESS,
    confirm,
    edit,
    hailuo,
    kling,
    look,
    money,
    quote,
    said,
    shop,
)

AWAY = ProviderUnavailable("Kling 2.1", "no route")
BUSY = "Kling 2.1 is busy; waiting."


def other_job(at: Desk) -> UUID:
    return jobs.install(at.store, at.parts.blobs, name="other")


def begun(at: Desk, job: UUID, **given: Any) -> UUID:
    """Return an edit that is about to ask its renderer."""
    at.queue.is_held = True
    row = confirm(at, job, quote(at, job, **given))
    at.queue.waiting.clear()
    at.steps.begin(row.id)
    at.steps.intend(row.id, 1)
    return row.id


def messages(at: Desk, job: UUID) -> list[str]:
    return [event.message for event in at.services.regenerations.events(at.user, job)]


def test_a_second_request_waits_for_the_first_ones_place(desk: Desk, job: UUID) -> None:
    clock = FakeClock()
    maker = kling()
    at = shop(desk, look(), maker, clock=clock, provider_places=1)
    other = other_job(at)
    first, second = begun(at, job), begun(at, other)
    at.steps.submit(first, 1)
    waits = 0

    def meanwhile() -> None:
        nonlocal waits
        waits += 1
        assert len(maker.submitted) == 1
        if waits == 3:
            run_steps(at.steps, first)

    clock.while_waiting = meanwhile
    at.steps.submit(second, 1)
    clock.while_waiting = None

    assert at.store.regenerations.get(first).status is RegenerationStatus.COMPLETED
    assert len(maker.submitted) == 2
    assert messages(at, other).count(BUSY) == 1
    run_steps(at.steps, second)
    assert money(at, job) == money(at, other) == (LESS, 0)


def test_all_models_of_one_provider_share_its_places(desk: Desk, job: UUID) -> None:
    clock = FakeClock()
    at = shop(desk, look(), kling(), hailuo(), clock=clock, provider_places=1)
    first = begun(at, job, renderer="hailuo_23")
    second = begun(at, other_job(at), renderer="kling_v21")
    at.steps.submit(first, 1)
    clock.while_waiting = lambda: run_steps(at.steps, first)
    at.steps.submit(second, 1)
    assert at.store.regenerations.get(first).status is RegenerationStatus.COMPLETED


def test_another_provider_and_this_machine_have_places_of_their_own(desk: Desk, job: UUID) -> None:
    own = kling(key="cog", label="Own model", provider="cog")
    at = shop(desk, look(), kling(), own, provider_places=1)
    other, third = other_job(at), jobs.install(at.store, at.parts.blobs, name="third")
    at.steps.submit(begun(at, job, renderer="kling_v21"), 1)
    at.steps.submit(begun(at, other, renderer="cog"), 1)
    for waiting, name in ((third, "third"), (job, "tiny")):
        assert waiting == jobs.job_id(name)
        at.steps.submit(begun(at, waiting, text=DARKER, selected=(3,)), 1)


def test_an_edit_that_waits_for_a_place_can_be_taken_back(desk: Desk, job: UUID) -> None:
    clock = FakeClock()
    maker = kling()
    at = shop(desk, look(), maker, clock=clock, provider_places=1)
    other = other_job(at)
    at.steps.submit(begun(at, job), 1)
    waiting = begun(at, other)
    clock.while_waiting = lambda: at.services.regenerations.cancel(at.user, other, waiting)

    run_steps(at.steps, waiting)

    row = at.store.regenerations.get(waiting)
    assert (row.status, row.cost_micros) == (RegenerationStatus.CANCELLED, 0)
    assert row.error_code == EditCancelled.code
    assert str(row.error).endswith("It cost nothing.")
    assert len(maker.submitted) == 1
    assert money(at, other) == (0, 0)


def test_a_provider_that_is_away_for_a_while_is_waited_for(desk: Desk, job: UUID) -> None:
    clock = FakeClock()
    maker = kling()
    at = shop(desk, look(), maker, clock=clock)
    id_ = begun(at, job)
    at.steps.submit(id_, 1)
    before = clock()
    maker.outages = deque([AWAY] * 200)  # every two seconds: less than ten minutes

    run_steps(at.steps, id_)

    row = at.store.regenerations.get(id_)
    assert row.status is RegenerationStatus.COMPLETED
    assert clock() - before > timedelta(minutes=6)
    assert len(maker.submitted) == 1
    assert at.store.health.resting(clock()) == {}
    assert money(at, job) == (LESS, 0)


def test_each_answer_starts_the_time_anew(desk: Desk, job: UUID) -> None:
    clock = FakeClock()
    maker = kling(polls_until_done=2)
    at = shop(desk, look(), maker, clock=clock)
    id_ = begun(at, job)
    at.steps.submit(id_, 1)
    outage: list[ProviderError] = [AWAY] * 250  # more than eight minutes
    maker.outages = deque(outage)
    later = [outage]

    def meanwhile() -> None:
        if maker.books.polls == {f"kling_v21-{id_}.1": 1} and later:
            maker.outages.extend(later.pop())

    clock.while_waiting = meanwhile
    run_steps(at.steps, id_)
    assert at.store.regenerations.get(id_).status is RegenerationStatus.COMPLETED
    assert later == []


def test_a_provider_that_stays_away_ends_the_waiting_but_not_the_doubt(
    desk: Desk, job: UUID
) -> None:
    clock = FakeClock()
    maker = kling()
    at = shop(desk, look(), maker, clock=clock)
    id_ = begun(at, job)
    at.steps.submit(id_, 1)
    maker.outages = deque([AWAY] * 1_000)

    with pytest.raises(ProviderUnavailable):
        at.steps.await_footage(id_, f"kling_v21-{id_}.1")
    assert len(maker.outages) == pytest.approx(1_000 - 300, abs=2)
    run_steps(at.steps, id_)

    row = at.store.regenerations.get(id_)
    assert (row.status, row.error_code) == (RegenerationStatus.NEEDS_ATTENTION, AWAY.code)
    assert money(at, job) == (0, LESS)
    maker.outages.clear()
    while not (found := at.steps.attend()):
        assert at.store.regenerations.get(id_).status is RegenerationStatus.NEEDS_ATTENTION
    at.queue.adopt(*found[0])
    assert at.store.regenerations.get(id_).status is RegenerationStatus.COMPLETED
    assert money(at, job) == (LESS, 0)


def test_an_edit_is_taken_back_while_its_provider_is_away(desk: Desk, job: UUID) -> None:
    clock = FakeClock()
    maker = kling(polls_until_done=1_000, loss_micros=5_000)
    at = shop(desk, look(), maker, clock=clock)
    id_ = begun(at, job)
    at.steps.submit(id_, 1)
    maker.outages = deque([AWAY])
    clock.while_waiting = lambda: at.services.regenerations.cancel(at.user, job, id_)

    run_steps(at.steps, id_)

    row = at.store.regenerations.get(id_)
    assert (row.status, row.cost_micros) == (RegenerationStatus.CANCELLED, 5_000)


@pytest.mark.parametrize("patience", [0.0, 120.0])
@pytest.mark.parametrize(
    "error",
    [
        AWAY,
        ProviderRateLimited("Kling 2.1", 3.0),
        ProviderRejected("Kling 2.1", "the account has no credit left"),
    ],
)
def test_what_was_surely_never_started_frees_its_place_and_is_not_looked_for(
    desk: Desk, job: UUID, error: ProviderError, patience: float
) -> None:
    maker = kling(
        refusals=deque([error]),
        blindness=deque([AWAY] * 9),
        patience_seconds=patience,
    )
    at = shop(desk, look(), maker, provider_places=1)
    id_ = begun(at, job)

    with pytest.raises(type(error)):
        at.steps.submit(id_, 1)

    (intent,) = at.store.regenerations.intents(id_)
    assert (intent.is_sent, intent.prediction_id) == (False, None)
    at.steps.end(id_, code=error.code, message=str(error), retryable=True, timings={})
    row = at.store.regenerations.get(id_)
    assert row.status is RegenerationStatus.FAILED
    assert str(row.error).endswith("It cost nothing.")
    assert len(maker.blindness) == 9
    assert money(at, job) == (0, 0)


def test_a_request_that_was_turned_away_is_sent_when_the_step_runs_again(
    desk: Desk, job: UUID
) -> None:
    maker = kling(refusals=deque([AWAY]), patience_seconds=120.0)
    at = shop(desk, look(), maker)
    id_ = begun(at, job)
    with pytest.raises(ProviderUnavailable):
        at.steps.submit(id_, 1)

    run_steps(at.steps, id_)

    assert at.store.regenerations.get(id_).status is RegenerationStatus.COMPLETED
    assert len(maker.submitted) == 1


def test_three_failures_in_a_row_let_a_model_rest_and_one_success_wakes_it(
    desk: Desk, job: UUID
) -> None:
    clock = FakeClock()
    maker = kling(failures=deque(["overloaded"] * 3))
    at = shop(desk, look(), maker, hailuo(), clock=clock, regenerations_per_hour=9)
    for _ in range(3):
        assert quote(at, job).rows[0].renderer == "kling_v21"
        edit(at, job)
    assert quote(at, job).rows[0].renderer == "hailuo_23"

    clock.wait(301)
    assert edit(at, job).status is RegenerationStatus.COMPLETED
    assert quote(at, job).rows[0].renderer == "kling_v21"


def test_refusals_of_content_say_nothing_about_a_models_health(desk: Desk, job: UUID) -> None:
    maker = kling(objections=deque(["flagged"] * 4))
    at = shop(desk, look(), maker, hailuo())
    for _ in range(4):
        edit(at, job)
    assert at.store.health.resting(at.parts.clock()) == {}
    assert "regeneration_failed" in said(at, job)


def test_this_machine_is_never_left_alone(desk: Desk, job: UUID) -> None:
    maker = look(failures=deque(["no room"] * 4))
    at = shop(desk, maker)
    for _ in range(4):
        edit(at, job, DARKER)
    assert at.store.health.resting(at.parts.clock()) == {}
