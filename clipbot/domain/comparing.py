"""How two versions of a clip differ: how much, where in the picture, when, and in which way.

The numbers are measured elsewhere (`media.compared`, `media.measure`); here is what they
are, and what is said of them. Pure.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from clipbot.domain.measures import Measures

SAME: Final = 0.004
"""Mean difference below which nobody sees one: a code value of 255, as encoders lose it."""
_MOSTLY: Final = 0.5
"""Share of the change from which on it is said to lie in one third of the picture."""
_SOON: Final = 1.6
"""So much more than on average: then it is said when the change is greatest."""
_ROWS: Final = ("top", "middle", "bottom")
_COLUMNS: Final = ("left", "middle", "right")
_DARK: Final = 0.02
"""Added where something is divided by a measure: near nothing, ratios are noise."""
_MOST_PERCENT: Final = 300
_LEAST: Final = {"luma": 0.005, "saturation": 0.01, "warmth": 0.005, "motion": 0.002}
"""Smaller changes of a measure are noise of encoding and sampling."""
_WORDS: Final = {
    "luma": ("brighter", "darker"),
    "saturation": ("more colourful", "less colourful"),
    "warmth": ("warmer", "cooler"),
    "motion": ("livelier", "calmer"),
}


@dataclass(frozen=True, slots=True)
class Moment:
    """How two clips differ at one time."""

    seconds: float
    difference: float
    """Mean absolute difference of all three colours, 0..1."""
    similarity: float
    """Of structure (SSIM of luma), at most 1."""


@dataclass(frozen=True, slots=True)
class Difference:
    """How the pictures of two clips differ, as far as both go."""

    overall: float
    """Mean absolute difference of all three colours, 0..1, on the coded (gamma) scale."""
    luma: float
    """The same of luma (Rec. 709)."""
    changed: float
    """Share of the picture that changed visibly, 0..1."""
    similarity: float
    """Mean SSIM of luma, at most 1."""
    moments: tuple[Moment, ...]
    """Some, rising; none where both are the same file."""
    columns: int
    cells: tuple[float, ...]
    """A coarse grid over the picture, row by row from the top left: the mean difference there."""

    def to_json(self) -> dict[str, Any]:
        """Return it as it is kept."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Difference":
        """Return what `to_json` wrote.

        Raises:
            KeyError: A field is missing.
            TypeError: It is no such thing.
        """
        return cls(
            overall=kept["overall"],
            luma=kept["luma"],
            changed=kept["changed"],
            similarity=kept["similarity"],
            moments=tuple(Moment(**moment) for moment in kept["moments"]),
            columns=kept["columns"],
            cells=tuple(kept["cells"]),
        )


@dataclass(frozen=True, slots=True)
class MeasureChange:
    """One measure of both versions."""

    measure: str
    before: float
    after: float
    words: str
    """"22 % brighter"; empty where the change is too small to be one."""


def changes(before: Measures, after: Measures) -> tuple[MeasureChange, ...]:
    """Return how each measure changed, in a fixed order."""
    return tuple(
        MeasureChange(name, was, now, _words(name, was, now, before.luma, after.luma))
        for name in _WORDS
        for was, now in [(getattr(before, name), getattr(after, name))]
    )


def told(difference: Difference) -> str:
    """Return one or two sentences for people: how much of the picture changed, where, when."""
    if difference.overall < SAME:
        return "The two look the same."
    percent = round(100 * difference.changed)
    share = "Less than 1 %" if percent < 1 else f"{percent} %"
    return f"{share} of the picture changed; {_where(difference)}{_when(difference.moments)}."


def grid_of(shape: tuple[int, int], longest: int = 16) -> tuple[int, int]:
    """Return columns and rows of the grid for a picture of (width, height)."""
    width, height = shape
    scale = longest / max(width, height)
    return max(1, round(width * scale)), max(1, round(height * scale))


def _words(name: str, was: float, now: float, light: float, light_now: float) -> str:
    if abs(now - was) < _LEAST[name]:
        return ""
    word = _WORDS[name][0 if now > was else 1]
    if name == "warmth":
        # Relative to brightness, as the gate judges it: a darker picture has smaller casts.
        shift = now / (light_now + _DARK) - was / (light + _DARK)
        return _WORDS[name][0 if shift > 0 else 1]
    percent = round(100 * abs(now - was) / (was + _DARK))
    if percent < 1:
        return ""
    return (
        f"more than {_MOST_PERCENT} % {word}" if percent > _MOST_PERCENT else f"{percent} % {word}"
    )


def _where(difference: Difference) -> str:
    row = _main(_thirds(_rows(difference)), _ROWS)
    column = _main(_thirds(_columns(difference)), _COLUMNS)
    if row is None and column is None:
        return "the change is spread over it"
    is_high, is_aside = row in {"top", "bottom"}, column in {"left", "right"}
    if is_high:
        place = f"at the {row} {column}" if is_aside else f"at the {row}"
    else:
        place = f"on the {column}" if is_aside else "in the middle"
    return f"most of the change is {place}"


def _when(moments: Sequence[Moment]) -> str:
    if len(moments) < len(_ROWS):
        return ""
    most = max(moments, key=lambda moment: moment.difference)
    mean = sum(moment.difference for moment in moments) / len(moments)
    if most.difference < _SOON * mean:
        return ""
    return f", and it is greatest at {most.seconds:.1f} s"


def _main(thirds: Sequence[float], names: Sequence[str]) -> str | None:
    """Return the third that most of the change lies in, if it is one."""
    whole = sum(thirds)
    most = max(range(len(thirds)), key=lambda at: thirds[at])
    return names[most] if thirds[most] >= _MOSTLY * whole else None


def _rows(difference: Difference) -> list[float]:
    wide, cells = difference.columns, difference.cells
    return [sum(cells[start : start + wide]) for start in range(0, len(cells), wide)]


def _columns(difference: Difference) -> list[float]:
    return [sum(difference.cells[at :: difference.columns]) for at in range(difference.columns)]


def _thirds(lines: Iterable[float]) -> list[float]:
    """Return the sums over three equal parts; lines that two parts share are split."""
    values = list(lines)
    parts = [0.0, 0.0, 0.0]
    for at, value in enumerate(values):
        for part in range(3):
            begin, end = part * len(values) / 3, (part + 1) * len(values) / 3
            parts[part] += value * max(0.0, min(at + 1, end) - max(at, begin))
    return parts
