"""How a clip that is shorter than its slot fills it.

Footage that is too short is slowed a little first; what is still missing is filled with
the last frame, with the clip played backwards and forwards, or with the clip again.
Everything is counted in frames of the clip's own timeline: frame 0 is the first of its
slot, and `material` of them come from footage before anything repeats.

Nothing here touches a file.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import floor
from typing import Final

MAX_SLOWDOWN: Final = Fraction(115, 100)
"""Beyond this, slowed footage shows it (facts/video.md §6)."""
LONGEST_STILL: Final = Fraction(1, 2)
"""Seconds for which a frozen picture passes unnoticed (facts/video.md §6)."""
_LONGEST_RETURN: Final = 48
"""Frames that are played backwards at a time: all of them are held in memory."""


class Filling(StrEnum):
    """What is shown after the footage has ended."""

    FREEZE = "freeze"
    PING_PONG = "ping_pong"
    LOOP = "loop"


@dataclass(frozen=True, slots=True)
class Fit:
    """How footage fills its slot."""

    slowdown: Fraction = Fraction(1)
    """How much longer each frame is shown; 1 is as filmed."""
    frozen: int = 0
    """Frames at the end of the slot that repeat the last one."""
    repeated: int = 0
    """Frames at the end of the slot that were shown before, in ping-pong or in a loop."""

    @property
    def is_short(self) -> bool:
        """Whether slowing alone does not do."""
        return self.frozen + self.repeated > 0


def fit(available: int, needed: int, filling: Filling = Filling.FREEZE) -> Fit:
    """Decide how `available` frames of footage fill a slot of `needed` frames.

    Longer footage is trimmed. Shorter footage is slowed to at most `MAX_SLOWDOWN`; then
    `filling` says what follows. A single frame is frozen whatever was chosen.

    Args:
        available: Frames of the footage at the timeline's rate, at least 1.
        needed: Frames of the slot.
        filling: What is chosen for the clip.
    """
    if available >= needed:
        return Fit()
    slowdown = min(Fraction(needed, available), MAX_SLOWDOWN)
    left = max(0, needed - material(available, slowdown))
    if filling is Filling.FREEZE or available == 1:
        return Fit(slowdown, frozen=left)
    return Fit(slowdown, repeated=left)


def material(available: int, slowdown: Fraction) -> int:
    """Return how many frames footage yields at a slowdown, before anything repeats."""
    return floor(available * slowdown)


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring frames of a clip, shown in one direction."""

    start: int
    """First frame, in the clip's own timeline; the *last* one shown where it runs back."""
    stop: int
    is_backwards: bool = False

    @property
    def frames(self) -> int:
        return self.stop - self.start


def runs(filling: Filling, length: int, start: int, stop: int) -> Iterator[Run]:
    """Yield what is shown from `start` to `stop` of a clip's own timeline, in order.

    Backward runs are short, so that whoever draws them needs little memory. Neither the
    first nor the last frame is shown twice where a ping-pong turns.

    Args:
        filling: How the clip goes on after `length` frames.
        length: Frames that come from footage, at least 1.
        start: First frame; from 0.
        stop: First frame after them.
    """
    if filling is Filling.FREEZE or stop <= length:
        yield Run(start, stop)
        return
    at = start
    while at < stop:
        run = _run(filling, length, at, stop)
        yield run
        at += run.frames


def shown(filling: Filling, length: int, frame: int) -> int:
    """Return which frame of the footage stands at a frame of the clip's own timeline."""
    return next(runs(filling, length, frame, frame + 1)).start


def _run(filling: Filling, length: int, at: int, stop: int) -> Run:
    """Return the longest run from `at` on."""
    back = max(0, length - 2) if filling is Filling.PING_PONG else 0
    place = at % (length + back)
    if place < length:
        return Run(place, min(length, place + stop - at))
    newest = length + back - place
    frames = min(newest, stop - at, _LONGEST_RETURN)
    return Run(newest - frames + 1, newest + 1, is_backwards=True)
