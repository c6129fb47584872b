"""Versions of clips, and the log of what was done to a film.

A version is never changed and never overwritten. Which version the film uses is a
separate fact (*current version*), and every change of that fact is an entry of the
job's edit log. Undo and redo move a cursor along the log; they make nothing new.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from clipbot.domain.slots import SlotChange, SlotChoice
from clipbot.errors import EntryNotFound, NothingToRedo, NothingToUndo

ORIGINAL = 1
"""The number of the version that came with the job."""


class EntryKind(StrEnum):
    """What an entry of the edit log was."""

    EDIT = "edit"
    RESTORE = "restore"


@dataclass(frozen=True, slots=True)
class Change:
    """One clip's step from a version to another."""

    clip_index: int
    before: int
    """Version number before the change."""
    after: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the edit log."""

    position: int
    """From 1, without gaps."""
    kind: EntryKind
    label: str
    """What people read: "make it nighttime (clip 2)"."""
    changes: tuple[Change, ...]
    slots: tuple[SlotChange, ...] = ()
    """How clips fill their slots, or meet; then no version changed."""
    made_at: datetime | None = field(default=None, compare=False)

    @property
    def clips(self) -> tuple[int, ...]:
        """Indexes of the clips that it changed, rising."""
        versions = {change.clip_index for change in self.changes}
        return tuple(sorted(versions | {change.clip_index for change in self.slots}))


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a job stands in its edit log."""

    entries: tuple[Entry, ...]
    """All entries, by rising position."""
    position: int
    """Entries up to and including this one are in effect; 0: none."""

    def to_undo(self) -> Entry:
        """Return the entry that undo takes back.

        Raises:
            NothingToUndo: The log is at its beginning.
        """
        for entry in self.entries:
            if entry.position == self.position:
                return entry
        raise NothingToUndo

    def to_redo(self) -> Entry:
        """Return the entry that redo puts back.

        Raises:
            NothingToRedo: The log is at its end.
        """
        for entry in self.entries:
            if entry.position == self.position + 1:
                return entry
        raise NothingToRedo

    def way(self, position: int) -> "Way":
        """Return what leads from here to another position, in one go.

        Raises:
            EntryNotFound: There is no such position.
        """
        if not 0 <= position <= len(self.entries):
            raise EntryNotFound(position, len(self.entries))
        first, last = sorted((self.position, position))
        passed = tuple(entry for entry in self.entries if first < entry.position <= last)
        labels = {entry.position: entry.label for entry in self.entries}
        return Way(self.position, position, passed, labels.get(position))


@dataclass(frozen=True, slots=True)
class Way:
    """From one position of an edit log to another: all changes in between, taken together."""

    start: int
    stop: int
    entries: tuple[Entry, ...]
    """Those that are passed, by rising position."""
    label: str | None
    """Of the entry that is the last in effect then; None: none is."""

    @property
    def is_back(self) -> bool:
        return self.stop < self.start

    @property
    def versions(self) -> Mapping[int, int]:
        """The version number that each clip that changes has in the end."""
        changes = [change for entry in self.entries for change in entry.changes]
        return undone(changes) if self.is_back else redone(changes)

    @property
    def slots(self) -> Mapping[int, SlotChoice]:
        """What is chosen in the end for each slot that changes."""
        slots = [change for entry in self.entries for change in entry.slots]
        return slots_undone(slots) if self.is_back else slots_redone(slots)

    @property
    def sentence(self) -> str:
        """What people read once it is gone."""
        if len(self.entries) == 1:
            return f"{'Undone' if self.is_back else 'Redone'}: {self.entries[0].label}."
        count = f"{len(self.entries)} changes {'undone' if self.is_back else 'redone'}"
        if self.label is None:
            return f"Went back to the film as it came, {count}."
        return f"Went {'back' if self.is_back else 'on'} to “{self.label}”, {count}."


def undone(changes: Sequence[Change]) -> Mapping[int, int]:
    """Return the version number that each clip has once `changes` are taken back."""
    return {change.clip_index: change.before for change in reversed(changes)}


def redone(changes: Sequence[Change]) -> Mapping[int, int]:
    """Return the version number that each clip has once `changes` are made."""
    return {change.clip_index: change.after for change in changes}


def slots_undone(slots: Sequence[SlotChange]) -> Mapping[int, SlotChoice]:
    """Return what is chosen for each slot once `slots` are taken back."""
    return {change.clip_index: change.before for change in reversed(slots)}


def slots_redone(slots: Sequence[SlotChange]) -> Mapping[int, SlotChoice]:
    """Return what is chosen for each slot once `slots` are made."""
    return {change.clip_index: change.after for change in slots}


def current_number(flagged: Sequence[int]) -> int:
    """Return the version that a job of the pipeline uses.

    Args:
        flagged: Numbers of the clip's versions with `is_current` set. The pipeline's
            table allows several; the highest is the one it played last.
    """
    return max(flagged, default=ORIGINAL)
