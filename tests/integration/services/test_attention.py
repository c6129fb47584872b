"""Edits whose provider does not say what they cost: their money waits with them."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from clipbot.domain.user import User
from clipbot.errors import (
    ChargeUnknown,
    NotAllowed,
    PredictionLost,
    ProviderError,
    ProviderUnavailable,
    RegenerationNotFound,
    RequestError,
    SubmissionUnknown,
)
from clipbot.renderers.fakes import FakeRenderer
from clipbot.services.sending import LEAVING, LOOKABLE
from clipbot.services.views import RegenerationStatus
from clipbot.store.records import RegenerationRecord
from tests import jobs
from tests.desk import Desk, FakeClock, run_steps
from tests.makers import LESS, confirm, edit, kling, look, money, quote, said, shop

LOST = PredictionLost("Kling 2.1", "there is no such prediction")
AWAY = ProviderUnavailable("Kling 2.1", "no route")
SILENCE = SubmissionUnknown("Kling 2.1", "no answer")
ASIDE = "What it cost is not known yet; $0.35 stay set aside."


def away(times: int) -> deque[ProviderError]:
    return deque([AWAY] * times)


def parked(at: Desk, job: UUID, maker: FakeRenderer) -> RegenerationRecord:
    """Return an edit whose request was sent and answered, and then the provider went away."""
    at.queue.is_held = True
    row = confirm(at, job, quote(at, job))
    for step in (at.steps.begin, lambda id_: at.steps.intend(id_, 1)):
        step(row.id)
    at.steps.submit(row.id, 1)
    maker.outages = away(1)
    at.steps.end(row.id, code=AWAY.code, message=str(AWAY), retryable=True, timings={})
    at.queue.waiting.clear()
    return at.store.regenerations.get(row.id)


def last_line(at: Desk, job: UUID) -> str:
    return at.services.chat.history(at.user, job)[-1].content


def test_where_the_provider_is_away_at_the_end_the_money_stays_aside(desk: Desk, job: UUID) -> None:
    maker = kling()
    at = shop(desk, look(), maker)
    row = parked(at, job, maker)

    assert (row.status, row.error_code) == (RegenerationStatus.NEEDS_ATTENTION, AWAY.code)
    assert row.error == f"Kling 2.1: no route. {ASIDE}"
    assert money(at, job) == (0, LESS)
    assert at.services.jobs.get(at.user, job).status == "completed"


def test_what_failed_meanwhile_is_settled_by_itself(desk: Desk, job: UUID) -> None:
    maker = kling(failures=deque(["overloaded"]), loss_micros=1_000)
    at = shop(desk, look(), maker)
    row = parked(at, job, maker)

    while at.store.regenerations.attention():
        assert at.steps.attend() == []

    done = at.store.regenerations.get(row.id)
    assert (done.status, done.cost_micros) == (RegenerationStatus.FAILED, 1_000)
    assert done.error == "Kling 2.1: no route. It cost $0.001."
    assert last_line(at, job) == done.error
    assert money(at, job) == (1_000, 0)


def test_while_it_cannot_be_asked_it_stays_as_it_is(desk: Desk, job: UUID) -> None:
    maker = kling()
    at = shop(desk, look(), maker)
    row = parked(at, job, maker)
    maker.outages = away(1)
    events = said(at, job)

    assert at.steps.attend() == []

    assert at.store.regenerations.get(row.id) == row
    assert (said(at, job), money(at, job)) == (events, (0, LESS))


def test_what_is_still_being_made_is_left_alone(desk: Desk, job: UUID) -> None:
    maker = kling(polls_until_done=10)
    at = shop(desk, look(), maker)
    row = parked(at, job, maker)
    assert at.steps.attend() == []
    assert at.store.regenerations.get(row.id).status is RegenerationStatus.NEEDS_ATTENTION
    assert maker.books.cancelled == set()


def test_footage_that_was_made_after_all_is_brought_in(desk: Desk, job: UUID) -> None:
    maker = kling(polls_until_done=0)
    at = shop(desk, look(), maker)
    row = parked(at, job, maker)

    ((id_, job_id),) = at.steps.attend()
    at.queue.adopt(id_, job_id)

    done = at.store.regenerations.get(row.id)
    assert (done.status, done.version_number) == (RegenerationStatus.COMPLETED, 2)
    assert at.store.versions.current(job) == {0: 2}
    assert money(at, job) == (LESS, 0)
    assert at.steps.attend() == []
    at.queue.adopt(id_, job_id)
    assert money(at, job) == (LESS, 0)


def test_where_the_provider_goes_away_again_it_can_be_brought_in_later(
    desk: Desk, job: UUID
) -> None:
    maker = kling(polls_until_done=0)
    at = shop(desk, look(), maker)
    row = parked(at, job, maker)
    ((id_, _),) = at.steps.attend()
    at.steps.recall(id_)
    maker.outages = away(1)
    at.steps.end(id_, code=AWAY.code, message=str(AWAY), retryable=True, timings={})
    assert at.store.regenerations.get(row.id).error == row.error

    at.queue.adopt(id_, job)

    assert at.store.regenerations.get(row.id).status is RegenerationStatus.COMPLETED
    assert money(at, job) == (LESS, 0)


def test_footage_that_comes_after_another_change_is_offered(desk: Desk, job: UUID) -> None:
    maker = kling(polls_until_done=0)
    at = shop(desk, look(), maker)
    row = parked(at, job, maker)
    at.queue.is_held = False
    other = edit(at, job)
    film = at.film(job)

    ((id_, _),) = at.steps.attend()
    at.queue.adopt(id_, job)

    done = at.store.regenerations.get(row.id)
    assert (other.version_number, done.version_number) == (2, 3)
    assert at.store.versions.current(job) == {0: 2}
    assert at.film(job) == film
    assert said(at, job)[-1] == "version_offered"
    assert "late, after it was changed again" in last_line(at, job)
    assert at.services.clips.list(at.user, job)[0].has_offer
    assert at.services.versions.list(at.user, job, 0)[0].is_offered
    at.services.versions.restore(at.user, job, 0, 3)
    assert at.store.versions.current(job) == {0: 3}
    assert money(at, job) == (2 * LESS, 0)


@dataclass
class Meddling(FakeClock):
    """A clock that changes the film just before the new version becomes a part of it."""

    meddle: Callable[[], object] | None = None

    def __call__(self) -> datetime:
        meddle, self.meddle = self.meddle, None
        if meddle:
            meddle()
        return self.moment


def test_who_changes_the_film_while_footage_is_brought_in_is_not_overruled(
    desk: Desk, job: UUID
) -> None:
    maker, clock = kling(polls_until_done=0), Meddling()
    at = shop(desk, look(), maker, clock=clock)
    edit(at, job, selected=(2,))
    row = parked(at, job, maker)
    ((id_, _),) = at.steps.attend()
    key = at.steps.store(id_, at.steps.await_footage(id_, at.steps.recall(id_)))
    clock.meddle = lambda: at.services.history.undo(at.user, job)

    at.steps.publish(id_, key, {})

    assert clock.meddle is None
    assert at.store.regenerations.get(row.id).status is RegenerationStatus.COMPLETED
    assert at.store.versions.current(job) == {0: 2, 1: 1}
    film = at.store.compositions.get(job)
    assert film.plan["versions"] == {"0": 2, "1": 1, "2": 1}
    assert at.store.books.problems() == []


def test_an_unanswered_request_that_appears_later_is_brought_in(desk: Desk, job: UUID) -> None:
    maker = kling(
        polls_until_done=0, silences=deque([SILENCE]), blindness=away(2), patience_seconds=1.0
    )
    clock = FakeClock()
    at = shop(desk, look(), maker, clock=clock)
    maker.blindness = away(3)
    row = edit(at, job)
    assert (row.status, row.error_code) == (RegenerationStatus.NEEDS_ATTENTION, SILENCE.code)

    ((id_, _),) = at.steps.attend()
    at.queue.adopt(id_, job)

    assert at.store.regenerations.get(row.id).status is RegenerationStatus.COMPLETED
    assert (len(maker.submitted), money(at, job)) == (1, (LESS, 0))


def silent(at: Desk, job: UUID, clock: FakeClock, *, is_started: bool) -> RegenerationRecord:
    """Return an edit whose request met silence, and which was taken back at once."""
    at.queue.is_held = True
    row = confirm(at, job, quote(at, job))
    clock.while_waiting = lambda: at.services.regenerations.cancel(at.user, job, row.id)
    at.queue.run()
    clock.while_waiting = None
    assert len(at.store.regenerations.intents(row.id)) == 1
    assert is_started == bool(at.store.regenerations.intents(row.id)[0].prediction_id)
    return at.store.regenerations.get(row.id)


class Deaf(FakeRenderer):
    """A renderer whose provider never got the request that was never answered."""

    def submit(self, request: object) -> str:  # noqa: ARG002 - it gets none
        raise SILENCE


def deaf() -> Deaf:
    return Deaf(key="kling_v21", label="Kling 2.1", price_micros=LESS, patience_seconds=60.0)


def test_what_may_yet_appear_is_not_settled_before_the_providers_time(
    desk: Desk, job: UUID
) -> None:
    clock = FakeClock()
    at = shop(desk, look(), deaf(), clock=clock)
    row = silent(at, job, clock, is_started=False)
    assert row.status is RegenerationStatus.NEEDS_ATTENTION
    assert at.steps.attend() == []
    assert money(at, job) == (0, LESS)

    clock.wait(60)
    assert at.steps.attend() == []
    assert at.store.regenerations.get(row.id).status is RegenerationStatus.NEEDS_ATTENTION

    clock.wait(LEAVING.total_seconds())
    assert at.steps.attend() == []

    done = at.store.regenerations.get(row.id)
    assert (done.status, done.cost_micros) == (RegenerationStatus.CANCELLED, 0)
    assert str(done.error).endswith("It cost nothing.")
    assert money(at, job) == (0, 0)


def test_the_providers_time_begins_with_the_sending_however_long_it_waited(
    desk: Desk, job: UUID
) -> None:
    clock = FakeClock()
    at = shop(desk, look(), deaf(), clock=clock, provider_places=1)
    at.queue.is_held = True
    other = jobs.install(at.store, at.parts.blobs, name="other")
    blocking = confirm(at, other, quote(at, other))
    at.steps.begin(blocking.id)
    at.steps.intend(blocking.id, 1)
    begun_by_other = clock()
    at.store.regenerations.take_place(
        blocking.id, 1, renderers=["kling_v21"], limit=1, now=begun_by_other
    )
    row = confirm(at, job, quote(at, job))
    begun = clock()

    def meanwhile() -> None:
        waited = clock() - begun
        if waited > timedelta(minutes=5):
            at.store.regenerations.free_place(blocking.id, 1, since=begun_by_other)
        if at.store.regenerations.intents(row.id)[0].is_sent:
            at.services.regenerations.cancel(at.user, job, row.id)

    clock.while_waiting = meanwhile
    run_steps(at.steps, row.id)

    assert at.store.regenerations.get(row.id).status is RegenerationStatus.NEEDS_ATTENTION
    assert at.store.regenerations.intents(row.id)[0].created_at - begun > timedelta(minutes=5)


def test_a_request_found_after_it_was_taken_back_is_stopped(desk: Desk, job: UUID) -> None:
    clock = FakeClock()
    maker = kling(
        polls_until_done=5,
        silences=deque([SILENCE]),
        blindness=away(1),
        patience_seconds=60.0,
        loss_micros=9_000,
    )
    at = shop(desk, look(), maker, clock=clock)
    row = silent(at, job, clock, is_started=True)

    assert len(maker.books.cancelled) == 1
    assert (row.status, row.cost_micros) == (RegenerationStatus.CANCELLED, 9_000)
    assert money(at, job) == (9_000, 0)


def test_a_running_prediction_that_is_taken_back_costs_what_was_charged(
    desk: Desk, job: UUID
) -> None:
    clock = FakeClock()
    maker = kling(polls_until_done=1_000, loss_micros=120_000)
    at = shop(desk, look(), maker, clock=clock)
    row = silent(at, job, clock, is_started=True)

    assert (row.status, row.cost_micros) == (RegenerationStatus.CANCELLED, 120_000)
    assert str(row.error).endswith("It cost $0.12.")
    assert last_line(at, job) == row.error
    assert money(at, job) == (120_000, 0)
    assert at.store.versions.current(job) == {}


def test_a_stopped_prediction_of_unknown_charge_costs_what_was_agreed(
    desk: Desk, job: UUID
) -> None:
    clock = FakeClock()
    at = shop(desk, look(), kling(polls_until_done=1_000, loss_micros=None), clock=clock)
    row = silent(at, job, clock, is_started=True)
    assert (row.cost_micros, money(at, job)) == (LESS, (LESS, 0))


def test_a_prediction_that_does_not_stop_is_left_for_later(desk: Desk, job: UUID) -> None:
    class Stubborn(FakeRenderer):
        def cancel(self, prediction_id: str) -> None:
            """Go on."""

    clock = FakeClock()
    maker = Stubborn(key="kling_v21", label="Kling 2.1", price_micros=LESS, polls_until_done=200)
    at = shop(desk, look(), maker, clock=clock)
    row = silent(at, job, clock, is_started=True)
    assert row.status is RegenerationStatus.NEEDS_ATTENTION

    for _ in range(3):
        assert at.steps.attend() == []  # what was taken back is never brought in

    done = at.store.regenerations.get(row.id)
    assert (done.status, done.cost_micros) == (RegenerationStatus.CANCELLED, LESS)
    assert money(at, job) == (LESS, 0)


def forgotten(desk: Desk, job: UUID) -> tuple[Desk, RegenerationRecord]:
    """Return an unanswered edit that is too old to be looked for."""
    clock = FakeClock()
    maker = kling(silences=deque([SILENCE]), blindness=away(3), patience_seconds=1.0)
    at = shop(desk, look(), maker, clock=clock)
    row = edit(at, job)
    clock.wait(LOOKABLE.total_seconds() + 1)
    return at, row


def test_what_is_too_old_to_be_looked_for_only_a_person_can_close(desk: Desk, job: UUID) -> None:
    at, row = forgotten(desk, job)
    assert at.steps.attend() == []
    assert at.services.attention.look(at.user, job, row.id) == row
    with pytest.raises(ChargeUnknown):
        at.parts.steps.charging.charged(row)

    closed = at.services.attention.close(at.user, job, row.id, charged_micros=350_000)

    assert (closed.status, closed.cost_micros) == (RegenerationStatus.FAILED, 350_000)
    assert str(closed.error).endswith("It cost $0.35.")
    assert ASIDE not in str(closed.error)
    assert last_line(at, job) == closed.error
    assert money(at, job) == (350_000, 0)


def test_an_old_request_is_not_sent_again_by_a_step_that_runs_again(desk: Desk, job: UUID) -> None:
    at, _ = forgotten(desk, job)
    row = at.store.regenerations.of_job(job)[0]
    with pytest.raises(SubmissionUnknown, match="too long ago to tell"):
        at.steps.submit(row.id, 1)


def test_a_person_may_look_again_at_any_time(desk: Desk, job: UUID) -> None:
    maker = kling(polls_until_done=0)
    at = shop(desk, look(), maker)
    row = parked(at, job, maker)
    maker.outages = away(1)
    assert at.services.attention.look(at.user, job, row.id) == row

    looked = at.services.attention.look(at.user, job, row.id)

    assert (looked.status, looked.version_number) == (RegenerationStatus.COMPLETED, 2)
    assert money(at, job) == (LESS, 0)


@pytest.mark.parametrize("charged", [0, 1, LESS])
def test_a_person_closes_it_by_the_bill(desk: Desk, job: UUID, charged: int) -> None:
    maker = kling()
    at = shop(desk, look(), maker)
    row = parked(at, job, maker)
    closed = at.services.attention.close(at.user, job, row.id, charged_micros=charged)
    assert (closed.status, closed.cost_micros) == (RegenerationStatus.FAILED, charged)
    assert money(at, job) == (charged, 0)
    assert at.steps.attend() == []
    with pytest.raises(RequestError, match="needs no attention"):
        at.services.attention.close(at.user, job, row.id, charged_micros=charged)


@pytest.mark.parametrize("charged", [-1, LESS + 1, 10**18])
def test_a_bill_that_cannot_be_is_refused(desk: Desk, job: UUID, charged: int) -> None:
    maker = kling()
    at = shop(desk, look(), maker)
    row = parked(at, job, maker)
    with pytest.raises(RequestError, match=r"can have cost \$0.00 to \$0.35"):
        at.services.attention.close(at.user, job, row.id, charged_micros=charged)
    assert money(at, job) == (0, LESS)


def test_only_its_owner_and_only_in_its_job_may_look_or_close(desk: Desk, job: UUID) -> None:
    maker = kling()
    at = shop(desk, look(), maker)
    row = parked(at, job, maker)
    other = jobs.install(at.store, at.parts.blobs, name="other")
    attention = at.services.attention
    for user, in_job, id_, error in (
        (User(uuid4()), job, row.id, NotAllowed),
        (at.user, other, row.id, RegenerationNotFound),
        (at.user, job, uuid4(), RegenerationNotFound),
    ):
        with pytest.raises(error):
            attention.look(user, in_job, id_)
        with pytest.raises(error):
            attention.close(user, in_job, id_, charged_micros=0)
    assert at.store.regenerations.get(row.id) == row


def test_an_edit_that_is_not_in_doubt_is_not_looked_at(desk: Desk, job: UUID) -> None:
    at = shop(desk, look(), kling())
    done = edit(at, job)
    at.queue.is_held = True
    waiting = edit(at, job)
    for row in (done, waiting):
        with pytest.raises(RequestError, match="needs no attention"):
            at.services.attention.look(at.user, job, row.id)
        with pytest.raises(RequestError, match="needs no attention"):
            at.services.attention.close(at.user, job, row.id, charged_micros=0)
    assert money(at, job) == (LESS, LESS)


def test_the_doctor_finds_the_books_right_while_money_is_set_aside(desk: Desk, job: UUID) -> None:
    maker = kling()
    at = shop(desk, look(), maker)
    parked(at, job, maker)
    findings = {each.name: each for each in at.services.doctor.report()}
    assert findings["books"].is_ok


def sent(at: Desk, job: UUID) -> tuple[UUID, str]:
    """Return an edit whose request was sent and answered, and the prediction."""
    at.queue.is_held = True
    row = confirm(at, job, quote(at, job))
    at.steps.begin(row.id)
    at.steps.intend(row.id, 1)
    return row.id, at.steps.submit(row.id, 1)


def test_a_prediction_that_seems_lost_once_is_looked_at_again(desk: Desk, job: UUID) -> None:
    maker = kling()
    at = shop(desk, look(), maker)
    id_, prediction_id = sent(at, job)
    maker.outages = deque([LOST, LOST])

    assert at.steps.await_footage(id_, prediction_id)


def test_footage_that_was_seen_once_is_not_given_up_as_lost(desk: Desk, job: UUID) -> None:
    maker = kling()
    at = shop(desk, look(), maker)
    id_, prediction_id = sent(at, job)
    at.steps.await_footage(id_, prediction_id)  # Booked, and its worker died.
    maker.outages = deque([LOST] * 3)
    with pytest.raises(PredictionLost):
        at.steps.await_footage(id_, prediction_id)

    at.steps.end(id_, code=LOST.code, message=str(LOST), retryable=False, timings={})
    row = at.store.regenerations.get(id_)
    assert (row.status, money(at, job)) == (RegenerationStatus.NEEDS_ATTENTION, (0, LESS))
    assert at.steps.attend() == [(id_, job)]
