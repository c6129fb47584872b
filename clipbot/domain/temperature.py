"""How far new footage may depart from the old: the temperature, 0..1.

It is a plan, not an input of a model (hardly any model has one): each renderer says
how it honours it, by the seed it sends and by how much of the old picture it shows
the model. The bands are those of the pipeline's guide (seeds 001, "Temperature
Determination"; `facts/upstream.md` 3.7); where its lists leave a gap, the lower band
reaches up to the next one.
"""

from enum import StrEnum
from math import isfinite
from typing import SupportsFloat

from clipbot.domain.plan import Edit, Kind, Operation, Strength

DEFAULT = 0.7
"""When nothing says otherwise, or a language model's answer is not a number."""
SEED_LIMIT = 0.5
"""Below it the seed of the current version is used again."""
REFINED_FROM = 0.35
"""From here on "almost exactly the same" pulls the temperature down."""

_SAMENESS = (
    "almost exactly",
    "almost identical",
    "almost the same",
    "nearly identical",
    "keep everything the same",
    "keep everything identical",
    "same scene just",
    "same but fix",
    "same except",
    "identical except",
)

_REDO = 0.9
_PRECISE = 0.4
_ALL_ELSE = frozenset({"everything else", "all else", "the rest", "everything"})
_OF_KIND: dict[Kind, float] = {
    Kind.TIME_OF_DAY: 0.75,
    Kind.WEATHER: 0.75,
    Kind.BACKGROUND: 0.75,
    Kind.MOOD: 0.65,
    Kind.LOOK: 0.65,
    Kind.CAMERA: 0.65,
    Kind.ADD: 0.55,
    Kind.REMOVE: 0.45,
    Kind.SUBJECT: 0.4,
    Kind.REGENERATE: _REDO,
    Kind.OTHER: DEFAULT,
}
_OF_STRENGTH: dict[Strength, float] = {"slight": 0.45, "medium": 0.6, "strong": 0.7}
"""Of the scalar kinds: how much of it is wanted is how much may change."""


class Band(StrEnum):
    """What a temperature means, in words for people."""

    SAME = "almost the same"
    PRECISE = "a precise change"
    SMALL = "a small change"
    MODERATE = "a moderate change"
    LARGE = "a large change"
    REDO = "start over"


_BANDS = (
    (0.3, Band.SAME),
    (0.4, Band.PRECISE),
    (0.5, Band.SMALL),
    (0.7, Band.MODERATE),
    (0.8, Band.LARGE),
)


def band(temperature: float) -> Band:
    """Return the band of a temperature; a band includes its upper end."""
    return next((each for upto, each in _BANDS if temperature <= upto), Band.REDO)


def keeps_seed(temperature: float) -> bool:
    """Whether the current version's seed is used again, for likeness."""
    return temperature < SEED_LIMIT


def clamped(value: object) -> float:
    """Return what a language model called a temperature as one: 0..1, else the default."""
    if isinstance(value, bool) or not isinstance(value, SupportsFloat | str):
        return DEFAULT
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return DEFAULT
    return min(1.0, max(0.0, number)) if isfinite(number) else DEFAULT


def asks_for_sameness(instruction: str) -> bool:
    """Whether the wording wants the clip back nearly as it was."""
    words = " ".join(instruction.lower().replace(",", " ").split())
    return any(phrase in words for phrase in _SAMENESS)


def refined(temperature: float, instruction: str) -> float:
    """Pull a temperature down to 0.2..0.3 where the wording wants sameness.

    Whoever chose it may have overlooked the phrase (seeds 001, "Post-Processing
    Refinement"). Lower temperatures are left alone.
    """
    if temperature < REFINED_FROM or not asks_for_sameness(instruction):
        return temperature
    return round(max(0.2, min(0.3, temperature - 0.1)), 2)


def offline_temperature(edit: Edit) -> float:
    """Read the temperature of an edit from its operations, strength and wording.

    The operation that changes most decides. Having something to keep lowers it a step,
    having all else to keep makes it precise.
    """
    chosen = max((_of(op) for op in edit.ops), default=DEFAULT)
    if any(words in _ALL_ELSE for words in edit.keep):
        chosen = min(chosen, _PRECISE)
    elif edit.keep:
        chosen = round(chosen - 0.1, 2)
    return refined(chosen, edit.instruction)


def _of(op: Operation) -> float:
    if op.kind is Kind.REGENERATE and op.strength == "strong":
        return 1.0
    if op.is_match:
        return _PRECISE
    return _OF_KIND.get(op.kind, _OF_STRENGTH[op.strength])
