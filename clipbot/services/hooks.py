"""News from providers: which prediction an attempt of ours became.

Polling finds out everything that counts. A hook closes one gap: the id of a prediction
whose answer never reached us arrives by itself.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from clipbot.errors import RegenerationNotFound, RequestError
from clipbot.store.regenerations import Regenerations

logger = logging.getLogger(__name__)


class Seal(Protocol):
    """Knows whether a message is from a provider."""

    def prediction_id(self, headers: Mapping[str, str], body: bytes) -> str:
        """Return the prediction that a signed message is about.

        Raises:
            NotAllowed: The signature does not fit, or is too old.
            RequestError: It is about no prediction.
        """
        ...


@dataclass(frozen=True, slots=True)
class HookService:
    """Hears providers."""

    rows: Regenerations
    seal: Seal | None
    """None: no hooks are asked for."""

    def heard(self, marker: str, headers: Mapping[str, str], body: bytes) -> None:
        """Write down the prediction of an attempt, unless one is known.

        Args:
            marker: `RenderRequest.marker` of the attempt, from the hook's own address.
            headers: Of the message.
            body: Exactly as it arrived.

        Raises:
            NotAllowed: The signature does not fit.
            RequestError: It is no message that we asked for.
            RegenerationNotFound: We made no such attempt.
        """
        if self.seal is None:
            raise RequestError("No hooks are expected here.")
        prediction_id = self.seal.prediction_id(headers, body)
        regeneration_id, attempt = _parts(marker)
        intents = {each.attempt: each for each in self.rows.intents(regeneration_id)}
        if attempt not in intents:
            raise RegenerationNotFound(regeneration_id)
        if intents[attempt].prediction_id is None and intents[attempt].is_sent:
            kept = self.rows.set_prediction(regeneration_id, attempt, prediction_id)
            news = "prediction heard of" if kept == prediction_id else "prediction is another's"
            logger.info(news, extra={"regeneration_id": str(regeneration_id)})


def _parts(marker: str) -> tuple[UUID, int]:
    """Return the regeneration and the number of an attempt.

    Raises:
        RequestError: It is no marker of ours.
    """
    name, _, number = marker.partition(".")
    try:
        return UUID(name), int(number)
    except ValueError as error:
        raise RequestError("That is no attempt of ours.") from error
