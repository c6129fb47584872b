"""How often one may try."""

import pytest

from clipbot.errors import TooManyAttempts
from clipbot.identity.throttle import FROM_EVERYWHERE, FROM_ONE_ADDRESS, Throttle
from tests.unit.identity.conftest import Hand

HERE, THERE = "192.0.2.1", "192.0.2.2"
ADA, BOB = "ada@example.com", "bob@example.com"


@pytest.fixture(name="throttle")
def fixture_throttle(clock: Hand) -> Throttle:
    return Throttle(clock)


def tried(throttle: Throttle, address: str, account: str, times: int) -> None:
    for _ in range(times):
        throttle.take(address, account)


def test_after_some_tries_one_waits(throttle: Throttle, clock: Hand) -> None:
    tried(throttle, HERE, ADA, FROM_ONE_ADDRESS.tries)
    clock.wait(100)
    with pytest.raises(TooManyAttempts) as caught:
        throttle.take(HERE, ADA)
    assert caught.value.retry_after_seconds == FROM_ONE_ADDRESS.seconds - 100
    clock.wait(FROM_ONE_ADDRESS.seconds - 100)
    throttle.take(HERE, ADA)


def test_others_are_not_held_up(throttle: Throttle) -> None:
    tried(throttle, HERE, ADA, FROM_ONE_ADDRESS.tries)
    throttle.take(HERE, BOB)
    throttle.take(THERE, ADA)


@pytest.mark.parametrize("name", ["ADA@example.com", " ada@example.com ", "ａda@example.com"])  # noqa: RUF001 - looks like it
def test_one_account_has_one_name(throttle: Throttle, name: str) -> None:
    tried(throttle, HERE, ADA, FROM_ONE_ADDRESS.tries)
    with pytest.raises(TooManyAttempts):
        throttle.take(HERE, name)


def test_tries_from_everywhere_are_counted_together(throttle: Throttle, clock: Hand) -> None:
    for number in range(FROM_EVERYWHERE.tries):
        throttle.take(f"192.0.2.{number}", ADA)
    with pytest.raises(TooManyAttempts):
        throttle.take("198.51.100.1", ADA)
    throttle.take("198.51.100.1", BOB)
    clock.wait(FROM_EVERYWHERE.seconds)
    throttle.take("198.51.100.1", ADA)


def test_who_waits_is_not_held_up_longer_by_trying_on(throttle: Throttle, clock: Hand) -> None:
    tried(throttle, HERE, ADA, FROM_ONE_ADDRESS.tries)
    for _ in range(50):
        clock.wait(1)
        with pytest.raises(TooManyAttempts):
            throttle.take(HERE, ADA)
    clock.wait(FROM_ONE_ADDRESS.seconds - 50)
    throttle.take(HERE, ADA)


def test_signing_in_takes_the_tries_back(throttle: Throttle) -> None:
    for _ in range(20):
        tried(throttle, HERE, ADA, FROM_ONE_ADDRESS.tries)
        throttle.forgive(HERE, ADA)


def test_what_is_kept_is_bounded(clock: Hand) -> None:
    throttle = Throttle(clock, most_keys=50)
    for number in range(500):
        throttle.take(HERE, f"{number}@example.com")
        assert len(throttle._tries) <= 50
