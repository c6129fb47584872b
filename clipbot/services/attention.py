"""Edits that nobody could end: their provider did not answer, so their money is still set aside.

They are looked at again and again. What was made after all is brought in; what is over is
settled at what it cost. What a provider cannot tell any more is left to the person, who
has its bill.
"""

import logging
from dataclasses import dataclass
from uuid import UUID

from clipbot.domain.money import decimal_string
from clipbot.domain.user import User
from clipbot.errors import (
    ChargeUnknown,
    EditCancelled,
    PredictionLost,
    ProviderError,
    RegenerationNotFound,
    RequestError,
)
from clipbot.renderers.base import PredictionStatus
from clipbot.services.access import owned
from clipbot.services.base import Queue
from clipbot.services.charging import Charging
from clipbot.services.finishing import Finishing, charged_words
from clipbot.store.records import IntentRecord, RegenerationRecord, RegenerationStatus
from clipbot.store.regenerations import Regenerations
from clipbot.store.store import Store

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Attention:
    """The durable side: what the executor does about such edits by itself."""

    charging: Charging
    finishing: Finishing

    @property
    def rows(self) -> Regenerations:
        return self.charging.rendering.rows

    def attend(self) -> list[tuple[UUID, UUID]]:
        """Settle what can be settled; return `(regeneration, job)` of footage to be brought in."""
        return [(row.id, row.job_id) for row in self.rows.attention() if self.is_made(row)]

    def is_made(self, row: RegenerationRecord) -> bool:
        """Return whether footage waits to be brought in; close the edit if it is over without.

        One whose state cannot be had stays as it is.
        """
        try:
            if self._has_footage(row):
                return True
            cost_micros = self.charging.charged(row)
        except ProviderError:
            return False
        self.close(row, cost_micros)
        return False

    def has_new_footage(self, row: RegenerationRecord, code: str) -> bool:
        """Return whether there is footage that nobody has looked at.

        That is so where it was made since we looked last, or was said to be lost.

        Args:
            row: The edit.
            code: Of what it ends with.

        Raises:
            ProviderError: It cannot be told, or still is being made.
        """
        last = self._last(row)
        is_unseen = last is not None and (last.outcome is None or code == PredictionLost.code)
        return is_unseen and self._has_footage(row)

    def close(self, row: RegenerationRecord, cost_micros: int) -> None:
        """End an edit for good, at what it cost."""
        unknown = charged_words(row, None)
        told = (row.error or "The edit ended.").replace(unknown, charged_words(row, cost_micros))
        self.finishing.close(row, cost_micros, told)

    def recall(self, regeneration_id: UUID) -> str:
        """Return the prediction of an edit whose footage was made after all.

        Raises:
            PredictionLost: There is none.
        """
        last = self._last(self.rows.get(regeneration_id))
        if last is None or last.prediction_id is None:
            raise PredictionLost("The provider", "there is no such prediction")
        return last.prediction_id

    def _has_footage(self, row: RegenerationRecord) -> bool:
        """Return whether the last attempt succeeded, though nobody was told.

        Raises:
            ProviderError: It cannot be told, or still runs.
        """
        last = self._last(row)
        was_taken_back = row.is_cancel_requested or row.error_code == EditCancelled.code
        if last is None or not last.is_sent or was_taken_back:
            return False
        prediction_id = last.prediction_id or self.charging.looked_for(row, last)
        if prediction_id is None:
            return False
        renderer = self.charging.rendering.renderers.by_key(last.renderer)
        seen = renderer.poll(prediction_id)
        if seen.status is PredictionStatus.RUNNING:
            raise ChargeUnknown(renderer.label)
        return seen.status is PredictionStatus.SUCCEEDED

    def _last(self, row: RegenerationRecord) -> IntentRecord | None:
        return self.rows.intent(row.id)


@dataclass(frozen=True, slots=True)
class AttentionService:
    """The person's side: look again now, or close the edit by the provider's bill."""

    store: Store
    attention: Attention
    queue: Queue

    def look(self, user: User, job_id: UUID, regeneration_id: UUID) -> RegenerationRecord:
        """Ask the provider again, and go on from what it says.

        Raises:
            RegenerationNotFound: The job has no such edit.
            NotAllowed: The job belongs to somebody else.
            RequestError: The edit needs no attention.
        """
        row = self._waiting(user, job_id, regeneration_id)
        if self.attention.is_made(row):
            self.queue.adopt(row.id, job_id)
        return self.store.regenerations.get(regeneration_id)

    def close(
        self, user: User, job_id: UUID, regeneration_id: UUID, *, charged_micros: int
    ) -> RegenerationRecord:
        """Close the edit; the person says what the provider's bill says.

        Args:
            user: Who says so.
            job_id: The job.
            regeneration_id: The edit.
            charged_micros: What it was charged, from nothing to what was set aside for it.

        Raises:
            RegenerationNotFound: The job has no such edit.
            NotAllowed: The job belongs to somebody else.
            RequestError: The edit needs no attention, or that is more than was agreed to.
        """
        row = self._waiting(user, job_id, regeneration_id)
        if not 0 <= charged_micros <= row.ceiling_micros:
            most = decimal_string(row.ceiling_micros)
            raise RequestError(f"That edit can have cost $0.00 to ${most}.")
        self.attention.close(row, charged_micros)
        return self.store.regenerations.get(regeneration_id)

    def _waiting(self, user: User, job_id: UUID, regeneration_id: UUID) -> RegenerationRecord:
        owned(self.store.jobs, user, job_id)
        row = self.store.regenerations.get(regeneration_id)
        if row.job_id != job_id:
            raise RegenerationNotFound(regeneration_id)
        if row.status is not RegenerationStatus.NEEDS_ATTENTION:
            raise RequestError("That edit needs no attention.")
        return row
