"""Looks on photographs: which way each goes, how far, and what it leaves alone.

Four photographs in one picture, so that an answer does not hang on one of them; the
astronaut's face by itself, for skin.
"""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from skimage.color import deltaE_ciede2000, rgb2lab

from clipbot.domain.plan import Strength
from clipbot.media import looked
from clipbot.media.looks import AMOUNTS, LOOKS, Looks, colour
from clipbot.media.looks.colour import Colours
from clipbot.media.looks.graph import clip_graph
from clipbot.media.looks.moving import Picture
from tests import photographs, pictures
from tests.pictures import Pixels

STRENGTHS: tuple[Strength, ...] = ("slight", "medium", "strong")
GRADED = sorted(name for name, look in LOOKS.items() if look.grade)

LUMA, CONTRAST, DETAIL = pictures.luma, pictures.contrast, pictures.detail
SATURATION, WARMTH = pictures.saturation, pictures.warmth
Measured = Callable[[Pixels], float]
DIRECTIONS: Mapping[str, Sequence[tuple[Measured, int]]] = {
    "brighter": [(LUMA, 1)],
    "darker": [(LUMA, -1)],
    "night": [(LUMA, -1), (WARMTH, -1)],
    "day": [(LUMA, 1)],
    "sunset": [(WARMTH, 1), (LUMA, -1)],
    "dawn": [(CONTRAST, -1), (LUMA, 1)],
    "warmer": [(WARMTH, 1)],
    "cooler": [(WARMTH, -1)],
    "contrast": [(CONTRAST, 1)],
    "matte": [(CONTRAST, -1)],
    "desaturated": [(SATURATION, -1)],
    "vivid": [(SATURATION, 1)],
    "mono": [(SATURATION, -1)],
    "sepia": [(WARMTH, 1)],
    "dramatic": [(CONTRAST, 1), (DETAIL, 1)],
    "dreamy": [(DETAIL, -1), (LUMA, 1)],
    "gritty": [(DETAIL, 1), (SATURATION, -1)],
    "ethereal": [(LUMA, 1), (SATURATION, -1)],
    "more_motion": [(DETAIL, -1)],
    "rain": [(DETAIL, 1), (SATURATION, -1)],
    "snow": [(DETAIL, 1), (SATURATION, -1)],
    "haze": [(CONTRAST, -1), (SATURATION, -1), (LUMA, 1)],
    "overcast": [(CONTRAST, -1), (SATURATION, -1), (WARMTH, -1)],
    "storm": [(LUMA, -1), (SATURATION, -1), (WARMTH, -1)],
    "romantic": [(WARMTH, 1), (CONTRAST, -1)],
    "melancholic": [(LUMA, -1), (SATURATION, -1), (WARMTH, -1)],
    "mysterious": [(LUMA, -1), (WARMTH, -1)],
    "happy": [(LUMA, 1), (SATURATION, 1), (WARMTH, 1)],
    "vintage": [(CONTRAST, -1), (SATURATION, -1)],
    "film": [(DETAIL, 1), (SATURATION, 1)],
    "teal_orange": [(SATURATION, 1)],
    "bleach_bypass": [(SATURATION, -1), (CONTRAST, 1)],
    "noir": [(SATURATION, -1), (LUMA, -1)],
    "vhs": [(CONTRAST, -1), (SATURATION, -1)],
    "neon": [(LUMA, -1), (SATURATION, 1)],
    "golden": [(WARMTH, 1), (LUMA, 1)],
    "autumn": [(WARMTH, 1), (LUMA, -1)],
    "steel": [(WARMTH, -1), (SATURATION, -1)],
    "pastel": [(LUMA, 1), (SATURATION, -1), (CONTRAST, -1)],
    "glow": [(LUMA, 1), (DETAIL, -1)],
    "soft": [(DETAIL, -1)],
    "sharp": [(DETAIL, 1)],
    "vignette": [(LUMA, -1)],
}
ENOUGH: Mapping[Measured, float] = {
    LUMA: 1.5,
    CONTRAST: 0.4,
    DETAIL: 0.15,
    SATURATION: 0.008,
    WARMTH: 0.02,
}
"""Least difference that counts as one."""
UNSEEN = {"calm", "stars"}
"""Half speed does not show in a picture, nor do stars where there is no dark sky."""

LEAST_CHANGE = 1.8
LEAST_STEP = 1.0
"""Mean CIEDE2000; 1 is about what an eye tells apart side by side."""

BURNT = 250
MOST_BURNT = {"slight": 0.025, "medium": 0.025, "strong": 0.045}

GREYED = {"mono", "noir", "sepia", "night", "haze"}
"""After which skin has no hue of its own left, on purpose."""
COLOURED_LIGHT = {"neon": 22.0, "steel": 14.0, "cooler": 14.0}
"""Degrees of hue that skin may turn under looks that are coloured light."""
MOST_TURNED = 12.0


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("looks")


def four() -> Pixels:
    """Return the four photographs, two by two."""
    one, two, three, last = (photographs.photograph(name, 90, 60) for name in photographs.NAMES)
    return np.ascontiguousarray(np.vstack([np.hstack([one, two]), np.hstack([three, last])]))


@pytest.fixture(scope="module")
def shown(cache: Path) -> Callable[[str, Strength], Pixels]:
    """Return the four photographs with a look, each made once.

    What is nothing but a grade is graded here, not by filters, which is as true and quicker.
    """
    made: dict[tuple[str, Strength], Pixels] = {}

    def show(name: str, strength: Strength) -> Pixels:
        key = name, strength
        if key not in made:
            made[key] = (
                looked.still(four(), [key], cache=cache)
                if LOOKS[name].effects(1.0)
                else np.rint(255 * graded(name, four() / 255.0, strength)).astype(np.uint8)
            )
        return made[key]

    return show


@pytest.fixture(scope="module")
def untouched(cache: Path) -> Pixels:
    """Return the photographs as they are once they went through the filters' coding."""
    return looked.still(four(), [], cache=cache)


def distance(one: Pixels, other: Pixels) -> float:
    """Return the mean CIEDE2000 of two pictures."""
    labs = (rgb2lab(picture) for picture in (one, other))
    return float(deltaE_ciede2000(next(labs), next(labs)).mean())  # type: ignore[no-untyped-call]


def graded(name: str, colours: Colours, strength: Strength) -> Colours:
    grade = LOOKS[name].grade
    assert grade is not None
    return np.clip(colour.guarded(grade(colours, AMOUNTS[strength]), colours), 0.0, 1.0)


def test_there_are_at_least_thirty_looks_and_each_says_where_it_goes() -> None:
    assert len(LOOKS) >= 30
    assert set(DIRECTIONS) | UNSEEN == set(LOOKS)


@pytest.mark.parametrize("strength", STRENGTHS)
@pytest.mark.parametrize("name", DIRECTIONS)
def test_a_look_goes_where_its_name_says(
    name: str,
    strength: Strength,
    shown: Callable[[str, Strength], Pixels],
    untouched: Pixels,
) -> None:
    for measured, sign in DIRECTIONS[name]:
        difference = measured(shown(name, strength)) - measured(untouched)
        assert sign * difference > ENOUGH[measured], measured.__name__


@pytest.mark.parametrize("name", sorted(set(DIRECTIONS) - {"more_motion"}))
def test_slight_medium_and_strong_can_be_told_apart(
    name: str, shown: Callable[[str, Strength], Pixels], untouched: Pixels
) -> None:
    slight, medium, strong = (shown(name, strength) for strength in STRENGTHS)
    away = [distance(untouched, picture) for picture in (slight, medium, strong)]
    assert away[0] >= LEAST_CHANGE - LEAST_STEP
    assert away[1] >= LEAST_CHANGE
    assert away == sorted(away)
    assert distance(slight, medium) >= LEAST_STEP
    assert distance(medium, strong) >= LEAST_STEP


@pytest.mark.parametrize("strength", STRENGTHS)
@pytest.mark.parametrize("name", sorted(set(LOOKS) - UNSEEN))
def test_what_was_not_burnt_out_is_not_burnt_out_after(
    name: str,
    strength: Strength,
    shown: Callable[[str, Strength], Pixels],
    untouched: Pixels,
) -> None:
    def burnt(picture: Pixels) -> float:
        return float((picture >= BURNT).any(axis=2).mean())

    assert burnt(shown(name, strength)) - burnt(untouched) <= MOST_BURNT[strength]


@pytest.mark.parametrize("strength", STRENGTHS)
@pytest.mark.parametrize("name", sorted(set(GRADED) - GREYED))
def test_a_face_keeps_its_hue_and_some_of_its_colour(name: str, strength: Strength) -> None:
    before = photographs.face().reshape(-1, 3) / 255.0
    pink, yellow, strong = _skin(before)
    after_pink, after_yellow, after_strong = _skin(graded(name, before, strength))
    turned = np.degrees(np.arctan2(after_yellow, after_pink) - np.arctan2(yellow, pink))
    assert abs(turned) <= COLOURED_LIGHT.get(name, MOST_TURNED)
    assert 0.2 < after_strong / strong < 1.75


def _skin(colours: Colours) -> tuple[float, float, float]:
    """Return mean a*, b* and chroma."""
    lab = rgb2lab(colours[np.newaxis])[0]
    return (
        float(lab[:, 1].mean()),
        float(lab[:, 2].mean()),
        float(np.hypot(lab[:, 1], lab[:, 2]).mean()),
    )


@pytest.mark.parametrize("strength", STRENGTHS)
@pytest.mark.parametrize(
    "name", ["brighter", "day", "happy", "golden", "contrast", "vivid", "film"]
)
def test_a_face_is_not_bleached(name: str, strength: Strength) -> None:
    before = photographs.face().reshape(-1, 3) / 255.0
    after = graded(name, before, strength)
    assert (after.max(axis=1) > BURNT / 255).mean() <= (
        before.max(axis=1) > BURNT / 255
    ).mean() + 0.01
    bright = np.argsort(colour.luma(before)[:, 0])[len(before) // 2 :]
    drawn = [float(colour.luma(each)[bright, 0].std()) for each in (before, after)]
    assert drawn[1] > 0.4 * drawn[0]


def test_a_portrait_has_no_lamps_at_night(cache: Path) -> None:
    """Cheeks once shone like windows: a face is small, bright and warm, as lamps are."""
    portrait = photographs.photograph("astronaut")
    after = looked.still(portrait, [("night", "medium")], cache=cache)
    rows, columns = (
        slice(round(s.start * n), round(s.stop * n))
        for s, n in zip(photographs.FACE, portrait.shape[:2], strict=True)
    )
    assert pictures.luma(after[rows, columns]) < 0.5 * pictures.luma(portrait[rows, columns])
    assert float(np.percentile(after[rows, columns], 98)) < 120


def test_lamps_at_the_rocket_still_burn_at_night(cache: Path) -> None:
    picture = photographs.photograph("rocket")
    after = looked.still(picture, [("night", "medium")], cache=cache)
    lamps = (picture.min(axis=2) > 235) & (np.arange(200)[:, np.newaxis] > 150)
    assert lamps.sum() > 20
    assert after[lamps].mean() > 0.5 * picture[lamps].mean()


def test_teal_and_orange_turns_a_blue_sky_teal_and_leaves_the_face(cache: Path) -> None:
    picture = photographs.photograph("rocket")
    after = looked.still(picture, [("teal_orange", "strong")], cache=cache)
    sky = np.s_[20:80, 20:120]
    green, blue = (after[sky][..., channel].mean() for channel in (1, 2))
    was_green, was_blue = (picture[sky][..., channel].mean() for channel in (1, 2))
    assert green / blue > 1.25 * was_green / was_blue


def test_a_vignette_darkens_the_corners_and_not_the_middle(cache: Path) -> None:
    grey = np.full((160, 240, 3), 128, np.uint8)
    after = looked.still(grey, [("vignette", "medium")], cache=cache)
    assert pictures.luma(after[70:90, 110:130]) > 122
    assert pictures.luma(after[:10, :10]) < 80


@pytest.mark.parametrize("strength", STRENGTHS)
@pytest.mark.parametrize("name", GRADED)
def test_a_smooth_sky_stays_smooth(name: str, strength: Strength) -> None:
    """Neighbouring colours of a gradient stay neighbours: no edge, no dark band."""
    share = np.linspace(0.0, 1.0, 513)[:, np.newaxis]
    for low, high in SKIES:
        sky = np.array(low) + (np.array(high) - np.array(low)) * share
        after = graded(name, sky, strength)
        steps = np.abs(np.diff(after, axis=0)).max(axis=1)
        assert steps.max() < 3.5 / 255
        light = colour.luma(after)[:, 0]
        assert (np.maximum.accumulate(light) - light).max() < 1.5 / 255


SKIES = (
    ((0.10, 0.20, 0.45), (0.70, 0.80, 0.92)),
    ((0.25, 0.16, 0.30), (0.98, 0.72, 0.45)),
    ((0.02, 0.02, 0.03), (0.99, 0.99, 0.99)),
)
"""Midday, evening, and all greys."""
BANDLESS = ["brighter", "night", "sunset", "golden", "teal_orange", "steel", "dreamy", "haze"]


@pytest.mark.parametrize("name", BANDLESS)
def test_a_sky_shows_no_bands_in_eight_bits(name: str, cache: Path) -> None:
    """Through the whole graph, table and coding included: no step that an eye finds."""
    share = np.linspace(0.0, 1.0, 512)[np.newaxis, :, np.newaxis]
    for low, high in SKIES[:2]:
        sky = np.array(low) + (np.array(high) - np.array(low)) * share
        picture = np.rint(np.broadcast_to(255 * sky, (64, 512, 3))).astype(np.uint8)
        after = looked.still(np.ascontiguousarray(picture), [(name, "strong")], cache=cache)
        middle = after[32].astype(int)
        luma = middle @ [0.2126, 0.7152, 0.0722]
        assert np.abs(np.diff(luma)).max() < 5.0
        flat = np.convolve((np.abs(np.diff(luma)) < 0.2).astype(int), np.ones(24, int), "valid")
        assert flat.max() < 24


def test_looks_of_one_edit_share_one_table(cache: Path) -> None:
    several: Looks = [
        ("warmer", "medium"),
        ("film", "slight"),
        ("vignette", "strong"),
        ("haze", "slight"),
    ]
    graph = clip_graph(several, Picture(64, 36, Fraction(24), 4), "bt709", cache)
    assert [node.name for node in graph.nodes].count("lut3d") == 1
