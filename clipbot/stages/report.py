"""What is odd about a job, in sentences for people."""

from collections import Counter
from dataclasses import dataclass

from clipbot.stages.loose import Notes
from clipbot.stages.models import AudioAnalysis, ClipPrompts, Clips

_STAGES = {
    "audio_parser": "The analysis of the song",
    "scene_planner": "The plan of the film",
    "reference_generator": "The list of reference pictures",
    "prompt_generator": "The list of prompts",
    "video_generator": "The list of clips",
}
_ABSENT = {
    "audio_parser": "The song is not analysed yet.",
    "scene_planner": "The film is not planned yet.",
    "reference_generator": "There are no reference pictures.",
    "prompt_generator": "The prompts are not written yet.",
    "video_generator": "The clips are not generated yet.",
}
_ENTRIES = {
    "beat_timestamps": "beats",
    "clip_prompts": "prompts",
    "clip_scripts": "scripts",
    "lyrics": "sung words",
    "song_structure": "sections",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is not as it should be."""

    message: str
    """A sentence for people; clips count from 1."""
    stage: str
    clip_index: int | None = None
    count: int = 1
    """How many entries it is about."""


def absent(stage: str, *, is_unreadable: bool) -> Problem:
    """Say that nothing could be read of a stage."""
    sentence = f"{_STAGES[stage]} cannot be read." if is_unreadable else _ABSENT[stage]
    return Problem(sentence, stage)


def older_row(stage: str) -> Problem:
    """Say that the newest row of a stage was of no use."""
    return Problem(f"{_STAGES[stage]} was stored twice; an older one is used.", stage)


def left_out(stage: str, notes: Notes) -> list[Problem]:
    """Say which entries of a stage could not be read."""
    problems = []
    for name, count in sorted(notes.skipped.items()):
        entries = _ENTRIES.get(name, name.replace("_", " "))
        which = f"One of the {entries}" if count == 1 else f"{count} of the {entries}"
        verb = "was" if count == 1 else "were"
        sentence = f"{which} could not be read and {verb} left out."
        problems.append(Problem(sentence, stage, count=count))
    if notes.mended:
        sentence = "Where some clips begin and end was worked out from their neighbours."
        problems.append(Problem(sentence, stage, count=notes.mended))
    return problems


def repeated(clips: Clips) -> list[Problem]:
    """Say which clips were stored more than once."""
    times = Counter(clip.clip_index for clip in clips.clips)
    return [
        Problem(
            f"Clip {index + 1} was stored {count} times; the last one is used.",
            "video_generator",
            index,
            count,
        )
        for index, count in sorted(times.items())
        if count > 1
    ]


def without_footage(
    clips: Clips, audio: AudioAnalysis | None, prompts: ClipPrompts | None
) -> list[Problem]:
    """Say which clips of the film have no footage."""
    wanted = len(audio.clip_boundaries) if audio else 0
    if prompts:
        wanted = max([wanted, *(one.clip_index + 1 for one in prompts.clip_prompts)])
    there = {clip.clip_index for clip in clips.clips if not clip.is_missing}
    lacking = {clip.clip_index for clip in clips.clips if clip.is_missing}
    lacking |= set(range(wanted)) - there
    return [
        Problem(f"Clip {index + 1} has no footage.", "video_generator", index)
        for index in sorted(lacking)
    ]
