"""What was quoted is what is done, whatever has changed since."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from clipbot.errors import ProviderRejected, QuoteExpired
from clipbot.services.views import RegenerationStatus
from tests.desk import Desk, FakeClock
from tests.makers import DARKER, LESS, PRICE, confirm, kling, look, money, quote, shop, veo


def test_a_new_price_does_not_change_what_was_agreed(desk: Desk, job: UUID) -> None:
    model = kling()
    at = shop(desk, look(), model, veo())
    found = quote(at, job)
    model.price_micros = 10 * LESS

    row = confirm(at, job, found)

    assert (row.renderer, row.ceiling_micros, row.cost_micros) == ("kling_v21", LESS, LESS)
    assert row.status is RegenerationStatus.COMPLETED
    assert money(at, job) == (LESS, 0)


def test_a_cheaper_model_does_not_take_over_after_the_quote(desk: Desk, job: UUID) -> None:
    found = quote(shop(desk, look(), veo()), job)
    later = shop(desk, look(), kling(), veo())
    row = confirm(later, job, found)
    assert (row.renderer, row.cost_micros) == ("veo_31", PRICE)


def test_a_model_that_began_to_rest_is_still_asked(desk: Desk, job: UUID) -> None:
    at = shop(desk, look(), kling(), veo())
    found = quote(at, job)
    for _ in range(3):
        at.store.health.failed(
            "kling_v21", "503", now=at.parts.clock(), most=3, rest=timedelta(minutes=5)
        )

    row = confirm(at, job, found)

    assert (row.renderer, row.status) == ("kling_v21", RegenerationStatus.COMPLETED)
    assert at.store.health.resting(at.parts.clock()) == {}


def test_a_price_that_says_nothing_of_its_clips_is_expired(desk: Desk, job: UUID) -> None:
    at = shop(desk, look(), kling())
    found = quote(at, job)
    old = replace(found.quote, id=uuid4(), clips=())
    at.store.quotes.add(old, found.plan, found.instruction)

    with pytest.raises(QuoteExpired):
        at.services.edits.confirm(at.user, job, old.id)

    assert at.store.regenerations.of_job(job) == []


def test_a_price_expires_after_a_quarter_of_an_hour(desk: Desk, job: UUID) -> None:
    clock = FakeClock()
    at = shop(desk, look(), kling(), clock=clock)
    at.queue.is_held = True
    found, other = quote(at, job), quote(at, job, selected=(2,))
    clock.wait(15 * 60 - 1)
    confirm(at, job, found)
    clock.wait(1)

    with pytest.raises(QuoteExpired):
        confirm(at, job, other)

    assert money(at, job) == (0, LESS)


def test_a_renderer_that_is_gone_is_named_and_nothing_is_written(desk: Desk, job: UUID) -> None:
    found = quote(shop(desk, look(), veo()), job)
    later = shop(desk, look(), kling())

    with pytest.raises(ProviderRejected, match="veo_31: this renderer is not set up here"):
        confirm(later, job, found)

    assert later.store.regenerations.of_job(job) == []
    assert money(later, job) == (0, 0)
    assert later.services.jobs.get(later.user, job).status == "completed"
    confirm(shop(desk, look(), veo()), job, found)


def test_an_edit_whose_renderer_is_gone_while_it_waits_ends_at_no_cost(
    desk: Desk, job: UUID
) -> None:
    at = shop(desk, look(), veo())
    at.queue.is_held = True
    row = confirm(at, job, quote(at, job))
    later = shop(desk, look(), kling())
    later.queue.waiting = at.queue.waiting

    later.queue.run()

    done = later.store.regenerations.get(row.id)
    assert (done.status, done.error_code) == (RegenerationStatus.FAILED, ProviderRejected.code)
    assert str(done.error).endswith("It cost nothing.")
    assert money(later, job) == (0, 0)


def test_a_sent_request_of_a_renderer_that_is_gone_stays_open_until_it_is_back(
    desk: Desk, job: UUID
) -> None:
    model = veo()
    at = shop(desk, look(), model)
    at.queue.is_held = True
    row = confirm(at, job, quote(at, job))
    at.steps.begin(row.id)
    at.steps.intend(row.id, 1)
    at.steps.submit(row.id, 1)
    later = shop(desk, look(), kling())
    later.queue.waiting = at.queue.waiting
    later.queue.run()
    parked = later.store.regenerations.get(row.id)
    assert parked.status is RegenerationStatus.NEEDS_ATTENTION
    assert later.steps.attend() == []

    again = shop(desk, look(), model)
    model.polls_until_done = 0
    ((id_, _),) = again.steps.attend()
    again.queue.adopt(id_, job)

    assert again.store.regenerations.get(row.id).status is RegenerationStatus.COMPLETED
    assert money(again, job) == (PRICE, 0)


def test_a_free_edit_is_never_in_doubt(desk: Desk, job: UUID) -> None:
    at = shop(desk, look(footage=None), kling())
    at.queue.is_held = True
    row = confirm(at, job, quote(at, job, DARKER))
    at.queue.run()
    assert at.store.regenerations.get(row.id).cost_micros == 0
    assert money(at, job) == (0, 0)
