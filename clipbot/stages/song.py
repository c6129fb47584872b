"""The song, as stage `audio_parser` stores it."""

from uuid import UUID

from pydantic import Field, ValidationInfo, field_validator

from clipbot.stages.base import Stored
from clipbot.stages.boundaries import mended
from clipbot.stages.loose import (
    Free,
    Items,
    Label,
    Level,
    Maybe,
    Moment,
    Name,
    Notes,
    Seconds,
    Share,
    Text,
    Words,
    number,
)

_MAX_BPM = 1_000


def _no_subdivisions() -> dict[str, list[float]]:
    return {"eighth_notes": [], "sixteenth_notes": []}


class SongStructure(Stored):
    """One section of the song."""

    type: Label
    """intro, verse, chorus, bridge, outro."""
    start: Moment
    end: Moment
    energy: Level = "medium"
    beat_intensity: Words = None


class Lyric(Stored):
    """One sung word."""

    text: Name
    timestamp: Moment
    confidence: Share = None
    formatted_text: Words = None


class Mood(Stored):
    """The mood of the song."""

    primary: Text = ""
    secondary: Words = None
    energy_level: Level = "medium"
    confidence: Share = None


class ClipBoundary(Stored):
    """Where a clip lies in the song; the clip is the one at the same position."""

    start: Moment
    end: Moment
    duration: Seconds = 0.0
    metadata: Free = Field(default_factory=dict)


class Breakpoint(Stored):
    """A place where the song could be cut; never stored."""

    timestamp: Moment
    confidence: Share = None
    source: Text = ""
    type: Text = ""
    metadata: Free = Field(default_factory=dict)


class AudioAnalysis(Stored):
    """Stage `audio_parser`: the song."""

    job_id: UUID
    bpm: float | None = None
    duration: Seconds = 0.0
    """Seconds; 0 if it is not known."""
    beat_timestamps: Items[Moment] = Field(default_factory=list)
    beat_subdivisions: dict[str, list[float]] = Field(default_factory=_no_subdivisions)
    beat_strength: Items[Name] = Field(default_factory=list)
    song_structure: Items[SongStructure] = Field(default_factory=list)
    lyrics: Items[Lyric] = Field(default_factory=list)
    mood: Maybe[Mood] = None
    clip_boundaries: list[ClipBoundary] = Field(default_factory=list)
    """Rising; position *i* is clip *i*."""
    metadata: Free = Field(default_factory=dict)

    @field_validator("bpm", mode="before")
    @classmethod
    def _plausible(cls, value: object) -> float | None:
        found = number(value)
        return found if found is not None and 0 < found <= _MAX_BPM else None

    @field_validator("beat_subdivisions", mode="before")
    @classmethod
    def _lists_of_times(cls, value: object) -> dict[str, list[float]]:
        lists = value if isinstance(value, dict) else {}
        kept = {
            str(name): [at for at in map(number, times) if at is not None]
            for name, times in lists.items()
            if isinstance(times, list)
        }
        return kept or _no_subdivisions()

    @field_validator("clip_boundaries", mode="before")
    @classmethod
    def _one_per_clip(cls, value: object, info: ValidationInfo) -> object:
        if isinstance(value, list) and all(isinstance(item, ClipBoundary) for item in value):
            return value
        entries = value if isinstance(value, list | tuple) else []
        whole, worked_out = mended(entries, info.data.get("duration", 0.0))
        if isinstance(info.context, Notes):
            info.context.mended += worked_out
        return whole

    def boundary(self, clip_index: int) -> ClipBoundary | None:
        """Return where a clip lies, if that is known."""
        known = 0 <= clip_index < len(self.clip_boundaries)
        return self.clip_boundaries[clip_index] if known else None
