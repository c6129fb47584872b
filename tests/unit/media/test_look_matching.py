"""The look that is computed: closer to the other colours, and harmless to the rest."""

from math import hypot

import numpy as np
import pytest

from clipbot.domain.consistency import distance
from clipbot.domain.palettes import Lab, Match, Palette, look_name
from clipbot.domain.plan import Edit, Kind, Operation
from clipbot.media.looks import LOOKS, cubes, look_named
from clipbot.media.looks.colour import Colours, luma, skin
from clipbot.media.looks.matching import matched
from clipbot.media.looks.oklab import from_oklab, to_oklab
from clipbot.renderers.wishes import look_for, looks_for

GREYS = np.repeat(np.linspace(0.0, 1.0, 65)[:, np.newaxis], 3, axis=1)
STEP = 1 / 255
"""Of 8-bit video."""
FACES = np.array([[0.90, 0.72, 0.62], [0.76, 0.57, 0.45], [0.55, 0.38, 0.28], [0.36, 0.24, 0.17]])
RANDOM = np.random.default_rng
"""Seeded in each test: the same palettes in every run."""


def any_palette(random: np.random.Generator) -> Palette:
    mean = random.uniform((0.15, -0.1, -0.1), (0.85, 0.1, 0.1))
    return Palette(_lab(mean), _lab(random.uniform((0.03, 0.005, 0.005), (0.22, 0.06, 0.06))))


def usual_palette(random: np.random.Generator) -> Palette:
    """Return one of an ordinary picture: neither dark nor bright nor dyed."""
    mean = random.uniform((0.35, -0.04, -0.04), (0.65, 0.04, 0.04))
    return Palette(_lab(mean), _lab(random.uniform((0.08, 0.02, 0.02), (0.16, 0.04, 0.04))))


def palette(colours: Colours) -> Palette:
    lab = to_oklab(colours).reshape(-1, 3)
    mean, spread = lab.mean(axis=0), lab.std(axis=0)
    return Palette(_lab(mean), _lab(spread))


def _lab(values: Colours) -> Lab:
    return float(values[0]), float(values[1]), float(values[2])


def pixels(of: Palette, seed: int) -> Colours:
    """Return pixels with about this palette, all of them colours of a screen."""
    random = np.random.default_rng(seed)
    lab = np.array(of.mean) + np.array(of.spread) * random.standard_normal((4000, 3))
    return np.clip(from_oklab(lab), 0.0, 1.0)


def test_pixels_come_closer_by_more_than_half() -> None:
    random = RANDOM(1)
    for seed in range(100):
        shown, other = pixels(usual_palette(random), seed), usual_palette(random)
        source = palette(shown)
        before = distance(source, other)
        after = distance(palette(matched(shown, Match(source, other), 1.0)), other)
        assert after <= max(0.5 * before, 0.3)


@pytest.mark.parametrize("amount", [0.55, 1.0, 1.5])
def test_greys_keep_their_order_and_black_and_white_stay(amount: float) -> None:
    random = RANDOM(2)
    for _ in range(200):
        match = Match(any_palette(random), any_palette(random))
        light = luma(matched(GREYS, match, amount))[:, 0]
        assert np.all(np.diff(light) >= -STEP / 4)
        assert light[0] == pytest.approx(0.0, abs=0.01)
        assert light[-1] == pytest.approx(1.0, abs=0.01)


def test_skin_is_not_turned_and_not_dyed() -> None:
    random, before = RANDOM(3), to_oklab(FACES)
    assert skin(FACES).min() > 0.95
    for _ in range(300):
        source = usual_palette(random)
        if hypot(*source.spread[1:]) < hypot(*source.mean[1:]):
            continue  # all of it has one cast: nobody can tell what is skin
        after = to_oklab(matched(FACES, Match(source, usual_palette(random)), 1.0))
        hues = (np.arctan2(each[:, 2], each[:, 1]) for each in (after, before))
        turn = np.abs((np.subtract(*hues) + np.pi) % (2 * np.pi) - np.pi)
        chroma = [np.hypot(each[:, 1], each[:, 2]) for each in (before, after)]
        seen = chroma[1] > 0.01
        assert np.all(turn[seen] < np.array([0.3, 0.3, 0.4, 0.6])[seen])
        assert np.all(chroma[1] < 1.4 * chroma[0] + 0.01)


def test_a_match_with_itself_changes_next_to_nothing() -> None:
    random = RANDOM(4)
    for _ in range(50):
        same = any_palette(random)
        shown = pixels(same, 3)
        assert float(np.abs(matched(shown, Match(same, same), 1.0) - shown).mean()) < 0.03


def test_slight_goes_about_half_of_the_way() -> None:
    dark, light = (
        Palette((0.3, 0.0, -0.05), (0.1, 0.02, 0.02)),
        Palette((0.55, 0.0, 0.0), (0.1, 0.02, 0.02)),
    )
    shown = pixels(dark, 1)
    source = palette(shown)
    way = [
        palette(matched(shown, Match(source, light), amount)).mean[0] - source.mean[0]
        for amount in (0.55, 1.0, 1.5)
    ]
    assert 0.4 < way[0] / way[1] < 0.75
    assert way[1] == pytest.approx(way[2])


def test_the_look_goes_the_way_of_all_looks() -> None:
    match = Match(
        Palette((0.3, 0.0, 0.0), (0.1, 0.02, 0.02)), Palette((0.5, 0.0, 0.05), (0.1, 0.02, 0.02))
    )
    op = Operation(Kind.LOOK, "neighbours", "slight", match)
    assert looks_for([op]) == ((look_name(match), "slight"),)
    assert look_for(Operation(Kind.LOOK, "neighbours")) is None
    look = look_named(look_name(match))
    assert not look.moves
    table = cubes.table([(look.name, "medium")])
    assert table.shape == (cubes.SIZE**3, 3)
    assert (table.min(), table.max()) >= (0.0, 0.0)
    assert look_named("night") is LOOKS["night"]
    with pytest.raises(KeyError):
        look_named("no such look")
    assert Edit((1,), (op,)).ops[0].is_match
