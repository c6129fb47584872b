"""Each strength of each look is a picture of its own: what takes of looks are made of."""

from itertools import combinations

import numpy as np
import pytest

from clipbot.media import looked
from clipbot.media.looks import AMOUNTS, LOOKS

SIZE = (90, 160)
SLOWED = {"calm"}
"""It changes time, which one picture cannot show."""


@pytest.mark.parametrize("name", sorted(set(LOOKS) - SLOWED))
def test_each_strength_shows(name: str) -> None:
    height, width = np.mgrid[0 : SIZE[0], 0 : SIZE[1]]
    random = np.random.default_rng(1)
    ramps = np.stack([width * 255 / SIZE[1], height * 255 / SIZE[0], (width + height) % 255], -1)
    picture = (0.7 * ramps + random.integers(0, 60, ramps.shape)).astype(np.uint8)
    seen = [looked.still(picture, ((name, strength),)).astype(int) for strength in AMOUNTS]
    assert all(np.abs(one - other).mean() > 0.2 for one, other in combinations(seen, 2))


@pytest.mark.parametrize("name", sorted(SLOWED))
def test_each_strength_slows(name: str) -> None:
    assert len({LOOKS[name].effects(amount) for amount in AMOUNTS.values()}) == len(AMOUNTS)
