"""What it takes to change one clip of a film: ours beside what people would use instead.

    python -m benchmarks.recompose --clips 6 30 --rounds 3

For each length, with cuts and with half-second crossfades everywhere, one clip's footage
is replaced and the film made again; all else is cached. Beside it, in the same rounds:
other ways to make the whole film (`peers.py`), the *floor* (one process that encodes
exactly the frames that changed, once), splice and write against `cp`, and the time from
verified footage to a playable film where the segments were encoded early.

Rounds are interleaved, so that a noisy neighbour is everybody's, and a fixed small encode
in each says how noisy the machine was. What takes long may run in fewer rounds (`n` in
the table), or be calculated from shorter films; that is marked with `~`.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from statistics import mean, median
from typing import Any, Final

from benchmarks import peers
from benchmarks.films import Job, made, replacement
from benchmarks.memory import spread
from benchmarks.one_process import one_process
from benchmarks.peers import Bench
from benchmarks.report import chart, estimated, table
from benchmarks.spending import Spent, cpu_of, encoding, machine, reference
from clipbot.media import mp4
from clipbot.media.engine import FilmEngine
from clipbot.media.segments import Footage

ROOT: Final = Path(__file__).parent.parent
LENGTHS: Final = (6, 30, 60, 120)
MOVIEPY: Final = ROOT / ".venv-bench" / "bin" / "python"
_ONCE_FROM: Final = 60
"""Clips from which whole films are encoded in one round only."""
_OPENINGS: Final = 15
"""Rounds of what takes milliseconds."""
_FIRST_BYTES: Final = 64 * 1024


class Edits:
    """One clip after another gets new footage, and the film is as before afterwards."""

    def __init__(self, bench: Bench, count: int) -> None:
        self.bench = bench
        indexes = spread(len(bench.job.timeline.slots), count)
        self.new = {index: replacement(index) for index in indexes}

    def footage(self, index: int) -> dict[int, Footage]:
        """Return the footage of all clips, that of one replaced."""
        return bench_footage(self.bench.job) | {index: self.new[index]}

    def recompose(self, index: int) -> None:
        """Make the film with new footage: what a person waits for."""
        job, engine = self.bench.job, self.bench.engine
        plan = engine.plan(job.timeline, self.footage(index), job.song, job.format)
        engine.prepare(plan)
        next(engine.open(plan).read(0, _FIRST_BYTES))

    def ours(self, index: int) -> tuple[float, float]:
        """Return CPU and wall seconds of an edit; whatever it left is removed again."""
        cache = self.bench.engine.cache
        before = set(cache.iterdir())
        spent = cpu_of(lambda: self.recompose(index))
        for path in set(cache.iterdir()) - before:
            path.unlink()
        return spent

    def floor(self, index: int) -> Spent:
        """Encode what an edit changes, once, in one process."""
        bench = self.bench
        plan = bench.engine.plan(
            bench.job.timeline, self.footage(index), bench.job.song, bench.job.format
        )
        pieces = zip(bench.job.timeline.pieces(), plan.segments, strict=True)
        touched = [segment for piece, segment in pieces if index in piece.clips]
        target = bench.folder / "floor.mp4"
        return encoding(one_process(touched, bench.job.format, target, seek=True))

    def playable(self, index: int) -> dict[str, float]:
        """Return the milliseconds from verified footage to a film, all encoded early."""
        cache = self.bench.engine.cache
        before = set(cache.iterdir())
        self.recompose(index)
        warm, cold = [], []
        for _ in range(_OPENINGS):
            warm.append(cpu_of(lambda: self.recompose(index))[1])
            mp4.forget()
            cold.append(cpu_of(lambda: self.recompose(index))[1])
        for path in set(cache.iterdir()) - before:
            path.unlink()
        return {"playable_ms": _ms(warm), "playable_cold_ms": _ms(cold)}


def bench_footage(job: Job) -> dict[int, Footage]:
    """Return a copy of a job's footage by clip."""
    return dict(job.footage)


def measure(
    clips: int, folder: Path, chosen: argparse.Namespace, *, crossfades: bool
) -> dict[str, Any]:
    """Return one row of the table."""
    job = made(clips, crossfades=crossfades)
    engine = FilmEngine(folder / "cache")
    plan = engine.plan(job.timeline, job.footage, job.song, job.format)
    engine.prepare(plan)
    bench = Bench(job, engine, plan, folder)
    edits = Edits(bench, chosen.edits)
    ways = _ways(bench, clips, chosen)
    noise: list[float] = []
    spent: dict[str, list[tuple[float, float, int]]] = {name: [] for name in ways}
    ours: dict[int, list[tuple[float, float]]] = {index: [] for index in edits.new}
    floor: dict[int, list[float]] = {index: [] for index in edits.new}
    for turn in range(chosen.rounds):
        noise.append(reference())
        for name, (rounds, way) in ways.items():
            if turn < rounds:
                one = way()
                spent[name].append((one.cpu_seconds, one.wall_seconds, one.peak_bytes))
        for index in edits.new:
            ours[index].append(edits.ours(index))
            floor[index].append(edits.floor(index).cpu_seconds)
    noise.append(reference())
    return {
        "clips": clips,
        "transitions": "crossfades" if crossfades else "cuts",
        "frames": plan.frames,
        "rounds": chosen.rounds,
        "edits": len(edits.new),
        "ours": {
            "cpu_seconds": _mean([[cpu for cpu, _ in runs] for runs in ours.values()]),
            "wall_seconds": _mean([[wall for _, wall in runs] for runs in ours.values()]),
        },
        "floor": {"cpu_seconds": _mean(list(floor.values()))},
        **{name: _described(runs) for name, runs in spent.items() if runs},
        **edits.playable(next(iter(edits.new))),
        "write": _write(bench),
        "memory": _memory(clips, bench, chosen, crossfades=crossfades),
        "machine": machine(noise),
    }


def _ways(
    bench: Bench, clips: int, chosen: argparse.Namespace
) -> dict[str, tuple[int, Callable[[], Spent]]]:
    """Return the peers that run for this length: in how many rounds, and how."""
    rounds = 1 if clips >= _ONCE_FROM else chosen.rounds
    found: dict[str, tuple[int, Callable[[], Spent]]] = {
        "concat_copy": (chosen.rounds, lambda: peers.concat_copy(bench)),
    }
    if clips <= chosen.full_up_to:
        found["full"] = (rounds, lambda: peers.full(bench))
    if clips <= chosen.documents_up_to:
        found["documents"] = (rounds, lambda: peers.documents(bench))
    if clips <= chosen.moviepy_up_to and chosen.moviepy.exists():
        found["moviepy"] = (rounds, lambda: peers.moviepy(bench, chosen.moviepy))
    return found


def _described(runs: Sequence[tuple[float, float, int]]) -> dict[str, Any]:
    return {
        "cpu_seconds": round(median(cpu for cpu, _, _ in runs), 3),
        "wall_seconds": round(median(wall for _, wall, _ in runs), 3),
        "peak_mb": round(max(peak for _, _, peak in runs) / 2**20),
        "n": len(runs),
    }


def _write(bench: Bench) -> dict[str, Any]:
    """Compare splice and write (with fsync) with `cp` (without), from the page cache."""
    film = bench.folder / "film.mp4"
    bench.engine.open(bench.plan).write(film)
    ours, copied = [], []
    for _ in range(_OPENINGS):
        ours.append(cpu_of(lambda: bench.engine.open(bench.plan).write(film)))
        copied.append(peers.cp(bench, film))
    return {
        "film_bytes": film.stat().st_size,
        "splice_write_ms": _ms(wall for _, wall in ours),
        "cp_ms": _ms(each.wall_seconds for each in copied),
        "over_cp": _ratio((cpu for cpu, _ in ours), (each.cpu_seconds for each in copied)),
        "over_cp_wall": _ratio((wall for _, wall in ours), (each.wall_seconds for each in copied)),
    }


def _memory(
    clips: int, bench: Bench, chosen: argparse.Namespace, *, crossfades: bool
) -> dict[str, Any]:
    """Measure in a process of its own, on the same cache."""
    count = clips if chosen.memory_edits is None else chosen.memory_edits
    kind = ["--crossfades"] if crossfades else []
    command = [sys.executable, "-m", "benchmarks.memory", "--clips", str(clips), *kind]
    command += ["--edits", str(count), "--cache", str(bench.engine.cache)]
    done = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE)
    found: dict[str, Any] = json.loads(done.stdout)
    above = found.pop("above_idle_mb")
    half = len(above) // 2
    return {
        **found,
        "edits": len(above),
        "most_above_idle_mb": max(above),
        "first_half_mb": max(above[:half] or above),
        "second_half_mb": max(above[half:]),
    }


def _mean(runs: Sequence[Sequence[float]]) -> float:
    """Return the mean over the clips of each clip's median."""
    return round(mean(median(each) for each in runs), 4)


def _ms(seconds: Iterable[float]) -> float:
    return round(1000 * median(seconds), 1)


def _ratio(ours: Iterable[float], theirs: Iterable[float]) -> float:
    return round(median(ours) / median(theirs), 2)


def main(chosen: argparse.Namespace) -> dict[str, Any]:
    """Return all rows."""
    rows = []
    for clips in chosen.clips:
        for crossfades in chosen.transitions:
            with tempfile.TemporaryDirectory(prefix="clipbot-bench-", dir=chosen.folder) as name:
                began = time.perf_counter()
                rows.append(measure(clips, Path(name), chosen, crossfades=crossfades))
                _keep(chosen.json, {"rows": rows})
                took = time.perf_counter() - began
                print(f"{clips} clips measured in {took:.0f} s", file=sys.stderr)
    return {"rows": estimated(rows)}


def _keep(path: Path | None, document: dict[str, Any]) -> None:
    """Write down what is known, also before the end: it takes hours."""
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")


def options(given: Sequence[str] | None = None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--clips", type=int, nargs="+", default=list(LENGTHS))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--edits", type=int, default=6, help="clips that are changed, spread")
    parser.add_argument("--memory-edits", type=int, help="the same for memory; default: all")
    parser.add_argument(
        "--only", choices=("cuts", "crossfades"), help="one kind of transition instead of both"
    )
    parser.add_argument("--full-up-to", type=int, default=120, metavar="CLIPS")
    parser.add_argument("--documents-up-to", type=int, default=30, metavar="CLIPS")
    parser.add_argument("--moviepy-up-to", type=int, default=6, metavar="CLIPS")
    parser.add_argument("--moviepy", type=Path, default=MOVIEPY, help="a Python that has it")
    parser.add_argument("--folder", type=Path, help="where films are made; default: temporary")
    parser.add_argument("--json", type=Path, help="write the figures to a file, too")
    parser.add_argument("--svg", type=Path, help="write the plot to a file, too")
    chosen = parser.parse_args(given)
    kinds = {None: (False, True), "cuts": (False,), "crossfades": (True,)}
    chosen.transitions = kinds[chosen.only]
    return chosen


def _command() -> None:
    chosen = options()
    document = main(chosen)
    _keep(chosen.json, document)
    if chosen.svg:
        chosen.svg.write_text(chart(document["rows"]), encoding="utf-8")
    print(table(document["rows"]))


if __name__ == "__main__":
    _command()
