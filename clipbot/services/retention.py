"""Keep the footage of versions for as long as the rules say, and no longer.

Once a day one process looks at every job: what is too old, or more than there is room
for, is archived or deleted. What is not needed any more is only noted then; its file goes
an hour later, so that whoever reads it can finish. `store.retention` says why nothing is
lost when this ends anywhere in between.
"""

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from typing import Final
from uuid import UUID, uuid4

from clipbot.blobs.base import BlobStore, key_of
from clipbot.domain.retention import (
    Choice,
    FootageState,
    Held,
    Removal,
    RetentionRules,
    foreseen,
    too_much,
    too_old,
)
from clipbot.errors import (
    BlobError,
    ConflictError,
    EditCancelled,
    JobNotFound,
    MediaError,
    StorageUnavailable,
    VersionNotFound,
)
from clipbot.services.archiving import Archiving
from clipbot.services.base import Clock
from clipbot.services.keeping import Keeping
from clipbot.store.store import Store

logger = logging.getLogger(__name__)

CHORE: Final = "retention"
EVERY: Final = timedelta(days=1)
LEASE: Final = timedelta(minutes=30)
"""Longer than the longest archive takes."""
GRACE: Final = timedelta(hours=1)
"""As long as `BlobStore.path` promises a file to whoever asked for it."""

Carry = Callable[[Removal], Held | None]
"""Carries out a removal; returns what is there then, or None where it could not be done."""


class _Lost(Exception):
    """Somebody else does it by now."""


@dataclass(frozen=True, slots=True)
class RetentionService:
    """Archives and deletes footage. Several processes may try at once; one does it."""

    store: Store
    keeping: Keeping
    archiving: Archiving
    blobs: BlobStore
    rules: RetentionRules
    clock: Clock

    def tick(self, cancelled: Callable[[], bool]) -> None:
        """Delete what is left over, and do what is to be done once a day, if it is due.

        Raises:
            StorageUnavailable: Files cannot be read or deleted now; a later tick goes on.
        """
        self.sweep()
        holder = uuid4().hex
        if self._claim(holder, EVERY):
            self._run(holder, cancelled)

    def run(self) -> list[Removal]:
        """Do now what is done once a day; return what was archived and deleted.

        Raises:
            ConflictError: Another process is at it.
        """
        holder = uuid4().hex
        if not self._claim(holder, timedelta(0)):
            raise ConflictError("Retention is running already; it ends by itself.")
        done = self._run(holder, lambda: False)
        self.sweep()
        return done

    def foresee(self) -> list[Removal]:
        """Return what would be archived and deleted now, the sizes of archives as guessed."""
        done: list[Removal] = []
        for jobs in self._by_owner().values():
            self._keep(jobs, done, foreseen)
        return done

    def sweep(self) -> int:
        """Delete the files that nobody needs for an hour; return how many."""
        urls = self.store.retention.leftovers(self.clock() - GRACE)
        for url in urls:
            key = key_of(url)
            if key is not None:
                self.blobs.delete(key)
            self.store.retention.settle(url)
        if urls:
            logger.info("leftover footage deleted", extra={"files": len(urls)})
        return len(urls)

    def _claim(self, holder: str, every: timedelta) -> bool:
        now = self.clock()
        return self.store.chores.claim(CHORE, holder, every=every, lease=LEASE, now=now)

    def _run(self, holder: str, cancelled: Callable[[], bool]) -> list[Removal]:
        done: list[Removal] = []
        carry = partial(self._carried_out, holder, cancelled)
        try:
            for jobs in self._by_owner().values():
                self._keep(jobs, done, carry)
        except (_Lost, EditCancelled):
            # Whoever takes over does the rest; at the end of a process that is the next one.
            return done
        self.store.chores.end(CHORE, holder, now=self.clock())
        logger.info("footage looked through", extra={"removals": len(done)})
        return done

    def _by_owner(self) -> dict[UUID | None, list[UUID]]:
        found: dict[UUID | None, list[UUID]] = defaultdict(list)
        for job_id, user_id in self.store.retention.owners().items():
            found[user_id].append(job_id)
        return found

    def _keep(self, jobs: Iterable[UUID], done: list[Removal], carry: Carry) -> None:
        """Keep the jobs of one person within the rules."""
        now, rules = self.clock(), self.rules
        everything: list[Held] = []
        for job_id in jobs:
            try:
                held = self.keeping.held(job_id)
            except JobNotFound:
                continue
            held = _removed(held, lambda some: too_old(some, rules, now), done, carry)
            within = partial(
                too_much, most_bytes=rules.job_bytes, rules=rules, whose="the room of its job"
            )
            everything += _removed(held, within, done, carry)
        within = partial(
            too_much, most_bytes=rules.user_bytes, rules=rules, whose="the room of its owner"
        )
        _removed(everything, within, done, carry)

    def _carried_out(
        self, holder: str, cancelled: Callable[[], bool], removal: Removal
    ) -> Held | None:
        if cancelled():
            raise EditCancelled
        if not self.store.chores.keep(CHORE, holder, now=self.clock()):
            raise _Lost
        try:
            after = self._carry_out(removal, cancelled)
        except StorageUnavailable:
            raise
        except (MediaError, BlobError, JobNotFound, VersionNotFound) as error:
            place = {"job": str(removal.held.job_id), "code": error.code}
            logger.warning("footage could not be archived", extra=place)
            return None
        return after

    def _carry_out(self, removal: Removal, cancelled: Callable[[], bool]) -> Held | None:
        held = removal.held
        project = self.keeping.projects.of_job(held.job_id)
        current = project.current_number(held.clip_index)
        if removal.to is FootageState.ARCHIVED:
            size = self.archiving.archive(
                project, held.clip_index, held.number, current=current, cancelled=cancelled
            )
            return None if size is None else replace(held, state=removal.to, size_bytes=size)
        is_done = self.store.retention.delete(*held.place, current=current, now=self.clock())
        return replace(held, state=removal.to, size_bytes=0) if is_done else None


def _removed(held: Sequence[Held], choice: Choice, done: list[Removal], carry: Carry) -> list[Held]:
    """Carry out one removal after the other until nothing more is to go; return what is left."""
    left = {each.place: each for each in held}
    while removal := choice([*left.values()]):
        after = carry(removal)
        if after is not None:
            done.append(removal)
        # What could not be done now is not tried again in this round.
        left[removal.held.place] = after or replace(removal.held, is_needed=True)
    return [*left.values()]
