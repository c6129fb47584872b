"""The money of each job and of each person's day, and the ledger behind both.

Every movement is a ledger row, unique per regeneration and kind: money is set aside
once, released once, settled once, however often a step runs. `job_funds` and `day_funds`
hold the sums, so that one conditional UPDATE each decides whether an edit can be afforded.
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID, uuid4

from sqlalchemy import Engine, func, update
from sqlmodel import Session, col, select

from clipbot.domain import money
from clipbot.errors import BudgetExceeded
from clipbot.store import audit, days, states
from clipbot.store.database import reading, writing
from clipbot.store.tables import JobFundsRow, JobRow, LedgerRow, RegenerationRow

_CENT = Decimal("0.01")


def reserve(
    session: Session,
    job_id: UUID,
    user_id: UUID,
    ceilings: dict[UUID, int],
    *,
    budget_micros: int,
    day_ceiling_micros: int | None,
    now: datetime,
) -> None:
    """Set the ceilings of some regenerations (micros by id) aside, all or none.

    Raises:
        BudgetExceeded: The job cannot afford them; the transaction must be given up.
        DayCeilingExceeded: The person's day cannot; likewise.
    """
    wanted = sum(ceilings.values())
    _open(session, job_id)
    committed = col(JobFundsRow.spent_micros) + col(JobFundsRow.reserved_micros)
    # What costs nothing is always affordable, also for a job that is over its budget.
    affordable = (committed + wanted <= budget_micros) if wanted else (committed >= 0)
    reserved = session.execute(
        update(JobFundsRow)
        .where(col(JobFundsRow.job_id) == job_id, affordable)
        .values(reserved_micros=col(JobFundsRow.reserved_micros) + wanted)
        .returning(col(JobFundsRow.job_id))
    ).first()
    if reserved is None:
        funds = session.exec(select(JobFundsRow).where(JobFundsRow.job_id == job_id)).one()
        raise BudgetExceeded(wanted, budget_micros - funds.spent_micros - funds.reserved_micros)
    day = days.day_of(now)
    days.reserve(session, user_id, wanted, ceiling_micros=day_ceiling_micros, day=day)
    for regeneration_id, ceiling in ceilings.items():
        _enter(session, job_id, user_id, regeneration_id, "reserve", ceiling, now)


def settle(session: Session, row: RegenerationRow, cost_micros: int, *, now: datetime) -> None:
    """Book what a regeneration cost and release what was set aside for it.

    Belongs into the transaction that closes the regeneration, under the job's lock.
    """
    ceiling = row.ceiling_micros
    _enter(session, row.job_id, row.user_id, row.id, "release", ceiling, now)
    _book(session, row.job_id, row.user_id, row.id, cost_micros, released=ceiling, now=now)
    day = days.day_of(row.created_at)
    days.move(session, row.user_id, cost_micros - ceiling, day=day)


def charge(
    session: Session, job_id: UUID, cost_micros: int, *, user_id: UUID | None, now: datetime
) -> None:
    """Book a cost that belongs to no regeneration, under an id of its own.

    Raises:
        JobNotFound: There is no such job.
    """
    states.lock(session, job_id)
    _open(session, job_id)
    _book(session, job_id, user_id, uuid4(), cost_micros, released=0, now=now)
    if user_id is not None:
        days.move(session, user_id, cost_micros, day=days.day_of(now))


def _book(
    session: Session,
    job_id: UUID,
    user_id: UUID | None,
    id_: UUID,
    cost_micros: int,
    *,
    released: int,
    now: datetime,
) -> None:
    before = _settled(session, job_id)
    _enter(session, job_id, user_id, id_, "settle", cost_micros, now)
    session.execute(
        update(JobFundsRow)
        .where(col(JobFundsRow.job_id) == job_id)
        .values(
            reserved_micros=col(JobFundsRow.reserved_micros) - released,
            spent_micros=col(JobFundsRow.spent_micros) + cost_micros,
        )
    )
    # Added, not set: the pipeline may have booked something of its own in the meantime.
    growth = _cents(before + cost_micros) - _cents(before)
    if growth:
        total = func.coalesce(col(JobRow.total_cost), Decimal(0)) + growth
        states.change_job(session, job_id, total_cost=func.round(total, 2))


def spent_before(total_cost: Decimal | None) -> int:
    """Return what a job had cost before its books were opened, in micros."""
    return money.micros(total_cost or Decimal(0))


@dataclass(frozen=True)
class Books:
    """The books of all jobs, for the doctor, and for what is no regeneration."""

    engine: Engine

    def charge(
        self, job_id: UUID, cost_micros: int, *, user_id: UUID | None = None, now: datetime
    ) -> None:
        """Book what was charged to a job outside any regeneration.

        Args:
            job_id: Who pays.
            cost_micros: What was charged.
            user_id: Whose day it counts for; None: nobody's.
            now: When.

        Raises:
            JobNotFound: There is no such job.
        """
        with writing(self.engine) as session:
            charge(session, job_id, cost_micros, user_id=user_id, now=now)

    def day_left(self, user_id: UUID, ceiling_micros: int, now: datetime) -> int:
        """Return what a person may still spend on the day of `now`, in micros; never below 0."""
        with reading(self.engine) as session:
            committed = days.of(session, user_id, days.day_of(now))
        return max(0, ceiling_micros - committed)

    def problems(self) -> list[str]:
        """Return a sentence for each sum that is not what the ledger adds up to."""
        with reading(self.engine) as session:
            return audit.problems(session)


def _open(session: Session, job_id: UUID) -> None:
    """Open a job's books with what it has cost so far; later calls change nothing."""
    if session.exec(select(JobFundsRow.job_id).where(JobFundsRow.job_id == job_id)).first():
        return
    job = session.exec(select(JobRow).where(JobRow.id == job_id)).one()
    earlier = spent_before(job.total_cost)
    session.add(JobFundsRow(job_id=job_id, spent_micros=earlier, reserved_micros=0))
    session.flush()
    states.change(session, job_id, earlier_cost_micros=earlier)


def _enter(
    session: Session,
    job_id: UUID,
    user_id: UUID | None,
    regeneration_id: UUID,
    kind: str,
    micros: int,
    now: datetime,
) -> None:
    session.add(
        LedgerRow(
            job_id=job_id,
            regeneration_id=regeneration_id,
            user_id=user_id,
            kind=kind,
            amount_micros=micros,
            created_at=now,
        )
    )


def _settled(session: Session, job_id: UUID) -> int:
    total = session.exec(
        select(func.sum(LedgerRow.amount_micros)).where(
            LedgerRow.job_id == job_id, LedgerRow.kind == "settle"
        )
    ).one()
    return int(total or 0)


def _cents(micros: int) -> Decimal:
    return money.dollars(micros).quantize(_CENT, ROUND_HALF_UP)
