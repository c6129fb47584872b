"""Stage rows for the reader's tests: from the fixtures, and by hand."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from clipbot.stages.reader import JobStages, read_job

UPSTREAM = Path(__file__).parents[2] / "data" / "upstream"
JOB = UUID("22222222-2222-4222-8222-222222222222")
MADE = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Row:
    """A row of `job_stages`."""

    stage_name: str
    metadata: Any
    status: str = "completed"
    created_at: datetime | None = MADE


@cache
def stored(name: str) -> list[dict[str, Any]]:
    """Return the stage rows of `complete`, or of the variant that begins with `name`."""
    if name == "complete":
        rows: list[dict[str, Any]] = json.loads(
            (UPSTREAM / "complete" / "job_stages.json").read_text("utf-8")
        )
        return rows
    (path,) = (UPSTREAM / "variants").glob(f"{name}_*.json")
    found: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))["rows"]["job_stages"]
    return found


def rows(name: str) -> list[Row]:
    return [
        Row(
            row["stage_name"],
            row["metadata"],
            row["status"],
            datetime.fromisoformat(row["created_at"]),
        )
        for row in stored(name)
    ]


def read(name: str) -> JobStages:
    """Read a fixture."""
    return read_job(rows(name), job_id=UUID(stored(name)[0]["job_id"]))


def metadata(stage: str) -> Any:
    """Return a fresh copy of what the complete job stored for a stage."""
    (row,) = [row for row in stored("complete") if row["stage_name"] == stage]
    return json.loads(json.dumps(row["metadata"]))


def clip(index: Any, **values: Any) -> dict[str, Any]:
    """Return one stored clip."""
    return {
        "clip_index": index,
        "video_url": f"clip_{index}.mp4",
        "actual_duration": 5.0,
        "target_duration": 5.0,
        "duration_diff": 0.0,
        "status": "success",
        "cost": "0.80",
        "generation_time": 60.0,
        **values,
    }


def read_clips(*clips: Any, **wrapper: Any) -> JobStages:
    """Read a job with nothing but clips."""
    document = {"clips": {"clips": list(clips), **wrapper}}
    return read_job([Row("video_generator", document)], job_id=JOB)


def read_audio(**payload: Any) -> JobStages:
    """Read a job with nothing but a song."""
    return read_job([Row("audio_parser", {"audio_analysis": payload})], job_id=JOB)


def sentences(stages: JobStages, stage: str) -> list[str]:
    """Return what was said about one stage."""
    return [problem.message for problem in stages.problems if problem.stage == stage]
