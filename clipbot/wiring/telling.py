"""How an event is told to webhooks: exactly as REST tells it, with addresses that lead here."""

from typing import Any, Final

from clipbot.api.models.events import EventModel
from clipbot.services.views import EventRecord

_ADDRESSES: Final = ("new_clip_url", "video_url")


def told(event: EventRecord, *, base: str) -> dict[str, Any]:
    """Return what is told of an event.

    Args:
        event: What happened.
        base: Put in front of addresses that begin with `/`; empty: they stay as they are.
    """
    fields = EventModel.of(event).model_dump(mode="json", exclude_unset=True)
    for name in _ADDRESSES:
        url = fields.get(name)
        if isinstance(url, str) and url.startswith("/"):
            fields[name] = f"{base}{url}"
    return fields
