"""What an edit is charged: what was really paid, attempt by attempt, and never a guess.

Where a provider cannot be asked, the edit stays open for attention with its money set
aside, until it can be or until a person has looked at the provider's bill.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from clipbot.domain.money import settlement
from clipbot.errors import ChargeUnknown, ProviderError
from clipbot.renderers.base import PredictionStatus, Renderer
from clipbot.services.rendering import Rendering, attempt_of
from clipbot.services.sending import LOOKABLE, patience_of
from clipbot.store.records import IntentRecord, RegenerationRecord

logger = logging.getLogger(__name__)

_POLL_SECONDS = 0.2
_STOP_POLLS = 50
"""Looks at a prediction that was asked to stop, until it is left for later."""


@dataclass(frozen=True, slots=True)
class Charging:
    """Finds out what edits were charged."""

    rendering: Rendering
    wait: Callable[[float], None]

    def charged(self, row: RegenerationRecord) -> int:
        """Return what is booked: what the language model charged, and all attempts together.

        A batch's discount is taken off the attempts. Never more is booked than was agreed to.

        Raises:
            ChargeUnknown: A provider does not say yet what an attempt cost.
        """
        if not row.ceiling_micros:
            return 0
        spent = sum(self._cost(row, intent) for intent in self.rendering.rows.intents(row.id))
        # Not what is left of the whole beside the prompt: its writer may be another one by now.
        attempts = row.attempts or (attempt_of(row, 1),)
        agreed = sum(attempt.ceiling_micros for attempt in attempts)
        booked = settlement(
            min(spent, agreed), percent=row.discount_percent, ceiling_micros=row.ceiling_micros
        )
        return min(row.language_micros + booked, row.ceiling_micros)

    def looked_for(self, row: RegenerationRecord, intent: IntentRecord) -> str | None:
        """Return the prediction of a request that nobody answered; None: surely there is none.

        Raises:
            ChargeUnknown: It cannot be told, now or ever.
            ProviderError: The provider cannot be asked.
        """
        rendering = self.rendering
        renderer = rendering.renderers.by_key(intent.renderer)
        age = rendering.clock() - intent.created_at
        if renderer.patience_seconds and age > LOOKABLE:
            raise ChargeUnknown(renderer.label)
        found = rendering.sending.find(renderer, rendering.request_of(row, intent), intent)
        if found and rendering.rows.set_prediction(row.id, intent.attempt, found) != found:
            # Somebody took it meanwhile; the next look is at another one.
            raise ChargeUnknown(renderer.label)
        if not found and age < patience_of(renderer):
            raise ChargeUnknown(renderer.label)
        return found

    def _cost(self, row: RegenerationRecord, intent: IntentRecord) -> int:
        if intent.cost_micros is not None:
            return intent.cost_micros
        if not intent.is_sent:
            return 0
        try:
            renderer = self.rendering.renderers.by_key(intent.renderer)
            prediction_id = intent.prediction_id or self.looked_for(row, intent)
            return self._of(row, intent, renderer, prediction_id) if prediction_id else 0
        except ProviderError as error:
            logger.warning("charge unknown", extra={"regeneration_id": str(row.id)})
            labels = self.rendering.renderers.labels()
            raise ChargeUnknown(labels.get(intent.renderer, intent.renderer)) from error

    def _of(
        self,
        row: RegenerationRecord,
        intent: IntentRecord,
        renderer: Renderer,
        prediction_id: str,
    ) -> int:
        """Return what a prediction cost; one that is not wanted is asked to stop, and soon has."""
        for polls in range(_STOP_POLLS):
            seen = renderer.poll(prediction_id)
            if seen.status is not PredictionStatus.RUNNING:
                return self.rendering.book(row, intent, seen)
            if not self.rendering.rows.is_cancel_requested(row.id):
                break
            if polls == 0:  # It may have been found only now.
                renderer.cancel(prediction_id)
            self.wait(_POLL_SECONDS)
        raise ChargeUnknown(renderer.label)
