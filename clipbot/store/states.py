"""The one row per job that every change of the job takes first.

It is the job's queue: whoever holds it may read, decide and write without anybody in
between, and because it is always taken first no two changes can wait for each other.
It also counts the job's events and remembers where the film stands.
"""

from typing import Any
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel, col, select

from clipbot.errors import JobNotFound
from clipbot.store.database import is_postgres
from clipbot.store.tables import JobRow, JobStateRow


def lock(session: Session, job_id: UUID) -> JobStateRow:
    """Lock a job until the transaction ends, and return its state.

    Raises:
        JobNotFound: There is no such job.
    """
    state = _locked(session, job_id)
    if state is None:
        if session.exec(select(JobRow.id).where(JobRow.id == job_id)).first() is None:
            raise JobNotFound(str(job_id))
        fresh = insert(session, JobStateRow).values(job_id=job_id, last_event=0, edit_position=0)
        session.execute(fresh.on_conflict_do_nothing())
        state = _locked(session, job_id)
    if state is None:
        raise JobNotFound(str(job_id))
    return state


def change(session: Session, job_id: UUID, **values: Any) -> None:
    """Set columns of a locked job's state."""
    session.execute(
        update(JobStateRow).where(col(JobStateRow.job_id) == job_id).values(**values),
    )


def change_job(session: Session, job_id: UUID, **values: Any) -> None:
    """Set columns of a locked job's own row."""
    session.execute(update(JobRow).where(col(JobRow.id) == job_id).values(**values))


def insert(session: Session, table: type[SQLModel]) -> postgresql.Insert | sqlite.Insert:
    """Return an INSERT that knows ON CONFLICT, which the databases spell alike but apart."""
    if is_postgres(session.connection()):
        return postgresql.insert(table)
    return sqlite.insert(table)


def _locked(session: Session, job_id: UUID) -> JobStateRow | None:
    # SQLite has no row locks and needs none: a writer holds the whole file.
    return session.exec(
        select(JobStateRow).where(JobStateRow.job_id == job_id).with_for_update()
    ).first()
