"""How a webhook's receiver knows who wrote, and that nothing was changed on the way.

The scheme is that of Standard Webhooks: HMAC-SHA256 over `id.timestamp.body`, in base64,
behind a version. While a secret is being replaced there is one signature by each, so a
receiver may change over whenever it likes.
"""

import hmac
from base64 import b64decode, b64encode
from collections.abc import Iterable

PREFIX = "whsec_"
SECRET_BYTES = 32


def secret_of(key: bytes) -> str:
    """Return a key in the form in which people copy it."""
    return PREFIX + b64encode(key).decode("ascii")


def signature(secrets: Iterable[str], message_id: str, timestamp: int, body: bytes) -> str:
    """Return the value of the header `webhook-signature`.

    Args:
        secrets: Of `secret_of`, the newest first.
        message_id: The same for every attempt at one message.
        timestamp: Of this attempt, in seconds since 1970.
        body: Exactly as it is sent.
    """
    signed = f"{message_id}.{timestamp}.".encode() + body
    return " ".join(f"v1,{_digest(secret, signed)}" for secret in secrets)


def headers(secrets: Iterable[str], message_id: str, timestamp: int, body: bytes) -> dict[str, str]:
    """Return the headers by which a message is verified."""
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": signature(secrets, message_id, timestamp, body),
    }


def _digest(secret: str, signed: bytes) -> str:
    key = b64decode(secret.removeprefix(PREFIX))
    return b64encode(hmac.digest(key, signed, "sha256")).decode("ascii")
