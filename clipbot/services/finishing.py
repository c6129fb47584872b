"""The second half of a regeneration: check new footage, and make it part of the film.

Nothing of the film, the current version or the money changes before `publish`, which is
one transaction.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any
from uuid import UUID, uuid4

from clipbot.blobs.base import BlobStore, url_of
from clipbot.domain.money import decimal_string
from clipbot.domain.takes import TAKE
from clipbot.domain.verdicts import FIRST, LATE, Verdict
from clipbot.domain.versions import ORIGINAL
from clipbot.errors import BlobConflict, EditCancelled, FilmMoved
from clipbot.media.darkroom import developed
from clipbot.media.files import digest
from clipbot.media.measure import survey
from clipbot.media.probe import verify
from clipbot.services.base import Clock
from clipbot.services.composing import Composer, film_url
from clipbot.services.early import EarlyEncoding
from clipbot.services.judging import Judging
from clipbot.services.live import ENCODE_DONE, RENDER_DONE, LiveEdit, between
from clipbot.services.project import Project, Projects
from clipbot.services.rendering import REFUSED, prompt_of
from clipbot.store.records import (
    IntentRecord,
    NewVersion,
    Outcome,
    Publication,
    RegenerationRecord,
    RegenerationStatus,
)
from clipbot.store.regenerations import Regenerations

logger = logging.getLogger(__name__)

_MOST_NUMBERS = 10
"""Version numbers to try when a file of that name already exists (facts/upstream.md §3.12)."""

_MOST_FILMS = 5
"""Films to make where each was changed by somebody meanwhile."""


@dataclass(frozen=True, slots=True)
class Finishing:
    """Makes footage a version, or forgets it."""

    rows: Regenerations
    projects: Projects
    composer: Composer
    judging: Judging
    blobs: BlobStore
    arrivals: Path
    """Folder for footage on its way from a provider."""
    clock: Clock
    early: EarlyEncoding = field(default_factory=EarlyEncoding)

    def store(self, regeneration_id: UUID, bring: Callable[[Path], Path]) -> str:
        """Check new footage and keep it under a name of its own; return its blob key.

        Args:
            regeneration_id: The edit.
            bring: Writes the footage to a file, or says in which it is already.

        Raises:
            EditCancelled: It was taken back.
            FootageRejected: It is not what it should be; nothing of it is kept.
            ProviderUnavailable: It did not arrive whole; safe to try again.
            StorageFull: There is no room for it.
        """
        edit = LiveEdit(self.rows, regeneration_id)
        row = edit.row()
        edit.report("video_generating", RENDER_DONE, "Checking the footage.")
        self.arrivals.mkdir(parents=True, exist_ok=True)
        # A name of its own: another worker may be at the same edit, and remove what is its own.
        arriving = self.arrivals / f"{regeneration_id}.{uuid4().hex}.mp4"
        try:
            path = bring(arriving)
            with self.early.beside(
                row.id,
                path,
                arriving.with_suffix(".early.mp4"),
                partial(self._encode_early, row),
                cancelled=edit.is_cancelled,
            ):
                facts = verify(path, cancelled=edit.is_cancelled)
                project = self.projects.of_job(row.job_id)
                key = self._put(project, row.clip_index, path)
                seen = developed(survey, path, moments=self.judging.moments(project, row))
                self.composer.library.keep(key, facts, digest(path), path.stat().st_size, seen)
        finally:
            arriving.unlink(missing_ok=True)
        return key

    def encode(self, regeneration_id: UUID, footage_key: str) -> None:
        """Encode what the new film lacks.

        Raises:
            EditCancelled: It was taken back.
            EncodingFailed: A segment could not be made.
            StorageFull: There is no room for it.
        """
        edit = LiveEdit(self.rows, regeneration_id)
        row = edit.row()
        shown = 0

        def report(share: float) -> None:
            nonlocal shown
            percent = between(RENDER_DONE, ENCODE_DONE, share)
            if percent != shown:
                shown = percent
                edit.report("recomposing", percent, "Putting the film together.")

        self.early.finish(row.id, report)
        footage = self.composer.library.by_key(footage_key)
        project = self.projects.of_job(row.job_id)
        plan = self.composer.plan(project, project.numbers(), {row.clip_index: footage})
        self.composer.prepare(plan, cancelled=edit.is_cancelled, on_progress=report)

    def publish(
        self,
        regeneration_id: UUID,
        footage_key: str,
        timings: Mapping[str, float],
        cost_micros: int,
    ) -> None:
        """Judge the new version, and make everything about it true at once.

        Args:
            regeneration_id: The edit.
            footage_key: What `store` returned.
            timings: Seconds of the parts so far.
            cost_micros: What the renderer charged.

        Raises:
            EditCancelled: It was taken back.
            VersionNotFound: The version that it started from is gone.
            FilmMoved: The film was changed again and again; safe to try again.
        """
        row = LiveEdit(self.rows, regeneration_id).row()
        for left in reversed(range(_MOST_FILMS)):
            new = self._publication(row, footage_key, timings, cost_micros)
            try:
                self.rows.publish(new, now=self.clock())
            except FilmMoved:  # Footage that arrives late keeps nobody from undo.
                if not left:
                    raise
                continue
            break
        self._tidy(regeneration_id)
        logger.info("version published", extra={"regeneration_id": str(regeneration_id)})

    def _publication(
        self,
        row: RegenerationRecord,
        footage_key: str,
        timings: Mapping[str, float],
        cost_micros: int,
    ) -> Publication:
        """Return what is to become true, as the film is now."""
        started = perf_counter()
        project = self.projects.of_job(row.job_id)
        attempts = self.rows.intents(row.id)
        asked_seconds = attempts[-1].footage_seconds if attempts else None
        verdict = self.judging.verdict(project, row, footage_key, asked_seconds)
        # Footage that arrives late finds another version in its place, and is offered.
        is_late = not row.take and row.base_number != project.current_number(row.clip_index)
        asks_first = project.job.offers_first and not is_late and not row.take
        is_held = verdict.outcome == "failed" or is_late or asks_first or row.take
        is_accepted = not is_held
        number, numbers = _number(footage_key), project.numbers()
        judged = verdict.to_json() | ({LATE: True} if is_late else {})
        judged |= {FIRST: True} if asks_first else {}
        judged |= {TAKE: row.take.number} if row.take else {}
        composition = None
        if is_accepted:
            replaced = {row.clip_index: self.composer.library.by_key(footage_key)}
            plan = self.composer.plan(project, numbers, replaced)
            composition = self.composer.composition(plan, numbers | {row.clip_index: number})
        return Publication(
            regeneration_id=row.id,
            version=self._version(project, row, footage_key, number, judged),
            original=project.original(row.clip_index),
            is_accepted=is_accepted,
            composition=composition,
            cost_micros=cost_micros,
            label=f"{row.instruction} (clip {row.clip_index + 1})",
            message=_message(row, verdict, is_accepted=is_accepted, is_late=is_late)
            + (_retried_words(attempts) if row.ceiling_micros else "")
            + (f" {charged_words(row, cost_micros)}" if row.ceiling_micros else ""),
            timings=dict(timings) | {"compose_s": round(perf_counter() - started, 3)},
            film_url=film_url(row.job_id),
            shown=numbers,
            choices=project.choices,
        )

    def end(
        self,
        row: RegenerationRecord,
        *,
        code: str,
        message: str,
        retryable: bool,
        timings: Mapping[str, float],
        cost_micros: int | None,
    ) -> None:
        """Close an edit that made no version; the film is as before.

        Args:
            row: The edit.
            code: Of what it ended with.
            message: The same for the person.
            retryable: Whether trying again may help.
            timings: Seconds of the parts so far.
            cost_micros: What was really charged; None: nobody can say yet, so the edit needs
                attention and its money stays set aside.
        """
        is_open_ended = cost_micros is None
        if row.ceiling_micros:
            message = f"{message} {charged_words(row, cost_micros)}"
        if self.rows.get(row.id).status == row.status:
            # Else somebody else has ended it, and what lies there now may be another edit's.
            self._discard(row)
        self._tidy(row.id)
        self.rows.end(
            Outcome(
                regeneration_id=row.id,
                status=RegenerationStatus.NEEDS_ATTENTION if is_open_ended else _status(code),
                error=message,
                error_code=code,
                is_retryable=retryable,
                cost_micros=cost_micros or 0,
                timings=timings,
            ),
            now=self.clock(),
        )
        logger.info("edit ended", extra={"regeneration_id": str(row.id), "code": code})

    def close(self, row: RegenerationRecord, cost_micros: int, message: str) -> None:
        """End an edit that needed attention, for good."""
        self.rows.end(
            Outcome(
                regeneration_id=row.id,
                status=_status(row.error_code or ""),
                error=message,
                error_code=row.error_code or "",
                is_retryable=row.is_retryable,
                cost_micros=cost_micros,
            ),
            now=self.clock(),
        )

    def _encode_early(
        self,
        row: RegenerationRecord,
        path: Path,
        cancelled: Callable[[], bool],
        on_progress: Callable[[float], None],
    ) -> None:
        """Encode what the film will need of footage that nobody has looked at yet."""
        project = self.projects.of_job(row.job_id)
        replaced = {row.clip_index: self.composer.library.arriving(path)}
        plan = self.composer.plan(project, project.numbers(), replaced)
        self.composer.prepare(plan, cancelled=cancelled, on_progress=on_progress)

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

    def _version(
        self,
        project: Project,
        row: RegenerationRecord,
        footage_key: str,
        number: int,
        judged: Mapping[str, Any],
    ) -> NewVersion:
        footage = self.composer.library.record(footage_key)
        base = f"/api/v1/jobs/{project.job.id}/clips/{row.clip_index}"
        return NewVersion(
            number=number,
            video_url=url_of(footage_key),
            thumbnail_url=f"{base}/thumbnail.jpg?version={number}",
            prompt=self._prompt(row) or project.prompt(row.clip_index),
            instruction=row.instruction,
            duration_seconds=float(footage.frames / footage.rate),
            parent_number=row.base_number or ORIGINAL,
            renderer=row.renderer,
            seed=row.seed,
            temperature=row.temperature,
            verdict=judged,
        )

    def _prompt(self, row: RegenerationRecord) -> str | None:
        """Return the prompt that the footage was really made from."""
        last = self.rows.intent(row.id)
        return prompt_of(row, last.attempt) if last else row.prompt

    def _discard(self, row: RegenerationRecord) -> None:
        """Forget footage that this edit stored and that never became a version.

        Only files that we wrote down ourselves are taken for ours.
        """
        project = self.projects.of_job(row.job_id)
        number = project.next_number(row.clip_index)
        key = f"video-clips/{row.job_id}/clip_{row.clip_index}_v{number}.mp4"
        if self.composer.library.footage.forget(key):
            self.blobs.delete(key)

    def _tidy(self, regeneration_id: UUID) -> None:
        """Remove what processes that died left of footage on its way."""
        for left in self.arrivals.glob(f"*{regeneration_id}.*"):
            left.unlink(missing_ok=True)


def charged_words(row: RegenerationRecord, cost_micros: int | None) -> str:
    """Return what is said of the money of an edit that made no version."""
    if cost_micros is None:
        aside = decimal_string(row.ceiling_micros)
        return f"What it cost is not known yet; ${aside} stay set aside."
    return f"It cost ${decimal_string(cost_micros)}." if cost_micros else "It cost nothing."


def _retried_words(attempts: Sequence[IntentRecord]) -> str:
    """Return what is said of a version that was not made at the first attempt."""
    refused = sum(attempt.outcome == REFUSED for attempt in attempts)
    if not refused:
        return ""
    times = "once" if refused == 1 else "twice"
    return f" The provider refused {times}; this is the next attempt that you agreed to."


def _number(footage_key: str) -> int:
    return int(footage_key.rsplit("_v", 1)[1].removesuffix(".mp4"))


def _status(code: str) -> RegenerationStatus:
    was_cancelled = code == EditCancelled.code
    return RegenerationStatus.CANCELLED if was_cancelled else RegenerationStatus.FAILED


def _message(row: RegenerationRecord, verdict: Verdict, *, is_accepted: bool, is_late: bool) -> str:
    """Return what the chat says when a version is ready."""
    name = f"Clip {row.clip_index + 1}"
    if row.take:
        return f"{row.take.name} of {name.lower()} is ready. {verdict.sentence}"
    if is_late:
        return (
            f"{name} got its new version late, after it was changed again, so the film keeps "
            f"what it has. {verdict.sentence} You can play it and use it anyway."
        )
    if is_accepted:
        return f"{name} is done: {row.edit.instruction or row.instruction}. {verdict.sentence}"
    if verdict.outcome != "failed":
        return (
            f"{name} has a new version: {row.edit.instruction or row.instruction}. "
            f"{verdict.sentence} You want to see every new version first, so the film keeps the "
            "old one until you use this one."
        )
    return (
        f"{name} has a new version that is not quite what you asked for, so the film keeps "
        f"the old one. {verdict.sentence} You can play it and use it anyway, try again, or "
        "drop it."
    )
