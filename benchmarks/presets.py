"""Which preset and quality films are encoded with: cost, size and VMAF of each.

`python -m benchmarks.presets [--frames 36] [--json FILE]` encodes the same normalised
frames with every preset and crf, exactly as segments are encoded, and measures them with
VMAF against what went in. The table is in docs/decisions/0018.

Not part of `make bench`: it takes minutes, and its answer changes with the encoder alone.
"""

import argparse
import json
import resource
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from fractions import Fraction
from importlib.util import find_spec
from pathlib import Path
from statistics import mean
from typing import Final

from PIL import Image

from clipbot.media import ffmpeg
from clipbot.media.format import Format

PRESETS: Final = ("ultrafast", "superfast", "veryfast", "faster", "fast")
CRFS: Final = tuple(range(18, 24))
ENOUGH: Final = 93.0
"""VMAF that the film must reach against the normalised footage."""
_SAMPLE: Final = Path(__file__).parents[1] / "assets" / "sample"
_SAMPLE_CLIPS: Final = (0, 2, 5, 7)
_PHOTOGRAPHS: Final = ("astronaut.png", "chelsea.png", "coffee.png", "rocket.jpg")
_SOURCE: Final = Format(1280, 720, Fraction(24))


@dataclass(frozen=True, slots=True)
class Row:
    """One setting, over all clips of a kind."""

    clips: str
    preset: str
    crf: int
    cpu_ms_per_frame: float
    """Of the encoder and the reading of raw frames; normalising comes on top."""
    megabits_per_second: float
    vmaf: float
    lowest_vmaf: float
    """Of the clip that fares worst."""


def measured(folder: Path, frames: int) -> Iterator[Row]:
    """Yield a row for every kind of clip, preset and crf."""
    kinds = {"sample": list(_sample(folder, frames)), "photographs": list(_photos(folder, frames))}
    for kind, clips in kinds.items():
        for preset in PRESETS if clips else ():
            for crf in CRFS:
                picture = replace(_SOURCE, preset=preset, crf=crf)
                found = [_encoded(clip, picture, folder / "try.mp4") for clip in clips]
                cpus, sizes, scores = zip(*found, strict=True)
                seconds = frames / float(picture.rate)
                yield Row(
                    *(kind, preset, crf),
                    round(1000 * mean(cpus) / frames, 1),
                    round(mean(sizes) * 8 / seconds / 1e6, 2),
                    round(mean(scores), 1),
                    round(min(scores), 1),
                )


def cheapest(rows: Sequence[Row]) -> Row:
    """Return the setting of least CPU time that is good enough on the sample, else the best."""
    good = [row for row in rows if row.clips == "sample" and row.vmaf >= ENOUGH]
    if not good:
        return max(rows, key=lambda row: row.vmaf)
    return min(good, key=lambda row: (row.cpu_ms_per_frame, row.megabits_per_second))


def table(rows: Sequence[Row]) -> str:
    """Return the rows as Markdown."""
    head = "| clips | preset | crf | CPU ms/frame | Mbit/s | VMAF | lowest clip |\n"
    lines = [
        f"| {row.clips} | {row.preset} | {row.crf} | {row.cpu_ms_per_frame}"
        f" | {row.megabits_per_second} | {row.vmaf} | {row.lowest_vmaf} |"
        for row in rows
    ]
    return head + "|---|---|---|---|---|---|---|\n" + "\n".join(lines)


def _sample(folder: Path, frames: int) -> Iterator[Path]:
    for number in _SAMPLE_CLIPS:
        clip = _SAMPLE / f"clip_{number}.mp4"
        yield _normalised([*ffmpeg.SAFE_INPUT, "-i", str(clip)], "null", frames, folder)


def _photos(folder: Path, frames: int) -> Iterator[Path]:
    """Yield clips that drift over the photographs of scikit-image, if it is installed."""
    package = find_spec("skimage")
    if package is None or package.origin is None:
        return
    for name in _PHOTOGRAPHS:
        photo = Path(package.origin).parent / "data" / name
        if not photo.exists():
            continue
        still = folder / f"{photo.stem}.png"
        with Image.open(photo) as picture:
            picture.convert("RGB").resize((1600, 900), Image.Resampling.LANCZOS).save(still)
        drift = "zoompan=z='1.1+0.002*on':x='on*3':y='on*1.5':d=1:s=1280x720:fps=24"
        yield _normalised(["-loop", "1", "-r", "24", "-i", str(still)], drift, frames, folder)


def _normalised(source: list[str], before: str, frames: int, folder: Path) -> Path:
    """Return raw frames in the film's format."""
    raw = folder / f"{len(list(folder.glob('*.nut')))}.nut"
    chain = f"{before},fps={_SOURCE.rate},{_SOURCE.filters()}"
    whole = ("-an", "-frames:v", str(frames), "-c:v", "rawvideo", "-f", "nut", str(raw))
    ffmpeg.run([*source, "-vf", chain, *whole])
    return raw


def _encoded(raw: Path, picture: Format, dest: Path) -> tuple[float, int, float]:
    """Encode as segments are; return CPU seconds, bytes and VMAF."""
    began = _cpu()
    ffmpeg.run(["-i", str(raw), *picture.encoder(), str(dest)])
    cpu = _cpu() - began
    log = dest.with_suffix(".json")
    # Raw frames say nothing of their colours; ffmpeg would convert what says other things.
    same = "setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709"
    inputs = f"[0:v]{same},setpts=N/24/TB[a];[1:v]{same},setpts=N/24/TB[b]"
    compare = f"{inputs};[a][b]libvmaf=n_threads=2:log_fmt=json:log_path={log}"
    ffmpeg.run(["-i", str(dest), "-i", str(raw), "-lavfi", compare, "-f", "null", "-"])
    score = json.loads(log.read_text())["pooled_metrics"]["vmaf"]["mean"]
    return cpu, dest.stat().st_size, float(score)


def _cpu() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def main() -> None:
    """Print the table, and the setting that it speaks for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--frames", type=int, default=36, help="of each clip")
    parser.add_argument("--json", type=Path, help="where the rows go besides")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="clipbot-presets-") as folder:
        rows = list(measured(Path(folder), args.frames))
    if args.json:
        args.json.write_text(json.dumps([asdict(row) for row in rows], indent=1))
    best = cheapest(rows)
    print(table(rows))
    print(f"\ncheapest with VMAF {ENOUGH:.0f}: {best.preset} crf {best.crf}")


if __name__ == "__main__":
    main()
