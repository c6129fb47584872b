"""Estimates by what the last runs really cost and took, and how good they were."""

from uuid import UUID

import pytest

from tests.desk import Desk, FakeClock
from tests.makers import DARKER, PRICE, edit, kling, look, money, quote, shop, veo


def test_estimates_follow_what_was_really_paid_and_ceilings_do_not(desk: Desk, job: UUID) -> None:
    model = kling(ceiling_factor=2, price_micros=PRICE)
    at = shop(desk, look(), model)
    first = quote(at, job)
    assert (first.quote.estimate_micros, first.quote.ceiling_micros) == (PRICE, 2 * PRICE)

    for cost in (PRICE // 2, PRICE // 4, PRICE // 2):
        model.price_micros = cost
        edit(at, job)
    model.price_micros = PRICE

    again = quote(at, job)
    assert (again.quote.estimate_micros, again.quote.ceiling_micros) == (PRICE // 2, 2 * PRICE)
    assert again.renderers[1].estimate_micros == PRICE // 2
    assert quote(at, job, DARKER).quote.estimate_micros == 0


def test_an_estimate_is_never_above_its_ceiling(desk: Desk, job: UUID) -> None:
    model = kling(price_micros=PRICE)
    at = shop(desk, look(), model)
    edit(at, job)
    model.price_micros = PRICE // 4
    found = quote(at, job).quote
    assert found.estimate_micros == found.ceiling_micros == PRICE // 4


def test_failed_runs_and_other_models_say_nothing(desk: Desk, job: UUID) -> None:
    model, other = kling(), veo(price_micros=7)
    at = shop(desk, look(), model, other)
    model.failures.append("overloaded")
    edit(at, job, renderer="kling_v21")
    edit(at, job, renderer="veo_31")

    assert quote(at, job, renderer="kling_v21").quote.estimate_micros == model.price_micros


def test_seconds_follow_what_it_really_took_from_the_sending_on(desk: Desk, job: UUID) -> None:
    clock = FakeClock()
    model = kling(polls_until_done=0)
    at = shop(desk, look(), model, clock=clock)
    before = quote(at, job).quote.estimated_seconds
    model.polls_until_done = 300  # five looks a second

    edit(at, job)

    (actual,) = at.store.regenerations.actuals("kling_v21", 1.5)
    assert actual.cost_micros == model.price_micros
    assert actual.seconds == pytest.approx(60, abs=1)
    after = quote(at, job)
    assert after.quote.estimated_seconds == pytest.approx(before - 1 + actual.seconds)
    assert after.renderers[1].seconds == pytest.approx(actual.seconds)


def test_how_good_estimates_were_is_told_after_three_edits(desk: Desk, job: UUID) -> None:
    model = kling(ceiling_factor=4, price_micros=PRICE)
    at = shop(desk, look(), model)
    for runs in range(3):
        view = quote(at, job).renderers[1]
        assert (view.accuracy, view.past) == (None, runs)
        model.price_micros = 2 * PRICE  # twice the first estimate, then as estimated
        edit(at, job)

    view = quote(at, job).renderers[1]
    assert (view.accuracy, view.past) == (0.0, 3)
    assert (quote(at, job).renderers[0].accuracy, quote(at, job).renderers[0].past) == (None, 0)
    assert money(at, job) == (6 * PRICE, 0)
