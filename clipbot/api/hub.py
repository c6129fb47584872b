"""One reader of events for everybody who watches.

However many pages follow however many jobs, one task per process reads the events table,
in a thread, and hands what is new to each subscriber's queue. Nobody holds a thread while
waiting.

A subscriber is a cursor: the id of the last event put into its queue. Joining late, coming
back with `Last-Event-ID` and falling behind are therefore the same thing, and nothing is
ever missed or sent twice. A full queue is left alone until it has room; a slow reader
slows down nobody else.

Everything here runs on the event loop; only `read` is called in a thread.
"""

import asyncio
import logging
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from clipbot.api.errors import TooManyStreams
from clipbot.domain.user import User
from clipbot.errors import ClipbotError
from clipbot.services.views import EventRecord

Read = Callable[[User, UUID, int], Sequence[EventRecord]]
"""Returns events of a job newer than an id, oldest first, checked against the user."""

POLL_SECONDS: Final = 0.25
_QUEUE_LENGTH: Final = 256
_PAUSE_AFTER_FAILURE_SECONDS: Final = 5.0

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Room:
    """How many subscriptions one process has room for at a time."""

    per_job: int = 10
    per_user: int = 100
    """Without sign-in, everybody is one user."""
    in_all: int = 1_000


@dataclass(eq=False, slots=True)
class Subscription:
    """One reader's place in a job's events. Close it when done."""

    user: User
    job_id: UUID
    last_id: int
    """Newest event that was put into the queue."""
    leave: Callable[["Subscription"], None]
    queue: asyncio.Queue[EventRecord | None] = field(
        default_factory=lambda: asyncio.Queue(_QUEUE_LENGTH)
    )
    is_closed: bool = False

    async def next(self, timeout_seconds: float) -> EventRecord | None:
        """Return the next event.

        Returns:
            None: nothing came in time, or the subscription was closed (see `is_closed`).
        """
        if self.is_closed:
            return None
        try:
            async with asyncio.timeout(timeout_seconds):
                return await self.queue.get()
        except TimeoutError:
            return None

    def take(self, events: Sequence[EventRecord]) -> None:
        """Queue what is new, as far as there is room."""
        for event in events:
            if event.id > self.last_id and not self.queue.full():
                self.queue.put_nowait(event)
                self.last_id = event.id

    def close(self) -> None:
        """Leave; whoever waits for the next event gets None. Twice is harmless."""
        if self.is_closed:
            return
        self.is_closed = True
        self.leave(self)
        if self.queue.empty():
            self.queue.put_nowait(None)


class Hub:
    """Hands the events of jobs to their subscribers."""

    def __init__(
        self,
        read: Read,
        *,
        poll_seconds: float = POLL_SECONDS,
        room: Room = Room(),
    ) -> None:
        """Make a hub without subscribers; it does nothing until there is one.

        Args:
            read: Reads events; called in a thread.
            poll_seconds: Pause between two looks at the table.
            room: For how many subscriptions.
        """
        self._read = read
        self._poll_seconds = poll_seconds
        self._room = room
        self._subscriptions: set[Subscription] = set()
        self._news = asyncio.Event()
        self._poller: asyncio.Task[None] | None = None
        self._is_shut = False

    @property
    def subscriptions(self) -> Collection[Subscription]:
        """Who is subscribed now."""
        return frozenset(self._subscriptions)

    def subscribe(self, user: User, job_id: UUID, after: int = 0) -> Subscription:
        """Follow a job's events; call on the event loop.

        The caller has checked that the user may see the job.

        Args:
            user: Who reads.
            job_id: The job.
            after: Id of the last event that is already known; 0: none.

        Raises:
            TooManyStreams: The job, the user or the process has as many as there is room for.
        """
        self._require_room(user, job_id)
        subscription = Subscription(user, job_id, after, self._subscriptions.discard)
        if self._is_shut:
            subscription.close()
            return subscription
        self._subscriptions.add(subscription)
        if self._poller is None or self._poller.done():
            self._news = asyncio.Event()
            self._poller = asyncio.create_task(self._poll(), name="event-hub")
        self._news.set()
        return subscription

    def _require_room(self, user: User, job_id: UUID) -> None:
        open_ = self._subscriptions
        if sum(each.job_id == job_id for each in open_) >= self._room.per_job:
            raise TooManyStreams(self._room.per_job)
        if sum(each.user.id == user.id for each in open_) >= self._room.per_user:
            raise TooManyStreams(self._room.per_user, "of yours")
        if len(open_) >= self._room.in_all:
            raise TooManyStreams(self._room.in_all, "here")

    def close(self) -> None:
        """End every subscription, now and from now on: the server shuts down."""
        self._is_shut = True
        for subscription in self.subscriptions:
            subscription.close()
        self._news.set()

    async def _poll(self) -> None:
        """Read and hand out until nobody is subscribed."""
        while self._subscriptions:
            self._news.clear()
            pause = self._poll_seconds
            try:
                if await self._hand_out():
                    continue
            except Exception:
                # The outermost edge of this task: without it, one failed read would end
                # every page's stream for good.
                logger.exception("events not read")
                pause = _PAUSE_AFTER_FAILURE_SECONDS
            await self._pause(pause)

    async def _hand_out(self) -> bool:
        """Look at the table once; return whether anything was new."""
        places = {
            (each.job_id, each.last_id): each.user
            for each in self.subscriptions
            if not each.queue.full()
        }
        found = False
        for (job_id, last_id), user in places.items():
            readers = [s for s in self.subscriptions if (s.job_id, s.last_id) == (job_id, last_id)]
            if not readers:
                continue
            try:
                events = await asyncio.to_thread(self._read, user, job_id, last_id)
            except ClipbotError:
                # The job is gone, or not theirs any more: coming back tells them so.
                for reader in readers:
                    reader.close()
                continue
            for reader in readers:
                reader.take(events)
            found = found or bool(events)
        return found

    async def _pause(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._news.wait()
        except TimeoutError:
            return
