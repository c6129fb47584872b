"""A clip: a place in the film, and what is in it."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import Field

from clipbot.api.links import Link
from clipbot.api.models.common import ClipIndex, MeasuresModel, Percent, Seconds, Shape
from clipbot.api.models.slots import TransitionModel
from clipbot.domain.filling import Filling
from clipbot.services.views import ClipStatus, ClipView


class ClipModel(Shape):
    """One clip of the film."""

    clip_index: ClipIndex
    number: int = Field(examples=[1], description="Counts from 1, as people do.")
    status: ClipStatus
    thumbnail_url: Link | None = Field(
        examples=[
            "/api/v1/jobs/3fa85f64-5717-4562-b3fc-2c963f66afa6/clips/0/thumbnail.jpg?version=1"
        ],
        description="Below the server's root; None: no footage.",
    )
    footage_url: Link | None
    timestamp_start: Seconds
    timestamp_end: Seconds
    duration: Seconds
    lyrics_preview: str = Field(examples=["In the city of lights..."])
    section: str | None = Field(examples=["verse"])
    section_number: int | None = Field(examples=[1])
    is_regenerated: bool
    original_prompt: str = Field(examples=["A cyberpunk street scene"])
    prompt: str = Field(
        examples=["A cyberpunk street scene, nighttime"], description="Of the current version."
    )
    version_count: int = Field(examples=[2])
    current_version: int = Field(examples=[1], description="Counts from 1; 1 is the original.")
    has_offer: bool = Field(description="Whether a newer version waits to be accepted.")
    measures: MeasuresModel | None
    regeneration_id: UUID | None = Field(description="The open edit of this clip.")
    progress: Percent | None
    error: str | None = Field(description="Why the last edit of this clip failed.")
    missing: str | None = Field(description="Why there is no footage; None: there is some.")
    filling: Filling = Field(
        examples=["freeze"], description="What follows where footage is shorter than the slot."
    )
    transition: TransitionModel | None = Field(description="To the next clip, if there is one.")
    warnings: list[str] = Field(
        description="What people should know: a still picture, a transition that had to be short."
    )

    @classmethod
    def of(cls, clip: ClipView) -> "ClipModel":
        """Return the shape of a clip."""
        return cls(
            clip_index=clip.clip_index,
            number=clip.number,
            status=clip.status,
            thumbnail_url=clip.thumbnail_url,
            footage_url=clip.footage_url,
            timestamp_start=clip.timestamp_start,
            timestamp_end=clip.timestamp_end,
            duration=clip.duration,
            lyrics_preview=clip.lyrics_preview,
            section=clip.section,
            section_number=clip.section_number,
            is_regenerated=clip.is_regenerated,
            original_prompt=clip.original_prompt,
            prompt=clip.prompt,
            version_count=clip.version_count,
            current_version=clip.current_version,
            has_offer=clip.has_offer,
            measures=MeasuresModel.of(clip.measures),
            regeneration_id=clip.regeneration_id,
            progress=clip.progress,
            error=clip.error,
            missing=clip.missing,
            filling=clip.filling,
            transition=TransitionModel.of(clip.transition),
            warnings=list(clip.warnings),
        )


class ClipList(Shape):
    """The clips of a job, in the film's order."""

    clips: list[ClipModel]
    total_clips: int = Field(examples=[6])

    @classmethod
    def of(cls, clips: Sequence[ClipView]) -> "ClipList":
        """Return the shape of a job's clips."""
        return cls(clips=[ClipModel.of(clip) for clip in clips], total_clips=len(clips))
