"""How long the clip list of a long job takes: 60 clips built from the sample's footage."""

import json
import sys
import tempfile
import time
from pathlib import Path
from statistics import median, quantiles
from typing import Any
from uuid import UUID, uuid5

from clipbot.domain.user import LOCAL_USER
from clipbot.services.bundle import Services
from clipbot.services.sample import SAMPLE_ID
from clipbot.settings import load
from clipbot.wiring import open_clipbot

ASSETS = Path(__file__).parents[1] / "assets" / "sample"
CLIPS = 60
ROUNDS = 60
LIMIT_MS = 50


def long_job(services: Services, clips: int = CLIPS) -> UUID:
    """Install a job of `clips` clips whose footage is the sample's, again and again."""
    document = json.loads((ASSETS / "rows.json").read_text(encoding="utf-8"))
    id_ = uuid5(SAMPLE_ID, f"{clips} clips")
    text = json.dumps(document["rows"])
    rows: dict[str, list[dict[str, Any]]] = json.loads(text)
    made = {stage["stage_name"]: stage["metadata"] for stage in rows["job_stages"]}
    audio = made["audio_parser"]["audio_analysis"]
    spans = [(b["start"], b["end"]) for b in audio["clip_boundaries"]]
    audio["clip_boundaries"] = _boundaries(spans, clips)
    audio["duration"] = audio["clip_boundaries"][-1]["end"]
    _repeat(made["video_generator"]["clips"]["clips"], clips)
    _repeat(made["prompt_generator"]["clip_prompts"]["clip_prompts"], clips)
    made["scene_planner"]["scene_plan"]["transitions"] = []
    for stage in rows["job_stages"]:
        stage["id"] = str(uuid5(id_, stage["stage_name"]))
        stage["job_id"] = str(id_)
    for job in rows["jobs"]:
        job |= {"id": str(id_), "user_id": str(LOCAL_USER.id)}
    services.sample.store.jobs.insert({name: rows[name] for name in ("jobs", "job_stages")})
    return id_


def long_home(home: Path, clips: int) -> UUID:
    """Make a home with such a job whose film, as the sample's, is put together; return its id."""
    with open_clipbot(load(home=home), role="command") as clipbot:
        job = long_job(clipbot.services, clips)
        for each in clipbot.services.jobs.list(LOCAL_USER).jobs:
            clipbot.services.films.ensure(each.id)
    return job


def _boundaries(spans: list[tuple[float, float]], clips: int) -> list[dict[str, float]]:
    found: list[dict[str, float]] = []
    for index in range(clips):
        start = found[-1]["end"] if found else 0.0
        first, last = spans[index % len(spans)]
        length = round(last - first, 6)
        found.append({"start": start, "end": round(start + length, 6), "duration": length})
    return found


def _repeat(items: list[dict[str, Any]], clips: int) -> None:
    own = list(items)
    items[:] = [{**own[i % len(own)], "clip_index": i} for i in range(clips)]


def main() -> dict[str, Any]:
    """Return the figures; times in milliseconds."""
    with tempfile.TemporaryDirectory() as home:
        settings = load(home=Path(home))
        with open_clipbot(settings, role="command") as clipbot:
            job = long_job(clipbot.services)
            times = []
            for _ in range(ROUNDS):
                start = time.perf_counter()
                found = clipbot.services.clips.list(LOCAL_USER, job)
                times.append(1000 * (time.perf_counter() - start))
            return {
                "clips": len(found),
                "p50_ms": round(median(times), 1),
                "p95_ms": round(quantiles(times, n=20)[-1], 1),
                "limit_ms": LIMIT_MS,
            }


if __name__ == "__main__":
    json.dump(main(), sys.stdout, indent=2)
