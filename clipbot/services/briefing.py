"""What a writer is told about a clip: the film's plan, the song, and what was said before."""

from collections.abc import Iterable, Sequence

from clipbot.language.base import PromptRequest
from clipbot.services.conversation import Talk
from clipbot.services.project import Project
from clipbot.stages.models import Character, ScenePlan
from clipbot.store.records import RegenerationRecord

Words = tuple[Sequence[str], Sequence[str]]
"""Phrases that an own template puts in, and takes out."""


def prompt_request(
    project: Project, row: RegenerationRecord, before: str, talk: Talk, words: Words
) -> PromptRequest:
    """Return the request for a new prompt of one clip; `before` is its current one."""
    clip = project.clip(row.clip_index)
    plan = project.stages.scene_plan
    words_in, words_out = words
    return PromptRequest(
        edit=row.edit,
        prompt=before,
        original_prompt=clip.prompt,
        style=_style(plan) if plan else "",
        mood=_mood(project),
        characters=_characters(plan, row.clip_index) if plan else (),
        scenes=_scenes(plan, row.clip_index) if plan else (),
        lyrics=clip.lyrics,
        section=clip.section or "",
        messages=talk.said,
        summary=talk.summary,
        words_in=tuple(words_in),
        words_out=tuple(words_out),
    )


def _style(plan: ScenePlan) -> str:
    style = plan.style
    return "; ".join(_told([style.visual_style, style.lighting, style.cinematography]))


def _mood(project: Project) -> str:
    plan, audio = project.stages.scene_plan, project.stages.audio
    song = audio.mood.primary if audio and audio.mood else ""
    return "; ".join(_told([plan.style.mood if plan else "", f"song: {song}" if song else ""]))


def _characters(plan: ScenePlan, clip_index: int) -> tuple[str, ...]:
    """Return who is in the clip; of a clip that has no script, everybody."""
    script = plan.script(clip_index)
    here = set(script.characters) if script else {each.id for each in plan.characters}
    return tuple(_told(_described(each) for each in plan.characters if each.id in here))


def _scenes(plan: ScenePlan, clip_index: int) -> tuple[str, ...]:
    script = plan.script(clip_index)
    here = set(script.scenes) if script else {each.id for each in plan.scenes}
    return tuple(_told(each.description for each in plan.scenes if each.id in here))


def _described(character: Character) -> str:
    name = character.name or character.id.replace("_", " ")
    return f"{name}: {character.description}" if character.description else name


def _told(words: Iterable[str]) -> list[str]:
    return [each.strip() for each in words if each.strip()]
