"""The rows of the sample job, in exactly the shape in which the pipeline stores a finished job.

Only what the pipeline persists is there: lyrics are text and timestamp, boundaries start, end and
duration, characters id, description and role, the composer row is still `processing`. Ids are
UUID5 of fixed names.
"""

import json
from pathlib import Path
from typing import Final
from uuid import NAMESPACE_URL, uuid5

import cv2

from . import analysis, story

Row = analysis.Row
ROOT: Final = "https://clipbot.invalid/sample"
JOB_ID: Final = str(uuid5(NAMESPACE_URL, ROOT))
PUBLIC: Final = "/storage/v1/object/public"
AUDIO_URL: Final = f"{PUBLIC}/audio-uploads/sample/{JOB_ID}/song.mp3"
MODEL: Final = "kling_v25_turbo"
STAGES: Final = (
    ("audio_parser", "10:01"),
    ("scene_planner", "10:03"),
    ("reference_generator", "10:05"),
    ("prompt_generator", "10:08"),
    ("video_generator", "10:10"),
    ("composer", "10:25"),
)


def _id(name: str) -> str:
    return str(uuid5(NAMESPACE_URL, f"{ROOT}/{name}"))


def _at(clock: str) -> str:
    return f"2025-11-20T{clock}:00+00:00"


def _plan() -> Row:
    return {
        "job_id": JOB_ID,
        "video_summary": story.SUMMARY,
        "characters": list(story.CHARACTERS),
        "scenes": [
            {"id": s.scene, "description": s.place, "time_of_day": s.time_of_day}
            for s in story.SHOTS
        ],
        "style": story.STYLE,
        "clip_scripts": [
            {
                "clip_index": index,
                "start": start,
                "end": end,
                "visual_description": shot.sees,
                "motion": shot.motion,
                "camera_angle": shot.camera,
                "characters": list(shot.characters),
                "scenes": [shot.scene],
                "lyrics_context": analysis.lyrics_of(start, end),
                "beat_intensity": analysis.section_of(start).energy,
            }
            for index, (shot, (start, end)) in enumerate(
                zip(story.SHOTS, analysis.slots(), strict=True)
            )
        ],
        "transitions": [
            {"from_clip": i, "to_clip": i + 1, "type": kind, "duration": length, "rationale": why}
            for i, (kind, length, why) in enumerate(story.TRANSITIONS)
        ],
    }


def _references() -> Row:
    return {
        "job_id": JOB_ID,
        "scene_references": [],
        "character_references": [],
        "total_references": 0,
        "total_generation_time": 0.0,
        "total_cost": "0.00",
        "status": "success",
        "metadata": {
            "model_version": "none",
            "dimensions": "1024x1024",
            "format": "PNG",
            "environment": "sample",
            "user_uploaded_count": 0,
        },
    }


def _prompt(index: int, shot: story.Shot, start: float, end: float) -> Row:
    text = f"{shot.sees} {shot.motion}, {shot.camera}. {shot.light}. {story.STYLE['visual_style']}."
    beats = [at for at in analysis.beats() if start <= at < end]
    return {
        "clip_index": index,
        "prompt": text,
        "negative_prompt": f"{shot.avoid}, blurry, flicker, distorted",
        "duration": end - start,
        "scene_reference_url": None,
        "character_reference_urls": [],
        "metadata": {
            "word_count": len(text.split()),
            "style_keywords": [
                "painterly illustration",
                "layered depth",
                "soft bloom",
                "fine film grain",
            ],
            "scene_id": shot.scene,
            "character_ids": list(shot.characters),
            "reference_mode": "text_only",
            "validated": True,
            "llm_used": False,
            "llm_model": None,
            "camera_angle": shot.camera,
            "lyrics_context": analysis.lyrics_of(start, end),
            "beat_metadata": {
                "beat_timestamps_in_clip": beats,
                "primary_beat_time": beats[len(beats) // 2],
                "beat_count": len(beats),
            },
        },
    }


def _prompts() -> Row:
    pairs = enumerate(zip(story.SHOTS, analysis.slots(), strict=True))
    return {
        "job_id": JOB_ID,
        "total_clips": len(story.SHOTS),
        "generation_time": 0.4,
        "llm_used": False,
        "llm_model": None,
        "clip_prompts": [_prompt(index, shot, start, end) for index, (shot, (start, end)) in pairs],
    }


def _file_seconds(path: Path) -> float:
    film = cv2.VideoCapture(str(path))
    frames, rate = film.get(cv2.CAP_PROP_FRAME_COUNT), film.get(cv2.CAP_PROP_FPS)
    film.release()
    return round(float(frames / rate), 6)


def _clips(folder: Path) -> Row:
    clips: list[Row] = []
    for index, (start, end) in enumerate(analysis.slots()):
        actual, target = _file_seconds(folder / f"clip_{index}.mp4"), end - start
        clips.append(
            {
                "clip_index": index,
                "video_url": f"{PUBLIC}/video-clips/{JOB_ID}/clip_{index}.mp4",
                "actual_duration": actual,
                "target_duration": target,
                "original_target_duration": target,
                "duration_diff": round(actual - target, 6),
                "status": "success",
                "cost": "0.00",
                "retry_count": 0,
                "generation_time": round(5.0 * actual, 6),
                "metadata": {},
            }
        )
    return {
        "job_id": JOB_ID,
        "clips": clips,
        "total_clips": len(clips),
        "successful_clips": len(clips),
        "failed_clips": 0,
        "total_cost": "0.00",
        "total_generation_time": round(sum(clip["generation_time"] for clip in clips), 6),
    }


def _job() -> Row:
    return {
        "id": JOB_ID,
        "user_id": None,
        "status": "completed",
        "audio_url": AUDIO_URL,
        "user_prompt": story.USER_PROMPT,
        "current_stage": "composer",
        "progress": 100,
        "estimated_remaining": 0,
        "total_cost": 0.0,
        "video_url": None,
        "error_message": None,
        "created_at": _at("10:00"),
        "updated_at": _at("10:30"),
        "completed_at": _at("10:30"),
        "audio_data": None,
        "stop_at_stage": None,
        "video_model": MODEL,
        "aspect_ratio": "16:9",
        "template": "standard",
        "character_image_path": None,
    }


def build(folder: Path) -> dict[str, list[Row]]:
    """Return all rows, table by table; the real lengths are read from the clips in `folder`."""
    payloads: dict[str, Row | None] = {
        "audio_parser": {"audio_analysis": analysis.audio(JOB_ID)},
        "scene_planner": {"scene_plan": _plan()},
        "reference_generator": {"reference_images": _references()},
        "prompt_generator": {"clip_prompts": _prompts()},
        "video_generator": {"clips": _clips(folder)},
        "composer": None,
    }
    stages = [
        {
            "id": _id(f"stages/{name}"),
            "job_id": JOB_ID,
            "stage_name": name,
            "status": "processing" if name == "composer" else "completed",
            "started_at": _at(clock),
            "completed_at": None,
            "duration_seconds": None,
            "cost": 0.0,
            "metadata": payloads[name],
            "created_at": _at(clock),
        }
        for name, clock in STAGES
    ]
    costs = [
        {
            "id": _id(f"costs/{name}"),
            "job_id": JOB_ID,
            "stage_name": name,
            "api_name": "make_sample",
            "cost": 0.0,
            "timestamp": _at(clock),
            "created_at": _at(clock),
        }
        for name, clock in STAGES
        if name != "composer"
    ]
    return {"jobs": [_job()], "job_stages": stages, "clip_thumbnails": [], "job_costs": costs}


def write(folder: Path) -> None:
    """Put `rows.json` into `folder`, whole or not at all."""
    half = folder / ".rows.json"
    half.write_text(
        json.dumps({"rows": build(folder)}, indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
    )
    half.replace(folder / "rows.json")
