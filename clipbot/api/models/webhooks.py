"""Webhooks, and what became of each delivery."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from clipbot.api.models.common import Request, Seconds, Shape
from clipbot.services.views import DeliveryRecord, DeliveryState, WebhookRecord

Url = Annotated[
    str,
    Field(
        description="https, on the internet, at most 2,000 characters, without a password.",
        examples=["https://clipbot.invalid/told"],
    ),
]
Events = Annotated[
    list[str],
    Field(
        description="Names of the events that are told.",
        examples=[["regeneration_complete", "regeneration_failed"]],
        max_length=50,
    ),
]


class WebhookModel(Shape):
    """An address that is told of what happens to one's jobs."""

    id: UUID
    url: Url
    events: Events | None = Field(description="None: all.")
    is_active: bool
    off_reason: str | None = Field(description="Why it was switched off, if nobody did.")
    failures: int = Field(
        examples=[0],
        description="Deliveries given up since the last one that arrived.",
    )
    previous_secret_until: datetime | None = Field(
        description="How long the secret before this one signs, too."
    )
    rests_until: datetime | None = Field(
        description="Its receiver asked to be left alone until then."
    )
    created_at: datetime
    updated_at: datetime

    @classmethod
    def of(cls, record: WebhookRecord) -> "WebhookModel":
        """Return the shape of a webhook."""
        return cls(**_fields(record))


class NewWebhookModel(WebhookModel):
    """A webhook and its secret, which is shown this once."""

    secret: str = Field(
        description="Verifies what is sent; see the scheme of Standard Webhooks.",
        examples=["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"],
    )

    @classmethod
    def with_secret(cls, record: WebhookRecord, secret: str) -> "NewWebhookModel":
        """Return the shape of a webhook that has just got a secret."""
        return cls(**_fields(record), secret=secret)


class WebhookList(Shape):
    """One's webhooks, oldest first."""

    webhooks: list[WebhookModel]

    @classmethod
    def of(cls, records: Sequence[WebhookRecord]) -> "WebhookList":
        """Return the shape of some webhooks."""
        return cls(webhooks=[WebhookModel.of(record) for record in records])


class NewWebhookRequest(Request):
    """A webhook to be kept."""

    url: Url
    events: Events | None = Field(default=None, description="Left out: all.")


class WebhookChangeRequest(Request):
    """What is to be different about a webhook; what is left out stays."""

    url: Url | None = None
    events: Events | None = Field(default=None, description="Null: all.")
    is_active: bool | None = Field(
        default=None, description="False drops what is on its way; true begins anew."
    )

    @property
    def tells_all(self) -> bool:
        """Whether `events` was given, as null."""
        return "events" in self.model_fields_set and self.events is None


class AttemptModel(Shape):
    """One attempt at a delivery."""

    at: datetime = Field(description="When it ended.")
    status: int | None = Field(description="Of the answer.")
    problem: str | None = Field(description="What was wrong, in one sentence.")
    seconds: Seconds | None


class DeliveryModel(Shape):
    """One event on its way to one webhook."""

    id: UUID = Field(description="Sent along as `webhook-id`, the same at every attempt.")
    number: int = Field(examples=[412], description="The newest has the highest.")
    event: str = Field(examples=["regeneration_complete"])
    job_id: UUID | None
    event_id: int | None = Field(description="Per job; as in the job's events.")
    state: DeliveryState
    attempts: int = Field(examples=[1], description="Since it was last asked for.")
    next_at: datetime | None = Field(description="When it is attempted next, if it is.")
    status: int | None = Field(description="Of the last answer.")
    problem: str | None = Field(description="What was wrong with the last attempt.")
    answer: str | None = Field(description="The beginning of the last answer's text.")
    seconds: Seconds | None = Field(description="That the last attempt took.")
    log: list[AttemptModel] = Field(description="The last attempts, oldest first.")
    created_at: datetime
    ended_at: datetime | None

    @classmethod
    def of(cls, record: DeliveryRecord) -> "DeliveryModel":
        """Return the shape of a delivery."""
        return cls(
            id=record.id,
            number=record.number,
            event=record.event,
            job_id=record.job_id,
            event_id=record.event_id,
            state=record.state,
            attempts=record.attempts,
            next_at=record.next_at,
            status=record.last_status,
            problem=record.last_problem,
            answer=record.last_answer,
            seconds=record.last_seconds,
            log=[AttemptModel.model_validate(entry) for entry in record.log],
            created_at=record.created_at,
            ended_at=record.ended_at,
        )


class DeliveryList(Shape):
    """Deliveries, newest first."""

    deliveries: list[DeliveryModel]
    next_before: int | None = Field(
        description="Ask again with `before` set to this; None: there are no more."
    )

    @classmethod
    def of(cls, records: Sequence[DeliveryRecord], limit: int) -> "DeliveryList":
        """Return the shape of a page.

        Args:
            records: What was found, newest first.
            limit: How many were asked for.
        """
        is_full = len(records) == limit
        return cls(
            deliveries=[DeliveryModel.of(record) for record in records],
            next_before=records[-1].number if is_full else None,
        )


def _fields(record: WebhookRecord) -> dict[str, Any]:
    return {
        "id": record.id,
        "url": record.url,
        "events": None if record.events is None else list(record.events),
        "is_active": record.is_active,
        "off_reason": record.off_reason,
        "failures": record.failures,
        "previous_secret_until": record.previous_until,
        "rests_until": record.rests_until,
        "created_at": record.created_at,
        "updated_at": record.updated_at,
    }
