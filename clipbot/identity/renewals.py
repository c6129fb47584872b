"""Going on with a session: once, however many ask at the same time.

A refresh token is good once. A page asks for many things at once, and several tabs do; the
first one renews, the others wait and get the same. Whoever comes a little later, with
cookies from before, gets it too.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final

from clipbot.identity.gotrue import Grant

_KEPT_SECONDS: Final = 60.0
_MOST: Final = 1_000


@dataclass(slots=True)
class _Slot:
    begun_at: float
    lock: threading.Lock = field(default_factory=threading.Lock)
    grant: Grant | None = None


@dataclass(slots=True)
class Renewals:
    """Renews sessions. Safe to share between threads."""

    renew: Callable[[str], Grant]
    """Takes a refresh token; its errors are passed on, and the next one tries again."""
    now: Callable[[], float]
    """Seconds, from any beginning; never goes back."""
    _slots: OrderedDict[bytes, _Slot] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def get(self, refresh_token: str) -> Grant:
        """Return what the token gives, or gave just now."""
        slot = self._slot(sha256(refresh_token.encode()).digest())
        with slot.lock:
            if slot.grant is None:
                slot.grant = self.renew(refresh_token)
            return slot.grant

    def _slot(self, key: bytes) -> _Slot:
        moment = self.now()
        with self._lock:
            while self._slots:
                oldest = next(iter(self._slots.values()))
                is_old = moment - oldest.begun_at >= _KEPT_SECONDS
                if not is_old and len(self._slots) < _MOST:
                    break
                self._slots.popitem(last=False)
            return self._slots.setdefault(key, _Slot(moment))
