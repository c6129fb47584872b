"""How long the footage of versions is kept: what stays, what is archived, what goes.

Rules only, over facts that are handed in. Rows of versions stay for ever; this is about
their media files. What a film, an edit or a person needs now is never touched; of the
rest the newest few of each clip stay whole as long as there is room.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from clipbot.domain.versions import Entry

ARCHIVED_SHARE: Final = 0.4
"""What an archive takes of the footage's bytes, before anybody has made it."""


class FootageState(StrEnum):
    """What became of a version's footage."""

    KEPT = "kept"
    """As it was made."""
    ARCHIVED = "archived"
    """A smaller encode of the same frames took its place."""
    DELETED = "deleted"
    """There is none any more; what is known of the version stays."""


@dataclass(frozen=True, slots=True)
class RetentionRules:
    """What an installation keeps."""

    newest: int = 3
    """Versions of a clip that stay whole, besides the original and the current one."""
    archive_after: timedelta | None = timedelta(days=7)
    """None: footage is never archived."""
    delete_after: timedelta | None = timedelta(days=30)
    """None: footage is never deleted for its age."""
    job_bytes: int | None = None
    """Most that the footage of one job may take; None: as much as there is."""
    user_bytes: int | None = None
    """Most that the footage of all jobs of one person may take."""


@dataclass(frozen=True, slots=True)
class Held:
    """The footage of one version, as far as its keeping is concerned."""

    job_id: UUID
    clip_index: int
    number: int
    state: FootageState
    size_bytes: int
    since: datetime
    """When it was made, or last came into the film or left it."""
    is_needed: bool
    """By the film, an edit, an open price, a person who has not answered yet, or by whoever else
    made it: only what clipbot made goes by itself."""

    @property
    def place(self) -> tuple[UUID, int, int]:
        """What tells it from all others."""
        return self.job_id, self.clip_index, self.number


@dataclass(frozen=True, slots=True)
class Removal:
    """What is to become of the footage of a version, and why."""

    held: Held
    to: FootageState
    """Archived or deleted."""
    why: str
    """In a few words."""


Choice = Callable[[Sequence[Held]], Removal | None]
"""Chooses what goes next; None: nothing more."""


def last_moved(made_at: datetime, clip_index: int, number: int, log: Sequence[Entry]) -> datetime:
    """Return when a version was made, or last came into the film or left it."""
    moments = [
        entry.made_at
        for entry in log
        for change in entry.changes
        if entry.made_at and change.clip_index == clip_index
        if number in (change.before, change.after)
    ]
    return max([made_at, *moments])


def newest(held: Sequence[Held], count: int) -> frozenset[tuple[UUID, int, int]]:
    """Return the places of the newest versions of each clip that have footage.

    What is needed anyway does not count: it would stay without being among the newest.
    """
    by_clip = defaultdict(list)
    for each in held:
        if not each.is_needed and each.state is not FootageState.DELETED:
            by_clip[each.job_id, each.clip_index].append(each.number)
    return frozenset(
        (*clip, number)
        for clip, numbers in by_clip.items()
        for number in sorted(numbers, reverse=True)[:count]
    )


def too_old(held: Sequence[Held], rules: RetentionRules, now: datetime) -> Removal | None:
    """Return what goes next for its age, the oldest first."""
    spared = newest(held, rules.newest)
    for each in sorted(held, key=_age):
        if each.is_needed or each.place in spared:
            continue
        age = now - each.since
        if _is_due(age, rules.delete_after) and each.state is not FootageState.DELETED:
            return Removal(each, FootageState.DELETED, f"{age.days} days old")
        if _is_due(age, rules.archive_after) and each.state is FootageState.KEPT:
            return Removal(each, FootageState.ARCHIVED, f"{age.days} days old")
    return None


def too_much(
    held: Sequence[Held], most_bytes: int | None, rules: RetentionRules, whose: str
) -> Removal | None:
    """Return what goes next as there is no room for it.

    First what is not among the newest is archived, the oldest first, then deleted; then the
    newest are, in the same order. What is needed stays, however much it is.

    Args:
        held: All footage that shares the room.
        most_bytes: How much there is; None: enough.
        rules: How many of the newest are spared first, and whether anything is archived.
        whose: The room, in a few words.
    """
    if most_bytes is None or sum(each.size_bytes for each in held) <= most_bytes:
        return None
    spared = newest(held, rules.newest)
    free = sorted((each for each in held if not each.is_needed), key=_age)
    for group in (False, True):
        some = [each for each in free if (each.place in spared) is group]
        for each in some:
            if each.state is FootageState.KEPT and rules.archive_after is not None:
                return Removal(each, FootageState.ARCHIVED, f"over {whose}")
        for each in some:
            if each.state is not FootageState.DELETED:
                return Removal(each, FootageState.DELETED, f"over {whose}")
    return None


def foreseen(removal: Removal) -> Held:
    """Return what will be there once a removal is carried out, as far as one can tell."""
    size = removal.held.size_bytes
    left = round(size * ARCHIVED_SHARE) if removal.to is FootageState.ARCHIVED else 0
    return replace(removal.held, state=removal.to, size_bytes=left)


def _age(held: Held) -> tuple[datetime, UUID, int, int]:
    return held.since, *held.place


def _is_due(age: timedelta, after: timedelta | None) -> bool:
    return after is not None and age >= after
