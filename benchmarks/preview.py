"""How long a preview of a look takes, at 720p, and the other work per clip.

A preview is asked for while a person waits; three cases for a frame, and the clip:

    cold    a clip and a look never seen: decode, grade, build the table and the filters
    first   a clip never seen, tables on disk as the server leaves them: decode, build filters
    again   the same clip with a look of late: filters and frame are kept
    clip    the first four seconds at 640x360, without and with what is kept

Wall times depend on what else the machine does; CPU times hardly do.
"""

import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from statistics import median, quantiles
from typing import Any

from clipbot.media import looked
from clipbot.media.looks import LOOKS, Looks, cubes
from clipbot.media.measure import measure
from clipbot.media.probe import probe
from clipbot.media.thumbnails import thumbnail

ASSETS = Path(__file__).parents[1] / "assets" / "sample"
LIMIT_MS = 120
"""For the 95th percentile of previews of a clip whose frame is kept."""
CLIP_LIMIT_S = 1.5
AGAIN_ROUNDS = 3
CLIP_LOOKS = ("brighter", "night", "film", "haze", "glow", "vhs", "storm", "snow", "calm")
"""The cheapest, and those with the most filters."""


def main() -> dict[str, Any]:
    """Return the figures: previews in milliseconds, whole clips in seconds."""
    clips = sorted(ASSETS.glob("clip_*.mp4"))
    with tempfile.TemporaryDirectory() as folder:
        cache = Path(folder) / "looks"
        cold = [_preview(clips[i % len(clips)], name, cache) for i, name in enumerate(LOOKS)]
        first = [_preview(clips[(i + 3) % len(clips)], name, cache) for i, name in enumerate(LOOKS)]
        again = [
            _preview(clips[i % 2], name, cache, forget=False)
            for i in range(2 * AGAIN_ROUNDS)
            for name in LOOKS
        ]
        kept = again[2 * len(LOOKS) :]
        return {
            "size": _size(clips[0]),
            "limit_ms": LIMIT_MS,
            "cold": _figures(cold),
            "first": _figures(first),
            "again": _figures(kept),
            "preview_clip": _preview_clips(clips[0], Path(folder)),
            "clip": _whole_clip(clips[0], Path(folder), cache),
        }


def _preview(clip: Path, name: str, cache: Path, *, forget: bool = True) -> tuple[float, float]:
    """Return (wall, CPU) seconds of one preview."""
    if forget:
        looked.forget()
    return _timed(lambda: looked.preview_frame(clip, [(name, "medium")], cache=cache))


def _preview_clips(clip: Path, folder: Path) -> dict[str, Any]:
    """Time the first seconds in small: first without its table or particles, then with them."""

    def timed(name: str, where: Path) -> tuple[float, float]:
        looks: Looks = [(name, "medium")]
        return _timed(lambda: looked.preview_clip(clip, folder / "p.mp4", looks, cache=where))

    fresh = folder / "fresh clips"
    rounds = [{name: timed(name, where) for name in CLIP_LOOKS} for where in (fresh, fresh)]
    figures: dict[str, Any] = {"limit_s": CLIP_LIMIT_S}
    for title, times in (("cold", rounds[0]), ("again", rounds[1])):
        figures[title] = {
            "wall_s": {name: round(wall, 2) for name, (wall, _) in times.items()},
            "cpu_s": {name: round(cpu, 2) for name, (_, cpu) in times.items()},
        }
    return figures


def _whole_clip(clip: Path, folder: Path, cache: Path) -> dict[str, Any]:
    """Time what is done to a whole clip in the background."""
    looks: Looks = [("night", "medium")]
    jobs: dict[str, Callable[[], object]] = {
        "render_night": lambda: looked.render(clip, folder / "a.mp4", looks=looks, cache=cache),
        "render_brighter": lambda: looked.render(
            clip, folder / "b.mp4", looks=[("brighter", "medium")], cache=cache
        ),
        "measure": lambda: measure(clip),
        "thumbnail": lambda: thumbnail(clip),
        "one_table": lambda: cubes.cube([("night", "medium")], folder / "fresh"),
    }
    timed = {name: _timed(job) for name, job in jobs.items()}
    return {
        "frames": probe(clip).frames,
        "wall_s": {name: round(wall, 2) for name, (wall, _) in timed.items()},
        "cpu_s": {name: round(cpu, 2) for name, (_, cpu) in timed.items()},
    }


def _timed(job: Callable[[], object]) -> tuple[float, float]:
    wall, cpu = time.perf_counter(), _cpu_seconds()
    job()
    return time.perf_counter() - wall, _cpu_seconds() - cpu


def _cpu_seconds() -> float:
    return sum(
        used.ru_utime + used.ru_stime for used in map(getrusage, (RUSAGE_SELF, RUSAGE_CHILDREN))
    )


def _figures(times: list[tuple[float, float]]) -> dict[str, float]:
    walls, cpus = ([1000 * one for one in column] for column in zip(*times, strict=True))
    return {
        "p50_ms": round(median(walls), 1),
        "p95_ms": round(quantiles(walls, n=20)[-1], 1),
        "p50_cpu_ms": round(median(cpus), 1),
        "p95_cpu_ms": round(quantiles(cpus, n=20)[-1], 1),
        "count": len(times),
    }


def _size(clip: Path) -> str:
    found = probe(clip)
    return f"{found.width}x{found.height}"


if __name__ == "__main__":
    json.dump(main(), sys.stdout, indent=2)
    sys.stdout.write("\n")
