"""Watch edits, and stop them."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from uuid import UUID

from clipbot.domain.user import User
from clipbot.errors import RegenerationNotFound
from clipbot.services.access import owned
from clipbot.services.base import Clock
from clipbot.store.records import EventRecord, RegenerationRecord
from clipbot.store.store import Store

_POLL_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class RegenerationService:
    """Reads the rows that the workflow writes; leaving stops nothing."""

    store: Store
    wait: Callable[[float], None]
    clock: Clock

    def get(self, user: User, job_id: UUID, regeneration_id: UUID) -> RegenerationRecord:
        """Return one edit as it is now.

        Raises:
            RegenerationNotFound: The job has no such edit.
            NotAllowed: The job belongs to somebody else.
        """
        owned(self.store.jobs, user, job_id)
        row = self.store.regenerations.get(regeneration_id)
        if row.job_id != job_id:
            raise RegenerationNotFound(regeneration_id)
        return row

    def of_job(
        self, user: User, job_id: UUID, limit: int = 50, before: UUID | None = None
    ) -> list[RegenerationRecord]:
        """Return the job's edits, newest first; with `before`, those behind that one.

        Raises:
            RegenerationNotFound: The job has no such edit to begin behind.
            NotAllowed: The job belongs to somebody else.
        """
        owned(self.store.jobs, user, job_id)
        if before is not None:
            self.get(user, job_id, before)
        return self.store.regenerations.of_job(job_id, limit=limit, before=before)

    def batch(self, user: User, job_id: UUID, batch_id: UUID) -> list[RegenerationRecord]:
        """Return the edits of a batch, by clip.

        Raises:
            RegenerationNotFound: The job has no such batch.
        """
        owned(self.store.jobs, user, job_id)
        rows = [r for r in self.store.regenerations.of_batch(batch_id) if r.job_id == job_id]
        if not rows:
            raise RegenerationNotFound(batch_id)
        return rows

    def cancel(self, user: User, job_id: UUID, regeneration_id: UUID) -> RegenerationRecord:
        """Take an edit back; harmless when it is over. The film stays as it is.

        One that waits ends at once; one that runs is asked to stop, and does within seconds.

        Raises:
            RegenerationNotFound: The job has no such edit.
            NotAllowed: The job belongs to somebody else.
        """
        row = self.get(user, job_id, regeneration_id)
        (taken,) = self.store.regenerations.cancel(job_id, [row.id], now=self.clock())
        return taken

    def cancel_batch(self, user: User, job_id: UUID, batch_id: UUID) -> list[RegenerationRecord]:
        """Take back what is open of a batch; finished clips keep their new versions.

        Returns:
            The edits of the batch, in the order in which they run.

        Raises:
            RegenerationNotFound: The job has no such batch.
            NotAllowed: The job belongs to somebody else.
        """
        ids = [row.id for row in self.batch(user, job_id, batch_id)]
        return self.store.regenerations.cancel(job_id, ids, now=self.clock())

    def events(
        self, user: User, job_id: UUID, after: int = 0, limit: int = 500
    ) -> list[EventRecord]:
        """Return the job's events newer than `after`, oldest first."""
        owned(self.store.jobs, user, job_id)
        return self.store.events.after(job_id, after, limit=limit)

    def follow(
        self, user: User, job_id: UUID, regeneration_ids: Collection[UUID], after: int = 0
    ) -> Iterator[EventRecord]:
        """Yield the events of some edits as they come, until all of them are over.

        Args:
            user: Who asks.
            job_id: The job.
            regeneration_ids: The edits to follow.
            after: Id of the last event that was seen.
        """
        owned(self.store.jobs, user, job_id)
        wanted = set(regeneration_ids)
        while True:
            is_over = not any(self.store.regenerations.get(id_).is_open for id_ in wanted)
            news = self.store.events.after(job_id, after)
            for event in news:
                after = event.id
                if event.regeneration_id in wanted:
                    yield event
            if is_over and not news:
                return
            if not news:
                self.wait(_POLL_SECONDS)
