"""Sending webhooks on threads of their own, so that a receiver can only delay itself.

A *round* is one thread that sends to one webhook until there is nothing left for it, an
attempt fails, or it has had its share. Rounds have a limit in all, per webhook and per
person; webhooks whose receivers failed or were slow last time share a part of the rounds.
"""

import logging
import threading
from collections import Counter
from dataclasses import dataclass
from time import monotonic
from uuid import UUID

from clipbot.domain.deliveries import Due
from clipbot.workflows.base import Courier

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Places:
    """How many rounds there may be at once, in one process."""

    in_all: int = 16
    for_slow: int = 8
    per_webhook: int = 2
    per_user: int = 4
    deliveries: int = 50
    """After which a round ends, so that others get their turn."""


_PLACES = Places()


class Rounds:
    """Starts rounds for what is due. `tick` never waits for a receiver."""

    def __init__(self, courier: Courier, places: Places = _PLACES) -> None:
        self._courier = courier
        self._places = places
        self._lock = threading.Lock()
        self._running: dict[threading.Thread, Due] = {}
        self._is_stopping = False

    def tick(self) -> None:
        """Start a round for each webhook that has something due, as far as there is room."""
        for due in self._courier.due():
            self._start(due)

    def stop(self, seconds: float) -> None:
        """Look once more for what is due, then wait for what is under way, within reason.

        What is not over by then is sent again by whoever comes next.
        """
        try:
            self.tick()
        except Exception:
            logger.exception("last webhooks are left to others")
        deadline = monotonic() + seconds
        for thread in self._threads():
            thread.join(max(0.0, deadline - monotonic()))
        self._is_stopping = True

    def _start(self, due: Due) -> None:
        with self._lock:
            if self._is_stopping or not self._has_room(due):
                return
            thread = threading.Thread(
                target=self._run, args=(due.webhook_id,), name="clipbot-round", daemon=True
            )
            self._running[thread] = due
        thread.start()

    def _has_room(self, due: Due) -> bool:
        running = self._running.values()
        slow = sum(each.is_slow for each in running)
        webhooks = Counter(each.webhook_id for each in running)
        users = Counter(each.user_id for each in running)
        return (
            len(running) < self._places.in_all
            and (not due.is_slow or slow < self._places.for_slow)
            and webhooks[due.webhook_id] < self._places.per_webhook
            and users[due.user_id] < self._places.per_user
        )

    def _run(self, webhook_id: UUID) -> None:
        try:
            for _ in range(self._places.deliveries):
                if self._is_stopping or not self._courier.deliver(webhook_id):
                    break
        except Exception:
            # The outermost edge of this thread; the attempt is made again later.
            logger.exception("webhook not sent", extra={"webhook_id": str(webhook_id)})
        finally:
            with self._lock:
                del self._running[threading.current_thread()]

    def _threads(self) -> list[threading.Thread]:
        with self._lock:
            return list(self._running)
