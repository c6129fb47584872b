"""One edit while it runs: read its row, say how far it is, notice that it was taken back.

A step that waits, or asks whether it was taken back, also learns here that its process is
to stop: what it stands on then raises, and the step is left as by a kill. It goes on from
its beginning in another process, or here after the next start.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from uuid import UUID

from clipbot.errors import EditCancelled
from clipbot.store.records import RegenerationRecord, RegenerationStatus
from clipbot.store.regenerations import Regenerations

PROMPT_DONE, RENDER_DONE, ENCODE_DONE = 10, 60, 95
"""Percent at which the parts end (seeds 002 §5.2)."""

_rest: ContextVar[Callable[[float], None]] = ContextVar("rest", default=time.sleep)


def rest(seconds: float) -> None:
    """Wait; raises what the place of this step raises, if it is to stop."""
    _rest.get()(seconds)


@contextmanager
def resting_by(wait: Callable[[float], None]) -> Iterator[None]:
    """Let the steps in this block wait by `wait`, which may raise to end them."""
    token = _rest.set(wait)
    try:
        yield
    finally:
        _rest.reset(token)


@dataclass(frozen=True, slots=True)
class LiveEdit:
    """The row of an edit, as the steps see it."""

    rows: Regenerations
    id: UUID

    def row(self) -> RegenerationRecord:
        """Return the row of an edit that is to go on.

        Raises:
            EditCancelled: It was taken back.
        """
        row = self.rows.get(self.id)
        # One that was taken back while it waited is closed already, and must not begin.
        was_cancelled = row.status is RegenerationStatus.CANCELLED
        if was_cancelled or (row.is_open and row.is_cancel_requested):
            raise EditCancelled
        return row

    def is_cancelled(self) -> bool:
        """Return whether somebody asked it to stop."""
        rest(0)
        return self.rows.is_cancel_requested(self.id)

    def report(self, name: str, progress: int, message: str) -> None:
        """Write down how far it is."""
        self.rows.progress(self.id, name=name, progress=progress, message=message)


def between(low: int, high: int, share: float) -> int:
    """Return the percent that a share (0..1) of the part from `low` to `high` stands for."""
    return low + int((high - low) * min(1.0, max(0.0, share)))
