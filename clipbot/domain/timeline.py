"""Where each clip sits in the film, counted in frames.

A timeline is a row of slots that touch: slot *i* ends where slot *i + 1* begins.
Ranges are half-open, `[start, stop)`, as in Python slices and OpenTimelineIO.
Positions are whole frames at one constant rate; seconds appear only at the edges
(boundaries coming in from the audio analysis, times going out to people).

A film is a row of *pieces*: a core shows one clip, a junction blends two, the tail
freezes the last clip under the end of the song. Which pieces an edit touches is
decided here; how a piece is encoded is `media`'s affair.

Nothing here touches a file, a clock or a network.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from math import floor

from clipbot.domain.filling import Filling
from clipbot.errors import ClipNotFound

_HALF = Fraction(1, 2)


class TransitionKind(StrEnum):
    """How two slots meet."""

    CUT = "cut"
    CROSSFADE = "crossfade"
    FADE = "fade"


@dataclass(frozen=True, slots=True)
class Transition:
    """How a slot meets the next one."""

    kind: TransitionKind = TransitionKind.CUT
    overlap: int = 0
    """Frames in which both clips take part; 0 for a cut."""


CUT = Transition()


@dataclass(frozen=True, slots=True)
class Slot:
    """The place of one clip."""

    index: int
    """`clip_index`, from 0."""
    start: int
    """First frame of the slot."""
    stop: int
    """First frame after the slot."""
    filling: Filling = Filling.FREEZE
    """How footage that is shorter fills it."""

    @property
    def frames(self) -> int:
        return self.stop - self.start


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of film that is encoded as one segment."""

    clips: tuple[int, ...]
    """Indexes of the clips that it shows: one for a core or the tail, two for a junction."""
    start: int
    """First frame in the film."""
    stop: int
    """First frame after it."""
    transition: TransitionKind = TransitionKind.CUT
    """The blend of a junction; CUT for a core."""
    is_tail: bool = False
    """Whether it freezes and fades its clip under the end of the song."""

    @property
    def frames(self) -> int:
        return self.stop - self.start

    @property
    def is_junction(self) -> bool:
        return len(self.clips) > 1


@dataclass(frozen=True, slots=True)
class Timeline:
    """All slots in order, touching, at one rate."""

    slots: tuple[Slot, ...]
    rate: Fraction
    """Frames per second."""
    transitions: tuple[Transition, ...] = ()
    """One per boundary between two slots, or empty: all cuts."""
    tail: int = 0
    """Frames after the last slot, while the song goes on."""

    def __post_init__(self) -> None:
        if not self.slots:
            raise ValueError("a timeline needs a slot")
        if self.transitions and len(self.transitions) != len(self.slots) - 1:
            raise ValueError("one transition per boundary is needed")
        if self.tail < 0:
            raise ValueError(f"a tail of {self.tail} frames")
        for slot in self.slots:
            if slot.frames <= 0:
                raise ValueError(f"slot {slot.index} is empty")
        for left, right in pairwise(self.slots):
            if left.stop != right.start:
                raise ValueError(f"slots {left.index} and {right.index} do not touch")

    @property
    def start(self) -> int:
        """Frame of the song at which the film begins."""
        return self.slots[0].start

    @property
    def frames(self) -> int:
        """Length of the film."""
        return self.slots[-1].stop - self.start + self.tail

    def slot(self, index: int) -> Slot:
        """Return the slot with this clip index.

        Raises:
            ClipNotFound: The timeline has no such slot.
        """
        for slot in self.slots:
            if slot.index == index:
                return slot
        raise ClipNotFound(index, len(self.slots))

    def pieces(self) -> tuple[Piece, ...]:
        """Return the pieces of the film, in order, touching, from frame 0.

        A cut has no junction: the cores meet at the boundary. A crossfade's junction
        begins at the boundary, so that the outgoing clip supplies frames after its
        slot; a fade's lies around the boundary. Overlaps too long for their slots are
        shortened: neighbouring junctions never meet.
        """
        return tuple(self._pieces())

    def overlaps(self) -> dict[int, int]:
        """Return how many frames each junction really has, by the clip before it."""
        return {piece.clips[0]: piece.frames for piece in self.pieces() if piece.is_junction}

    def touched(self, changed: Collection[int]) -> tuple[Piece, ...]:
        """Return the pieces to encode again when the footage of `changed` is replaced.

        Raises:
            ClipNotFound: An index is not in the timeline.
        """
        wanted = {self.slot(index).index for index in changed}
        return tuple(piece for piece in self.pieces() if not wanted.isdisjoint(piece.clips))

    def _pieces(self) -> Iterator[Piece]:
        origin = self.start
        head = 0
        for position, slot in enumerate(self.slots):
            start, stop = slot.start - origin, slot.stop - origin
            follows = self.slots[position + 1] if position + 1 < len(self.slots) else None
            transition = self.transitions[position] if self.transitions and follows else CUT
            before, after = _reach(transition, slot, follows, head)
            if stop - before > start + head:
                yield Piece((slot.index,), start + head, stop - before)
            if follows and before + after:
                clips = (slot.index, follows.index)
                yield Piece(clips, stop - before, stop + after, transition.kind)
            head = after
        if self.tail:
            end = self.slots[-1].stop - origin
            yield Piece((self.slots[-1].index,), end, end + self.tail, is_tail=True)


def _reach(transition: Transition, slot: Slot, follows: Slot | None, head: int) -> tuple[int, int]:
    """Return how many frames a junction takes before and after its boundary."""
    if follows is None or transition.kind is TransitionKind.CUT or transition.overlap <= 0:
        return 0, 0
    room_after = follows.frames // 2
    if transition.kind is TransitionKind.CROSSFADE:
        return 0, min(transition.overlap, room_after)
    room_before = min(slot.frames - head, slot.frames // 2)
    half = min(transition.overlap // 2, room_before, room_after)
    return half, half


def frames_at(boundaries_seconds: Sequence[Fraction], rate: Fraction) -> tuple[int, ...]:
    """Snap boundaries, in seconds, to the nearest frame; halves go up.

    Every boundary is rounded from its own absolute time, never from the frame
    before it: rounding errors do not add up, and no boundary is off the beat by
    more than half a frame however long the song is.

    Args:
        boundaries_seconds: Rising times from the start of the song.
        rate: Frames per second, greater than zero.

    Returns:
        One frame number per boundary, same order and length.

    Raises:
        ValueError: `rate` is not positive, or two boundaries fall on one frame.
    """
    if rate <= 0:
        raise ValueError(f"rate must be positive, got {rate}")
    frames = tuple(floor(seconds * rate + _HALF) for seconds in boundaries_seconds)
    for left, right in pairwise(frames):
        if left >= right:
            raise ValueError(f"boundaries closer than one frame near frame {left}")
    return frames
