"""Encode what a film will need while its new footage is still being checked.

What the film shows of new footage depends on the footage and its place alone, so encoding
begins when the footage has landed: before it is verified, measured, kept and judged. What
is not used in the end, nobody needs, and goes with time (`eviction.py`).

The step that encodes waits for what was begun here, so nothing is encoded twice. What
goes wrong here is silent: that step does the same again, and says so.
"""

import logging
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import copy_context
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from clipbot.errors import ClipbotError

logger = logging.getLogger(__name__)

_LOOK_SECONDS = 0.2
"""Between two looks of who waits."""

Encode = Callable[[Path, Callable[[], bool], Callable[[float], None]], object]
"""Encodes what the film needs of footage in a file: `(path, cancelled, on_progress)`."""


@dataclass(slots=True)
class _Run:
    """One encoding that goes on beside everything else."""

    share: float = 0.0
    is_unwanted: threading.Event = field(default_factory=threading.Event)
    is_over: threading.Event = field(default_factory=threading.Event)

    def report(self, share: float) -> None:
        self.share = share


@dataclass(frozen=True, slots=True)
class EarlyEncoding:
    """Encodings that were begun early, by edit. Safe to share between threads."""

    _runs: dict[UUID, _Run] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @contextmanager
    def beside(
        self,
        id_: UUID,
        footage: Path,
        name: Path,
        encode: Encode,
        *,
        cancelled: Callable[[], bool],
    ) -> Iterator[None]:
        """Encode while the block runs, and go on after it; a block that raises ends it.

        Args:
            id_: Of the edit.
            footage: May be removed once the block has ended.
            name: A second one for it, as long as it is encoded.
            encode: Called on a thread of its own, in this one's context.
            cancelled: Whether to stop.
        """
        self.finish(id_)
        run = self._begun(id_, footage, name, encode, cancelled)
        try:
            yield
        except BaseException:
            run.is_unwanted.set()
            self.finish(id_)
            raise

    def finish(self, id_: UUID, on_progress: Callable[[float], None] = lambda _: None) -> None:
        """Wait until what was begun of an edit is encoded, or given up; at once, if nothing was.

        Args:
            id_: Of the edit.
            on_progress: Told the encoded share, 0..1, now and then.
        """
        with self._lock:
            run = self._runs.pop(id_, None)
        while run is not None and not run.is_over.wait(_LOOK_SECONDS):
            on_progress(run.share)

    def _begun(
        self, id_: UUID, footage: Path, name: Path, encode: Encode, cancelled: Callable[[], bool]
    ) -> _Run:
        run = _Run()
        if not _linked(footage, name):
            return run
        with self._lock:
            self._runs[id_] = run
        threading.Thread(
            target=copy_context().run,
            args=(_work, run, name, encode, cancelled),
            name=f"early-{id_}",
            daemon=True,
        ).start()
        return run


def _work(run: _Run, footage: Path, encode: Encode, cancelled: Callable[[], bool]) -> None:
    try:
        encode(footage, lambda: run.is_unwanted.is_set() or cancelled(), run.report)
    except ClipbotError as error:
        logger.info("early encoding ended", extra={"code": error.code})
    except Exception:
        logger.exception("early encoding broke")
    except BaseException:  # noqa: BLE001 - the executor stops, and its own thread says so
        logger.info("early encoding stopped")
    finally:
        with suppress(OSError):
            footage.unlink(missing_ok=True)
        run.is_over.set()


def _linked(footage: Path, name: Path) -> bool:
    """Give a file another name, or copy it where files cannot have two; return whether it has."""
    try:
        os.link(footage, name)
    except OSError:
        try:
            shutil.copyfile(footage, name)
        except OSError:
            name.unlink(missing_ok=True)
            return False
    return True
