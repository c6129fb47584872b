"""The first half of a regeneration: the prompt, and footage from a renderer.

Only `submit` may cost money, and it is guarded by its intent row.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from uuid import UUID

from clipbot.blobs.base import BlobStore
from clipbot.domain.versions import ORIGINAL
from clipbot.domain.wording import phrases
from clipbot.errors import (
    EditCancelled,
    FootageMissing,
    PredictionLost,
    ProviderError,
    ProviderRejected,
)
from clipbot.language.base import PromptRequest, PromptWriter
from clipbot.renderers.base import Prediction, PredictionStatus, Renderer, RenderRequest
from clipbot.services.base import Clock
from clipbot.services.live import PROMPT_DONE, RENDER_DONE, LiveEdit, between
from clipbot.services.project import Project, Projects
from clipbot.services.work import Renderers, Task, request
from clipbot.store.records import RegenerationRecord
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
    writer: PromptWriter
    clock: Clock
    wait: Callable[[float], None]

    def begin(self, regeneration_id: UUID) -> None:
        """Fix what the edit starts from, and write the new prompt.

        Raises:
            EditCancelled: It was taken back while it waited.
            FootageMissing: The clip has nothing to work on.
        """
        row = LiveEdit(self.rows, regeneration_id).row()
        project = self.projects.of_job(row.job_id)
        index = row.clip_index
        base = project.current_number(index)
        if project.footage_key(index, base) is None:
            raise FootageMissing(index)
        before = project.prompt(index)
        self.rows.start(regeneration_id, base_number=base, original_prompt=before, now=self.clock())
        if row.template_id:
            self.rows.progress(
                regeneration_id,
                name="template_matched",
                progress=PROMPT_DONE // 2,
                message=f"{phrases(row.edit.ops).capitalize()}.",
                fields={"template_id": row.template_id},
            )
        written = self.writer.rewrite(self._prompt_request(project, row, before))
        self.rows.set_prompt(regeneration_id, written.prompt)
        self.rows.progress(
            regeneration_id,
            name="prompt_modified",
            progress=PROMPT_DONE,
            message="The prompt is written.",
            fields={
                "modified_prompt": written.prompt,
                "temperature": row.temperature,
                "temperature_reasoning": written.reasoning,
            },
        )

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
        found = None
        if not self.rows.mark_sent(regeneration_id, attempt):
            found = renderer.find(marker, since_seconds=intent.created_at.timestamp())
        prediction_id = found or renderer.submit(self._request(row, marker))
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

    def charged(self, row: RegenerationRecord) -> int:
        """Return what the renderer charged: it says so itself, else what was agreed to.

        Nothing is booked for a prediction whose state cannot be had now.
        """
        if not row.ceiling_micros:
            return 0
        intent = self.rows.intent(row.id)
        if intent is None or intent.prediction_id is None:
            return 0
        try:
            seen = self.renderers.chosen(row.renderer).poll(intent.prediction_id)
        except ProviderError:
            logger.warning("charge unknown", extra={"regeneration_id": str(row.id)})
            return 0
        if seen.cost_micros is not None:
            return seen.cost_micros
        return row.ceiling_micros if seen.status is PredictionStatus.SUCCEEDED else 0

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

    def _prompt_request(
        self, project: Project, row: RegenerationRecord, before: str
    ) -> PromptRequest:
        clip = project.clip(row.clip_index)
        return PromptRequest(
            edit=row.edit,
            prompt=before,
            original_prompt=clip.prompt,
            lyrics=clip.lyrics,
            section=clip.section or "",
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
