"""Random jobs and what happens to them, drawn from a seed: for `test_film_soak.py`."""

from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import accumulate, pairwise
from pathlib import Path
from random import Random
from typing import Final

from clipbot.domain.timeline import CUT, Slot, Timeline, Transition, TransitionKind
from clipbot.media.format import Format
from clipbot.media.probe import probe
from clipbot.media.segments import Footage
from tests import media

_SIZES: Final = ((64, 36), (36, 64), (48, 48), (64, 48), (66, 38))
_RATES: Final = (Fraction(24), Fraction(25), Fraction(30), Fraction(30000, 1001))
_GAPS: Final = (("-g", "250", "-bf", "2"), ("-g", "8"), ("-g", "30", "-preset", "veryfast"))
_HUES: Final = (0, 60, 120, 180, 240, 300)
_SONGS: Final = (3.0, 8.0)
_MISSING: Final = 0.1


@dataclass(frozen=True)
class Film:
    """What a job shows at one moment."""

    timeline: Timeline
    footage: dict[int, Footage]
    song: Path | None


@dataclass(frozen=True)
class Step:
    """One change of a film."""

    what: str
    film: Film
    clips: frozenset[int]
    """Clips whose picture may change in all of their slot and transitions."""
    is_back: bool = False
    """Whether all of it was made before."""


@dataclass(frozen=True)
class Story:
    """A job: its first film, and each change of it."""

    picture: Format
    first: Film
    steps: tuple[Step, ...]


def story(seed: int, threads: int) -> Story:
    """Return the job of a seed; another count of threads changes nothing else of it."""
    draw = Random(seed)  # noqa: S311 - nothing secret
    rate = draw.choice(_RATES)
    picture = Format(*draw.choice(_SIZES), rate, threads=threads)
    film = _first(draw, rate)
    films = [film]
    steps: list[Step] = []
    for _ in range(draw.randint(2, 4)):
        step = draw.choice((_replaced, _replaced, _met, _sung, _undone))(draw, films)
        steps.append(step)
        films.append(step.film)
    return Story(picture, film, tuple(steps))


def _first(draw: Random, rate: Fraction) -> Film:
    lengths = [draw.randint(5, 30) for _ in range(draw.randint(2, 4))]
    bounds = accumulate(lengths, initial=draw.choice((0, 0, 17)))
    slots = tuple(Slot(index, *span) for index, span in enumerate(pairwise(bounds)))
    meetings = tuple(_transition(draw) for _ in slots[1:])
    tail = draw.choice((0, 0, draw.randint(3, 9)))
    footage = {slot.index: _footage(draw) for slot in slots}
    if draw.random() < _MISSING:
        footage.pop(draw.choice(slots).index)
    return Film(Timeline(slots, rate, meetings, tail), footage, _song(draw))


def _transition(draw: Random) -> Transition:
    kind = draw.choice(list(TransitionKind))
    return CUT if kind is TransitionKind.CUT else Transition(kind, draw.randint(2, 10))


def _footage(draw: Random) -> Footage:
    """Return a clip, often too short for its slot, of any rate, size and GOP."""
    clip = media.clip(
        draw.choice(_HUES),
        frames=draw.choice((12, 40)),
        rate=draw.choice(_RATES[:3]),
        size=draw.choice(_SIZES[:3]),
        options=draw.choice(_GAPS),
    )
    seen = probe(clip)
    return media.footage(clip, frames=seen.frames, rate=seen.rate)


def _song(draw: Random) -> Path:
    return media.song(draw.choice(_SONGS))


def _replaced(draw: Random, films: list[Film]) -> Step:
    film, index = films[-1], draw.choice(films[-1].timeline.slots).index
    touched = {index} | {slot.index for slot in film.timeline.slots} - set(film.footage)
    after = replace(film, footage={**film.footage, index: _footage(draw)})
    return Step(f"clip {index} replaced", after, frozenset(touched))


def _met(draw: Random, films: list[Film]) -> Step:
    film = films[-1]
    meetings = list(film.timeline.transitions)
    at = draw.randrange(len(meetings))
    meetings[at] = _transition(draw)
    after = replace(film, timeline=replace(film.timeline, transitions=tuple(meetings)))
    # Both transitions of both clips may move: an overlap that is too long is shortened.
    return Step(f"transition {at} changed", after, frozenset({at, at + 1}))


def _sung(draw: Random, films: list[Film]) -> Step:
    return Step("song changed", replace(films[-1], song=_song(draw)), frozenset())


def _undone(draw: Random, films: list[Film]) -> Step:
    every = frozenset(slot.index for slot in films[-1].timeline.slots)
    return Step("undone", draw.choice(films), every, is_back=True)
