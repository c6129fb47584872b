"""Money in micros, quotes, and what is said about the budget."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clipbot.domain.money import (
    BATCH_FROM,
    QUOTE_LIFETIME,
    Funds,
    Quote,
    QuoteLine,
    after_discount,
    batch_percent,
    budget_warnings,
    decimal_string,
    discount_line,
    discounted,
    dollars,
    micros,
    repeat_warnings,
    settlement,
)

NOW = datetime(2025, 11, 1, tzinfo=UTC)
ID = UUID(int=1)
AMOUNTS = st.integers(-(10**12), 10**12)


@given(AMOUNTS)
def test_dollars_and_micros_are_exact_both_ways(amount: int) -> None:
    assert micros(dollars(amount)) == amount
    assert micros(decimal_string(amount)) == amount


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        ("0.0000005", 1),
        ("0.0000004", 0),
        (0.1, 100_000),
        (Decimal("1.25"), 1_250_000),
        (3, 3_000_000),
    ],
)
def test_dollars_become_micros_with_halves_away_from_zero(
    amount: Decimal | str | float, expected: int
) -> None:
    assert micros(amount) == expected


@pytest.mark.parametrize(
    ("amount", "expected"),
    [(0, "0.00"), (1, "0.000001"), (120_000, "0.12"), (1_234_500, "1.2345"), (50_000_000, "50.00")],
)
def test_the_api_writes_two_to_six_decimals(amount: int, expected: str) -> None:
    assert decimal_string(amount) == expected


@given(AMOUNTS)
def test_written_amounts_have_two_to_six_decimals(amount: int) -> None:
    _, _, decimals = decimal_string(amount).partition(".")
    assert 2 <= len(decimals) <= 6


def test_a_quote_adds_up_its_lines_and_expires() -> None:
    lines = (QuoteLine("Video", 100, 150, 1), QuoteLine("Prompt", 5, 8), QuoteLine("Film", 0, 0))
    quote = Quote(ID, ID, ID, "local", lines, 12.0, NOW + QUOTE_LIFETIME)
    assert (quote.estimate_micros, quote.ceiling_micros) == (105, 158)
    assert not quote.is_expired(NOW)
    assert not quote.is_expired(NOW + QUOTE_LIFETIME - timedelta(microseconds=1))
    assert quote.is_expired(NOW + QUOTE_LIFETIME)


def test_what_is_reserved_counts_as_spent() -> None:
    assert Funds(100, 30, 50).left_micros == 20


@pytest.mark.parametrize(
    ("funds", "ceiling", "expected"),
    [
        (Funds(100, 70, 0), 9, ()),
        (Funds(100, 70, 0), 10, ("This edit brings the job to 80% of its budget.",)),
        (Funds(100, 70, 20), 10, ("This edit brings the job to 100% of its budget.",)),
        (
            Funds(100_000_000, 70_000_000, 20_000_000),
            10_000_001,
            ("This may cost more than is left of the budget ($10.00), and would be refused.",),
        ),
        (Funds(100, 99, 0), 0, ()),
        (Funds(0, 0, 0), 10, ()),
    ],
)
def test_people_are_warned_from_four_fifths_of_the_budget(
    funds: Funds, ceiling: int, expected: tuple[str, ...]
) -> None:
    assert budget_warnings(funds, ceiling) == expected


def test_clips_that_were_regenerated_often_are_named() -> None:
    two, five = repeat_warnings([(0, 2), (1, 3), (4, 5)])
    advice = "going back to an earlier version may get you there sooner."
    assert two == f"Clip 2 has been regenerated 3 times; {advice}"
    assert five == f"Clip 5 has been regenerated 5 times; {advice}"


MICROS = st.integers(0, 10**10)
PERCENTS = st.integers(0, 100)


@pytest.mark.parametrize(("clips", "percent"), [(0, 0), (1, 0), (2, 0), (3, 10), (120, 10)])
def test_a_batch_is_cheaper_from_three_clips(clips: int, percent: int) -> None:
    assert batch_percent(clips) == percent


def test_the_seeds_example_costs_what_it_says() -> None:
    """Three clips at $0.15: $0.45, and $0.405 with the discount (seeds 003 §1.4)."""
    prices = [150_000] * 3
    line = discount_line(prices, prices)
    assert line is not None
    assert (line.label, line.ceiling_micros) == (
        "Three or more clips · \N{MINUS SIGN}10 %",
        -45_000,
    )
    assert discounted(prices, batch_percent(3)) == (135_000,) * 3
    assert decimal_string(sum(prices) + line.ceiling_micros) == "0.405"


def test_the_remainder_always_falls_on_the_same_clip() -> None:
    assert discounted([5, 5, 5], 10) == (4, 5, 4)
    assert discounted([5, 5, 5], 10) == discounted((5, 5, 5), 10)
    assert discounted([], 10) == ()


@given(st.lists(MICROS, max_size=12), PERCENTS)
def test_discounted_parts_add_up_to_the_discounted_whole(amounts: list[int], percent: int) -> None:
    parts = discounted(amounts, percent)

    assert len(parts) == len(amounts)
    assert sum(parts) == after_discount(sum(amounts), percent)
    for part, amount in zip(parts, amounts, strict=True):
        assert after_discount(amount, percent) <= part <= amount
        assert part - after_discount(amount, percent) <= 1


@given(st.lists(st.tuples(MICROS, MICROS), max_size=12), MICROS)
def test_lines_reservations_and_settlements_fit_together(
    clips: list[tuple[int, int]], language: int
) -> None:
    """The lines add up, what is reserved is the ceiling, what is settled never exceeds it."""
    ceilings = [price + margin for price, margin in clips]
    estimates = [price for price, _ in clips]
    percent = batch_percent(len(clips))
    off = discount_line(estimates, ceilings)
    lines = [QuoteLine("Prompt", language, language)]
    lines += [
        QuoteLine("Clip", low, high, 0) for low, high in zip(estimates, ceilings, strict=True)
    ]
    quote = Quote(ID, ID, ID, "r", tuple(lines) + ((off,) if off else ()), 1.0, NOW)

    reserved = discounted(ceilings, percent)
    settled = [
        settlement(price, percent=percent, ceiling_micros=ceiling)
        for price, ceiling in zip(estimates, reserved, strict=True)
    ]

    assert (off is None) == (len(clips) < BATCH_FROM)
    assert off is None or (off.estimate_micros <= 0 and off.ceiling_micros <= 0)
    assert language + sum(reserved) == quote.ceiling_micros
    assert language + sum(discounted(estimates, percent)) == quote.estimate_micros
    assert 0 <= quote.estimate_micros <= quote.ceiling_micros
    assert all(cost <= ceiling for cost, ceiling in zip(settled, reserved, strict=True))
    assert settled == [after_discount(price, percent) for price in estimates]
    assert any(ceilings) or quote.ceiling_micros == language


@given(MICROS, PERCENTS, MICROS)
def test_no_charge_is_booked_above_what_was_agreed(
    charged: int, percent: int, ceiling: int
) -> None:
    booked = settlement(charged, percent=percent, ceiling_micros=ceiling)
    assert 0 <= booked <= min(charged, ceiling)
