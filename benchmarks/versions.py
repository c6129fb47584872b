"""How long the versions of a clip take to list over HTTP, by how many there are.

    python -m benchmarks.versions

The sample, with 1, 20 and 60 versions of three of its clips. The lists are asked for in
turn, so that whatever else the machine does falls on all of them; what the server's
processor did meanwhile is read where the system tells it.
"""

import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from statistics import median, quantiles
from typing import Any, Final
from uuid import UUID, uuid4

import httpx
from sqlalchemy import event

from benchmarks.page import app
from clipbot.blobs.base import url_of
from clipbot.domain.user import LOCAL_USER
from clipbot.services.bundle import Services
from clipbot.services.sample import SAMPLE_ID
from clipbot.settings import load
from clipbot.wiring import open_clipbot

COUNTS: Final = {0: 1, 1: 20, 2: 60}
"""How many versions each clip has, by its index."""
ROUNDS: Final = 60
WARM_UP: Final = 5
LIMIT_MS: Final = 50
_TICKS: Final = os.sysconf("SC_CLK_TCK")


def fill(services: Services, job: UUID, clip: int, count: int) -> None:
    """Write down versions up to `count`, each with the original's footage under a name of its own.

    Nothing of that is decoded by a list; it is there, and its row is.
    """
    blobs, store = services.versions.blobs, services.versions.store
    project = services.versions.projects.of(LOCAL_USER, job)
    original = project.footage_key(clip, 1)
    if original is None:
        raise RuntimeError("the sample has footage")
    library = services.films.composer.library
    library.measured(original)
    rows = [_row(job, clip, 1, original, is_current=False)]
    for number in range(2, count + 1):
        key = f"video-clips/{job}/clip_{clip}_v{number}.mp4"
        blobs.put(key, blobs.path(original))
        store.footage.put(replace(library.record(original), key=key))
        rows.append(_row(job, clip, number, key, is_current=number == count))
    if count > 1:
        store.jobs.insert({"clip_versions": rows})


def _row(job: UUID, clip: int, number: int, key: str, *, is_current: bool) -> dict[str, Any]:
    made = {} if number == 1 else {"user_instruction": f"change number {number}"}
    return {
        "id": str(uuid4()),
        "job_id": str(job),
        "clip_index": clip,
        "version_number": number,
        "video_url": url_of(key),
        "prompt": "A street with paper lanterns, slow pan. " * 10,
        "user_instruction": None,
        "cost": "0.35",
        "is_current": is_current,
        "parent_number": number - 1 or None,
        "renderer": "veo_31",
        "seed": 421_337,
        "temperature": 0.4,
        **made,
    }


@contextmanager
def statements(services: Services) -> Iterator[list[str]]:
    """Note what is asked of the database."""
    sent: list[str] = []

    def note(*said: Any) -> None:
        sent.append(said[2])

    engine = services.versions.store.jobs.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)


def _counted(services: Services, clip: int) -> int:
    with statements(services) as sent:
        services.versions.list(LOCAL_USER, SAMPLE_ID, clip)
    return len(sent)


def _servers() -> list[int]:
    """Return the ids of the processes that this one started and that still run."""
    listed = Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="ascii")
    return [int(each) for each in listed.split()]


def _processor_ms() -> float:
    """Return what the server's processor time is so far."""
    ticks = 0
    for process in _servers():
        told = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        ticks += int(told[11]) + int(told[12])
    return 1000 * ticks / _TICKS


def _rounds(url: str) -> dict[int, dict[str, float]]:
    wall: dict[int, list[float]] = {clip: [] for clip in COUNTS}
    busy = dict.fromkeys(COUNTS, 0.0)
    with httpx.Client(base_url=url, trust_env=False, timeout=30) as client:
        for turn in range(WARM_UP + ROUNDS):
            for clip in COUNTS:
                before, began = _processor_ms(), time.perf_counter()
                path = f"/api/v1/jobs/{SAMPLE_ID}/clips/{clip}/versions"
                found = client.get(path).raise_for_status().content
                taken = 1000 * (time.perf_counter() - began)
                if json.loads(found)["total_versions"] != COUNTS[clip]:
                    raise RuntimeError("not all versions are listed")
                if turn >= WARM_UP:
                    wall[clip].append(taken)
                    busy[clip] += _processor_ms() - before
    return {
        clip: {
            "p50_ms": round(median(times), 1),
            "p95_ms": round(quantiles(times, n=20)[-1], 1),
            "processor_ms": round(busy[clip] / ROUNDS, 1),
        }
        for clip, times in wall.items()
    }


def main() -> dict[str, Any]:
    """Return the figures; times in milliseconds."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        with open_clipbot(load(home=home), role="command") as clipbot:
            services = clipbot.services
            services.sample.install(LOCAL_USER)
            services.films.ensure(SAMPLE_ID)  # Else the server would make it meanwhile.
            for clip, count in COUNTS.items():
                fill(services, SAMPLE_ID, clip, count)
            asked = {clip: _counted(services, clip) for clip in COUNTS}
        with app(home) as url:
            found = _rounds(url)
    return {
        "by_versions": {
            COUNTS[clip]: {**figures, "statements": asked[clip]} for clip, figures in found.items()
        },
        "limit_ms": LIMIT_MS,
        "load": os.getloadavg(),
    }


if __name__ == "__main__":
    json.dump(main(), sys.stdout, indent=2)
