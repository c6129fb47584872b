"""What is to be sent to webhooks next, handed out so that no two workers send the same.

A worker takes a delivery on a *lease*: it is left alone until the lease runs out, by the
database's clock. Whoever dies in the middle leaves a lease behind, and another worker
sends it again, under the same id: nothing is lost, and something may arrive twice.

Within a job, events go out in order: one waits for those before it until these have
arrived, ended, or failed `ORDERLY` times.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, Engine, and_, exists, func, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from clipbot.domain.deliveries import FAILURES, LEASE_SECONDS, ORDERLY, SLOW_SECONDS, Due
from clipbot.store.announcing import database_time
from clipbot.store.database import reading, writing
from clipbot.store.deliveries import delivery_record
from clipbot.store.events import event_record
from clipbot.store.records import AttemptEnd, DeliveryState, EventRecord, Message
from clipbot.store.tables import DeliveryRow, JobEventRow, WebhookRow
from clipbot.store.webhooks import locked, switch_off

LONGEST_LOG = 20
"""Attempts of one delivery that are remembered."""
BROKEN_OFF = "The attempt was broken off on our side; it may have arrived."
GONE = "Its receiver answered 410: it wants nothing any more."
GIVEN_UP = f"{FAILURES} deliveries failed one after the other, each of them for hours."


@dataclass(frozen=True)
class Outbox:
    """The deliveries that are pending, for those who send them.

    Args:
        clock: Tells the time that all workers share.
    """

    engine: Engine
    clock: Callable[[Session], datetime] = database_time

    def due(self) -> list[Due]:
        """Return the webhooks to which something can be sent now.

        Those that answered well last time come first, then those that wait longest.
        """
        with reading(self.engine) as session:
            now = self.clock(session)
            query = (
                select(WebhookRow.id, WebhookRow.user_id, WebhookRow.is_slow)
                .where(
                    _is_open(now),
                    exists().where(col(DeliveryRow.webhook_id) == WebhookRow.id, _can_go(now)),
                )
                .order_by(
                    col(WebhookRow.is_slow),
                    func.coalesce(col(WebhookRow.tried_at), col(WebhookRow.created_at)),
                )
            )
            return [Due(*found) for found in session.exec(query)]

    def take(self, webhook_id: UUID, *, at_once: int) -> Message | None:
        """Begin an attempt at the webhook's next delivery.

        Args:
            webhook_id: Whose turn it is.
            at_once: Attempts that may be under way to one webhook, over all workers.

        Returns:
            What to send; None: there is nothing, or no room.
        """
        with writing(self.engine) as session:
            webhook = locked(session, webhook_id)
            # Asked for with the lock in hand: waiting for it may have taken a while.
            now = self.clock(session)
            if webhook is None or not _may_be_told(webhook, now):
                return None
            if _under_way(session, webhook_id, now) >= at_once:
                return None
            row = session.exec(
                select(DeliveryRow)
                .where(DeliveryRow.webhook_id == webhook_id, _can_go(now))
                .order_by(col(DeliveryRow.next_at), col(DeliveryRow.number))
                .limit(1)
            ).first()
            if row is None:
                return None
            if row.lease is not None:
                row.log = _logged(row, now, problem=BROKEN_OFF)
                row.last_status, row.last_problem, row.last_answer = None, BROKEN_OFF, None
            lease = uuid4()
            row.lease, row.attempts = lease, row.attempts + 1
            row.next_at = now + timedelta(seconds=LEASE_SECONDS)
            webhook.tried_at = now
            session.add_all((row, webhook))
            session.flush()
            secrets = _secrets(webhook, now)
            content = _content(session, row)
            return Message(delivery_record(row), lease, webhook.url, secrets, content, now)

    def end(self, message: Message, end: AttemptEnd) -> None:
        """Write down how an attempt ended.

        That it arrived is true whoever says so; that it failed counts only from the one
        who still has the lease.
        """
        with writing(self.engine) as session:
            webhook = locked(session, message.delivery.webhook_id)
            now = self.clock(session)
            row = session.exec(
                select(DeliveryRow).where(DeliveryRow.id == message.delivery.id)
            ).first()
            if webhook is None or row is None:
                return
            has_arrived = end.state is DeliveryState.DELIVERED
            if row.lease != message.lease and (
                not has_arrived or row.state == DeliveryState.DELIVERED
            ):
                return
            _write(row, end, now)
            _judge(session, webhook, end, now)
            session.add_all((row, webhook))


def _write(row: DeliveryRow, end: AttemptEnd, now: datetime) -> None:
    row.log = _logged(row, now, status=end.status, problem=end.problem, seconds=end.seconds)
    row.state, row.lease = end.state.value, None
    row.last_status, row.last_problem = end.status, end.problem
    row.last_answer, row.last_seconds = end.answer, end.seconds
    row.next_at = now + timedelta(seconds=end.wait_seconds)
    row.ended_at = None if end.state is DeliveryState.PENDING else now


def _judge(session: Session, webhook: WebhookRow, end: AttemptEnd, now: datetime) -> None:
    """Let a webhook bear the consequences of an attempt."""
    has_arrived = end.state is DeliveryState.DELIVERED
    webhook.is_slow = not has_arrived or end.seconds > SLOW_SECONDS
    if end.pause_seconds:
        pause = now + timedelta(seconds=end.pause_seconds)
        webhook.rests_until = max(pause, webhook.rests_until or pause)
    if has_arrived:
        webhook.failures = 0
    elif end.state is DeliveryState.FAILED:
        webhook.failures += 1
    session.flush()
    if end.is_gone:
        switch_off(session, webhook, GONE, now=now)
    elif webhook.failures >= FAILURES and webhook.is_active:
        switch_off(session, webhook, GIVEN_UP, now=now)


def _is_open(now: datetime) -> ColumnElement[bool]:
    rests_until = col(WebhookRow.rests_until)
    return and_(col(WebhookRow.is_active).is_(True), or_(rests_until.is_(None), rests_until <= now))


def _may_be_told(webhook: WebhookRow, now: datetime) -> bool:
    return webhook.is_active and (webhook.rests_until is None or webhook.rests_until <= now)


def _can_go(now: datetime) -> ColumnElement[bool]:
    """Return the condition on a delivery that it can be attempted now."""
    before = aliased(DeliveryRow)
    return and_(
        col(DeliveryRow.state) == DeliveryState.PENDING.value,
        col(DeliveryRow.next_at) <= now,
        ~exists().where(
            col(before.webhook_id) == col(DeliveryRow.webhook_id),
            col(before.job_id) == col(DeliveryRow.job_id),
            col(before.event_id) < col(DeliveryRow.event_id),
            col(before.state) == DeliveryState.PENDING.value,
            col(before.attempts) < ORDERLY,
        ),
    )


def _under_way(session: Session, webhook_id: UUID, now: datetime) -> int:
    return session.exec(
        select(func.count())
        .select_from(DeliveryRow)
        .where(
            col(DeliveryRow.webhook_id) == webhook_id,
            col(DeliveryRow.state) == DeliveryState.PENDING.value,
            col(DeliveryRow.lease).is_not(None),
            col(DeliveryRow.next_at) > now,
        )
    ).one()


def _secrets(webhook: WebhookRow, now: datetime) -> tuple[str, ...]:
    previous, until = webhook.previous_secret, webhook.previous_until
    is_valid = previous is not None and until is not None and until > now
    return (webhook.secret, previous) if previous and is_valid else (webhook.secret,)


def _content(session: Session, row: DeliveryRow) -> EventRecord | None:
    if row.job_id is None:
        return None
    event = session.exec(
        select(JobEventRow).where(JobEventRow.job_id == row.job_id, JobEventRow.id == row.event_id)
    ).one()
    return event_record(event)


def _logged(
    row: DeliveryRow,
    now: datetime,
    *,
    status: int | None = None,
    problem: str | None = None,
    seconds: float | None = None,
) -> list[dict[str, object]]:
    entry = {"at": now.isoformat(), "status": status, "problem": problem, "seconds": seconds}
    return [*row.log, entry][-LONGEST_LOG:]
