"""Records of edits in the making, and of what was sent to a renderer for them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from clipbot.domain.money import Attempt
from clipbot.domain.plan import Edit
from clipbot.domain.takes import Take


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
    attempts: tuple[Attempt, ...] = ()
    """Agreed ways to get footage, in the order in which they are tried."""
    take: Take | None = None
    """Which of several versions at once it is to be; None: the film's next one."""


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
    attempts: tuple[Attempt, ...] = ()
    """Agreed ways to get footage, in the order in which they are tried."""
    cost_micros: int = 0
    error: str | None = None
    error_code: str | None = None
    is_retryable: bool = False
    timings: Mapping[str, float] = field(default_factory=dict)
    """Seconds per part: `language_s`, `render_s`, `verify_s`, `encode_s`, `compose_s`."""
    started_at: datetime | None = None
    finished_at: datetime | None = None
    take: Take | None = None
    """Which of several versions at once it is to be, as in `NewRegeneration`."""

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
    """When it was written down; once it is sent, when it was sent."""
    is_sent: bool
    """Whether a request may have left this machine."""
    prediction_id: str | None
    footage_seconds: float | None = None
    """Length of the footage that was asked for; None: not written down."""
    outcome: str | None = None
    """`succeeded`, `failed`, `refused` or `cancelled`; None: it is not over, as far as we know."""
    cost_micros: int | None = None
    """What was really charged; None: not known yet."""
    ended_at: datetime | None = None


class Place(StrEnum):
    """Whether a request may be sent now."""

    FIRST = "first"
    """Yes: there is room, and nobody has sent it."""
    AGAIN = "again"
    """It may have been sent before, so look for it first."""
    FULL = "full"
    """Too many are running; try again later."""


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
