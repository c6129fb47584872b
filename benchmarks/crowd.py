"""Lists in a store of ten thousand jobs and a hundred thousand stage rows, on both databases.

What is measured is the whole answer, as REST gives it: questions to the database, reading
what is stored, and the JSON. Memory is the process's own, before and after a thousand calls.
"""

import gc
import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median, quantiles
from typing import Any
from uuid import uuid4

from sqlalchemy import Engine

from clipbot.api.models.clips import ClipList
from clipbot.api.models.jobs import JobList
from clipbot.domain.user import LOCAL_USER, User
from tests import crowded
from tests.desk import Desk, desk
from tests.postgres import engine_on

JOBS = 10_000
ROUNDS = 200
CALLS = 1_000
CLIPS_LIMIT_MS = 30
JOBS_LIMIT_MS = 50
GROWTH_LIMIT_MB = 16

OWNER = User(LOCAL_USER.id)
ADMIN = User(uuid4(), is_admin=True)


def _megabytes() -> float:
    """Return the memory that this process holds."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / 1e6


def _times(call: Callable[[int], object]) -> dict[str, float]:
    times = []
    for number in range(ROUNDS):
        start = time.perf_counter()
        call(number)
        times.append(1000 * (time.perf_counter() - start))
    return {"p50_ms": round(median(times), 1), "p95_ms": round(quantiles(times, n=20)[-1], 1)}


def _job_list(at: Desk, user: User, offset: int) -> str:
    page = at.services.jobs.list(user, limit=50, offset=offset)
    return JobList.of(page).model_dump_json()


def _clip_list(at: Desk, number: int) -> str:
    job = crowded.job_id(6 * (number % 1_000) + 1)
    return ClipList.of(at.services.clips.list(ADMIN, job)).model_dump_json()


def _growth(at: Desk) -> dict[str, float]:
    def call(number: int) -> None:
        _job_list(at, ADMIN, 50 * (number % 20))
        _clip_list(at, number % 100)

    for number in range(200):
        call(number)
    gc.collect()
    before = _megabytes()
    for number in range(CALLS):
        call(number)
    gc.collect()
    return {"before_mb": round(before, 1), "grown_mb": round(_megabytes() - before, 1)}


def _measured(engine: Engine, home: Path, jobs: int) -> dict[str, Any]:
    start = time.perf_counter()
    crowded.fill(engine, jobs)
    filled = time.perf_counter() - start
    at = desk(engine, home)
    return {
        "jobs": jobs,
        "stage_rows": jobs * crowded.STAGES,
        "filled_s": round(filled, 1),
        "jobs_of_a_user": _times(lambda _: _job_list(at, OWNER, 0)),
        "jobs_of_a_user_page_by_page": _times(lambda n: _job_list(at, OWNER, 50 * (n % 100))),
        "jobs_for_an_admin": _times(lambda _: _job_list(at, ADMIN, 0)),
        "jobs_for_an_admin_page_by_page": _times(lambda n: _job_list(at, ADMIN, 50 * n)),
        "clips": _times(lambda n: _clip_list(at, n)),
        "memory": _growth(at),
    }


def main(jobs: int = JOBS) -> dict[str, Any]:
    """Return the figures of both databases."""
    found: dict[str, Any] = {
        "limits": {
            "clips_p95_ms": CLIPS_LIMIT_MS,
            "jobs_p95_ms": JOBS_LIMIT_MS,
            "grown_mb": GROWTH_LIMIT_MB,
        }
    }
    for backend in ("sqlite", "postgres"):
        with (
            tempfile.TemporaryDirectory() as folder,
            engine_on(backend, Path(folder)) as engine,
        ):
            found[backend] = _measured(engine, Path(folder) / "home", jobs)
    found["is_within"] = all(_is_within(found[backend]) for backend in ("sqlite", "postgres"))
    return found


def _is_within(figures: dict[str, Any]) -> bool:
    lists = [each["p95_ms"] for name, each in figures.items() if name.startswith("jobs_")]
    return bool(
        max(lists) < JOBS_LIMIT_MS
        and figures["clips"]["p95_ms"] < CLIPS_LIMIT_MS
        and figures["memory"]["grown_mb"] < GROWTH_LIMIT_MB
    )


if __name__ == "__main__":
    report = main(int(sys.argv[1]) if len(sys.argv) > 1 else JOBS)
    json.dump(report, sys.stdout, indent=2)
    sys.exit(0 if report["is_within"] else 1)
