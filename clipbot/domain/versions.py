"""Versions of clips, and the log of what was done to a film.

A version is never changed and never overwritten. Which version the film uses is a
separate fact (*current version*), and every change of that fact is an entry of the
job's edit log. Undo and redo move a cursor along the log; they make nothing new.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from clipbot.domain.slots import SlotChange, SlotChoice
from clipbot.errors import NothingToRedo, NothingToUndo

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
