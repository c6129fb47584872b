"""Records of reviews: what is looked for, what reviewers said, and links to a review."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from clipbot.domain.reviews import Judged, Mark
from clipbot.store.records.edits import RegenerationRecord, RegenerationStatus


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


@dataclass(frozen=True, slots=True)
class MarkRecord:
    """What a reviewer once said of a regeneration."""

    id: int
    regeneration_id: UUID
    reviewer_id: UUID
    reviewer: str
    mark: Mark
    note: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A regeneration with all that was ever said of it, oldest first."""

    regeneration: RegenerationRecord
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
