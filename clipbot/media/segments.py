"""What a film is made of: which frames of which footage each segment shows.

Pure planning. `segments_of` turns the pieces of a timeline into segments with keys;
`encode.arguments` turns one segment into an ffmpeg command.

The key of a segment holds its own frames and nothing of its neighbours: the digest of
each footage it shows, the range within that clip's own timeline, how far it is slowed,
how the two are blended, and the format. An edit therefore encodes the clip's core and
at most two junctions, and undoing it encodes nothing.

A clip's own timeline counts frames at the film's rate from the first frame of its
slot. It goes on after the footage has ended: the last frame is held.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from pathlib import Path
from typing import Final

from clipbot.domain.timeline import Piece, Slot, Timeline, TransitionKind, fit
from clipbot.errors import FootageMissing
from clipbot.media.format import Format

_HALF: Final = Fraction(1, 2)
_FADE_SECONDS: Final = 2
"""Longest fade to black at the end of the film; a longer tail is still before it."""


@dataclass(frozen=True, slots=True)
class Footage:
    """The media file of a version."""

    path: Path
    digest: str
    """Of its content (`files.digest`); two paths of one digest are the same footage."""
    frames: int
    rate: Fraction
    """Frames per second of the file itself."""


@dataclass(frozen=True, slots=True)
class Shot:
    """What one clip shows in a segment."""

    footage: Footage
    start: int
    """First frame, in the clip's own timeline."""
    stop: int
    """First frame after it; at least one frame is shown."""
    slowdown: Fraction = Fraction(1)
    """How much longer each frame of the footage is shown."""
    held: int = 0
    """How many frames more the last one stays."""

    @property
    def frames(self) -> int:
        return self.stop - self.start + self.held

    @property
    def key(self) -> str:
        return f"{self.footage.digest} {self.start} {self.stop} {self.slowdown} {self.held}"


@dataclass(frozen=True, slots=True)
class Segment:
    """An encoded piece of the film, cached by content key."""

    key: str
    frames: int
    shots: tuple[Shot, ...] = ()
    """One, or two to be blended; empty where only the encoded file matters."""
    transition: TransitionKind = TransitionKind.CUT
    """How two shots are blended: over the whole segment."""
    fade_frames: int = 0
    """Frames at the end that fade to black."""


@dataclass(frozen=True, slots=True)
class _Filling:
    """How a slot is filled: with its own footage, or with a neighbour's still."""

    slot: Slot
    footage: Footage
    slowdown: Fraction
    still: int | None = None
    """The one frame of the footage that is shown throughout."""

    def shot(self, start: int, stop: int) -> Shot:
        """Return the shot of a range in film frames of the song's count."""
        if self.still is not None:
            return self.hold(self.still, stop - start)
        return Shot(self.footage, start - self.slot.start, stop - self.slot.start, self.slowdown)

    def hold(self, frame: int, frames: int) -> Shot:
        return Shot(self.footage, frame, frame + 1, self.slowdown, held=frames - 1)

    @property
    def last(self) -> int:
        """The last frame that the slot shows."""
        return self.slot.frames - 1 if self.still is None else self.still


def segments_of(
    timeline: Timeline, footage: Mapping[int, Footage], picture: Format
) -> tuple[Segment, ...]:
    """Return the segments of a film, in order, touching.

    Args:
        timeline: Where the clips are.
        footage: By clip index. A clip without shows the last frame of the nearest clip
            before it that has some, else the first frame of the next one.
        picture: Format of the film.

    Raises:
        FootageMissing: No clip has footage.
    """
    fillings = _fill(timeline, footage)
    fade = round(_FADE_SECONDS * timeline.rate)
    return tuple(
        _segment(piece, fillings, timeline.start, min(piece.frames, fade), picture)
        for piece in timeline.pieces()
    )


def _fill(timeline: Timeline, footage: Mapping[int, Footage]) -> dict[int, _Filling]:
    """Decide by clip index what fills each slot."""
    fillings: dict[int, _Filling] = {}
    before: _Filling | None = None
    for slot in timeline.slots:
        own = footage.get(slot.index)
        if own is not None:
            available = max(1, floor(own.frames * timeline.rate / own.rate + _HALF))
            before = _Filling(slot, own, fit(available, slot.frames).slowdown)
            fillings[slot.index] = before
        elif before is not None:
            fillings[slot.index] = _still_of(before, before.last, slot)
    first = next((fillings[slot.index] for slot in timeline.slots if slot.index in fillings), None)
    if first is None:
        raise FootageMissing(timeline.slots[0].index)
    for slot in timeline.slots:
        fillings.setdefault(slot.index, _still_of(first, 0, slot))
    return fillings


def _still_of(neighbour: _Filling, frame: int, slot: Slot) -> _Filling:
    return _Filling(slot, neighbour.footage, neighbour.slowdown, still=frame)


def _segment(
    piece: Piece, fillings: Mapping[int, _Filling], origin: int, fade: int, picture: Format
) -> Segment:
    if piece.is_tail:
        last = fillings[piece.clips[0]]
        shots: tuple[Shot, ...] = (last.hold(last.last, piece.frames),)
    elif piece.transition is TransitionKind.FADE:
        middle = origin + piece.start + piece.frames // 2
        before, after = (fillings[index] for index in piece.clips)
        shots = (
            before.shot(origin + piece.start, middle),
            after.shot(middle, origin + piece.stop),
        )
    else:
        shots = tuple(
            fillings[index].shot(origin + piece.start, origin + piece.stop) for index in piece.clips
        )
    fade_frames = fade if piece.is_tail else 0
    parts = (*(shot.key for shot in shots), piece.transition.value, f"fade{fade_frames}")
    key = hashlib.blake2b("\0".join((picture.key, *parts)).encode(), digest_size=20).hexdigest()
    return Segment(key, piece.frames, shots, piece.transition, fade_frames)
