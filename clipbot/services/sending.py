"""Sending a request that costs money: at most once per attempt, whoever dies meanwhile.

A provider tells two equal requests apart as little as it tells why its answer got lost. So
a request is marked as sent before it leaves, and whoever finds the mark looks for it at
the provider first. Two rules make that sound where a process that seems dead is only slow:

- What is marked leaves within `LEAVING`, or never. So it is known until when to look.
- Sending anew takes a new mark, in exchange for the one that was seen. One alone gets it.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from clipbot.errors import (
    EditCancelled,
    ProviderError,
    ProviderUnavailable,
    SubmissionUnknown,
)
from clipbot.renderers.base import THIS_MACHINE, Renderer, RenderRequest
from clipbot.services.base import Clock
from clipbot.services.live import PROMPT_DONE, LiveEdit
from clipbot.services.work import Renderers
from clipbot.store.health import Health
from clipbot.store.records import IntentRecord, Place
from clipbot.store.regenerations import Regenerations

logger = logging.getLogger(__name__)

_POLL_SECONDS = 0.2
"""Between two looks for a free place."""
_LOOK_SECONDS = 2.0
"""Between two looks for a prediction that may have been started."""
_SKEW = timedelta(minutes=5)
"""How far clocks may differ: predictions of so much older attempts are known not to be ours."""
LOOKABLE = timedelta(minutes=50)
"""Age of an intent up to which it can be looked for: inputs are kept for an hour (facts)."""
LEAVING = timedelta(seconds=30)
"""A request leaves within so long after it was marked as sent, or never."""
_MOST_FAILURES = 3
"""Failures in a row after which a model is left alone,"""
_REST = timedelta(minutes=5)
"""for so long at first."""


@dataclass(frozen=True, slots=True)
class Sending:
    """Sends requests to renderers, or finds what came of them."""

    rows: Regenerations
    renderers: Renderers
    health: Health
    places: int
    """Predictions that may run at one provider at once, over all workers."""
    clock: Clock
    wait: Callable[[float], None]

    def send(
        self,
        edit: LiveEdit,
        asked: RenderRequest,
        renderer: Renderer,
        intent_now: Callable[[], IntentRecord],
    ) -> str:
        """Return the prediction of an attempt: the one that was started, else a new one.

        Args:
            edit: The edit.
            asked: What for.
            renderer: Who is asked.
            intent_now: Returns the attempt as it is written down now.

        Raises:
            EditCancelled: It was taken back.
            ProviderError: As `Renderer.submit` says.
        """
        leaving_at = self._placed(edit, renderer, intent_now())
        while True:
            intent = intent_now()
            if intent.prediction_id:
                return intent.prediction_id
            found = self._started(edit, renderer, asked, intent, leaving_at)
            kept = self.rows.set_prediction(intent.regeneration_id, intent.attempt, found)
            if kept:
                return kept
            # Somebody who asked for the very same has taken it for theirs; what they left is ours.
            leaving_at = None

    def find(self, renderer: Renderer, asked: RenderRequest, intent: IntentRecord) -> str | None:
        """Return the prediction that an attempt started, if any; raises as `Renderer.find`."""
        since = intent.created_at
        # Whoever has taken it may have looked for it as long as one can look.
        taken = self.rows.taken(renderer.key, since - LOOKABLE - _SKEW)
        return renderer.find(asked, since_seconds=since.timestamp(), taken=taken)

    def failed(self, renderer: Renderer, error: ProviderError) -> None:
        """Count a failure of a renderer: one that fails too often is left alone for a while."""
        if renderer.provider == THIS_MACHINE:  # It is never left alone: there is no other.
            return
        self.health.failed(
            renderer.key, error.reason, now=self.clock(), most=_MOST_FAILURES, rest=_REST
        )

    def _started(
        self,
        edit: LiveEdit,
        renderer: Renderer,
        asked: RenderRequest,
        intent: IntentRecord,
        leaving_at: datetime | None,
    ) -> str:
        """Return the prediction of a request: the one that was started, else a new one.

        Args:
            edit: The edit.
            renderer: Who is asked.
            asked: What for.
            intent: Its attempt.
            leaving_at: Since when it may be sent; None: it may have been sent before.
        """
        if leaving_at is None:
            # Whoever sent it may be at it still, in a process that we take for dead.
            left_at = max(self.clock(), intent.created_at + LEAVING)
            found = self._looked_up(edit, renderer, asked, intent, left_at)
            if found:
                return found
            leaving_at = self._claimed(renderer, intent)
        return self._sent(edit, renderer, asked, replace(intent, created_at=leaving_at))

    def _placed(self, edit: LiveEdit, renderer: Renderer, intent: IntentRecord) -> datetime | None:
        """Wait for a free place at the provider and take it.

        Returns:
            When; None: it may have been sent before.

        Raises:
            EditCancelled: It was taken back while it waited.
        """
        keys = self.renderers.of_provider(renderer.provider)
        places = None if renderer.provider == THIS_MACHINE else self.places
        is_told = False
        while True:
            now = self.clock()
            place = self.rows.take_place(
                intent.regeneration_id,
                intent.attempt,
                renderers=keys,
                limit=places,
                now=now,
            )
            if place is not Place.FULL:
                return now if place is Place.FIRST else None
            if not is_told:
                edit.report("video_generating", PROMPT_DONE, f"{renderer.label} is busy; waiting.")
                is_told = True
            self.wait(_POLL_SECONDS)

    def _claimed(self, renderer: Renderer, intent: IntentRecord) -> datetime:
        """Take the right to send what was surely never started, and return since when we have it.

        Raises:
            EditCancelled: It was taken back.
            ProviderUnavailable: Somebody else has it; the next run finds what comes of that.
        """
        now = self.clock()
        if not self.rows.claim_place(
            intent.regeneration_id, intent.attempt, since=intent.created_at, now=now
        ):
            raise ProviderUnavailable(renderer.label, "another worker asks it at the same time")
        return now

    def _sent(
        self, edit: LiveEdit, renderer: Renderer, asked: RenderRequest, intent: IntentRecord
    ) -> str:
        asked = replace(asked, not_after=(intent.created_at + LEAVING).timestamp())
        try:
            return renderer.submit(asked)
        except SubmissionUnknown as silence:
            self.failed(renderer, silence)
            found = self._looked_up(edit, renderer, asked, intent, self.clock())
            if found is None:
                self._unsent(intent)
                raise
            return found
        except ProviderError as error:
            # Nothing was started, so nobody need look for it: not the next run of this step,
            # and not whoever asks what the edit was charged.
            self._unsent(intent)
            if isinstance(error, ProviderUnavailable):
                self.failed(renderer, error)
            raise

    def _unsent(self, intent: IntentRecord) -> None:
        self.rows.free_place(intent.regeneration_id, intent.attempt, since=intent.created_at)

    def _looked_up(
        self,
        edit: LiveEdit,
        renderer: Renderer,
        asked: RenderRequest,
        intent: IntentRecord,
        left_at: datetime,
    ) -> str | None:
        """Return the prediction that was started, or None where surely none was.

        Args:
            edit: The edit.
            renderer: Who was asked.
            asked: What for.
            intent: Its attempt.
            left_at: When the request left at the latest.

        Raises:
            SubmissionUnknown: It cannot be told.
            EditCancelled: It was taken back meanwhile.
        """
        if self.clock() - intent.created_at > LOOKABLE and renderer.patience_seconds:
            raise SubmissionUnknown(renderer.label, "it is too long ago to tell whether it began")
        patience = timedelta(seconds=renderer.patience_seconds)
        until = left_at + patience if patience else self.clock()
        while True:
            found, failure = self._found(renderer, asked, intent)
            if found:
                return found
            if edit.is_cancelled():
                raise EditCancelled
            if self.clock() >= until:
                break
            self.wait(min(_LOOK_SECONDS, renderer.patience_seconds))
        if failure is not None:
            raise SubmissionUnknown(renderer.label, failure.reason) from failure
        return None

    def _found(
        self, renderer: Renderer, asked: RenderRequest, intent: IntentRecord
    ) -> tuple[str | None, ProviderError | None]:
        try:
            return self.find(renderer, asked, intent), None
        except ProviderError as error:
            return None, error


def patience_of(renderer: Renderer) -> timedelta:
    """Return how long after it was marked as sent a request may come to light."""
    patience = timedelta(seconds=renderer.patience_seconds)
    return LEAVING + patience if patience else patience
