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
    footage_seconds: float | None,
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
            footage_seconds=footage_seconds,
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


def of(session: Session, regeneration_id: UUID) -> list[IntentRecord]:
    """Return all attempts, in order."""
    found = session.exec(
        select(RenderIntentRow)
        .where(RenderIntentRow.regeneration_id == regeneration_id)
        .order_by(col(RenderIntentRow.attempt))
    )
    return [_record(row) for row in found]


def taken(session: Session, renderer: str, since: datetime) -> set[str]:
    """Return the predictions that belong to attempts at a renderer since then."""
    found = session.exec(
        select(RenderIntentRow.prediction_id).where(
            RenderIntentRow.renderer == renderer, RenderIntentRow.created_at >= since
        )
    )
    return {prediction_id for prediction_id in found if prediction_id is not None}


def mark_unsent(session: Session, regeneration_id: UUID, attempt: int, since: datetime) -> None:
    """Mark an intent as not sent; one that has a prediction, or was sent anew, stays as it is."""
    session.execute(
        update(RenderIntentRow)
        .where(
            col(RenderIntentRow.regeneration_id) == regeneration_id,
            col(RenderIntentRow.attempt) == attempt,
            col(RenderIntentRow.prediction_id).is_(None),
            col(RenderIntentRow.created_at) == since,
        )
        .values(is_sent=False)
    )


def set_prediction(
    session: Session, regeneration_id: UUID, attempt: int, prediction_id: str
) -> str | None:
    """Write down the provider's id, unless it is another's; return the one that counts.

    The first one stays. Belongs under `places.queue`: else two could take the same id.
    """
    owner = session.exec(
        select(RenderIntentRow.attempt).where(RenderIntentRow.prediction_id == prediction_id)
    ).first()
    if owner is None:
        session.execute(
            update(RenderIntentRow)
            .where(
                col(RenderIntentRow.regeneration_id) == regeneration_id,
                col(RenderIntentRow.attempt) == attempt,
                col(RenderIntentRow.prediction_id).is_(None),
            )
            .values(prediction_id=prediction_id)
        )
    return session.exec(
        select(RenderIntentRow.prediction_id).where(
            RenderIntentRow.regeneration_id == regeneration_id, RenderIntentRow.attempt == attempt
        )
    ).one()


def end(
    session: Session,
    regeneration_id: UUID,
    attempt: int,
    *,
    outcome: str,
    cost_micros: int,
    now: datetime,
) -> None:
    """Write down how an attempt ended and what it cost; the first answer stays."""
    session.execute(
        update(RenderIntentRow)
        .where(
            col(RenderIntentRow.regeneration_id) == regeneration_id,
            col(RenderIntentRow.attempt) == attempt,
            col(RenderIntentRow.outcome).is_(None),
        )
        .values(outcome=outcome, cost_micros=cost_micros, ended_at=now)
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
        footage_seconds=row.footage_seconds,
        outcome=row.outcome,
        cost_micros=row.cost_micros,
        ended_at=row.ended_at,
    )
