"""How much memory this process takes while it recomposes a film, clip after clip.

    python -m benchmarks.memory --clips 120 --crossfades

Run as a process of its own, so that what others took before does not count. Encoders are
its children and are told apart; what they take depends on the pictures, not on the film.
"""

import argparse
import json
import resource
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.films import made, replacement
from clipbot.media.engine import FilmEngine

_MEGABYTE = 1024 * 1024


def main(clips: int, *, crossfades: bool, edits: int, cache: Path) -> dict[str, Any]:
    """Return the figures, in megabytes.

    Args:
        clips: Of the film.
        crossfades: Whether clips are blended.
        edits: How many clips are changed, one after another.
        cache: Where the film's segments are, or will be.
    """
    job = made(clips, crossfades=crossfades)
    engine = FilmEngine(cache)
    plan = engine.plan(job.timeline, job.footage, job.song, job.format)
    engine.prepare(plan)
    idle = resident()
    peaks, footage = [], dict(job.footage)
    for index in spread(clips, edits):
        forget_peak()
        footage[index] = replacement(index)
        plan = engine.plan(job.timeline, footage, job.song, job.format)
        engine.prepare(plan)
        for _ in engine.open(plan).read():
            pass
        peaks.append(peak())
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    return {
        "idle_mb": in_megabytes(idle),
        "above_idle_mb": [in_megabytes(each - idle) for each in peaks],
        "largest_encoder_mb": in_megabytes(children),
    }


def spread(clips: int, edits: int) -> list[int]:
    """Return the indexes of so many clips, from the first to the last."""
    edits = min(edits, clips)
    if edits == 1:
        return [clips // 2]
    return [round(at * (clips - 1) / (edits - 1)) for at in range(edits)]


def resident(process: str = "self") -> int:
    """Return how many bytes of a process are resident."""
    return _status(process, "VmRSS")


def peak(process: str = "self") -> int:
    """Return the most that was resident since it was last forgotten."""
    return _status(process, "VmHWM")


def forget_peak(process: str = "self") -> None:
    """Begin to measure the most that is resident anew (proc(5), clear_refs)."""
    Path(f"/proc/{process}/clear_refs").write_text("5", encoding="ascii")


def _status(process: str, name: str) -> int:
    lines = Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines()
    return next(1024 * int(line.split()[1]) for line in lines if line.startswith(f"{name}:"))


def in_megabytes(count: int) -> float:
    """Return a count of bytes for people."""
    return round(count / _MEGABYTE, 1)


def _command() -> None:
    parser = argparse.ArgumentParser(description="Memory while a film is recomposed.")
    parser.add_argument("--clips", type=int, default=120)
    parser.add_argument("--crossfades", action="store_true")
    parser.add_argument("--edits", type=int, default=120)
    parser.add_argument("--cache", type=Path)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="clipbot-memory-") as folder:
        cache = chosen.cache or Path(folder)
        found = main(chosen.clips, crossfades=chosen.crossfades, edits=chosen.edits, cache=cache)
    print(json.dumps(found))


if __name__ == "__main__":
    _command()
