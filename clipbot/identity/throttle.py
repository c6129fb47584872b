"""How often somebody may try to sign in.

Tries are counted before they are made, so that many at once count too: by account and
address of the network, and more generously by account alone, for tries from everywhere. A
try that succeeds is taken back. What is kept is bounded; the longest untouched goes first.
"""

import threading
import unicodedata
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import blake2b
from math import ceil
from typing import Final

from clipbot.errors import TooManyAttempts

_MOST_KEYS: Final = 20_000


@dataclass(frozen=True, slots=True)
class Rate:
    """So many tries within so many seconds."""

    tries: int
    seconds: float


FROM_ONE_ADDRESS: Final = Rate(5, 300.0)
FROM_EVERYWHERE: Final = Rate(25, 900.0)


@dataclass(slots=True)
class Throttle:
    """Counts tries. Safe to share between threads."""

    now: Callable[[], float]
    """Seconds, from any beginning; never goes back."""
    most_keys: int = _MOST_KEYS
    _tries: OrderedDict[bytes, deque[float]] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, address: str, account: str) -> None:
        """Count a try.

        Raises:
            TooManyAttempts: There were too many already; this one is not counted.
        """
        moment = self.now()
        with self._lock:
            rated = [(self._of(key), rate) for key, rate in _keys(address, account)]
            waits = [_wait(tries, rate, moment) for tries, rate in rated]
            if any(waits):
                raise TooManyAttempts(ceil(max(waits)))
            for tries, _ in rated:
                tries.append(moment)
            while len(self._tries) > self.most_keys:
                self._tries.popitem(last=False)

    def forgive(self, address: str, account: str) -> None:
        """Take back the tries of somebody who did sign in, from this address."""
        with self._lock:
            (near, _), (far, _) = _keys(address, account)
            count = len(self._tries.pop(near, ()))
            tries = self._tries.get(far, deque())
            for _ in range(min(count, len(tries))):
                tries.pop()

    def _of(self, key: bytes) -> deque[float]:
        tries = self._tries.setdefault(key, deque())
        self._tries.move_to_end(key)
        return tries


def _keys(address: str, account: str) -> tuple[tuple[bytes, Rate], tuple[bytes, Rate]]:
    name = unicodedata.normalize("NFKC", account).strip().casefold()
    return (
        (_digest(f"{address}\n{name}"), FROM_ONE_ADDRESS),
        (_digest(name), FROM_EVERYWHERE),
    )


def _digest(text: str) -> bytes:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _wait(tries: deque[float], rate: Rate, moment: float) -> float:
    """Return the seconds until another try is allowed; 0: now."""
    while tries and tries[0] <= moment - rate.seconds:
        tries.popleft()
    return tries[0] + rate.seconds - moment if len(tries) >= rate.tries else 0.0
