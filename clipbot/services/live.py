"""One edit while it runs: read its row, say how far it is, notice that it was taken back."""

from dataclasses import dataclass
from uuid import UUID

from clipbot.errors import EditCancelled
from clipbot.store.records import RegenerationRecord, RegenerationStatus
from clipbot.store.regenerations import Regenerations

PROMPT_DONE, RENDER_DONE, ENCODE_DONE = 10, 60, 95
"""Percent at which the parts end (seeds 002 §5.2)."""


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
        return self.rows.is_cancel_requested(self.id)

    def report(self, name: str, progress: int, message: str) -> None:
        """Write down how far it is."""
        self.rows.progress(self.id, name=name, progress=progress, message=message)


def between(low: int, high: int, share: float) -> int:
    """Return the percent that a share (0..1) of the part from `low` to `high` stands for."""
    return low + int((high - low) * min(1.0, max(0.0, share)))
