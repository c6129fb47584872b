"""All looks by name.

Each is a grade (colour, `grades`) and effects (`effects`), both scaled by an amount
that stands for the plan's `slight`, `medium` and `strong`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from clipbot.domain.plan import Strength
from clipbot.media.looks import grades
from clipbot.media.looks.effects import (
    Clarity,
    Effect,
    Glow,
    Grain,
    Lamps,
    Pale,
    Particles,
    Slow,
    Sway,
    Vignette,
)

AMOUNTS: Final[Mapping[Strength, float]] = MappingProxyType(
    {"slight": 0.55, "medium": 1.0, "strong": 1.5}
)


_OVERCAST: Final = 0.18
"""Colour that clouds before the sun take away."""


def _none(_: float) -> tuple[Effect, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class Look:
    """A visual treatment of pixels that are there; it cannot make new things."""

    name: str
    grade: grades.Grade | None = None
    effects: Callable[[float], tuple[Effect, ...]] = _none
    """From an amount to effects."""

    @property
    def moves(self) -> bool:
        """Whether it changes how things move, not only how they look."""
        return any(isinstance(effect, Slow | Sway) for effect in self.effects(1.0))


def _night(amount: float) -> tuple[Effect, ...]:
    return Lamps(), Glow(0.50, 0.022, 0.9, tint=0.6), Vignette(0.45 * amount**0.5)


def _sunset(amount: float) -> tuple[Effect, ...]:
    return Glow(0.66, 0.05, 0.28 * amount, tint=0.5), Vignette(0.40 * amount**0.5)


def _dawn(amount: float) -> tuple[Effect, ...]:
    return (Glow(0.55, 0.06, 0.20 * amount, tint=0.3),)


def _dramatic(amount: float) -> tuple[Effect, ...]:
    return Clarity(0.40 * amount), Vignette(0.52 * amount**0.5)


def _dreamy(amount: float) -> tuple[Effect, ...]:
    return (Glow(0.30, 0.030, min(0.85, 0.50 * amount)),)


def _gritty(amount: float) -> tuple[Effect, ...]:
    return Clarity(0.5 * amount), Grain(round(8 * amount)), Vignette(0.30 * amount**0.5)


def _ethereal(amount: float) -> tuple[Effect, ...]:
    return (Glow(0.35, 0.050, min(0.85, 0.50 * amount)),)


def _more_motion(amount: float) -> tuple[Effect, ...]:
    return (Sway(0.034 * amount),)


def _calm(amount: float) -> tuple[Effect, ...]:
    return (Slow(1.0 / (1.0 + amount)),)


def _rain(amount: float) -> tuple[Effect, ...]:
    return Pale(_OVERCAST * amount), Particles("rain", amount)


def _snow(amount: float) -> tuple[Effect, ...]:
    return Pale(_OVERCAST * amount), Particles("snow", amount)


def _stars(amount: float) -> tuple[Effect, ...]:
    return (Particles("stars", amount),)


LOOKS: Final[Mapping[str, Look]] = MappingProxyType(
    {
        look.name: look
        for look in (
            Look("brighter", grades.brighter),
            Look("darker", grades.darker),
            Look("night", grades.night, _night),
            Look("day", grades.day),
            Look("sunset", grades.sunset, _sunset),
            Look("dawn", grades.dawn, _dawn),
            Look("warmer", grades.warmer),
            Look("cooler", grades.cooler),
            Look("contrast", grades.contrast),
            Look("desaturated", grades.desaturated),
            Look("vivid", grades.vivid),
            Look("mono", grades.mono),
            Look("sepia", grades.sepia),
            Look("dramatic", grades.dramatic, _dramatic),
            Look("dreamy", grades.dreamy, _dreamy),
            Look("gritty", grades.gritty, _gritty),
            Look("ethereal", grades.ethereal, _ethereal),
            Look("more_motion", effects=_more_motion),
            Look("calm", effects=_calm),
            Look("rain", effects=_rain),
            Look("snow", effects=_snow),
            Look("stars", effects=_stars),
        )
    }
)
