"""What an edit may cost, and how the books stay straight.

Money is counted in micros, millionths of a US dollar, as `int`. An edit goes through
three states: *quoted* (a price, valid for a while, spent once), *reserved* (its ceiling
is set aside) and *settled* (the real cost is booked and the rest released). A budget
is never exceeded because what is reserved counts as spent until it is settled.

Edits that are submitted together are a batch. From three clips on the renderer's price
is lower; the whole is rounded once, down, and `discounted` splits it so that the parts
add up to it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import accumulate, pairwise
from uuid import UUID

from clipbot.domain.takes import Take

MICROS_PER_DOLLAR = 1_000_000
QUOTE_LIFETIME = timedelta(minutes=15)
WARN_FROM = Decimal("0.8")
"""Share of the budget from which on people are warned."""
MANY_REGENERATIONS = 3
"""Regenerations of one clip from which on the dialog suggests to start fresh (seeds 002, Q4)."""
BATCH_FROM = 3
"""Clips from which on a batch is cheaper (seeds 003 §1.4)."""
BATCH_PERCENT = 10
"""What is then taken off the renderer's price."""
BATCH_LABEL = f"Three or more clips · \N{MINUS SIGN}{BATCH_PERCENT} %"
TAKES_LABEL = f"Three or more takes · \N{MINUS SIGN}{BATCH_PERCENT} %"
"""The same, for several versions of one clip at once: they are submitted together."""


@dataclass(frozen=True, slots=True)
class QuoteLine:
    """One line of a quote."""

    label: str
    estimate_micros: int
    """Less than nothing where the line takes something off."""
    ceiling_micros: int
    clip_index: int | None = None


@dataclass(frozen=True, slots=True)
class Attempt:
    """One agreed way to get footage; the next is tried where this one is refused."""

    renderer: str
    ceiling_micros: int
    """The most that it can cost, before a batch's discount."""
    is_cleaned: bool = False
    """Whether the prompt goes without the words that moderation minds."""


@dataclass(frozen=True, slots=True)
class QuotedClip:
    """What was agreed for one clip of a quote; together they cost what the quote says."""

    clip_index: int
    attempts: tuple[Attempt, ...]
    """At least one; the first is what normally happens."""
    estimate_micros: int
    ceiling_micros: int
    """The most that can be charged: prompt and all attempts, after a batch's discount."""
    discount_percent: int
    estimated_seconds: float
    take: Take | None = None
    """Which of several versions at once it is; then other entries are of the same clip."""


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
    clips: tuple[QuotedClip, ...] = ()
    """What will be done for each clip that can be done, by rising clip."""

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


def batch_percent(clips: int) -> int:
    """Return what is taken off the renderer's price for so many clips, in percent."""
    return BATCH_PERCENT if clips >= BATCH_FROM else 0


def after_discount(amount_micros: int, percent: int) -> int:
    """Return an amount with a discount taken off, rounded down: never against the person."""
    return amount_micros * (100 - percent) // 100


def discounted(amounts_micros: Sequence[int], percent: int) -> tuple[int, ...]:
    """Return amounts with a discount taken off their sum.

    Each part is the difference of two rounded running totals. So the parts add up to the
    rounded whole, each is at least its own amount rounded down (what is charged for it
    later always fits), and an amount of nothing stays nothing.

    Args:
        amounts_micros: Not below zero.
        percent: 0..100.

    Returns:
        Same order and length.
    """
    totals = [after_discount(total, percent) for total in accumulate(amounts_micros, initial=0)]
    return tuple(after - before for before, after in pairwise(totals))


def discount_line(
    estimates_micros: Sequence[int], ceilings_micros: Sequence[int], *, label: str = BATCH_LABEL
) -> QuoteLine | None:
    """Return the line that takes a batch's discount off; None: there are too few clips for one.

    Args:
        estimates_micros: The renderer's estimate for each clip.
        ceilings_micros: The most that it can cost, same order.
        label: What the line is called.
    """
    percent = batch_percent(len(ceilings_micros))
    if not percent:
        return None
    off = [
        after_discount(total, percent) - total
        for total in (sum(estimates_micros), sum(ceilings_micros))
    ]
    return QuoteLine(label, *off)


def settlement(charged_micros: int, *, percent: int, ceiling_micros: int) -> int:
    """Return what a renderer's charge is booked as: less the discount, never above the ceiling."""
    return min(after_discount(charged_micros, percent), ceiling_micros)


def budget_warnings(funds: Funds, ceiling_micros: int) -> tuple[str, ...]:
    """Return what people should know about the budget before they confirm."""
    if not ceiling_micros or not funds.budget_micros:
        return ()
    after = funds.budget_micros - funds.left_micros + ceiling_micros
    share = Decimal(after) / funds.budget_micros
    if share < WARN_FROM:
        return ()
    if share > 1:
        left = decimal_string(max(0, funds.left_micros))
        return (f"This may cost more than is left of the budget (${left}), and would be refused.",)
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
