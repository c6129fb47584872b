"""Nothing is lost and nothing is stuck: what falls between two tables is picked up here.

A submission writes its row in one transaction and enqueues its workflow after it. A
process that dies in between leaves a row that nobody works on; `sweep` finds it.
"""

import logging
from datetime import datetime, timedelta
from uuid import UUID

from clipbot.errors import RegenerationNotFound
from clipbot.workflows.backlog import Backlog
from clipbot.workflows.base import Steps
from clipbot.workflows.regenerate import INTERNAL, INTERNAL_MESSAGE

logger = logging.getLogger(__name__)

KEEP = timedelta(days=30)
"""How long the engine's notes of ended workflows are kept; our own rows stay for ever."""


class Sweeper:
    """Looks after rows and workflows that do not fit together."""

    def __init__(self, steps: Steps, backlog: Backlog, *, stale_seconds: float) -> None:
        self._steps = steps
        self._backlog = backlog
        self._stale_seconds = stale_seconds
        self._ended: set[UUID] = set()
        self._failing: set[UUID] = set()

    def sweep(self) -> None:
        """Enqueue rows that have no workflow, and end rows whose workflow broke."""
        self._enqueue_forgotten()
        self._end_broken()

    def attend(self) -> None:
        """Look after edits that need attention, and have made footage brought in."""
        for regeneration_id, job_id in self._steps.attend():
            self._backlog.adopt(regeneration_id, job_id)

    def forget(self, now: datetime) -> None:
        """Delete the engine's notes of what ended long ago, and our rows that are for a while."""
        self._steps.forget(now)
        count = self._backlog.forget(now - KEEP)
        if count:
            logger.info("old workflows forgotten", extra={"count": count})

    def _enqueue_forgotten(self) -> None:
        waiting = self._steps.unqueued(self._stale_seconds)
        known = self._backlog.known([regeneration_id for regeneration_id, _ in waiting])
        for regeneration_id, job_id in waiting:
            if regeneration_id not in known:
                self._backlog.enqueue(regeneration_id, job_id)
                logger.warning(
                    "queued row had no workflow", extra={"regeneration_id": str(regeneration_id)}
                )

    def _end_broken(self) -> None:
        # Rare: a workflow that took its process down too often, or that could not even end.
        for regeneration_id in self._backlog.broken() - self._ended:
            try:
                self._end(regeneration_id)
            except Exception:
                # Not this thread's outermost edge, but this edit's: the others get their turn.
                if regeneration_id not in self._failing:
                    logger.exception(
                        "broken edit could not be ended",
                        extra={"regeneration_id": str(regeneration_id)},
                    )
                self._failing.add(regeneration_id)
            else:
                self._ended.add(regeneration_id)

    def _end(self, regeneration_id: UUID) -> None:
        if self._is_over(regeneration_id):
            return
        if regeneration_id not in self._failing:
            logger.error("workflow broke", extra={"regeneration_id": str(regeneration_id)})
        self._steps.end(
            regeneration_id,
            code=INTERNAL,
            message=INTERNAL_MESSAGE,
            retryable=False,
            timings={},
        )

    def _is_over(self, regeneration_id: UUID) -> bool:
        try:
            return self._steps.is_over(regeneration_id)
        except RegenerationNotFound:
            return True
