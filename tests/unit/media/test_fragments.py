"""The film in fragments: the same pictures and the same sound, cut where the film is cut."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from math import ceil
from pathlib import Path

import pytest

from clipbot.domain.timeline import Slot, Timeline, Transition, TransitionKind
from clipbot.errors import SegmentNotFound
from clipbot.media.engine import FilmEngine, FilmPlan
from clipbot.media.format import Format
from clipbot.media.fragments import FragmentedFilm, fragment
from clipbot.media.mp4 import load_track
from tests import media

PICTURE = Format(64, 36, Fraction(24))
BOUNDS = (31, 60, 90, 170)
TIMELINE = Timeline(
    tuple(Slot(index, *span) for index, span in enumerate(pairwise(BOUNDS))),
    Fraction(24),
    (Transition(TransitionKind.CROSSFADE, 8), Transition()),
)
SMALL = (64, 36)
SOUND_BYTES_PER_FRAME = 2000 * 8
"""At 48 kHz and 24 frames a second: two channels of four bytes."""
PACKET_BYTES = 1024 * 8


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> FilmEngine:
    return FilmEngine(tmp_path_factory.mktemp("fragments") / "cache")


def planned(
    engine: FilmEngine, hues: Sequence[int] = (0, 90, 180), *, song: float | None = 9.0
) -> FilmPlan:
    clips = [media.clip(hue, size=SMALL) for hue in hues]
    footage = {index: media.footage(clip) for index, clip in enumerate(clips)}
    plan = engine.plan(TIMELINE, footage, media.song(song) if song else None, PICTURE)
    engine.prepare(plan)
    return plan


@pytest.fixture(scope="module")
def plan(engine: FilmEngine) -> FilmPlan:
    return planned(engine)


@pytest.fixture(scope="module")
def film(engine: FilmEngine, plan: FilmPlan) -> FragmentedFilm:
    return engine.open_fragments(plan)


def test_a_player_sees_and_hears_what_the_film_shows(
    engine: FilmEngine, plan: FilmPlan, film: FragmentedFilm, tmp_path: Path
) -> None:
    whole, behind, playlist = (tmp_path / name for name in ("a.mp4", "b.mp4", "film.m3u8"))
    engine.open(plan).write(whole)
    film.whole.write(behind)
    film.write(playlist)

    pictures, sound = media.frame_digests(whole), media.samples(whole)
    assert len(sound) == plan.frames * SOUND_BYTES_PER_FRAME
    for other in (behind, playlist):
        assert media.frame_digests(other) == pictures
        heard = media.samples(other)
        assert heard[: len(sound)] == sound
        # ffmpeg plays the last packet of fragments whole.
        assert len(heard) - len(sound) < PACKET_BYTES


@pytest.mark.parametrize("song", [None, 1.0, 3.0])
def test_a_song_may_be_missing_or_end_early(
    engine: FilmEngine, song: float | None, tmp_path: Path
) -> None:
    plan = planned(engine, song=song)
    whole, behind = tmp_path / "whole.mp4", tmp_path / "behind.mp4"
    engine.open(plan).write(whole)
    engine.open_fragments(plan).whole.write(behind)

    assert media.frame_digests(behind) == media.frame_digests(whole)
    has_sound = song == 3.0  # the film begins after 1.29 s of the song
    assert (b"mp4a" in engine.open_fragments(plan).init) is has_sound
    if has_sound:
        assert media.samples(behind).startswith(media.samples(whole))


def test_pictures_with_another_delay_are_shown_at_the_same_time(
    engine: FilmEngine, plan: FilmPlan, tmp_path: Path
) -> None:
    """An encoder that reorders nothing begins at 0; in one film all must begin alike."""
    tracks = [load_track(engine.cache / f"{segment.key}.mp4") for segment in plan.segments]
    early = tracks[1].first_tick
    undelayed = tuple(shift - early for shift in tracks[1].shifts)
    tracks[1] = replace(tracks[1], edits=((0, 0),), shifts=undelayed)
    mixed, plain = tmp_path / "mixed.mp4", tmp_path / "plain.mp4"
    fragment(PICTURE, tracks, None, Fraction(0), plan.frames).whole.write(mixed)
    engine.open(plan).write(plain)
    assert media.frame_digests(mixed) == media.frame_digests(plain)


def test_each_segment_begins_a_picture_that_needs_no_other(
    film: FragmentedFilm, plan: FilmPlan, tmp_path: Path
) -> None:
    assert [each.frames for each in film.fragments] == [each.frames for each in plan.segments]
    for number, each in enumerate(film.fragments):
        alone = tmp_path / f"{number}.mp4"
        alone.write_bytes(film.init + b"".join(each.open().read()))
        assert len(media.frame_digests(alone)) == each.frames


def test_an_edit_leaves_the_segments_of_others_as_they_were(
    engine: FilmEngine, film: FragmentedFilm
) -> None:
    edited = engine.open_fragments(planned(engine, (0, 90, 30)))
    old, new = ([each.key for each in one.fragments] for one in (film, edited))
    assert new[:-1] == old[:-1]
    assert new[-1] != old[-1]
    assert edited.init == film.init


def test_a_folder_of_two_versions_has_the_common_segments_once(
    engine: FilmEngine, film: FragmentedFilm, tmp_path: Path
) -> None:
    film.write(tmp_path / "1.m3u8")
    first = {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    engine.open_fragments(planned(engine, (0, 90, 30))).write(tmp_path / "2.m3u8")

    after = {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    assert {name: after[name] for name in first} == first
    assert len(after) == len(first) + 2  # a segment and a playlist


def test_the_playlist_says_how_long_each_segment_is(film: FragmentedFilm) -> None:
    addresses = [f"{number}.m4s" for number in range(len(film.fragments))]
    lines = film.playlist("init.mp4", addresses).splitlines()

    assert lines[0] == "#EXTM3U"
    assert lines[-1] == "#EXT-X-ENDLIST"
    assert '#EXT-X-MAP:URI="init.mp4"' in lines
    lengths = [float(line[8:-1]) for line in lines if line.startswith("#EXTINF:")]
    assert sum(lengths) == pytest.approx((BOUNDS[-1] - BOUNDS[0]) / 24, abs=1e-5)
    assert f"#EXT-X-TARGETDURATION:{ceil(max(lengths))}" in lines
    assert [line for line in lines if line.endswith(".m4s")] == addresses


def test_a_segment_that_is_not_there_is_said_so(film: FragmentedFilm) -> None:
    count = len(film.fragments)
    assert film.fragment(count - 1).frames > 0
    for number in (-1, count):
        with pytest.raises(SegmentNotFound, match=f"{count} segments"):
            film.fragment(number)


def test_it_knows_whether_its_files_are_as_they_were(engine: FilmEngine) -> None:
    plan = planned(engine, (0, 120, 180))
    film = engine.open_fragments(plan)
    assert film.is_intact()
    (engine.cache / f"{plan.segments[2].key}.mp4").unlink()
    assert not film.is_intact()
