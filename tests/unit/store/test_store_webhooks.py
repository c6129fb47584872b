"""Webhooks and their deliveries, on each database."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine, delete, text
from sqlalchemy import event as sqlalchemy_event
from sqlmodel import col

from clipbot.domain.deliveries import FAILURES, LEASE_SECONDS, ORDERLY
from clipbot.domain.webhooks import KEPT
from clipbot.errors import (
    DeliveryNotFound,
    DeliveryPending,
    TooManyWebhooks,
    WebhookNotFound,
    WebhookOff,
)
from clipbot.store import events
from clipbot.store.database import is_postgres, writing
from clipbot.store.deliveries import Deliveries
from clipbot.store.events import NewEvent
from clipbot.store.outbox import BROKEN_OFF, GIVEN_UP, GONE, LONGEST_LOG, Outbox
from clipbot.store.records import (
    AttemptEnd,
    DeliveryRecord,
    DeliveryState,
    Message,
    NewWebhook,
    WebhookChange,
    WebhookRecord,
)
from clipbot.store.store import Store
from clipbot.store.tables import WebhookRow
from tests.integration.processes.waiting import until
from tests.unit.store.given import NOW, Later, job

DELIVERED = AttemptEnd(DeliveryState.DELIVERED, status=200, answer="ok", seconds=0.1)
AGAIN = AttemptEnd(DeliveryState.PENDING, wait_seconds=5, status=500, problem="It answered 500.")
FAILED = AttemptEnd(DeliveryState.FAILED, problem="Silence.")


@pytest.fixture(name="me")
def fixture_me() -> UUID:
    return uuid4()


@pytest.fixture(name="clock")
def fixture_clock() -> Later:
    # A little ahead, so that what is written down by the database's own clock is due.
    return Later(datetime.now(UTC) + timedelta(minutes=1))


@pytest.fixture(name="outbox")
def fixture_outbox(store: Store, clock: Later) -> Outbox:
    return Outbox(store.jobs.engine, clock)


def kept(store: Store, user: UUID, *, events: tuple[str, ...] | None = None) -> WebhookRecord:
    new = NewWebhook(user, "https://example.com/hook", events, "whsec_first")
    return store.webhooks.add(new, most=10, now=NOW)


def happens(store: Store, job_id: UUID, name: str = "recomposing") -> int:
    with writing(store.jobs.engine) as session:
        return events.append(session, job_id, NewEvent(name, "It goes on."), now=NOW)


def log(store: Store, webhook: WebhookRecord) -> list[DeliveryRecord]:
    return store.deliveries.page(webhook.id)[::-1]


def taken(outbox: Outbox, webhook: WebhookRecord, at_once: int = 2) -> Message:
    message = outbox.take(webhook.id, at_once=at_once)
    assert message is not None
    return message


def due(outbox: Outbox) -> list[UUID]:
    return [each.webhook_id for each in outbox.due()]


def test_an_event_is_written_down_for_every_webhook_of_the_jobs_owner(
    store: Store, me: UUID
) -> None:
    all_, some, other = kept(store, me), kept(store, me, events=("film_changed",)), uuid4()
    foreign = kept(store, other)
    mine = job(store, user_id=str(me))

    happens(store, mine, "recomposing")
    happens(store, mine, "film_changed")
    happens(store, job(store, user_id=str(uuid4())), "film_changed")

    assert [(d.job_id, d.event_id, d.event, d.state) for d in log(store, all_)] == [
        (mine, 1, "recomposing", "pending"),
        (mine, 2, "film_changed", "pending"),
    ]
    assert [d.event_id for d in log(store, some)] == [2]
    assert log(store, foreign) == []


def test_an_event_that_is_taken_back_is_told_to_nobody(store: Store, me: UUID) -> None:
    webhook, job_id = kept(store, me), job(store, user_id=str(me))

    def failing() -> None:
        with writing(store.jobs.engine) as session:
            events.append(session, job_id, NewEvent("recomposing", "No."), now=NOW)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        failing()
    assert log(store, webhook) == []
    assert happens(store, job_id) == 1
    assert [d.event_id for d in log(store, webhook)] == [1]


def test_where_nobody_has_a_webhook_an_event_costs_one_look(store: Store, me: UUID) -> None:
    job_id = job(store, user_id=str(me))
    happens(store, job_id)
    said: list[str] = []

    def heard(_: object, __: object, statement: str, *___: object) -> None:
        said.append(statement)

    sqlalchemy_event.listen(store.jobs.engine, "before_cursor_execute", heard)
    happens(store, job_id)
    sqlalchemy_event.remove(store.jobs.engine, "before_cursor_execute", heard)

    assert [each for each in said if "webhook" in each] == [said[-1]]


def test_what_is_due_is_taken_once_and_ends_once(
    store: Store, outbox: Outbox, me: UUID, clock: Later
) -> None:
    webhook = kept(store, me)
    assert due(outbox) == []
    happens(store, job(store, user_id=str(me)))
    assert due(outbox) == [webhook.id]

    message = taken(outbox, webhook)

    assert (message.url, message.secrets) == (webhook.url, ("whsec_first",))
    assert message.content is not None
    assert (message.content.name, message.delivery.attempts) == ("recomposing", 1)
    assert due(outbox) == []
    assert outbox.take(webhook.id, at_once=2) is None
    outbox.end(message, DELIVERED)
    outbox.end(message, AGAIN)
    (found,) = log(store, webhook)
    assert (found.state, found.attempts, found.last_status) == (DeliveryState.DELIVERED, 1, 200)
    assert (found.last_answer, found.next_at, found.ended_at) == ("ok", None, clock.moment)
    assert [entry["status"] for entry in found.log] == [200]
    clock.move(10**6)
    assert due(outbox) == []


def test_what_failed_is_due_again_after_its_wait(
    store: Store, outbox: Outbox, me: UUID, clock: Later
) -> None:
    webhook = kept(store, me)
    happens(store, job(store, user_id=str(me)))
    outbox.end(taken(outbox, webhook), AGAIN)

    clock.move(4.9)
    assert due(outbox) == []
    clock.move(0.2)
    assert due(outbox) == [webhook.id]
    outbox.end(taken(outbox, webhook), FAILED)
    (found,) = log(store, webhook)
    assert (found.state, found.attempts, found.last_problem) == ("failed", 2, "Silence.")
    assert [entry["problem"] for entry in found.log] == ["It answered 500.", "Silence."]
    assert store.webhooks.get(webhook.id).failures == 1


def test_who_dies_in_the_middle_leaves_it_to_the_next(
    store: Store, outbox: Outbox, me: UUID, clock: Later
) -> None:
    webhook = kept(store, me)
    happens(store, job(store, user_id=str(me)))
    lost = taken(outbox, webhook)
    clock.move(LEASE_SECONDS - 1)
    assert due(outbox) == []
    clock.move(2)

    second = taken(outbox, webhook)

    assert (second.delivery.id, second.delivery.attempts) == (lost.delivery.id, 2)
    assert [entry["problem"] for entry in second.delivery.log] == [BROKEN_OFF]
    # The first one was not dead, only slow; its failure does not count any more.
    outbox.end(lost, FAILED)
    assert log(store, webhook)[0].state is DeliveryState.PENDING
    outbox.end(second, DELIVERED)
    assert log(store, webhook)[0].state is DeliveryState.DELIVERED


def test_that_it_arrived_is_true_whoever_says_so(
    store: Store, outbox: Outbox, me: UUID, clock: Later
) -> None:
    webhook = kept(store, me)
    happens(store, job(store, user_id=str(me)))
    slow = taken(outbox, webhook)
    clock.move(LEASE_SECONDS + 1)
    second = taken(outbox, webhook)

    outbox.end(slow, DELIVERED)
    outbox.end(second, AGAIN)

    (found,) = log(store, webhook)
    assert (found.state, len(found.log)) == (DeliveryState.DELIVERED, 2)


def test_the_events_of_a_job_go_out_in_order(
    store: Store, outbox: Outbox, me: UUID, clock: Later
) -> None:
    webhook, first, second = kept(store, me), *(job(store, user_id=str(me)) for _ in range(2))
    for job_id in (first, first, second, first):
        happens(store, job_id)
    order: list[tuple[UUID | None, int | None]] = []

    one = taken(outbox, webhook)
    other = taken(outbox, webhook)
    assert outbox.take(webhook.id, at_once=5) is None
    assert (one.delivery.job_id, other.delivery.job_id) == (first, second)
    outbox.end(other, DELIVERED)
    outbox.end(one, AGAIN)
    assert due(outbox) == []
    clock.move(6)
    while (message := outbox.take(webhook.id, at_once=2)) is not None:
        order.append((message.delivery.job_id, message.delivery.event_id))
        outbox.end(message, DELIVERED)

    assert order == [(first, 1), (first, 2), (first, 3)]


def test_one_that_fails_for_long_is_overtaken(
    store: Store, outbox: Outbox, me: UUID, clock: Later
) -> None:
    webhook, job_id = kept(store, me), job(store, user_id=str(me))
    happens(store, job_id)
    happens(store, job_id)
    for _ in range(ORDERLY):
        clock.move(6)
        message = taken(outbox, webhook)
        assert message.delivery.event_id == 1
        outbox.end(message, AGAIN)

    assert taken(outbox, webhook).delivery.event_id == 2


def test_only_so_many_are_under_way_to_one_receiver(store: Store, outbox: Outbox, me: UUID) -> None:
    webhook = kept(store, me)
    for _ in range(3):
        happens(store, job(store, user_id=str(me)))
    messages = [taken(outbox, webhook), taken(outbox, webhook)]

    assert outbox.take(webhook.id, at_once=2) is None
    outbox.end(messages[0], DELIVERED)
    assert taken(outbox, webhook).delivery.id not in {each.delivery.id for each in messages}


def test_of_many_workers_at_once_each_takes_another_one(
    store: Store, outbox: Outbox, me: UUID
) -> None:
    webhook = kept(store, me)
    for _ in range(8):
        happens(store, job(store, user_id=str(me)))

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: outbox.take(webhook.id, at_once=6), range(12)))

    took = [each.delivery.id for each in found if each]
    assert len(took) == len(set(took)) == 6


def test_a_receiver_that_asks_for_a_pause_gets_it(
    store: Store, outbox: Outbox, me: UUID, clock: Later
) -> None:
    webhook = kept(store, me)
    for _ in range(2):
        happens(store, job(store, user_id=str(me)))
    first, second = taken(outbox, webhook), taken(outbox, webhook)
    happens(store, job(store, user_id=str(me)))
    outbox.end(first, replace(AGAIN, wait_seconds=90, pause_seconds=90, status=429))
    outbox.end(second, DELIVERED)

    clock.move(89)
    assert (due(outbox), outbox.take(webhook.id, at_once=2)) == ([], None)
    clock.move(2)
    assert due(outbox) == [webhook.id]


def test_those_that_answer_well_come_first(
    store: Store, outbox: Outbox, me: UUID, clock: Later
) -> None:
    slow, failing, well = (kept(store, me) for _ in range(3))
    ends = {slow.id: replace(DELIVERED, seconds=4.0), failing.id: AGAIN, well.id: DELIVERED}
    happens(store, job(store, user_id=str(me)))
    for id_, end in ends.items():
        message = outbox.take(id_, at_once=1)
        assert message is not None
        outbox.end(message, end)
        clock.move(6)
    happens(store, job(store, user_id=str(me)))

    assert [(each.webhook_id, each.is_slow) for each in outbox.due()] == [
        (well.id, False),
        (slow.id, True),
        (failing.id, True),
    ]


def test_a_receiver_that_is_gone_is_left_alone(store: Store, outbox: Outbox, me: UUID) -> None:
    webhook, job_id = kept(store, me), job(store, user_id=str(me))
    happens(store, job_id)
    happens(store, job_id)

    outbox.end(taken(outbox, webhook), replace(FAILED, status=410, is_gone=True))
    happens(store, job_id)

    found = store.webhooks.get(webhook.id)
    assert (found.is_active, found.off_reason) == (False, GONE)
    assert [d.state for d in log(store, webhook)] == ["failed", "dropped"]
    assert due(outbox) == []
    with pytest.raises(WebhookOff):
        store.deliveries.ping(webhook.id, now=NOW)
    with pytest.raises(WebhookOff):
        store.deliveries.repeat(webhook.id, log(store, webhook)[0].id)


def test_after_enough_failures_in_a_row_it_is_switched_off(
    store: Store, outbox: Outbox, me: UUID
) -> None:
    webhook = kept(store, me)
    for end in [FAILED] * (FAILURES - 1) + [DELIVERED] + [FAILED] * FAILURES:
        assert store.webhooks.get(webhook.id).is_active
        happens(store, job(store, user_id=str(me)))
        outbox.end(taken(outbox, webhook), end)

    assert store.webhooks.get(webhook.id).off_reason == GIVEN_UP
    change = WebhookChange(webhook.url, webhook.events, is_active=True)
    changed = store.webhooks.change(webhook.id, change, now=NOW)
    assert (changed.is_active, changed.off_reason, changed.failures) == (True, None, 0)


def test_switched_off_by_hand_nothing_is_sent_and_nothing_kept_for_later(
    store: Store, outbox: Outbox, me: UUID
) -> None:
    webhook, job_id = kept(store, me), job(store, user_id=str(me))
    happens(store, job_id)
    on_its_way = taken(outbox, webhook)
    off = WebhookChange(webhook.url, webhook.events, is_active=False)

    changed = store.webhooks.change(webhook.id, off, now=NOW)
    happens(store, job_id)
    outbox.end(on_its_way, AGAIN)

    assert (changed.is_active, changed.off_reason) == (False, None)
    assert [d.state for d in log(store, webhook)] == ["dropped"]
    outbox.end(on_its_way, DELIVERED)
    assert [d.state for d in log(store, webhook)] == ["delivered"]


def test_a_new_secret_and_the_old_one_sign_for_a_while(
    store: Store, outbox: Outbox, me: UUID, clock: Later
) -> None:
    webhook = kept(store, me)
    until = clock.moment + timedelta(hours=24)
    record = store.webhooks.rotate(webhook.id, "whsec_second", previous_until=until, now=NOW)
    assert record.previous_until == until
    for _ in range(2):
        happens(store, job(store, user_id=str(me)))

    assert taken(outbox, webhook).secrets == ("whsec_second", "whsec_first")
    clock.move(24 * 3600)
    assert taken(outbox, webhook).secrets == ("whsec_second",)


def test_a_deleted_webhook_takes_its_deliveries_along(
    store: Store, outbox: Outbox, me: UUID
) -> None:
    webhook = kept(store, me)
    happens(store, job(store, user_id=str(me)))
    message = taken(outbox, webhook)

    store.webhooks.remove(webhook.id)
    store.webhooks.remove(webhook.id)

    outbox.end(message, DELIVERED)
    assert log(store, webhook) == []
    assert outbox.take(webhook.id, at_once=2) is None
    for call in (
        lambda: store.webhooks.get(webhook.id),
        lambda: store.webhooks.rotate(webhook.id, "s", previous_until=NOW, now=NOW),
        lambda: store.deliveries.ping(webhook.id, now=NOW),
        lambda: store.deliveries.repeat(webhook.id, message.delivery.id),
    ):
        with pytest.raises(WebhookNotFound):
            call()


def test_an_event_waits_for_a_webhook_that_is_being_deleted(store: Store, me: UUID) -> None:
    """Without waiting it would fail at the foreign key, and take an edit's end along."""
    engine, job_id, webhook = store.jobs.engine, job(store, user_id=str(me)), kept(store, me)
    with ThreadPoolExecutor(1) as pool:
        with writing(engine) as deleting:
            deleting.execute(delete(WebhookRow).where(col(WebhookRow.id) == webhook.id))
            told = pool.submit(happens, store, job_id)
            if is_postgres(engine):
                until(lambda: waits(engine))
        assert told.result() == 1
    assert log(store, webhook) == []


def waits(engine: Engine) -> bool:
    """Whether somebody waits for somebody else's row."""
    with engine.connect() as connection:
        query = "SELECT count(*) FROM pg_locks WHERE NOT granted"
        return bool(connection.scalar(text(query)))


def test_there_is_an_end_to_how_many(store: Store, me: UUID) -> None:
    new = NewWebhook(me, "https://example.com", None, "s")

    def tries() -> Iterator[UUID]:
        with ThreadPoolExecutor(4) as pool:
            waiting = [pool.submit(store.webhooks.add, new, most=3, now=NOW) for _ in range(8)]
            for future in waiting:
                try:
                    yield future.result().id
                except TooManyWebhooks:
                    continue

    made = list(tries())
    assert len(made) == 3
    assert {each.id for each in store.webhooks.of_user(me)} == set(made)


def test_a_test_is_sent_like_an_event_and_one_at_a_time(
    store: Store, outbox: Outbox, me: UUID
) -> None:
    webhook = kept(store, me, events=("film_changed",))
    ping = store.deliveries.ping(webhook.id, now=NOW)
    with pytest.raises(DeliveryPending):
        store.deliveries.ping(webhook.id, now=NOW)

    message = taken(outbox, webhook)

    assert (message.delivery.id, message.delivery.event, message.content) == (ping.id, "ping", None)
    outbox.end(message, DELIVERED)
    assert store.deliveries.ping(webhook.id, now=NOW).id != ping.id


def test_what_has_ended_is_sent_again_under_the_same_id(
    store: Store, outbox: Outbox, me: UUID
) -> None:
    webhook = kept(store, me)
    happens(store, job(store, user_id=str(me)))
    first = taken(outbox, webhook)
    with pytest.raises(DeliveryPending):
        store.deliveries.repeat(webhook.id, first.delivery.id)
    outbox.end(first, DELIVERED)

    again = store.deliveries.repeat(webhook.id, first.delivery.id)

    assert (again.id, again.state, again.attempts) == (first.delivery.id, "pending", 0)
    outbox.end(taken(outbox, webhook), AGAIN)
    assert [entry["status"] for entry in log(store, webhook)[0].log] == [200, 500]
    with pytest.raises(DeliveryNotFound):
        store.deliveries.repeat(kept(store, me).id, first.delivery.id)


def test_the_log_is_read_page_by_page(store: Store, me: UUID) -> None:
    webhook, job_id = kept(store, me), job(store, user_id=str(me))
    for _ in range(5):
        happens(store, job_id)

    first = store.deliveries.page(webhook.id, limit=2)
    second = store.deliveries.page(webhook.id, before=first[-1].number, limit=2)

    assert [d.event_id for d in first + second] == [5, 4, 3, 2]


def test_only_the_last_attempts_are_remembered(
    store: Store, outbox: Outbox, me: UUID, clock: Later
) -> None:
    webhook = kept(store, me)
    happens(store, job(store, user_id=str(me)))
    for status in range(LONGEST_LOG + 5):
        clock.move(6)
        outbox.end(taken(outbox, webhook), replace(AGAIN, status=status))

    assert [entry["status"] for entry in log(store, webhook)[0].log] == list(
        range(5, LONGEST_LOG + 5)
    )


def test_what_ended_long_ago_is_forgotten_and_what_is_pending_is_not(
    store: Store, outbox: Outbox, me: UUID, clock: Later
) -> None:
    webhook, deliveries = kept(store, me), Deliveries(store.jobs.engine, clock)
    for _ in range(2):
        happens(store, job(store, user_id=str(me)))
    outbox.end(taken(outbox, webhook), DELIVERED)

    clock.move(KEPT.total_seconds() - 1)
    assert deliveries.forget(KEPT) == 0
    clock.move(2)
    assert deliveries.forget(KEPT) == 1
    assert [d.state for d in log(store, webhook)] == ["pending"]


def test_how_all_fare_is_counted(store: Store, outbox: Outbox, me: UUID, clock: Later) -> None:
    failing, off, well, resting = (kept(store, me) for _ in range(4))
    deliveries = Deliveries(store.jobs.engine, clock)
    happens(store, job(store, user_id=str(me)))
    outbox.end(taken(outbox, failing), AGAIN)
    outbox.end(taken(outbox, off), replace(FAILED, is_gone=True))
    outbox.end(taken(outbox, well), DELIVERED)
    outbox.end(taken(outbox, resting), replace(AGAIN, wait_seconds=5, pause_seconds=7200))

    found = deliveries.state()
    assert (found.active, found.off, found.failing) == (3, 1, 2)
    assert (found.retried, found.overdue) == (2, 0)
    # Nobody comes to send: what is due grows old, except where the receiver wants a pause.
    clock.move(3600)
    assert deliveries.state().overdue == 1
