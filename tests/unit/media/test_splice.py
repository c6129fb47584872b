"""Segments behind each other: refused if they do not fit, exact if they do."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from clipbot.errors import SegmentMismatch
from clipbot.media.film import VirtualFilm
from clipbot.media.format import Format
from clipbot.media.mp4 import Track, load_track
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


def _written(extents: list[Extent], folder: Path) -> Path:
    path = folder / "film.mp4"
    VirtualFilm(extents, "x").write(path)
    return path
