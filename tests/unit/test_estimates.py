"""Estimates by what past runs cost and took."""

from math import log
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clipbot.domain.estimates import Actual, accuracy, typical_cost, typical_seconds

MICROS = st.integers(0, 10**9)
ACTUALS = st.lists(st.builds(Actual, MICROS, st.floats(0, 10_000)), max_size=20)
TRUE_MEDIAN, SIGMA, RUNS = 1_400_000, 0.15, 5


@given(ACTUALS, MICROS, MICROS)
def test_an_estimate_is_never_above_the_ceiling(
    actuals: list[Actual], listed: int, ceiling: int
) -> None:
    assert 0 <= typical_cost(actuals, listed, ceiling) <= ceiling


@given(MICROS, st.floats(0, 10_000))
def test_without_experience_the_list_counts(listed: int, seconds: float) -> None:
    assert typical_cost((), listed, listed) == listed
    assert typical_seconds((), seconds) == seconds


@given(ACTUALS.filter(bool), st.randoms(use_true_random=False))
def test_an_estimate_lies_among_what_was_seen_in_any_order(
    actuals: list[Actual], random: Random
) -> None:
    cost, seconds = typical_cost(actuals, 0, 10**9), typical_seconds(actuals, 0.0)
    costs, times = ([a.cost_micros for a in actuals], [a.seconds for a in actuals])

    assert min(costs) <= cost <= max(costs)
    assert min(times) <= seconds <= max(times)
    random.shuffle(actuals)
    assert (typical_cost(actuals, 0, 10**9), typical_seconds(actuals, 0.0)) == (cost, seconds)


@given(st.integers(1, 10**6), st.integers(0, 10**9))
def test_one_odd_run_among_five_changes_nothing(usual: int, odd: int) -> None:
    actuals = [*[Actual(usual, 60.0)] * 4, Actual(odd, 3_600.0)]

    assert typical_cost(actuals, 0, 10**9) == usual
    assert typical_seconds(actuals, 0.0) == 60.0


@pytest.mark.parametrize("seed", range(50))
def test_five_noisy_runs_are_enough_to_be_within_a_fifth(seed: int) -> None:
    random = Random(seed)  # noqa: S311 - noise, the same in every run
    costs = [round(random.lognormvariate(log(TRUE_MEDIAN), SIGMA)) for _ in range(RUNS)]

    estimate = typical_cost([Actual(cost, 60.0) for cost in costs], 0, 10**9)

    assert abs(estimate - TRUE_MEDIAN) <= 0.2 * TRUE_MEDIAN


def test_how_good_estimates_were_is_the_middle_of_what_they_were_off() -> None:
    assert accuracy([(110, 100), (80, 100), (100, 100), (130, 100)]) == pytest.approx(0.15)
    assert accuracy([(110, 100), (80, 100), (5, 0), (100, 100)]) == pytest.approx(0.1)


@pytest.mark.parametrize("pairs", [[], [(1, 1), (2, 2)], [(1, 1), (2, 2), (3, 0)]])
def test_fewer_than_three_say_nothing(pairs: list[tuple[int, int]]) -> None:
    assert accuracy(pairs) is None


@given(st.lists(st.tuples(MICROS, st.integers(1, 10**9)), min_size=3))
def test_being_off_is_a_share_and_exact_estimates_are_off_by_nothing(
    pairs: list[tuple[int, int]],
) -> None:
    off = accuracy(pairs)
    assert off is not None
    assert off >= 0
    assert accuracy([(cost, cost) for _, cost in pairs]) == 0
