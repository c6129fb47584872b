"""Records of webhooks and of what is on its way to them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from clipbot.store.records.jobs import EventRecord


@dataclass(frozen=True, slots=True)
class NewWebhook:
    """A webhook to be kept."""

    user_id: UUID
    url: str
    events: tuple[str, ...] | None
    """Names of events; None: all."""
    secret: str


@dataclass(frozen=True, slots=True)
class WebhookChange:
    """What is to be different about a webhook."""

    url: str
    events: tuple[str, ...] | None
    is_active: bool


@dataclass(frozen=True, slots=True)
class WebhookRecord:
    """A webhook, without its secrets."""

    id: UUID
    user_id: UUID
    url: str
    events: tuple[str, ...] | None
    is_active: bool
    off_reason: str | None
    """Why it was switched off, if clipbot did that by itself."""
    failures: int
    """Deliveries that were given up since the last one that arrived."""
    previous_until: datetime | None
    """How long the previous secret still signs."""
    rests_until: datetime | None
    created_at: datetime
    updated_at: datetime


class DeliveryState(StrEnum):
    """Where a delivery is."""

    PENDING = "pending"
    DELIVERED = "delivered"
    FAILED = "failed"
    """Every attempt failed."""
    DROPPED = "dropped"
    """Its webhook was switched off before it arrived."""


@dataclass(frozen=True, slots=True)
class DeliveryRecord:
    """One event on its way to one webhook."""

    number: int
    """Rises; the newest has the highest."""
    id: UUID
    webhook_id: UUID
    job_id: UUID | None
    event_id: int | None
    event: str
    state: DeliveryState
    attempts: int
    next_at: datetime | None
    """When it is attempted next, if it is."""
    last_status: int | None
    last_problem: str | None
    last_answer: str | None
    last_seconds: float | None
    log: tuple[Mapping[str, Any], ...]
    """Its attempts, oldest first: `at`, `status`, `problem`, `seconds`."""
    created_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Message:
    """An attempt at a delivery that is about to be made, with all that it needs."""

    delivery: DeliveryRecord
    lease: UUID
    """Proves that the attempt is still ours to end."""
    url: str
    secrets: tuple[str, ...]
    """That are to sign it, the newest first."""
    content: EventRecord | None
    """None: it is a test."""
    now: datetime
    """By the database's clock."""


@dataclass(frozen=True, slots=True)
class AttemptEnd:
    """How an attempt ended."""

    state: DeliveryState
    wait_seconds: float = 0.0
    """Until the next attempt, where it stays pending."""
    pause_seconds: float = 0.0
    """In which the receiver wants nothing at all."""
    is_gone: bool = False
    """The receiver wants nothing any more."""
    status: int | None = None
    problem: str | None = None
    answer: str | None = None
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class WebhookState:
    """How all webhooks of an installation fare."""

    active: int
    off: int
    """Switched off, after failures."""
    failing: int
    """Active, and the last attempt failed or took long."""
    retried: int
    """Deliveries that failed at least once and are tried again."""
    overdue: int
    """Deliveries that nobody attempted in time."""
