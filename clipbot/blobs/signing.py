"""Signed addresses, kept until shortly before they expire."""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from typing import Final

_MARGIN_SECONDS: Final = 60.0
"""An address that expires sooner is not handed out any more."""
_MOST: Final = 1024


@dataclass(frozen=True, slots=True)
class SignedAddresses:
    """Addresses by key. Safe to share between threads.

    Args:
        sign: Asks the storage for an address that leads to a key for so many seconds.
        clock: Seconds that only rise.
    """

    sign: Callable[[str, int], str]
    clock: Callable[[], float] = time.monotonic
    _known: OrderedDict[tuple[str, int], tuple[str, float]] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def of(self, key: str, seconds: int) -> str:
        """Return an address that leads to a file for `seconds` at most, a minute at least.

        Raises:
            BlobNotFound: There is no such file.
            StorageUnavailable: The storage does not answer.
        """
        with self._lock:
            url, until = self._known.get((key, seconds), ("", 0.0))
        if self.clock() < until:
            return url
        return self.renewed(key, seconds)

    def renewed(self, key: str, seconds: int) -> str:
        """Return a new address, since the storage does not take the old one any more."""
        asked = self.clock()
        url = self.sign(key, seconds)
        with self._lock:
            self._known[key, seconds] = (url, asked + seconds - min(_MARGIN_SECONDS, seconds / 2))
            self._known.move_to_end((key, seconds))
            while len(self._known) > _MOST:
                self._known.popitem(last=False)
        return url

    def forget(self, key: str) -> None:
        """Drop the addresses of a file that is gone."""
        with self._lock:
            for known in [each for each in self._known if each[0] == key]:
                del self._known[known]
