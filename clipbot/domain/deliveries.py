"""When a delivery is sent again, and when that is given up.

A *delivery* is one event on its way to one webhook. An *attempt* is one request to the
*receiver*, whoever answers at the webhook's address. Most troubles of receivers are over
in seconds (a restart), minutes (a deployment) or half a day (somebody sleeps), so the
waits grow from the one to the other; with eight attempts it ends after about seventeen
hours. Chance comes in as `share`, so that what failed together does not return together.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import StrEnum
from uuid import UUID

WAITS = (5.0, 30.0, 120.0, 600.0, 3_600.0, 14_400.0, 43_200.0)
"""Seconds between one attempt and the next."""
ATTEMPTS = len(WAITS) + 1
JITTER = 0.2
"""How much longer, at most, a wait may take, as a share of it."""
ORDERLY = 5
"""Attempts for which the later events of a job wait for an earlier one: about 13 minutes."""
FAILURES = 5
"""Deliveries given up one after the other, upon which a webhook is switched off."""
SLOW_SECONDS = 3.0
"""A receiver that took longer last time waits for the others."""
LONGEST_PAUSE = WAITS[-1]
"""The most that a receiver's own wish to be left alone is heeded, in seconds."""
LEASE_SECONDS = 60.0
"""After which an attempt that nobody ended counts as broken off; far longer than one takes."""
_GONE = 410
_BUSY = frozenset({429, 503})


class Fate(StrEnum):
    """What becomes of a delivery after an attempt."""

    DELIVERED = "delivered"
    AGAIN = "again"
    FAILED = "failed"
    GONE = "gone"
    """The receiver wants nothing any more, so its webhook is switched off."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What follows from one attempt."""

    fate: Fate
    wait_seconds: float = 0.0
    """Until the next attempt."""
    pause_seconds: float = 0.0
    """In which the receiver wants to be left alone with everything."""


@dataclass(frozen=True, slots=True)
class Due:
    """A webhook to which something can be sent now."""

    webhook_id: UUID
    user_id: UUID
    is_slow: bool
    """Whether the last attempt failed or took long."""


def verdict(status: int | None, attempt: int, *, share: float, asked_seconds: float) -> Verdict:
    """Judge an attempt.

    Args:
        status: Of the answer; None: there was none.
        attempt: Its number, from 1.
        share: By chance, 0 to 1.
        asked_seconds: How long the receiver asked to be left alone; heeded with 429 and 503.
    """
    if status is not None and 200 <= status < 300:  # noqa: PLR2004 - as HTTP has it
        return Verdict(Fate.DELIVERED)
    if status == _GONE:
        return Verdict(Fate.GONE)
    pause = min(max(asked_seconds, 0.0), LONGEST_PAUSE) if status in _BUSY else 0.0
    if attempt >= ATTEMPTS:
        return Verdict(Fate.FAILED, pause_seconds=pause)
    wait = WAITS[attempt - 1] * (1 + JITTER * share)
    return Verdict(Fate.AGAIN, max(wait, pause), pause)


def asked_seconds(retry_after: str | None, now: datetime) -> float:
    """Return how long a `Retry-After` asks to wait: 0 where it is absent, past or no sense."""
    text = (retry_after or "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:12])
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return 0.0
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())
