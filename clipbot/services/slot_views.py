"""Slots as people and programs see them: what is chosen, and what comes of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from clipbot.domain import slot_words
from clipbot.domain.filling import LONGEST_STILL, Filling, Fit, fit
from clipbot.domain.slots import Meeting
from clipbot.domain.timeline import Timeline, TransitionKind
from clipbot.media.segments import at_rate
from clipbot.services.project import Project
from clipbot.store.records import FootageRecord

USUAL_RATE: Final = Fraction(24)
"""Frames per second of a film that was never put together."""


@dataclass(frozen=True, slots=True)
class TransitionView:
    """How a clip meets the next one."""

    type: TransitionKind
    duration: float
    """Seconds for which it is wanted; 0 for a cut."""
    shown_duration: float
    """As long as it really is: never more than half of the shorter clip."""
    is_chosen: bool
    """Whether a person chose it; else it is as it was planned."""


@dataclass(frozen=True, slots=True)
class SlotView:
    """One slot of the film."""

    clip_index: int
    frames: int
    rate: Fraction
    filling: Filling
    slowdown: float
    """How much longer each frame is shown; 1 is as filmed."""
    still_seconds: float
    """For how long the last frame stands still."""
    repeated_seconds: float
    """For how long the clip shows again what it showed."""
    transition: TransitionView | None
    """None: it is the last clip."""
    warnings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    """Warnings, and that a choice does not show."""


def seen(
    project: Project, rate: Fraction, footage: Mapping[int, FootageRecord]
) -> dict[int, SlotView]:
    """Return the slots of a film by clip, in order; none where its times make no film.

    Args:
        project: The job.
        rate: Frames per second of the film.
        footage: What is known of the current versions' files, by clip.
    """
    try:
        timeline = project.timeline(rate)
    except ValueError:
        return {}
    meetings, overlaps = project.meetings(), timeline.overlaps()
    return {
        slot.index: _view(
            project,
            timeline,
            slot.index,
            footage.get(slot.index),
            meetings[slot.index] if slot.index < len(meetings) else None,
            overlaps.get(slot.index, 0),
        )
        for slot in timeline.slots
    }


def _view(
    project: Project,
    timeline: Timeline,
    index: int,
    footage: FootageRecord | None,
    meeting: Meeting | None,
    overlap: int,
) -> SlotView:
    slot, rate = timeline.slots[index], timeline.rate
    available = at_rate(footage.frames, footage.rate, rate) if footage else slot.frames
    filled = fit(available, slot.frames, slot.filling)
    warnings = (
        *_still(index, filled, rate),
        *(_shortened(index, meeting, overlap, rate) if meeting else ()),
    )
    return SlotView(
        clip_index=index,
        frames=slot.frames,
        rate=rate,
        filling=slot.filling,
        slowdown=round(float(filled.slowdown), 3),
        still_seconds=_seconds(filled.frozen, rate),
        repeated_seconds=_seconds(filled.repeated, rate),
        transition=TransitionView(
            meeting.kind,
            round(float(meeting.seconds), 3),
            _seconds(overlap, rate),
            is_chosen=project.choice(index).meeting is not None,
        )
        if meeting
        else None,
        warnings=warnings,
        notes=(*warnings, *_idle(index, slot.filling, filled)),
    )


def _still(index: int, filled: Fit, rate: Fraction) -> Iterator[str]:
    """Say that a picture stands still for longer than passes unnoticed."""
    if filled.frozen > LONGEST_STILL * rate:
        length = slot_words.seconds(_seconds(filled.frozen, rate))
        yield (
            f"Clip {index + 1} stands still for its last {length}: its footage is shorter than "
            f"its slot. Say “loop clip {index + 1}” or “play clip {index + 1} back and forth”."
        )


def _shortened(index: int, meeting: Meeting, overlap: int, rate: Fraction) -> Iterator[str]:
    """Say that a transition is shorter than it was wanted."""
    wanted = meeting.at(rate).overlap
    halves = meeting.kind is TransitionKind.FADE
    if overlap < wanted - wanted % 2 * halves:
        wished, is_ = map(slot_words.seconds, (float(meeting.seconds), float(overlap / rate)))
        yield (
            f"The {meeting.kind} between {slot_words.between(index)} lasts {is_} instead of "
            f"{wished}: the clips are too short for more."
        )


def _idle(index: int, filling: Filling, filled: Fit) -> Iterator[str]:
    """Say that a choice does not show."""
    if filling is not Filling.FREEZE and not filled.is_short:
        yield f"The footage of clip {index + 1} fills its slot, so nothing repeats now."


def _seconds(frames: int, rate: Fraction) -> float:
    return round(float(frames / rate), 3)
