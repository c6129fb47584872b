"""Which processes are alive, for the one that takes over the work of the dead.

All times are by the database's clock: hosts disagree, the database agrees with itself.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine, delete, func, type_coerce
from sqlmodel import Session, col, select

from clipbot.store import states
from clipbot.store.database import is_postgres, reading, writing
from clipbot.store.tables import WorkerRow
from clipbot.store.tables.columns import Utc

_LEADER_KEY = 0x636C6970_0001
"""Number of the advisory lock; "clip" in its upper half."""
_FORGOTTEN = timedelta(days=1)


@dataclass(frozen=True)
class Workers:
    """The heartbeats of all processes."""

    engine: Engine

    def beat(self, executor_id: str) -> None:
        """Say that a process is alive. Forgets those that were silent for a day."""
        with writing(self.engine) as session:
            now = _database_time(session)
            session.execute(
                states.insert(session, WorkerRow)
                .values(executor_id=executor_id, beat=now)
                .on_conflict_do_update(index_elements=["executor_id"], set_={"beat": now})
            )
            session.execute(delete(WorkerRow).where(col(WorkerRow.beat) < now - _FORGOTTEN))

    def alive(self, *, within_seconds: float) -> set[str]:
        """Return the processes that were heard of within that time."""
        with reading(self.engine) as session:
            since = _database_time(session) - timedelta(seconds=within_seconds)
            return set(
                session.exec(select(WorkerRow.executor_id).where(col(WorkerRow.beat) >= since))
            )

    def leave(self, executor_id: str) -> None:
        """Say that a process stops and holds no work any more."""
        with writing(self.engine) as session:
            session.execute(delete(WorkerRow).where(col(WorkerRow.executor_id) == executor_id))

    def silences(self, *, within_seconds: float) -> dict[str, float]:
        """Return the seconds since each process was heard of, for those heard within a time."""
        with reading(self.engine) as session:
            now = _database_time(session)
            since = now - timedelta(seconds=within_seconds)
            rows = session.exec(select(WorkerRow).where(col(WorkerRow.beat) >= since))
            return {row.executor_id: (now - row.beat).total_seconds() for row in rows}

    @contextmanager
    def try_lead(self) -> Iterator[bool]:
        """Be the only leader until the block ends; yields whether that worked.

        On SQLite there is one executor by other means, so it always does.
        """
        if not is_postgres(self.engine):
            yield True
            return
        with writing(self.engine) as session:
            leads = session.scalar(select(func.pg_try_advisory_xact_lock(_LEADER_KEY)))
            yield bool(leads)


def _database_time(session: Session) -> datetime:
    return session.exec(select(type_coerce(func.now(), Utc()))).one()
