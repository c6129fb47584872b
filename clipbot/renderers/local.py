"""Local looks as a renderer: free, on this machine, from pixels that are there.

A prediction is a few files in the work folder (`shelf.py`), so nothing can be lost between
submitting and polling. One that was interrupted is started again by whoever polls it next,
which costs nothing and gives the same bytes.
"""

import contextlib
import logging
import os
import threading
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from clipbot.domain.plan import Edit
from clipbot.errors import (
    BlobError,
    EditCancelled,
    MediaError,
    PredictionLost,
    ProviderRejected,
    StorageFull,
)
from clipbot.media import looked
from clipbot.media.looks import cubes, look_named
from clipbot.media.probe import probe
from clipbot.renderers.base import (
    THIS_MACHINE,
    Capability,
    Prediction,
    PredictionStatus,
    RenderRequest,
    Terms,
)
from clipbot.renderers.files import local_file
from clipbot.renderers.shelf import Shelf
from clipbot.renderers.wishes import look_for, looks_for

__all__ = ["LocalRenderer", "looks_for"]

LABEL: Final = "Local look"
_PIXELS_PER_SECOND: Final = 1.4e7
"""Rendered on one core, with a table and the encoder (measured: 1280x720 at 15 frames/s)."""
_QUEUE_LOOK_SECONDS: Final = 0.1

_log = logging.getLogger(__name__)

_one_at_a_time = threading.BoundedSemaphore(1)
"""An encode uses all cores that a small machine has; two at once finish no sooner."""


@dataclass(slots=True)
class _Task:
    """A prediction that this process renders or is about to."""

    cancelled: threading.Event = field(default_factory=threading.Event)
    frames: int = 0
    total: int = 0
    thread: threading.Thread | None = None

    @property
    def progress(self) -> float:
        return min(1.0, self.frames / self.total) if self.total else 0.0


class LocalRenderer:
    """A `Renderer` for looks. Safe to share between threads, and a folder between processes.

    Args:
        work: Folder for its files; nobody else writes there.
    """

    def __init__(self, work: Path) -> None:
        self._shelf = Shelf(work, "local")
        self._cache = work / "looks"
        self._tasks: dict[str, _Task] = {}
        self._full: dict[str, StorageFull] = {}
        self._lock = threading.Lock()
        work.mkdir(parents=True, exist_ok=True)

    @property
    def key(self) -> str:
        return "local"

    @property
    def label(self) -> str:
        return LABEL

    @property
    def provider(self) -> str:
        return THIS_MACHINE

    @property
    def reads_prompt(self) -> bool:
        """False: looks are made from operations."""
        return False

    @property
    def repeats_itself(self) -> bool:
        """True: a look has no chance in it; even its rain falls the same way every time."""
        return True

    @property
    def patience_seconds(self) -> float:
        """Return 0: its folder is the truth."""
        return 0.0

    def capability(self, edit: Edit) -> Capability:
        """Return what looks can do of the edit, from its operations and never its words."""
        doable = tuple(op for op in edit.ops if look_for(op))
        moving = any(look_named(name).moves for name, _ in looks_for(doable))
        return Capability(
            doable=doable,
            leftover=tuple(op for op in edit.ops if not look_for(op)),
            keeps=("composition", "subject") if moving else ("composition", "subject", "motion"),
        )

    def terms(self, request: RenderRequest) -> Terms:
        """Return that it is free, with a guess at the time from pixels and cores."""
        pixels = request.frames * request.width * request.height
        seconds = 1.0 + pixels / (_PIXELS_PER_SECOND * min(2, os.cpu_count() or 1))
        return Terms(0, 0, seconds, float(request.frames / request.rate))

    def submit(self, request: RenderRequest) -> str:
        """Write the request down and start rendering it; a known marker starts nothing new.

        The footage has the source's own frames, rate and size, whatever the request says
        of its slot: fitting is the film's affair.

        Raises:
            ProviderRejected: There is no footage to work on, or no look for the wish.
            StorageFull: There is no room to write the request; nothing was started.
        """
        if request.source is None:
            raise ProviderRejected(LABEL, "there is no footage to work on")
        if not looks_for(request.ops):
            raise ProviderRejected(LABEL, "no look does this")
        prediction_id = self._shelf.id_of(request.marker)
        if not self._shelf.has(prediction_id):
            self._shelf.tidy(running=tuple(self._tasks))
            cubes.prune(self._cache)
            self._shelf.write(request)
        self.poll(prediction_id)
        return prediction_id

    def find(
        self,
        request: RenderRequest,
        *,
        since_seconds: float,  # noqa: ARG002 - ids are stable
        taken: Collection[str] = (),  # noqa: ARG002 - ids follow from markers
    ) -> str | None:
        """Return the id of the prediction with this marker, if its request was written."""
        prediction_id = self._shelf.id_of(request.marker)
        return prediction_id if self._shelf.has(prediction_id) else None

    def poll(self, prediction_id: str) -> Prediction:
        """Return the prediction as it is now; one that was interrupted is started again.

        Raises:
            StorageFull: There was no room for the footage; safe to ask again.
            PredictionLost: There is no such prediction.
        """
        if not self._shelf.has(prediction_id):
            raise PredictionLost(LABEL, "there is no such prediction")
        with self._lock:
            over = self._shelf.outcome(prediction_id)
            if over is not None:
                return over
            if prediction_id in self._full:
                raise self._full.pop(prediction_id)
            request = self._shelf.request(prediction_id)
            task = self._tasks.get(prediction_id)
            if task is None:
                task = self._tasks[prediction_id] = _Task()
                task.thread = threading.Thread(
                    target=self._run, args=(prediction_id, request, task), daemon=True
                )
                task.thread.start()
            return Prediction(prediction_id, PredictionStatus.RUNNING, progress=task.progress)

    def cancel(self, prediction_id: str) -> None:
        """Stop rendering; harmless if the prediction is over or unknown."""
        with self._lock:
            known = self._shelf.has(prediction_id)
            if not known or self._shelf.outcome(prediction_id) is not None:
                return
            self._shelf.cancel(prediction_id)
            task = self._tasks.get(prediction_id)
            if task is not None:
                task.cancelled.set()

    def fetch(self, footage_url: str, dest: Path) -> Path:  # noqa: ARG002 - it is here already
        """Return the file that was rendered.

        Raises:
            FootageRejected: The address is not a local file that exists.
        """
        return local_file(footage_url)

    def wait(self) -> None:
        """Wait until nothing that this client started is running any more."""
        for task in list(self._tasks.values()):
            if task.thread is not None:
                task.thread.join()

    def close(self) -> None:
        """Stop what is running, without an outcome: whoever polls it next starts it again."""
        for task in list(self._tasks.values()):
            task.cancelled.set()
        self.wait()

    def _run(self, prediction_id: str, request: RenderRequest, task: _Task) -> None:
        """Render in a thread of its own, and leave exactly one outcome behind."""
        failure = None
        try:
            with _turn(task), self._shelf.claimed(prediction_id) as claimed:
                if claimed:
                    self._render(prediction_id, request, task)
        except EditCancelled:
            pass
        except StorageFull as error:
            # No outcome: there is no room to write one, and soon there may be room for all.
            with self._lock:
                self._full[prediction_id] = error
        except (MediaError, BlobError) as error:
            failure = str(error)
        except Exception:  # noqa: BLE001 - the edge of this thread; else it would start again
            _log.exception("local look broke", extra={"prediction_id": prediction_id})
            failure = "An unexpected error stopped the renderer."
        with self._lock:
            if failure is not None and self._shelf.outcome(prediction_id) is None:
                self._fail(prediction_id, failure)
            self._tasks.pop(prediction_id, None)

    def _render(self, prediction_id: str, request: RenderRequest, task: _Task) -> None:
        """Render beside the final name, then move there unless it was cancelled meanwhile."""
        assert request.source is not None  # noqa: S101 - submit refuses others
        if self._shelf.outcome(prediction_id) is not None:
            return
        task.total = probe(request.source).frames

        def count(frames: int) -> None:
            task.frames = frames

        with self._shelf.arriving(prediction_id) as part:
            looked.render(
                request.source,
                part,
                looks=looks_for(request.ops),
                cancelled=lambda: (
                    task.cancelled.is_set() or self._shelf.is_cancelled(prediction_id)
                ),
                on_frames=count,
                cache=self._cache,
            )
        with self._lock:
            self._shelf.succeed(prediction_id)

    def _fail(self, prediction_id: str, reason: str) -> None:
        try:
            self._shelf.fail(prediction_id, reason)
        except (StorageFull, OSError):
            _log.warning("failure was not written", extra={"prediction_id": prediction_id})


@contextlib.contextmanager
def _turn(task: _Task) -> Iterator[None]:
    """Wait until nothing else is rendered in this process.

    Raises:
        EditCancelled: The task was cancelled while it waited.
    """
    while not _one_at_a_time.acquire(timeout=_QUEUE_LOOK_SECONDS):
        if task.cancelled.is_set():
            raise EditCancelled
    try:
        yield
    finally:
        _one_at_a_time.release()
