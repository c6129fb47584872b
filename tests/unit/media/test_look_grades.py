"""Grades, on colours alone: no video is involved."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from clipbot.domain.plan import Strength
from clipbot.media.looks import AMOUNTS, LOOKS, Looks, colour, cubes
from clipbot.media.looks.colour import Colours
from tests import pictures

GRADED = sorted(name for name, look in LOOKS.items() if look.grade)
STRENGTHS: tuple[Strength, ...] = ("slight", "medium", "strong")
NEUTRAL = (
    *("brighter", "darker", "day", "contrast", "matte", "desaturated", "vivid", "mono"),
    *("gritty", "bleach_bypass", "noir", "pastel"),
)
TINTS = {
    **dict.fromkeys(("sunset", "warmer", "sepia", "romantic", "happy", "golden", "autumn"), 1),
    **dict.fromkeys(("dreamy", "film", "vintage", "dramatic", "teal_orange", "dawn"), 1),
    **dict.fromkeys(("night", "cooler", "steel", "storm", "melancholic", "mysterious"), -1),
    **dict.fromkeys(("ethereal", "haze", "overcast", "vhs", "neon"), -1),
}
"""Looks that are meant to tint, and whether middle grey turns warm or cold."""
MOST_TINT = 0.6
MAGENTA = {"neon": 0.26, "sunset": 0.17}
MOST_MAGENTA = 0.06
LIFTED = {
    "dawn": 0.30,
    "matte": 0.26,
    "sepia": 0.16,
    "dreamy": 0.17,
    "ethereal": 0.24,
    "haze": 0.52,
    "overcast": 0.15,
    "romantic": 0.20,
    "vintage": 0.20,
    "film": 0.09,
    "vhs": 0.22,
    "pastel": 0.37,
}
"""Looks that are meant to fade black, and how far the strongest may."""
DULLED = {"night": 0.40, "haze": 0.75, "matte": 0.80, "overcast": 0.80}
"""Looks that are meant to lower white, and where it has to stay."""
PALETTE = np.array(
    [pictures.SKY, pictures.GROUND, pictures.SKIN, pictures.LAMP, pictures.LEAF, (26, 24, 30)]
) / np.array(255.0)
GREYS = np.repeat(np.linspace(0.0, 1.0, 41)[:, np.newaxis], 3, axis=1)

COLOURS = hnp.arrays(np.float64, (5, 3), elements=st.floats(0.0, 1.0))


def graded(name: str, colours: Colours, strength: Strength = "medium") -> Colours:
    grade = LOOKS[name].grade
    assert grade is not None
    return np.clip(grade(colours, AMOUNTS[strength]), 0.0, 1.0)


def saturation(colours: Colours) -> float:
    most = np.maximum(colours.max(axis=-1), 1e-6)
    return float(((most - colours.min(axis=-1)) / most).mean())


def warmth(colours: Colours) -> float:
    return float((colours[:, 0] - colours[:, 2]).mean() / colour.luma(colours).mean())


def light(colours: Colours) -> float:
    return float(colour.luma(colours).mean())


@pytest.mark.parametrize("strength", STRENGTHS)
@pytest.mark.parametrize("name", NEUTRAL)
def test_grey_stays_grey_under_a_neutral_look(name: str, strength: Strength) -> None:
    assert np.ptp(graded(name, GREYS, strength), axis=1).max() < 1e-6


def test_every_grade_is_either_neutral_or_meant_to_tint() -> None:
    assert set(NEUTRAL) | set(TINTS) == set(GRADED)
    assert not set(NEUTRAL) & set(TINTS)


@pytest.mark.parametrize("strength", STRENGTHS)
@pytest.mark.parametrize("name", TINTS)
def test_a_tint_is_the_one_that_is_meant(name: str, strength: Strength) -> None:
    after = graded(name, GREYS, strength)
    red, green, blue = after.T
    assert TINTS[name] * (red - blue)[10:31].mean() > 0.002
    assert np.ptp(after, axis=1).max() < MOST_TINT
    assert ((red + blue) / 2 - green).max() < MAGENTA.get(name, MOST_MAGENTA)


@pytest.mark.parametrize("strength", STRENGTHS)
@pytest.mark.parametrize("name", GRADED)
def test_black_stays_black_and_white_white_unless_fading_is_meant(
    name: str, strength: Strength
) -> None:
    after = graded(name, GREYS, strength)
    assert after[0].max() <= LIFTED.get(name, 0.005)
    assert float(colour.luma(after)[-1, 0]) >= DULLED.get(name, 0.85)
    assert np.ptp(after[0]) < (0.13 if name in LIFTED else 0.005)


@pytest.mark.parametrize("strength", STRENGTHS)
@pytest.mark.parametrize("name", ["dreamy", "ethereal"])
def test_soft_looks_do_not_turn_grey_magenta(name: str, strength: Strength) -> None:
    """Screening chroma like luma once did that to every picture (facts/video.md §8)."""
    red, green, blue = graded(name, GREYS, strength).T
    magenta = (red + blue) / 2 - green
    assert magenta.max() < 0.012


@pytest.mark.parametrize("name", GRADED)
def test_brighter_greys_stay_brighter_than_darker_ones(name: str) -> None:
    for strength in STRENGTHS:
        ramp = colour.luma(graded(name, GREYS, strength))[:, 0]
        assert (np.diff(ramp) > -1e-9).all()


@pytest.mark.parametrize("name", GRADED)
def test_a_stronger_word_changes_more(name: str) -> None:
    changes = [
        float(np.abs(graded(name, PALETTE, strength) - PALETTE).mean()) for strength in STRENGTHS
    ]
    slight, medium, strong = changes
    assert slight > 0.008
    assert medium > slight * 1.15
    assert strong > medium * 1.05


@pytest.mark.parametrize(
    ("name", "measured", "sign"),
    [
        ("brighter", light, 1),
        ("darker", light, -1),
        ("night", light, -1),
        ("night", warmth, -1),
        ("day", light, 1),
        ("sunset", warmth, 1),
        ("warmer", warmth, 1),
        ("cooler", warmth, -1),
        ("desaturated", saturation, -1),
        ("vivid", saturation, 1),
        ("mono", saturation, -1),
        ("ethereal", light, 1),
        ("ethereal", saturation, -1),
        ("gritty", saturation, -1),
    ],
)
@pytest.mark.parametrize("strength", STRENGTHS)
def test_a_grade_goes_where_its_name_says(
    name: str, measured: Callable[[Colours], float], sign: int, strength: Strength
) -> None:
    assert sign * (measured(graded(name, PALETTE, strength)) - measured(PALETTE)) > 0.004


def test_warmer_and_cooler_leave_brightness_alone() -> None:
    for name in ("warmer", "cooler", "vivid", "desaturated"):
        assert graded(name, PALETTE) @ colour.REC709 == pytest.approx(
            PALETTE @ colour.REC709, abs=0.03
        )


def test_skin_is_graded_more_gently_than_other_colours() -> None:
    skin = np.array([pictures.SKIN]) / 255
    cloth = np.array([[150, 205, 120]]) / 255
    for name in ("vivid", "warmer", "cooler"):
        shifts = [float(np.abs(graded(name, colours) - colours).max()) for colours in (skin, cloth)]
        assert shifts[0] < shifts[1] * 0.85, name


def test_a_blue_sky_does_not_turn_green_in_warm_light() -> None:
    for name in ("warmer", "sunset"):
        for strength in STRENGTHS:
            red, green, blue = graded(name, np.array([pictures.SKY]) / 255, strength)[0]
            assert green <= max(red, blue) + 0.015, (name, strength)


def test_highlights_keep_their_drawing_under_bright_looks() -> None:
    bright = np.repeat(np.array([[0.80], [0.88], [0.96]]), 3, axis=1)
    for name in ("brighter", "day", "contrast", "vivid"):
        steps = np.diff(graded(name, bright, "strong")[:, 1])
        assert steps.min() > 0.01, name


def test_black_lifted_by_a_soft_look_is_grey_and_not_speckled() -> None:
    """Coding noise in near black is red and blue; multiplied, it shows."""
    noise = np.array([[0.02, 0.01, 0.03], [0.03, 0.01, 0.01], [0.01, 0.02, 0.02]])
    for name in ("dreamy", "ethereal", "brighter"):
        assert np.ptp(graded(name, noise, "strong"), axis=1).max() < 0.07, name


@given(COLOURS)
@settings(max_examples=40)
def test_bringing_colours_into_the_cube_keeps_their_luma(colours: Colours) -> None:
    wild = (colours - 0.3) * 2.0
    grey = np.clip(colour.luma(wild), 0.0, 1.0)

    fitted = colour.fitted(wild)

    assert fitted.min() >= 0.0
    assert fitted.max() <= 1.0
    inside = (colour.luma(wild) >= 0.0) & (colour.luma(wild) <= 1.0)
    assert np.where(inside, colour.luma(fitted), 0) == pytest.approx(np.where(inside, grey, 0))


@given(COLOURS, st.sampled_from(GRADED), st.sampled_from(STRENGTHS))
@settings(max_examples=80)
def test_no_highlight_closes_and_skin_least(
    colours: Colours, name: str, strength: Strength
) -> None:
    after = colour.guarded(graded(name, colours, strength), colours)
    left = (1.0 - after.max(axis=-1)) / np.maximum(1.0 - colours.max(axis=-1), 1e-9)
    # Nearer to white than that, it is the rounding of floats that is compared.
    assert (left > 0.4 - 1e-6)[colours.max(axis=-1) < 1.0 - 1e-8].all()
    skin = (colour.skin(colours)[..., 0] > 0.99) & (colours.max(axis=-1) > 0.94)
    assert (left > 0.69)[skin].all()


@given(COLOURS, st.sampled_from(GRADED), st.sampled_from(STRENGTHS))
@settings(max_examples=80)
def test_every_grade_maps_every_colour_into_the_cube(
    colours: Colours, name: str, strength: Strength
) -> None:
    grade = LOOKS[name].grade
    assert grade is not None
    after = grade(colours, AMOUNTS[strength])
    assert np.isfinite(after).all()
    assert after.min() > -0.01
    assert after.max() < 1.01


def test_a_table_holds_all_looks_in_their_order(tmp_path: Path) -> None:
    grey_first: Looks = [("mono", "medium"), ("warmer", "medium")]
    grey_last: Looks = [("warmer", "medium"), ("mono", "medium")]

    assert cubes.table(grey_first).shape == (33**3, 3)
    assert np.ptp(cubes.table(grey_first), axis=1).max() > 0.05
    assert np.ptp(cubes.table(grey_last), axis=1).max() < 1e-6
    assert cubes.cube(grey_first, tmp_path) != cubes.cube(grey_last, tmp_path)


def test_a_cube_file_is_made_once_and_read_by_ffmpeg_as_red_fastest(tmp_path: Path) -> None:
    path = cubes.cube([("sepia", "medium"), ("calm", "strong")], tmp_path)
    written = path.stat().st_mtime_ns, path.read_text()
    rows = path.read_text().splitlines()

    assert cubes.cube([("sepia", "medium")], tmp_path) == path
    assert path.read_text() == written[1]
    assert rows[0] == "LUT_3D_SIZE 33"
    assert len(rows) == 1 + 33**3
    table = cubes.table([("sepia", "medium")])
    assert [float(number) for number in rows[2].split()] == pytest.approx(table[1], abs=1e-5)


@given(hnp.arrays(np.float64, (4, 3), elements=st.floats(0.0, 1.0)))
def test_numbers_are_written_as_python_would(colours: Colours) -> None:
    rows = cubes._text(colours).decode().splitlines()[1:]
    assert rows == [" ".join(f"{round(n * 10**5) / 10**5:.5f}" for n in row) for row in colours]


def test_cubes_that_nothing_uses_are_dropped(tmp_path: Path) -> None:
    path = cubes.cube([("mono", "medium")], tmp_path)
    cubes.prune(tmp_path)
    assert path.exists()
    cubes.prune(tmp_path, unused_seconds=-60)
    assert not path.exists()
