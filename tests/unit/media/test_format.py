"""The picture format of a film."""

from dataclasses import dataclass, replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clipbot.media.format import (
    LARGEST,
    RATES,
    RATIOS,
    Format,
    majority,
    sizes_for_ratio,
    working_rate,
    working_size,
)


@dataclass(frozen=True)
class Picture:
    width: int
    height: int
    rate: Fraction


HD = Picture(1280, 720, Fraction(24))


@settings(deadline=None)
@given(st.fractions(1, 120, max_denominator=1001))
def test_a_frame_is_a_whole_number_of_ticks(rate: Fraction) -> None:
    picture = Format(1280, 720, rate)
    assert Fraction(picture.timescale, picture.ticks_per_frame) == rate
    assert picture.timescale >= 10_000


@pytest.mark.parametrize(
    "other",
    [
        {"width": 1282},
        {"height": 722},
        {"rate": Fraction(25)},
        {"crf": 25},
        {"preset": "fast"},
        {"threads": 1},
    ],
)
def test_everything_that_changes_bytes_is_in_the_key(other: dict[str, object]) -> None:
    picture = Format(1280, 720, Fraction(24))
    assert picture.key != replace(picture, **other).key  # type: ignore[arg-type]


def test_an_odd_size_is_refused() -> None:
    with pytest.raises(ValueError, match="even"):
        Format(1281, 720, Fraction(24))
    with pytest.raises(ValueError, match="rate"):
        Format(1280, 720, Fraction(0))


def test_the_level_allows_the_size() -> None:
    assert "4.2" in Format(1920, 1080, Fraction(24)).encoder()
    assert "5.2" in Format(3840, 2160, Fraction(24)).encoder()


@pytest.mark.parametrize(
    ("ratio", "size"),
    [
        ("16:9", (1280, 720)),
        ("9:16", (720, 1280)),
        ("1:1", (720, 720)),
        ("4:3", (960, 720)),
        ("3:4", (720, 960)),
        ("21:9", (1680, 720)),
    ],
)
def test_a_ratio_has_a_size(ratio: str, size: tuple[int, int]) -> None:
    assert sizes_for_ratio(ratio) == size


@pytest.mark.parametrize("ratio", ["", "16", "16:0", "-1:2", "wide:high"])
def test_nonsense_is_no_ratio(ratio: str) -> None:
    with pytest.raises(ValueError, match="not an aspect ratio"):
        sizes_for_ratio(ratio)


def test_the_majority_decides_and_the_first_wins_a_tie() -> None:
    other = Picture(640, 360, Fraction(30))
    assert majority([other, HD, HD]) == Format(1280, 720, Fraction(24))
    assert majority([other, HD]) == Format(640, 360, Fraction(30))
    assert majority([HD, replace(HD, rate=Fraction(25)), replace(other, rate=Fraction(25))]) == (
        Format(1280, 720, Fraction(25))
    )


def test_a_film_without_clips_has_the_ratio_that_was_asked_for() -> None:
    assert majority([], "9:16") == Format(720, 1280, Fraction(24))


@pytest.mark.parametrize(
    ("given", "film"),
    [
        ("24", 24),
        ("24000/1001", 24),
        ("25", 25),
        ("30000/1001", 30),
        ("60", 30),
        ("60000/1001", 30),
        ("50", 25),
        ("120", 30),
        ("12", 24),
        ("25/2", 25),
        ("15", 30),
        ("10", 24),
        ("1", 24),
        ("18", 24),
        ("239/10", 24),
        ("281/10", 30),
        ("48", 24),
        ("240", 30),
    ],
)
def test_a_film_has_a_usual_rate(given: str, film: int) -> None:
    assert working_rate(Fraction(given)) == film


@settings(deadline=None)
@given(st.fractions(1, 240, max_denominator=1001))
def test_every_rate_that_footage_may_have_leads_to_a_usual_one(rate: Fraction) -> None:
    assert working_rate(rate) in RATES


@pytest.mark.parametrize(
    ("given", "film"),
    [
        # As they are, also where 16:9 is not met to the pixel.
        ((1280, 720), (1280, 720)),
        ((1366, 768), (1366, 768)),
        ((848, 480), (848, 480)),
        ((832, 480), (832, 480)),
        ((720, 1280), (720, 1280)),
        ((960, 960), (960, 960)),
        ((960, 720), (960, 720)),
        # Odd, and meant to be a usual ratio.
        ((853, 481), (854, 480)),
        ((853, 480), (854, 480)),
        ((481, 853), (480, 854)),
        ((855, 481), (854, 480)),
        ((721, 721), (720, 720)),
        # Too large, too small.
        ((3840, 2160), (1920, 1080)),
        ((1920, 1088), (1920, 1080)),
        ((4096, 2160), (1920, 1080)),
        ((2000, 2000), (1080, 1080)),
        ((1600, 1200), (1440, 1080)),
        ((16, 9), (56, 32)),
        # Of no usual ratio: whole inside the one that was asked for.
        ((1680, 720), (1678, 944)),
        ((768, 512), (910, 512)),
    ],
)
def test_a_film_has_a_usual_size(given: tuple[int, int], film: tuple[int, int]) -> None:
    assert working_size(*given) == film


def test_the_clips_decide_the_ratio_where_they_have_one() -> None:
    """The job's own word counts for pictures of no usual ratio."""
    assert working_size(1280, 720, "9:16") == (1280, 720)
    assert working_size(768, 512, "1:1") == (768, 768)
    assert working_size(768, 512, "4:3") == (768, 576)
    assert working_size(1680, 720, "21:9") == (1680, 720)


SIDES = st.integers(64, 4096)


@settings(deadline=None)
@given(SIDES, SIDES, st.sampled_from(RATIOS))
def test_every_size_that_footage_may_have_leads_to_an_even_one(
    width: int, height: int, ratio: str
) -> None:
    film = working_size(width, height, ratio)
    nearest = min(
        abs(Fraction(*film) / Fraction(*map(int, name.split(":"))) - 1) for name in RATIOS
    )
    assert nearest <= Fraction(5, 100)
    assert all(side % 2 == 0 for side in film)
    assert (max(film), min(film)) <= LARGEST
    assert min(film) >= 32


def test_clips_that_differ_by_a_pixel_count_together() -> None:
    near = [Picture(853, 480, Fraction(24)), Picture(854, 481, Fraction(24))]
    rates = [HD, replace(HD, rate=Fraction(24000, 1001)), replace(HD, rate=Fraction(30))]
    assert majority([HD, *near]) == Format(854, 480, Fraction(24))
    assert majority(reversed(rates)).rate == 24
