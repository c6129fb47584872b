"""The webhooks of all users."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import Engine, delete, func, text, update
from sqlmodel import Session, col, select

from clipbot.errors import TooManyWebhooks, WebhookNotFound
from clipbot.store.database import is_postgres, reading, writing
from clipbot.store.records import DeliveryState, NewWebhook, WebhookChange, WebhookRecord
from clipbot.store.tables import DeliveryRow, WebhookRow

_LOCKS = 2**63
"""PostgreSQL names its advisory locks by 63 bits."""


def locked(session: Session, webhook_id: UUID) -> WebhookRow | None:
    """Return a webhook that nobody else changes until the transaction ends.

    Events may still be written down for it meanwhile: they need it to be there, no more.
    """
    query = select(WebhookRow).where(WebhookRow.id == webhook_id)
    return session.exec(query.with_for_update(key_share=True)).first()


def switch_off(session: Session, webhook: WebhookRow, reason: str | None, *, now: datetime) -> None:
    """Send nothing more to a locked webhook; what was on its way to it is dropped."""
    webhook.is_active, webhook.off_reason, webhook.updated_at = False, reason, now
    session.add(webhook)
    session.execute(
        update(DeliveryRow)
        .where(
            col(DeliveryRow.webhook_id) == webhook.id,
            col(DeliveryRow.state) == DeliveryState.PENDING,
        )
        .values(state=DeliveryState.DROPPED.value, lease=None, ended_at=now)
    )


@dataclass(frozen=True)
class Webhooks:
    """The webhooks of all users; secrets are never handed out, only put to use."""

    engine: Engine

    def add(self, new: NewWebhook, *, most: int, now: datetime) -> WebhookRecord:
        """Keep a new webhook.

        Raises:
            TooManyWebhooks: The user has `most` of them.
        """
        with writing(self.engine) as session:
            _queue(session, new.user_id)
            own = select(func.count()).where(col(WebhookRow.user_id) == new.user_id)
            if session.exec(own).one() >= most:
                raise TooManyWebhooks(most)
            row = WebhookRow(
                id=uuid4(),
                user_id=new.user_id,
                url=new.url,
                events=_names(new.events),
                secret=new.secret,
                created_at=now,
                updated_at=now,
            )
            session.add(row)
            session.flush()
            return _record(row)

    def get(self, webhook_id: UUID) -> WebhookRecord:
        """Return a webhook.

        Raises:
            WebhookNotFound: There is none of this id.
        """
        with reading(self.engine) as session:
            row = session.exec(select(WebhookRow).where(WebhookRow.id == webhook_id)).first()
            if row is None:
                raise WebhookNotFound
            return _record(row)

    def of_user(self, user_id: UUID) -> list[WebhookRecord]:
        """Return a user's webhooks, oldest first."""
        query = (
            select(WebhookRow)
            .where(WebhookRow.user_id == user_id)
            .order_by(col(WebhookRow.created_at), col(WebhookRow.id))
        )
        with reading(self.engine) as session:
            return [_record(row) for row in session.exec(query)]

    def change(self, webhook_id: UUID, change: WebhookChange, *, now: datetime) -> WebhookRecord:
        """Change a webhook. Switched on again, it begins anew: with no failures behind it.

        Raises:
            WebhookNotFound: It is not there any more.
        """
        with writing(self.engine) as session:
            row = _required(session, webhook_id)
            if row.is_active and not change.is_active:
                switch_off(session, row, None, now=now)
            elif change.is_active and (not row.is_active or row.url != change.url):
                row.is_active, row.off_reason, row.failures = True, None, 0
                row.is_slow, row.rests_until = False, None
            row.url, row.events, row.updated_at = change.url, _names(change.events), now
            session.add(row)
            session.flush()
            return _record(row)

    def rotate(
        self, webhook_id: UUID, secret: str, *, previous_until: datetime, now: datetime
    ) -> WebhookRecord:
        """Give a webhook another secret; the one before it signs too, for a while.

        Raises:
            WebhookNotFound: It is not there any more.
        """
        with writing(self.engine) as session:
            row = _required(session, webhook_id)
            row.previous_secret, row.secret = row.secret, secret
            row.previous_until, row.updated_at = previous_until, now
            session.add(row)
            session.flush()
            return _record(row)

    def remove(self, webhook_id: UUID) -> None:
        """Forget a webhook and its deliveries; a second time is harmless."""
        with writing(self.engine) as session:
            session.execute(delete(WebhookRow).where(col(WebhookRow.id) == webhook_id))


def _queue(session: Session, user_id: UUID) -> None:
    """Let new webhooks of one user follow each other; on SQLite all writers do."""
    if is_postgres(session.connection()):
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": user_id.int % _LOCKS})


def _required(session: Session, webhook_id: UUID) -> WebhookRow:
    row = locked(session, webhook_id)
    if row is None:
        raise WebhookNotFound
    return row


def _names(events: tuple[str, ...] | None) -> list[str] | None:
    return None if events is None else list(events)


def _record(row: WebhookRow) -> WebhookRecord:
    return WebhookRecord(
        id=row.id,
        user_id=row.user_id,
        url=row.url,
        events=None if row.events is None else tuple(row.events),
        is_active=row.is_active,
        off_reason=row.off_reason,
        failures=row.failures,
        previous_until=row.previous_until,
        rests_until=row.rests_until,
        created_at=row.created_at,
        updated_at=row.updated_at,
    )
