"""Places at a provider: how many requests may be running there at the same time.

A request takes its place in the moment in which it is marked as sent, and gives it back
when its attempt or its edit is over.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, text, update
from sqlmodel import Session, col, select

from clipbot.errors import EditCancelled
from clipbot.store.database import is_postgres
from clipbot.store.records import Place
from clipbot.store.regeneration_rows import OPEN
from clipbot.store.tables import RegenerationRow, RenderIntentRow

_LOCK_KEY = 0x636C6970_0003


def take(
    session: Session,
    regeneration_id: UUID,
    attempt: int,
    *,
    renderers: Collection[str],
    limit: int | None,
    now: datetime,
) -> Place:
    """Mark an intent as sent if there is room for it."""
    queue(session)
    found = session.exec(
        select(RenderIntentRow.is_sent, RegenerationRow.status, RegenerationRow.is_cancel_requested)
        .join(RegenerationRow, col(RegenerationRow.id) == RenderIntentRow.regeneration_id)
        .where(
            RenderIntentRow.regeneration_id == regeneration_id, RenderIntentRow.attempt == attempt
        )
    ).first()
    if found is None:
        raise ValueError(f"attempt {attempt} of {regeneration_id} was not written down")
    is_sent, status, is_unwanted = found
    if is_sent:
        return Place.AGAIN
    if is_unwanted or status not in OPEN:
        raise EditCancelled
    if limit is not None and _taken(session, renderers, regeneration_id) >= limit:
        return Place.FULL
    session.execute(
        update(RenderIntentRow)
        .where(
            col(RenderIntentRow.regeneration_id) == regeneration_id,
            col(RenderIntentRow.attempt) == attempt,
        )
        .values(is_sent=True, created_at=now)
    )
    return Place.FIRST


def claim(
    session: Session, regeneration_id: UUID, attempt: int, *, since: datetime, now: datetime
) -> bool:
    """Mark an intent as sent anew, unless it is not any more what it was."""
    status, is_unwanted = session.exec(
        select(RegenerationRow.status, RegenerationRow.is_cancel_requested).where(
            RegenerationRow.id == regeneration_id
        )
    ).one()
    if is_unwanted or status not in OPEN:
        raise EditCancelled
    claimed = session.execute(
        update(RenderIntentRow)
        .where(
            col(RenderIntentRow.regeneration_id) == regeneration_id,
            col(RenderIntentRow.attempt) == attempt,
            col(RenderIntentRow.created_at) == since,
            col(RenderIntentRow.is_sent).is_(True),
            col(RenderIntentRow.prediction_id).is_(None),
        )
        .values(created_at=now)
        .returning(col(RenderIntentRow.attempt))
    ).first()
    return claimed is not None


def queue(session: Session) -> None:
    """Wait for whoever takes a place or a prediction now, at whatever provider.

    A count can be changed by rows that do not exist yet, so no lock on rows would do. On
    SQLite a writer holds the whole file already. On PostgreSQL it is an advisory lock: it
    needs no row, ends with the transaction, and so also works behind a pooler. One lock for
    all providers, since two sets of renderers may overlap and the transaction is short.
    """
    if is_postgres(session.connection()):
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK_KEY})


def _taken(session: Session, renderers: Collection[str], besides: UUID) -> int:
    return session.exec(
        select(func.count())
        .select_from(RenderIntentRow)
        .join(RegenerationRow, col(RegenerationRow.id) == RenderIntentRow.regeneration_id)
        .where(
            col(RenderIntentRow.renderer).in_(renderers),
            col(RenderIntentRow.is_sent).is_(True),
            col(RenderIntentRow.outcome).is_(None),
            # An edit makes one attempt after the other, so it never waits for itself.
            col(RenderIntentRow.regeneration_id) != besides,
            col(RegenerationRow.status).in_(OPEN),
        )
    ).one()
