"""What a language model charges: so many micros for a million tokens, in and out."""

from collections.abc import Sequence
from dataclasses import dataclass

_MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Prices:
    """Prices of one model. Tokens that are not paid for have the price 0."""

    input_micros: int = 0
    """For a million tokens that it reads."""
    output_micros: int = 0
    """For a million tokens that it writes, also in thought."""
    is_known: bool = True
    """False: nobody said what the model costs, so it counts as free."""

    def cost(self, read: int, written: int) -> int:
        """Return what so many tokens cost, in micros; begun micros count whole."""
        return -(-(read * self.input_micros + written * self.output_micros) // _MILLION)


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of one answer."""

    read: int
    written: int


def ceiling(prices: Prices, calls: Sequence[Usage]) -> int:
    """Return the most that calls of at most these sizes can cost."""
    return sum(prices.cost(call.read, call.written) for call in calls)
