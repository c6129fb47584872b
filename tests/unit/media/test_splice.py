"""Segments behind each other: refused if they do not fit, exact if they do."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import accumulate
from pathlib import Path

import pytest

from clipbot.errors import SegmentMismatch
from clipbot.media.film import VirtualFilm
from clipbot.media.format import Format
from clipbot.media.mp4 import Track, box, load_track
from clipbot.media.splice import Extent, splice
from tests import media

PICTURE = Format(320, 180, Fraction(24))
NOTHING = Fraction(0)


@pytest.fixture(scope="module")
def segment() -> Track:
    path = media.folder() / "segment.mp4"
    media.make("-i", str(media.clip(0)), "-frames:v", "30", *PICTURE.encoder(), str(path))
    return load_track(path)


def test_segments_with_other_parameter_sets_are_refused(segment: Track) -> None:
    other = replace(segment, stsd=segment.stsd[:-1] + b"?")
    with pytest.raises(SegmentMismatch, match="other settings"):
        splice(PICTURE, [segment, other], None, NOTHING, 60)


def test_segments_that_do_not_fill_the_film_are_refused(segment: Track) -> None:
    with pytest.raises(SegmentMismatch, match="have 60 frames, the film needs 61"):
        splice(PICTURE, [segment, segment], None, NOTHING, 61)


def test_segments_that_count_time_otherwise_are_refused(segment: Track) -> None:
    with pytest.raises(SegmentMismatch, match="units"):
        splice(PICTURE, [replace(segment, timescale=600)], None, NOTHING, 30)


def test_a_segment_can_be_used_twice(segment: Track, tmp_path: Path) -> None:
    film = _written(splice(PICTURE, [segment, segment], None, NOTHING, 60), tmp_path)
    digests = media.frame_digests(film)
    assert [number for number, _ in digests] == list(range(60))
    assert [one for _, one in digests[:30]] == [two for _, two in digests[30:]]


def test_pictures_with_another_delay_are_shown_at_the_same_time(
    segment: Track, tmp_path: Path
) -> None:
    """An encoder that reorders nothing begins at 0; in one film all must begin alike."""
    undelayed = replace(
        segment, edits=((0, 0),), shifts=tuple(s - segment.first_tick for s in segment.shifts)
    )
    mixed = _written(splice(PICTURE, [segment, undelayed], None, NOTHING, 60), tmp_path / "mixed")
    plain = _written(splice(PICTURE, [segment, segment], None, NOTHING, 60), tmp_path / "plain")
    assert media.frame_digests(mixed) == media.frame_digests(plain)


def test_a_film_beyond_four_gigabytes_has_wide_offsets(segment: Track) -> None:
    huge = replace(segment, sizes=tuple(200_000_000 for _ in segment.sizes))
    narrow = splice(PICTURE, [segment], None, NOTHING, 30)
    wide = splice(PICTURE, [huge], None, NOTHING, 30)
    assert b"stco" in narrow[0].content
    assert b"co64" not in narrow[0].content
    assert b"co64" in wide[0].content
    assert sum(extent.bytes_count for extent in wide) > 5_000_000_000


@pytest.mark.parametrize(
    ("rate", "lengths", "start", "expected"),
    [
        (Fraction(24), (84, 12, 84, 1, 83), None, "767c1d0df892cc8f8e92627034d4f303"),
        (Fraction(24), (84, 12, 84, 1, 83), 0, "647f66d0167e9de85c9e82ca7fe8d1a0"),
        (Fraction(24), (84, 12, 84, 1, 83), Fraction(7, 3), "72a3deacf16c2bc2db7f401014ef3f33"),
        (Fraction(30000, 1001), (30, 7, 400), 17, "a64b191694a012ef97804c909b6f7969"),
        (Fraction(24), (24, 24), 18, "8080d7250a4150b961fa0a0ebbce1582"),
        (Fraction(24), (24, 24), 40, "4315909e8813058be13fac400e621390"),
    ],
)
def test_a_film_has_the_bytes_it_always_had(
    rate: Fraction, lengths: Sequence[int], start: Fraction | None, expected: str
) -> None:
    """Films that are stored name their bytes: whoever changes them raises `_SPLICER`."""
    picture = Format(64, 36, rate)
    per_frame = picture.ticks_per_frame
    tracks = [
        _made(f"{number}.mp4", "vide", frames, (picture.timescale, per_frame), hole=number % 2 * 5)
        for number, frames in enumerate(lengths)
    ]
    song = None if start is None else _made("song.m4a", "soun", 900, (48_000, 1024))

    extents = splice(picture, tracks, song, Fraction(start or 0), sum(lengths))

    digest = hashlib.blake2b(extents[0].content, digest_size=16)
    for extent in extents[1:]:
        digest.update(f"{extent.path} {extent.offset} {extent.bytes_count}\n".encode())
    assert digest.hexdigest() == expected


def _made(name: str, handler: str, count: int, time: tuple[int, int], *, hole: int = 0) -> Track:
    """Return a track of no file: what is spliced depends on nothing but the numbers here."""
    timescale, delta = time
    sizes = tuple(100 + (at * 7919 + len(name)) % 5000 for at in range(count))
    before = accumulate(sizes[:-1], initial=48)
    is_picture = handler == "vide"
    return Track(
        path=Path(name),
        handler=handler,
        codec="avc1",
        stsd=box(b"stsd", b"made for a test"),
        timescale=timescale,
        sizes=sizes,
        offsets=tuple(at + hole * (number // 50) for number, at in enumerate(before)),
        deltas=((count, delta),),
        shifts=tuple(number % 3 * delta if is_picture else 0 for number in range(count)),
        sync=frozenset(range(0, count, 48 if is_picture else 1)),
        edits=((0, delta if is_picture else 1024),),
        width=64,
        height=36,
        is_turned=False,
    )


def _written(extents: list[Extent], folder: Path) -> Path:
    path = folder / "film.mp4"
    VirtualFilm(extents, "x").write(path)
    return path
