"""The attempts of an edit at a renderer, from the intent to what it cost.

They are a part of `Regenerations`, kept here because they are read and written apart:
none of this needs the job's lock.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Engine

from clipbot.domain.estimates import Actual
from clipbot.store import experience, intents, places
from clipbot.store.database import reading, writing
from clipbot.store.records import IntentRecord, Place


@dataclass(frozen=True)
class Attempts:
    """The attempts of all regenerations."""

    engine: Engine

    def intend(
        self,
        regeneration_id: UUID,
        attempt: int,
        *,
        renderer: str,
        marker: str,
        now: datetime,
        footage_seconds: float | None = None,
    ) -> IntentRecord:
        """Write down an attempt before it is sent; a second call returns the first one's row.

        Raises:
            ValueError: The marker belongs to another attempt.
        """
        with writing(self.engine) as session:
            return intents.intend(
                session,
                regeneration_id,
                attempt,
                renderer=renderer,
                marker=marker,
                footage_seconds=footage_seconds,
                now=now,
            )

    def intent(self, regeneration_id: UUID) -> IntentRecord | None:
        """Return the last attempt of a regeneration at a renderer, or None before the first."""
        found = self.intents(regeneration_id)
        return found[-1] if found else None

    def intents(self, regeneration_id: UUID) -> list[IntentRecord]:
        """Return all attempts of a regeneration, in order; empty before the first."""
        with reading(self.engine) as session:
            return intents.of(session, regeneration_id)

    def take_place(
        self,
        regeneration_id: UUID,
        attempt: int,
        *,
        renderers: Collection[str],
        limit: int | None,
        now: datetime,
    ) -> Place:
        """Mark an attempt as sent, unless as many as may be are running there.

        A place is taken until the attempt has ended, or its edit is open no longer.

        Args:
            regeneration_id: The edit.
            attempt: Its attempt, which was written down by `intend`.
            renderers: Keys of the renderers that share the places, this one's among them.
            limit: How many places there are; None: any number.
            now: When; the attempt counts from here, however long it waited.

        Raises:
            EditCancelled: It was never sent, and is over or was taken back.
            ValueError: No such attempt was written down.
        """
        with writing(self.engine) as session:
            return places.take(
                session, regeneration_id, attempt, renderers=renderers, limit=limit, now=now
            )

    def claim_place(
        self, regeneration_id: UUID, attempt: int, *, since: datetime, now: datetime
    ) -> bool:
        """Mark an attempt as sent anew: surely nothing was started when it was sent before.

        Args:
            regeneration_id: The edit.
            attempt: Its attempt.
            since: When it was sent before.
            now: When it will be sent.

        Returns:
            Whether it may be sent; False: somebody else has sent it, or knows what came of it.

        Raises:
            EditCancelled: Its edit is over or was taken back.
        """
        with writing(self.engine) as session:
            return places.claim(session, regeneration_id, attempt, since=since, now=now)

    def free_place(self, regeneration_id: UUID, attempt: int, *, since: datetime) -> None:
        """Take back that an attempt was sent: surely nothing was started.

        Args:
            regeneration_id: The edit.
            attempt: Its attempt.
            since: When the caller sent it; what somebody else has sent since then counts.
        """
        with writing(self.engine) as session:
            intents.mark_unsent(session, regeneration_id, attempt, since)

    def set_prediction(self, regeneration_id: UUID, attempt: int, prediction_id: str) -> str | None:
        """Write down the provider's id of an attempt; the first one stays.

        Returns:
            The id that counts; None: it has none, since this one belongs to another attempt.
        """
        with writing(self.engine) as session:
            places.queue(session)
            return intents.set_prediction(session, regeneration_id, attempt, prediction_id)

    def end_attempt(
        self,
        regeneration_id: UUID,
        attempt: int,
        *,
        outcome: str,
        cost_micros: int,
        now: datetime,
    ) -> None:
        """Write down how an attempt ended; the first answer stays.

        Args:
            regeneration_id: The edit.
            attempt: Its attempt.
            outcome: `succeeded`, `failed`, `refused` or `cancelled`.
            cost_micros: What was really charged, before a batch's discount.
            now: When.
        """
        with writing(self.engine) as session:
            intents.end(
                session,
                regeneration_id,
                attempt,
                outcome=outcome,
                cost_micros=cost_micros,
                now=now,
            )

    def taken(self, renderer: str, since: datetime) -> set[str]:
        """Return the predictions that belong to attempts written down since then."""
        with reading(self.engine) as session:
            return intents.taken(session, renderer, since)

    def actuals(self, renderer: str, footage_seconds: float, *, limit: int = 20) -> list[Actual]:
        """Return what footage of this length cost and took at a renderer, newest first."""
        with reading(self.engine) as session:
            return experience.actuals(session, renderer, footage_seconds, limit=limit)

    def accuracies(self, renderer: str, *, limit: int = 20) -> list[tuple[int, int]]:
        """Return `(estimate, cost)` of a renderer's paid edits that are done, newest first."""
        with reading(self.engine) as session:
            return experience.accuracies(session, renderer, limit=limit)
