"""From the stage rows of a job to its models, and a sentence for everything odd.

Every shape the pipeline ever wrote is read (facts/upstream.md §1.3): wrapped and flat,
JSON in a string, lists without their wrapper, two rows for one stage. Nothing raises: a
stage that cannot be read is None, and `problems` says so to people.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, Protocol, TypeVar
from uuid import UUID

from pydantic import BaseModel, ValidationError

from clipbot.stages import report
from clipbot.stages.loose import MAX_CLIPS, Notes, decoded, writable
from clipbot.stages.models import (
    AudioAnalysis,
    Clip,
    ClipPrompts,
    Clips,
    ReferenceImages,
    ScenePlan,
)
from clipbot.stages.report import Problem
from clipbot.stages.tidy import tidied_audio, tidied_clips, tidied_prompts

M = TypeVar("M", bound=BaseModel)

_WRAPPERS = 3


class StageLike(Protocol):
    """A row of `job_stages`, as far as it is read here."""

    @property
    def stage_name(self) -> str: ...
    @property
    def status(self) -> str: ...
    @property
    def metadata(self) -> Any: ...
    @property
    def created_at(self) -> datetime | None: ...


@dataclass(frozen=True, slots=True)
class JobStages:
    """What the pipeline stored of a job, as far as it can be read."""

    audio: AudioAnalysis | None = None
    scene_plan: ScenePlan | None = None
    references: ReferenceImages | None = None
    prompts: ClipPrompts | None = None
    clips: Clips | None = None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class _Stage(Generic[M]):
    model: type[M]
    names: tuple[str, ...]
    """Today's name first, then older ones."""
    wrapper: str
    """Key under which today's pipeline puts the payload."""
    contents: tuple[str, ...]
    """Lists and values of which at least one makes the payload worth reading."""
    items: str | None = None
    """The list that was sometimes stored alone."""


_AUDIO = _Stage(
    AudioAnalysis,
    ("audio_parser",),
    "audio_analysis",
    ("clip_boundaries", "duration", "beat_timestamps", "lyrics"),
)
_PLAN = _Stage(
    ScenePlan,
    ("scene_planner",),
    "scene_plan",
    ("clip_scripts", "scenes", "characters", "transitions", "video_summary"),
)
_REFERENCES = _Stage(
    ReferenceImages,
    ("reference_generator", "reference_generation"),
    "reference_images",
    ("scene_references", "character_references", "object_references"),
)
_PROMPTS = _Stage(
    ClipPrompts, ("prompt_generator",), "clip_prompts", ("clip_prompts",), "clip_prompts"
)
CLIPS_STAGE = "video_generator"
_NEEDED = {name for name, field in Clip.model_fields.items() if field.is_required()} - {
    "original_target_duration"
}
"""Without one of these a clip is left out; that one is filled in from another."""
_CLIPS = _Stage(Clips, (CLIPS_STAGE,), "clips", ("clips",), "clips")


def read_job(stages: Sequence[StageLike], *, job_id: UUID) -> JobStages:
    """Read everything that is stored of a job. Never raises.

    Args:
        stages: All stage rows of the job, in any order.
        job_id: Goes into the models, whatever id is stored.
    """
    audio, audio_problems = _read(_AUDIO, stages, job_id)
    plan, plan_problems = _read(_PLAN, stages, job_id)
    references, reference_problems = _read(_REFERENCES, stages, job_id)
    prompts, prompt_problems = _read(_PROMPTS, stages, job_id)
    clips, clip_problems = _read(_CLIPS, stages, job_id)
    problems = [
        *audio_problems,
        *plan_problems,
        *reference_problems,
        *prompt_problems,
        *clip_problems,
    ]
    if audio:
        audio = tidied_audio(audio)
    if prompts:
        prompts = tidied_prompts(prompts)
    if clips:
        problems += report.repeated(clips)
        clips = tidied_clips(clips)
        problems += report.without_footage(clips, audio, prompts)
    return JobStages(audio, plan, references, prompts, clips, tuple(problems))


def count_clips(stages: Sequence[StageLike], *, job_id: UUID) -> int:
    """Return how many clips `read_job` would find in these rows."""
    usual = _usual_count([row for row in stages if row.stage_name == CLIPS_STAGE])
    if usual is not None:
        return usual
    clips, _ = _read(_CLIPS, stages, job_id)
    return len(tidied_clips(clips).clips) if clips else 0


def _usual_count(rows: Sequence[StageLike]) -> int | None:
    """Return the count where all is as the pipeline writes it today; None: look closer.

    Nothing else of a clip can keep it from being read, so nothing else is looked at.
    """
    if len(rows) != 1 or not isinstance(rows[0].metadata, dict):
        return None
    wrapper = rows[0].metadata.get("clips")
    entries = wrapper.get("clips") if isinstance(wrapper, dict) else None
    if not isinstance(entries, list) or not entries:
        return None
    indexes = set()
    for entry in entries:
        if not isinstance(entry, dict) or not entry.keys() >= _NEEDED:
            return None
        index = entry["clip_index"]
        if type(index) is not int or not 0 <= index < MAX_CLIPS:
            return None
        indexes.add(index)
    return len(indexes)


def _read(
    stage: _Stage[M], rows: Sequence[StageLike], job_id: UUID
) -> tuple[M | None, list[Problem]]:
    """Read the best row of a stage: the newest completed one with something in it."""
    name = stage.names[0]
    candidates = _best_first([row for row in rows if row.stage_name in stage.names])
    unreadable = 0
    for row in candidates:
        document = writable(decoded(row.metadata))
        payload = _payload(stage, document)
        if payload is None:
            unreadable += row.metadata is not None and not isinstance(document, dict)
            continue
        notes = Notes()
        model = _parsed(stage, {**payload, "job_id": job_id}, notes)
        if model is not None and any(getattr(model, key) for key in stage.contents):
            problems = report.left_out(name, notes)
            if row is not candidates[0]:
                problems.insert(0, report.older_row(name))
            return model, problems
        unreadable += model is None or bool(notes.skipped)
    return None, [report.absent(name, is_unreadable=unreadable > 0)]


def _best_first(rows: Sequence[StageLike]) -> list[StageLike]:
    numbered = sorted(enumerate(rows), key=lambda pair: (_moment(pair[1]), pair[0]), reverse=True)
    newest_first = [row for _, row in numbered]
    # Failed rows hold at most a reason; unfinished ones may hold the first clips.
    rank = {"completed": 0, "processing": 1}
    return sorted(newest_first, key=lambda row: rank.get(row.status, 2))


def _moment(row: StageLike) -> datetime:
    made = row.created_at
    if made is None:
        return datetime.min.replace(tzinfo=UTC)
    return made.replace(tzinfo=UTC) if made.tzinfo is None else made


def _payload(stage: _Stage[M], document: Any) -> Mapping[str, Any] | None:
    """Return the object that holds the stage's own keys, or None."""
    if isinstance(document, list):
        return {stage.items: document} if stage.items else None
    for _ in range(_WRAPPERS):
        if not isinstance(document, dict):
            return None
        inner = writable(decoded(document.get(stage.wrapper)))
        if isinstance(inner, list) and stage.items:
            return {**document, stage.items: inner}
        if not isinstance(inner, dict):
            return document if any(key in document for key in stage.contents) else None
        document = inner
    return None


def _parsed(stage: _Stage[M], payload: Mapping[str, Any], notes: Notes) -> M | None:
    try:
        return stage.model.model_validate(payload, context=notes)
    except ValidationError:
        return None
