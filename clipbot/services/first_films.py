"""Films that were never put together, made beside the page when their job is first opened.

A store may have thousands of jobs whose films exist only as clips, so nothing is made
before somebody looks. One thread makes one film after another; what it cannot make it
says, and tries again when the job is opened later.
"""

import logging
import queue
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from uuid import UUID

from clipbot.domain.user import User
from clipbot.errors import ClipbotError, CompositionNotFound, EditCancelled
from clipbot.media.fragments import FragmentedFilm
from clipbot.services.films import Film, FilmService

logger = logging.getLogger(__name__)

_BUG = "The film could not be put together; single clips can still be played and changed."
_REMEMBERED = 2_000
_PATIENCE_SECONDS = 60.0


@dataclass(slots=True)
class _Look:
    """What became of a job that was opened."""

    at: float
    trouble: str | None = None


@dataclass(frozen=True, slots=True)
class FirstFilms:
    """Makes the films of jobs that are opened, while it is `running`; else it only remembers.

    Safe to share between threads.
    """

    films: FilmService
    monotonic: Callable[[], float] = time.monotonic
    patience_seconds: float = _PATIENCE_SECONDS
    """After a failure, before the same film is tried again."""
    _waiting: queue.SimpleQueue[UUID | None] = field(default_factory=queue.SimpleQueue)
    _looks: OrderedDict[UUID, _Look] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _open: threading.Event = field(default_factory=threading.Event)

    def want(self, job_id: UUID) -> None:
        """Have a job's film made and its clips measured, unless that was seen to already."""
        if not self._open.is_set():
            return
        now = self.monotonic()
        with self._lock:
            look = self._looks.get(job_id)
            if look and (not look.trouble or now - look.at < self.patience_seconds):
                return
            self._looks[job_id] = _Look(now)
            self._looks.move_to_end(job_id)
            while len(self._looks) > _REMEMBERED:
                self._looks.popitem(last=False)
        self._waiting.put(job_id)

    def film(self, user: User, job_id: UUID, number: int | None = None) -> Film:
        """Return a film, as `FilmService.film`; one that was never made is begun with.

        Raises:
            CompositionNotFound: There is none, or none yet.
            NotAllowed: The job belongs to somebody else.
        """
        with self._wanted(job_id, number):
            return self.films.film(user, job_id, number)

    def fragments(
        self, user: User, job_id: UUID, number: int | None = None
    ) -> tuple[int, FragmentedFilm]:
        """Return a film in fragments and its number, as `FilmService.fragments`; else as `film`.

        Raises:
            CompositionNotFound: There is none, or none yet.
            NotAllowed: The job belongs to somebody else.
        """
        with self._wanted(job_id, number):
            return self.films.fragments(user, job_id, number)

    @contextmanager
    def _wanted(self, job_id: UUID, number: int | None) -> Iterator[None]:
        """Begin with a film that is asked for and was never made."""
        try:
            yield
        except CompositionNotFound:
            if number is None:
                self.want(job_id)
            raise

    def trouble(self, job_id: UUID) -> str | None:
        """Return why a job's film could not be made, in a sentence; None: nothing is known."""
        with self._lock:
            look = self._looks.get(job_id)
            return look.trouble if look else None

    @contextmanager
    def running(self) -> Iterator[None]:
        """Make films until the block is left; what is encoded by then stays in the cache."""
        stop = threading.Event()
        thread = threading.Thread(target=self._work, args=(stop,), name="first-films")
        self._open.set()
        thread.start()
        try:
            yield
        finally:
            self._open.clear()
            stop.set()
            self._waiting.put(None)
            thread.join()

    def _work(self, stop: threading.Event) -> None:
        while (job_id := self._waiting.get()) is not None and not stop.is_set():
            trouble = self._made(job_id, stop)
            with self._lock:
                self._looks[job_id] = _Look(self.monotonic(), trouble)

    def _made(self, job_id: UUID, stop: threading.Event) -> str | None:
        try:
            self.films.ensure(job_id, cancelled=stop.is_set)
            self.films.measure(job_id)
        except EditCancelled:
            logger.info("first film left for later", extra={"job": str(job_id)})
        except ClipbotError as error:
            logger.warning("film not composed", extra={"job": str(job_id), "code": error.code})
            return str(error)
        except Exception:
            # The outermost edge of this thread: one job must not keep all others from their film.
            logger.exception("film not composed", extra={"job": str(job_id)})
            return _BUG
        return None
