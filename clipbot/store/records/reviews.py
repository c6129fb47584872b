"""Records of reviews: what is looked for, what reviewers said, and links to a review."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from clipbot.domain.reviews import Judged, Mark
from clipbot.store.records.edits import OPEN_STATUSES, RegenerationStatus


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which regenerations of a job are looked for; what is None does not matter."""

    clip_index: int | None = None
    verdict: Judged | None = None
    mark: Mark | None = None
    renderer: str | None = None
    status: RegenerationStatus | None = None
    since: datetime | None = None
    """Asked for at this moment, or later."""
    until: datetime | None = None
    """Asked for before this moment."""
    text: str | None = None
    """Found in the instruction, a prompt, or the newest note; letters of either case."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many regenerations of a job there are of each kind; what there is none of is absent."""

    total: int
    cost_micros: int
    """Of all whose cost is known."""
    statuses: Mapping[RegenerationStatus, int]
    verdicts: Mapping[Judged, int]
    marks: Mapping[Mark, int]
    renderers: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class NewMark:
    """What a reviewer says now."""

    job_id: UUID
    regeneration_id: UUID
    reviewer_id: UUID
    reviewer: str
    """Their e-mail address; empty: they have none here."""
    mark: Mark
    note: str
    moment_seconds: float | None = None
    """Where in the clip it is about, from its start; None: all of it."""


@dataclass(frozen=True, slots=True)
class MarkRecord:
    """What a reviewer once said of a regeneration."""

    id: int
    regeneration_id: UUID
    reviewer_id: UUID
    reviewer: str
    mark: Mark
    note: str
    moment_seconds: float | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class ReviewedEdit:
    """An edit as far as a review tells of it: a row of ours, or one that the pipeline made.

    Of the pipeline's much was never written down; what nobody knows is None.
    """

    id: UUID
    clip_index: int
    status: RegenerationStatus | None
    """None: the pipeline wrote something down that is no state."""
    progress: int
    """Percent, 0..100."""
    instruction: str
    original_prompt: str | None
    prompt: str | None
    """The prompt of the new version, once it is written."""
    base_number: int | None
    """The version that it started from, once it has started."""
    version_number: int | None
    renderer: str | None
    language_model: str | None
    """Name of the model that wrote the prompt; None: no model did."""
    seed: int | None
    temperature: float | None
    estimate_micros: int | None
    ceiling_micros: int | None
    cost_micros: int | None
    error: str | None
    error_code: str | None
    created_at: datetime | None
    """When it was asked for; the pipeline writes an edit down once it is over."""
    started_at: datetime | None
    finished_at: datetime | None
    is_by_pipeline: bool

    @property
    def is_open(self) -> bool:
        return self.status in OPEN_STATUSES and not self.is_by_pipeline


@dataclass(frozen=True, slots=True)
class Reviewed:
    """An edit with all that was ever said of it, oldest first."""

    regeneration: ReviewedEdit
    marks: tuple[MarkRecord, ...]


@dataclass(frozen=True, slots=True)
class NewShare:
    """A link to a review, to be kept."""

    id: UUID
    job_id: UUID
    user_id: UUID
    label: str
    digest: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class ShareRecord:
    """A link to a review; its token is known to whoever has the link alone."""

    id: UUID
    job_id: UUID
    user_id: UUID
    label: str
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None

    def holds(self, now: datetime) -> bool:
        """Return whether it still opens anything."""
        return self.revoked_at is None and now < self.expires_at
