"""What a review shows: edits with what was before and after, and what people said of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from clipbot.domain.measures import Measures
from clipbot.domain.reviews import Judged, Mark, Run
from clipbot.domain.user import User
from clipbot.store.records import Counts, ReviewedEdit, ShareRecord, Wanted

__all__ = [
    "Audience",
    "Counts",
    "MarkView",
    "NewShareView",
    "ReviewPage",
    "ReviewRow",
    "ShareRecord",
    "ShownVersion",
    "Wanted",
]


@dataclass(frozen=True, slots=True)
class Audience:
    """Somebody who was let in to look at the review of one job."""

    job_id: UUID
    base: str
    """What addresses of the job's media begin with, for them."""
    reviewer: User | None
    """None: they came by a link, and only look."""

    @property
    def reviewer_id(self) -> UUID | None:
        return self.reviewer.id if self.reviewer else None


@dataclass(frozen=True, slots=True)
class ShownVersion:
    """A version as one side of a comparison."""

    number: int
    prompt: str
    renderer: str | None
    seed: int | None
    measures: Measures | None
    thumbnail_url: str | None
    """Below the server's root; None: its footage is not there."""
    footage_url: str | None


@dataclass(frozen=True, slots=True)
class MarkView:
    """What a reviewer says of an edit."""

    mark: Mark
    note: str
    moment_seconds: float | None
    """Where in the clip it is about, from its start; None: all of it."""
    reviewer: str
    """Their e-mail address; empty: they have none here, or it is not for whoever looks."""
    is_own: bool
    """Whether whoever looks said it."""
    made_at: datetime


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One edit, reviewed."""

    edit: ReviewedEdit
    before: ShownVersion | None
    """What it started from; None: it never began, or nobody can tell (of the pipeline's)."""
    after: ShownVersion | None
    """None: it made no version, or nobody can tell which."""
    prompt_before: str
    prompt_after: str | None
    """None: none was written."""
    prompt: tuple[Run, ...]
    """Both as one text."""
    judged: Judged
    verdict: Mapping[str, Any] | None
    """What the gate found, as `domain.claims` writes it."""
    is_current: bool
    """Whether the film uses its version."""
    is_offered: bool
    """Whether its version waits for a person."""
    mark: MarkView | None
    """The reviewer's own; for those who only look, the newest of anybody's."""
    others: tuple[MarkView, ...]
    """The newest of each other reviewer, oldest first."""

    @property
    def waited_seconds(self) -> float | None:
        """Time in the queue."""
        asked, begun = self.edit.created_at, self.edit.started_at
        return None if asked is None or begun is None else (begun - asked).total_seconds()

    @property
    def seconds(self) -> float | None:
        """Time from its beginning to its end."""
        begun, over = self.edit.started_at, self.edit.finished_at
        return None if begun is None or over is None else (over - begun).total_seconds()


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """Some edits of a job, newest first."""

    title: str
    clip_count: int
    rows: tuple[ReviewRow, ...]
    next_before: UUID | None
    """Begin the next page behind this edit; None: this is the last one."""
    counts: Counts
    """Of the whole job, whatever is looked for."""
    renderers: Mapping[str, str]
    """Names of renderers for people, by key."""
    can_mark: bool


@dataclass(frozen=True, slots=True)
class NewShareView:
    """A link to a review that was just made."""

    share: ShareRecord
    token: str
    """Shown this once."""
    url: str
    """Where it leads; what is behind `#` no browser sends anywhere."""
