"""Films that were opened lately, so that each range of one does not put it together again."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar

from clipbot.services.turns import Turns

_KEPT = 64
"""The index of two hundred clips takes a quarter of a megabyte."""


class Opened(Protocol):
    """A film, whole or in fragments."""

    def is_intact(self) -> bool:
        """Return whether all files are there and as they were when it was opened."""
        ...


AnyFilm = TypeVar("AnyFilm", bound=Opened)


@dataclass(frozen=True, slots=True)
class OpenFilms(Generic[AnyFilm]):
    """The films of this process by ETag, those read last. Safe to share between threads."""

    kept: int = _KEPT
    """Most films."""
    _films: OrderedDict[str, AnyFilm] = field(default_factory=OrderedDict)
    _turns: Turns = field(default_factory=Turns)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def get(self, etag: str, opened: Callable[[], AnyFilm]) -> AnyFilm:
        """Return a film that is kept, or one opened now if its files are not as they were."""
        with self._turns.of(etag):
            with self._lock:
                kept = self._films.get(etag)
            film = kept if kept is not None and kept.is_intact() else opened()
            with self._lock:
                self._films[etag] = film
                self._films.move_to_end(etag)
                while len(self._films) > self.kept:
                    self._films.popitem(last=False)
            return film
