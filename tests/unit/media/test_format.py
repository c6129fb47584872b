"""The picture format of a film."""

from dataclasses import dataclass, replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clipbot.media.format import Format, majority, sizes_for_ratio


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
        {"crf": 21},
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


def test_a_film_without_clips_has_the_size_that_was_asked_for() -> None:
    assert majority([], 720, 1280) == Format(720, 1280, Fraction(24))


def test_odd_footage_makes_an_even_film() -> None:
    assert majority([Picture(855, 481, Fraction(24))]) == Format(856, 480, Fraction(24))
