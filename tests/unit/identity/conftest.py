"""What the tests of identity share: a double of Supabase's auth server, and clocks."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.contract.gotrue_server import Double, Person, running


@dataclass(slots=True)
class Hand:
    """A clock that is moved by hand."""

    moment: float = 1_000_000.0

    def __call__(self) -> float:
        return self.moment

    def wait(self, seconds: float) -> None:
        self.moment += seconds


@pytest.fixture(name="clock")
def fixture_clock() -> Hand:
    return Hand()


@pytest.fixture(name="quiet", scope="session")
def fixture_quiet() -> Iterator[Double]:
    """A double that everybody shares, and nobody changes."""
    with running() as double:
        yield double


@pytest.fixture(name="double")
def fixture_double() -> Iterator[Double]:
    with running() as double:
        yield double


@pytest.fixture(name="ada")
def fixture_ada(double: Double) -> Person:
    return double.join("ada@example.com", "correct horse")
