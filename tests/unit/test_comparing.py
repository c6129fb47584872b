"""How two versions differ, in numbers and in words."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clipbot.domain.comparing import Difference, MeasureChange, Moment, changes, grid_of, told
from clipbot.domain.measures import Measures

COLUMNS, ROWS = 16, 9
LEVEL = Measures(0.4, 0.3, 0.05, 0.02)


def differing(*places: tuple[int, int], overall: float = 0.1, changed: float = 0.34) -> Difference:
    """Return a difference in some cells (column, row) only; without any, in all of them."""
    cells = [
        1.0 if not places or (column, row) in places else 0.0
        for row in range(ROWS)
        for column in range(COLUMNS)
    ]
    return Difference(overall, overall, changed, 0.9, (), COLUMNS, tuple(cells))


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ((1, 1), "most of the change is at the top left."),
        ((14, 8), "most of the change is at the bottom right."),
        ((8, 0), "most of the change is at the top."),
        ((0, 4), "most of the change is on the left."),
        ((8, 4), "most of the change is in the middle."),
    ],
)
def test_the_sentence_says_where_most_of_the_change_is(place: tuple[int, int], words: str) -> None:
    assert told(differing(place)) == f"34 % of the picture changed; {words}"


def test_a_change_of_a_whole_row_or_column_has_no_side() -> None:
    top = differing(*((column, 0) for column in range(COLUMNS)))
    assert told(top).endswith("at the top.")
    left = differing(*((0, row) for row in range(ROWS)))
    assert told(left).endswith("on the left.")


def test_a_change_everywhere_is_said_to_be_spread() -> None:
    assert told(differing()) == "34 % of the picture changed; the change is spread over it."
    assert told(differing(changed=0.002)).startswith("Less than 1 % of the picture changed;")


def test_what_nobody_sees_is_no_change() -> None:
    assert told(differing(overall=0.001)) == "The two look the same."


def moments(*differences: float) -> tuple[Moment, ...]:
    return tuple(Moment(0.5 * at, each, 0.9) for at, each in enumerate(differences))


@pytest.mark.parametrize(
    ("differences", "words"),
    [
        ((0.1, 0.1, 0.5), "spread over it, and it is greatest at 1.0 s."),
        ((0.1, 0.11, 0.12), "spread over it."),
        ((0.1, 0.5), "spread over it."),
    ],
)
def test_the_sentence_says_when_if_one_moment_stands_out(
    differences: tuple[float, ...], words: str
) -> None:
    found = differing()
    given = Difference(0.1, 0.1, 0.3, 0.9, moments(*differences), found.columns, found.cells)
    assert told(given).endswith(words)


def words(before: Measures, after: Measures) -> list[str]:
    return [change.words for change in changes(before, after)]


def test_each_measure_says_how_it_changed() -> None:
    assert words(LEVEL, Measures(0.2, 0.6, 0.2, 0.02)) == [
        "48 % darker",
        "94 % more colourful",
        "warmer",
        "",
    ]
    assert words(Measures(0.2, 0.6, 0.2, 0.02), Measures(0.4, 0.3, -0.1, 0.2))[:3] == [
        "91 % brighter",
        "48 % less colourful",
        "cooler",
    ]
    assert changes(LEVEL, LEVEL)[0] == MeasureChange("luma", 0.4, 0.4, "")


def test_warmth_is_told_relative_to_brightness() -> None:
    """A darkened picture has smaller casts; that makes it no cooler."""
    darkened = Measures(0.2, 0.3, 0.04, 0.02)
    assert words(Measures(0.4, 0.3, 0.06, 0.02), darkened)[2] == "warmer"


def test_enormous_and_tiny_changes_are_told_as_such() -> None:
    still = Measures(0.9, 0.3, 0.0, 0.0)
    assert words(still, Measures(0.9, 0.3, 0.0, 0.5))[3] == "more than 300 % livelier"
    assert words(still, Measures(0.906, 0.3, 0.0, 0.0))[0] == "1 % brighter"
    assert words(Measures(1.0, 0.3, 0, 0), Measures(0.9945, 0.3, 0, 0))[0] == "1 % darker"
    assert words(Measures(0.9, 0.3, 0, 0.6), Measures(0.9, 0.3, 0, 0.603))[3] == ""


@pytest.mark.parametrize(
    ("shape", "grid"), [((160, 90), (16, 9)), ((90, 160), (9, 16)), ((5, 5), (16, 16))]
)
def test_the_grid_has_the_shape_of_the_picture(
    shape: tuple[int, int], grid: tuple[int, int]
) -> None:
    assert grid_of(shape) == grid


@given(st.lists(st.floats(0, 1), min_size=16 * 9, max_size=16 * 9), st.floats(0, 1))
def test_every_difference_can_be_told_and_kept(cells: list[float], overall: float) -> None:
    found = Difference(overall, overall, overall, 1.0, moments(0.1, 0.2), COLUMNS, tuple(cells))
    assert told(found).endswith(".")
    assert Difference.from_json(json.loads(json.dumps(found.to_json()))) == found
