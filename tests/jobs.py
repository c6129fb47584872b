"""A tiny job in the pipeline's stored shape, with real footage: what services are tested on."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from clipbot.blobs.base import BlobStore, url_of
from clipbot.domain.user import LOCAL_USER
from clipbot.store.store import Store
from tests import media

NAMESPACE = UUID("6a1d3c1e-3a52-4d55-9d9f-0f5f9a0b7c11")
WIDTH, HEIGHT = 160, 90
SECONDS = 1.5
"""Length of each slot."""
PROMPT = "A sunny street with paper lanterns, golden hour, slow pan."


def job_id(name: str = "tiny") -> UUID:
    return uuid5(NAMESPACE, name)


def install(
    store: Store,
    blobs: BlobStore,
    *,
    clips: int = 3,
    name: str = "tiny",
    user_id: UUID = LOCAL_USER.id,
    missing: Sequence[int] = (),
    transitions: Sequence[tuple[int, str, float]] = ((0, "crossfade", 0.25),),
    status: str = "completed",
) -> UUID:
    """Put a job with `clips` clips of `SECONDS` each into a store, and return its id.

    Args:
        store: Where the rows go.
        blobs: Where the files go.
        clips: How many slots.
        name: Jobs of different names have different ids.
        user_id: Its owner.
        missing: Clips that were never made.
        transitions: `(from_clip, kind, seconds)`; the rest are cuts.
        status: Of the job.
    """
    id_ = job_id(name)
    song_key = f"audio-uploads/{user_id}/{id_}/song.wav"
    blobs.put(song_key, media.song(clips * SECONDS))
    for index in range(clips):
        if index not in missing:
            blobs.put(_clip_key(id_, index), footage(index))
    store.jobs.insert(rows(id_, user_id, clips, missing, transitions, status, song_key))
    return id_


def footage(index: int) -> Path:
    """Return the original footage of a clip: 48 frames at 24 per second."""
    return media.clip((index * 47) % 360, size=(WIDTH, HEIGHT))


def rows(
    id_: UUID,
    user_id: UUID,
    clips: int,
    missing: Sequence[int],
    transitions: Sequence[tuple[int, str, float]],
    status: str,
    song_key: str,
) -> dict[str, list[dict[str, Any]]]:
    stages = {
        "audio_parser": {"audio_analysis": _audio(id_, clips)},
        "scene_planner": {"scene_plan": _scene_plan(id_, clips, transitions)},
        "prompt_generator": {"clip_prompts": _prompts(id_, clips)},
        "video_generator": {"clips": _clips(id_, [i for i in range(clips) if i not in missing])},
    }
    return {
        "jobs": [
            {
                "id": str(id_),
                "user_id": str(user_id),
                "status": status,
                "audio_url": url_of(song_key),
                "user_prompt": "Tiny lanterns. A test job with short clips and a rising tone.",
                "progress": 100,
                "total_cost": 0,
                "video_model": "kling_v21",
                "aspect_ratio": "16:9",
            }
        ],
        "job_stages": [
            {
                "id": str(uuid5(id_, stage)),
                "job_id": str(id_),
                "stage_name": stage,
                "status": "completed",
                "metadata": metadata,
                "created_at": "2026-01-01T10:00:00+00:00",
            }
            for stage, metadata in stages.items()
        ],
    }


def _clip_key(id_: UUID, index: int) -> str:
    return f"video-clips/{id_}/clip_{index}.mp4"


def _audio(id_: UUID, clips: int) -> dict[str, Any]:
    seconds = clips * SECONDS
    return {
        "job_id": str(id_),
        "bpm": 120.0,
        "duration": seconds,
        "beat_timestamps": [],
        "song_structure": [
            {"type": "verse", "start": 0.0, "end": SECONDS, "energy": "low"},
            {"type": "chorus", "start": SECONDS, "end": seconds, "energy": "high"},
        ],
        "lyrics": [
            {"text": word, "timestamp": index * 0.5}
            for index, word in enumerate(["paper", "lanterns", "over", "the", "water", "tonight"])
        ],
        "mood": {"primary": "calm", "energy_level": "low", "confidence": 0.9},
        "clip_boundaries": [
            {"start": i * SECONDS, "end": (i + 1) * SECONDS, "duration": SECONDS}
            for i in range(clips)
        ],
    }


def _scene_plan(
    id_: UUID, clips: int, transitions: Sequence[tuple[int, str, float]]
) -> dict[str, Any]:
    return {
        "job_id": str(id_),
        "video_summary": "Lanterns.",
        "characters": [],
        "scenes": [{"id": "street", "description": "A street.", "time_of_day": "dusk"}],
        "style": {
            "color_palette": ["#112233"],
            "visual_style": "painted",
            "mood": "calm",
            "lighting": "soft",
            "cinematography": "slow",
        },
        "clip_scripts": [
            {
                "clip_index": i,
                "start": i * SECONDS,
                "end": (i + 1) * SECONDS,
                "visual_description": "lanterns",
                "motion": "slow",
                "camera_angle": "wide",
                "characters": [],
                "scenes": ["street"],
                "beat_intensity": "low",
            }
            for i in range(clips)
        ],
        "transitions": [
            {
                "from_clip": index,
                "to_clip": index + 1,
                "type": kind,
                "duration": seconds,
                "rationale": "",
            }
            for index, kind, seconds in transitions
        ],
    }


def _prompts(id_: UUID, clips: int) -> dict[str, Any]:
    return {
        "job_id": str(id_),
        "total_clips": clips,
        "generation_time": 1.0,
        "clip_prompts": [
            {
                "clip_index": i,
                "prompt": PROMPT,
                "negative_prompt": "",
                "duration": SECONDS,
            }
            for i in range(clips)
        ],
    }


def _clips(id_: UUID, indexes: Sequence[int]) -> dict[str, Any]:
    return {
        "job_id": str(id_),
        "clips": [
            {
                "clip_index": i,
                "video_url": url_of(_clip_key(id_, i)),
                "actual_duration": 2.0,
                "target_duration": SECONDS,
                "original_target_duration": SECONDS,
                "duration_diff": 0.5,
                "status": "success",
                "cost": "0.00",
                "retry_count": 0,
                "generation_time": 1.0,
                "metadata": {},
            }
            for i in indexes
        ],
        "total_clips": len(indexes),
        "successful_clips": len(indexes),
        "failed_clips": 0,
        "total_cost": "0.00",
        "total_generation_time": 1.0,
    }
