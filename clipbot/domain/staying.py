"""What new footage must not do, whatever was asked: the other half of what the gate looks at.

A promise says what is to change (`promises`). Here is what is to stay: the composition, unless
the wish is for another one; what moves; colours that nobody wanted otherwise; and what the
person asked to keep. The bands are wide for what is only taken for granted, and narrow for
what was said.

Tables, and what follows of them from an edit; `claims` judges by it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from clipbot.domain.plan import Edit, Kind, Operation, Strength
from clipbot.domain.promises import (
    FARTHEST,
    PROMISES,
    SIDE_EFFECTS,
    SPOILED,
    STRENGTHS,
    Measure,
)

KEPT: Final = 0.75
"""Composition of footage whose pixels were only graded. Local looks reach 0.9 and more; a
crop of a tenth, a shift of a twentieth, or a mirror stay below 0.72 (docs/gate.md)."""
FOUND_AGAIN: Final = 0.6
"""Arrangement where things may move otherwise."""
MADE_ANEW: Final = 0.45
"""Arrangement where a model made all pixels anew: nobody expects them to lie on the old ones."""
PARTLY: Final = 0.3
"""Arrangement where something comes, goes or turns into something else."""

COURSE: Final = 0.35
"""Least course of footage whose pixels were only graded. Looks reach 0.4 in a street that is nearly
black, and 0.85 elsewhere; half frozen footage has 0.25, any other order of moments none."""
COURSE_IN_WEATHER: Final = 0.05
"""The same where rain or snow falls through all of it, and moves as well."""

_MOVING: Final = frozenset({Kind.MOTION, Kind.SPEED})
_MOVING_MOODS: Final = frozenset({"calm", "energetic"})
_FALLING: Final = frozenset({"rain", "snow", "storm"})
_PARTS: Final = frozenset({Kind.SUBJECT, Kind.ADD, Kind.REMOVE})
_ELSEWHERE: Final = frozenset({Kind.CAMERA, Kind.BACKGROUND, Kind.REGENERATE, Kind.OTHER})
_FREE: Final = _PARTS | _ELSEWHERE
"""Where new things come into the picture, colours and motion follow them."""
_LIGHT: Final = frozenset({Measure.LUMA, Measure.CONTRAST})
_STILL: Final = re.compile(
    r"\b(fr(ee|o)z\w*|still\w*|standstill|motionless|unmoving|immobil\w*|photo\w*|stationary"
    r"|statue\w*|tableau\w*|stops?|static)\b"
)
"""Words that ask for a picture in which nothing moves."""

_WORDS: Final[Mapping[Measure, str]] = MappingProxyType(
    {
        Measure.LUMA: r"brightness|light|lighting|exposure|darkness",
        Measure.SATURATION: r"colou?rs?|palette|colou?ring|saturation",
        Measure.WARMTH: r"colou?rs?|palette|colou?ring|hues?|tones?|warmth|temperature",
        Measure.TINT: r"colou?rs?|palette|colou?ring|hues?|tones?|tint",
        Measure.CONTRAST: r"contrast",
        Measure.DETAIL: r"sharpness|detail|details|texture|textures|focus",
        Measure.MOTION: r"motion|movement|movements|pace|speed|tempo|rhythm|action",
    }
)
"""How people call what is to stay."""
_COMPOSITION: Final = re.compile(
    r"\b(composition|framing|frame|layout|shot|angle|perspective|scene|everything|all else"
    r"|the rest)\b"
)
_ALL: Final = re.compile(r"\b(everything|all else|the rest)\b")

_RATIOS: Final[Mapping[Measure, tuple[float, float, float]]] = MappingProxyType(
    {
        Measure.LUMA: (0.72, 1.38, 0.03),
        Measure.SATURATION: (0.6, 1.6, 0.08),
        Measure.CONTRAST: (0.7, 1.42, 0.01),
        Measure.DETAIL: (0.6, 1.9, 0.006),
        Measure.MOTION: (0.4, 2.2, 0.012),
    }
)
"""Least and most of what was there, and what more or less is no change at all."""
_NARROW: Final[Mapping[Measure, tuple[float, float, float]]] = MappingProxyType(
    {
        Measure.LUMA: (0.85, 1.18, 0.02),
        Measure.SATURATION: (0.78, 1.28, 0.04),
        Measure.CONTRAST: (0.8, 1.25, 0.01),
        Measure.DETAIL: (0.75, 1.4, 0.004),
        Measure.MOTION: (0.6, 1.7, 0.008),
    }
)
_STEPS: Final[Mapping[Measure, float]] = MappingProxyType(
    {Measure.WARMTH: 0.28, Measure.TINT: 0.16}
)
"""Most step of what is relative to brightness already; a cast that is there may also pale or
deepen, as it does with the light, but not turn into another."""
_NARROW_STEPS: Final[Mapping[Measure, float]] = MappingProxyType(
    {Measure.WARMTH: 0.1, Measure.TINT: 0.07}
)
_LEAST_DETAIL: Final = 0.42
"""Share of the sharpness that is left by whatever was asked, but for softness."""


@dataclass(frozen=True, slots=True)
class Staying:
    """What must stay as it is."""

    composition: float | None = KEPT
    """Least composition; None: another one may be wanted."""
    is_rough: bool = False
    """Whether the frame may move and time may run otherwise: then it is the arrangement."""
    taken_for_granted: frozenset[Measure] = frozenset()
    asked_for: frozenset[Measure] = frozenset()
    moves: bool = True
    """Whether what moved must still move."""
    course: float | None = None
    """Least course; None: things may move otherwise."""
    is_overlaid: bool = False
    """Whether something may fall through all of it: then what was seen there must be."""
    is_retimed: bool = False
    """Whether the pictures are the old ones, at other times."""
    farthest: float | None = None
    """Most way that colours may go; None: any."""
    spoiled: float = SPOILED["medium"] / 2
    """Share of the picture that may lose its drawing."""
    may_be_black: bool = False
    is_sharp: bool = False
    """Whether what was sharp must not be blurred."""
    must_change: bool = True
    is_small: bool = False
    """Whether what is wanted may be a small thing somewhere in the picture."""


def staying_for(edit: Edit, *, is_made_anew: bool = False) -> Staying:
    """Return what an edit leaves alone.

    Args:
        edit: The edit.
        is_made_anew: Whether the pixels are made by a model, rather than taken from the footage.
    """
    ops, said = edit.ops, " ".join(edit.keep).lower()
    promised = {measure for op in ops for measure in _promises(op)}
    asked_for = _said(said) - promised
    least, is_rough = _composition(ops, is_made_anew=is_made_anew)
    if least is None and _COMPOSITION.search(said):
        least, is_rough = PARTLY, True
    return Staying(
        composition=least,
        is_rough=is_rough,
        taken_for_granted=_granted(ops) - promised - asked_for,
        asked_for=asked_for,
        moves=not _may_stand_still(edit),
        course=None if is_rough else _course(ops),
        is_overlaid=_falls(ops),
        is_retimed=least == FOUND_AGAIN,
        farthest=_farthest(ops),
        spoiled=_spoiled(ops),
        is_sharp=least is not None and Measure.DETAIL not in promised,
        may_be_black=any(_promises(op).get(Measure.LUMA) == "down" for op in ops),
        is_small=bool(ops) and all(op.kind in _FREE for op in ops),
    )


def stays(measure: Measure, before: float, after: float, *, is_asked_for: bool) -> bool:
    """Return whether a measure is where it was, within its band."""
    if measure in _STEPS:
        most = (_NARROW_STEPS if is_asked_for else _STEPS)[measure]
        least_share, most_share = (0.7, 1.5) if is_asked_for else (0.0, 2.6)
        ends = sorted((least_share * before, most_share * before))
        return ends[0] - most <= after <= ends[1] + most
    low, high, noise = (_NARROW if is_asked_for else _RATIOS)[measure]
    return before * low - noise <= after <= before * high + noise


def is_blurred(before: float, after: float) -> bool:
    """Return whether footage lost more of its sharpness than any wish but one explains."""
    return after < _LEAST_DETAIL * before - 0.003


def _promises(op: Operation) -> Mapping[Measure, str]:
    return PROMISES.get((op.kind, op.direction), {}) if op.direction else {}


def _composition(ops: Sequence[Operation], *, is_made_anew: bool) -> tuple[float | None, bool]:
    """Return the least composition that the most sweeping operation leaves."""
    kinds = {op.kind for op in ops}
    if kinds & _ELSEWHERE or not ops:
        return None, True
    if kinds & _PARTS:
        return PARTLY, True
    if is_made_anew:
        return MADE_ANEW, True
    moves = any(op.kind in _MOVING or op.direction in _MOVING_MOODS for op in ops)
    return (FOUND_AGAIN, True) if moves else (KEPT, False)


def _course(ops: Sequence[Operation]) -> float:
    """Return how far what moves must move as it did, where nothing was to move otherwise."""
    return COURSE_IN_WEATHER if _falls(ops) else COURSE


def _falls(ops: Sequence[Operation]) -> bool:
    """Return whether rain or snow falls: fog only veils what is there."""
    return any(op.kind is Kind.WEATHER and op.direction in _FALLING for op in ops)


def _farthest(ops: Sequence[Operation]) -> float | None:
    """Return how far colours may go at most, if every operation says something about it."""
    ways = [FARTHEST.get((op.kind, op.direction or "")) for op in ops]
    known = [way[op.strength] for way, op in zip(ways, ops, strict=True) if way]
    return sum(known) if known and len(known) == len(ops) else None


def _granted(ops: Sequence[Operation]) -> frozenset[Measure]:
    """Return what none of the operations touches."""
    if not ops or any(op.kind in _FREE for op in ops):
        return frozenset()
    touched = {measure for op in ops for measure in SIDE_EFFECTS.get(op.kind, frozenset())}
    if any(op.kind in {Kind.LOOK, Kind.WEATHER, Kind.MOOD} for op in ops):
        # Grain and particles move, mist and glow hide what does.
        touched |= {Measure.MOTION, Measure.LUMA, Measure.WARMTH, Measure.TINT}
    if any(op.kind in _MOVING for op in ops):
        touched |= {Measure.DETAIL}
    return frozenset(Measure) - touched


def _said(words: str) -> frozenset[Measure]:
    """Return what the person asked to keep, among what is measured."""
    if _ALL.search(words):
        return frozenset()
    return frozenset(
        measure for measure, names in _WORDS.items() if re.search(rf"\b({names})\b", words)
    )


def _may_stand_still(edit: Edit) -> bool:
    """Return whether a picture in which nothing moves is what was asked for."""
    if any(op.kind in _FREE for op in edit.ops):
        return True
    slows = any(op.kind in _MOVING and op.direction == "down" for op in edit.ops)
    return slows and bool(_STILL.search(edit.instruction.lower()))


def _spoiled(ops: Sequence[Operation]) -> float:
    changes_light = any(
        set(_promises(op)) & _LIGHT or SIDE_EFFECTS.get(op.kind, frozenset()) & _LIGHT for op in ops
    )
    words: list[Strength] = [op.strength for op in ops] or ["medium"]
    return SPOILED[max(words, key=STRENGTHS.index)] * (1.0 if changes_light else 0.5)
