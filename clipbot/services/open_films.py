"""Films that were opened lately, so that each range of one does not put it together again."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

from clipbot.media.film import VirtualFilm

_KEPT = 64
"""The index of two hundred clips takes a quarter of a megabyte."""


@dataclass(frozen=True, slots=True)
class OpenFilms:
    """The films of this process by ETag, those read last. Safe to share between threads."""

    _films: OrderedDict[str, VirtualFilm] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def get(self, etag: str, opened: Callable[[], VirtualFilm]) -> VirtualFilm:
        """Return a film that is kept, or one opened now if its files are not as they were."""
        with self._lock:
            kept = self._films.get(etag)
        film = kept if kept is not None and kept.is_intact() else opened()
        with self._lock:
            self._films[etag] = film
            self._films.move_to_end(etag)
            while len(self._films) > _KEPT:
                self._films.popitem(last=False)
        return film
