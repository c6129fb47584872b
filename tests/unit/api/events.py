"""Events for tests: a table in memory that can be read as the service is read."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

from clipbot.domain.user import User
from clipbot.errors import ClipbotError
from clipbot.services.views import EventRecord

JOB = UUID(int=1)
OTHER = UUID(int=2)
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


def event(id_: int, job_id: UUID = JOB, **fields: object) -> EventRecord:
    return EventRecord(
        id=id_,
        job_id=job_id,
        name="video_generating",
        regeneration_id=UUID(int=9),
        clip_index=0,
        progress=id_ % 101,
        message=f"Rendering {id_}",
        fields=fields,
        created_at=NOON,
    )


@dataclass(slots=True)
class Table:
    """Rows per job, as `RegenerationService.events` returns them."""

    rows: dict[UUID, list[EventRecord]] = field(default_factory=dict)
    page: int = 500
    reads: list[tuple[UUID, int]] = field(default_factory=list)
    fail_with: ClipbotError | Exception | None = None
    """Raised by the next read."""
    between: Callable[[], object] = lambda: None
    """Called in the middle of a read."""
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, count: int = 1, job_id: UUID = JOB) -> None:
        with self.lock:
            rows = self.rows.setdefault(job_id, [])
            rows += [event(len(rows) + 1 + step, job_id) for step in range(count)]

    def read(self, _: User, job_id: UUID, after: int) -> Sequence[EventRecord]:
        with self.lock:
            self.reads.append((job_id, after))
            if self.fail_with is not None:
                error, self.fail_with = self.fail_with, None
                raise error
            found = [row for row in self.rows.get(job_id, []) if row.id > after][: self.page]
        self.between()
        return found
