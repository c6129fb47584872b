"""What is waiting, running or broken, as the engine's notes say; from any process.

This is a client of the engine's tables. It runs nothing, so every process has one,
whether it executes or not, and it stays the same when a process becomes the executor.
"""

import threading
import time
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from dbos import DBOSClient, WorkflowStatus

from clipbot.workflows.engine import APPLICATION, QUEUE, SERIALIZER, VERSION
from clipbot.workflows.notes import connections, let_go
from clipbot.workflows.regenerate import ADOPT, NAME

BROKEN = ["ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"]
OVER = ["SUCCESS", *BROKEN]
_ADOPTED = "adopt-"
_POOL_SIZE = 2
_MOST = 500
_TICKS_PER_SECOND = 100
_PRIORITIES = 2**31 - 1
_EDGE_SECONDS = 0.001
_PATIENCE_SECONDS = 1.0


class Backlog:
    """The queue of regenerations, first come first served within a job."""

    def __init__(self, url: str) -> None:
        self._connections = connections(url, _POOL_SIZE)
        self._client = DBOSClient(
            system_database_url=url,
            system_database_engine=self._connections,
            serializer=SERIALIZER,
            application_name=APPLICATION,
            system_database_pool_size=_POOL_SIZE,
        )
        self._order = threading.Lock()
        self._last_tick = 0

    def open_queue(self, *, concurrency: int, poll_seconds: float) -> None:
        """Say how the queue is worked off: one per job at a time, some jobs at once."""
        self._client.register_queue(
            QUEUE,
            partition_concurrency=1,
            worker_concurrency=concurrency,
            polling_interval_sec=poll_seconds,
        )

    def enqueue(self, regeneration_id: UUID, job_id: UUID) -> None:
        """Hand over a regeneration; a second time changes nothing."""
        self._add(NAME, str(regeneration_id), regeneration_id, job_id)

    def adopt(self, regeneration_id: UUID, job_id: UUID) -> None:
        """Hand over an edit whose footage was made after all.

        While it waits or runs, a second time changes nothing. Where it came to no end, since
        the provider went away again, it is tried anew, as another workflow.
        """
        stem = f"{_ADOPTED}{regeneration_id}"
        over = self._list(workflow_id_prefix=f"{stem}.", status=OVER)
        last = max((_number(workflow.workflow_id) for workflow in over), default=0)
        self._add(ADOPT, f"{stem}.{last + 1}", regeneration_id, job_id)

    def _add(self, name: str, workflow_id: str, regeneration_id: UUID, job_id: UUID) -> None:
        tick = self._next_tick()
        self._client.enqueue(
            {
                "workflow_name": name,
                "queue_name": QUEUE,
                "workflow_id": workflow_id,
                "app_version": VERSION,
                "queue_partition_key": str(job_id),
                "priority": 1 + tick % _PRIORITIES,
            },
            str(regeneration_id),
        )
        _let_pass(tick)

    def known(self, regeneration_ids: Collection[UUID]) -> set[UUID]:
        """Return which of these have a workflow, in whatever state."""
        if not regeneration_ids:
            return set()
        return _ids(self._list(workflow_ids=[str(id_) for id_ in regeneration_ids]))

    def running(self) -> dict[str, str]:
        """Return the ids of the workflows that are executed, and by which executor."""
        return {
            workflow.workflow_id: workflow.executor_id or ""
            for workflow in self._list(status=["PENDING"])
        }

    def broken(self) -> set[UUID]:
        """Return the newest workflows that ended by themselves, without ending their edit."""
        return _ids(self._list(status=BROKEN, limit=_MOST, sort_desc=True))

    def put_back(self, workflow_ids: Collection[str]) -> None:
        """Queue again what a dead executor left, at the head of its job."""
        if workflow_ids:
            # Without the name they would leave the queue, and with it the order of their job.
            self._client.resume_workflows(list(workflow_ids), queue_name=QUEUE)

    def forget(self, before: datetime) -> int:
        """Delete what DBOS knows of workflows that ended before this time; return how many."""
        old = self._list(status=OVER, completed_before=before.isoformat(), limit=_MOST)
        if old:
            self._client.delete_workflows([workflow.workflow_id for workflow in old])
        return len(old)

    def close(self) -> None:
        """Let go of the database."""
        self._client.destroy()
        if self._connections is not None:
            let_go(self._connections)

    def _list(self, **wanted: Any) -> list[WorkflowStatus]:
        return self._client.list_workflows(
            name=[NAME, ADOPT], load_input=False, load_output=False, **wanted
        )

    def _next_tick(self) -> int:
        """Return a number that rises with time: the smallest of a job is taken first.

        The engine orders equal priorities by their time of arrival, which on SQLite has
        whole seconds (measured, dbos 3.4.0), and equal times by id, which is chance. As a
        priority the number starts again after 248 days; what is queued at that moment
        changes places.
        """
        with self._order:
            self._last_tick = max(self._last_tick + 1, int(time.time() * _TICKS_PER_SECOND))
            return self._last_tick


def _let_pass(tick: int) -> None:
    """Wait until the clock, which all processes go by, is past a number.

    Then whoever comes later, in whatever process, has a later one. A clock that was set
    back is not waited for.
    """
    left = (tick + 1) / _TICKS_PER_SECOND + _EDGE_SECONDS - time.time()
    time.sleep(min(max(0.0, left), _PATIENCE_SECONDS))


def regeneration_of(workflow_id: str) -> UUID:
    """Return the regeneration that a workflow is about."""
    return UUID(workflow_id.removeprefix(_ADOPTED).partition(".")[0])


def _number(workflow_id: str) -> int:
    return int(workflow_id.rpartition(".")[2])


def _ids(workflows: Iterable[WorkflowStatus]) -> set[UUID]:
    return {regeneration_of(workflow.workflow_id) for workflow in workflows}
