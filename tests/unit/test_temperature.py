"""How far footage may depart: bands, refinement, seed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clipbot.domain.plan import Edit, Kind, Operation, Strength
from clipbot.domain.temperature import (
    DEFAULT,
    Band,
    asks_for_sameness,
    band,
    clamped,
    keeps_seed,
    offline_temperature,
    refined,
)

TEMPERATURES = st.floats(0, 1)


@pytest.mark.parametrize(
    ("temperature", "expected"),
    [
        (0.0, Band.SAME),
        (0.3, Band.SAME),
        (0.35, Band.PRECISE),
        (0.45, Band.SMALL),
        (0.7, Band.MODERATE),
        (0.8, Band.LARGE),
        (1.0, Band.REDO),
    ],
)
def test_every_temperature_has_a_band(temperature: float, expected: Band) -> None:
    assert band(temperature) is expected


@pytest.mark.parametrize(
    ("temperature", "kept"), [(0.0, True), (0.49, True), (0.5, False), (0.9, False)]
)
def test_the_seed_is_kept_below_one_half(temperature: float, kept: bool) -> None:  # noqa: FBT001
    assert keeps_seed(temperature) is kept


@pytest.mark.parametrize(
    ("temperature", "expected"), [(0.2, 0.2), (0.34, 0.34), (0.35, 0.25), (0.4, 0.3), (0.9, 0.3)]
)
def test_sameness_pulls_the_temperature_down(temperature: float, expected: float) -> None:
    assert refined(temperature, "regenerate Almost  exactly, the same") == expected
    assert refined(temperature, "make it night") == temperature


@given(TEMPERATURES)
def test_a_refined_temperature_keeps_the_seed_and_is_never_raised(temperature: float) -> None:
    result = refined(temperature, "keep everything the same, fix the hand")
    assert result <= temperature
    assert keeps_seed(result)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0.4, 0.4),
        ("0.4", 0.4),
        (7, 1.0),
        (-3, 0.0),
        (None, DEFAULT),
        ("warm", DEFAULT),
        (True, DEFAULT),
        ([0.4], DEFAULT),
        (float("nan"), DEFAULT),
        (float("inf"), DEFAULT),
        (10**400, DEFAULT),
    ],
)
def test_answers_of_a_model_are_clamped(value: object, expected: float) -> None:
    assert clamped(value) == expected


def edit(kind: Kind, strength: Strength = "medium", *, keep: tuple[str, ...] = ()) -> Edit:
    return Edit((1,), (Operation(kind, None, strength),), "as said", keep)


@pytest.mark.parametrize(
    ("wish", "expected"),
    [
        (edit(Kind.BRIGHTNESS, "slight"), Band.SMALL),
        (edit(Kind.BRIGHTNESS), Band.MODERATE),
        (edit(Kind.WARMTH, "strong"), Band.MODERATE),
        (edit(Kind.TIME_OF_DAY), Band.LARGE),
        (edit(Kind.SUBJECT), Band.PRECISE),
        (edit(Kind.REGENERATE), Band.REDO),
        (edit(Kind.REGENERATE, "strong"), Band.REDO),
        (edit(Kind.TIME_OF_DAY, keep=("the lanterns",)), Band.MODERATE),
        (edit(Kind.TIME_OF_DAY, keep=("everything else",)), Band.PRECISE),
        (Edit((1,)), Band.MODERATE),
        (Edit((1,), (), "almost identical, other hat"), Band.SAME),
    ],
)
def test_the_wish_gives_the_temperature(wish: Edit, expected: Band) -> None:
    assert band(offline_temperature(wish)) is expected


def test_the_operation_that_changes_most_decides() -> None:
    ops = (Operation(Kind.BRIGHTNESS, "up", "slight"), Operation(Kind.TIME_OF_DAY, "night"))
    assert offline_temperature(Edit((1,), ops)) == offline_temperature(edit(Kind.TIME_OF_DAY))


def test_sameness_is_found_in_any_spelling() -> None:
    assert asks_for_sameness("The SAME  scene just, brighter")
    assert not asks_for_sameness("something else")


def test_matching_a_clip_to_its_neighbours_is_a_precise_change() -> None:
    match = Edit((1,), (Operation(Kind.LOOK, "neighbours"),))
    assert band(offline_temperature(match)) is Band.PRECISE
