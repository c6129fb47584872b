"""Rounds: a receiver can only delay itself."""

import logging
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from uuid import UUID, uuid4

import pytest

from clipbot.domain.deliveries import Due
from clipbot.workflows.rounds import Places, Rounds
from tests.integration.processes.waiting import until

FEW = Places(in_all=6, for_slow=2, per_webhook=2, per_user=3, deliveries=5)


@dataclass
class ScriptedCourier:
    """A `Courier` with so many deliveries for each webhook; some receivers hang."""

    waiting: dict[UUID, int]
    users: dict[UUID, UUID] = field(default_factory=dict)
    slow: set[UUID] = field(default_factory=set)
    hanging: set[UUID] = field(default_factory=set)
    broken: set[UUID] = field(default_factory=set)
    sent: list[UUID] = field(default_factory=list)
    held: Counter[UUID] = field(default_factory=Counter)
    release: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def due(self) -> list[Due]:
        with self.lock:
            ids = [id_ for id_, count in self.waiting.items() if count]
        found = [Due(id_, self.users.get(id_, id_), id_ in self.slow) for id_ in ids]
        return sorted(found, key=lambda due: due.is_slow)

    def deliver(self, webhook_id: UUID) -> bool:
        if webhook_id in self.broken:
            raise ZeroDivisionError
        with self.lock:
            if not self.waiting[webhook_id]:
                return False
            self.waiting[webhook_id] -= 1
        if webhook_id in self.hanging:
            self.held[webhook_id] += 1
            self.release.wait(120)
            return False
        self.sent.append(webhook_id)
        return True

    def forget(self) -> None:
        raise AssertionError


Start = Callable[[ScriptedCourier], Rounds]


@pytest.fixture(name="start")
def fixture_start() -> Iterator[Start]:
    """Start rounds of a courier; all of them end with the test."""
    couriers: list[tuple[ScriptedCourier, Rounds]] = []

    def start(courier: ScriptedCourier) -> Rounds:
        rounds = Rounds(courier, FEW)
        couriers.append((courier, rounds))
        return rounds

    yield start
    for courier, rounds in couriers:
        courier.release.set()
        rounds.stop(30)


def some(count: int) -> list[UUID]:
    return [uuid4() for _ in range(count)]


def test_everything_that_is_due_is_sent(start: Start) -> None:
    ids = some(4)
    courier = ScriptedCourier(dict.fromkeys(ids, 3))
    rounds = start(courier)
    rounds.tick()
    until(lambda: len(courier.sent) == 12)
    assert Counter(courier.sent) == dict.fromkeys(ids, 3)


def test_a_receiver_that_hangs_delays_nobody_else(start: Start) -> None:
    dead, well = some(2)
    courier = ScriptedCourier({dead: 100, well: 100}, hanging={dead})
    rounds = start(courier)

    def go_on() -> bool:
        rounds.tick()
        return courier.sent.count(well) == 100

    until(go_on)
    assert courier.held[dead] == FEW.per_webhook


def test_slow_receivers_leave_room_for_the_others(start: Start) -> None:
    slow, well = some(10), some(1)
    courier = ScriptedCourier(dict.fromkeys([*slow, *well], 10), slow=set(slow), hanging=set(slow))
    rounds = start(courier)

    def go_on() -> bool:
        rounds.tick()
        return len(courier.sent) == 10

    until(go_on)
    assert courier.held.total() == FEW.for_slow


def test_one_person_gets_no_more_than_a_share(start: Start) -> None:
    mine, other = some(10), uuid4()
    me = uuid4()
    courier = ScriptedCourier(
        {**dict.fromkeys(mine, 10), other: 5}, users=dict.fromkeys(mine, me), hanging=set(mine)
    )
    rounds = start(courier)

    def go_on() -> bool:
        rounds.tick()
        return courier.sent.count(other) == 5

    until(go_on)
    assert courier.held.total() == FEW.per_user


def test_there_is_an_end_to_how_many_at_once(start: Start) -> None:
    ids = some(20)
    courier = ScriptedCourier(dict.fromkeys(ids, 1), hanging=set(ids))
    rounds = start(courier)
    rounds.tick()
    until(lambda: courier.held.total() == FEW.in_all)
    rounds.tick()
    assert courier.held.total() == FEW.in_all


def test_a_round_ends_so_that_others_get_their_turn(start: Start) -> None:
    busy = uuid4()
    courier = ScriptedCourier({busy: 100})
    rounds = start(courier)
    rounds.tick()
    until(lambda: not rounds._threads())
    assert len(courier.sent) == FEW.deliveries


def test_a_bug_ends_one_round_and_is_logged(start: Start, caplog: pytest.LogCaptureFixture) -> None:
    broken, well = some(2)
    courier = ScriptedCourier({broken: 1, well: 1}, broken={broken})
    rounds = start(courier)
    rounds.tick()
    until(lambda: courier.sent == [well] and not rounds._threads())
    assert [(r.message, r.levelno) for r in caplog.records] == [("webhook not sent", logging.ERROR)]


def test_at_the_end_what_is_due_is_sent_and_nobody_is_waited_for_too_long(start: Start) -> None:
    dead, well = some(2)
    courier = ScriptedCourier({dead: 1, well: 3}, hanging={dead})
    rounds = start(courier)

    rounds.stop(0.2)

    assert courier.sent == [well] * 3
    courier.waiting[well] = 1
    rounds.tick()
    assert len(courier.sent) == 3
