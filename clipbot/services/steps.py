"""The steps of one regeneration, each safe to run twice.

The durable workflow calls them in this order: `begin`, `intend`, `submit`,
`await_footage`, `store`, `encode`, `publish`; or `end` as soon as one of them fails.
Only `submit` may cost money, and it is guarded by its intent row. Nothing of the film,
the current version or the money changes before `publish`, which is one transaction.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter
from urllib.parse import unquote, urlsplit
from uuid import UUID

from clipbot.blobs.base import BlobStore, url_of
from clipbot.domain.claims import Verdict, claims_for, judge
from clipbot.domain.versions import ORIGINAL
from clipbot.domain.wording import phrases
from clipbot.errors import (
    BlobConflict,
    EditCancelled,
    FootageMissing,
    FootageRejected,
    PredictionLost,
    ProviderRejected,
)
from clipbot.language.base import PromptRequest, PromptWriter
from clipbot.media.files import digest
from clipbot.media.measure import measure
from clipbot.media.probe import verify
from clipbot.renderers.base import Prediction, PredictionStatus, Renderer, RenderRequest
from clipbot.services.base import Clock
from clipbot.services.composing import Composer, film_url
from clipbot.services.project import Project, Projects
from clipbot.services.work import Renderers, Task, request
from clipbot.store.records import (
    NewVersion,
    Outcome,
    Publication,
    RegenerationRecord,
    RegenerationStatus,
)
from clipbot.store.store import Store

logger = logging.getLogger(__name__)

_PROMPT_DONE, _RENDER_DONE, _ENCODE_DONE = 10, 60, 95
"""Percent at which the parts end (seeds 002 §5.2)."""
_POLL_SECONDS = 0.2
_MOST_NUMBERS = 10
"""Version numbers to try when a file of that name already exists (facts/upstream.md §3.12)."""


@dataclass(frozen=True, slots=True)
class RegenerationSteps:
    """What the workflow does, step by step."""

    store_: Store
    projects: Projects
    composer: Composer
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
        row = self._live(regeneration_id)
        project = self.projects.of_job(row.job_id)
        index = row.clip_index
        base = project.current_number(index)
        if project.footage_key(index, base) is None:
            raise FootageMissing(index)
        before = project.prompt(index)
        regenerations = self.store_.regenerations
        regenerations.start(
            regeneration_id, base_number=base, original_prompt=before, now=self.clock()
        )
        if row.template_id:
            regenerations.progress(
                regeneration_id,
                name="template_matched",
                progress=_PROMPT_DONE // 2,
                message=f"{phrases(row.edit.ops).capitalize()}.",
                fields={"template_id": row.template_id},
            )
        written = self.writer.rewrite(self._prompt_request(project, row, before))
        regenerations.set_prompt(regeneration_id, written.prompt)
        regenerations.progress(
            regeneration_id,
            name="prompt_modified",
            progress=_PROMPT_DONE,
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
        row = self._live(regeneration_id)
        self.store_.regenerations.intend(
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
        row = self._live(regeneration_id)
        regenerations = self.store_.regenerations
        marker = f"{regeneration_id}.{attempt}"
        intent = regenerations.intend(
            regeneration_id, attempt, renderer=row.renderer, marker=marker, now=self.clock()
        )
        if intent.prediction_id:
            return intent.prediction_id
        renderer = self.renderers.chosen(row.renderer)
        found = None
        if not regenerations.mark_sent(regeneration_id, attempt):
            found = renderer.find(marker, since_seconds=intent.created_at.timestamp())
        prediction_id = found or renderer.submit(self._request(row, marker))
        regenerations.set_prediction(regeneration_id, attempt, prediction_id)
        return prediction_id

    def await_footage(self, regeneration_id: UUID, prediction_id: str) -> str:
        """Wait until the prediction is over and return where its footage is.

        Raises:
            EditCancelled: It was taken back; the prediction was asked to stop.
            ProviderRejected: The prediction failed.
            ProviderUnavailable: Its state is unknown; safe to ask again.
            PredictionLost: It is not known any more.
        """
        row = self.store_.regenerations.get(regeneration_id)
        renderer = self.renderers.chosen(row.renderer)
        shown = -1
        while True:
            self._stop_if_cancelled(regeneration_id, renderer, prediction_id)
            seen = renderer.poll(prediction_id)
            if seen.status is not PredictionStatus.RUNNING:
                return _footage_url(renderer, seen)
            percent = _between(_PROMPT_DONE, _RENDER_DONE, seen.progress or 0.0)
            if percent != shown:
                shown = percent
                self._report(regeneration_id, "video_generating", percent, "Making new footage.")
            self.wait(_POLL_SECONDS)

    def store(self, regeneration_id: UUID, footage_url: str) -> str:
        """Check new footage and keep it under a name of its own; return its blob key.

        Raises:
            EditCancelled: It was taken back.
            FootageRejected: It is not what it should be; nothing of it is kept.
            StorageFull: There is no room for it.
        """
        row = self._live(regeneration_id)
        self._report(regeneration_id, "video_generating", _RENDER_DONE, "Checking the footage.")
        path = _local(footage_url)
        facts = verify(path, cancelled=lambda: self._is_cancelled(regeneration_id))
        key = self._put(self.projects.of_job(row.job_id), row.clip_index, path)
        self.composer.library.keep(key, facts, digest(path), path.stat().st_size, measure(path))
        return key

    def encode(self, regeneration_id: UUID, footage_key: str) -> None:
        """Encode what the new film lacks.

        Raises:
            EditCancelled: It was taken back.
            EncodingFailed: A segment could not be made.
            StorageFull: There is no room for it.
        """
        row = self._live(regeneration_id)
        project = self.projects.of_job(row.job_id)
        footage = self.composer.library.by_key(footage_key)
        plan = self.composer.plan(project, project.numbers(), {row.clip_index: footage})
        shown = 0

        def report(share: float) -> None:
            nonlocal shown
            percent = _between(_RENDER_DONE, _ENCODE_DONE, share)
            if percent != shown:
                shown = percent
                self._report(regeneration_id, "recomposing", percent, "Putting the film together.")

        self.composer.prepare(
            plan, cancelled=lambda: self._is_cancelled(regeneration_id), on_progress=report
        )

    def publish(
        self, regeneration_id: UUID, footage_key: str, timings: Mapping[str, float]
    ) -> None:
        """Judge the new version, and make everything about it true at once.

        Raises:
            EditCancelled: It was taken back.
            VersionNotFound: The version that it started from is gone.
        """
        started = perf_counter()
        row = self._live(regeneration_id)
        project = self.projects.of_job(row.job_id)
        verdict = self._verdict(project, row, footage_key)
        is_accepted = verdict.outcome != "failed"
        number = _number(footage_key)
        composition = None
        if is_accepted:
            replaced = {row.clip_index: self.composer.library.by_key(footage_key)}
            numbers = project.numbers()
            plan = self.composer.plan(project, numbers, replaced)
            composition = self.composer.composition(plan, numbers | {row.clip_index: number})
        spent = dict(timings) | {"compose_s": round(perf_counter() - started, 3)}
        self.store_.regenerations.publish(
            Publication(
                regeneration_id=regeneration_id,
                version=self._version(project, row, footage_key, number, verdict),
                original=project.original(row.clip_index),
                is_accepted=is_accepted,
                composition=composition,
                cost_micros=self._charged(row),
                label=f"{row.instruction} (clip {row.clip_index + 1})",
                message=_message(row, verdict, is_accepted=is_accepted),
                timings=spent,
                film_url=film_url(row.job_id),
            ),
            now=self.clock(),
        )
        logger.info("version published", extra={"regeneration_id": str(regeneration_id)})

    def end(
        self,
        regeneration_id: UUID,
        *,
        code: str,
        message: str,
        retryable: bool,
        timings: Mapping[str, float],
    ) -> None:
        """Close an edit that made no version; the film and the money are as before."""
        row = self.store_.regenerations.get(regeneration_id)
        if not row.is_open:
            return
        self._discard(row)
        self.store_.regenerations.end(
            Outcome(
                regeneration_id=regeneration_id,
                status=_status(code),
                error=message,
                error_code=code,
                is_retryable=retryable,
                cost_micros=self._charged(row),
                timings=timings,
            ),
            now=self.clock(),
        )
        logger.info("edit ended", extra={"regeneration_id": str(regeneration_id), "code": code})

    def unqueued(self, older_than_seconds: float) -> list[tuple[UUID, UUID]]:
        """Return `(regeneration, job)` of edits that still wait, for the executor's sweep."""
        now = self.clock()
        return self.store_.regenerations.unqueued(
            now.fromtimestamp(now.timestamp() - older_than_seconds, tz=now.tzinfo)
        )

    def is_over(self, regeneration_id: UUID) -> bool:
        """Return whether an edit needs nothing more."""
        return not self.store_.regenerations.get(regeneration_id).is_open

    def _live(self, regeneration_id: UUID) -> RegenerationRecord:
        row = self.store_.regenerations.get(regeneration_id)
        if row.is_open and row.is_cancel_requested:
            raise EditCancelled
        return row

    def _is_cancelled(self, regeneration_id: UUID) -> bool:
        return self.store_.regenerations.is_cancel_requested(regeneration_id)

    def _stop_if_cancelled(
        self, regeneration_id: UUID, renderer: Renderer, prediction_id: str
    ) -> None:
        if self._is_cancelled(regeneration_id):
            renderer.cancel(prediction_id)
            raise EditCancelled

    def _report(self, regeneration_id: UUID, name: str, progress: int, message: str) -> None:
        self.store_.regenerations.progress(
            regeneration_id, name=name, progress=progress, message=message
        )

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

    def _put(self, project: Project, index: int, path: Path) -> str:
        """Keep footage under the next free version number (facts/upstream.md §2, Storage)."""
        first = project.next_number(index)
        for number in range(first, first + _MOST_NUMBERS):
            key = f"video-clips/{project.job.id}/clip_{index}_v{number}.mp4"
            try:
                self.blobs.put(key, path)
            except BlobConflict:
                continue
            return key
        raise BlobConflict(key)

    def _verdict(self, project: Project, row: RegenerationRecord, footage_key: str) -> Verdict:
        base = project.footage_key(row.clip_index, row.base_number or ORIGINAL)
        library = self.composer.library
        claims = claims_for(row.edit.ops)
        if not claims or base is None:
            return judge((), library.measured(footage_key), library.measured(footage_key))
        return judge(claims, library.measured(base), library.measured(footage_key))

    def _version(
        self,
        project: Project,
        row: RegenerationRecord,
        footage_key: str,
        number: int,
        verdict: Verdict,
    ) -> NewVersion:
        footage = self.composer.library.record(footage_key)
        base = f"/api/v1/jobs/{project.job.id}/clips/{row.clip_index}"
        return NewVersion(
            number=number,
            video_url=url_of(footage_key),
            thumbnail_url=f"{base}/thumbnail.jpg?version={number}",
            prompt=row.prompt or project.prompt(row.clip_index),
            instruction=row.instruction,
            duration_seconds=float(footage.frames / footage.rate),
            parent_number=row.base_number or ORIGINAL,
            renderer=row.renderer,
            seed=row.seed,
            temperature=row.temperature,
            verdict=verdict.to_json(),
        )

    def _charged(self, row: RegenerationRecord) -> int:
        """Return what the renderer charged: it says so itself, else what was agreed to."""
        if not row.ceiling_micros:
            return 0
        intent = self.store_.regenerations.intent(row.id)
        if intent is None or intent.prediction_id is None:
            return 0
        seen = self.renderers.chosen(row.renderer).poll(intent.prediction_id)
        if seen.cost_micros is not None:
            return seen.cost_micros
        return row.ceiling_micros if seen.status is PredictionStatus.SUCCEEDED else 0

    def _discard(self, row: RegenerationRecord) -> None:
        """Forget footage that this edit stored and that never became a version.

        Only files that we wrote down ourselves are taken for ours.
        """
        project = self.projects.of_job(row.job_id)
        number = project.next_number(row.clip_index)
        key = f"video-clips/{row.job_id}/clip_{row.clip_index}_v{number}.mp4"
        if self.store_.footage.forget(key):
            self.blobs.delete(key)


def _footage_url(renderer: Renderer, prediction: Prediction) -> str:
    match prediction.status:
        case PredictionStatus.SUCCEEDED if prediction.footage_url:
            return prediction.footage_url
        case PredictionStatus.CANCELLED:
            raise EditCancelled
        case PredictionStatus.FAILED:
            raise ProviderRejected(renderer.label, prediction.failure or "no footage was made")
        case _:
            raise PredictionLost(renderer.label, "the footage is not there any more")


def _local(url: str) -> Path:
    """Return the file that a renderer on this machine made.

    Raises:
        FootageRejected: The address is not a local file that exists.
    """
    parts = urlsplit(url)
    path = Path(unquote(parts.path))
    if parts.scheme != "file" or not path.is_file():
        raise FootageRejected("there is no such file")
    return path


def _number(footage_key: str) -> int:
    return int(footage_key.rsplit("_v", 1)[1].removesuffix(".mp4"))


def _between(low: int, high: int, share: float) -> int:
    return low + int((high - low) * min(1.0, max(0.0, share)))


def _status(code: str) -> RegenerationStatus:
    match code:
        case "cancelled":
            return RegenerationStatus.CANCELLED
        case "submission_unknown":
            return RegenerationStatus.NEEDS_ATTENTION
        case _:
            return RegenerationStatus.FAILED


def _message(row: RegenerationRecord, verdict: Verdict, *, is_accepted: bool) -> str:
    """Return what the chat says when a version is ready."""
    name = f"Clip {row.clip_index + 1}"
    if is_accepted:
        return f"{name} is done: {row.edit.instruction or row.instruction}. {verdict.sentence}"
    return (
        f"{name} has a new version that is not quite what you asked for, so the film keeps "
        f"the old one. {verdict.sentence} You can play it and use it anyway, or try again."
    )
