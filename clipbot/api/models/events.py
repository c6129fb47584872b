"""What happens to a job, event by event."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import Field

from clipbot.api.links import Link
from clipbot.api.models.common import Money, Percent, Shape, Temperature
from clipbot.services.views import EventRecord, RegenerationStatus


class EventModel(Shape):
    """One event. What an event has nothing to say about is left out."""

    id: int = Field(examples=[17], description="Per job; rises by one.")
    event: str = Field(examples=["video_generating"])
    job_id: UUID
    regeneration_id: UUID | None
    clip_index: int | None = Field(examples=[0], description="Counts from 0.")
    progress: Percent | None
    message: str = Field(examples=["Rendering clip 1"])
    created_at: datetime

    template_id: str | None = None
    modified_prompt: str | None = None
    temperature: Temperature | None = None
    temperature_reasoning: str | None = None
    language_model: str | None = Field(
        default=None, description="The model that wrote the prompt, if one did."
    )
    new_clip_url: Link | None = None
    video_url: Link | None = None
    composition: int | None = None
    cost: Money | None = None
    seed: int | None = None
    version_number: int | None = None
    versions: dict[str, int] | None = Field(
        default=None, description="Version numbers by clip index, after undo, redo or restore."
    )
    verdict: dict[str, Any] | None = None
    error: str | None = None
    code: str | None = None
    retryable: bool | None = None
    status: RegenerationStatus | None = Field(
        default=None, description="Of an edit that failed: whether it needs attention."
    )

    @classmethod
    def of(cls, record: EventRecord) -> "EventModel":
        """Return the shape of an event; fields that are not public are dropped."""
        own = {
            name: value
            for name, value in record.fields.items()
            if name in _OWN_FIELDS and value is not None
        }
        if "new_clip_url" in own:
            # Stored is where the file lies; told is where it can be fetched.
            own["new_clip_url"] = (
                f"/api/v1/jobs/{record.job_id}/clips/{record.clip_index}"
                f"/versions/{own.get('version_number')}/footage.mp4"
            )
        return cls.model_validate(
            {
                **own,
                "id": record.id,
                "event": record.name,
                "job_id": record.job_id,
                "regeneration_id": record.regeneration_id,
                "clip_index": record.clip_index,
                "progress": record.progress,
                "message": record.message,
                "created_at": record.created_at,
            }
        )


_OWN_FIELDS = frozenset(
    name for name, field in EventModel.model_fields.items() if not field.is_required()
)


class EventList(Shape):
    """Events after the one that was asked for, oldest first."""

    events: list[EventModel]
    last_event_id: int = Field(examples=[17], description="Ask again with `after` set to this.")
    has_more: bool = Field(description="Whether there are more by now, so ask on at once.")

    @classmethod
    def of(cls, records: Sequence[EventRecord], *, after: int, limit: int) -> "EventList":
        """Return the shape of a page of events.

        Args:
            records: Of the page, and one more if there is one; oldest first.
            after: Where they begin.
            limit: How many are on the page.
        """
        page = records[:limit]
        return cls(
            events=[EventModel.of(record) for record in page],
            last_event_id=page[-1].id if page else after,
            has_more=len(records) > limit,
        )
