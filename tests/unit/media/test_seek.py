"""Decoding from the middle gives the same pictures as decoding from the start."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clipbot.media import seek
from clipbot.media.encode import cut, input_of, seek_of
from clipbot.media.format import Format
from clipbot.media.mp4 import load_track
from clipbot.media.seek import start_before
from clipbot.media.segments import Footage, Shot
from tests import media

PICTURE = Format(320, 180, Fraction(24))
B_FRAMES = ("-preset", "veryfast", "-bf", "3", "-g", "16", "-sc_threshold", "0")
VARYING = (*B_FRAMES, "-vf", "hue=h=90,select='not(mod(n,3))+lt(n,24)'", "-fps_mode", "vfr")
OPEN = (*B_FRAMES, "-x264-params", "open-gop=1")
HEVC = ("-c:v", "libx265", "-preset", "ultrafast", "-tag:v", "hvc1", "-g", "16")
HEVC_PARAMS = ("-x265-params", "open-gop=0:keyint=16:min-keyint=16:log-level=none")


def _cut_digests(shot: Shot, start: Fraction) -> list[str]:
    graph = f"[0:v:0]{cut(shot, PICTURE, is_sought=bool(start))}[v]"
    source = input_of(shot.footage.path, start)
    output = ("-filter_complex", graph, "-map", "[v]", "-frames:v", str(shot.frames))
    lines = media.ask("-copyts", *source, *output, "-f", "framemd5", "-").decode().splitlines()
    return [line.rsplit(",", 1)[1] for line in lines if not line.startswith("#")]


def _clip(options: tuple[str, ...] = B_FRAMES, rate: Fraction = media.RATE) -> Footage:
    return media.footage(media.clip(7, rate=rate, options=options), rate=rate)


@pytest.mark.parametrize(
    "footage",
    [
        _clip,
        lambda: _clip(rate=Fraction(25)),
        lambda: _clip(rate=Fraction(30)),
        lambda: _clip(rate=Fraction(24000, 1001)),
        lambda: _clip((*B_FRAMES, "-video_track_timescale", "1000"), Fraction(30)),
        lambda: _clip((*HEVC, *HEVC_PARAMS)),
        lambda: _clip(VARYING),
    ],
    ids=["24", "25", "30", "23.976", "milliseconds", "hevc", "varying"],
)
@pytest.mark.parametrize("slowdown", [Fraction(1), Fraction(46, 41)])
def test_a_seek_changes_no_picture(footage: Callable[[], Footage], slowdown: Fraction) -> None:
    shot = Shot(footage(), 36, 60, slowdown, held=2)
    start = seek_of(shot, PICTURE)
    assert start > 0
    assert _cut_digests(shot, start) == _cut_digests(shot, Fraction(0))


@pytest.mark.parametrize("first", [1, 15, 16, 17, 18, 31, 32, 33, 34, 47, 48, 80])
def test_a_seek_is_exact_around_every_key_frame(first: int) -> None:
    shot = Shot(_clip(), first, first + 2)
    assert _cut_digests(shot, seek_of(shot, PICTURE)) == _cut_digests(shot, Fraction(0))


def test_a_late_range_begins_at_the_key_frame_before_it() -> None:
    path = _clip().path
    assert seek._entries(load_track(path)) == (0, 16 * 512, 32 * 512)
    assert start_before(path, Fraction(33, 24)) == Fraction(65, 48)
    assert start_before(path, Fraction(32, 24)) == Fraction(33, 48)
    assert start_before(path, Fraction(100)) == Fraction(65, 48)
    assert start_before(path, Fraction(1, 24)) == 0


def test_an_open_group_of_pictures_is_decoded_from_the_start() -> None:
    """Its later key frames hold no IDR picture: pictures before them refer past them."""
    track = load_track(_clip(OPEN).path)
    assert len(track.sync) > 1
    assert seek._entries(track) == (0,)


@pytest.mark.parametrize(
    "options",
    [
        ("-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-g", "16"),
        (*HEVC[:4], "-tag:v", "hev1", *HEVC_PARAMS),
    ],
)
def test_other_codecs_are_decoded_from_the_start(options: tuple[str, ...]) -> None:
    assert start_before(media.clip(7, options=options), Fraction(40, 24)) == 0


def test_an_edit_list_that_skips_pictures_is_not_sought_in() -> None:
    plain = load_track(_clip().path)
    assert seek._is_plain(plain)
    assert not seek._is_plain(replace(plain, edits=((0, 4096),)))
    assert not seek._is_plain(replace(plain, edits=((10, -1), (0, 1024))))
    assert not seek._is_plain(replace(plain, edits=((0, -1),)))
    assert not seek._is_plain(replace(plain, stsd=bytes(20)))
    assert not seek._is_plain(replace(plain, deltas=()))


def test_a_file_that_cannot_be_read_is_decoded_from_the_start(tmp_path: Path) -> None:
    page = tmp_path / "page.mp4"
    page.write_text("<html>")
    assert start_before(page, Fraction(2)) == 0
    assert start_before(tmp_path / "none.mp4", Fraction(2)) == 0


def test_an_index_that_points_past_the_file_is_not_trusted(tmp_path: Path) -> None:
    plain = load_track(_clip().path)
    gone = replace(plain, path=tmp_path / "gone.mp4")
    assert seek._entries(gone) == ()
    assert seek._entries(replace(plain, sync=frozenset({0, 9999}))) == ()
    assert not seek._is_idr(replace(plain, stsd=plain.stsd.replace(b"avcC", b"none")), b"0" * 99)


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_of_a_sample_can_be_looked_at(sample: bytes) -> None:
    assert seek._is_idr(load_track(_clip().path), sample) in {True, False}
