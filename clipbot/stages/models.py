"""What the pipeline stores of a job, stage by stage (facts/upstream.md §1.1).

The models take what was really written, not only what the pipeline's own models allow:
types come from `loose`, lists drop entries that cannot be read, and what may be missing
has a neutral value. Entries that belong to a clip are found by their `clip_index`; only
clip boundaries go by position, because they have no index.
"""

from clipbot.stages.clips import (
    Clip,
    ClipPrompt,
    ClipPrompts,
    Clips,
    ReferenceImage,
    ReferenceImages,
    VideoOutput,
)
from clipbot.stages.scene_plan import (
    Character,
    CharacterFeatures,
    ClipScript,
    FaceFeatures,
    Object,
    ObjectFeatures,
    Scene,
    ScenePlan,
    Style,
    Transition,
)
from clipbot.stages.song import (
    AudioAnalysis,
    Breakpoint,
    ClipBoundary,
    Lyric,
    Mood,
    SongStructure,
)

__all__ = [
    "AudioAnalysis",
    "Breakpoint",
    "Character",
    "CharacterFeatures",
    "Clip",
    "ClipBoundary",
    "ClipPrompt",
    "ClipPrompts",
    "ClipScript",
    "Clips",
    "FaceFeatures",
    "Lyric",
    "Mood",
    "Object",
    "ObjectFeatures",
    "ReferenceImage",
    "ReferenceImages",
    "Scene",
    "ScenePlan",
    "SongStructure",
    "Style",
    "Transition",
    "VideoOutput",
]
