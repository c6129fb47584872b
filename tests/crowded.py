"""A store as the pipeline fills it over months: thousands of jobs, written in a few statements.

Every job has ten stage rows with what the complete job of `data/upstream` has in its own.
"""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import Engine, insert, text

from clipbot.domain.user import LOCAL_USER
from clipbot.store.database import as_writer, is_postgres
from clipbot.store.tables import ClipVersionRow, JobRow, JobStageRow

FOLDER = Path(__file__).parent / "data" / "upstream" / "complete"
STAGES = 10
OTHERS = 20
"""Users beside the one with most of the jobs."""
_NAMESPACE = UUID("3f1d5e8e-8f4c-4b5e-9a0e-1a3f6e0c9d21")
_STATES = ("completed", "completed", "completed", "processing", "failed", "regenerating")
_START = datetime(2026, 1, 1, tzinfo=UTC)
_ROUND = 500
_COPY = """\
INSERT INTO job_stages (id, job_id, stage_name, status, metadata, created_at, cost)
SELECT {id}, jobs.id, known.stage_name, known.status, known.metadata, jobs.created_at, 0
FROM jobs CROSS JOIN job_stages AS known
WHERE known.job_id = {first} AND jobs.id <> {first}"""
_COPIES = {
    "postgresql": _COPY.format(id="gen_random_uuid()", first="CAST(:first AS uuid)"),
    "sqlite": _COPY.format(id="lower(hex(randomblob(16)))", first=":first"),
}


def job_id(number: int) -> UUID:
    return uuid5(_NAMESPACE, f"job {number}")


def owner(number: int) -> UUID:
    """Return whose a job is: half of all jobs are the local user's."""
    return LOCAL_USER.id if number % 2 else uuid5(_NAMESPACE, f"user {number % OTHERS}")


def fill(engine: Engine, count: int) -> None:
    """Write `count` jobs, with ten stage rows and two versions of one clip each."""
    jobs = [_job(number) for number in range(count)]
    with as_writer(engine).begin() as connection:
        for start in range(0, count, _ROUND):
            connection.execute(insert(JobRow), jobs[start : start + _ROUND])
        connection.execute(insert(JobStageRow), _stages())
        connection.execute(text(_COPIES[engine.dialect.name]), {"first": job_id(0).hex})
        for start in range(0, count, _ROUND):
            numbers = range(start, min(count, start + _ROUND))
            connection.execute(
                insert(ClipVersionRow), [row for number in numbers for row in _versions(number)]
            )
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE" if is_postgres(engine) else "ANALYZE"))


def _job(number: int) -> dict[str, Any]:
    made = _START + timedelta(minutes=number)
    return {
        "id": job_id(number),
        "user_id": owner(number),
        "status": _STATES[number % len(_STATES)],
        "audio_url": "https://storage.example/song.mp3",
        "user_prompt": f"Ferry number {number}. Lanterns drift over dark water until the morning.",
        "progress": 100,
        "created_at": made,
        "updated_at": made,
    }


def _stages() -> list[dict[str, Any]]:
    """Return the stage rows of the first job, of which all others get copies."""
    stored = json.loads((FOLDER / "job_stages.json").read_text("utf-8"))
    stages = [(row["stage_name"], row["metadata"]) for row in stored]
    stages += [("lipsync_processor", None)] * (STAGES - len(stages))
    return [
        {
            "id": uuid5(job_id(0), f"stage {place}"),
            "job_id": job_id(0),
            "stage_name": name,
            "status": "completed",
            "metadata": metadata,
            "created_at": _START,
        }
        for place, (name, metadata) in enumerate(stages)
    ]


def _versions(number: int) -> list[dict[str, Any]]:
    return [
        {
            "id": uuid5(job_id(number), f"version {version}"),
            "job_id": job_id(number),
            "clip_index": 1,
            "version_number": version,
            "video_url": f"/storage/v1/object/public/video-clips/{number}/clip_1_v{version}.mp4",
            "prompt": "A ferry.",
            "is_current": version == 2,
            "created_at": _START + timedelta(minutes=number + version),
        }
        for version in (1, 2)
    ]
