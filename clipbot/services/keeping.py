"""What footage a job holds, as retention looks at it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from clipbot.blobs.base import key_of
from clipbot.domain.retention import FootageState, Held, last_moved
from clipbot.domain.versions import ORIGINAL, Entry
from clipbot.errors import JobNotReady
from clipbot.services.base import Clock
from clipbot.services.clips import waits
from clipbot.services.project import Project, Projects
from clipbot.store.records import FootageRecord, JobStatus, VersionRecord, WantedFootage
from clipbot.store.store import Store

_MAKING: Final = frozenset({JobStatus.QUEUED, JobStatus.PROCESSING, JobStatus.REGENERATING})


@dataclass(frozen=True, slots=True)
class Keeping:
    """Looks at the footage of jobs; changes nothing."""

    store: Store
    projects: Projects
    clock: Clock

    def held(self, job_id: UUID) -> list[Held]:
        """Return the footage of all versions of a job, originals too, by clip and number.

        Footage that lies elsewhere, or is another job's as well, takes no room here.
        """
        now = self.clock()
        with self.store.at_once():
            try:
                project = self.projects.of_job(job_id)
            except JobNotReady:
                return []
            log = self.store.history.cursor(job_id).entries
            wanted = self.store.retention.wanted(job_id, now=now)
            keys = self._keys(project)
            facts = self.store.footage.many(keys.values())
        look = _Look(project, log, wanted, keys, facts)
        return [look.held(*place, now) for place in keys]

    def _keys(self, project: Project) -> dict[tuple[int, int], str]:
        """Return the key of each version's footage, by clip and number, where it is our own."""
        found: dict[tuple[int, int], str] = {}
        for clip in project.clips:
            numbers = {ORIGINAL, *(row.number for row in project.versions.get(clip.index, ()))}
            for number in sorted(numbers):
                key = project.footage_key(clip.index, number)
                if key is not None and is_own(project, key):
                    found[clip.index, number] = key
        return found


@dataclass(frozen=True, slots=True)
class _Look:
    """One look at one job."""

    project: Project
    log: tuple[Entry, ...]
    wanted: WantedFootage
    keys: Mapping[tuple[int, int], str]
    facts: Mapping[str, FootageRecord]

    def held(self, index: int, number: int, now: datetime) -> Held:
        row = self.project.version(index, number)
        key = self.keys[index, number]
        known = self.facts.get(key)
        # Of a row without a time nobody can say how old it is, so it is never too old.
        made_at = row.created_at if row and row.created_at else now
        return Held(
            job_id=self.project.job.id,
            clip_index=index,
            number=number,
            state=row.footage_state if row else FootageState.KEPT,
            size_bytes=known.size_bytes if known else 0,
            since=last_moved(made_at, index, number, self.log),
            is_needed=row is None or self._is_needed(row),
        )

    def _is_needed(self, row: VersionRecord) -> bool:
        index, number = row.clip_index, row.number
        return (
            # Whoever makes it may look at any of its files: the pipeline edits, too.
            self.project.job.status in _MAKING
            # What clipbot did not make is not for it to throw away unasked.
            or row.regeneration_id is None
            or not is_removable(self.project, row)
            or waits(row, self.project.current_number(index))
            or index in self.wanted.busy
            or (index, number) in self.wanted.bases
        )


def is_own(project: Project, key: str) -> bool:
    """Return whether a file is the job's: copies of the sample use the sample's."""
    return f"/{project.job.id}/" in key


def is_removable(project: Project, row: VersionRecord) -> bool:
    """Return whether a version has footage that may go at all: never the original's or the film's.

    The pipeline writes the file of a version over the original's address where a person went
    back to that version; then it is the original's, too.
    """
    key = project.footage_key(row.clip_index, row.number)
    return (
        key is not None
        and row.number not in (ORIGINAL, project.current_number(row.clip_index))
        and key not in {project.footage_key(clip.index, ORIGINAL) for clip in project.clips}
        and key not in {key_of(clip.video_url) for clip in project.clips}
    )
