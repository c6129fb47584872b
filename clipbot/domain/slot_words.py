"""Slots in people's words: how clips meet, how they fill their slots, what changes."""

from collections.abc import Sequence

from clipbot.domain.filling import Filling
from clipbot.domain.slots import Meeting, SlotChange, SlotChoice, SlotWish
from clipbot.domain.timeline import TransitionKind
from clipbot.domain.wording import clip_names, enumeration

_NOUNS = {
    TransitionKind.CUT: ("a cut", "cuts"),
    TransitionKind.CROSSFADE: ("a crossfade", "crossfades"),
    TransitionKind.FADE: ("a fade through black", "fades through black"),
}
_FILLINGS = {
    Filling.FREEZE: "holds its last frame",
    Filling.PING_PONG: "plays back and forth",
    Filling.LOOP: "plays again from its start",
}
_MANY = 3
"""More changes than this are counted rather than told."""


def seconds(value: float) -> str:
    """Return a length as people write it: "0.5 s", "1 s"."""
    return f"{value:.2f}".rstrip("0").rstrip(".") + " s"


def met(meeting: Meeting) -> str:
    """Return how two clips meet: "a crossfade of 0.5 s"."""
    length = f" of {seconds(float(meeting.seconds))}" if meeting.seconds else ""
    return f"{_NOUNS[meeting.kind][0]}{length}"


def filled(filling: Filling | None) -> str:
    """Return how a clip fills its slot: "plays back and forth"."""
    return _FILLINGS[filling or Filling.FREEZE]


def wished(wish: SlotWish) -> str:
    """Return what is wanted of a clip: "meets clip 4 in a crossfade of 1 s"."""
    parts = []
    if wish.filling is not None:
        parts.append(filled(wish.filling))
    if wish.transition is not None or wish.seconds is not None:
        kind = _NOUNS[wish.transition][0] if wish.transition else "a transition"
        length = f" of {seconds(wish.seconds)}" if wish.seconds is not None else ""
        parts.append(f"meets clip {wish.clip + 1} in {kind}{length}")
    return enumeration(parts)


def between(index: int) -> str:
    """Return the boundary behind a clip: "clips 3 and 4"."""
    return clip_names([index + 1, index + 2])


def label(changes: Sequence[SlotChange], planned: Sequence[Meeting]) -> str:
    """Return what people read in the edit log."""
    meetings = [each for each in changes if each.before.meeting != each.after.meeting]
    fillings = [each for each in changes if each.before.filling != each.after.filling]
    parts = [f"clip {each.clip_index + 1} {filled(each.after.filling)}" for each in fillings]
    kinds = {_meeting(each.after, each.clip_index, planned).kind for each in meetings}
    if len(meetings) > _MANY and len(kinds) == 1:
        parts.append(f"{_NOUNS[kinds.pop()][1]} in {len(meetings)} places")
        meetings = []
    parts += [
        f"{met(_meeting(each.after, each.clip_index, planned))} between {between(each.clip_index)}"
        for each in meetings
    ]
    if len(parts) > _MANY:
        return f"{len(parts)} changes of how clips meet and fill their slots"
    return enumeration(parts)


def rows(changes: Sequence[SlotChange], planned: Sequence[Meeting]) -> list[tuple[int, str, str]]:
    """Return what changes as `(clip_index, before, after)`, in the film's order."""
    found = []
    for each in changes:
        if each.before.filling != each.after.filling:
            said = filled(each.before.filling), filled(each.after.filling)
            found.append((each.clip_index, *said))
        before = _meeting(each.before, each.clip_index, planned)
        after = _meeting(each.after, each.clip_index, planned)
        if before != after:
            meets = f"meets clip {each.clip_index + 2} in "
            found.append((each.clip_index, meets + met(before), meets + met(after)))
    return found


def _meeting(choice: SlotChoice, index: int, planned: Sequence[Meeting]) -> Meeting:
    return choice.meeting or (planned[index] if index < len(planned) else Meeting())
