"""Damaged at random: a file is refused with its reason, or a film can be made of it.

Each case is drawn from a seed: `--seed 7 --count 1` repeats one, `--count full` makes 200.
"""

import random
import struct
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import TypeVar

import pytest

from clipbot.domain.timeline import Slot, Timeline
from clipbot.errors import FootageRejected
from clipbot.media.darkroom import developed
from clipbot.media.engine import FilmEngine
from clipbot.media.files import digest
from clipbot.media.format import Format
from clipbot.media.measure import measure
from clipbot.media.probe import Probe, verify
from clipbot.media.segments import Footage
from clipbot.media.thumbnails import thumbnail
from tests import media

T = TypeVar("T")

FULL, FEW = 200, 12
LARGEST = 2**32 - 1


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    said = metafunc.config.getoption("count")
    count = FULL if said == "full" else min(int(said or FEW), FULL)
    first = int(metafunc.config.getoption("seed") or 1)
    metafunc.parametrize("seed", range(first, first + count))


def damaged(chance: random.Random) -> bytes:
    """Return a good clip with one to four kinds of damage."""
    codec = chance.choice([("libx264", "ultrafast"), ("libx264", "fast"), ("libx265", "ultrafast")])
    options: tuple[str, ...] = ("-c:v", codec[0], "-preset", codec[1], "-g", "8")
    if chance.random() < 0.5:
        options += ("-movflags", "+faststart")
    content = bytearray(media.clip(4, frames=24, options=options).read_bytes())
    for _ in range(chance.randint(1, 4)):
        chance.choice([flip, shorten, repeat, swap, tamper, blank])(content, chance)
        if not content:
            break
    return bytes(content)


def flip(content: bytearray, chance: random.Random) -> None:
    for _ in range(chance.choice([1, 8, 200])):
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)


def shorten(content: bytearray, chance: random.Random) -> None:
    del content[chance.randrange(len(content)) :]


def repeat(content: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(content))
    content[at:at] = content[at : at + chance.randint(1, 4096)]


def swap(content: bytearray, chance: random.Random) -> None:
    size = chance.randint(1, 2048)
    first, second = (chance.randrange(len(content)) for _ in range(2))
    content[first : first + size] = content[second : second + size]


def tamper(content: bytearray, chance: random.Random) -> None:
    """Give a box another length, or a table another count."""
    kinds = [
        b"moov",
        b"trak",
        b"stsz",
        b"stco",
        b"stsc",
        b"stts",
        b"ctts",
        b"elst",
        b"avcC",
        b"mdhd",
    ]
    at = content.find(chance.choice(kinds))
    if at >= 4 and at + 12 <= len(content):
        where = at + chance.choice([-4, 4, 8])
        struct.pack_into(">I", content, where, chance.choice([0, 1, 7, 2**31, LARGEST]))


def blank(content: bytearray, chance: random.Random) -> None:
    at, size = chance.randrange(len(content)), chance.randint(1, 8192)
    content[at : at + size] = bytes(len(content[at : at + size]))


def test_it_is_refused_or_whole(seed: int, tmp_path: Path) -> None:
    path = tmp_path / "clip.mp4"
    path.write_bytes(damaged(random.Random(seed)))  # noqa: S311 - the same damage every time

    seen = refused(verify, path)

    if isinstance(seen, str):
        assert str(tmp_path) not in seen
    else:
        assert frames_in_a_film(path, seen, tmp_path) == 24


def frames_in_a_film(path: Path, seen: Probe, folder: Path) -> int:
    rate = Fraction(24)
    footage = Footage(path, digest(path), seen.frames, seen.rate)
    engine = FilmEngine(folder / "segments")
    timeline = Timeline((Slot(0, 0, 24),), rate)
    plan = engine.plan(timeline, {0: footage}, None, Format(96, 54, rate))
    engine.prepare(plan)
    engine.open(plan).write(folder / "film.mp4")
    return len(media.frame_digests(folder / "film.mp4"))


def test_whoever_looks_at_it_all_the_same_is_refused_or_sees_something(
    seed: int, tmp_path: Path
) -> None:
    """Stills and measures are made of footage that the pipeline verified, or nobody."""
    path = tmp_path / "clip.mp4"
    path.write_bytes(damaged(random.Random(seed)))  # noqa: S311 - the same damage every time

    assert refused(lambda at: developed(thumbnail, at), path)
    assert refused(lambda at: developed(measure, at), path)


def refused(look: Callable[[Path], T], path: Path) -> T | str:
    """Return what a look at a file gives, or the reason why it gives nothing."""
    try:
        return look(path)
    except FootageRejected as error:
        return error.reason
