"""The middle of a regeneration: footage from a renderer.

Only `submit` may cost money here, and it is guarded by its intent row.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

from clipbot.blobs.base import BlobStore
from clipbot.domain.money import settlement
from clipbot.domain.versions import ORIGINAL
from clipbot.errors import (
    EditCancelled,
    PredictionLost,
    ProviderError,
    ProviderRejected,
)
from clipbot.renderers.base import Prediction, PredictionStatus, Renderer, RenderRequest
from clipbot.services.base import Clock
from clipbot.services.live import PROMPT_DONE, RENDER_DONE, LiveEdit, between
from clipbot.services.project import Projects
from clipbot.services.work import Renderers, Task, request
from clipbot.store.records import Place, RegenerationRecord
from clipbot.store.regenerations import Regenerations

logger = logging.getLogger(__name__)

_POLL_SECONDS = 0.2


@dataclass(frozen=True, slots=True)
class Rendering:
    """Gets new footage made."""

    rows: Regenerations
    projects: Projects
    blobs: BlobStore
    renderers: Renderers
    clock: Clock
    wait: Callable[[float], None]

    def intend(self, regeneration_id: UUID, attempt: int) -> None:
        """Write down that a renderer is about to be asked.

        Raises:
            EditCancelled: It was taken back.
        """
        row = LiveEdit(self.rows, regeneration_id).row()
        self.rows.intend(
            regeneration_id,
            attempt,
            renderer=row.renderer,
            marker=f"{regeneration_id}.{attempt}",
            now=self.clock(),
        )

    def submit(self, regeneration_id: UUID, attempt: int) -> str:
        """Ask the renderer, at most once per attempt, and return the prediction's id.

        A second run first takes the id that is written down, then looks the marker up at
        the renderer, and sends only what was surely never started.

        Raises:
            EditCancelled: It was taken back.
            ProviderError: As `Renderer.submit` says.
        """
        row = LiveEdit(self.rows, regeneration_id).row()
        marker = f"{regeneration_id}.{attempt}"
        intent = self.rows.intend(
            regeneration_id, attempt, renderer=row.renderer, marker=marker, now=self.clock()
        )
        if intent.prediction_id:
            return intent.prediction_id
        renderer = self.renderers.chosen(row.renderer)
        request, found = self._request(row, marker), None
        place = self.rows.take_place(regeneration_id, attempt, renderers=[row.renderer], limit=None)
        if place is Place.AGAIN:
            found = renderer.find(request, since_seconds=intent.created_at.timestamp())
        prediction_id = found or renderer.submit(request)
        self.rows.set_prediction(regeneration_id, attempt, prediction_id)
        return prediction_id

    def await_footage(self, regeneration_id: UUID, prediction_id: str) -> str:
        """Wait until the prediction is over and return where its footage is.

        Raises:
            EditCancelled: It was taken back; the prediction was asked to stop.
            ProviderRejected: The prediction failed.
            ProviderUnavailable: Its state is unknown; safe to ask again.
            PredictionLost: It is not known any more.
        """
        edit = LiveEdit(self.rows, regeneration_id)
        renderer = self.renderers.chosen(self.rows.get(regeneration_id).renderer)
        shown = -1
        while True:
            if edit.is_cancelled():
                renderer.cancel(prediction_id)
                raise EditCancelled
            seen = renderer.poll(prediction_id)
            if seen.status is not PredictionStatus.RUNNING:
                return _footage_url(renderer, seen)
            percent = between(PROMPT_DONE, RENDER_DONE, seen.progress or 0.0)
            if percent != shown:
                shown = percent
                edit.report("video_generating", percent, "Making new footage.")
            self.wait(_POLL_SECONDS)

    def fetch(self, row: RegenerationRecord, footage_url: str, dest: Path) -> Path:
        """Bring the footage to this machine and return where it is; raises as `Renderer.fetch`."""
        return self.renderers.chosen(row.renderer).fetch(footage_url, dest)

    def charged(self, row: RegenerationRecord) -> int:
        """Return what is booked: what the language model charged, and what the renderer did.

        The renderer says so itself, else it is what was agreed to; a batch's discount is taken
        off that. Never more is booked than was agreed to in all. Nothing is booked for a
        prediction whose state cannot be had now.
        """
        if not row.ceiling_micros:
            return 0
        return min(row.language_micros + self._rendered(row), row.ceiling_micros)

    def _rendered(self, row: RegenerationRecord) -> int:
        intent = self.rows.intent(row.id)
        if intent is None or intent.prediction_id is None:
            return 0
        try:
            renderer = self.renderers.chosen(row.renderer)
            seen = renderer.poll(intent.prediction_id)
        except ProviderError:
            logger.warning("charge unknown", extra={"regeneration_id": str(row.id)})
            return 0
        prompt = self.renderers.writers.fee(renderer, row.edit)
        agreed = max(0, row.ceiling_micros - prompt.ceiling_micros)
        if seen.cost_micros is not None:
            return settlement(seen.cost_micros, percent=row.discount_percent, ceiling_micros=agreed)
        return agreed if seen.status is PredictionStatus.SUCCEEDED else 0

    def _request(self, row: RegenerationRecord, marker: str) -> RenderRequest:
        project = self.projects.of_job(row.job_id)
        task = Task(row.clip_index, row.edit)
        asked = request(project, task, seed=row.seed, temperature=row.temperature)
        key = project.footage_key(row.clip_index, row.base_number or ORIGINAL)
        return replace(
            asked,
            marker=marker,
            prompt=row.prompt or asked.prompt,
            source=self.blobs.path(key) if key else None,
        )


def _footage_url(renderer: Renderer, prediction: Prediction) -> str:
    match prediction.status:
        case PredictionStatus.SUCCEEDED if prediction.footage_url:
            return prediction.footage_url
        case PredictionStatus.CANCELLED:
            raise EditCancelled
        case PredictionStatus.FAILED:
            reason = (prediction.failure or "no footage was made").rstrip(".")
            raise ProviderRejected(renderer.label, reason)
        case _:
            raise PredictionLost(renderer.label, "the footage is not there any more")
