"""Records of versions, and of all that becomes true with a new one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from clipbot.domain.retention import FootageState
from clipbot.domain.slots import SlotChoice
from clipbot.store.records.films import NewComposition


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
    archived_url: str | None = None
    is_deleted: bool = False
    """Whether its footage is."""
    is_decided: bool = False
    """Whether a person dropped it, or chose among the takes that it is one of: then it is offered
    no longer."""

    @property
    def footage_state(self) -> FootageState:
        if self.is_deleted:
            return FootageState.DELETED
        return FootageState.ARCHIVED if self.archived_url else FootageState.KEPT

    @property
    def footage_url(self) -> str | None:
        """Where its footage is now; None: nowhere any more."""
        return None if self.is_deleted else self.archived_url or self.video_url


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
    shown: Mapping[int, int] = field(default_factory=dict)
    """The version of each clip in the film that the new one was made from."""
    choices: Mapping[int, SlotChoice] | None = None
    """What was chosen for the film's slots then; None: it does not matter."""
