"""What the services answer: frozen values that the chat, REST and the command line format.

Clips carry both counts: `clip_index` from 0 for programs, `number` from 1 for people.
Money is in micros, times are seconds or aware datetimes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from typing import Any
from uuid import UUID

from clipbot.domain.filling import Filling
from clipbot.domain.measures import Measures
from clipbot.domain.money import Attempt, Quote
from clipbot.domain.plan import Edit, Plan
from clipbot.domain.retention import FootageState
from clipbot.domain.shifts import Departure
from clipbot.domain.takes import Take
from clipbot.language.base import FREE, Fee
from clipbot.services.message_views import MessageView, PromptChange
from clipbot.services.slot_views import TransitionView
from clipbot.store.records import (
    DeliveryRecord,
    DeliveryState,
    EventRecord,
    RegenerationRecord,
    RegenerationStatus,
    WebhookRecord,
)

__all__ = [
    "ChatTurn",
    "ClipStatus",
    "ClipView",
    "DeliveryRecord",
    "DeliveryState",
    "EventRecord",
    "FilmView",
    "JobLine",
    "JobPage",
    "JobView",
    "MessageView",
    "Preview",
    "PromptChange",
    "Quoted",
    "QuotedRow",
    "RegenerationRecord",
    "RegenerationStatus",
    "RendererView",
    "TemplateView",
    "VersionView",
    "WebhookRecord",
]


@dataclass(frozen=True, slots=True)
class FilmView:
    """The current film of a job."""

    number: int
    frames: int
    rate: Fraction
    width: int
    height: int
    size_bytes: int
    url: str
    """Immutable address, below the server's root: `/api/v1/jobs/../film.mp4?composition=3`."""

    @property
    def stream_url(self) -> str:
        """The address of the same film in fragments (HLS)."""
        return self.url.replace("/film.mp4?", "/film.m3u8?")

    @property
    def seconds(self) -> float:
        return float(self.frames / self.rate)


@dataclass(frozen=True, slots=True)
class JobLine:
    """One job in a list of them."""

    id: UUID
    title: str
    status: str
    """`queued processing completed failed regenerating`."""
    progress: int
    total_cost_micros: int
    spent_micros: int
    reserved_micros: int
    budget_micros: int
    aspect_ratio: str
    video_model: str
    error: str | None
    created_at: datetime | None
    film: FilmView | None
    """None while the first composition is still being made."""
    clip_count: int
    is_editable: bool
    undo_label: str | None
    """What undo would take back; None: nothing."""
    redo_label: str | None
    last_event_id: int
    offers_first: bool = False
    """Whether every new version waits for a yes."""
    running: tuple[RegenerationRecord, ...] = ()
    """Queued and running edits, oldest first."""


@dataclass(frozen=True, slots=True)
class JobPage:
    """Some jobs, newest first, and whether there are more."""

    jobs: tuple[JobLine, ...]
    next_offset: int | None
    """Where the next page begins; None: this is the last one."""


@dataclass(frozen=True, slots=True)
class JobView(JobLine):
    """One job, as its owner sees it."""

    film_trouble: str | None = None
    """Why its first film could not be put together, in a sentence."""
    problems: tuple[str, ...] = ()
    """What is wrong with the stored job, a sentence each."""


class ClipStatus(StrEnum):
    """What a clip's card says."""

    READY = "ready"
    QUEUED = "queued"
    RUNNING = "running"
    MISSING = "missing"
    """There is no footage; the film shows a neighbour's frame."""


@dataclass(frozen=True, slots=True)
class ClipView:
    """One clip: a card of the grid."""

    clip_index: int
    number: int
    status: ClipStatus
    timestamp_start: float
    timestamp_end: float
    duration: float
    """Length of the slot in seconds."""
    lyrics_preview: str
    section: str | None
    section_number: int | None
    is_regenerated: bool
    original_prompt: str
    prompt: str
    """Of the current version."""
    version_count: int
    current_version: int
    has_offer: bool
    """Whether a newer version waits to be accepted."""
    measures: Measures | None
    thumbnail_url: str | None
    """Below the server's root, with the version in it; None: there is no footage."""
    footage_url: str | None
    regeneration_id: UUID | None = None
    """The open edit of this clip."""
    progress: int | None = None
    error: str | None = None
    """Why the last edit of this clip failed, if it was the last thing that happened to it."""
    missing: str | None = None
    """Why there is no footage, in one sentence."""
    filling: Filling = Filling.FREEZE
    """What follows where the footage is shorter than the slot."""
    transition: TransitionView | None = None
    """To the next clip; None: it is the last one, or the clips' times make no film."""
    warnings: tuple[str, ...] = ()
    """What people should know of its place in the film."""


@dataclass(frozen=True, slots=True)
class VersionView:
    """One version of a clip."""

    id: str
    """Row id as text; `original` where the clip has no rows yet."""
    clip_index: int
    number: int
    is_current: bool
    is_offered: bool
    """Finished, measured, and not what was asked: waits for the person."""
    instruction: str | None
    prompt: str
    cost_micros: int
    renderer: str | None
    seed: int | None
    temperature: float | None
    duration: float | None
    created_at: datetime | None
    measures: Measures | None
    verdict: Mapping[str, Any] | None
    thumbnail_url: str | None
    footage_url: str | None
    parent: int | None = None
    """Number of the version that it came from; None: the original, or nobody can say."""
    renderer_label: str | None = None
    """The renderer's name for people; of an original, the model that first made the job."""
    model: str | None = None
    """What the model is called where it runs; None: no model of a service made it."""
    seconds: float | None = None
    """How long it took to make; None: not known."""
    size_bytes: int | None = None
    """Of its footage; None: there is none, or nobody has looked at it yet."""
    regeneration_id: UUID | None = None
    """The edit that made it."""
    change: Departure | None = None
    """What was measured against the version that it came from; None: not both were measured."""
    footage_state: FootageState = FootageState.KEPT
    can_delete: bool = False
    """Whether a person may delete its footage: it has some, and the film does without."""


@dataclass(frozen=True, slots=True)
class RendererView:
    """A renderer that could do (part of) an edit."""

    key: str
    label: str
    extent: str
    """`whole`, `partial` or `nothing`."""
    estimate_micros: int
    ceiling_micros: int
    seconds: float
    keeps: tuple[str, ...]
    leftover: tuple[str, ...]
    """What it cannot do, in the person's words."""
    refusal: str | None = None
    """Why it cannot be used for this work now, whatever the wish."""
    notes: tuple[str, ...] = ()
    """What a person should know before choosing it, a sentence each."""
    accuracy: float | None = None
    """How far its estimates were from what was paid, as a share: the median of the last ones."""
    past: int = 0
    """How many paid edits that is drawn from."""
    made_film: bool = False
    """Whether it is the model that the job was first made with."""


class Preview(StrEnum):
    """What the free preview is of what would be made."""

    EXACT = "exact"
    """The very same: the local look makes it."""
    ROUGH = "rough"
    """A local look of the whole wish, which a model makes in its own way."""
    PART = "part"
    """A local look of a part of the wish."""
    NOTHING = "nothing"
    """There is none: only a model can show it."""


@dataclass(frozen=True, slots=True)
class QuotedRow:
    """One clip of a plan: what would happen to it, and what that costs."""

    clip_index: int
    edit: Edit
    """The entry of the plan that it belongs to."""
    changes: str
    """In a few words: "darker and rain"."""
    keeps: tuple[str, ...]
    """What stays as it is: what the person said, and what the renderer leaves alone anyway."""
    estimate_micros: int
    """At the renderer, before a batch's discount."""
    ceiling_micros: int
    seconds: float
    prompt: Fee = FREE
    """What its prompt costs, on top; no discount is taken off that."""
    reason: str | None = None
    """Why the renderer cannot do it; it then costs nothing, and is struck out or reworded."""
    renderer: str = ""
    """Key of who makes it."""
    renderer_label: str = ""
    take: Take | None = None
    """Which of several versions at once it is; then other rows are of the same clip."""
    attempts: tuple[Attempt, ...] = ()
    """What is agreed to by a yes, in this order; empty where it cannot be done."""
    notes: tuple[str, ...] = ()
    """What a person should know before agreeing, a sentence each."""
    hint: str | None = None
    """What could be had for nothing instead."""
    preview: Preview = Preview.NOTHING
    """What the free preview is of this row."""

    @property
    def is_supported(self) -> bool:
        return self.reason is None


@dataclass(frozen=True, slots=True)
class Quoted:
    """A price, ready to be confirmed once no row is left that cannot be done."""

    quote: Quote
    plan: Plan
    instruction: str
    renderers: tuple[RendererView, ...]
    left_micros: int
    """Of the budget, before this edit."""
    budget_micros: int
    rows: tuple[QuotedRow, ...] = ()
    """One per clip, by rising clip."""
    with_retries: bool = False
    """Whether a yes is also for what is tried where a model minds what it would show."""
    can_retry: bool = False
    """Whether there would be anything to try then."""


@dataclass(frozen=True, slots=True)
class ChatTurn:
    """What the chat answers to one message."""

    plan: Plan
    reply: str
    choices: tuple[str, ...] = ()
    """Complete instructions to choose from."""
    quoted: Quoted | None = None
    """Set exactly when there is an edit to confirm."""
    changed: bool = False
    """Whether the film changed at once (undo, redo, restore)."""
    messages: tuple[MessageView, ...] = field(default=())
    """What was added to the chat's history, oldest first."""


@dataclass(frozen=True, slots=True)
class TemplateView:
    """A named edit, as one user sees it."""

    id: str
    """Public: `nighttime`, or `own:` and a UUID."""
    title: str
    group: str
    """The heading under which it is offered: one of the built-in ones, `Mine` or `Shared`."""
    instruction: str
    """A complete instruction for any clip."""
    preserves: tuple[str, ...]
    words_in: tuple[str, ...]
    """Phrases that it puts into a prompt."""
    words_out: tuple[str, ...]
    usage_count: int
    """How often it was used in this installation; what is confirmed together counts once."""
    is_built_in: bool = True
    is_own: bool = False
    is_shared: bool = False
    """Whether every user of this installation may use it; built-in ones need no sharing."""
    created_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Thumbnail:
    """A still picture of a version."""

    path: Path
    etag: str
