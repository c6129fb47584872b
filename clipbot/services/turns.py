"""One at a time for the same thing: what ten people ask for at once is made once."""

import threading
from collections.abc import Hashable
from dataclasses import dataclass, field
from weakref import WeakValueDictionary


@dataclass(frozen=True, slots=True)
class Turns:
    """A lock for each thing, there for as long as somebody holds or awaits it."""

    _locks: WeakValueDictionary[Hashable, threading.Lock] = field(
        default_factory=WeakValueDictionary
    )
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def of(self, thing: Hashable) -> threading.Lock:
        """Return the lock of a thing."""
        with self._lock:
            return self._locks.setdefault(thing, threading.Lock())
