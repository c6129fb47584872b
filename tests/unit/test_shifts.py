"""How a version differs from the one that it came from."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clipbot.domain.measures import Measures
from clipbot.domain.promises import Measure
from clipbot.domain.shifts import Departure, Shift, shifts

BEFORE = Measures(luma=0.40, saturation=0.30, warmth=0.05, motion=0.02)


def said(after: Measures) -> str:
    return Departure(3, shifts(BEFORE, after)).sentence


def test_what_can_be_seen_is_said_with_how_much() -> None:
    after = Measures(luma=0.20, saturation=0.36, warmth=-0.02, motion=0.02)
    assert said(after) == "Darker by 50 %, more colourful by 20 %, cooler, livelier by 95 %."


def test_footage_that_measures_the_same_is_called_so() -> None:
    assert said(BEFORE) == "Measures like version 3."
    assert said(replace(BEFORE, luma=0.402, saturation=0.308)) == "Measures like version 3."


def test_a_change_that_is_too_large_for_percent_is_called_much() -> None:
    brighter = shifts(replace(BEFORE, luma=0.05), replace(BEFORE, luma=0.9))
    assert Departure(1, brighter[:1]).sentence == "Much brighter."


def test_nothing_has_no_share() -> None:
    black = Shift(Measure.LUMA, 0.0, 0.5)
    assert (black.share, black.direction) == (None, "up")
    assert Departure(1, (black,)).sentence == "Brighter."
    assert Shift(Measure.WARMTH, 0.5, 1.0).share is None


@pytest.mark.parametrize(("before", "after"), [(0.4, 0.39), (0.001, 0.004), (0.4, 0.4)])
def test_what_nobody_would_see_has_no_direction(before: float, after: float) -> None:
    assert Shift(Measure.LUMA, before, after).direction is None


_SHARES = st.floats(0, 1, width=32)
_MEASURES = st.builds(Measures, _SHARES, _SHARES, st.floats(-1, 1, width=32), _SHARES)


@given(_MEASURES, _MEASURES)
def test_the_way_back_leads_the_other_way(one: Measures, other: Measures) -> None:
    there, back = shifts(one, other), shifts(other, one)
    for forth, again in zip(there, back, strict=True):
        assert (forth.before, forth.after) == (again.after, again.before)
        if forth.direction and again.direction:
            assert forth.direction != again.direction
    assert Departure(1, there).sentence.endswith(".")
