"""What is known of a job when a question is asked, and how its pieces are said.

Pure: nothing here looks anything up.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from clipbot.domain.money import decimal_string
from clipbot.services.views import ClipView, JobView, RegenerationRecord
from clipbot.store.records import VersionRecord

MOST_CLIPS = 6
"""Clips that one sentence speaks of."""
_MOST_CHARACTERS = 700
_ONLY = frozenset({"intro", "outro"})
"""Parts of which a song has one."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a job."""

    job: JobView
    clips: tuple[ClipView, ...]
    """In order."""
    versions: Mapping[int, tuple[VersionRecord, ...]]
    """By clip index, oldest first; clips never edited have none."""
    edits: tuple[RegenerationRecord, ...] = ()
    """Newest first."""
    song_seconds: float | None = None
    offer: str | None = None
    """The chat's words for a plan that waits for a yes."""

    def named(self, numbers: Sequence[int]) -> tuple[ClipView, ...]:
        """Return the clips of these numbers."""
        return tuple(clip for clip in self.clips if clip.number in numbers)


@dataclass(frozen=True, slots=True)
class Told:
    """An answer."""

    reply: str
    clips: tuple[int, ...] = ()
    """Numbers of the clips that it is about, rising; empty: about none in particular."""


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked."""

    text: str
    clips: tuple[int, ...] = ()
    """Numbers of the clips that were named, or that fit what was named."""


def edits_in_words(count: int) -> str:
    """Return a count of edits in words."""
    return "no edits" if not count else "1 edit" if count == 1 else f"{count} edits"


def runs(clips: Sequence[ClipView]) -> list[list[ClipView]]:
    """Return neighbouring clips together."""
    grouped = groupby(enumerate(clips), key=lambda pair: pair[1].number - pair[0])
    return [[clip for _, clip in run] for _, run in grouped]


def run_of(clips: Sequence[ClipView]) -> str:
    """Return from when to when neighbouring clips play."""
    return f"{clock(clips[0].timestamp_start)} to {clock(clips[-1].timestamp_end)}"


def part_of(clip: ClipView) -> str:
    """Return the part of the song that a clip is in; empty where it is not known."""
    if clip.section is None or clip.section in _ONLY:
        return clip.section or ""
    return f"{clip.section} {clip.section_number}" if clip.section_number else clip.section


def section_of(clip: ClipView) -> str:
    """Return that part as a sentence has it."""
    part = part_of(clip)
    if not part:
        return "no known part of the song"
    return part if part[-1].isdigit() else f"the {part}"


def name_of(clip: ClipView) -> str:
    """Return what people call a clip."""
    return f"clip {clip.number}"


def numbers_of(clips: Sequence[ClipView]) -> list[int]:
    """Return the numbers of clips."""
    return [clip.number for clip in clips]


def range_of(clip: ClipView) -> str:
    """Return from when to when a clip plays."""
    return run_of([clip])


def and_more(clips: Sequence[ClipView]) -> str:
    """Return how many clips were left out of a sentence, if any."""
    left = len(clips) - MOST_CLIPS
    return f", and {left} more" if left > 0 else ""


def cut(text: str) -> str:
    """Return a text, its end left off where it is too long for a chat."""
    words = " ".join(text.split())
    return words if len(words) <= _MOST_CHARACTERS else f"{words[: _MOST_CHARACTERS - 1].rstrip()}…"


def capital(text: str) -> str:
    """Return a sentence with a capital first."""
    return text[:1].upper() + text[1:]


def in_dollars(micros: int) -> str:
    """Return an amount as people write it."""
    whole, _, cents = decimal_string(abs(micros)).partition(".")
    sign = "-" if micros < 0 else ""
    return f"{sign}${int(whole):,}.{cents}"


def in_seconds(seconds: float) -> str:
    """Return a length as people say it."""
    minute = 60
    if seconds < minute:
        return f"{seconds:.1f} s"
    return f"{int(seconds) // minute} min {int(seconds) % minute} s"


def clock(seconds: float) -> str:
    """Return a position in the song: `1:07`."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02}"
