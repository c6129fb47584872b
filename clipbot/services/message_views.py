"""What the chat's lines are, as the services answer them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from clipbot.domain.plan import Reading
from clipbot.store.records import RegenerationStatus


@dataclass(frozen=True, slots=True)
class PromptChange:
    """What a finished edit did to a clip's prompt, and how freely it was made."""

    removed: tuple[str, ...]
    """Words that the prompt lost; neighbours are one entry."""
    added: tuple[str, ...]
    prompt: str
    """The whole new prompt."""
    temperature: float
    band: str
    """How much might change, in words: "a small change"."""
    seed: int
    is_seed_kept: bool | None
    """Whether it is the seed of the version before; None: that one's is not known."""
    model: str | None
    """The language model that wrote the prompt; None: none did."""


@dataclass(frozen=True, slots=True)
class MessageView:
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
    readings: tuple[Reading, ...] = ()
    """Which words gave what, of the person's line that this one answers."""
    unread: tuple[str, ...] = ()
    """Words of that line that meant nothing to us."""
    change: PromptChange | None = None
    """Set where the line says that a new version is ready."""
    edit_status: RegenerationStatus | None = None
    """Of the edit that it tells of, as it is now."""
