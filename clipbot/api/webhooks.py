"""Webhooks: addresses of one's own that are told of what happens to one's jobs.

What providers call is in `hooks`.
"""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query

from clipbot.api.context import Me
from clipbot.api.errors import responses
from clipbot.api.models.webhooks import (
    DeliveryList,
    DeliveryModel,
    NewWebhookModel,
    NewWebhookRequest,
    WebhookChangeRequest,
    WebhookList,
    WebhookModel,
)

router = APIRouter(tags=["webhooks"])
WebhookId = Annotated[UUID, Path(description="Id of the webhook.")]
DeliveryId = Annotated[UUID, Path(description="Id of the delivery.")]


@router.get("/webhooks")
def list_webhooks(me: Me) -> WebhookList:
    """List one's webhooks."""
    return WebhookList.of(me.services.webhooks.list(me.user))


@router.post("/webhooks", status_code=201, responses=responses(400, 409, 422))
def create_webhook(me: Me, body: NewWebhookRequest) -> NewWebhookModel:
    """Have an address told of what happens to one's jobs; the secret is shown this once."""
    record, secret = me.services.webhooks.create(me.user, body.url, body.events)
    return NewWebhookModel.with_secret(record, secret)


@router.get("/webhooks/{webhook_id}", responses=responses(400, 403, 404))
def get_webhook(me: Me, webhook_id: WebhookId) -> WebhookModel:
    """Look at a webhook."""
    return WebhookModel.of(me.services.webhooks.get(me.user, webhook_id))


@router.patch("/webhooks/{webhook_id}", responses=responses(400, 403, 404, 422))
def change_webhook(me: Me, webhook_id: WebhookId, body: WebhookChangeRequest) -> WebhookModel:
    """Change where it leads and what it is told; switch it off and on."""
    changed = me.services.webhooks.change(
        me.user,
        webhook_id,
        url=body.url,
        events=body.events,
        is_active=body.is_active,
        tells_all=body.tells_all,
    )
    return WebhookModel.of(changed)


@router.delete("/webhooks/{webhook_id}", responses=responses(400, 403, 404))
def delete_webhook(me: Me, webhook_id: WebhookId) -> WebhookModel:
    """Forget a webhook, with its deliveries."""
    return WebhookModel.of(me.services.webhooks.delete(me.user, webhook_id))


@router.post("/webhooks/{webhook_id}/rotate", responses=responses(400, 403, 404))
def rotate_webhook(me: Me, webhook_id: WebhookId) -> NewWebhookModel:
    """Get a new secret; for 24 hours the old one signs, too."""
    record, secret = me.services.webhooks.rotate(me.user, webhook_id)
    return NewWebhookModel.with_secret(record, secret)


@router.post(
    "/webhooks/{webhook_id}/test", status_code=202, responses=responses(400, 403, 404, 409)
)
def test_webhook(me: Me, webhook_id: WebhookId) -> DeliveryModel:
    """Have a `ping` sent; its delivery tells how that went."""
    return DeliveryModel.of(me.services.webhooks.test(me.user, webhook_id))


@router.get("/webhooks/{webhook_id}/deliveries", responses=responses(400, 403, 404, 422))
def list_deliveries(
    me: Me,
    webhook_id: WebhookId,
    before: Annotated[
        int | None, Query(ge=1, le=2**62, description="Begin behind this number.")
    ] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> DeliveryList:
    """List what was, is and will be sent, newest first; kept for 30 days."""
    found = me.services.webhooks.deliveries(me.user, webhook_id, before=before, limit=limit)
    return DeliveryList.of(found, limit)


@router.post(
    "/webhooks/{webhook_id}/deliveries/{delivery_id}/redeliver",
    status_code=202,
    responses=responses(400, 403, 404, 409),
)
def repeat_delivery(me: Me, webhook_id: WebhookId, delivery_id: DeliveryId) -> DeliveryModel:
    """Have it sent once more, under the same `webhook-id`."""
    return DeliveryModel.of(me.services.webhooks.redeliver(me.user, webhook_id, delivery_id))
