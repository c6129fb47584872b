"""The money of each job: what is set aside, what was spent, and the ledger behind both.

Every movement is a ledger row, unique per regeneration and kind: money is set aside
once, released once, settled once, however often a step runs. `job_funds` holds the sums,
so that one conditional UPDATE decides whether an edit can be afforded.
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID, uuid4

from sqlalchemy import Engine, func, update
from sqlmodel import Session, col, select

from clipbot.domain import money
from clipbot.errors import BudgetExceeded
from clipbot.store import states
from clipbot.store.database import reading, writing
from clipbot.store.tables import JobFundsRow, JobRow, JobStateRow, LedgerRow, RegenerationRow

_CENT = Decimal("0.01")
_HOLDING = ("queued", "processing", "needs_attention")
"""States in which the ceiling stays set aside."""


def reserve(
    session: Session,
    job_id: UUID,
    ceilings: dict[UUID, int],
    *,
    budget_micros: int,
    now: datetime,
) -> None:
    """Set the ceilings of some regenerations (micros by id) aside, all or none.

    Raises:
        BudgetExceeded: The job cannot afford them; the transaction must be given up.
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
    for regeneration_id, ceiling in ceilings.items():
        _enter(session, job_id, regeneration_id, "reserve", ceiling, now)


def settle(session: Session, row: RegenerationRow, cost_micros: int, *, now: datetime) -> None:
    """Book what a regeneration cost and release what was set aside for it.

    Belongs into the transaction that closes the regeneration, under the job's lock.
    """
    _enter(session, row.job_id, row.id, "release", row.ceiling_micros, now)
    _book(session, row.job_id, row.id, cost_micros, released=row.ceiling_micros, now=now)


def charge(session: Session, job_id: UUID, cost_micros: int, *, now: datetime) -> None:
    """Book a cost that belongs to no regeneration, under an id of its own.

    Raises:
        JobNotFound: There is no such job.
    """
    states.lock(session, job_id)
    _open(session, job_id)
    _book(session, job_id, uuid4(), cost_micros, released=0, now=now)


def _book(
    session: Session, job_id: UUID, id_: UUID, cost_micros: int, *, released: int, now: datetime
) -> None:
    before = _settled(session, job_id)
    _enter(session, job_id, id_, "settle", cost_micros, now)
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

    def charge(self, job_id: UUID, cost_micros: int, *, now: datetime) -> None:
        """Book what was charged to a job outside any regeneration.

        Raises:
            JobNotFound: There is no such job.
        """
        with writing(self.engine) as session:
            charge(session, job_id, cost_micros, now=now)

    def problems(self) -> list[str]:
        """Return a sentence for each job whose sums are not what its ledger adds up to."""
        with reading(self.engine) as session:
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
                found += _differences(funds, "spent", funds.spent_micros, spent)
                found += _differences(funds, "reserved", funds.reserved_micros, reserved)
                needed = holding.get(funds.job_id, 0)
                found += _differences(funds, "set aside for open edits", reserved, needed)
            return found


def _differences(funds: JobFundsRow, what: str, kept: int, added_up: int) -> list[str]:
    if kept == added_up:
        return []
    amounts = f"${money.decimal_string(kept)}, but should be ${money.decimal_string(added_up)}"
    return [f"Job {funds.job_id}: {what} is {amounts}."]


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
    session: Session, job_id: UUID, regeneration_id: UUID, kind: str, micros: int, now: datetime
) -> None:
    session.add(
        LedgerRow(
            job_id=job_id,
            regeneration_id=regeneration_id,
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
