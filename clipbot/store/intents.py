"""What is about to be sent to a renderer, written down before it is sent.

A row that is marked as sent and has no prediction is the one dangerous state: a request
may be running and charged. Whoever finds it looks at the provider first
(facts/durable.md §3).
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import update
from sqlmodel import Session, col, select

from clipbot.store import states
from clipbot.store.records import IntentRecord
from clipbot.store.tables import RenderIntentRow


def intend(
    session: Session,
    regeneration_id: UUID,
    attempt: int,
    *,
    renderer: str,
    marker: str,
    now: datetime,
) -> IntentRecord:
    """Write an intent down, or return the one that is there.

    Raises:
        ValueError: The marker belongs to another attempt.
    """
    session.execute(
        states.insert(session, RenderIntentRow)
        .values(
            regeneration_id=regeneration_id,
            attempt=attempt,
            renderer=renderer,
            marker=marker,
            created_at=now,
            is_sent=False,
        )
        # Of whatever kind: two runs of one step write the same row, marker and all.
        .on_conflict_do_nothing()
    )
    row = session.exec(
        select(RenderIntentRow).where(
            RenderIntentRow.regeneration_id == regeneration_id, RenderIntentRow.attempt == attempt
        )
    ).first()
    if row is None:
        raise ValueError(f"the marker {marker} is another attempt's")
    return _record(row)


def last(session: Session, regeneration_id: UUID) -> IntentRecord | None:
    """Return the last attempt, or None where none was written down."""
    row = session.exec(
        select(RenderIntentRow)
        .where(RenderIntentRow.regeneration_id == regeneration_id)
        .order_by(col(RenderIntentRow.attempt).desc())
    ).first()
    return _record(row) if row else None


def mark_sent(session: Session, regeneration_id: UUID, attempt: int) -> bool:
    """Mark an intent as sent; return whether this call was the first to do so."""
    marked = session.execute(
        update(RenderIntentRow)
        .where(
            col(RenderIntentRow.regeneration_id) == regeneration_id,
            col(RenderIntentRow.attempt) == attempt,
            col(RenderIntentRow.is_sent).is_(False),
        )
        .values(is_sent=True)
        .returning(col(RenderIntentRow.attempt))
    ).first()
    return marked is not None


def set_prediction(
    session: Session, regeneration_id: UUID, attempt: int, prediction_id: str
) -> None:
    """Write down the provider's id; the first one stays."""
    session.execute(
        update(RenderIntentRow)
        .where(
            col(RenderIntentRow.regeneration_id) == regeneration_id,
            col(RenderIntentRow.attempt) == attempt,
            col(RenderIntentRow.prediction_id).is_(None),
        )
        .values(prediction_id=prediction_id)
    )


def _record(row: RenderIntentRow) -> IntentRecord:
    return IntentRecord(
        regeneration_id=row.regeneration_id,
        attempt=row.attempt,
        renderer=row.renderer,
        marker=row.marker,
        created_at=row.created_at,
        is_sent=row.is_sent,
        prediction_id=row.prediction_id,
    )
