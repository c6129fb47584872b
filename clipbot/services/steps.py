"""The steps of one regeneration, each safe to run twice.

The durable workflow calls them in this order: `begin`, `intend`, `submit`,
`await_footage`, `store`, `encode`, `publish`; or `end` as soon as one of them fails. What a
provider refuses to show may go through `next_attempt` back to `intend`.
"""

import logging
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from clipbot.errors import EditCancelled, ProviderError
from clipbot.services.attention import Attention
from clipbot.services.charging import Charging
from clipbot.services.finishing import Finishing
from clipbot.services.prompting import Prompting
from clipbot.services.rendering import Rendering
from clipbot.services.repeats import RepeatService
from clipbot.store.records import RegenerationStatus

logger = logging.getLogger(__name__)

_STUCK = timedelta(minutes=30)
"""Longer than any edit of the pipeline takes without touching its job."""


@dataclass(frozen=True, slots=True)
class RegenerationSteps:
    """What the workflow does, step by step. What each may raise, its part says."""

    prompting: Prompting
    rendering: Rendering
    charging: Charging
    finishing: Finishing
    attention: Attention
    repeats: RepeatService

    def begin(self, regeneration_id: UUID) -> None:
        """Fix what the edit starts from, and write the new prompt."""
        self.prompting.begin(regeneration_id)

    def intend(self, regeneration_id: UUID, attempt: int) -> None:
        """Write down that a renderer is about to be asked."""
        self.rendering.intend(regeneration_id, attempt)

    def submit(self, regeneration_id: UUID, attempt: int) -> str:
        """Ask the renderer, at most once per attempt, and return the prediction's id."""
        return self.rendering.submit(regeneration_id, attempt)

    def next_attempt(self, regeneration_id: UUID, attempt: int) -> bool:
        """Return whether another attempt was agreed to after this one was refused."""
        return self.rendering.next_attempt(regeneration_id, attempt)

    def recall(self, regeneration_id: UUID) -> str:
        """Return the prediction of an edit whose footage was made after all."""
        return self.attention.recall(regeneration_id)

    def await_footage(self, regeneration_id: UUID, prediction_id: str) -> str:
        """Wait until the prediction is over and return where its footage is."""
        return self.rendering.await_footage(regeneration_id, prediction_id)

    def store(self, regeneration_id: UUID, footage_url: str) -> str:
        """Check new footage and keep it under a name of its own; return its blob key."""
        return self.finishing.store(
            regeneration_id,
            lambda dest: self.rendering.fetch(regeneration_id, footage_url, dest),
        )

    def encode(self, regeneration_id: UUID, footage_key: str) -> None:
        """Encode what the new film lacks."""
        self.finishing.encode(regeneration_id, footage_key)

    def publish(
        self, regeneration_id: UUID, footage_key: str, timings: Mapping[str, float]
    ) -> None:
        """Judge the new version, and make everything about it true at once."""
        row = self.finishing.rows.get(regeneration_id)
        cost_micros = self.charging.charged(row)
        self.finishing.publish(regeneration_id, footage_key, timings, cost_micros)

    def end(
        self,
        regeneration_id: UUID,
        *,
        code: str,
        message: str,
        retryable: bool,
        timings: Mapping[str, float],
    ) -> None:
        """Close an edit that made no version; the film is as before, what is left is released.

        Where nobody can say yet what it cost, its money stays set aside. So it does where
        footage was made that nobody has looked at: that is brought in.
        """
        row = self.finishing.rows.get(regeneration_id)
        if not row.is_open and row.status is not RegenerationStatus.NEEDS_ATTENTION:
            return
        cost_micros = None
        with suppress(ProviderError):
            is_wanted = code != EditCancelled.code and row.ceiling_micros > 0
            if not (is_wanted and self.attention.has_new_footage(row, code)):
                cost_micros = self.charging.charged(row)
        self.finishing.end(
            row,
            code=code,
            message=message,
            retryable=retryable,
            timings=timings,
            cost_micros=cost_micros,
        )

    def attend(self) -> list[tuple[UUID, UUID]]:
        """Look after edits that need attention; return what is to be brought in."""
        return self.attention.attend()

    def forget(self, now: datetime) -> int:
        """Forget what is kept for a while only; return how many rows that was."""
        return self.repeats.forget(now)

    def unqueued(self, older_than_seconds: float) -> list[tuple[UUID, UUID]]:
        """Return `(regeneration, job)` of edits that still wait, for the executor's sweep."""
        before = self.finishing.clock() - timedelta(seconds=older_than_seconds)
        return self.finishing.rows.unqueued(before)

    def release_stuck(self) -> None:
        """Let jobs be edited again that an edit of the pipeline has left locked."""
        released = self.finishing.projects.store.jobs.release_stuck(
            untouched_for=_STUCK, now=self.finishing.clock()
        )
        for job_id in released:
            logger.warning("stuck job released", extra={"job": str(job_id)})

    def is_over(self, regeneration_id: UUID) -> bool:
        """Return whether an edit needs nothing more."""
        return not self.finishing.rows.get(regeneration_id).is_open
