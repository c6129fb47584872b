"""Money in micros, quotes, and what is said about the budget."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clipbot.domain.money import (
    QUOTE_LIFETIME,
    Funds,
    Quote,
    QuoteLine,
    budget_warnings,
    decimal_string,
    dollars,
    micros,
    repeat_warnings,
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
