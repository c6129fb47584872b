"""Tiny real clips and songs for tests, made by ffmpeg and kept for the session.

Every clip is different in every frame, so a digest of a frame says which it is.
"""

import atexit
import os
import resource
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from functools import cache
from pathlib import Path

from clipbot.media import ffmpeg
from clipbot.media.files import digest
from clipbot.media.segments import Footage

WIDTH, HEIGHT = 320, 180
RATE = Fraction(24)


@cache
def folder() -> Path:
    """Return the session's folder of clips; it is removed when the process ends."""
    path = Path(tempfile.mkdtemp(prefix="clipbot-media-"))
    atexit.register(_remove, path, os.getpid())
    return path


def _remove(path: Path, owner: int) -> None:
    if os.getpid() == owner:
        shutil.rmtree(path, ignore_errors=True)


@cache
def clip(
    hue: int = 0,
    *,
    frames: int = 48,
    rate: Fraction = RATE,
    size: tuple[int, int] = (WIDTH, HEIGHT),
    options: tuple[str, ...] = ("-g", "16"),
    suffix: str = ".mp4",
) -> Path:
    """Return a clip of moving test bars.

    Args:
        hue: Degrees; clips of different hue differ in every frame.
        frames: How many.
        rate: Of the file.
        size: Width and height.
        options: Output options of ffmpeg, such as the codec or the key frame interval.
        suffix: Of the file's name.
    """
    name = f"clip-{hue}-{frames}-{rate.numerator}-{rate.denominator}-{size[0]}x{size[1]}"
    path = folder() / f"{name}-{abs(hash(options))}{suffix}"
    source = f"testsrc2=s={size[0]}x{size[1]}:r={rate}:d={float(frames / rate) + 1:.3f}"
    make(
        *("-f", "lavfi", "-i", source, "-vf", f"hue=h={hue}", "-frames:v", str(frames)),
        *("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", *options),
        str(path),
    )
    return path


@cache
def song(seconds: float = 4.0, suffix: str = ".wav") -> Path:
    """Return a song whose pitch rises, so that a stretch of it is like no other."""
    path = folder() / f"song-{seconds}{suffix}"
    rising = f"aevalsrc=0.4*sin(300*t*(1+t))|0.4*sin(200*t*(1+t)):s=44100:d={seconds}"
    make("-f", "lavfi", "-i", rising, str(path))
    return path


def footage(path: Path, *, frames: int = 48, rate: Fraction = RATE) -> Footage:
    """Return a clip as footage."""
    return Footage(path, digest(path), frames, rate)


def make(*args: str) -> None:
    """Run ffmpeg with these arguments."""
    ffmpeg.run(args)


def ask(*args: str) -> bytes:
    """Return what ffmpeg writes to standard output; it must not complain."""
    command = [ffmpeg.executable(), "-v", "error", "-nostdin", *args]
    answer = subprocess.run(command, capture_output=True, check=True, timeout=60)
    assert not answer.stderr, answer.stderr.decode()
    return answer.stdout


def frame_digests(path: Path) -> list[tuple[int, str]]:
    """Return (timestamp in frames, digest) of every picture, as ffmpeg decodes them."""
    lines = ask("-i", str(path), "-map", "0:v", "-f", "framemd5", "-").decode().splitlines()
    rows = [line.split(",") for line in lines if line and not line.startswith("#")]
    return [(int(row[2]), row[-1].strip()) for row in rows]


def samples(path: Path, *options: str) -> bytes:
    """Return the sound as 32-bit floats, two channels."""
    return ask("-i", str(path), "-map", "0:a", *options, "-f", "f32le", "-")


@contextmanager
def largest_file(size: int) -> Iterator[None]:
    """Let no file of this process or its children grow beyond `size` bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
