"""What the store hands out and takes in: frozen values, never rows.

A record is what was true when it was read. Money is in micros, times are aware
datetimes in UTC, positions are frames.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from fractions import Fraction
from typing import Any
from uuid import UUID

from clipbot.domain.measures import Measures
from clipbot.domain.plan import Edit


class JobStatus(StrEnum):
    """The pipeline's states of a job."""

    QUEUED = "queued"
    PROCESSING = "processing"
    COMPLETED = "completed"
    FAILED = "failed"
    REGENERATING = "regenerating"


class RegenerationStatus(StrEnum):
    """Our states of one clip's edit."""

    QUEUED = "queued"
    PROCESSING = "processing"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"
    NEEDS_ATTENTION = "needs_attention"
    """A paid request may be running and nobody knows; a person decides."""


OPEN_STATUSES = frozenset({RegenerationStatus.QUEUED, RegenerationStatus.PROCESSING})


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
    spent_micros: int = 0
    reserved_micros: int = 0
    composition: int | None = None
    """Number of the current composition; None before the first."""
    last_event_id: int = 0
    edit_position: int = 0


@dataclass(frozen=True, slots=True)
class StageRecord:
    """A row of `job_stages`; `metadata` exactly as stored (object, list, string or None)."""

    stage_name: str
    status: str
    metadata: Any
    created_at: datetime | None


@dataclass(frozen=True, slots=True)
class VersionRecord:
    """A row of `clip_versions`."""

    id: UUID
    job_id: UUID
    clip_index: int
    number: int
    video_url: str
    thumbnail_url: str | None
    prompt: str
    instruction: str | None
    cost_micros: int
    is_flagged_current: bool
    """The pipeline's `is_current`; the truth is `current_versions`."""
    created_at: datetime | None
    duration_seconds: float | None
    parent_number: int | None = None
    """The version that it was made from."""
    renderer: str | None = None
    seed: int | None = None
    temperature: float | None = None
    regeneration_id: UUID | None = None
    verdict: Mapping[str, Any] | None = None
    """What the gate found, as `domain.claims` writes it."""


@dataclass(frozen=True, slots=True)
class NewVersion:
    """A version to be published."""

    number: int
    video_url: str
    thumbnail_url: str | None
    prompt: str
    instruction: str
    duration_seconds: float
    parent_number: int
    renderer: str
    seed: int
    temperature: float
    verdict: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class OriginalVersion:
    """What version 1 of a clip is, for the first time it is written down."""

    video_url: str
    thumbnail_url: str | None
    prompt: str
    duration_seconds: float | None


@dataclass(frozen=True, slots=True)
class NewRegeneration:
    """One clip's edit, to be queued."""

    id: UUID
    job_id: UUID
    user_id: UUID
    clip_index: int
    edit: Edit
    instruction: str
    renderer: str
    estimate_micros: int
    ceiling_micros: int
    estimated_seconds: float
    seed: int
    temperature: float
    batch_id: UUID | None = None
    template_id: str | None = None
    conversation: tuple[Mapping[str, str], ...] = ()
    discount_percent: int = 0
    """Taken off the renderer's price; `estimate_micros` and `ceiling_micros` have it off."""


@dataclass(frozen=True, slots=True)
class RegenerationRecord:
    """A row of `regenerations`: one clip's edit, live."""

    id: UUID
    job_id: UUID
    user_id: UUID
    clip_index: int
    edit: Edit
    instruction: str
    renderer: str
    status: RegenerationStatus
    estimate_micros: int
    ceiling_micros: int
    estimated_seconds: float
    seed: int
    temperature: float
    progress: int
    """Percent, 0..100."""
    message: str
    is_cancel_requested: bool
    created_at: datetime
    batch_id: UUID | None = None
    template_id: str | None = None
    conversation: tuple[Mapping[str, str], ...] = ()
    original_prompt: str | None = None
    prompt: str | None = None
    """The prompt of the new version, once it is written."""
    base_number: int | None = None
    """The version that it starts from, once it has started."""
    version_number: int | None = None
    language_model: str | None = None
    """Name of the model that wrote the prompt; None: no model did."""
    language_micros: int = 0
    """What a model has charged so far; a part of `cost_micros` in the end."""
    discount_percent: int = 0
    """Taken off the renderer's price, as in `NewRegeneration`."""
    cost_micros: int = 0
    error: str | None = None
    error_code: str | None = None
    is_retryable: bool = False
    timings: Mapping[str, float] = field(default_factory=dict)
    """Seconds per part: `language_s`, `render_s`, `verify_s`, `encode_s`, `compose_s`."""
    started_at: datetime | None = None
    finished_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        return self.status in OPEN_STATUSES


@dataclass(frozen=True, slots=True)
class NewPrompt:
    """The prompt of the version in the making, and all that follows from it."""

    prompt: str
    temperature: float
    seed: int
    language_model: str | None
    language_micros: int
    """Charged by the model for this prompt."""
    reasoning: str


@dataclass(frozen=True, slots=True)
class IntentRecord:
    """One attempt at a renderer, written down before anything is sent."""

    regeneration_id: UUID
    attempt: int
    renderer: str
    marker: str
    created_at: datetime
    is_sent: bool
    """Whether a request may have left this machine."""
    prediction_id: str | None


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


@dataclass(frozen=True, slots=True)
class NewComposition:
    """A film that is ready to play."""

    fingerprint: str
    """Digest over segments and song: equal films have equal fingerprints."""
    frames: int
    rate: Fraction
    width: int
    height: int
    size_bytes: int
    etag: str
    plan: Mapping[str, Any]
    """All that is needed to build the film again: pieces with their segment keys, the song's key,
    and the version number of each clip. JSON."""


@dataclass(frozen=True, slots=True)
class CompositionRecord:
    """A row of `compositions`."""

    job_id: UUID
    number: int
    fingerprint: str
    frames: int
    rate: Fraction
    width: int
    height: int
    size_bytes: int
    etag: str
    plan: Mapping[str, Any]
    created_at: datetime


@dataclass(frozen=True, slots=True)
class FootageRecord:
    """What is known of a stored media file; keyed by its blob key."""

    key: str
    digest: str
    """BLAKE2b of the bytes, hex."""
    size_bytes: int
    frames: int
    """Frames at the file's own rate."""
    rate: Fraction
    width: int
    height: int
    measures: Measures | None = None


@dataclass(frozen=True, slots=True)
class MessageRecord:
    """One line of a job's chat."""

    id: int
    job_id: UUID
    role: str
    """`user`, `assistant` or `system`."""
    content: str
    created_at: datetime
    plan: Mapping[str, Any] | None = None
    regeneration_id: UUID | None = None
    choices: tuple[str, ...] = ()
    clips: tuple[int, ...] = ()
    """Numbers of the clips it is about, from 1, rising; empty: about none, or not known."""


@dataclass(frozen=True, slots=True)
class NewTemplate:
    """A person's own template, to be kept."""

    user_id: UUID
    name: str
    instruction: str
    is_public: bool = False
    words_in: tuple[str, ...] = ()
    words_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TemplateRecord:
    """A row of `user_templates`."""

    id: UUID
    user_id: UUID
    name: str
    instruction: str
    is_public: bool
    """Whether every user of this installation may use it."""
    usage_count: int
    """Confirmed edits, by whomever."""
    created_at: datetime | None
    words_in: tuple[str, ...] = ()
    words_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Publication:
    """Everything that becomes true at once when a new version is ready."""

    regeneration_id: UUID
    version: NewVersion
    original: OriginalVersion
    """Version 1, written if the clip has no rows yet."""
    is_accepted: bool
    """Whether the film takes it; otherwise it is only offered."""
    composition: NewComposition | None
    """The new film; None exactly when the version is only offered."""
    cost_micros: int
    label: str
    """The edit log's words."""
    message: str
    """The chat's words."""
    timings: Mapping[str, float]
    film_url: str
    """Path of the film for `jobs.video_url`, with `{number}` for the composition's number."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a regeneration ended without a new version."""

    regeneration_id: UUID
    status: RegenerationStatus
    error: str
    error_code: str
    is_retryable: bool
    cost_micros: int = 0
    """What a provider really charged."""
    timings: Mapping[str, float] = field(default_factory=dict)
