"""Exports that are made beside the page, one after another: begun, watched, taken back.

What an export is made of stays in the cache of segments, and that is all that is kept: a
process that starts anew has forgotten its exports, and makes one again in no time.
"""

import logging
import queue
import threading
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Final
from uuid import UUID, uuid5

from clipbot.domain.user import User
from clipbot.errors import (
    BlobNotFound,
    ClipbotError,
    EditCancelled,
    ExportNotFound,
    ExportNotReady,
    TooManyExports,
)
from clipbot.media.film import VirtualFilm
from clipbot.services.access import owned
from clipbot.services.exports import ExportService, ExportView, Planned
from clipbot.services.films import Film
from clipbot.services.open_films import OpenFilms
from clipbot.services.views import FilmView

logger = logging.getLogger(__name__)

_BUG: Final = "The film could not be exported."
_KEPT: Final = 200
"""Exports that a process remembers, of all jobs."""
_AT_ONCE: Final = 3
"""Exports that one person may wait for."""
_OVER: Final = frozenset({"ready", "failed", "cancelled"})


@dataclass(slots=True)
class _Task:
    """An export that was asked for."""

    user: User
    view: ExportView
    planned: Planned
    is_unwanted: bool = False


@dataclass(frozen=True, slots=True)
class Exports:
    """Makes exports while it is `running`; else they wait. Safe to share between threads."""

    service: ExportService
    opened: OpenFilms[VirtualFilm] = field(default_factory=OpenFilms)
    _waiting: queue.SimpleQueue[UUID | None] = field(default_factory=queue.SimpleQueue)
    _tasks: OrderedDict[UUID, _Task] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def begin(
        self, user: User, job_id: UUID, *, size: str | None = None, rate: int | None = None
    ) -> ExportView:
        """Have the current film made in a size and rate; what is made already is not again.

        Raises:
            CompositionNotFound: The film is not put together yet.
            FootageMissing: A version that it shows has no file any more.
            JobNotFound: No such job.
            NotAllowed: It belongs to somebody else.
            RequestError: An unknown size or rate.
            TooManyExports: The person waits for some already.
        """
        planned = self.service.plan(user, job_id, size=size, rate=rate)
        id_ = uuid5(job_id, planned.film.fingerprint)
        with self._lock:
            known = self._tasks.get(id_)
            if known and known.view.status not in {"failed", "cancelled"}:
                return known.view
            if sum(self._waits(task, user) for task in self._tasks.values()) >= _AT_ONCE:
                raise TooManyExports(_AT_ONCE)
            view = ExportView(id_, job_id, "waiting", 0, planned.view, _url(job_id, id_))
            self._tasks[id_] = _Task(user, view, planned)
            self._tasks.move_to_end(id_)
            self._forget_some()
        self._waiting.put(id_)
        return view

    def list(self, user: User, job_id: UUID) -> Sequence[ExportView]:
        """Return the job's exports that this process knows of, the newest first.

        Raises:
            JobNotFound: No such job.
            NotAllowed: It belongs to somebody else.
        """
        owned(self.service.films.store.jobs, user, job_id)
        with self._lock:
            views = [task.view for task in self._tasks.values() if task.view.job_id == job_id]
        return tuple(reversed(views))

    def get(self, user: User, job_id: UUID, export_id: UUID) -> ExportView:
        """Return how far an export is.

        Raises:
            ExportNotFound: This process knows of none by that id.
            JobNotFound: No such job.
            NotAllowed: It belongs to somebody else.
        """
        return self._task(user, job_id, export_id).view

    def cancel(self, user: User, job_id: UUID, export_id: UUID) -> ExportView:
        """Stop an export; one that is over stays as it is.

        Raises:
            ExportNotFound: This process knows of none by that id.
            JobNotFound: No such job.
            NotAllowed: It belongs to somebody else.
        """
        task = self._task(user, job_id, export_id)
        with self._lock:
            if task.view.status not in _OVER:
                task.is_unwanted = True
                task.view = replace(task.view, status="cancelled")
            return task.view

    def film(self, user: User, job_id: UUID, export_id: UUID) -> Film:
        """Return an export that is ready, to be read.

        Raises:
            ExportNotFound: This process knows of none by that id, or its segments are gone.
            ExportNotReady: It is not made yet, or was not.
            JobNotFound: No such job.
            NotAllowed: It belongs to somebody else.
        """
        task = self._task(user, job_id, export_id)
        if task.view.status != "ready":
            raise ExportNotReady
        service, planned = self.service, task.planned
        if planned.is_own:
            return service.films.film(user, job_id, planned.view.number)
        composer = service.films.composer

        def opened() -> VirtualFilm:
            return self.opened.get(planned.film.fingerprint, lambda: composer.open(planned.film))

        try:
            file = opened()
        except BlobNotFound as error:
            with self._lock:
                self._tasks.pop(export_id, None)
            raise ExportNotFound from error
        return Film(planned.view.number, file.etag, file.size, file, opened)

    @contextmanager
    def running(self) -> Iterator[None]:
        """Make exports until the block is left; what is encoded by then stays in the cache."""
        stop = threading.Event()
        thread = threading.Thread(target=self._work, args=(stop,), name="film-exports")
        thread.start()
        try:
            yield
        finally:
            stop.set()
            self._waiting.put(None)
            thread.join()

    def _task(self, user: User, job_id: UUID, export_id: UUID) -> _Task:
        owned(self.service.films.store.jobs, user, job_id)
        with self._lock:
            task = self._tasks.get(export_id)
        if task is None or task.view.job_id != job_id:
            raise ExportNotFound
        return task

    def _work(self, stop: threading.Event) -> None:
        while (id_ := self._waiting.get()) is not None and not stop.is_set():
            with self._lock:
                task = self._tasks.get(id_)
                if task is None or task.is_unwanted or task.view.status != "waiting":
                    continue
                task.view = replace(task.view, status="encoding")
            self._make(task, stop)

    def _make(self, task: _Task, stop: threading.Event) -> None:
        def report(share: float) -> None:
            with self._lock:
                task.view = replace(task.view, progress=int(100 * share))

        try:
            film = self.service.made(
                task.user,
                task.view.job_id,
                task.planned,
                cancelled=lambda: task.is_unwanted or stop.is_set(),
                on_progress=report,
            )
        except EditCancelled:
            self._end(task, status="cancelled")
        except ClipbotError as error:
            logger.warning("film not exported", extra={"code": error.code})
            self._end(task, status="failed", trouble=str(error))
        except Exception:
            # The outermost edge of this thread: one film must not keep all others.
            logger.exception("film not exported")
            self._end(task, status="failed", trouble=_BUG)
        else:
            done = replace(task.planned.view, size_bytes=film.size)
            self._end(task, status="ready", film=done)

    def _end(
        self, task: _Task, *, status: str, film: FilmView | None = None, trouble: str | None = None
    ) -> None:
        with self._lock:
            if task.is_unwanted:
                return
            view = replace(task.view, status=status, trouble=trouble)
            task.view = replace(view, progress=100, film=film) if film else view

    @staticmethod
    def _waits(task: _Task, user: User) -> bool:
        return task.user.id == user.id and task.view.status not in _OVER

    def _forget_some(self) -> None:
        over = [id_ for id_, task in self._tasks.items() if task.view.status in _OVER]
        for id_ in over[: max(0, len(self._tasks) - _KEPT)]:
            del self._tasks[id_]


def _url(job_id: UUID, export_id: UUID) -> str:
    return f"/api/v1/jobs/{job_id}/exports/{export_id}/film.mp4"
