"""Records of jobs: the pipeline's row, its stages, and what happened."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID


class JobStatus(StrEnum):
    """The pipeline's states of a job."""

    QUEUED = "queued"
    PROCESSING = "processing"
    COMPLETED = "completed"
    FAILED = "failed"
    REGENERATING = "regenerating"


@dataclass(frozen=True, slots=True)
class JobRecord:
    """A row of `jobs`, with our own state of it."""

    id: UUID
    user_id: UUID | None
    status: JobStatus
    audio_url: str
    user_prompt: str
    progress: int
    total_cost_micros: int
    video_url: str | None
    error_message: str | None
    created_at: datetime | None
    updated_at: datetime | None
    video_model: str
    aspect_ratio: str
    strange_status: str | None = None
    """What is stored where that is no state we know; `status` is then `processing`."""
    spent_micros: int = 0
    reserved_micros: int = 0
    composition: int | None = None
    """Number of the current composition; None before the first."""
    last_event_id: int = 0
    edit_position: int = 0
    offers_first: bool = False
    """Whether every new version waits for a yes."""


@dataclass(frozen=True, slots=True)
class StageRecord:
    """A row of `job_stages`; `metadata` exactly as stored (object, list, string or None)."""

    stage_name: str
    status: str
    metadata: Any
    created_at: datetime | None


@dataclass(frozen=True, slots=True)
class StoredStage:
    """A row of `job_stages` whose JSON is still text."""

    stage_name: str
    status: str
    text: str | None
    created_at: datetime | None


@dataclass(frozen=True, slots=True)
class EventRecord:
    """One event of a job; `id` rises by one per job."""

    id: int
    job_id: UUID
    name: str
    regeneration_id: UUID | None
    clip_index: int | None
    progress: int | None
    message: str
    fields: Mapping[str, Any]
    """The event's own fields (contracts/interfaces.md, Events)."""
    created_at: datetime
