"""What the benchmarks put together: the sample's film, and films of any length.

The clips of long films are made once and kept in a folder for temporary files: each of
its own pictures, with motion and film grain, as large and as long as providers make them.
"""

import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Final

from clipbot.domain.timeline import (
    CUT,
    Slot,
    Timeline,
    Transition,
    TransitionKind,
    frames_at,
)
from clipbot.media import ffmpeg
from clipbot.media.files import appearing, digest
from clipbot.media.format import Format, majority
from clipbot.media.probe import probe
from clipbot.media.segments import Footage

SAMPLE: Final = Path(__file__).parent.parent / "assets" / "sample"
_STAND_IN_SECONDS: Final = (10, 8, 8, 8, 10, 8, 8, 10)
_STAND_IN_TRANSITIONS: Final = ("crossfade", "cut", "cut", "cut", "fade", "cut", "crossfade")


@dataclass(frozen=True)
class Job:
    """What is put together in this benchmark."""

    name: str
    timeline: Timeline
    footage: dict[int, Footage]
    song: Path
    format: Format


def sample() -> Job:
    """Return the sample project's job, read from the files it ships with."""
    rows = json.loads((SAMPLE / "rows.json").read_text(encoding="utf-8"))["rows"]
    stages = {row["stage_name"]: row["metadata"] for row in rows["job_stages"]}
    spans = stages["audio_parser"]["audio_analysis"]["clip_boundaries"]
    seconds = [Fraction(str(spans[0]["start"])), *(Fraction(str(span["end"])) for span in spans)]
    meetings = [
        (item["type"], item["duration"])
        for item in stages["scene_planner"]["scene_plan"]["transitions"]
    ]
    clips = [SAMPLE / f"clip_{index}.mp4" for index in range(len(spans))]
    return _job("sample", clips, seconds, meetings, SAMPLE / "song.mp3")


def stand_in(folder: Path, *, short: bool) -> Job:
    """Return a job like the sample's, of test pictures with film grain."""
    scale = Fraction(1, 5) if short else Fraction(1)
    lengths = [length * scale for length in _STAND_IN_SECONDS]
    bounds = [sum(lengths[:count], Fraction(0)) for count in range(len(lengths) + 1)]
    clips = []
    for index, length in enumerate(lengths):
        clips.append(folder / f"clip_{index}.mp4")
        picture = f"testsrc2=s=1280x720:r=24:d={float(length) + 1}"
        grain = f"hue=h={40 * index},noise=alls=6:allf=t"
        codec = ("-c:v", "libx264", "-preset", "veryfast", "-crf", "18", "-pix_fmt", "yuv420p")
        ffmpeg.run(["-f", "lavfi", "-i", picture, "-vf", grain, *codec, str(clips[-1])])
    song = folder / "song.mp3"
    tone = f"aevalsrc=0.3*sin(2000*t+3*sin(5*t)):d={float(bounds[-1])}"
    ffmpeg.run(["-f", "lavfi", "-i", tone, str(song)])
    meetings = [(kind, 0.0 if kind == "cut" else 0.5) for kind in _STAND_IN_TRANSITIONS]
    return _job("stand-in", clips, bounds, meetings, song)


def _job(
    name: str,
    clips: Sequence[Path],
    seconds: Sequence[Fraction],
    meetings: Sequence[tuple[str, float]],
    song: Path,
) -> Job:
    probes = [probe(clip) for clip in clips]
    picture = majority(probes)
    bounds = frames_at(seconds, picture.rate)
    slots = tuple(Slot(at, bounds[at], bounds[at + 1]) for at in range(len(clips)))
    transitions = tuple(
        Transition(TransitionKind(kind), round(Fraction(str(length)) * picture.rate))
        if length
        else CUT
        for kind, length in meetings
    )
    footage = {
        index: Footage(clip, digest(clip), known.frames, known.rate)
        for index, (clip, known) in enumerate(zip(clips, probes, strict=True))
    }
    return Job(name, Timeline(slots, picture.rate, transitions), footage, song, picture)


_KEPT: Final = Path(tempfile.gettempdir()) / "clipbot-benchmark-clips"
_SIZE: Final = "854x480"
_SCALED: Final = f"trim=duration=5,scale={_SIZE.replace('x', ':')}"
SLOT_SECONDS: Final = 4
CROSSFADE_SECONDS: Final = Fraction(1, 2)
_PICTURES: Final = (
    f"testsrc2=s={_SIZE}:r=24",
    f"mandelbrot=s={_SIZE}:r=24:start_scale=0.6:end_scale=0.05:end_pts=200",
    f"gradients=s={_SIZE}:r=24:n=6:speed=0.05:seed=7",
    "life=s=107x60:r=24:ratio=0.2:seed=11:mold=12:life_color=#c08040:death_color=#203040",
)
"""Sources of pictures, by turns."""


def made(count: int, *, crossfades: bool) -> Job:
    """Return a job of `count` clips of four seconds, with cuts or half-second crossfades."""
    clips = [_clip(index) for index in range(count)]
    bounds = [Fraction(SLOT_SECONDS * index) for index in range(count + 1)]
    meeting = ("crossfade", float(CROSSFADE_SECONDS)) if crossfades else ("cut", 0.0)
    name = f"{count} clips, {'crossfades' if crossfades else 'cuts'}"
    return _job(name, clips, bounds, [meeting] * (count - 1), _song(count * SLOT_SECONDS))


def replacement(index: int) -> Footage:
    """Return new footage for a clip of a made job, of the same kind of pictures."""
    clip = _clip(index, take=1)
    known = probe(clip)
    return Footage(clip, digest(clip), known.frames, known.rate)


def _clip(index: int, take: int = 0) -> Path:
    path = _KEPT / f"{index:03d}-{take}.mp4"
    if not path.exists():
        seed = 1000 * take + index
        look = (
            f"{_SCALED},hue=h={37 * seed % 360},"
            f"rotate=a=0.04*sin(t*2+{seed}):c=black,noise=alls=9:allf=t+u:all_seed={seed}"
        )
        codec = ("-c:v", "libx264", "-preset", "veryfast", "-crf", "20", "-pix_fmt", "yuv420p")
        source = ("-f", "lavfi", "-i", _PICTURES[index % len(_PICTURES)], "-vf", look)
        with appearing(path) as part:
            ffmpeg.run([*source, *codec, "-f", "mp4", str(part)])
    return path


def _song(seconds: int) -> Path:
    path = _KEPT / f"song-{seconds}.mp3"
    if not path.exists():
        tone = f"aevalsrc=0.3*sin(2000*t+3*sin(5*t)):d={seconds}"
        with appearing(path) as part:
            ffmpeg.run(["-f", "lavfi", "-i", tone, "-f", "mp3", str(part)])
    return path
