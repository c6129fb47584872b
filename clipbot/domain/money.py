"""What an edit may cost, and how the books stay straight.

Money is counted in micros, millionths of a US dollar, as `int`. An edit goes through
three states: *quoted* (a price, valid for a while, spent once), *reserved* (its ceiling
is set aside) and *settled* (the real cost is booked and the rest released). A budget
is never exceeded because what is reserved counts as spent until it is settled.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID

MICROS_PER_DOLLAR = 1_000_000
QUOTE_LIFETIME = timedelta(minutes=15)
WARN_FROM = Decimal("0.8")
"""Share of the budget from which on people are warned."""
MANY_REGENERATIONS = 3
"""Regenerations of one clip from which on the dialog suggests to start fresh (seeds 002, Q4)."""


@dataclass(frozen=True, slots=True)
class QuoteLine:
    """One line of a quote."""

    label: str
    estimate_micros: int
    ceiling_micros: int
    clip_index: int | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """What an edit may cost; valid for a while, spent once."""

    id: UUID
    job_id: UUID
    user_id: UUID
    renderer: str
    lines: tuple[QuoteLine, ...]
    estimated_seconds: float
    expires_at: datetime
    warnings: tuple[str, ...] = ()

    @property
    def estimate_micros(self) -> int:
        return sum(line.estimate_micros for line in self.lines)

    @property
    def ceiling_micros(self) -> int:
        """The most that can be charged."""
        return sum(line.ceiling_micros for line in self.lines)

    def is_expired(self, now: datetime) -> bool:
        """Whether it can be confirmed no longer."""
        return now >= self.expires_at


@dataclass(frozen=True, slots=True)
class Funds:
    """The money of a job."""

    budget_micros: int
    spent_micros: int
    reserved_micros: int

    @property
    def left_micros(self) -> int:
        return self.budget_micros - self.spent_micros - self.reserved_micros


def dollars(micros: int) -> Decimal:
    """Return an amount in dollars, to the micro."""
    return Decimal(micros) / MICROS_PER_DOLLAR


def micros(amount: Decimal | str | float) -> int:
    """Return an amount in dollars as micros, halves away from zero."""
    exact = Decimal(str(amount)) * MICROS_PER_DOLLAR
    return int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def decimal_string(micros_: int) -> str:
    """Return an amount as the API writes it: dollars with two to six decimals."""
    text = f"{dollars(micros_):.6f}"
    whole, _, fraction = text.partition(".")
    return f"{whole}.{fraction[:2]}{fraction[2:].rstrip('0')}"


def budget_warnings(funds: Funds, ceiling_micros: int) -> tuple[str, ...]:
    """Return what people should know about the budget before they confirm."""
    if not ceiling_micros or not funds.budget_micros:
        return ()
    after = funds.budget_micros - funds.left_micros + ceiling_micros
    share = Decimal(after) / funds.budget_micros
    if share < WARN_FROM:
        return ()
    return (f"This edit brings the job to {share:.0%} of its budget.",)


def repeat_warnings(regenerations_by_clip: Sequence[tuple[int, int]]) -> tuple[str, ...]:
    """Warn about clips that were regenerated often.

    Args:
        regenerations_by_clip: `(clip_index, finished regenerations)` pairs.
    """
    return tuple(
        f"Clip {index + 1} has been regenerated {count} times; "
        "going back to an earlier version may get you there sooner."
        for index, count in regenerations_by_clip
        if count >= MANY_REGENERATIONS
    )
