"""Records of what people say: lines of the chat, and templates of their own."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID


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
