"""What a job should look like after whatever happened to it: a model in memory.

Kept simple on purpose, and apart from the code that it judges: it knows numbers, times
and what was chosen, but no footage, no database and no film.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

KEPT, ARCHIVED, DELETED = "kept", "archived", "deleted"
NEWEST: Final = 2
ARCHIVE_AFTER, DELETE_AFTER = timedelta(days=7), timedelta(days=30)

Choice = tuple[str | None, tuple[str, float] | None]
"""How a slot is filled, and how its clip meets the next; None: as it was planned."""
PLAIN: Final[Choice] = (None, None)


@dataclass
class Version:
    """What the model knows of a version."""

    made_at: datetime
    is_refused: bool = False
    """Whether the gate held it back."""
    footage: str = KEPT


@dataclass(frozen=True)
class Step:
    """One entry of the edit log."""

    at: datetime
    versions: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    slots: Mapping[int, tuple[Choice, Choice]] = field(default_factory=dict)


class Refused(Exception):
    """The model says that this cannot be; its argument is the code."""


@dataclass
class Model:
    """One job."""

    clips: dict[int, dict[int, Version]]
    current: dict[int, int]
    log: list[Step] = field(default_factory=list)
    position: int = 0
    slots: dict[int, Choice] = field(default_factory=dict)

    def waits(self, clip: int, number: int) -> bool:
        version = self.clips[clip][number]
        return version.is_refused and number > self.current[clip] and version.footage != DELETED

    def can_delete(self, clip: int, number: int) -> bool:
        is_free = number not in (1, self.current[clip])
        return is_free and self.clips[clip][number].footage != DELETED

    def made(self, clip: int, at: datetime, *, is_refused: bool) -> None:
        number = max(self.clips[clip]) + 1
        self.clips[clip][number] = Version(at, is_refused)
        if not is_refused:
            self._add(Step(at, {clip: (self.current[clip], number)}))
            self.current[clip] = number

    def restore(self, clip: int, number: int, at: datetime) -> None:
        if number == self.current[clip]:
            return
        self._need(clip, number)
        self._add(Step(at, {clip: (self.current[clip], number)}))
        self.current[clip] = number

    def arrange(self, slots: Mapping[int, Choice], at: datetime) -> None:
        changed = {
            clip: (before, after)
            for clip, after in slots.items()
            if (before := self.slots.get(clip, PLAIN)) != after
        }
        if changed:
            self._add(Step(at, slots=changed))
            self._choose({clip: after for clip, (_, after) in changed.items()})

    def undo(self) -> None:
        if not self.position:
            raise Refused("nothing_to_undo")
        self.go(self.position - 1)

    def redo(self) -> None:
        if self.position == len(self.log):
            raise Refused("nothing_to_redo")
        self.go(self.position + 1)

    def go(self, position: int) -> None:
        """Walk there entry by entry, but look at the footage at the end only."""
        current, slots = dict(self.current), dict(self.slots)
        for step in reversed(self.log[position : self.position]):
            current |= {clip: before for clip, (before, _) in step.versions.items()}
            slots |= {clip: before for clip, (before, _) in step.slots.items()}
        for step in self.log[self.position : position]:
            current |= {clip: after for clip, (_, after) in step.versions.items()}
            slots |= {clip: after for clip, (_, after) in step.slots.items()}
        for clip, number in current.items():
            self._need(clip, number)
        self.current, self.position = current, position
        self._choose(slots)

    def delete(self, clip: int, number: int) -> None:
        if number in (1, self.current[clip]):
            raise Refused("footage_needed")
        self.clips[clip][number].footage = DELETED

    def retain(self, now: datetime) -> None:
        for clip, versions in self.clips.items():
            free = [
                number
                for number in sorted(versions)
                if self.can_delete(clip, number) and not self.waits(clip, number)
            ]
            for number in free[: max(0, len(free) - NEWEST)]:
                age = now - self._moved(clip, number)
                if age >= DELETE_AFTER:
                    versions[number].footage = DELETED
                elif age >= ARCHIVE_AFTER:
                    versions[number].footage = ARCHIVED

    def _moved(self, clip: int, number: int) -> datetime:
        moments = [self.clips[clip][number].made_at]
        moments += [step.at for step in self.log if number in step.versions.get(clip, ())]
        return max(moments)

    def _need(self, clip: int, number: int) -> None:
        if self.clips[clip][number].footage == DELETED:
            raise Refused("footage_missing")

    def _add(self, step: Step) -> None:
        del self.log[self.position :]
        self.log.append(step)
        self.position = len(self.log)

    def _choose(self, slots: Mapping[int, Choice]) -> None:
        self.slots |= slots
        self.slots = {clip: choice for clip, choice in self.slots.items() if choice != PLAIN}
