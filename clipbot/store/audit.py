"""Whether the sums that decide about money are what the ledger adds up to."""

from collections import Counter
from datetime import date
from uuid import UUID

from sqlmodel import Session, col, func, select

from clipbot.domain import money
from clipbot.store import days
from clipbot.store.tables import (
    DayFundsRow,
    JobFundsRow,
    JobStateRow,
    LedgerRow,
    RegenerationRow,
)

_HOLDING = ("queued", "processing", "needs_attention")
"""States in which the ceiling stays set aside."""
_SIGNS = {"reserve": 1, "release": -1, "settle": 1}


def problems(session: Session) -> list[str]:
    """Return a sentence for each sum, of a job or of a person's day, that is not right."""
    return [*_of_jobs(session), *_of_days(session)]


def _of_jobs(session: Session) -> list[str]:
    sums = _sums(session)
    holding = _holding(session)
    found: list[str] = []
    opened = select(JobFundsRow, JobStateRow.earlier_cost_micros).join(
        JobStateRow, col(JobStateRow.job_id) == JobFundsRow.job_id
    )
    for funds, earlier in session.exec(opened):
        job_sums = sums.get(funds.job_id, {})
        spent = (earlier or 0) + job_sums.get("settle", 0)
        reserved = job_sums.get("reserve", 0) - job_sums.get("release", 0)
        job = f"Job {funds.job_id}"
        found += _differences(job, "spent", funds.spent_micros, spent)
        found += _differences(job, "reserved", funds.reserved_micros, reserved)
        needed = holding.get(funds.job_id, 0)
        found += _differences(job, "set aside for open edits", reserved, needed)
    return found


def _of_days(session: Session) -> list[str]:
    kept = {
        (row.user_id, row.day): row.committed_micros for row in session.exec(select(DayFundsRow))
    }
    added_up = _days(session)
    return [
        problem
        for user_id, day in sorted(kept.keys() | added_up.keys())
        for problem in _differences(
            f"User {user_id}",
            f"the cost of {day}",
            kept.get((user_id, day), 0),
            added_up[user_id, day],
        )
    ]


def _differences(whose: str, what: str, kept: int, added_up: int) -> list[str]:
    if kept == added_up:
        return []
    amounts = f"${money.decimal_string(kept)}, but should be ${money.decimal_string(added_up)}"
    return [f"{whose}: {what} is {amounts}."]


def _sums(session: Session) -> dict[UUID, dict[str, int]]:
    sums: dict[UUID, dict[str, int]] = {}
    for job_id, kind, total in session.exec(
        select(LedgerRow.job_id, LedgerRow.kind, func.sum(LedgerRow.amount_micros)).group_by(
            col(LedgerRow.job_id), col(LedgerRow.kind)
        )
    ):
        sums.setdefault(job_id, {})[kind] = int(total)
    return sums


def _holding(session: Session) -> dict[UUID, int]:
    rows = session.exec(
        select(RegenerationRow.job_id, func.sum(RegenerationRow.ceiling_micros))
        .where(col(RegenerationRow.status).in_(_HOLDING))
        .group_by(col(RegenerationRow.job_id))
    )
    return {job_id: int(total) for job_id, total in rows}


def _days(session: Session) -> Counter[tuple[UUID, date]]:
    """Add the ledger up by person and day; the first entry of an edit is when it was submitted."""
    submitted: dict[UUID, date] = {}
    sums = Counter[tuple[UUID, date]]()
    for entry in session.exec(select(LedgerRow).order_by(col(LedgerRow.id))):
        if entry.user_id is None:
            continue
        day = submitted.setdefault(entry.regeneration_id, days.day_of(entry.created_at))
        sums[entry.user_id, day] += _SIGNS[entry.kind] * entry.amount_micros
    return sums
