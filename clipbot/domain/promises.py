"""What operations promise of the measures, and how much of it is enough.

Tables only; `claims` judges by them. The amounts are about a third of what the local
looks do to ordinary footage; they were chosen, not measured on people.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType
from typing import Final, Literal

from clipbot.domain.plan import Kind, Strength


class Measure(StrEnum):
    """What is judged."""

    LUMA = "luma"
    SATURATION = "saturation"
    WARMTH = "warmth"
    """Relative to brightness: (R - B) / (luma + 0.01)."""
    MOTION = "motion"
    """Relative to brightness: motion / (luma + 0.01)."""


Direction = Literal["up", "down", "low", "high"]
"""`up` and `down` from where it was; `low` and `high` as such, wherever it was."""

PROMISES: Final[Mapping[tuple[Kind, str], Mapping[Measure, Direction]]] = MappingProxyType(
    {
        (Kind.BRIGHTNESS, "up"): {Measure.LUMA: "up"},
        (Kind.BRIGHTNESS, "down"): {Measure.LUMA: "down"},
        (Kind.SATURATION, "up"): {Measure.SATURATION: "up"},
        (Kind.SATURATION, "down"): {Measure.SATURATION: "down"},
        (Kind.WARMTH, "up"): {Measure.WARMTH: "up"},
        (Kind.WARMTH, "down"): {Measure.WARMTH: "down"},
        (Kind.TIME_OF_DAY, "night"): {Measure.LUMA: "down", Measure.WARMTH: "down"},
        (Kind.TIME_OF_DAY, "day"): {Measure.LUMA: "up"},
        (Kind.TIME_OF_DAY, "sunset"): {Measure.WARMTH: "up"},
        (Kind.MOOD, "ethereal"): {Measure.LUMA: "up"},
        (Kind.MOOD, "calm"): {Measure.MOTION: "down"},
        (Kind.MOOD, "energetic"): {Measure.MOTION: "up"},
        (Kind.LOOK, "monochrome"): {Measure.SATURATION: "low"},
        (Kind.LOOK, "noir"): {Measure.SATURATION: "low"},
        (Kind.LOOK, "sepia"): {Measure.WARMTH: "high"},
        (Kind.MOTION, "up"): {Measure.MOTION: "up"},
        (Kind.MOTION, "down"): {Measure.MOTION: "down"},
        (Kind.SPEED, "up"): {Measure.MOTION: "up"},
        (Kind.SPEED, "down"): {Measure.MOTION: "down"},
    }
)
"""What each operation promises. What is missing promises nothing that can be measured."""

SIDE_EFFECTS: Final[Mapping[Kind, frozenset[Measure]]] = MappingProxyType(
    {
        Kind.BRIGHTNESS: frozenset({Measure.SATURATION}),
        Kind.CONTRAST: frozenset({Measure.LUMA, Measure.SATURATION}),
        Kind.WARMTH: frozenset({Measure.SATURATION}),
        Kind.TIME_OF_DAY: frozenset({Measure.LUMA, Measure.SATURATION, Measure.WARMTH}),
        Kind.WEATHER: frozenset({Measure.SATURATION, Measure.MOTION}),
        Kind.MOOD: frozenset({Measure.LUMA, Measure.SATURATION, Measure.WARMTH}),
        Kind.LOOK: frozenset({Measure.LUMA, Measure.SATURATION, Measure.WARMTH}),
        Kind.SUBJECT: frozenset({Measure.MOTION}),
        Kind.ADD: frozenset({Measure.MOTION}),
        Kind.REMOVE: frozenset({Measure.MOTION}),
        Kind.CAMERA: frozenset({Measure.MOTION}),
    }
)
"""What operations of a kind may change either way, besides what they promise. Those that
promise about motion change nothing else."""

SHARES: Final[Mapping[tuple[Measure, Direction], Mapping[Strength, float]]] = MappingProxyType(
    {
        (Measure.LUMA, "up"): {"slight": 0.04, "medium": 0.08, "strong": 0.12},
        (Measure.LUMA, "down"): {"slight": 0.05, "medium": 0.10, "strong": 0.16},
        (Measure.SATURATION, "up"): {"slight": 0.03, "medium": 0.06, "strong": 0.09},
        (Measure.SATURATION, "down"): {"slight": 0.08, "medium": 0.15, "strong": 0.25},
        (Measure.WARMTH, "up"): {"slight": 0.02, "medium": 0.035, "strong": 0.05},
        (Measure.WARMTH, "down"): {"slight": 0.02, "medium": 0.035, "strong": 0.05},
        (Measure.MOTION, "up"): {"slight": 0.05, "medium": 0.10, "strong": 0.15},
        (Measure.MOTION, "down"): {"slight": 0.05, "medium": 0.12, "strong": 0.20},
    }
)
"""Least change that is worth the word, as a share of the room that there is."""

LEVELS: Final[Mapping[tuple[Measure, Direction], float]] = MappingProxyType(
    {(Measure.SATURATION, "low"): 0.06, (Measure.WARMTH, "high"): 0.10}
)
"""What `low` and `high` mean."""

NOISE: Final[Mapping[Measure, float]] = MappingProxyType(
    {
        Measure.LUMA: 0.004,
        Measure.SATURATION: 0.01,
        Measure.WARMTH: 0.01,
        Measure.MOTION: 0.002,
    }
)
"""Differences that coding alone makes. Where the room is smaller, not getting worse is
enough."""

STRENGTHS: Final[Sequence[Strength]] = ("slight", "medium", "strong")
"""In rising order."""

WORDS: Final[Mapping[tuple[Measure, Direction], str]] = MappingProxyType(
    {
        (Measure.LUMA, "up"): "brighter",
        (Measure.LUMA, "down"): "darker",
        (Measure.SATURATION, "up"): "more colourful",
        (Measure.SATURATION, "down"): "less colourful",
        (Measure.SATURATION, "low"): "black and white",
        (Measure.WARMTH, "up"): "warmer",
        (Measure.WARMTH, "down"): "cooler",
        (Measure.WARMTH, "high"): "brown-toned",
        (Measure.MOTION, "up"): "livelier",
        (Measure.MOTION, "down"): "calmer",
    }
)
"""How people call it when a promise is kept."""

NAMES: Final[Mapping[Measure, str]] = MappingProxyType(
    {
        Measure.LUMA: "brightness",
        Measure.SATURATION: "colour",
        Measure.WARMTH: "warmth",
        Measure.MOTION: "motion",
    }
)
"""How people call the measure."""
