"""What the services ask of the outside, and how they are told the time."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

Clock = Callable[[], datetime]
"""Returns the time now, aware, in UTC."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What may be spent, in micros, and how often; None: there is no such limit."""

    budget_micros: int
    """By one job, in all."""
    paid_per_hour: int
    """Paid submissions of one job within an hour; a batch counts once."""
    edit_ceiling_micros: int | None = None
    """By what is confirmed at once."""
    day_ceiling_micros: int | None = None
    """By one user within a day, in UTC."""


class Queue(Protocol):
    """Runs queued regenerations: durably, one at a time per job, parallel across jobs."""

    def enqueue(self, regeneration_id: UUID, job_id: UUID) -> None:
        """Hand over a regeneration that is written down as queued; twice is harmless."""
        ...

    def adopt(self, regeneration_id: UUID, job_id: UUID) -> None:
        """Have the footage of an edit that needed attention brought in; twice is harmless."""
        ...
