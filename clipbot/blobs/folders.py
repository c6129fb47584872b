"""What lies in the storage's folders, as it was a moment ago.

A film of fifty clips asks fifty times whether a file is there, and which: one listing
answers all of them.
"""

import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Final

from clipbot.blobs.wire import Remote

FRESH_SECONDS: Final = 5.0
"""For so long a listing is believed in what it shows; what it lacks is asked for again."""
_MOST: Final = 64
_STRIPES: Final = 16


@dataclass(frozen=True, slots=True)
class Folders:
    """Listings by folder. Safe to share between threads.

    Args:
        ask: Lists a folder.
        clock: Seconds that only rise.
    """

    ask: Callable[[str], Mapping[str, Remote]]
    clock: Callable[[], float] = time.monotonic
    _known: OrderedDict[str, tuple[float, Mapping[str, Remote]]] = field(
        default_factory=OrderedDict
    )
    _lock: Lock = field(default_factory=Lock)
    _asking: tuple[Lock, ...] = field(
        default_factory=lambda: tuple(Lock() for _ in range(_STRIPES))
    )

    def of(self, folder: str, *, since: float | None = None) -> Mapping[str, Remote]:
        """Return the files of a folder by name.

        Args:
            folder: A key without the file's name.
            since: On `clock`: no older listing will do. Not given: a fresh one.

        Raises:
            StorageUnavailable: The storage does not answer.
        """
        oldest = self.clock() - FRESH_SECONDS if since is None else since
        with self._asking[hash(folder) % _STRIPES]:
            with self._lock:
                asked, listed = self._known.get(folder, (float("-inf"), {}))
            if asked >= oldest:
                return listed
            asked, listed = self.clock(), self.ask(folder)
            with self._lock:
                self._known[folder] = (asked, listed)
                self._known.move_to_end(folder)
                while len(self._known) > _MOST:
                    self._known.popitem(last=False)
        return listed

    def known(self, folder: str) -> Mapping[str, Remote]:
        """Return what is known of a folder without asking; nothing, if that is too old."""
        with self._lock:
            asked, listed = self._known.get(folder, (float("-inf"), {}))
        return listed if asked >= self.clock() - FRESH_SECONDS else {}

    def forget(self, folder: str) -> None:
        """Drop what is known of a folder in which something changed."""
        with self._asking[hash(folder) % _STRIPES], self._lock:
            self._known.pop(folder, None)
