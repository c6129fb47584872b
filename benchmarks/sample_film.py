"""How much less it costs to recompose the sample's film than to encode it, clip by clip.

    python -m benchmarks.sample_film

Measured on the sample job if it is there, else on eight clips of test pictures. For
every clip: its segments are taken out of a full cache and the film is made again, as
after an edit, from verified footage to an open film. Beside it run

* full: one ffmpeg process that encodes the whole film, sound copied;
* floor: one ffmpeg process that encodes exactly the changed frames once.

Same size, preset, crf and threads everywhere, and each clip decoded once in all of
them. Longer films and other ways to make them: `recompose.py`.
"""

import argparse
import json
import statistics
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from benchmarks.films import SAMPLE, Job, sample, stand_in
from benchmarks.one_process import one_process
from benchmarks.spending import cpu_of, machine, reference
from clipbot.domain.timeline import Timeline
from clipbot.media import audio, ffmpeg, mp4
from clipbot.media.engine import FilmEngine, FilmPlan
from clipbot.media.segments import Segment

_WRITES: Final = 15
"""Rounds of splice and write, which take milliseconds."""


def measure(job: Job, folder: Path, *, rounds: int, writes: int = _WRITES) -> dict[str, Any]:
    """Measure a job; see the module for what is compared."""
    engine = FilmEngine(folder / "cache")
    plan = engine.plan(job.timeline, job.footage, job.song, job.format)
    engine.prepare(plan)
    touched = {slot.index: _touched(job.timeline, plan, slot.index) for slot in job.timeline.slots}
    full, noise = [], []
    ours: dict[int, list[float]] = {index: [] for index in touched}
    floor: dict[int, list[float]] = {index: [] for index in touched}
    for _ in range(rounds):
        noise.append(reference())
        full.append(_full(job, plan, engine, folder))
        for index, segments in touched.items():
            ours[index].append(_ours(job, engine, segments))
            floor[index].append(_floor(job, segments, folder))
    noise.append(reference())
    return {
        "job": _described(job, plan),
        "cpu": _ratios(full, ours, floor, touched),
        "write": _write(engine, plan, folder, writes),
        "machine": machine(noise),
        "rounds": rounds,
    }


def _touched(timeline: Timeline, plan: FilmPlan, index: int) -> list[Segment]:
    pieces = zip(timeline.pieces(), plan.segments, strict=True)
    return [segment for piece, segment in pieces if index in piece.clips]


def _full(job: Job, plan: FilmPlan, engine: FilmEngine, folder: Path) -> float:
    song = engine.cache / audio.name_of(str(plan.song_key))
    args = one_process(plan.segments, job.format, folder / "full.mp4", seek=False, song=song)
    return cpu_of(lambda: ffmpeg.run(args))[0]


def _ours(job: Job, engine: FilmEngine, segments: Sequence[Segment]) -> float:
    def recompose() -> None:
        plan = engine.plan(job.timeline, job.footage, job.song, job.format)
        engine.prepare(plan)
        engine.open(plan)

    for segment in segments:
        (engine.cache / f"{segment.key}.mp4").unlink()
    return cpu_of(recompose)[0]


def _floor(job: Job, segments: Sequence[Segment], folder: Path) -> float:
    args = one_process(segments, job.format, folder / "floor.mp4", seek=True)
    return cpu_of(lambda: ffmpeg.run(args))[0]


def _write(engine: FilmEngine, plan: FilmPlan, folder: Path, rounds: int) -> dict[str, Any]:
    """Compare splice and write with `cp` of the same film, both from the page cache."""
    film, copy = folder / "film.mp4", folder / "copy.mp4"
    engine.open(plan).write(film)
    warm, cold, cp = [], [], []
    for _ in range(rounds):
        mp4.forget()
        cold.append(cpu_of(lambda: engine.open(plan).write(film))[1])
        warm.append(cpu_of(lambda: engine.open(plan).write(film))[1])
        cp.append(cpu_of(lambda: subprocess.run(["/bin/cp", film, copy], check=True))[1])
    return {
        "film_bytes": film.stat().st_size,
        "splice_write_ms": _median_ms(warm),
        "splice_write_cold_ms": _median_ms(cold),
        "cp_ms": _median_ms(cp),
        "over_cp": round(statistics.median(warm) / statistics.median(cp), 2),
        "cold_over_cp": round(statistics.median(cold) / statistics.median(cp), 2),
    }


def _median_ms(seconds: Sequence[float]) -> float:
    return round(1000 * statistics.median(seconds), 2)


def _ratios(
    full: Sequence[float],
    ours: dict[int, list[float]],
    floor: dict[int, list[float]],
    touched: dict[int, list[Segment]],
) -> dict[str, Any]:
    whole = statistics.median(full)
    mine = {index: statistics.median(runs) for index, runs in ours.items()}
    least = {index: statistics.median(runs) for index, runs in floor.items()}
    return {
        "full_seconds": round(whole, 3),
        "ours_mean_seconds": round(statistics.mean(mine.values()), 3),
        "floor_mean_seconds": round(statistics.mean(least.values()), 3),
        "full_over_ours": round(whole / statistics.mean(mine.values()), 2),
        "ours_over_floor": round(
            statistics.mean(mine.values()) / statistics.mean(least.values()), 3
        ),
        "clips": [
            {
                "clip": index + 1,
                "frames": sum(segment.frames for segment in touched[index]),
                "segments": len(touched[index]),
                "ours_seconds": round(mine[index], 3),
                "full_over_ours": round(whole / mine[index], 2),
                "ours_over_floor": round(mine[index] / least[index], 3),
            }
            for index in mine
        ],
    }


def _described(job: Job, plan: FilmPlan) -> dict[str, Any]:
    return {
        "name": job.name,
        "clips": len(job.timeline.slots),
        "frames": plan.frames,
        "format": job.format.key,
        "transitions": [transition.kind.value for transition in job.timeline.transitions],
    }


def main(*, rounds: int = 3, short: bool = False) -> dict[str, Any]:
    """Return the figures.

    Args:
        rounds: How often everything is measured; medians are reported.
        short: Measure test pictures of a fifth of the sample's length instead.
    """
    with tempfile.TemporaryDirectory(prefix="clipbot-bench-") as name:
        there = (SAMPLE / "rows.json").exists() and not short
        job = sample() if there else stand_in(Path(name), short=short)
        return measure(job, Path(name), rounds=rounds)


def _command() -> None:
    parser = argparse.ArgumentParser(description="What recomposing costs, as ratios.")
    parser.add_argument("--json", action="store_true", help="accepted; JSON is the only output")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--short", action="store_true", help="test pictures of a fifth's length")
    chosen = parser.parse_args()
    print(json.dumps(main(rounds=chosen.rounds, short=chosen.short), indent=2))


if __name__ == "__main__":
    _command()
