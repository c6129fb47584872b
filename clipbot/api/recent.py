"""Previews that were just drawn, kept for a moment.

A page asks for a picture twice (before, after), and a player asks for one short film in
several ranges. Drawing is exact: the same clip, version and wish give the same bytes, so
the latest few are kept in memory, and whoever asks while one is drawn waits for it.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field

Pictures = tuple[bytes, ...]
_KEPT = 24
"""At most about 2 MB each."""


@dataclass(slots=True)
class _Slot:
    lock: threading.Lock = field(default_factory=threading.Lock)
    pictures: Pictures | None = None


@dataclass(slots=True)
class Recent:
    """The latest previews, by what they show. Safe to share between threads."""

    kept: int = _KEPT
    _slots: OrderedDict[Hashable, _Slot] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def get(self, subject: Hashable, draw: Callable[[], Pictures]) -> Pictures:
        """Return what shows `subject`, drawn now unless it was drawn lately.

        Args:
            subject: All that the drawing depends on.
            draw: Draws it; its errors are passed on, and the next caller tries again.
        """
        slot = self._slot(subject)
        with slot.lock:
            if slot.pictures is None:
                slot.pictures = draw()
            return slot.pictures

    def _slot(self, subject: Hashable) -> _Slot:
        with self._lock:
            slot = self._slots.setdefault(subject, _Slot())
            self._slots.move_to_end(subject)
            while len(self._slots) > self.kept:
                self._slots.popitem(last=False)
            return slot
