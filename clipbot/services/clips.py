"""See the clips of a job."""

import logging
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

from clipbot.blobs.base import BlobStore
from clipbot.domain.user import User
from clipbot.domain.verdicts import is_offer
from clipbot.domain.versions import ORIGINAL
from clipbot.errors import BlobConflict, BlobError, BlobNotFound, ConfigurationError
from clipbot.media.darkroom import developed
from clipbot.media.files import appearing
from clipbot.media.thumbnails import thumbnail
from clipbot.services.presence import there, why_missing
from clipbot.services.project import Project, ProjectClip, Projects
from clipbot.services.slot_views import USUAL_RATE, SlotView, seen
from clipbot.services.views import ClipStatus, ClipView, Thumbnail
from clipbot.store.records import (
    FootageRecord,
    RegenerationRecord,
    RegenerationStatus,
    VersionRecord,
)
from clipbot.store.store import Store

logger = logging.getLogger(__name__)

_ADDRESS_SECONDS = 3600


@dataclass(frozen=True, slots=True)
class ClipService:
    """Lists clips and their stills."""

    store: Store
    projects: Projects
    blobs: BlobStore
    stills: Path
    """Folder in which thumbnails are kept."""

    def list(self, user: User, job_id: UUID) -> list[ClipView]:
        """Return one card per slot, in order; a clip without footage is among them.

        Raises:
            JobNotFound: No such job.
            NotAllowed: It belongs to somebody else.
            JobNotReady: It has no clips yet.
        """
        with self.store.at_once():
            project = self.projects.of(user, job_id)
            keys = {c.index: _current_key(project, c.index) for c in project.clips}
            known = self.store.footage.many(sorted({key for key in keys.values() if key}))
            edits = self._latest_edits(job_id)
            form = self.store.jobs.format(job_id)
        present = there(self.blobs, [key for key in keys.values() if key])
        facts = {key: fact for key, fact in known.items() if key in present}
        slots = seen(project, form[2] if form else USUAL_RATE, _by_clip(keys, facts))
        cards = [
            _view(project, clip, facts.get(key or ""), edits.get(clip.index))
            if (key := keys[clip.index]) in present
            else _view(
                project, clip, None, edits.get(clip.index), missing=_why_missing(project, clip, key)
            )
            for clip in project.clips
        ]
        return [_placed(card, slots.get(card.clip_index)) for card in cards]

    def thumbnail(
        self, user: User, job_id: UUID, clip_index: int, version: int | None = None
    ) -> Thumbnail:
        """Return a still of a version, made the first time it is asked for.

        Raises:
            ClipNotFound: No such clip.
            VersionNotFound: No such version.
            FootageMissing: The version has no file.
            StorageUnavailable: Nobody can say now.
        """
        return self.still(self.projects.of(user, job_id), clip_index, version)

    def still(self, project: Project, clip_index: int, version: int | None = None) -> Thumbnail:
        """Return a still as `thumbnail` does, of a job that somebody was let in to already."""
        project.clip(clip_index)
        number = version or project.current_number(clip_index)
        key = project.footage_key(clip_index, number)
        if key is None:
            raise project.footage_missing(clip_index, number)
        path = self.stills / f"{key}.jpg"
        if not path.exists():
            try:
                source = self.blobs.path(key)
            except BlobNotFound as error:
                raise project.footage_missing(clip_index, number) from error
            still = developed(thumbnail, source)
            path.parent.mkdir(parents=True, exist_ok=True)
            with appearing(path) as part:
                part.write_bytes(still)
        return Thumbnail(path, etag=f"{clip_index}-{number}-{path.stat().st_size}")

    def thumbnail_address(self, user: User, job_id: UUID, clip_index: int) -> str | None:
        """Return where a browser may fetch the still of the current version, for an hour.

        Returns:
            None: only from us, as `thumbnail` says. The still is kept in the storage under a
            name with the version in it, so that it never shows another one's picture.

        Raises:
            ClipNotFound: No such clip.
            FootageMissing: The version has no file.
        """
        project = self.projects.of(user, job_id)
        project.clip(clip_index)
        number = project.current_number(clip_index)
        key = f"clip-thumbnails/{job_id}/clip_{clip_index}_v{number}_thumbnail.jpg"
        try:
            try:
                return self.blobs.address(key, _ADDRESS_SECONDS)
            except BlobNotFound:
                still = self.thumbnail(user, job_id, clip_index, number).path
            with suppress(BlobConflict):  # Another machine's picture of the same frame.
                self.blobs.put(key, still)
            return self.blobs.address(key, _ADDRESS_SECONDS)
        except (BlobError, ConfigurationError) as error:
            logger.warning("still not signed", extra={"code": error.code})
            return None

    def _latest_edits(self, job_id: UUID) -> Mapping[int, RegenerationRecord]:
        """Return each clip's last edit; of takes that are open, the one that is being made."""
        latest: dict[int, RegenerationRecord] = {}
        for edit in reversed(self.store.regenerations.of_job(job_id, limit=200)):
            known = latest.get(edit.clip_index)
            if known is None or not known.is_open:
                latest[edit.clip_index] = edit
        return latest


def _by_clip(
    keys: Mapping[int, str | None], facts: Mapping[str, FootageRecord]
) -> Mapping[int, FootageRecord]:
    return {index: facts[key] for index, key in keys.items() if key and key in facts}


def _view(
    project: Project,
    clip: ProjectClip,
    facts: FootageRecord | None,
    edit: RegenerationRecord | None,
    *,
    missing: str | None = None,
) -> ClipView:
    rows = project.versions.get(clip.index, ())
    number = project.current_number(clip.index)
    is_open = edit is not None and edit.is_open
    base = f"/api/v1/jobs/{project.job.id}/clips/{clip.index}"
    newest = next((row for row in reversed(rows) if not row.is_decided), None)
    return ClipView(
        clip_index=clip.index,
        number=clip.index + 1,
        status=_status(edit, is_missing=missing is not None),
        timestamp_start=clip.start_seconds,
        timestamp_end=clip.end_seconds,
        duration=round(clip.end_seconds - clip.start_seconds, 6),
        lyrics_preview=clip.lyrics,
        section=clip.section,
        section_number=clip.section_number,
        is_regenerated=number != ORIGINAL,
        original_prompt=clip.prompt,
        prompt=project.prompt(clip.index),
        version_count=max(1, len(rows)),
        current_version=number,
        has_offer=bool(newest and waits(newest, number)),
        measures=facts.measures if facts else None,
        thumbnail_url=None if missing else f"{base}/thumbnail.jpg?version={number}",
        footage_url=None if missing else f"{base}/versions/{number}/footage.mp4",
        regeneration_id=edit.id if edit and is_open else None,
        progress=edit.progress if edit and is_open else None,
        error=edit.error if edit and edit.status is RegenerationStatus.FAILED else None,
        missing=missing,
    )


def _placed(card: ClipView, slot: SlotView | None) -> ClipView:
    """Return a card that says how its clip fills its slot and meets the next one."""
    if slot is None:
        return card
    return replace(card, filling=slot.filling, transition=slot.transition, warnings=slot.warnings)


def _current_key(project: Project, index: int) -> str | None:
    return project.footage_key(index, project.current_number(index))


def _why_missing(project: Project, clip: ProjectClip, key: str | None) -> str:
    number = project.current_number(clip.index)
    return why_missing(project.video_url(clip.index, number), key)


def waits(row: VersionRecord, current: int) -> bool:
    """Return whether a version is offered, and the person has not answered yet."""
    is_open = is_offer(row.verdict) and not row.is_decided
    return is_open and row.number > current and not row.is_deleted


def _status(edit: RegenerationRecord | None, *, is_missing: bool) -> ClipStatus:
    if edit and edit.status is RegenerationStatus.QUEUED:
        return ClipStatus.QUEUED
    if edit and edit.status is RegenerationStatus.PROCESSING:
        return ClipStatus.RUNNING
    return ClipStatus.MISSING if is_missing else ClipStatus.READY
