"""A person's webhooks: addresses of theirs that are told of what happens to their jobs.

A webhook is its owner's alone: it is told of their jobs and of nobody else's, and not even
an admin sees it. A secret is shown when it is made, and never again.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from clipbot.domain.signatures import SECRET_BYTES, secret_of
from clipbot.domain.user import User
from clipbot.domain.webhooks import EVENTS, MOST, OVERLAP
from clipbot.errors import NotAllowed, RequestError
from clipbot.receivers.base import Post
from clipbot.services.base import Clock
from clipbot.store.records import DeliveryRecord, NewWebhook, WebhookChange, WebhookRecord
from clipbot.store.store import Store


@dataclass(frozen=True, slots=True)
class WebhookService:
    """Keeps webhooks, and shows what became of each delivery."""

    store: Store
    post: Post
    clock: Clock

    def list(self, user: User) -> list[WebhookRecord]:
        """Return the user's webhooks, oldest first."""
        return self.store.webhooks.of_user(user.id)

    def get(self, user: User, webhook_id: UUID) -> WebhookRecord:
        """Return one of the user's webhooks.

        Raises:
            WebhookNotFound: There is none of this id.
            NotAllowed: It belongs to somebody else.
        """
        record = self.store.webhooks.get(webhook_id)
        if record.user_id != user.id:
            raise NotAllowed("This webhook belongs to somebody else.")
        return record

    def create(
        self, user: User, url: str, events: Sequence[str] | None = None
    ) -> tuple[WebhookRecord, str]:
        """Keep a new webhook; return it, and the secret that signs what is sent to it.

        Args:
            user: Whose jobs it is told of.
            url: https, and on the internet.
            events: Names of what it is told; None: everything.

        Raises:
            AddressRefused: Nothing is sent to such an address.
            RequestError: There is no such event.
            TooManyWebhooks: The user has as many as one may have.
        """
        chosen = _chosen(events)
        self.post.check(url)
        secret = _new_secret()
        new = NewWebhook(user.id, url, chosen, secret)
        return self.store.webhooks.add(new, most=MOST, now=self.clock()), secret

    def change(
        self,
        user: User,
        webhook_id: UUID,
        *,
        url: str | None = None,
        events: Sequence[str] | None = None,
        is_active: bool | None = None,
        tells_all: bool = False,
    ) -> WebhookRecord:
        """Change where a webhook leads, what it is told, and whether it is told anything.

        What is on its way when it is switched off is dropped.

        Args:
            user: Whose webhook it is.
            webhook_id: Which one.
            url: Another address.
            events: Names of what it is told from now on.
            is_active: Whether it is told anything.
            tells_all: Tell it everything, instead of what `events` names.

        Raises:
            WebhookNotFound: There is none of this id.
            NotAllowed: It belongs to somebody else.
            AddressRefused: Nothing is sent to such an address.
            RequestError: There is no such event.
        """
        record = self.get(user, webhook_id)
        chosen = record.events if events is None else _chosen(events)
        if url is not None and url != record.url:
            self.post.check(url)
        change = WebhookChange(
            url=record.url if url is None else url,
            events=None if tells_all else chosen,
            is_active=record.is_active if is_active is None else is_active,
        )
        return self.store.webhooks.change(webhook_id, change, now=self.clock())

    def rotate(self, user: User, webhook_id: UUID) -> tuple[WebhookRecord, str]:
        """Make a new secret; the one before it signs too for a day.

        Raises:
            WebhookNotFound: There is none of this id.
            NotAllowed: It belongs to somebody else.
        """
        self.get(user, webhook_id)
        secret, now = _new_secret(), self.clock()
        record = self.store.webhooks.rotate(
            webhook_id, secret, previous_until=now + OVERLAP, now=now
        )
        return record, secret

    def delete(self, user: User, webhook_id: UUID) -> WebhookRecord:
        """Forget a webhook with all its deliveries, and return what it was.

        Raises:
            WebhookNotFound: There is none of this id.
            NotAllowed: It belongs to somebody else.
        """
        record = self.get(user, webhook_id)
        self.store.webhooks.remove(webhook_id)
        return record

    def test(self, user: User, webhook_id: UUID) -> DeliveryRecord:
        """Have a `ping` sent, as any event is.

        Raises:
            WebhookNotFound: There is none of this id.
            NotAllowed: It belongs to somebody else.
            WebhookOff: It is switched off.
            DeliveryPending: One is on its way already.
        """
        self.get(user, webhook_id)
        return self.store.deliveries.ping(webhook_id, now=self.clock())

    def deliveries(
        self, user: User, webhook_id: UUID, *, before: int | None = None, limit: int = 50
    ) -> Sequence[DeliveryRecord]:
        """Return what was, is and will be sent, newest first.

        Args:
            user: Whose webhook it is.
            webhook_id: Which one.
            before: Begin behind the delivery of this number.
            limit: How many at most.

        Raises:
            WebhookNotFound: There is none of this id.
            NotAllowed: It belongs to somebody else.
        """
        self.get(user, webhook_id)
        return self.store.deliveries.page(webhook_id, before=before, limit=limit)

    def redeliver(self, user: User, webhook_id: UUID, delivery_id: UUID) -> DeliveryRecord:
        """Have a delivery sent once more, under the same id.

        Raises:
            WebhookNotFound: There is none of this id.
            NotAllowed: It belongs to somebody else.
            WebhookOff: It is switched off.
            DeliveryNotFound: It has no such delivery, or not any more.
            DeliveryPending: It is going to be sent anyway.
        """
        self.get(user, webhook_id)
        return self.store.deliveries.repeat(webhook_id, delivery_id)


def _chosen(events: Sequence[str] | None) -> tuple[str, ...] | None:
    """Return names of events, each once, in the order in which they happen."""
    if events is None:
        return None
    unknown = [name for name in events if name not in EVENTS]
    if unknown:
        raise RequestError(f"There is no event of that name; there are {', '.join(EVENTS)}.")
    if not events:
        raise RequestError("Please name at least one event, or leave them out to be told of all.")
    return tuple(name for name in EVENTS if name in events)


def _new_secret() -> str:
    return secret_of(secrets.token_bytes(SECRET_BYTES))
