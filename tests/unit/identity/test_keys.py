"""The published keys: kept, renewed, and not asked for too often."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from clipbot.errors import NotSignedIn, SignInUnavailable
from clipbot.identity.keys import (
    FRESH_SECONDS,
    KEPT_SECONDS,
    OUTAGE_SECONDS,
    PAUSE_SECONDS,
    Keys,
    fetched_from,
)
from tests.contract.gotrue_keys import SigningKey
from tests.contract.gotrue_server import Double
from tests.unit.identity.conftest import Hand

OLD, NEW = SigningKey.new(kid="old"), SigningKey.new(kid="new")


@dataclass
class Board:
    """Where keys are published, without a network."""

    keys: list[SigningKey] = field(default_factory=lambda: [OLD])
    asked: int = 0
    is_away: bool = False

    def __call__(self) -> Mapping[str, Any]:
        self.asked += 1
        if self.is_away:
            raise SignInUnavailable
        return {"keys": [each.published for each in self.keys]}


@pytest.fixture(name="board")
def fixture_board() -> Board:
    return Board()


@pytest.fixture(name="keys")
def fixture_keys(board: Board, clock: Hand) -> Keys:
    return Keys(board, clock)


def test_keys_are_fetched_when_first_needed_and_then_kept(
    board: Board, keys: Keys, clock: Hand
) -> None:
    assert board.asked == 0
    for _ in range(5):
        keys.get("old")
        clock.wait(FRESH_SECONDS / 5 - 1)
    assert board.asked == 1
    clock.wait(10)
    keys.get("old")
    assert board.asked == 2


def test_after_a_rotation_both_keys_count_for_a_while(
    board: Board, keys: Keys, clock: Hand
) -> None:
    keys.get("old")
    clock.wait(PAUSE_SECONDS)
    board.keys = [NEW]
    keys.get("new")
    clock.wait(KEPT_SECONDS - PAUSE_SECONDS - 1)
    assert keys.get("old").key_id == "old"
    clock.wait(2)
    with pytest.raises(NotSignedIn):
        keys.get("old")
    assert keys.get("new").key_id == "new"


def test_a_stream_of_forged_keys_asks_once_in_half_a_minute(
    board: Board, keys: Keys, clock: Hand
) -> None:
    keys.get("old")
    for number in range(300):
        clock.wait(0.2)
        with pytest.raises(NotSignedIn):
            keys.get(f"forged-{number}")
    assert board.asked <= 1 + 300 * 0.2 / PAUSE_SECONDS + 1


def test_the_keys_that_are_known_go_on_working_in_an_outage(
    board: Board, keys: Keys, clock: Hand
) -> None:
    keys.get("old")
    board.is_away = True
    while clock.moment < 1_000_000 + OUTAGE_SECONDS - 60:
        clock.wait(50)
        keys.get("old")
    clock.wait(120)
    with pytest.raises(SignInUnavailable):
        keys.get("old")


def test_in_an_outage_nobody_can_tell_whether_an_unknown_key_is_forged(
    board: Board, keys: Keys, clock: Hand
) -> None:
    keys.get("old")
    board.is_away = True
    clock.wait(PAUSE_SECONDS)
    for _ in range(3):
        with pytest.raises(SignInUnavailable):
            keys.get("new")
    assert board.asked == 2
    board.is_away, board.keys = False, [OLD, NEW]
    clock.wait(PAUSE_SECONDS)
    keys.get("new")


def test_forged_ones_that_come_while_somebody_looks_hold_nobody_up(
    board: Board, clock: Hand
) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slow() -> Mapping[str, Any]:
        if board.asked:
            begun.set()
            assert go_on.wait(60)
        return board()

    keys = Keys(slow, clock)
    keys.get("old")
    clock.wait(PAUSE_SECONDS)
    refused: list[Exception] = []

    def look() -> None:
        try:
            keys.get("forged")
        except NotSignedIn as error:
            refused.append(error)

    looking = threading.Thread(target=look)
    looking.start()
    assert begun.wait(60)
    with pytest.raises(SignInUnavailable):
        keys.get("forged too")
    keys.get("old")
    go_on.set()
    looking.join()
    assert len(refused) == 1


def test_many_who_need_the_first_keys_fetch_them_once(board: Board, keys: Keys) -> None:
    threads = [threading.Thread(target=keys.get, args=("old",)) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert board.asked == 1


@pytest.mark.parametrize(
    "entry",
    [
        {"kty": "oct", "k": "c2VjcmV0", "kid": "odd", "alg": "HS256"},
        {**OLD.published, "kid": "odd", "use": "enc"},
        {**OLD.published, "kid": "odd", "alg": "ES512"},
        {**OLD.published, "kid": "odd", "x": "AA"},
        {**OLD.published, "kid": 7},
        {"kid": "odd"},
        "odd",
        None,
    ],
)
def test_what_is_no_key_for_tokens_is_passed_over(entry: object, clock: Hand) -> None:
    """A secret that is published by mistake signs nothing either."""
    keys = Keys(lambda: {"keys": [entry, OLD.published]}, clock)
    keys.get("old")
    with pytest.raises(NotSignedIn):
        keys.get("odd")


def test_keys_come_from_an_address(double: Double) -> None:
    fetch = fetched_from(f"{double.issuer}/.well-known/jwks.json")
    assert [each["kid"] for each in fetch()["keys"]] == [double.key.kid]
    double.is_away = True
    with pytest.raises(SignInUnavailable):
        fetch()


def test_an_address_that_leads_elsewhere_or_answers_nonsense_gives_none(double: Double) -> None:
    with pytest.raises(SignInUnavailable):
        fetched_from(f"{double.issuer}/nothing")()
