"""Who is to be told of an event: one delivery per webhook, in the event's own transaction.

So a delivery exists exactly when its event does, whoever dies when. Where nobody has a
webhook, it costs one look at an index.
"""

from datetime import UTC, datetime
from uuid import UUID, uuid5

from sqlalchemy import func, select, type_coerce
from sqlmodel import Session, col

from clipbot.store.database import is_postgres
from clipbot.store.tables import DeliveryRow, JobRow, WebhookRow
from clipbot.store.tables.columns import Utc


def announce(session: Session, job_id: UUID, event_id: int, event: str, *, now: datetime) -> None:
    """Write down what is to be sent of an event to the webhooks of the job's owner."""
    query = (
        select(col(WebhookRow.id), col(WebhookRow.events))
        .join(JobRow, col(JobRow.user_id) == col(WebhookRow.user_id))
        .where(col(JobRow.id) == job_id, col(WebhookRow.is_active).is_(True))
        # One that is being deleted is waited for, instead of failing at the foreign key.
        .with_for_update(read=True, key_share=True, of=WebhookRow)
    )
    told = [id_ for id_, events in session.execute(query) if events is None or event in events]
    if not told:
        return
    due = database_time(session)
    session.add_all(
        DeliveryRow(
            id=uuid5(webhook_id, f"{job_id}/{event_id}"),
            webhook_id=webhook_id,
            job_id=job_id,
            event_id=event_id,
            event=event,
            next_at=due,
            created_at=now,
        )
        for webhook_id in told
    )


def database_time(session: Session) -> datetime:
    """Return the time by the clock that all workers share, as it is at this moment."""
    if not is_postgres(session.connection()):
        # The database is a file of this machine, and tells the time in whole seconds only.
        return datetime.now(UTC)
    # Not `now()`: that is when the transaction began, and it may have waited since.
    now: datetime = session.scalars(select(type_coerce(func.clock_timestamp(), Utc()))).one()
    return now
