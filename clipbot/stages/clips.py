"""What was asked of each clip and what came of it: pictures, prompts and the clips."""

from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BeforeValidator, Field, field_validator, model_validator

from clipbot.stages.base import Stored
from clipbot.stages.boundaries import MIN_SECONDS
from clipbot.stages.loose import (
    Address,
    ClipIndex,
    Count,
    Difference,
    Dollars,
    Free,
    Items,
    Name,
    Seconds,
    Text,
    Words,
    address,
    number,
    one_of,
    seconds,
)

_MAX_SEED = 2**63 - 1


def _clip_seconds(value: object) -> float:
    # Shorter than any clip can be is as good as unknown.
    found = seconds(value)
    return found if found >= MIN_SECONDS else 0.0


class ReferenceImage(Stored):
    """A picture that the renderer is to follow."""

    scene_id: Words = None
    character_id: Words = None
    object_id: Words = None
    variation_index: Count = 0
    image_url: Name
    prompt_used: Text = ""
    generation_time: Seconds = 0.0
    cost: Dollars = Decimal(0)


class ReferenceImages(Stored):
    """Stage `reference_generator`."""

    job_id: UUID
    scene_references: Items[ReferenceImage] = Field(default_factory=list)
    character_references: Items[ReferenceImage] = Field(default_factory=list)
    object_references: Items[ReferenceImage] = Field(default_factory=list)
    total_references: Count = 0
    total_generation_time: Seconds = 0.0
    total_cost: Dollars = Decimal(0)
    status: Annotated[
        Literal["success", "partial", "failed"],
        BeforeValidator(one_of(("success", "partial", "failed"), "success")),
    ] = "success"
    metadata: Free = Field(default_factory=dict)


class ClipPrompt(Stored):
    """What the renderer was asked for one clip."""

    clip_index: ClipIndex
    prompt: Name
    negative_prompt: Text = ""
    duration: Seconds = 0.0
    """Target, in seconds."""
    scene_reference_url: Address = None
    character_reference_urls: Items[Name] = Field(default_factory=list)
    object_reference_urls: Items[Name] = Field(default_factory=list)
    metadata: Free = Field(default_factory=dict)


class ClipPrompts(Stored):
    """Stage `prompt_generator`."""

    job_id: UUID
    clip_prompts: Items[ClipPrompt] = Field(default_factory=list)
    """By rising index."""
    total_clips: Count = 0
    generation_time: Seconds = 0.0
    llm_used: bool = False
    llm_model: Words = None

    @field_validator("llm_used", mode="before")
    @classmethod
    def _truth(cls, value: object) -> bool:
        return value is True

    @field_validator("clip_prompts")
    @classmethod
    def _sorted(cls, prompts: list[ClipPrompt]) -> list[ClipPrompt]:
        return sorted(prompts, key=lambda prompt: prompt.clip_index)

    def of(self, clip_index: int) -> ClipPrompt | None:
        """Return the prompt of a clip, if it has one."""
        return next((one for one in self.clip_prompts if one.clip_index == clip_index), None)


class Clip(Stored):
    """One clip as it was first made."""

    clip_index: ClipIndex
    video_url: Address
    """None: there is no footage, whatever the reason."""
    actual_duration: Annotated[float, BeforeValidator(_clip_seconds)]
    """Seconds; 0 if it is not known."""
    target_duration: Seconds
    original_target_duration: Seconds
    duration_diff: Difference
    status: Annotated[
        Literal["success", "failed", "missing"],
        BeforeValidator(one_of(("success", "failed", "missing"), "failed")),
    ]
    """`missing` exactly when there is no footage."""
    cost: Dollars
    retry_count: Count = 0
    generation_time: Seconds
    metadata: Free = Field(default_factory=dict)
    error: Words = None
    """Why there is no footage, as the pipeline put it."""

    @model_validator(mode="before")
    @classmethod
    def _filled(cls, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        filled = dict(value)
        if number(filled.get("original_target_duration")) is None and "target_duration" in filled:
            filled["original_target_duration"] = filled["target_duration"]
        has_footage = address(filled.get("video_url")) is not None
        if has_footage == (filled.get("status") == "missing"):
            filled["status"] = "success" if has_footage else "missing"
        return filled

    @property
    def is_missing(self) -> bool:
        return self.video_url is None

    @property
    def seed(self) -> int | None:
        """The seed that it was rendered with, if one was ever passed."""
        found = self.metadata.get("generation_seed")
        if not isinstance(found, int) or isinstance(found, bool):
            return None
        return found if 0 <= found <= _MAX_SEED else None


class Clips(Stored):
    """Stage `video_generator`."""

    job_id: UUID
    clips: Items[Clip] = Field(default_factory=list)
    """By rising index, each index once."""
    total_clips: Count = 0
    """How many were wanted."""
    successful_clips: Count = 0
    failed_clips: Count = 0
    total_cost: Dollars = Decimal(0)
    total_generation_time: Seconds = 0.0

    def of(self, clip_index: int) -> Clip | None:
        """Return a clip, if it was ever stored."""
        return next((one for one in self.clips if one.clip_index == clip_index), None)


class VideoOutput(Stored):
    """What the composer made of the clips; never stored."""

    job_id: UUID
    video_url: Text
    duration: Seconds
    audio_duration: Seconds
    sync_drift: Difference
    clips_used: Count
    clips_trimmed: Count
    clips_looped: Count = 0
    compensation_applied: list[dict[str, Any]] = Field(default_factory=list)
    total_shortfall: Seconds = 0.0
    shortfall_percentage: Seconds = 0.0
    transitions_applied: Count
    file_size_mb: Seconds
    composition_time: Seconds
    cost: Dollars
    status: Literal["success", "failed"]
