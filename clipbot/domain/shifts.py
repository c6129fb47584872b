"""How a version differs from the one that it came from, by what was measured of both.

The gate (`claims`) judges a wish; this only tells, whatever was asked. Warmth and motion
are taken relative to brightness, as there. Shares are of the value before; warmth has none,
because it goes through zero.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from clipbot.domain.measures import Measures
from clipbot.domain.promises import NOISE, WORDS, Direction, Measure

_DARK: Final = 0.01
_WORTH_SAYING: Final = 0.03
"""Least change, as a share of the value before, that one would see side by side."""
_MOST_PERCENT: Final = 300


@dataclass(frozen=True, slots=True)
class Shift:
    """One measure, before and after."""

    measure: Measure
    before: float
    after: float

    @property
    def share(self) -> float | None:
        """How far it moved, as a share of the value before; None: that is nothing."""
        if self.measure is Measure.WARMTH or self.before < NOISE[self.measure]:
            return None
        return self.after / self.before - 1

    @property
    def direction(self) -> Direction | None:
        """Where it moved; None: not far enough to be seen."""
        moved = self.after - self.before
        least = max(NOISE[self.measure], _WORTH_SAYING * abs(self.before))
        if abs(moved) < least:
            return None
        return "up" if moved > 0 else "down"


@dataclass(frozen=True, slots=True)
class Departure:
    """How a version differs from the one that it came from."""

    against: int
    """Number of that version."""
    shifts: tuple[Shift, ...]
    """One per measure: light, colour, warmth, motion."""

    @property
    def sentence(self) -> str:
        """What can be seen, in words: "Darker by 29 %, cooler."."""
        words = [_words(shift, shift.direction) for shift in self.shifts if shift.direction]
        if not words:
            return f"Measures like version {self.against}."
        said = ", ".join(words)
        return f"{said[0].upper()}{said[1:]}."


def shifts(before: Measures, after: Measures) -> tuple[Shift, ...]:
    """Return how each measure moved, in the order of `Measure`: light, colour, warmth, motion."""
    return tuple(Shift(each, value(before), value(after)) for each, value in _VALUES.items())


def _words(shift: Shift, direction: Direction) -> str:
    word, share = WORDS[shift.measure, direction], shift.share
    if share is None:
        return word
    percent = round(100 * abs(share))
    return f"much {word}" if percent > _MOST_PERCENT else f"{word} by {percent} %"


_VALUES: Final[Mapping[Measure, Callable[[Measures], float]]] = MappingProxyType(
    {
        Measure.LUMA: lambda of: of.luma,
        Measure.SATURATION: lambda of: of.saturation,
        Measure.WARMTH: lambda of: of.warmth / (of.luma + _DARK),
        Measure.MOTION: lambda of: of.motion / (of.luma + _DARK),
    }
)
