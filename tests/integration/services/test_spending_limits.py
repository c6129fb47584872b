"""What one edit and one day may cost: said before a yes, refused after it."""

from decimal import Decimal
from uuid import UUID

import pytest

from clipbot.errors import DayCeilingExceeded, EditCeilingExceeded
from tests import jobs
from tests.desk import Desk, FakeClock
from tests.makers import DARKER, LESS, confirm, edit, kling, look, money, quote, shop

HALF = {"edit_ceiling_usd": Decimal("0.5"), "day_ceiling_usd": Decimal("0.5")}


def test_more_than_an_edit_may_cost_is_said_and_refused(desk: Desk, job: UUID) -> None:
    at = shop(desk, look(), kling(), edit_ceiling_usd=Decimal("0.5"))
    fits, found = quote(at, job), quote(at, job, with_retries=True)
    assert fits.quote.warnings == ()
    assert found.quote.warnings == (str(EditCeilingExceeded(2 * LESS, 500_000)),)

    with pytest.raises(EditCeilingExceeded):
        confirm(at, job, found)

    assert at.store.regenerations.of_job(job) == []
    assert money(at, job) == (0, 0)
    confirm(at, job, fits)
    assert money(at, job) == (LESS, 0)


def test_a_batch_counts_as_one_edit(desk: Desk, job: UUID) -> None:
    at = shop(desk, look(), kling(), edit_ceiling_usd=Decimal("0.5"))
    found = quote(at, job, "add a dragon to clips 1 and 2", selected=())
    with pytest.raises(EditCeilingExceeded):
        confirm(at, job, found)


def test_more_than_a_day_may_cost_is_said_and_refused_in_every_job(desk: Desk, job: UUID) -> None:
    clock = FakeClock()
    at = shop(desk, look(), kling(), clock=clock, day_ceiling_usd=Decimal("0.5"))
    other = jobs.install(at.store, at.parts.blobs, name="other")
    edit(at, job)
    found = quote(at, other)
    assert found.quote.warnings == (str(DayCeilingExceeded(LESS, 500_000 - LESS)),)

    with pytest.raises(DayCeilingExceeded) as caught:
        confirm(at, other, found)

    assert caught.value.left_micros == 500_000 - LESS
    assert at.store.regenerations.of_job(other) == []
    assert money(at, other) == (0, 0)

    clock.wait(12 * 3600)
    tomorrow = quote(at, other)
    assert tomorrow.quote.warnings == ()
    confirm(at, other, tomorrow)
    assert money(at, other) == (LESS, 0)


def test_a_failed_edit_gives_its_day_back(desk: Desk, job: UUID) -> None:
    model = kling()
    model.failures.append("overloaded")
    at = shop(desk, look(), model, day_ceiling_usd=Decimal("0.5"))
    edit(at, job)
    assert quote(at, job).quote.warnings == ()
    edit(at, job)
    assert money(at, job) == (LESS, 0)


def test_what_costs_nothing_knows_no_limit(desk: Desk, job: UUID) -> None:
    nothing = {name: Decimal(0) for name in HALF}
    at = shop(desk, look(), kling(), **nothing)
    assert quote(at, job, DARKER).quote.warnings == ()
    at.queue.is_held = True
    assert edit(at, job, DARKER).ceiling_micros == 0
    assert len(quote(at, job, selected=(2,)).quote.warnings) == 2
