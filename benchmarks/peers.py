"""What people would use instead: other ways to the same film after one clip changed.

Same size, rate, preset, crf and threads everywhere; songs that were encoded once are
copied, where a way can do that.
"""

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.films import CROSSFADE_SECONDS, SLOT_SECONDS, Job
from benchmarks.one_process import one_process
from benchmarks.spending import Spent, encoding, spent_by
from clipbot.domain.timeline import TransitionKind
from clipbot.media import audio
from clipbot.media.encode import cut, input_of
from clipbot.media.engine import FilmEngine, FilmPlan
from clipbot.media.files import digest
from clipbot.media.segments import Footage, Shot, segments_of

MOVIEPY_FILM = Path(__file__).with_name("moviepy_film.py")


@dataclass(frozen=True, slots=True)
class Bench:
    """A job whose film exists, and where others may write."""

    job: Job
    engine: FilmEngine
    plan: FilmPlan
    folder: Path

    @property
    def song(self) -> Path:
        """The song, encoded."""
        return self.engine.cache / audio.name_of(str(self.plan.song_key))


def full(bench: Bench) -> Spent:
    """Encode all of it in one ffmpeg process with one filter graph."""
    target = bench.folder / "full.mp4"
    args = one_process(bench.plan.segments, bench.job.format, target, seek=False, song=bench.song)
    return encoding(args)


def documents(bench: Bench) -> Spent:
    """Fetch and normalise each clip, put them together, sync the song, encode all again.

    As the documents have it (seed 002): clips are normalised whole, since what the film shows of
    them is cut afterwards, and the song is encoded when it is synced and once more in the end.
    Fetching is a local copy, sizes and rates are ours, and pictures are not encoded a third time.
    """
    spent = list(_normalised(bench))
    footage = {
        index: Footage(path, digest(path), shown, bench.job.format.rate)
        for index, (path, shown, _) in enumerate(spent)
    }
    segments = segments_of(bench.job.timeline, footage, bench.job.format)
    target = bench.folder / "documents.mp4"
    args = one_process(segments, bench.job.format, target, seek=False, song=bench.song)
    songs = [encoding(_song(bench, name)) for name in ("synced", "final")]
    return _sum([*(each for _, _, each in spent), encoding(args), *songs])


def _song(bench: Bench, name: str) -> list[str]:
    target = bench.folder / f"{name}.m4a"
    return ["-i", str(bench.job.song), "-c:a", "aac", "-b:a", "192k", str(target)]


def _normalised(bench: Bench) -> Iterator[tuple[Path, int, Spent]]:
    job = bench.job
    for slot in job.timeline.slots:
        footage = job.footage[slot.index]
        whole = int(footage.frames * job.format.rate / footage.rate)
        fetched = bench.folder / f"fetched-{slot.index}.mp4"
        shutil.copyfile(footage.path, fetched)
        shot = Shot(footage, 0, whole)
        path = bench.folder / f"normal-{slot.index}.mp4"
        graph = f"[0:v:0]{cut(shot, job.format, is_sought=False)},{job.format.filters()}[out]"
        inputs = input_of(fetched, 0 * job.format.rate)
        mapped = ("-filter_complex", graph, "-map", "[out]")
        yield path, whole, encoding([*inputs, *mapped, *job.format.encoder(), str(path)])


def moviepy(bench: Bench, interpreter: Path) -> Spent:
    """Let MoviePy put the clips together and encode them."""
    form, kinds = bench.job.format, {each.kind for each in bench.job.timeline.transitions}
    is_blended = TransitionKind.CROSSFADE in kinds
    job = {
        "clips": [str(footage.path) for _, footage in sorted(bench.job.footage.items())],
        "song": str(bench.job.song),
        "target": str(bench.folder / "moviepy.mp4"),
        "folder": str(bench.folder),
        "slot_seconds": SLOT_SECONDS,
        "crossfade_seconds": float(CROSSFADE_SECONDS) if is_blended else 0,
        "rate": float(form.rate),
        "preset": form.preset,
        "crf": form.crf,
        "threads": form.threads,
    }
    return spent_by([str(interpreter), str(MOVIEPY_FILM), json.dumps(job)])


def concat_copy(bench: Bench) -> Spent:
    """Let ffmpeg put our finished segments together without encoding: the floor of tools."""
    listing = bench.folder / "segments.txt"
    names = [bench.engine.cache / f"{segment.key}.mp4" for segment in bench.plan.segments]
    listing.write_text("".join(f"file '{name}'\n" for name in names), encoding="utf-8")
    source = ("-f", "concat", "-safe", "0", "-i", str(listing), "-i", str(bench.song))
    target = str(bench.folder / "concat.mp4")
    return encoding([*source, "-map", "0:v", "-map", "1:a", "-c", "copy", "-shortest", target])


def cp(bench: Bench, film: Path) -> Spent:
    """Copy the finished film: the floor of everything that writes it."""
    return spent_by(["/bin/cp", str(film), str(bench.folder / "copy.mp4")])


def _sum(parts: list[Spent]) -> Spent:
    return Spent(
        sum(part.cpu_seconds for part in parts),
        sum(part.wall_seconds for part in parts),
        max(part.peak_bytes for part in parts),
    )
