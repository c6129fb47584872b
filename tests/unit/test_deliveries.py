"""When a delivery is sent again, and when that is given up."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clipbot.domain.deliveries import (
    ATTEMPTS,
    JITTER,
    LEASE_SECONDS,
    LONGEST_PAUSE,
    WAITS,
    Fate,
    Verdict,
    asked_seconds,
    verdict,
)
from clipbot.receivers.http import TOTAL_SECONDS

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
SHARES = st.floats(0, 1)
ASKED = st.floats(-1e9, 1e9)
STATUSES = st.none() | st.integers(100, 599)


def judged(status: int | None, attempt: int = 1, share: float = 0.0, asked: float = 0.0) -> Verdict:
    return verdict(status, attempt, share=share, asked_seconds=asked)


def test_the_waits_grow_and_end_within_a_day() -> None:
    assert all(before < after for before, after in pairwise(WAITS))
    assert 12 * 3600 < sum(WAITS) < sum(WAITS) * (1 + JITTER) < 24 * 3600


def test_nobody_counts_as_dead_who_may_still_be_waiting() -> None:
    assert LEASE_SECONDS > 2 * TOTAL_SECONDS


@given(st.integers(200, 299), st.integers(1, 20), SHARES, ASKED)
def test_every_2xx_means_that_it_arrived(s: int, attempt: int, share: float, asked: float) -> None:
    assert judged(s, attempt, share, asked) == Verdict(Fate.DELIVERED)


@given(st.integers(1, 20), SHARES, ASKED)
def test_410_ends_it_at_once(attempt: int, share: float, asked: float) -> None:
    assert judged(410, attempt, share, asked) == Verdict(Fate.GONE)


@given(STATUSES.filter(lambda s: s != 410 and s not in range(200, 300)), SHARES, ASKED)
def test_anything_else_is_tried_again_until_it_is_given_up(
    status: int | None, share: float, asked: float
) -> None:
    fates = [judged(status, attempt, share, asked).fate for attempt in range(1, ATTEMPTS + 2)]
    assert fates == [Fate.AGAIN] * (ATTEMPTS - 1) + [Fate.FAILED] * 2


@given(st.integers(1, ATTEMPTS - 1), SHARES)
def test_a_wait_is_as_long_as_the_table_says_or_a_little_longer(attempt: int, share: float) -> None:
    wait = judged(500, attempt, share).wait_seconds
    assert WAITS[attempt - 1] <= wait <= WAITS[attempt - 1] * (1 + JITTER)


@given(st.sampled_from([429, 503]), st.integers(1, ATTEMPTS - 1), SHARES, ASKED)
def test_who_asks_to_be_left_alone_is_within_reason(
    status: int, attempt: int, share: float, asked: float
) -> None:
    found = judged(status, attempt, share, asked)
    assert found.pause_seconds == min(max(asked, 0), LONGEST_PAUSE)
    assert found.wait_seconds == max(judged(500, attempt, share).wait_seconds, found.pause_seconds)


def test_a_last_attempt_may_still_ask_for_a_pause() -> None:
    assert judged(429, ATTEMPTS, asked=60) == Verdict(Fate.FAILED, pause_seconds=60)


@given(STATUSES.filter(lambda s: s not in {429, 503}), ASKED)
def test_nobody_else_is_heeded(status: int | None, asked: float) -> None:
    assert judged(status, asked=asked).pause_seconds == 0


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("120", 120),
        (" 7 ", 7),
        ("0", 0),
        ("-5", 0),
        ("1.5", 0),
        ("soon", 0),
        ("", 0),
        (None, 0),
        ("٣", 0),
        ("9" * 400, 999_999_999_999),
        ("Sat, 21 Nov 2026 12:01:30 GMT", 90),
        ("Sat, 21 Nov 2026 12:01:30 -0000", 90),
        ("Sat, 21 Nov 2026 11:00:00 GMT", 0),
        ("Sat, 99 Nov 2026 11:00:00 GMT", 0),
    ],
)
def test_what_a_receiver_asks_for(text: str | None, seconds: float) -> None:
    assert asked_seconds(text, NOW) == seconds


@given(st.text())
def test_no_text_of_a_receiver_is_too_strange(text: str) -> None:
    assert asked_seconds(text, NOW) >= 0


@given(st.integers(0, 10**6))
def test_a_date_says_the_same_as_its_distance(seconds: int) -> None:
    moment = format_datetime(NOW + timedelta(seconds=seconds), usegmt=True)
    assert asked_seconds(moment, NOW) == seconds
