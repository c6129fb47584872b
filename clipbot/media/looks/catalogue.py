"""All looks by name.

Each is a grade (colour, `grades`) and effects (`effects`), both scaled by an amount
that stands for the plan's `slight`, `medium` and `strong`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from clipbot.domain.palettes import MATCHED, match_in
from clipbot.domain.plan import Strength
from clipbot.media.looks import grades, matching, moods, palettes
from clipbot.media.looks.effects import (
    Clarity,
    Effect,
    Glow,
    Grain,
    Lamps,
    Pale,
    Particles,
    Sharp,
    Slow,
    Soft,
    Sway,
    Tape,
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


def _storm(amount: float) -> tuple[Effect, ...]:
    return Vignette(0.38 * amount**0.5), Particles("rain", 1.2 * amount)


def _haze(amount: float) -> tuple[Effect, ...]:
    return (Soft(0.008, min(0.6, 0.32 * amount)),)


def _romantic(amount: float) -> tuple[Effect, ...]:
    return Glow(0.55, 0.035, 0.26 * amount, tint=0.4), Vignette(0.30 * amount**0.5)


def _mysterious(amount: float) -> tuple[Effect, ...]:
    return Soft(0.006, min(0.5, 0.22 * amount)), Vignette(0.55 * amount**0.5)


def _vintage(amount: float) -> tuple[Effect, ...]:
    return Soft(0.003, min(0.6, 0.3 * amount)), Vignette(0.36 * amount**0.5), Grain(_grain(amount))


def _film(amount: float) -> tuple[Effect, ...]:
    return Glow(0.74, 0.014, 0.12 * amount, tint=0.2), Grain(_grain(amount))


def _grain(amount: float) -> int:
    return 2 + round(3 * amount)


def _noir(amount: float) -> tuple[Effect, ...]:
    return Vignette(0.56 * amount**0.5), Grain(_grain(amount))


def _vhs(amount: float) -> tuple[Effect, ...]:
    return Tape(0.008 + 0.008 * amount), Grain(3 + round(4 * amount))


def _neon(amount: float) -> tuple[Effect, ...]:
    return Glow(0.42, 0.030, min(0.85, 0.55 * amount), tint=0.8), Vignette(0.36 * amount**0.5)


def _golden(amount: float) -> tuple[Effect, ...]:
    return (Glow(0.64, 0.050, 0.14 * amount, tint=0.1),)


def _glow(amount: float) -> tuple[Effect, ...]:
    return Glow(0.48, 0.032, min(0.8, 0.42 * amount), tint=0.15), Soft(0.006, 0.18 * amount)


def _soft(amount: float) -> tuple[Effect, ...]:
    return (Soft(0.012, min(0.9, 0.56 * amount)),)


def _sharp(amount: float) -> tuple[Effect, ...]:
    return Sharp(0.7 * amount), Clarity(0.26 * amount)


def _vignette(amount: float) -> tuple[Effect, ...]:
    return (Vignette(0.62 * amount**0.5),)


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
            Look("matte", grades.matte),
            Look("desaturated", grades.desaturated),
            Look("vivid", grades.vivid),
            Look("mono", grades.mono),
            Look("sepia", grades.sepia),
            Look("dramatic", moods.dramatic, _dramatic),
            Look("dreamy", moods.dreamy, _dreamy),
            Look("gritty", moods.gritty, _gritty),
            Look("ethereal", moods.ethereal, _ethereal),
            Look("more_motion", effects=_more_motion),
            Look("calm", effects=_calm),
            Look("rain", effects=_rain),
            Look("snow", effects=_snow),
            Look("stars", effects=_stars),
            Look("haze", moods.haze, _haze),
            Look("overcast", moods.overcast),
            Look("storm", moods.storm, _storm),
            Look("romantic", moods.romantic, _romantic),
            Look("melancholic", moods.melancholic),
            Look("mysterious", moods.mysterious, _mysterious),
            Look("happy", moods.happy),
            Look("vintage", palettes.vintage, _vintage),
            Look("film", palettes.film, _film),
            Look("teal_orange", palettes.teal_orange),
            Look("bleach_bypass", palettes.bleach_bypass),
            Look("noir", palettes.noir, _noir),
            Look("vhs", palettes.vhs, _vhs),
            Look("neon", palettes.neon, _neon),
            Look("golden", palettes.golden, _golden),
            Look("autumn", palettes.autumn),
            Look("steel", palettes.steel),
            Look("pastel", palettes.pastel),
            Look("glow", effects=_glow),
            Look("soft", effects=_soft),
            Look("sharp", effects=_sharp),
            Look("vignette", effects=_vignette),
        )
    }
)


def look_named(name: str) -> Look:
    """Return the look with a name: one of `LOOKS`, or one that is computed.

    Raises:
        KeyError: There is none.
    """
    return _computed(name) if name.startswith(MATCHED) else LOOKS[name]


@lru_cache(maxsize=64)
def _computed(name: str) -> Look:
    match = match_in(name)
    return Look(name, lambda colours, amount: matching.matched(colours, match, amount))
