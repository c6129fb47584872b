"""The middle of a regeneration: footage from a renderer.

Only `submit` may cost money here, guarded by its intent row (see `sending`). An attempt
that a provider refuses to show may be followed by another, where that was agreed to
beforehand.
"""

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from clipbot.blobs.base import BlobStore, key_of
from clipbot.domain.moderation import cleaned
from clipbot.domain.money import Attempt
from clipbot.domain.versions import ORIGINAL
from clipbot.errors import (
    BlobNotFound,
    ContentRefused,
    EditCancelled,
    PredictionLost,
    ProviderRateLimited,
    ProviderRejected,
    ProviderUnavailable,
)
from clipbot.renderers.base import (
    Prediction,
    PredictionStatus,
    Renderer,
    RenderRequest,
)
from clipbot.renderers.files import is_reachable
from clipbot.services.base import Clock
from clipbot.services.live import PROMPT_DONE, RENDER_DONE, LiveEdit, between
from clipbot.services.project import Project, Projects
from clipbot.services.sending import Sending
from clipbot.services.work import Renderers, Task, request
from clipbot.store.health import Health
from clipbot.store.records import IntentRecord, RegenerationRecord
from clipbot.store.regenerations import Regenerations

logger = logging.getLogger(__name__)

REFUSED = "refused"
"""Outcome of an attempt whose content the provider would not show."""
_POLL_SECONDS = 0.2
_LOOK_SECONDS = 2.0
"""Between two looks for a prediction that may have been started."""
_LOOKS_AT_LOST = 3
"""Looks at a prediction that its provider does not know: what it said to one may be a slip."""
_OUTAGE = timedelta(minutes=10)
"""How long a provider may be away while it makes footage."""


@dataclass(frozen=True, slots=True)
class Rendering:
    """Gets new footage made."""

    rows: Regenerations
    projects: Projects
    blobs: BlobStore
    renderers: Renderers
    health: Health
    places: int
    """Predictions that may run at one provider at once, over all workers."""
    clock: Clock
    wait: Callable[[float], None]

    @property
    def sending(self) -> Sending:
        """Return what sends its requests."""
        return Sending(self.rows, self.renderers, self.health, self.places, self.clock, self.wait)

    def intend(self, regeneration_id: UUID, attempt: int) -> None:
        """Write down that a renderer is about to be asked.

        Raises:
            EditCancelled: It was taken back.
        """
        row = LiveEdit(self.rows, regeneration_id).row()
        agreed = attempt_of(row, attempt)
        if row.renderer != agreed.renderer:
            self.rows.use_renderer(regeneration_id, agreed.renderer)
        self._intent(row, attempt)

    def submit(self, regeneration_id: UUID, attempt: int) -> str:
        """Ask the renderer, at most once per attempt, and return the prediction's id.

        A second run first takes the id that is written down, then looks the request up at
        the renderer for as long as that may miss one, and sends only what was surely never
        started.

        Raises:
            EditCancelled: It was taken back.
            ContentRefused: The provider minds what it would show.
            ProviderError: As `Renderer.submit` says.
        """
        edit = LiveEdit(self.rows, regeneration_id)
        row = edit.row()
        intent = self._intent(row, attempt)
        if intent.prediction_id:
            return intent.prediction_id
        renderer = self.renderers.by_key(intent.renderer)
        return self.sending.send(
            edit, self._request(row, intent), renderer, lambda: self._intent(row, attempt)
        )

    def await_footage(self, regeneration_id: UUID, prediction_id: str) -> str:
        """Wait until the prediction is over and return where its footage is.

        A provider that is away for a while is waited for: the prediction goes on there.

        Raises:
            EditCancelled: It was taken back; the prediction was asked to stop.
            ContentRefused: The provider minds what it would show.
            ProviderRejected: The prediction failed.
            ProviderUnavailable: Its state was unknown for too long; safe to ask again.
            PredictionLost: It is not known any more.
        """
        edit = LiveEdit(self.rows, regeneration_id)
        intent = self._intent_of(regeneration_id, prediction_id)
        renderer = self.renderers.by_key(intent.renderer)
        shown, heard, was_away = -1, self.clock(), False
        while True:
            if edit.is_cancelled():
                renderer.cancel(prediction_id)
                raise EditCancelled
            try:
                seen = self._polled(renderer, prediction_id, heard)
            except PredictionLost:
                if not self._asked_again(edit.row(), intent, renderer):
                    raise
                continue
            if seen is not None and seen.status is not PredictionStatus.RUNNING:
                self.book(edit.row(), intent, seen)
                self._note_health(renderer, seen)
                return _footage_url(renderer, seen)
            if seen is not None:
                heard = self.clock()
                percent = between(PROMPT_DONE, RENDER_DONE, seen.progress or 0.0)
                if percent != shown:
                    shown = percent
                    edit.report("video_generating", percent, f"{renderer.label} makes new footage.")
            elif not was_away:
                logger.warning("provider went away", extra={"renderer": renderer.key})
            was_away = seen is None
            self.wait(_LOOK_SECONDS if was_away else _POLL_SECONDS)

    def next_attempt(self, regeneration_id: UUID, attempt: int) -> bool:
        """Return whether another attempt was agreed to after this one, and announce it."""
        edit = LiveEdit(self.rows, regeneration_id)
        row = edit.row()
        if attempt >= len(row.attempts):
            return False
        refused, agreed = attempt_of(row, attempt), row.attempts[attempt]
        label, other = (self.renderers.by_key(one.renderer).label for one in (refused, agreed))
        words = " with other words" if agreed.is_cleaned else ""
        edit.report(
            "content_moderation_retry",
            PROMPT_DONE,
            f"{label} would not show this. As agreed, {other} is asked{words}.",
        )
        return True

    def fetch(self, regeneration_id: UUID, footage_url: str, dest: Path) -> Path:
        """Bring the footage to this machine and return where it is.

        It is paid, so a provider that is away for a while is waited for.

        Raises:
            EditCancelled: It was taken back meanwhile.
            ProviderError: As `Renderer.fetch`.
            FootageRejected: Likewise.
            StorageFull: Likewise.
        """
        edit = LiveEdit(self.rows, regeneration_id)
        renderer = self.renderers.by_key(edit.row().renderer)
        footage_url = self._here(edit.row(), renderer, footage_url)
        began = self.clock()
        while True:
            try:
                return renderer.fetch(footage_url, dest)
            except ProviderUnavailable:
                if self.clock() - began > _OUTAGE:
                    raise
            if edit.is_cancelled():
                raise EditCancelled
            self.wait(_LOOK_SECONDS)

    def request_of(self, row: RegenerationRecord, intent: IntentRecord) -> RenderRequest:
        """Return what was, or would be, asked in an attempt."""
        return self._request(row, intent)

    def book(self, row: RegenerationRecord, intent: IntentRecord, seen: Prediction) -> int:
        """Write down how an attempt ended, and return what it was charged.

        Where the renderer cannot tell, a success costs what was agreed to, and so does what was
        stopped on the way, which providers charge for; a failure costs nothing.
        """
        is_made = seen.status is PredictionStatus.SUCCEEDED
        cost = seen.cost_micros
        if cost is None:
            is_charged = is_made or seen.status is PredictionStatus.CANCELLED
            cost = attempt_of(row, intent.attempt).ceiling_micros if is_charged else 0
        outcome = REFUSED if seen.is_refused else seen.status.value
        self.rows.end_attempt(
            row.id, intent.attempt, outcome=outcome, cost_micros=cost, now=self.clock()
        )
        return cost

    def _asked_again(
        self, row: RegenerationRecord, intent: IntentRecord, renderer: Renderer
    ) -> bool:
        """Ask again for what costs nothing: another host made it, and died with it.

        Returns:
            Whether it is made now, under the same id.
        """
        if attempt_of(row, intent.attempt).ceiling_micros:
            return False
        return renderer.submit(self._request(row, intent)) == intent.prediction_id

    def _here(self, row: RegenerationRecord, renderer: Renderer, footage_url: str) -> str:
        """Return where the footage is, on this host: what another one made is made again.

        Looks give the same bytes on each.
        """
        intent = self.rows.intent(row.id)
        if is_reachable(footage_url) or intent is None or intent.prediction_id is None:
            return footage_url
        if attempt_of(row, intent.attempt).ceiling_micros:
            return footage_url
        renderer.submit(self._request(row, intent))
        return self.await_footage(row.id, intent.prediction_id)

    def _intent(self, row: RegenerationRecord, attempt: int) -> IntentRecord:
        agreed = attempt_of(row, attempt)
        marker = f"{row.id}.{attempt}"
        terms = self.renderers.by_key(agreed.renderer).terms(self._asked(row, marker))
        return self.rows.intend(
            row.id,
            attempt,
            renderer=agreed.renderer,
            marker=marker,
            footage_seconds=terms.footage_seconds,
            now=self.clock(),
        )

    def _intent_of(self, regeneration_id: UUID, prediction_id: str) -> IntentRecord:
        intents = self.rows.intents(regeneration_id)
        return next(each for each in intents if each.prediction_id == prediction_id)

    def _polled(self, renderer: Renderer, prediction_id: str, heard: datetime) -> Prediction | None:
        """Return a prediction as it is now, or None while its provider is away."""
        try:
            return self._looked_at(renderer, prediction_id)
        except (ProviderUnavailable, ProviderRateLimited) as error:
            if self.clock() - heard < _OUTAGE:
                return None
            self.sending.failed(renderer, error)
            raise

    def _looked_at(self, renderer: Renderer, prediction_id: str) -> Prediction:
        for _ in range(_LOOKS_AT_LOST - 1):
            with suppress(PredictionLost):
                return renderer.poll(prediction_id)
            self.wait(_LOOK_SECONDS)
        return renderer.poll(prediction_id)

    def _note_health(self, renderer: Renderer, seen: Prediction) -> None:
        if seen.status is PredictionStatus.SUCCEEDED:
            self.health.worked(renderer.key)
        elif seen.status is PredictionStatus.FAILED and not seen.is_refused:
            self.sending.failed(
                renderer, ProviderRejected(renderer.label, seen.failure or "it failed")
            )

    def _request(self, row: RegenerationRecord, intent: IntentRecord) -> RenderRequest:
        asked = self._asked(row, intent.marker)
        prompt = prompt_of(row, intent.attempt) or asked.prompt
        project = self.projects.of_job(row.job_id)
        key = project.footage_key(row.clip_index, row.base_number or ORIGINAL)
        return replace(
            asked,
            prompt=prompt,
            source=self.blobs.path(key) if key else None,
            references=self._references(project, row.clip_index),
        )

    def _asked(self, row: RegenerationRecord, marker: str) -> RenderRequest:
        project = self.projects.of_job(row.job_id)
        task = Task(row.clip_index, row.edit)
        asked = request(project, task, seed=row.seed, temperature=row.temperature)
        return replace(asked, marker=marker)

    def _references(self, project: Project, index: int) -> tuple[Path, ...]:
        """Return the pictures that the clip was made from, as far as they are kept here."""
        found = []
        for url in project.reference_urls(index):
            key = key_of(url)
            try:
                found.append(self.blobs.path(key or ""))
            except BlobNotFound:
                continue
        return tuple(found)


def attempt_of(row: RegenerationRecord, attempt: int) -> Attempt:
    """Return what was agreed for an attempt, counting from 1."""
    if attempt <= len(row.attempts):
        return row.attempts[attempt - 1]
    return Attempt(row.renderer, row.ceiling_micros)


def prompt_of(row: RegenerationRecord, attempt: int) -> str | None:
    """Return the prompt of an attempt: without minded words where that was agreed."""
    if row.prompt is None or not attempt_of(row, attempt).is_cleaned:
        return row.prompt
    return cleaned(row.prompt)


def _footage_url(renderer: Renderer, prediction: Prediction) -> str:
    match prediction.status:
        case PredictionStatus.SUCCEEDED if prediction.footage_url:
            return prediction.footage_url
        case PredictionStatus.CANCELLED:
            raise ProviderRejected(renderer.label, "it was stopped there before it was done")
        case PredictionStatus.FAILED if prediction.is_refused:
            raise ContentRefused(renderer.label, _reason(prediction))
        case PredictionStatus.FAILED:
            raise ProviderRejected(renderer.label, _reason(prediction))
        case _:
            raise PredictionLost(renderer.label, "the footage is not there any more")


def _reason(prediction: Prediction) -> str:
    return (prediction.failure or "no footage was made").rstrip(".")
