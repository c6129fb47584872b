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
    CONTRAST = "contrast"
    DETAIL = "detail"
    """Relative to contrast: detail / (contrast + 0.01)."""
    TINT = "tint"
    """Relative to brightness: tint / (luma + 0.01). Nothing promises it."""


Direction = Literal["up", "down", "low", "high"]
"""`up` and `down` from where it was; `low` and `high` as such, wherever it was."""

PROMISES: Final[Mapping[tuple[Kind, str], Mapping[Measure, Direction]]] = MappingProxyType(
    {
        (Kind.BRIGHTNESS, "up"): {Measure.LUMA: "up"},
        (Kind.BRIGHTNESS, "down"): {Measure.LUMA: "down"},
        (Kind.SATURATION, "up"): {Measure.SATURATION: "up"},
        (Kind.SATURATION, "down"): {Measure.SATURATION: "down"},
        (Kind.CONTRAST, "up"): {Measure.CONTRAST: "up"},
        (Kind.CONTRAST, "down"): {Measure.CONTRAST: "down"},
        (Kind.SHARPNESS, "up"): {Measure.DETAIL: "up"},
        (Kind.SHARPNESS, "down"): {Measure.DETAIL: "down"},
        (Kind.WARMTH, "up"): {Measure.WARMTH: "up"},
        (Kind.WARMTH, "down"): {Measure.WARMTH: "down"},
        (Kind.TIME_OF_DAY, "night"): {Measure.LUMA: "down", Measure.WARMTH: "down"},
        (Kind.TIME_OF_DAY, "day"): {Measure.LUMA: "up"},
        (Kind.TIME_OF_DAY, "sunset"): {Measure.WARMTH: "up"},
        (Kind.MOOD, "ethereal"): {Measure.LUMA: "up"},
        (Kind.MOOD, "calm"): {Measure.MOTION: "down"},
        (Kind.MOOD, "energetic"): {Measure.MOTION: "up"},
        (Kind.MOOD, "dramatic"): {Measure.CONTRAST: "up"},
        (Kind.MOOD, "gritty"): {Measure.CONTRAST: "up"},
        (Kind.MOOD, "mysterious"): {Measure.LUMA: "down"},
        (Kind.MOOD, "cosy"): {Measure.WARMTH: "up"},
        (Kind.WEATHER, "fog"): {Measure.CONTRAST: "down"},
        (Kind.WEATHER, "storm"): {Measure.LUMA: "down"},
        (Kind.LOOK, "summer"): {Measure.WARMTH: "up"},
        (Kind.LOOK, "autumn"): {Measure.WARMTH: "up"},
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

_LIGHT: Final = frozenset(Measure) - {Measure.MOTION}

SIDE_EFFECTS: Final[Mapping[Kind, frozenset[Measure]]] = MappingProxyType(
    {
        Kind.BRIGHTNESS: frozenset({Measure.SATURATION, Measure.CONTRAST, Measure.DETAIL}),
        Kind.CONTRAST: frozenset({Measure.LUMA, Measure.SATURATION, Measure.DETAIL}),
        Kind.WARMTH: frozenset({Measure.SATURATION, Measure.TINT}),
        Kind.TIME_OF_DAY: _LIGHT,
        Kind.WEATHER: frozenset(
            {Measure.SATURATION, Measure.MOTION, Measure.CONTRAST, Measure.DETAIL}
        ),
        Kind.MOOD: _LIGHT,
        Kind.LOOK: _LIGHT,
        Kind.SHARPNESS: frozenset({Measure.CONTRAST}),
        Kind.SUBJECT: frozenset({Measure.MOTION}),
        Kind.ADD: frozenset({Measure.MOTION}),
        Kind.REMOVE: frozenset({Measure.MOTION}),
        Kind.CAMERA: frozenset({Measure.MOTION, Measure.DETAIL}),
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
        (Measure.CONTRAST, "up"): {"slight": 0.02, "medium": 0.035, "strong": 0.05},
        (Measure.CONTRAST, "down"): {"slight": 0.05, "medium": 0.10, "strong": 0.15},
        (Measure.DETAIL, "up"): {"slight": 0.12, "medium": 0.16, "strong": 0.20},
        (Measure.DETAIL, "down"): {"slight": 0.09, "medium": 0.14, "strong": 0.20},
        (Measure.MOTION, "up"): {"slight": 0.05, "medium": 0.10, "strong": 0.15},
        (Measure.MOTION, "down"): {"slight": 0.05, "medium": 0.12, "strong": 0.20},
    }
)
"""Least change that is worth the word, as a share of the room that there is."""

MOST: Final[Mapping[tuple[Measure, Direction], Mapping[Strength, float]]] = MappingProxyType(
    {
        (Measure.LUMA, "up"): {"slight": 0.35, "medium": 0.55, "strong": 0.75},
        (Measure.LUMA, "down"): {"slight": 0.45, "medium": 0.65, "strong": 0.82},
        (Measure.SATURATION, "up"): {"slight": 0.42, "medium": 0.58, "strong": 0.75},
        (Measure.SATURATION, "down"): {"slight": 0.55, "medium": 0.80, "strong": 0.97},
        (Measure.WARMTH, "up"): {"slight": 0.35, "medium": 0.65, "strong": 0.95},
        (Measure.WARMTH, "down"): {"slight": 0.35, "medium": 0.65, "strong": 0.95},
        (Measure.CONTRAST, "up"): {"slight": 0.36, "medium": 0.60, "strong": 1.00},
        (Measure.CONTRAST, "down"): {"slight": 0.50, "medium": 0.62, "strong": 0.80},
        (Measure.DETAIL, "up"): {"slight": 1.5, "medium": 2.0, "strong": 3.0},
        (Measure.DETAIL, "down"): {"slight": 0.45, "medium": 0.60, "strong": 0.75},
    }
)
"""Most change that the word still covers: of luma and saturation the share of the whole way
to white, to black, to a pure colour or to grey; of warmth the step itself; of contrast and
detail the share of what was there. About twice what the local looks do. What is missing has
no most."""

MOST_GROWN: Final[Mapping[Strength, float]] = MappingProxyType(
    {"slight": 0.50, "medium": 0.80, "strong": 1.00}
)
"""Share of its own colour that footage may gain, too: the eye compares with what there was. Three
times as much is little on the way to a pure colour where all is pale, and a lot to look at."""

FARTHEST: Final[Mapping[tuple[Kind, str], Mapping[Strength, float]]] = MappingProxyType(
    {
        (Kind.SATURATION, "up"): {"slight": 0.05, "medium": 0.085, "strong": 0.12},
        (Kind.WARMTH, "up"): {"slight": 0.05, "medium": 0.09, "strong": 0.13},
        (Kind.WARMTH, "down"): {"slight": 0.05, "medium": 0.09, "strong": 0.13},
        (Kind.TIME_OF_DAY, "sunset"): {"slight": 0.09, "medium": 0.135, "strong": 0.18},
    }
)
"""Mean way that colours may go in the plane of Cb and Cr. Shares of the way to a pure colour are
used up where footage is colourful already; this is not. Half as much again as looks go, or more.
Nothing here for light: what is darker by a third has a third less of all its colours."""

SWEEPING: Final[Mapping[Kind, tuple[float, float]]] = MappingProxyType(
    {
        Kind.TIME_OF_DAY: (1.5, 2.6),
        Kind.LOOK: (1.3, 1.6),
        Kind.MOOD: (1.3, 1.6),
        Kind.WEATHER: (1.3, 1.6),
    }
)
"""How often what changes a whole scene may exceed the most: of shares, and of steps."""
MOST_OF_ALL: Final = 0.96
"""Share of the whole way that nothing exceeds."""

SPOILED: Final[Mapping[Strength, float]] = MappingProxyType(
    {"slight": 0.30, "medium": 0.45, "strong": 0.65}
)
"""Share of the picture that may lose its drawing in shadows or lights, where light was to
change; elsewhere half of it."""

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
        Measure.CONTRAST: 0.002,
        Measure.DETAIL: 0.002,
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
        (Measure.CONTRAST, "up"): "stronger in contrast",
        (Measure.CONTRAST, "down"): "weaker in contrast",
        (Measure.DETAIL, "up"): "sharper",
        (Measure.DETAIL, "down"): "softer",
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
        Measure.CONTRAST: "contrast",
        Measure.DETAIL: "sharpness",
        Measure.TINT: "tint",
    }
)
"""How people call the measure."""
