"""The log of what was, is and will be sent to webhooks."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import Engine, case, delete, func, select
from sqlmodel import Session, col
from sqlmodel import select as select_row

from clipbot.domain.webhooks import PING
from clipbot.errors import DeliveryNotFound, DeliveryPending, WebhookNotFound, WebhookOff
from clipbot.store.announcing import database_time
from clipbot.store.database import reading, writing
from clipbot.store.records import DeliveryRecord, DeliveryState, WebhookState
from clipbot.store.tables import DeliveryRow, WebhookRow
from clipbot.store.webhooks import locked

_OVERDUE = timedelta(minutes=10)


@dataclass(frozen=True)
class Deliveries:
    """The deliveries of all webhooks, for people to look at and to repeat.

    Args:
        clock: Tells the time that all workers share.
    """

    engine: Engine
    clock: Callable[[Session], datetime] = database_time

    def page(
        self, webhook_id: UUID, *, before: int | None = None, limit: int = 50
    ) -> list[DeliveryRecord]:
        """Return deliveries of a webhook, newest first, of those numbered lower than `before`."""
        query = select_row(DeliveryRow).where(DeliveryRow.webhook_id == webhook_id)
        if before is not None:
            query = query.where(col(DeliveryRow.number) < before)
        with reading(self.engine) as session:
            rows = session.exec(query.order_by(col(DeliveryRow.number).desc()).limit(limit))
            return [delivery_record(row) for row in rows]

    def ping(self, webhook_id: UUID, *, now: datetime) -> DeliveryRecord:
        """Write down that a test is to be sent.

        Raises:
            WebhookNotFound: The webhook is not there any more.
            WebhookOff: It is switched off.
            DeliveryPending: A test is on its way already.
        """
        with writing(self.engine) as session:
            _require_active(session, webhook_id)
            waiting = select_row(DeliveryRow).where(
                DeliveryRow.webhook_id == webhook_id,
                DeliveryRow.state == DeliveryState.PENDING,
                DeliveryRow.event == PING,
            )
            if session.exec(waiting).first() is not None:
                raise DeliveryPending
            row = DeliveryRow(
                id=uuid4(),
                webhook_id=webhook_id,
                event=PING,
                next_at=self.clock(session),
                created_at=now,
            )
            session.add(row)
            session.flush()
            return delivery_record(row)

    def repeat(self, webhook_id: UUID, delivery_id: UUID) -> DeliveryRecord:
        """Send once more what has ended, under the same id, with all attempts before it.

        Raises:
            WebhookNotFound: The webhook is not there any more.
            WebhookOff: It is switched off.
            DeliveryNotFound: It has no such delivery.
            DeliveryPending: It is going to be sent anyway.
        """
        with writing(self.engine) as session:
            _require_active(session, webhook_id)
            row = session.exec(
                select_row(DeliveryRow).where(
                    DeliveryRow.webhook_id == webhook_id, DeliveryRow.id == delivery_id
                )
            ).first()
            if row is None:
                raise DeliveryNotFound
            if row.state == DeliveryState.PENDING:
                raise DeliveryPending
            row.state, row.attempts, row.ended_at = DeliveryState.PENDING.value, 0, None
            row.next_at, row.lease = self.clock(session), None
            session.add(row)
            session.flush()
            return delivery_record(row)

    def forget(self, older_than: timedelta) -> int:
        """Delete what ended long ago; return how many."""
        with writing(self.engine) as session:
            before = self.clock(session) - older_than
            gone = session.execute(
                delete(DeliveryRow)
                .where(
                    col(DeliveryRow.ended_at) < before,
                    col(DeliveryRow.state) != DeliveryState.PENDING,
                )
                .returning(col(DeliveryRow.number))
            )
            return len(gone.all())

    def state(self) -> WebhookState:
        """Return how all webhooks fare."""
        is_active, is_off = col(WebhookRow.is_active), col(WebhookRow.off_reason).is_not(None)
        is_pending = col(DeliveryRow.state) == DeliveryState.PENDING
        with reading(self.engine) as session:
            late = self.clock(session) - _OVERDUE
            is_late = is_active & (
                col(WebhookRow.rests_until).is_(None) | (col(WebhookRow.rests_until) < late)
            )
            active, off, failing = session.execute(
                select(
                    func.count(case((is_active, 1))),
                    func.count(case((is_off & ~is_active, 1))),
                    func.count(case((is_active & col(WebhookRow.is_slow), 1))),
                )
            ).one()
            retried, overdue = session.execute(
                select(
                    func.count(case((col(DeliveryRow.attempts) > 0, 1))),
                    func.count(case((is_late & (col(DeliveryRow.next_at) < late), 1))),
                )
                .join(WebhookRow, col(WebhookRow.id) == col(DeliveryRow.webhook_id))
                .where(is_pending)
            ).one()
        return WebhookState(active, off, failing, retried, overdue)


def _require_active(session: Session, webhook_id: UUID) -> None:
    webhook = locked(session, webhook_id)
    if webhook is None:
        raise WebhookNotFound
    if not webhook.is_active:
        raise WebhookOff


def delivery_record(row: DeliveryRow) -> DeliveryRecord:
    """Return a delivery as it is handed out."""
    state = DeliveryState(row.state)
    return DeliveryRecord(
        number=row.number or 0,
        id=row.id,
        webhook_id=row.webhook_id,
        job_id=row.job_id,
        event_id=row.event_id,
        event=row.event,
        state=state,
        attempts=row.attempts,
        next_at=row.next_at if state is DeliveryState.PENDING else None,
        last_status=row.last_status,
        last_problem=row.last_problem,
        last_answer=row.last_answer,
        last_seconds=row.last_seconds,
        log=tuple(row.log),
        created_at=row.created_at,
        ended_at=row.ended_at,
    )
