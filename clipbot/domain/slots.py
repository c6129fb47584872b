"""What a person chose for a slot: how its clip fills it, and how it meets the next one.

The pipeline plans how clips meet; what a person chose goes before it, and is kept apart.
A choice that says the same as the plan is none. Changing one is an entry of the edit log
like any other, with what was chosen before and after, and costs nothing.

Clips are counted from 0 here; a `SlotWish` is a part of a plan, and counts from 1.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, Final

from clipbot.domain.filling import Filling
from clipbot.domain.timeline import CUT, Transition, TransitionKind
from clipbot.errors import ClipUnknown, SlotRefused

SHORTEST_MS: Final = 100
LONGEST_MS: Final = 10_000
_USUAL_MS: Final = {TransitionKind.CROSSFADE: 500, TransitionKind.FADE: 1000}
"""How long a transition lasts where nobody says so."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """How a slot is to meet the next, in seconds; the film's frames are a `Transition`."""

    kind: TransitionKind = TransitionKind.CUT
    seconds: Fraction = Fraction(0)
    """0 for a cut."""

    def at(self, rate: Fraction) -> Transition:
        """Return it in frames."""
        if self.kind is TransitionKind.CUT:
            return CUT
        return Transition(self.kind, max(0, round(self.seconds * rate)))


@dataclass(frozen=True, slots=True)
class SlotChoice:
    """What a person chose for a slot."""

    filling: Filling | None = None
    """None: nothing, so the last frame is held."""
    meeting: Meeting | None = None
    """How it meets the next slot; None: as it was planned."""


NOTHING: Final = SlotChoice()


@dataclass(frozen=True, slots=True)
class SlotChange:
    """One slot's step from a choice to another."""

    clip_index: int
    before: SlotChoice
    after: SlotChoice


@dataclass(frozen=True, slots=True)
class SlotWish:
    """What somebody wants for a slot; what is None stays as it is."""

    clip: int
    """Number of the clip, from 1; a transition is the one *behind* it."""
    filling: Filling | None = None
    transition: TransitionKind | None = None
    seconds: float | None = None
    """How long the transition lasts; None: as long as is usual."""


def wanted(
    wishes: Sequence[SlotWish], planned: Sequence[Meeting], chosen: Mapping[int, SlotChoice]
) -> tuple[SlotChange, ...]:
    """Return what has to change, by rising clip; what is as wished already is left out.

    Args:
        wishes: What is wanted; a later wish goes before an earlier one.
        planned: How each clip was planned to meet the next, one less than there are clips.
        chosen: What was chosen so far, by clip index.

    Raises:
        ClipUnknown: The video has no such clip.
        SlotRefused: Nothing follows the last clip, or a transition is too short or too long.
    """
    after: dict[int, SlotChoice] = {}
    for wish in wishes:
        index = wish.clip - 1
        if not 0 <= index <= len(planned):
            raise ClipUnknown(index, len(planned) + 1)
        before = after.get(index, chosen.get(index, NOTHING))
        after[index] = _with(before, wish, planned)
    return tuple(
        SlotChange(index, chosen.get(index, NOTHING), choice)
        for index, choice in sorted(after.items())
        if choice != chosen.get(index, NOTHING)
    )


def _with(before: SlotChoice, wish: SlotWish, planned: Sequence[Meeting]) -> SlotChoice:
    choice = before
    if wish.filling is not None:
        choice = replace(choice, filling=None if wish.filling is Filling.FREEZE else wish.filling)
    if wish.transition is None and wish.seconds is None:
        return choice
    if wish.clip > len(planned):
        raise SlotRefused(f"Clip {wish.clip} is the last one, so nothing can follow it.")
    plan = planned[wish.clip - 1]
    meeting = _meeting(wish, before.meeting or plan)
    return replace(choice, meeting=None if meeting == plan else meeting)


def _meeting(wish: SlotWish, before: Meeting) -> Meeting:
    kind = wish.transition or before.kind
    if kind is TransitionKind.CUT and wish.seconds is None:
        return Meeting()
    if kind is TransitionKind.CUT:
        if wish.transition is TransitionKind.CUT:
            raise SlotRefused("A cut takes no time; a crossfade or a fade does.")
        kind = TransitionKind.CROSSFADE
    if wish.seconds is None:
        is_kept = kind is before.kind and before.seconds > 0
        return before if is_kept else Meeting(kind, Fraction(_USUAL_MS[kind], 1000))
    milliseconds = round(wish.seconds * 1000)
    if not SHORTEST_MS <= milliseconds <= LONGEST_MS:
        raise SlotRefused("A transition lasts between 0.1 and 10 seconds.")
    return Meeting(kind, Fraction(milliseconds, 1000))


def to_json(choice: SlotChoice) -> dict[str, Any]:
    """Return a choice as JSON values."""
    meeting = choice.meeting
    return {
        "filling": choice.filling.value if choice.filling else None,
        "transition": meeting.kind.value if meeting else None,
        "transition_ms": round(meeting.seconds * 1000) if meeting else None,
    }


def from_json(document: Mapping[str, Any]) -> SlotChoice:
    """Read back what `to_json` returned."""
    filling, kind = document["filling"], document["transition"]
    return SlotChoice(
        filling=Filling(filling) if filling else None,
        meeting=Meeting(TransitionKind(kind), Fraction(document["transition_ms"], 1000))
        if kind
        else None,
    )
