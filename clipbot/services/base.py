"""What the services ask of the outside, and how they are told the time."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol
from uuid import UUID

Clock = Callable[[], datetime]
"""Returns the time now, aware, in UTC."""


class Queue(Protocol):
    """Runs queued regenerations: durably, one at a time per job, parallel across jobs."""

    def enqueue(self, regeneration_id: UUID, job_id: UUID) -> None:
        """Hand over a regeneration that is written down as queued; twice is harmless."""
        ...
