"""What Replicate tells us unasked, once it is proven that Replicate says it.

A hook carries the prediction's id even where the process that paid for it died before
it could write the id down. Hooks may come twice, late and in any order: they are hints,
and the prediction itself is asked for what is true.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from clipbot.errors import ConfigurationError, HookRejected

TOLERANCE_SECONDS: Final = 300
"""Older or younger ones may be recordings."""


@dataclass(frozen=True, slots=True)
class Hook:
    """What a hook says."""

    prediction_id: str
    status: str
    """In Replicate's words."""


def verified(body: bytes, headers: Mapping[str, str], secret: str) -> Hook:
    """Return what a hook says.

    Args:
        body: As it arrived, byte by byte.
        headers: Of the request.
        secret: The account's, `whsec_...`.

    Raises:
        HookRejected: It is not signed by Replicate, too old, or says nothing.
        ConfigurationError: The secret is none.
    """
    # Loaded here: only a server with a public address gets hooks.
    from replicate.webhook import (  # noqa: PLC0415
        InvalidSecretKeyError,
        Webhooks,
        WebhookSigningSecret,
    )

    try:
        text = body.decode("utf-8")
        Webhooks.validate(
            headers=dict(headers),
            body=text,
            secret=WebhookSigningSecret(key=secret),
            tolerance=TOLERANCE_SECONDS,
        )
        document = json.loads(text)
    except InvalidSecretKeyError as error:
        raise ConfigurationError("The secret of Replicate's hooks is no such secret.") from error
    except (ValueError, RecursionError) as error:
        raise HookRejected from error
    found = document if isinstance(document, dict) else {}
    prediction_id, status = found.get("id"), found.get("status")
    if not isinstance(prediction_id, str) or not isinstance(status, str):
        raise HookRejected
    return Hook(prediction_id, status)
