"""Lists in a store of ten thousand jobs and a hundred thousand stage rows, on both databases.

What is measured is the whole answer, as REST gives it: questions to the database, reading
what is stored, and the JSON. Memory is the process's own, before and after a thousand calls.
"""

import argparse
import gc
import json
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, fields
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

CLIPS_LIMIT_MS = 30
JOBS_LIMIT_MS = 50
GROWTH_LIMIT_MB = 16


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is measured."""

    jobs: int = 10_000
    rounds: int = 200
    calls: int = 1_000
    """While memory is watched."""


OWNER = User(LOCAL_USER.id)
ADMIN = User(uuid4(), is_admin=True)


def _megabytes() -> float:
    """Return the memory that this process holds."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / 1e6


def _times(call: Callable[[int], object], rounds: int) -> dict[str, float]:
    """Return how long calls take, and how much of that is this process's own work."""
    times, own = [], []
    for number in range(rounds):
        start, worked = time.perf_counter(), time.process_time()
        call(number)
        times.append(1000 * (time.perf_counter() - start))
        own.append(1000 * (time.process_time() - worked))
    return {
        "p50_ms": round(median(times), 1),
        "p95_ms": round(quantiles(times, n=20)[-1], 1),
        "cpu_p95_ms": round(quantiles(own, n=20)[-1], 1),
    }


def _job_list(at: Desk, user: User, offset: int) -> str:
    page = at.services.jobs.list(user, limit=50, offset=offset)
    return JobList.of(page).model_dump_json()


def _clip_list(at: Desk, number: int) -> str:
    job = crowded.job_id(6 * (number % 1_000) + 1)
    return ClipList.of(at.services.clips.list(ADMIN, job)).model_dump_json()


def _growth(at: Desk, calls: int) -> dict[str, float]:
    def call(number: int) -> None:
        _job_list(at, ADMIN, 50 * (number % 20))
        _clip_list(at, number % 100)

    for number in range(100):
        call(number)
    gc.collect()
    before = _megabytes()
    for number in range(calls):
        call(number)
    gc.collect()
    return {"before_mb": round(before, 1), "grown_mb": round(_megabytes() - before, 1)}


def _measured(engine: Engine, home: Path, sizes: Sizes) -> dict[str, Any]:
    start = time.perf_counter()
    crowded.fill(engine, sizes.jobs)
    filled = time.perf_counter() - start
    at = desk(engine, home)
    return {
        "jobs": sizes.jobs,
        "stage_rows": sizes.jobs * crowded.STAGES,
        "filled_s": round(filled, 1),
        "jobs_of_a_user": _times(lambda _: _job_list(at, OWNER, 0), sizes.rounds),
        "jobs_of_a_user_page_by_page": _times(
            lambda n: _job_list(at, OWNER, 50 * (n % 100)), sizes.rounds
        ),
        "jobs_for_an_admin": _times(lambda _: _job_list(at, ADMIN, 0), sizes.rounds),
        "jobs_for_an_admin_page_by_page": _times(
            lambda n: _job_list(at, ADMIN, 50 * (n % 200)), sizes.rounds
        ),
        "clips": _times(lambda n: _clip_list(at, n), sizes.rounds),
        "memory": _growth(at, sizes.calls),
    }


def main(sizes: Sizes | None = None) -> dict[str, Any]:
    """Return the figures of both databases."""
    sizes = sizes or Sizes()
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
            found[backend] = _measured(engine, Path(folder) / "home", sizes)
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
    parser = argparse.ArgumentParser(description=__doc__)
    for size in fields(Sizes):
        parser.add_argument(f"--{size.name}", type=int, default=size.default)
    report = main(Sizes(**vars(parser.parse_args())))
    json.dump(report, sys.stdout, indent=2)
    sys.exit(0 if report["is_within"] else 1)
