"""What each person's edits of a day cost: one row per person and day, in UTC.

An edit counts for the day on which it was submitted, with its ceiling while it is open
and with its cost from then on. Of a transaction's locks the day's row comes after the
job's (see `states`), and several days come in order, so nobody waits in a circle.
"""

from datetime import UTC, date, datetime
from uuid import UUID

from sqlalchemy import update
from sqlmodel import Session, col, select

from clipbot.errors import DayCeilingExceeded
from clipbot.store import states
from clipbot.store.tables import DayFundsRow


def day_of(moment: datetime) -> date:
    """Return the day of a moment, in UTC."""
    return moment.astimezone(UTC).date()


def reserve(
    session: Session, user_id: UUID, wanted_micros: int, *, ceiling_micros: int | None, day: date
) -> None:
    """Set an amount aside within what the day allows; what costs nothing always fits.

    Raises:
        DayCeilingExceeded: The day allows no more; the transaction must be given up.
    """
    if not wanted_micros:
        return
    _open(session, user_id, day)
    committed = col(DayFundsRow.committed_micros)
    # One conditional UPDATE, as for the job's budget: no two can pass where one fits.
    reserved = session.execute(
        update(DayFundsRow)
        .where(
            col(DayFundsRow.user_id) == user_id,
            col(DayFundsRow.day) == day,
            *([] if ceiling_micros is None else [committed + wanted_micros <= ceiling_micros]),
        )
        .values(committed_micros=committed + wanted_micros)
        .returning(committed)
    ).first()
    if reserved is None:
        left = max(0, (ceiling_micros or 0) - of(session, user_id, day))
        raise DayCeilingExceeded(wanted_micros, left)


def move(session: Session, user_id: UUID, by_micros: int, *, day: date) -> None:
    """Add an amount to a day, or with a minus take it off."""
    if not by_micros:
        return
    _open(session, user_id, day)
    session.execute(
        update(DayFundsRow)
        .where(col(DayFundsRow.user_id) == user_id, col(DayFundsRow.day) == day)
        .values(committed_micros=col(DayFundsRow.committed_micros) + by_micros)
    )


def of(session: Session, user_id: UUID, day: date) -> int:
    """Return what a person's edits of a day cost, in micros."""
    committed = session.exec(
        select(DayFundsRow.committed_micros).where(
            DayFundsRow.user_id == user_id, DayFundsRow.day == day
        )
    ).first()
    return committed or 0


def _open(session: Session, user_id: UUID, day: date) -> None:
    fresh = states.insert(session, DayFundsRow)
    values = fresh.values(user_id=user_id, day=day, committed_micros=0)
    session.execute(values.on_conflict_do_nothing())
