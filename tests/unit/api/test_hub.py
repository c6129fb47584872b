"""One reader of events for everybody who watches."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from uuid import UUID

import pytest

from clipbot.api.errors import TooManyStreams
from clipbot.api.hub import Hub, Room, Subscription
from clipbot.domain.user import LOCAL_USER, User
from clipbot.errors import JobNotFound
from tests.unit.api.events import JOB, OTHER, Table

SOON = 10.0
ROOM = Room()


def played(
    table: Table, scene: Callable[[Hub], Awaitable[None]], room: Room = ROOM, **options: float
) -> None:
    """Run a scene on an event loop, and see that it leaves nothing running."""

    async def whole() -> None:
        hub = Hub(table.read, poll_seconds=options.get("poll_seconds", 0.005), room=room)
        async with asyncio.timeout(SOON):
            await scene(hub)
        hub.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        async with asyncio.timeout(SOON):
            await asyncio.gather(*others)

    asyncio.run(whole())


async def ids(subscription: Subscription, count: int) -> list[int]:
    found = [await subscription.next(SOON) for _ in range(count)]
    return [each.id for each in found if each is not None]


def test_a_subscriber_gets_what_was_there_and_what_comes() -> None:
    table = Table()
    table.add(3)

    async def scene(hub: Hub) -> None:
        reader = hub.subscribe(LOCAL_USER, JOB)
        assert await ids(reader, 3) == [1, 2, 3]
        table.add(2)
        assert await ids(reader, 2) == [4, 5]

    played(table, scene)


def test_whoever_comes_back_misses_nothing_and_gets_nothing_twice() -> None:
    table = Table()
    table.add(10)

    async def scene(hub: Hub) -> None:
        first = hub.subscribe(LOCAL_USER, JOB)
        assert await ids(first, 4) == [1, 2, 3, 4]
        first.close()
        table.add(5)
        again = hub.subscribe(LOCAL_USER, JOB, after=4)
        assert await ids(again, 11) == list(range(5, 16))

    played(table, scene)


def test_a_long_history_comes_page_by_page_without_a_pause() -> None:
    table = Table(page=100)
    table.add(1000)

    async def scene(hub: Hub) -> None:
        reader = hub.subscribe(LOCAL_USER, JOB)
        assert await ids(reader, 1000) == list(range(1, 1001))

    played(table, scene, poll_seconds=1.0)


def test_jobs_do_not_mix() -> None:
    table = Table()
    table.add(2, JOB)
    table.add(3, OTHER)

    async def scene(hub: Hub) -> None:
        here, there = hub.subscribe(LOCAL_USER, JOB), hub.subscribe(LOCAL_USER, OTHER)
        assert await ids(here, 2) == [1, 2]
        assert await ids(there, 3) == [1, 2, 3]
        table.add(1, OTHER)
        assert await ids(there, 1) == [4]
        assert here.queue.empty()

    played(table, scene)


def test_the_table_is_read_once_for_all_who_are_at_the_same_place() -> None:
    table = Table()
    table.add(3)

    async def scene(hub: Hub) -> None:
        readers = [hub.subscribe(LOCAL_USER, JOB) for _ in range(8)]
        for reader in readers:
            assert await ids(reader, 3) == [1, 2, 3]
        assert [place for place in table.reads if place == (JOB, 0)] == [(JOB, 0)]

    played(table, scene)


def test_a_late_reader_catches_up_without_delaying_the_others() -> None:
    table = Table(page=10)
    table.add(500)

    async def scene(hub: Hub) -> None:
        ahead = hub.subscribe(LOCAL_USER, JOB, after=500)
        behind = hub.subscribe(LOCAL_USER, JOB)
        table.add(1)
        assert await ids(ahead, 1) == [501]
        assert await ids(behind, 501) == list(range(1, 502))

    played(table, scene)


def test_a_reader_who_does_not_read_is_left_alone() -> None:
    table = Table()
    table.add(2000)

    async def scene(hub: Hub) -> None:
        stalled = hub.subscribe(LOCAL_USER, JOB)
        lively = hub.subscribe(LOCAL_USER, JOB)
        assert await ids(lively, 2000) == list(range(1, 2001))
        held = stalled.queue.qsize()
        assert stalled.queue.full()
        assert await ids(stalled, 2000) == list(range(1, 2001))
        assert held < 2000

    played(table, scene)


def test_nobody_watching_means_nothing_running() -> None:
    table = Table()

    async def scene(hub: Hub) -> None:
        assert len(asyncio.all_tasks()) == 1
        reader = hub.subscribe(LOCAL_USER, JOB)
        assert len(asyncio.all_tasks()) == 2
        reader.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        await asyncio.gather(*others)
        table.add(1)
        assert await ids(hub.subscribe(LOCAL_USER, JOB), 1) == [1]

    played(table, scene)


def test_a_job_has_a_limit_of_readers_and_a_place_becomes_free() -> None:
    async def scene(hub: Hub) -> None:
        readers = [hub.subscribe(LOCAL_USER, JOB) for _ in range(10)]
        with pytest.raises(TooManyStreams) as caught:
            hub.subscribe(LOCAL_USER, JOB)
        assert (caught.value.limit, caught.value.retryable) == (10, True)
        hub.subscribe(LOCAL_USER, OTHER)
        readers[3].close()
        readers[3].close()
        assert await ids(hub.subscribe(LOCAL_USER, JOB), 1) == [1]
        assert len(hub.subscriptions) == 11

    table = Table()
    table.add(1)
    played(table, scene)


def test_waiting_ends_when_nothing_comes_or_the_reader_is_closed() -> None:
    async def scene(hub: Hub) -> None:
        reader = hub.subscribe(LOCAL_USER, JOB)
        assert await reader.next(0.001) is None
        assert not reader.is_closed
        waiting = asyncio.create_task(reader.next(SOON))
        await asyncio.sleep(0)
        hub.close()
        assert await waiting is None
        assert reader.is_closed
        assert await reader.next(SOON) is None

    played(Table(), scene)


def test_a_hub_that_is_shut_takes_nobody_in() -> None:
    async def scene(hub: Hub) -> None:
        hub.close()
        late = hub.subscribe(LOCAL_USER, JOB)
        assert late.is_closed
        assert await late.next(SOON) is None
        assert len(asyncio.all_tasks()) == 1

    played(Table(), scene)


def test_a_job_that_is_gone_ends_its_readers_only() -> None:
    table = Table()
    table.add(1, OTHER)

    async def scene(hub: Hub) -> None:
        table.fail_with = JobNotFound("x")
        here = hub.subscribe(LOCAL_USER, JOB)
        assert await here.next(SOON) is None
        assert here.is_closed
        assert await ids(hub.subscribe(LOCAL_USER, OTHER), 1) == [1]

    played(table, scene)


def test_a_failed_read_is_logged_and_tried_again(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("clipbot.api.hub._PAUSE_AFTER_FAILURE_SECONDS", 0.001)
    table = Table()
    table.add(1)

    async def scene(hub: Hub) -> None:
        table.fail_with = RuntimeError("the database is away")
        assert await ids(hub.subscribe(LOCAL_USER, JOB), 1) == [1]

    played(table, scene)
    assert [each.message for each in caplog.records if each.levelno >= logging.ERROR] == [
        "events not read"
    ]


def test_whoever_subscribes_during_a_read_does_not_wait_for_the_next_look() -> None:
    table = Table()
    table.add(1)

    async def scene(hub: Hub) -> None:
        loop = asyncio.get_running_loop()
        late: asyncio.Future[Subscription] = loop.create_future()

        def join() -> None:
            if not late.done():
                late.set_result(hub.subscribe(LOCAL_USER, OTHER))

        table.add(1, OTHER)
        table.between = lambda: loop.call_soon_threadsafe(join)
        assert await ids(hub.subscribe(LOCAL_USER, JOB), 1) == [1]
        assert await ids(await late, 1) == [1]

    played(table, scene, poll_seconds=3600)


@pytest.mark.parametrize(
    ("room", "words"),
    [(Room(per_user=3), "of yours"), (Room(in_all=3), "here")],
    ids=["user", "process"],
)
def test_a_user_and_a_process_have_limits_too(room: Room, words: str) -> None:
    you = User(UUID(int=7))

    async def scene(hub: Hub) -> None:
        readers = [hub.subscribe(LOCAL_USER, UUID(int=each)) for each in range(3)]
        with pytest.raises(TooManyStreams, match=words):
            hub.subscribe(LOCAL_USER, JOB)
        if room.per_user == 3:
            hub.subscribe(you, JOB)
        readers[0].close()
        hub.subscribe(LOCAL_USER, JOB)
        await asyncio.sleep(0)

    played(Table(), scene, room)
