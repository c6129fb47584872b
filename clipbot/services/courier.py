"""Sends webhooks: one attempt at a time, each signed, judged and written down.

Who calls, how often and on how many threads is the executor's affair (`workflows.rounds`).
"""

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from time import monotonic
from typing import Any
from uuid import UUID

from clipbot.domain.deliveries import Due, Fate, Verdict, asked_seconds, verdict
from clipbot.domain.signatures import headers
from clipbot.domain.webhooks import KEPT
from clipbot.receivers.base import Answer, Post
from clipbot.services.views import EventRecord
from clipbot.store.records import AttemptEnd, DeliveryState, Message
from clipbot.store.store import Store

logger = logging.getLogger(__name__)

AT_ONCE = 2
"""Attempts under way to one webhook, over all workers."""
_STATES = {
    Fate.DELIVERED: DeliveryState.DELIVERED,
    Fate.AGAIN: DeliveryState.PENDING,
    Fate.FAILED: DeliveryState.FAILED,
    Fate.GONE: DeliveryState.FAILED,
}


@dataclass(frozen=True, slots=True)
class CourierService:
    """What the executor does about webhooks."""

    store: Store
    post: Post
    shape: Callable[[EventRecord], Mapping[str, Any]]
    """Returns an event as REST gives it."""
    share: Callable[[], float]
    """Returns a number from 0 to 1, by chance."""
    timer: Callable[[], float] = monotonic

    def due(self) -> list[Due]:
        """Return the webhooks to which something can be sent now, the most urgent first."""
        return self.store.outbox.due()

    def deliver(self, webhook_id: UUID) -> bool:
        """Attempt the next delivery to a webhook; return whether it went well.

        If the process dies in the middle, the same is sent again by whoever is alive.
        """
        message = self.store.outbox.take(webhook_id, at_once=AT_ONCE)
        if message is None:
            return False
        body = self._body(message)
        timestamp = int(message.now.timestamp())
        signed = headers(message.secrets, str(message.delivery.id), timestamp, body)
        begun = self.timer()
        answer = self.post.send(message.url, signed, body)
        seconds = round(self.timer() - begun, 3)
        judged = verdict(
            answer.status,
            message.delivery.attempts,
            share=self.share(),
            asked_seconds=asked_seconds(answer.retry_after, message.now),
        )
        self.store.outbox.end(message, _end(answer, judged, seconds))
        _log(message, answer, judged)
        return judged.fate is Fate.DELIVERED

    def forget(self) -> None:
        """Delete the deliveries that ended long ago."""
        count = self.store.deliveries.forget(KEPT)
        if count:
            logger.info("old deliveries forgotten", extra={"count": count})

    def _body(self, message: Message) -> bytes:
        """Return what is sent: the same bytes at every attempt."""
        delivery, event = message.delivery, message.content
        said = {
            "type": delivery.event,
            "timestamp": (event.created_at if event else delivery.created_at).isoformat(),
            "data": self.shape(event) if event else {"webhook_id": str(delivery.webhook_id)},
        }
        return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def _end(answer: Answer, judged: Verdict, seconds: float) -> AttemptEnd:
    has_arrived = judged.fate is Fate.DELIVERED
    return AttemptEnd(
        state=_STATES[judged.fate],
        wait_seconds=judged.wait_seconds,
        pause_seconds=judged.pause_seconds,
        is_gone=judged.fate is Fate.GONE,
        status=answer.status,
        problem=None if has_arrived else (answer.problem or _refusal(answer)),
        answer=answer.text or None,
        seconds=seconds,
    )


def _refusal(answer: Answer) -> str:
    return f"The receiver answered {answer.status}; only 200 to 299 mean that it has it."


def _log(message: Message, answer: Answer, judged: Verdict) -> None:
    facts = {
        "webhook_id": str(message.delivery.webhook_id),
        "delivery_id": str(message.delivery.id),
        "attempt": message.delivery.attempts,
        "status": answer.status,
        "fate": judged.fate.value,
    }
    level = logging.DEBUG if judged.fate is Fate.DELIVERED else logging.INFO
    logger.log(level, "webhook sent", extra=facts)
    if judged.fate in {Fate.FAILED, Fate.GONE}:
        logger.warning("webhook given up", extra=facts)
