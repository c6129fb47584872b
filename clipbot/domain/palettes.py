"""The colours and the liveliness of footage in a few numbers: of all of it, and of its ends.

Colours are in Oklab (Ottosson 2020, "A perceptual color space for image processing"):
L is lightness 0..1, a runs from green to red, b from blue to yellow, and equal distances
look about equally large; CSS Color 4 measures differences of colours in it (delta E OK).
Mean and spread of each axis are what Reinhard et al. (2001, "Color transfer between
images") carry from one picture to another.

Pure values; `media/tones.py` measures them, `media/looks/matching.py` paints by them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from math import hypot, isfinite
from statistics import fmean, median
from typing import Any, Final

Lab = tuple[float, float, float]
"""Lightness, green to red, blue to yellow."""

MATCHED: Final = "match:"
"""With this begin the names of looks that are computed from a match."""
_WIDEST: Final = 1.5
"""No colour that a screen shows lies further out, on any axis."""
_PLACES: Final = 4
"""Decimals that are kept: a tenth of a step of 10-bit video."""


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of some pictures: where their middle is, and how far they spread."""

    mean: Lab
    spread: Lab
    """Standard deviation over all pixels of all pictures."""

    @property
    def richness(self) -> float:
        """How colourful the pictures are: root mean square of the distance from grey."""
        return hypot(self.mean[1], self.mean[2], self.spread[1], self.spread[2])

    def rounded(self) -> "Palette":
        """Return it as it is written down."""
        mean, spread = (
            tuple(round(value, _PLACES) for value in values) for values in (self.mean, self.spread)
        )
        return Palette(_lab(mean), _lab(spread))


@dataclass(frozen=True, slots=True)
class End:
    """The first or the last second of footage: one side of a cut."""

    mean: Lab
    motion: float
    """Mean difference of lightness between neighbouring pictures, 0..1."""


@dataclass(frozen=True, slots=True)
class Tones:
    """What is measured of footage, to see how it goes with other footage."""

    whole: Palette
    motion: float
    """Mean difference of lightness between neighbouring pictures, 0..1."""
    head: End
    tail: End

    def to_json(self) -> dict[str, Any]:
        """Return the shape that `tones_of` reads."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Match:
    """A change of colours: from those that footage has to those that it is to have."""

    source: Palette
    target: Palette

    def to_json(self) -> dict[str, Any]:
        """Return the shape that `match_of` reads."""
        return asdict(self)


def middle(palettes: Sequence[Palette]) -> Palette:
    """Return the palette in the middle of several: the median, number by number.

    A single odd one among three does not move it.

    Raises:
        ValueError: There are none.
    """
    if not palettes:
        raise ValueError("the middle of no palettes")
    mean, spread = (
        tuple(median(each[axis] for each in column) for axis in range(3))
        for column in ([one.mean for one in palettes], [one.spread for one in palettes])
    )
    return Palette(_lab(mean), _lab(spread))


def tones_of(document: Mapping[str, Any]) -> Tones:
    """Read tones as `Tones.to_json` wrote them.

    Raises:
        ValueError: These are no tones.
    """
    try:
        return Tones(
            whole=_palette(document["whole"]),
            motion=_number(document["motion"]),
            head=_end(document["head"]),
            tail=_end(document["tail"]),
        )
    except (KeyError, TypeError) as error:
        raise ValueError("these are no tones") from error


def match_of(document: Mapping[str, Any]) -> Match:
    """Read a match as `Match.to_json` wrote it; it may come from anywhere.

    Raises:
        ValueError: It is no match, or names colours that no screen shows.
    """
    try:
        return Match(_palette(document["source"]), _palette(document["target"]))
    except (KeyError, TypeError) as error:
        raise ValueError("this is no match of colours") from error


def look_name(match: Match) -> str:
    """Return the name of the look that makes this change: it says all of it."""
    parts = (match.source.mean, match.source.spread, match.target.mean, match.target.spread)
    numbers = (round(value * 10**_PLACES) for part in parts for value in part)
    return MATCHED + ",".join(map(str, numbers))


def match_in(name: str) -> Match:
    """Return the change that a name of `look_name` stands for.

    Raises:
        ValueError: It is no such name.
    """
    if not name.startswith(MATCHED):
        raise ValueError("this is no match of colours")
    values = [int(number) / 10**_PLACES for number in name.removeprefix(MATCHED).split(",")]
    one, two, three, four = (_lab(values[at : at + 3]) for at in range(0, len(values), 3))
    return Match(Palette(one, two), Palette(three, four))


def mean_motion(steps: Sequence[float]) -> float:
    """Return the mean of differences between neighbouring pictures; 0 where there are none."""
    return fmean(steps) if steps else 0.0


def _end(document: Mapping[str, Any]) -> End:
    return End(_triple(document["mean"]), _number(document["motion"]))


def _palette(document: Mapping[str, Any]) -> Palette:
    spread = _triple(document["spread"])
    if min(spread) < 0:
        raise ValueError("a spread is not negative")
    return Palette(_triple(document["mean"]), spread)


def _triple(values: Any) -> Lab:
    if isinstance(values, str):
        raise ValueError("a colour has three numbers")  # noqa: TRY004 - one error for all of it
    return _lab([_number(value) for value in values])


def _lab(values: Sequence[float]) -> Lab:
    if len(values) != 3:  # noqa: PLR2004 - it has three axes
        raise ValueError("a colour has three numbers")
    return values[0], values[1], values[2]


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError("that is no number")  # noqa: TRY004 - one error for all of it
    if not isfinite(value) or abs(value) > _WIDEST:
        raise ValueError("no screen shows that")
    return float(value)
