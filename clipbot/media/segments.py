"""What a film is made of: which frames of which footage each segment shows.

Pure planning. `segments_of` turns the pieces of a timeline into segments with keys;
`encode.arguments` turns one segment into an ffmpeg command.

The key of a segment holds its own frames and nothing of its neighbours: the digest of
each footage it shows, the range within that clip's own timeline, how far it is slowed,
how the two are blended, and the format. An edit therefore encodes the clip's core and
at most two junctions, and undoing it encodes nothing.

A clip's own timeline counts frames at the film's rate from the first frame of its
slot. It goes on after the footage has ended: the last frame is held, or the clip is shown
again, as its slot says. What is shown again is a segment of its own, so that it is encoded
once however often it is repeated.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import floor
from pathlib import Path
from typing import Final

from clipbot.domain.filling import Run, fit, material, runs, shown
from clipbot.domain.timeline import Piece, Slot, Timeline, TransitionKind
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
    is_backwards: bool = False
    """Whether its frames are shown from the last to the first."""
    then: tuple["Shot", ...] = ()
    """What of the same clip follows, where it is shown again."""

    @property
    def frames(self) -> int:
        return self.stop - self.start + self.held + sum(shot.frames for shot in self.then)

    @property
    def key(self) -> str:
        own = f"{self.footage.digest} {self.start} {self.stop} {self.slowdown} {self.held}"
        way = " back" if self.is_backwards else ""
        return " then ".join([own + way, *(shot.key for shot in self.then)])


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
    length: int
    """Frames that the footage yields, slowed."""
    still: int | None = None
    """The one frame of the footage that is shown throughout."""

    def shots(self, start: int, stop: int) -> tuple[Shot, ...]:
        """Return the shots of a range in film frames of the song's count, in order."""
        if self.still is not None:
            return (self.hold(self.still, stop - start),)
        own = start - self.slot.start, stop - self.slot.start
        return tuple(map(self._of_run, runs(self.slot.filling, self.length, *own)))

    def shot(self, start: int, stop: int) -> Shot:
        """Return the same as one shot, to be blended."""
        first, *others = self.shots(start, stop)
        return replace(first, then=tuple(others)) if others else first

    def hold(self, frame: int, frames: int) -> Shot:
        return Shot(self.footage, frame, frame + 1, self.slowdown, held=frames - 1)

    @property
    def last(self) -> int:
        """The frame of the footage that the slot shows last."""
        if self.still is not None:
            return self.still
        return shown(self.slot.filling, self.length, self.slot.frames - 1)

    def _of_run(self, run: Run) -> Shot:
        return Shot(self.footage, run.start, run.stop, self.slowdown, is_backwards=run.is_backwards)


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
        segment
        for piece in timeline.pieces()
        for segment in _segments(piece, fillings, timeline.start, min(piece.frames, fade), picture)
    )


def _fill(timeline: Timeline, footage: Mapping[int, Footage]) -> dict[int, _Filling]:
    """Decide by clip index what fills each slot."""
    fillings: dict[int, _Filling] = {}
    before: _Filling | None = None
    for slot in timeline.slots:
        own = footage.get(slot.index)
        if own is not None:
            before = _Filling(slot, own, *_fitted(slot, own, timeline.rate))
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
    return replace(neighbour, slot=slot, still=frame)


def _fitted(slot: Slot, footage: Footage, rate: Fraction) -> tuple[Fraction, int]:
    """Return how far footage is slowed for its slot, and how many frames it then yields."""
    available = at_rate(footage.frames, footage.rate, rate)
    slowdown = fit(available, slot.frames, slot.filling).slowdown
    return slowdown, material(available, slowdown)


def at_rate(frames: int, own: Fraction, rate: Fraction) -> int:
    """Return how many frames footage has at the film's rate, at least 1."""
    return max(1, floor(frames * rate / own + _HALF))


def _segments(
    piece: Piece, fillings: Mapping[int, _Filling], origin: int, fade: int, picture: Format
) -> Iterator[Segment]:
    """Yield the segments of a piece: one, or more where a clip is shown again."""
    start, stop = origin + piece.start, origin + piece.stop
    first, last = fillings[piece.clips[0]], fillings[piece.clips[-1]]
    if piece.is_tail:
        yield _segment((last.hold(last.last, piece.frames),), picture, fade=fade)
    elif piece.transition is TransitionKind.FADE:
        middle = start + piece.frames // 2
        shots = first.shot(start, middle), last.shot(middle, stop)
        yield _segment(shots, picture, piece.transition)
    elif piece.is_junction:
        shots = first.shot(start, stop), last.shot(start, stop)
        yield _segment(shots, picture, piece.transition)
    else:
        for shot in first.shots(start, stop):
            yield _segment((shot,), picture)


def _segment(
    shots: Sequence[Shot],
    picture: Format,
    transition: TransitionKind = TransitionKind.CUT,
    *,
    fade: int = 0,
) -> Segment:
    lengths = [shot.frames for shot in shots]
    frames = sum(lengths) if transition is TransitionKind.FADE else lengths[0]
    parts = (*(shot.key for shot in shots), transition.value, f"fade{fade}")
    key = hashlib.blake2b("\0".join((picture.key, *parts)).encode(), digest_size=20).hexdigest()
    return Segment(key, frames, tuple(shots), transition, fade)
