"""The time and money of one conversation with a model."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from clipbot.errors import EditCancelled, ProviderUnavailable
from clipbot.language.base import never

_LOOK_SECONDS = 0.2


@dataclass(frozen=True, slots=True)
class Pace:
    """How patient clipbot is with a model. Only tests need others than these."""

    seconds: float = 30.0
    """For everything: tries, waits and the repair."""
    waits: tuple[float, ...] = (0.5, 2.0)
    """Before the second and the third try."""
    wait: Callable[[float], None] = time.sleep


@dataclass(slots=True)
class Run:
    """One conversation: how long it may still take, and what it has cost so far."""

    provider: str
    pace: Pace
    cancelled: Callable[[], bool] = never
    spent_micros: int = 0
    started: float = field(default_factory=time.monotonic)

    def left_seconds(self) -> float:
        """Return how long it may still take.

        Raises:
            EditCancelled: Nobody wants it any more.
            ProviderUnavailable: Its time is over.
        """
        if self.cancelled():
            raise EditCancelled
        left = self.started + self.pace.seconds - time.monotonic()
        if left <= 0:
            raise ProviderUnavailable(self.provider, "it did not answer in time")
        return left

    def rest(self, seconds: float) -> None:
        """Wait before the next try.

        Raises:
            EditCancelled: Nobody wants it any more.
            ProviderUnavailable: Its time is over.
        """
        while seconds > 0:
            step = min(_LOOK_SECONDS, seconds, self.left_seconds())
            self.pace.wait(step)
            seconds -= step
