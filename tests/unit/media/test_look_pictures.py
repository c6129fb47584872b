"""Looks on whole pictures: every filter, through the same graph as previews and clips."""

import io
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from clipbot.domain.plan import Strength
from clipbot.media.looked import preview_frame
from clipbot.media.looks import Looks, particles
from clipbot.media.looks.effects import ParticleKind, Particles
from tests import pictures
from tests.pictures import Pixels

KINDS: tuple[ParticleKind, ...] = ("rain", "snow", "stars")


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("looks")


def seen(source: str, looks: Looks, cache: Path) -> tuple[Pixels, Pixels]:
    before, after = preview_frame(pictures.clip_of(source), looks, cache=cache)
    opened = (np.asarray(Image.open(io.BytesIO(still))) for still in (before, after))
    return next(opened), next(opened)


def middle(picture: Pixels) -> float:
    """Return the median luma: what a few flakes do not change."""
    return float(np.median(picture.astype(np.float64) @ [0.2126, 0.7152, 0.0722]))


@pytest.mark.parametrize(
    ("name", "measured", "least", "most"),
    [
        ("brighter", pictures.luma, 12, 60),
        ("darker", pictures.luma, -60, -12),
        ("night", pictures.luma, -110, -50),
        ("night", pictures.warmth, -1.5, -0.3),
        ("day", pictures.luma, 8, 50),
        ("sunset", pictures.warmth, 0.12, 1.0),
        ("sunset", pictures.luma, -45, 0),
        ("dawn", pictures.contrast, -30, -4),
        ("warmer", pictures.warmth, 0.08, 0.6),
        ("warmer", pictures.luma, -4, 4),
        ("cooler", pictures.warmth, -0.6, -0.08),
        ("cooler", pictures.luma, -4, 4),
        ("contrast", pictures.contrast, 4, 40),
        ("desaturated", pictures.saturation, -0.6, -0.08),
        ("vivid", pictures.saturation, 0.05, 0.5),
        ("sepia", pictures.warmth, 0.1, 1.0),
        ("dramatic", pictures.contrast, 2, 40),
        ("dreamy", pictures.detail, -9, -0.3),
        ("dreamy", pictures.luma, 5, 70),
        ("gritty", pictures.detail, 2, 40),
        ("gritty", pictures.saturation, -0.6, -0.01),
        ("ethereal", pictures.luma, 15, 110),
        ("ethereal", pictures.saturation, -0.6, -0.05),
        ("rain", pictures.saturation, -0.3, -0.02),
        ("snow", pictures.saturation, -0.3, -0.02),
        ("rain", pictures.detail, 0.1, 9),
        ("snow", pictures.detail, 0.1, 9),
    ],
)
def test_a_look_goes_where_its_name_says_and_not_too_far(
    name: str,
    measured: Callable[[Pixels], float],
    least: float,
    most: float,
    cache: Path,
) -> None:
    before, after = seen("photograph", [(name, "medium")], cache)
    assert least < measured(after) - measured(before) < most


def test_mono_leaves_no_colour(cache: Path) -> None:
    _, after = seen("photograph", [("mono", "medium")], cache)
    assert np.ptp(after.astype(int), axis=2).max() <= 3


@pytest.mark.parametrize("name", ["brighter", "darker", "contrast", "desaturated", "vivid", "mono"])
@pytest.mark.parametrize("source", ["gray", "#404040"])
def test_a_grey_picture_stays_neutral(name: str, source: str, cache: Path) -> None:
    _, after = seen(source, [(name, "strong")], cache)
    assert np.abs(pictures.cast(after)).max() < 1.2


@pytest.mark.parametrize("name", ["day", "dramatic", "gritty", "rain", "snow", "stars", "dreamy"])
def test_effects_do_not_tint_a_grey_picture(name: str, cache: Path) -> None:
    """Dramatic is teal in its shadows on purpose; nothing may go magenta."""
    _, after = seen("gray", [(name, "strong")], cache)
    red, green, blue = pictures.cast(after)
    assert (red + blue) / 2 - green < 1.5
    if name not in {"dramatic", "dreamy"}:
        assert np.abs([red, green, blue]).max() < 1.5


@pytest.mark.parametrize("strength", ["medium", "strong"])
@pytest.mark.parametrize("name", ["dreamy", "ethereal"])
@pytest.mark.parametrize("source", ["gray", "#C0C0C0"])
def test_a_glow_does_not_turn_the_picture_magenta(
    name: str, source: str, strength: Strength, cache: Path
) -> None:
    _, after = seen(source, [(name, strength)], cache)
    red, green, blue = pictures.cast(after)
    assert (red + blue) / 2 - green < 2.5


@pytest.mark.parametrize("name", ["night", "sunset", "dramatic", "gritty", "rain", "snow", "stars"])
def test_black_is_not_veiled(name: str, cache: Path) -> None:
    """A mask, or a glow, whose "nothing" is 16 instead of 0 lifts the whole picture."""
    _, after = seen("black", [(name, "medium")], cache)
    assert np.median(after) <= 4


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("source", ["gray", "black", "photograph"])
def test_particles_leave_the_brightness_as_it_is(
    kind: ParticleKind, source: str, cache: Path
) -> None:
    before, after = seen(source, [(kind, "medium")], cache)
    assert abs(pictures.luma(after) - pictures.luma(before)) < 5.0
    assert abs(middle(after) - middle(before)) <= 2


def test_lamps_keep_burning_at_night(cache: Path) -> None:
    before, after = seen("photograph", [("night", "medium")], cache)
    lamp = np.s_[88:97, 152:160]
    sky = np.s_[10:40, 100:200]
    assert pictures.luma(after[lamp]) > 0.75 * pictures.luma(before[lamp])
    assert pictures.luma(after[sky]) < 0.5 * pictures.luma(before[sky])


def test_neither_a_shirt_nor_a_face_is_a_lamp(cache: Path) -> None:
    before, after = seen("photograph", [("night", "medium")], cache)
    for place in (np.s_[110:150, 290:300], np.s_[100:130, 55:75]):
        assert pictures.luma(after[place]) < 0.6 * pictures.luma(before[place])


def test_lamps_obey_the_other_looks_of_the_edit(cache: Path) -> None:
    _, after = seen("photograph", [("night", "medium"), ("mono", "medium")], cache)
    assert np.ptp(after[88:97, 152:160].astype(int), axis=2).max() <= 30


def test_stars_shine_in_a_dark_sky_and_not_on_what_is_bright_or_warm(cache: Path) -> None:
    for source, dots in (("#101830", True), ("#E0E8F0", False), ("#C08060", False)):
        before, after = seen(source, [("stars", "medium")], cache)
        changed = (np.abs(after.astype(int) - before).max(axis=2) > 40).sum()
        assert (changed > 20) == dots, source


@pytest.mark.parametrize("name", ["gritty", "rain", "snow", "stars", "night"])
def test_a_preview_is_the_same_every_time(name: str, cache: Path, tmp_path: Path) -> None:
    here = preview_frame(pictures.clip_of("photograph"), [(name, "strong")], cache=cache)
    fresh = preview_frame(pictures.clip_of("photograph"), [(name, "strong")], cache=tmp_path)
    assert here == fresh


def test_two_looks_with_vignettes_make_one_vignette(cache: Path) -> None:
    _, once = seen("gray", [("dramatic", "medium")], cache)
    _, twice = seen("gray", [("dramatic", "medium"), ("dramatic", "medium")], cache)
    corner = np.s_[:8, :8]
    assert abs(pictures.luma(once[corner]) - pictures.luma(twice[corner])) < 12


@pytest.mark.parametrize("kind", KINDS)
def test_particles_move_and_their_loop_has_no_jump(kind: ParticleKind) -> None:
    rate, some = Fraction(6), Particles(kind, 1.0)
    loop = list(particles.masks(some, 160, 90, rate))
    steps = [
        float(np.abs(a.astype(int) - b).mean())
        for a, b in zip(loop, [*loop[1:], loop[0]], strict=True)
    ]

    assert len(loop) == particles.frames_of(kind, rate)
    assert min(steps) > 0
    assert steps[-1] <= 1.3 * max(steps[:-1])
    assert any(mask.max() > 25 for mask in loop)


@pytest.mark.parametrize("kind", KINDS)
def test_more_particles_for_a_stronger_word(kind: ParticleKind) -> None:
    def covered(density: float) -> float:
        return float(particles.still(Particles(kind, density), 320, 180, Fraction(24)).mean())

    assert covered(0.55) < covered(1.0) < covered(1.5)


def test_a_loop_is_drawn_the_same_every_time(tmp_path: Path) -> None:
    loops = [
        particles.loop(Particles("snow", 1.0), 64, 36, Fraction(4), tmp_path / folder)
        for folder in ("one", "one", "two")
    ]
    assert loops[0] == loops[1] != loops[2]
    assert loops[0].read_bytes() == loops[2].read_bytes()
    assert len(pictures.frames_of(loops[0])) == particles.frames_of("snow", Fraction(4))
