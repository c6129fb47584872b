"""A job as the other services see it: clips, places in the song, versions.

Read fresh for every call, so that nobody acts on a stale film; only the parsing of stage
metadata is remembered, by its content.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from hashlib import blake2b
from itertools import pairwise
from threading import Lock
from uuid import UUID

from clipbot.blobs.base import foreign_host, key_of
from clipbot.domain.filling import Filling
from clipbot.domain.slots import NOTHING, Meeting, SlotChoice
from clipbot.domain.timeline import Slot, Timeline, TransitionKind, frames_at
from clipbot.domain.user import User
from clipbot.domain.versions import ORIGINAL
from clipbot.errors import ClipNotFound, FootageMissing, JobNotReady, VersionNotFound
from clipbot.services.access import owned
from clipbot.services.turns import Turns
from clipbot.stages.lyrics import lyrics_between
from clipbot.stages.models import AudioAnalysis
from clipbot.stages.reader import JobStages, read_job
from clipbot.store.listing import parsed
from clipbot.store.records import (
    JobRecord,
    JobStatus,
    OriginalVersion,
    StoredStage,
    VersionRecord,
)
from clipbot.store.store import Store

_REMEMBERED = 64
_DEFAULT_SECONDS = 5.0
"""Length of a clip of which nothing is known (facts/upstream.md §1.3)."""


@dataclass(frozen=True, slots=True)
class ProjectClip:
    """One clip of a job: what was stored when it was first made."""

    index: int
    start_seconds: float
    end_seconds: float
    lyrics: str
    section: str | None
    section_number: int | None
    prompt: str
    video_url: str | None
    """None: it was never made."""
    footage_seconds: float | None


@dataclass(frozen=True)
class Project:
    """A job, read."""

    job: JobRecord
    stages: JobStages
    clips: tuple[ProjectClip, ...]
    """One per slot, by index."""
    versions: Mapping[int, tuple[VersionRecord, ...]]
    """Rows of `clip_versions` by clip, oldest first; clips never edited have none."""
    current: Mapping[int, int]
    """Current version number of each clip with rows."""
    song_seconds: Fraction | None
    choices: Mapping[int, SlotChoice] = field(default_factory=dict)
    """What people chose for slots, by clip; most have none."""

    def clip(self, index: int) -> ProjectClip:
        """Return a clip by its index.

        Raises:
            ClipNotFound: There is none.
        """
        if not 0 <= index < len(self.clips):
            raise ClipNotFound(index, len(self.clips))
        return self.clips[index]

    def current_number(self, index: int) -> int:
        """Return the number of the version that the film uses."""
        return self.current.get(index, ORIGINAL)

    def numbers(self) -> dict[int, int]:
        """Return the current version number of every clip."""
        return {clip.index: self.current_number(clip.index) for clip in self.clips}

    def version(self, index: int, number: int) -> VersionRecord | None:
        """Return the row of a version; None for an original that has no row yet.

        Raises:
            VersionNotFound: There is no such version.
        """
        for version in self.versions.get(index, ()):
            if version.number == number:
                return version
        if number == ORIGINAL:
            return None
        raise VersionNotFound(index, number)

    def video_url(self, index: int, number: int) -> str | None:
        """Return the address that a version's footage was first stored under."""
        version = self.version(index, number)
        return version.video_url if version else self.clip(index).video_url

    def footage_url(self, index: int, number: int) -> str | None:
        """Return where a version's footage is now, which may be its archive; None: nowhere."""
        version = self.version(index, number)
        return version.footage_url if version else self.clip(index).video_url

    def footage_key(self, index: int, number: int) -> str | None:
        """Return the blob key of a version's footage, or None where there is none."""
        return key_of(self.footage_url(index, number))

    def measured_key(self, index: int, number: int) -> str | None:
        """Return the key of what is known of a version's footage, also once that is deleted."""
        version = self.version(index, number)
        kept = version and (version.archived_url or version.video_url)
        return key_of(kept) if kept else self.footage_key(index, number)

    def footage_missing(self, index: int, number: int) -> FootageMissing:
        """Return what is said of a version without footage: why, where that can be told."""
        version = self.version(index, number)
        if version and version.is_deleted:
            return FootageMissing(index, deleted=number)
        return FootageMissing(index, foreign_host(self.video_url(index, number)))

    def prompt(self, index: int) -> str:
        """Return the prompt of a clip's current version."""
        return self.prompt_of(index, self.current_number(index))

    def prompt_of(self, index: int, number: int) -> str:
        """Return the prompt that a version was made from.

        Raises:
            VersionNotFound: There is no such version.
        """
        version = self.version(index, number)
        return version.prompt if version else self.clip(index).prompt

    def seed(self, index: int, number: int) -> int | None:
        """Return the seed that a version was made with, where it is known."""
        version = self.version(index, number)
        if version and version.seed is not None:
            return version.seed
        made = self.stages.clips.clips if self.stages.clips and number == ORIGINAL else ()
        return next((clip.seed for clip in made if clip.clip_index == index), None)

    def reference_urls(self, index: int) -> tuple[str, ...]:
        """Return the addresses of the pictures that a clip was first made from.

        Characters come first, then the place, then things: models take a few at most
        (facts/upstream.md §3.2).
        """
        prompts = self.stages.prompts.clip_prompts if self.stages.prompts else ()
        made = next((each for each in prompts if each.clip_index == index), None)
        if made is None:
            return ()
        place = (made.scene_reference_url,) if made.scene_reference_url else ()
        return (*made.character_reference_urls, *place, *made.object_reference_urls)

    def original(self, index: int) -> OriginalVersion:
        """Return what version 1 of a clip is."""
        row = self.version(index, ORIGINAL)
        clip = self.clip(index)
        if row:
            return OriginalVersion(
                row.video_url, row.thumbnail_url, row.prompt, row.duration_seconds
            )
        return OriginalVersion(clip.video_url or "", None, clip.prompt, clip.footage_seconds)

    def next_number(self, index: int) -> int:
        """Return the number of the clip's next version."""
        return max((row.number for row in self.versions.get(index, ())), default=ORIGINAL) + 1

    def timeline(self, rate: Fraction) -> Timeline:
        """Return the slots of the film at a rate."""
        seconds = [clip.start_seconds for clip in self.clips] + [self.clips[-1].end_seconds]
        boundaries = frames_at([Fraction(str(second)) for second in seconds], rate)
        slots = tuple(
            Slot(clip.index, start, stop, self.choice(clip.index).filling or Filling.FREEZE)
            for clip, (start, stop) in zip(self.clips, pairwise(boundaries), strict=True)
        )
        meetings = tuple(meeting.at(rate) for meeting in self.meetings())
        return Timeline(slots, rate, meetings, self._tail(slots, rate))

    def choice(self, index: int) -> SlotChoice:
        """Return what was chosen for a slot."""
        return self.choices.get(index, NOTHING)

    def meetings(self) -> tuple[Meeting, ...]:
        """Return how each clip is to meet the next: as chosen, else as planned."""
        planned = enumerate(self.planned())
        return tuple(self.choice(index).meeting or meeting for index, meeting in planned)

    def planned(self) -> tuple[Meeting, ...]:
        """Return how the pipeline planned each clip to meet the next one."""
        plan = self.stages.scene_plan
        found = {(item.from_clip, item.to_clip): item for item in plan.transitions} if plan else {}
        return tuple(
            Meeting(TransitionKind(item.type), Fraction(str(item.duration)))
            if (item := found.get((index, index + 1))) and item.type != "cut"
            else Meeting()
            for index in range(len(self.clips) - 1)
        )

    def rearranged(self, choices: Mapping[int, SlotChoice]) -> "Project":
        """Return the job with other choices for some slots."""
        return replace(self, choices={**self.choices, **choices})

    def _tail(self, slots: Sequence[Slot], rate: Fraction) -> int:
        if self.song_seconds is None:
            return 0
        return max(0, frames_at([self.song_seconds], rate)[0] - slots[-1].stop)


@dataclass(frozen=True)
class Projects:
    """Reads jobs."""

    store: Store
    _parsed: dict[bytes, JobStages] = field(default_factory=dict)
    _turns: Turns = field(default_factory=Turns)
    _lock: Lock = field(default_factory=Lock)

    def of(self, user: User, job_id: UUID) -> Project:
        """Return a job that the user may edit.

        Raises:
            JobNotFound: No such job.
            NotAllowed: It belongs to somebody else.
            JobNotReady: It has no clips yet.
        """
        with self.store.at_once():
            return self.read(owned(self.store.jobs, user, job_id))

    def editable(self, user: User, job_id: UUID) -> Project:
        """Return a job that can be edited now.

        Raises:
            JobNotReady: It is still being made, or failed before it had clips.
        """
        project = self.of(user, job_id)
        if not is_editable(project.job):
            raise JobNotReady(project.job.status)
        return project

    def of_job(self, job_id: UUID) -> Project:
        """Return a job for the durable steps, whose right was checked when they were queued."""
        return self.read(self.store.jobs.get(job_id))

    def read(self, job: JobRecord) -> Project:
        """Return the project of a job row.

        Raises:
            JobNotReady: It has no clips yet.
        """
        with self.store.at_once():
            stages = self.stages(job.id)
            clips = _clips(stages)
            if not clips:
                raise JobNotReady("without clips")
            current = self.store.versions.current(job.id)
            rows = self.store.versions.all(job.id)
            choices = self.store.slots.of(job.id)
        versions: dict[int, list[VersionRecord]] = {}
        for row in rows:
            versions.setdefault(row.clip_index, []).append(row)
        audio = stages.audio
        return Project(
            job=job,
            stages=stages,
            clips=clips,
            versions={index: tuple(rows) for index, rows in versions.items()},
            current=current,
            song_seconds=Fraction(str(audio.duration)) if audio else None,
            choices=choices,
        )

    def stages(self, job_id: UUID) -> JobStages:
        """Return what the pipeline stored of a job, as far as it can be read."""
        stored = self.store.jobs.stored_stages(job_id)
        key = _fingerprint(job_id, stored)
        with self._turns.of(key):
            with self._lock:
                known = self._parsed.get(key)
            if known is not None:
                return known
            read = read_job([parsed(stage) for stage in stored], job_id=job_id)
            with self._lock:
                while len(self._parsed) >= _REMEMBERED:
                    self._parsed.pop(next(iter(self._parsed)))
                self._parsed[key] = read
            return read


def is_editable(job: JobRecord) -> bool:
    """Return whether a job's state allows edits."""
    return job.status in (JobStatus.COMPLETED, JobStatus.REGENERATING)


def _fingerprint(job_id: UUID, stages: Sequence[StoredStage]) -> bytes:
    """Return a digest of what is stored."""
    facts = [(stage.stage_name, stage.status, stage.text) for stage in stages]
    return blake2b(f"{job_id}{facts!r}".encode(), digest_size=16).digest()


def _clips(stages: JobStages) -> tuple[ProjectClip, ...]:
    """Return one clip per slot: clips are found by index, boundaries by position."""
    made = {clip.clip_index: clip for clip in stages.clips.clips} if stages.clips else {}
    prompts = (
        {p.clip_index: p.prompt for p in stages.prompts.clip_prompts} if stages.prompts else {}
    )
    if not made:
        return ()
    spans = _spans(stages, {index: clip.actual_duration for index, clip in made.items()})
    audio = stages.audio
    return tuple(
        ProjectClip(
            index=index,
            start_seconds=start,
            end_seconds=end,
            lyrics=lyrics_between(audio.lyrics, start, end, is_last=index == len(spans) - 1)
            if audio
            else "",
            section=(section := _section(audio, start, end))[0],
            section_number=section[1],
            prompt=prompts.get(index, ""),
            video_url=made[index].video_url if index in made else None,
            footage_seconds=made[index].actual_duration if index in made else None,
        )
        for index, (start, end) in enumerate(spans)
    )


def _spans(stages: JobStages, durations: Mapping[int, float]) -> list[tuple[float, float]]:
    """Return where each slot lies: the analysis says so, else durations add up."""
    bounds = stages.audio.clip_boundaries if stages.audio else []
    spans: list[tuple[float, float]] = []
    for boundary in bounds:
        start = spans[-1][1] if spans else boundary.start
        if boundary.end > start:
            spans.append((start, boundary.end))
    for index in range(len(spans), max(durations) + 1):
        start = spans[-1][1] if spans else 0.0
        spans.append((start, start + (durations.get(index) or _DEFAULT_SECONDS)))
    return spans


def _section(
    audio: AudioAnalysis | None, start: float, end: float
) -> tuple[str | None, int | None]:
    """Return the section that a span lies in mostly, and its number among its kind."""
    best, most = None, 0.0
    for section in audio.song_structure if audio else ():
        shared = min(end, section.end) - max(start, section.start)
        if shared > most:
            best, most = section, shared
    if audio is None or best is None:
        return None, None
    same = [section for section in audio.song_structure if section.type == best.type]
    return str(best.type), 1 + sorted(section.start for section in same).index(best.start)
