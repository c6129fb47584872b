"""How much memory the whole app takes while clips of a film of 120 are edited.

The app is a process of its own, with page, REST and executor; edits come over REST, one after
another. Looks are drawn and footage is decoded in children, which are told apart.
"""

import asyncio
import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import httpx

from benchmarks.clips import long_home
from benchmarks.memory import forget_peak, in_megabytes, peak, resident, spread
from benchmarks.page import app
from benchmarks.viewers import edit

CLIPS: Final = 120
EDITS: Final = 8
LIMIT_MB: Final = 60


def main() -> dict[str, Any]:
    """Return the figures, in megabytes; *idle* is after a first edit."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        job = long_home(home, CLIPS)
        with app(home) as url:
            fresh, idle, peaks = asyncio.run(_edited(url, job, _child()))
    return {
        "clips": CLIPS,
        "fresh_mb": in_megabytes(fresh),
        "idle_mb": in_megabytes(idle),
        "above_idle_mb": [in_megabytes(most - idle) for most in peaks],
        "limit_mb": LIMIT_MB,
    }


def _child() -> str:
    """Return the id of the process that was started last."""
    return Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="ascii").split()[-1]


async def _edited(url: str, job: UUID, process: str) -> tuple[int, int, list[int]]:
    """Return what is resident at first, then after one edit, and the most during each other."""
    first, *others = spread(CLIPS, EDITS + 1)
    path, peaks = f"/api/v1/jobs/{job}", []
    async with httpx.AsyncClient(base_url=url, timeout=60, trust_env=False) as client:
        fresh = resident(process)
        await edit(client, path, first)
        idle = resident(process)
        for index in others:
            forget_peak(process)
            await edit(client, path, index)
            peaks.append(peak(process))
    return fresh, idle, peaks


if __name__ == "__main__":
    json.dump(main(), sys.stdout, indent=2)
