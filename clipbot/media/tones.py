"""The tones of footage: colours of all of it and of its ends, and how lively those are.

Pictures are looked at in pairs of neighbours: three pairs in the first second, three in the
last one, four between. A cut is judged by its two sides, which the means over whole clips
do not show.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from clipbot.domain.palettes import End, Lab, Palette, Tones, mean_motion
from clipbot.errors import FootageRejected
from clipbot.media.looks.oklab import to_oklab
from clipbot.media.measure import pictures_at
from clipbot.media.pictures import Pixels

EDITION: Final = "1"
"""Part of every kept file's name; raised when something is measured in another way."""
_END_SECONDS: Final = 1.0
_AT_ENDS: Final = 3
_BETWEEN: Final = 4
_SIDE: Final = (80, 45)
"""Frames are shrunk by averaging to this (width, height): enough for means and spreads."""

Numbers = npt.NDArray[np.float64]


def tones(path: Path) -> Tones:
    """Measure verified footage.

    Raises:
        FootageRejected: The footage cannot be decoded.
    """
    chosen: list[list[int]] = []

    def choose(seconds: Sequence[float]) -> list[int]:
        chosen.extend(_places(seconds))
        return sorted({at + step for part in chosen for at in part for step in (0, 1)})

    pictures = {at: _lab(each) for at, each in pictures_at(path, choose, _SIDE).items()}
    if not pictures:
        raise FootageRejected("the file holds no pictures")
    head, between, tail = chosen
    whole = np.concatenate([each.reshape(-1, 3) for each in pictures.values()])
    return Tones(
        whole=Palette(_three(whole.mean(axis=0)), _three(whole.std(axis=0))).rounded(),
        motion=_motion(pictures, [*head, *between, *tail]),
        head=_end(pictures, head),
        tail=_end(pictures, tail),
    )


def _places(seconds: Sequence[float]) -> tuple[list[int], list[int], list[int]]:
    """Return where pairs begin: in the first second, between, and in the last one."""
    count = len(seconds)
    if not count:
        return [], [], []
    ends = seconds[0] + _END_SECONDS, seconds[-1] - _END_SECONDS
    first = sum(second <= ends[0] for second in seconds)
    last = sum(second < ends[1] for second in seconds)
    return (
        _spread(0, first, _AT_ENDS),
        _spread(min(first, last), max(first, last), _BETWEEN),
        _spread(last, count, _AT_ENDS),
    )


def _spread(start: int, stop: int, count: int) -> list[int]:
    """Return up to so many places, evenly spread, each with a neighbour behind it."""
    most = max(1, stop - 1 - start)
    return sorted({start + int((number + 0.5) * most / count) for number in range(count)})


def _lab(picture: Pixels) -> Numbers:
    return np.asarray(to_oklab(picture.astype(np.float64) / 255))


def _end(pictures: dict[int, Numbers], pairs: Sequence[int]) -> End:
    seen = [pictures[at] for pair in pairs for at in (pair, pair + 1) if at in pictures]
    every = np.concatenate([each.reshape(-1, 3) for each in seen or list(pictures.values())])
    return End(_three(every.mean(axis=0).round(4)), _motion(pictures, pairs))


def _motion(pictures: dict[int, Numbers], pairs: Sequence[int]) -> float:
    steps = [
        float(np.abs(pictures[at + 1][..., 0] - pictures[at][..., 0]).mean())
        for at in pairs
        if at in pictures and at + 1 in pictures
    ]
    return round(mean_motion(steps), 5)


def _three(values: Numbers) -> Lab:
    return float(values[0]), float(values[1]), float(values[2])
