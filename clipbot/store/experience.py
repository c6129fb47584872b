"""What past work at a renderer cost and took, for the next estimate."""

from sqlmodel import Session, col, select

from clipbot.domain.estimates import Actual
from clipbot.store.tables import RegenerationRow, RenderIntentRow

_SAME_SECONDS = 0.01
"""Footage of one length may differ by a part of a frame."""


def actuals(session: Session, renderer: str, footage_seconds: float, *, limit: int) -> list[Actual]:
    """Return what footage of this length cost and took, newest first."""
    shortest, longest = footage_seconds - _SAME_SECONDS, footage_seconds + _SAME_SECONDS
    found = session.exec(
        select(RenderIntentRow)
        .where(
            RenderIntentRow.renderer == renderer,
            RenderIntentRow.outcome == "succeeded",
            col(RenderIntentRow.cost_micros).is_not(None),
            col(RenderIntentRow.footage_seconds).between(shortest, longest),
        )
        .order_by(col(RenderIntentRow.ended_at).desc())
        .limit(limit)
    )
    return [
        Actual(
            row.cost_micros or 0,
            ((row.ended_at or row.created_at) - row.created_at).total_seconds(),
        )
        for row in found
    ]


def accuracies(session: Session, renderer: str, *, limit: int) -> list[tuple[int, int]]:
    """Return `(estimate, cost)` in micros of paid edits that made a version, newest first.

    Those that went on to another attempt say nothing of the first one's estimate.
    """
    found = session.exec(
        select(RegenerationRow)
        .where(
            RegenerationRow.renderer == renderer,
            RegenerationRow.status == "completed",
            RegenerationRow.ceiling_micros > 0,
        )
        .order_by(col(RegenerationRow.finished_at).desc())
        .limit(limit)
    )
    return [
        (row.estimate_micros, row.cost_micros)
        for row in found
        if not row.attempts or row.attempts[0]["renderer"] == renderer
    ]
