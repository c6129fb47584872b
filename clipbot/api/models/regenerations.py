"""One clip's edit, from queued to done; and several of them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import Field

from clipbot.api.models.common import (
    ClipIndex,
    Instruction,
    Money,
    Percent,
    Request,
    Seconds,
    Shape,
    Temperature,
)
from clipbot.domain.money import decimal_string
from clipbot.services.views import RegenerationRecord, RegenerationStatus


class RegenerationError(Shape):
    """Why an edit did not become part of the film."""

    code: str | None = Field(examples=["provider_unavailable"])
    detail: str = Field(examples=["The renderer is away."])
    retryable: bool


class RegenerationModel(Shape):
    """One clip's edit, as it is now."""

    regeneration_id: UUID
    clip_index: ClipIndex
    instruction: str = Field(examples=["make it night"])
    renderer: str = Field(examples=["local"])
    status: RegenerationStatus
    progress: Percent
    message: str = Field(examples=["Rendering clip 2"])
    estimated_cost: Money
    ceiling: Money = Field(description="The most that can be charged.")
    estimated_time: Seconds
    cost: Money
    discount_percent: int = Field(
        examples=[10], description="Taken off the renderer's price; the amounts have it off."
    )
    version_number: int | None = Field(examples=[2], description="The new version, once there.")
    template_id: str | None = Field(examples=["nighttime"])
    seed: int = Field(examples=[814])
    temperature: Temperature
    batch_id: UUID | None
    take: int | None = Field(
        default=None, description="Which of several versions at once it is, from 1."
    )
    is_cancel_requested: bool
    error: RegenerationError | None
    timings: dict[str, float] = Field(
        examples=[{"render_s": 0.8, "encode_s": 0.4, "compose_s": 0.1}],
        description="Seconds of each part that is done.",
    )
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None

    @classmethod
    def of(cls, record: RegenerationRecord) -> "RegenerationModel":
        """Return the shape of a regeneration."""
        return cls(
            regeneration_id=record.id,
            clip_index=record.clip_index,
            instruction=record.instruction,
            renderer=record.renderer,
            status=record.status,
            progress=record.progress,
            message=record.message,
            estimated_cost=decimal_string(record.estimate_micros),
            ceiling=decimal_string(record.ceiling_micros),
            estimated_time=record.estimated_seconds,
            cost=decimal_string(record.cost_micros),
            discount_percent=record.discount_percent,
            version_number=record.version_number,
            template_id=record.template_id,
            seed=record.seed,
            temperature=record.temperature,
            batch_id=record.batch_id,
            take=record.take.number if record.take else None,
            is_cancel_requested=record.is_cancel_requested,
            error=_error(record),
            timings=dict(record.timings),
            created_at=record.created_at,
            started_at=record.started_at,
            finished_at=record.finished_at,
        )


def _error(record: RegenerationRecord) -> RegenerationError | None:
    if record.error is None:
        return None
    return RegenerationError(
        code=record.error_code, detail=record.error, retryable=record.is_retryable
    )


class Bill(Request):
    """What a provider's bill says of an edit that needs attention."""

    charged: str = Field(
        pattern=r"^\d{1,6}(\.\d{1,6})?$",
        examples=["0.35"],
        description="US dollars; nothing is 0.",
    )


class RegenerationList(Shape):
    """Edits of a job, newest first."""

    regenerations: list[RegenerationModel]
    next_before: UUID | None = Field(description="Ask on with `before` set to this; None: no more.")

    @classmethod
    def of(cls, records: Sequence[RegenerationRecord], limit: int) -> "RegenerationList":
        """Return the shape of a page.

        Args:
            records: Of the page, and one more if there is one.
            limit: How many are on the page.
        """
        page = records[:limit]
        return cls(
            regenerations=[RegenerationModel.of(record) for record in page],
            next_before=page[-1].id if len(records) > limit else None,
        )


class Message(Request):
    """One earlier message of a conversation."""

    role: Literal["user", "assistant", "system"]
    content: str = Field(max_length=20_000, examples=["make it brighter"])


class RegenerateRequest(Request):
    """A wish for one clip."""

    instruction: Instruction
    conversation_history: list[Message] = Field(
        default=[], max_length=200, description="Advisory: the server keeps the conversation."
    )
    quote_id: UUID | None = Field(
        default=None, description="The confirmed price; needed where the edit costs money."
    )


class RegenerationStarted(Shape):
    """An edit was queued."""

    regeneration_id: UUID
    clip_index: ClipIndex
    estimated_cost: Money
    estimated_time: Seconds
    status: RegenerationStatus = Field(examples=["queued"])

    @classmethod
    def of(cls, record: RegenerationRecord) -> "RegenerationStarted":
        """Return what is answered once an edit is queued."""
        return cls(
            regeneration_id=record.id,
            clip_index=record.clip_index,
            estimated_cost=decimal_string(record.estimate_micros),
            estimated_time=record.estimated_seconds,
            status=record.status,
        )


class BatchClip(Request):
    """A wish for one clip of a batch."""

    clip_index: int = Field(ge=0, description="Counts from 0.", examples=[0])
    instruction: Instruction


class BatchRequest(Request):
    """Wishes for several clips."""

    clips: list[BatchClip] = Field(min_length=1, max_length=500)
    batch_mode: Literal["sequential", "parallel"] = Field(
        default="sequential",
        description="Both run one after another: edits of one film are put into it in order.",
    )
    quote_id: UUID | None = Field(
        default=None,
        description="The confirmed price of just these clips; its plan is carried out.",
    )


class BatchStarted(Shape):
    """Edits were queued together."""

    batch_id: UUID | None = Field(description="None where one quote was confirmed for one clip.")
    regenerations: list[RegenerationStarted]
    estimated_total_cost: Money
    estimated_total_time: Seconds
    batch_mode: Literal["sequential"] = "sequential"
    note: str | None = Field(
        default=None, examples=["The clips of a job are edited one after another."]
    )

    @classmethod
    def of(
        cls,
        batch_id: UUID | None,
        records: Sequence[RegenerationRecord],
        *,
        note: str | None = None,
    ) -> "BatchStarted":
        """Return what is answered once several edits are queued."""
        return cls(
            batch_id=batch_id,
            regenerations=[RegenerationStarted.of(record) for record in records],
            estimated_total_cost=decimal_string(sum(r.estimate_micros for r in records)),
            estimated_total_time=sum(r.estimated_seconds for r in records),
            note=note,
        )


BatchState = Literal["queued", "processing", "completed", "partial", "failed", "cancelled"]


class BatchStatus(Shape):
    """How far a batch is, clip by clip."""

    batch_id: UUID
    status: BatchState = Field(
        description="`partial`: over, and only some clips have a new version; "
        "`cancelled`: over, all that were not finished were cancelled, and none was finished."
    )
    progress: Percent
    total: int = Field(examples=[3])
    completed: int = Field(examples=[1])
    failed: int = Field(
        examples=[0], description="Failed, cancelled, or waiting for a person to decide."
    )
    cancelled: int = Field(examples=[0], description="Of those that failed.")
    total_cost: Money = Field(description="What was charged so far.")
    estimated_total_cost: Money
    ceiling: Money = Field(description="The most that can be charged for all of it.")
    estimated_time: Seconds = Field(description="For what is still open.")
    regenerations: list[RegenerationModel]

    @classmethod
    def of(cls, batch_id: UUID, records: Sequence[RegenerationRecord]) -> "BatchStatus":
        """Return how far a batch of at least one edit is."""
        completed = sum(r.status is RegenerationStatus.COMPLETED for r in records)
        open_ = [r for r in records if r.is_open]
        done = sum(r.progress if r.is_open else 100 for r in records)
        return cls(
            batch_id=batch_id,
            status=_batch_status(records, completed),
            progress=done // len(records),
            total=len(records),
            completed=completed,
            failed=len(records) - completed - len(open_),
            cancelled=sum(r.status is RegenerationStatus.CANCELLED for r in records),
            total_cost=decimal_string(sum(r.cost_micros for r in records)),
            estimated_total_cost=decimal_string(sum(r.estimate_micros for r in records)),
            ceiling=decimal_string(sum(r.ceiling_micros for r in records)),
            estimated_time=sum(r.estimated_seconds for r in open_),
            regenerations=[RegenerationModel.of(record) for record in records],
        )


def _batch_status(records: Sequence[RegenerationRecord], completed: int) -> BatchState:
    statuses = {r.status for r in records}
    if statuses == {RegenerationStatus.QUEUED}:
        return "queued"
    if any(r.is_open for r in records):
        return "processing"
    if completed:
        return "completed" if completed == len(records) else "partial"
    return "cancelled" if statuses == {RegenerationStatus.CANCELLED} else "failed"
