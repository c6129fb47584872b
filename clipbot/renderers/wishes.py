"""Which looks carry out which operations.

The one table between the plan's closed words and the names of looks. It never sees what
the person typed: a word is not a wish.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from clipbot.domain.palettes import look_name
from clipbot.domain.plan import Kind, Operation, Strength

_LOOK_FOR: Final[Mapping[tuple[Kind, str], str]] = MappingProxyType(
    {
        (Kind.BRIGHTNESS, "up"): "brighter",
        (Kind.BRIGHTNESS, "down"): "darker",
        (Kind.CONTRAST, "up"): "contrast",
        (Kind.CONTRAST, "down"): "matte",
        (Kind.SATURATION, "up"): "vivid",
        (Kind.SATURATION, "down"): "desaturated",
        (Kind.WARMTH, "up"): "warmer",
        (Kind.WARMTH, "down"): "cooler",
        (Kind.TIME_OF_DAY, "night"): "night",
        (Kind.TIME_OF_DAY, "day"): "day",
        (Kind.TIME_OF_DAY, "sunset"): "sunset",
        (Kind.TIME_OF_DAY, "dawn"): "dawn",
        (Kind.WEATHER, "rain"): "rain",
        (Kind.WEATHER, "snow"): "snow",
        (Kind.WEATHER, "fog"): "haze",
        (Kind.WEATHER, "cloudy"): "overcast",
        (Kind.WEATHER, "storm"): "storm",
        (Kind.MOOD, "dramatic"): "dramatic",
        (Kind.MOOD, "dreamy"): "dreamy",
        (Kind.MOOD, "gritty"): "gritty",
        (Kind.MOOD, "ethereal"): "ethereal",
        (Kind.MOOD, "calm"): "calm",
        (Kind.MOOD, "energetic"): "more_motion",
        (Kind.MOOD, "romantic"): "romantic",
        (Kind.MOOD, "melancholic"): "melancholic",
        (Kind.MOOD, "mysterious"): "mysterious",
        (Kind.MOOD, "happy"): "happy",
        (Kind.MOOD, "cosy"): "golden",
        (Kind.LOOK, "monochrome"): "mono",
        (Kind.LOOK, "sepia"): "sepia",
        (Kind.LOOK, "vintage"): "vintage",
        (Kind.LOOK, "film"): "film",
        (Kind.LOOK, "teal_orange"): "teal_orange",
        (Kind.LOOK, "bleach_bypass"): "bleach_bypass",
        (Kind.LOOK, "noir"): "noir",
        (Kind.LOOK, "vhs"): "vhs",
        (Kind.LOOK, "neon"): "neon",
        (Kind.LOOK, "summer"): "golden",
        (Kind.LOOK, "autumn"): "autumn",
        (Kind.LOOK, "winter"): "steel",
        (Kind.LOOK, "spring"): "pastel",
        (Kind.LOOK, "glow"): "glow",
        (Kind.LOOK, "vignette"): "vignette",
        (Kind.SHARPNESS, "up"): "sharp",
        (Kind.SHARPNESS, "down"): "soft",
        (Kind.MOTION, "up"): "more_motion",
        (Kind.MOTION, "down"): "calm",
        (Kind.ADD, "stars"): "stars",
    }
)
"""All that looks can do. What is not here needs new pixels, and is left over."""


def looks_for(ops: Sequence[Operation]) -> tuple[tuple[str, Strength], ...]:
    """Return the looks that carry out the operations, in their order; others are skipped."""
    found = ((look_for(op), op.strength) for op in ops)
    return tuple((name, strength) for name, strength in found if name is not None)


def look_for(op: Operation) -> str | None:
    """Return the look that carries out an operation, if there is one.

    The look of other clips is one as soon as it is known which colours those have.
    """
    if op.is_match and op.match:
        return look_name(op.match)
    return _LOOK_FOR.get((op.kind, op.direction)) if op.direction else None


CAN_BE_WISHED: Final = tuple(_LOOK_FOR)
"""Kinds and directions that looks carry out."""
