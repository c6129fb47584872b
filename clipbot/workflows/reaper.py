"""Takes over what dead executors left, where several hosts share one PostgreSQL.

Each executor beats; the others see by the database's clock who has stopped. DBOS itself
recovers only what the same executor left, so without this the work of a dead host would
wait for ever, and its jobs with it.
"""

import logging

from clipbot.workflows.backlog import Backlog
from clipbot.workflows.base import Workers

logger = logging.getLogger(__name__)


class Reaper:
    """One executor's share of looking after all of them."""

    def __init__(
        self, workers: Workers, backlog: Backlog, *, executor_id: str, dead_seconds: float
    ) -> None:
        self._workers = workers
        self._backlog = backlog
        self._executor_id = executor_id
        self._dead_seconds = dead_seconds

    def beat(self) -> None:
        """Tell the others that this executor is alive."""
        self._workers.beat(self._executor_id)

    def reap(self) -> None:
        """Queue again what nobody alive is working on; one executor at a time does this."""
        with self._workers.try_lead() as is_leading:
            if not is_leading:
                return
            # In this order: whoever took work after this look has beaten before it.
            running = self._backlog.running()
            alive = {*self._workers.alive(within_seconds=self._dead_seconds), self._executor_id}
            left = [id_ for id_, executor_id in running.items() if executor_id not in alive]
            if left:
                self._backlog.put_back(left)
                logger.warning("work of dead executors put back", extra={"count": len(left)})
