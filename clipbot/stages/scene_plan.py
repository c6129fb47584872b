"""The plan of the film, as stage `scene_planner` stores it."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import BeforeValidator, Field, field_validator

from clipbot.stages.base import Stored
from clipbot.stages.loose import (
    ClipIndex,
    Items,
    Level,
    Maybe,
    Name,
    Seconds,
    Text,
    Whole,
    Words,
    one_of,
)


class FaceFeatures(Stored):
    """A face in words."""

    shape: Text = ""
    skin_tone: Text = ""
    nose: Text = ""
    mouth: Text = ""
    cheeks: Text = ""
    jawline: Text = ""
    distinctive_marks: Text = "none"


class CharacterFeatures(Stored):
    """A character's looks in words."""

    hair: Text = ""
    face_features: Maybe[FaceFeatures] = None
    eyes: Text = ""
    clothing: Text = ""
    accessories: Text = ""
    build: Text = ""
    age: Text = ""


class Character(Stored):
    """Somebody in the film. Of their looks, usually only the description is stored."""

    id: Name
    role: Text = ""
    name: Words = None
    description: Words = None
    features: Maybe[CharacterFeatures] = None


class Scene(Stored):
    """A place and time in the film."""

    id: Name
    description: Text = ""
    time_of_day: Text = ""


class ObjectFeatures(Stored):
    """A thing's looks in words."""

    object_type: Text = ""
    color: Text = ""
    material: Text = ""
    distinctive_features: Text = ""
    size: Text = ""
    condition: Text = ""


class Object(Stored):
    """A thing in the film."""

    id: Name
    name: Text = ""
    features: Maybe[ObjectFeatures] = None
    importance: Annotated[
        Literal["primary", "secondary"], BeforeValidator(one_of(("primary",), "secondary"))
    ] = "secondary"


class Style(Stored):
    """How the whole film looks."""

    color_palette: Items[Name] = Field(default_factory=list)
    """Hex colours."""
    visual_style: Text = ""
    mood: Text = ""
    lighting: Text = ""
    cinematography: Text = ""


class ClipScript(Stored):
    """What happens in one clip."""

    clip_index: ClipIndex
    start: Seconds = 0.0
    end: Seconds = 0.0
    visual_description: Text = ""
    motion: Text = ""
    camera_angle: Text = ""
    characters: Items[Name] = Field(default_factory=list)
    """Ids."""
    scenes: Items[Name] = Field(default_factory=list)
    """Ids."""
    objects: Items[Name] = Field(default_factory=list)
    """Ids."""
    lyrics_context: Words = None
    beat_intensity: Level = "medium"


class Transition(Stored):
    """How two clips were planned to meet."""

    from_clip: ClipIndex
    to_clip: ClipIndex
    type: Annotated[
        Literal["cut", "crossfade", "fade"],
        BeforeValidator(one_of(("cut", "crossfade", "fade"), "cut")),
    ] = "cut"
    duration: Seconds = 0.0
    rationale: Text = ""


class ScenePlan(Stored):
    """Stage `scene_planner`: the plan of the film."""

    job_id: UUID
    video_summary: Text = ""
    characters: Items[Character] = Field(default_factory=list)
    scenes: Items[Scene] = Field(default_factory=list)
    objects: Items[Object] = Field(default_factory=list)
    style: Whole[Style] = Field(default_factory=Style)
    clip_scripts: Items[ClipScript] = Field(default_factory=list)
    """By rising index."""
    transitions: Items[Transition] = Field(default_factory=list)

    @field_validator("clip_scripts")
    @classmethod
    def _sorted(cls, scripts: list[ClipScript]) -> list[ClipScript]:
        return sorted(scripts, key=lambda script: script.clip_index)

    def script(self, clip_index: int) -> ClipScript | None:
        """Return the script of a clip, if it has one."""
        return next((one for one in self.clip_scripts if one.clip_index == clip_index), None)
