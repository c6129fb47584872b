"""Whole films: the same bytes however they came about, and only what changed is new."""

import itertools
import json
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from clipbot.domain.timeline import Slot, Timeline, Transition, TransitionKind
from clipbot.errors import (
    BlobNotFound,
    EditCancelled,
    EncodingFailed,
    FootageMissing,
    SegmentMismatch,
    StorageFull,
)
from clipbot.media.engine import FilmEngine, FilmPlan
from clipbot.media.format import Format
from clipbot.media.probe import probe, verify
from clipbot.media.segments import Footage
from tests import media

PICTURE = Format(320, 180, Fraction(24), preset="ultrafast")
CUT = Transition()
CROSSFADE = Transition(TransitionKind.CROSSFADE, 8)
FADE = Transition(TransitionKind.FADE, 6)
BOUNDS = (24, 44, 60, 84, 100)
TIMELINE = Timeline(
    tuple(Slot(index, *span) for index, span in enumerate(pairwise(BOUNDS))),
    Fraction(24),
    (CROSSFADE, CUT, FADE),
)
FRAMES = 76
ALONE = Timeline((Slot(0, 24, 44),), Fraction(24))
"""A film of one segment, for what does not depend on segments."""
SAMPLES_PER_FRAME = 2000


def _footage(*hues: int) -> dict[int, Footage]:
    return {index: media.footage(media.clip(hue)) for index, hue in enumerate(hues)}


ORIGINAL = (0, 90, 180, 270)


class Studio:
    """An engine, and where it writes films."""

    def __init__(self, folder: Path) -> None:
        self.engine = FilmEngine(folder / "cache")
        self.folder = folder
        self.count = itertools.count()

    def plan(
        self,
        footage: Mapping[int, Footage],
        timeline: Timeline = TIMELINE,
        song: Path | None = None,
        picture: Format = PICTURE,
    ) -> FilmPlan:
        return self.engine.plan(timeline, footage, song, picture)

    def film(self, plan: FilmPlan) -> Path:
        """Encode, splice and write a film."""
        self.engine.prepare(plan)
        path = self.folder / f"film-{next(self.count)}.mp4"
        self.engine.open(plan).write(path)
        return path


@pytest.fixture
def studio(tmp_path: Path) -> Studio:
    return Studio(tmp_path)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Studio, FilmPlan, Path]:
    """Return a studio with a finished film, for tests that change nothing in it."""
    shared = Studio(tmp_path_factory.mktemp("studio"))
    plan = shared.plan(_footage(*ORIGINAL), song=media.song(5.0))
    return shared, plan, shared.film(plan)


def _differing(one: Path, two: Path) -> list[int]:
    pairs = zip(media.frame_digests(one), media.frame_digests(two), strict=True)
    return [at for at, (left, right) in enumerate(pairs) if left != right]


def test_an_edited_film_is_the_same_bytes_as_one_made_from_nothing(
    made: tuple[Studio, FilmPlan, Path], studio: Studio
) -> None:
    shared, _, before = made
    edited = _footage(*ORIGINAL) | {1: media.footage(media.clip(30))}
    plan = shared.plan(edited, song=media.song(5.0))
    touched = TIMELINE.touched([1])
    assert [s.frames for s in shared.engine.missing(plan)] == [piece.frames for piece in touched]

    incremental = shared.film(plan)
    scratch = studio.film(studio.plan(edited, song=media.song(5.0)))

    assert incremental.read_bytes() == scratch.read_bytes()
    changed = _differing(before, incremental)
    assert set(changed) <= set(range(touched[0].start, touched[-1].stop))
    assert len(changed) >= TIMELINE.slot(1).frames


def test_taking_an_edit_back_encodes_nothing_and_gives_the_same_bytes(
    made: tuple[Studio, FilmPlan, Path],
) -> None:
    shared, plan, before = made
    again = shared.plan(_footage(*ORIGINAL), song=media.song(5.0))
    assert again == plan
    assert shared.engine.prepare(again).encoded_frames == 0
    assert shared.film(again).read_bytes() == before.read_bytes()


def test_every_frame_is_there_at_its_time(made: tuple[Studio, FilmPlan, Path]) -> None:
    _, plan, film = made
    digests = media.frame_digests(film)
    assert [number for number, _ in digests] == list(range(plan.frames)) == list(range(FRAMES))
    assert len({digest for _, digest in digests}) == plan.frames
    seen = verify(film)
    assert (seen.frames, seen.rate, seen.has_audio) == (FRAMES, Fraction(24), True)
    assert seen.duration_seconds == pytest.approx(FRAMES / 24, abs=1e-9)


def test_the_sound_is_the_songs_from_the_films_beginning(
    made: tuple[Studio, FilmPlan, Path],
) -> None:
    shared, plan, film = made
    whole = np.frombuffer(
        media.samples(shared.engine.cache / f"{plan.song_key}.m4a"), np.float32
    ).reshape(-1, 2)
    heard = np.frombuffer(media.samples(film), np.float32).reshape(-1, 2)
    start = TIMELINE.start * SAMPLES_PER_FRAME
    assert len(heard) == plan.frames * SAMPLES_PER_FRAME
    assert np.array_equal(heard, whole[start : start + len(heard)])


def test_the_sound_lies_exactly_on_the_song_that_was_given(
    made: tuple[Studio, FilmPlan, Path],
) -> None:
    """Against the original waveform: not one sample of delay."""
    _, plan, film = made
    song = np.frombuffer(media.samples(media.song(5.0), "-ar", "48000", "-ac", "2"), np.float32)
    song = song.reshape(-1, 2)[TIMELINE.start * SAMPLES_PER_FRAME :, 0]
    heard = np.frombuffer(media.samples(film), np.float32).reshape(-1, 2)[:, 0]
    for at in (1000, 60_000, plan.frames * SAMPLES_PER_FRAME - 20_000):
        window = heard[at : at + 10_000]
        lags = range(-200, 201)
        fits = [float(window @ song[at + lag : at + lag + 10_000]) for lag in lags]
        assert lags[int(np.argmax(fits))] == 0


def test_a_song_that_is_too_short_ends_early(studio: Studio) -> None:
    film = studio.film(studio.plan(_footage(0), ALONE, media.song(1.5)))
    assert len(media.frame_digests(film)) == 20
    assert 0 <= 24_000 - len(media.samples(film)) // 8 < 4


def test_a_film_that_begins_after_the_song_is_silent(studio: Studio) -> None:
    film = studio.film(studio.plan(_footage(0), ALONE, media.song(1.0)))
    assert not probe(film).has_audio


def test_a_film_without_a_song_is_silent(studio: Studio) -> None:
    plan = studio.plan(_footage(0), ALONE)
    assert plan.song_key is None
    assert not probe(studio.film(plan)).has_audio


def test_another_song_encodes_no_picture(made: tuple[Studio, FilmPlan, Path]) -> None:
    shared, _, before = made
    plan = shared.plan(_footage(*ORIGINAL), song=media.song(4.0))
    assert shared.engine.missing(plan) == ()
    assert _differing(before, shared.film(plan)) == []


def test_a_changed_transition_encodes_what_lies_at_its_boundary(
    made: tuple[Studio, FilmPlan, Path],
) -> None:
    shared, plan, _ = made
    longer = replace(TIMELINE, transitions=(CROSSFADE, CUT, replace(FADE, overlap=10)))
    after = shared.plan(_footage(*ORIGINAL), longer, media.song(5.0))
    kept = {segment.key for segment in plan.segments}
    assert [segment.key in kept for segment in after.segments] == [
        *(True, True, True, False, False, False)
    ]


def test_order_and_company_do_not_matter(studio: Studio) -> None:
    """Two at once on one cache give the bytes that one after the other gives."""
    plans = [studio.plan(_footage(*hues)) for hues in (ORIGINAL, (0, 90, 180, 30))]
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(studio.engine.prepare, plans))
    alone = Studio(studio.folder / "alone")
    for plan in plans:
        assert studio.film(plan).read_bytes() == alone.film(plan).read_bytes()
    assert not list(studio.engine.cache.glob(".*"))


@pytest.mark.parametrize("missing", [(2, 3), (0, 1)])
def test_a_missing_clip_shows_its_neighbours_frame(missing: Sequence[int], studio: Studio) -> None:
    cuts = replace(TIMELINE, transitions=())
    footage = {index: one for index, one in _footage(*ORIGINAL).items() if index not in missing}
    crisp = replace(PICTURE, crf=4)
    film = studio.film(studio.plan(footage, cuts, picture=crisp))
    lumas = _lumas(film)
    for index in missing:
        slot = cuts.slot(index)
        start, stop = slot.start - cuts.start, slot.stop - cuts.start
        still = lumas[start:stop]
        assert np.abs(still - still[0]).mean() < 2
        neighbour = start - 1 if start else max(cuts.slot(i).stop for i in missing) - cuts.start
        assert np.abs(still[0] - lumas[neighbour]).mean() < 2


def _lumas(film: Path) -> np.ndarray:
    raw = media.ask("-i", str(film), "-f", "rawvideo", "-pix_fmt", "gray", "-")
    return np.frombuffer(raw, np.uint8).reshape(-1, 180, 320).astype(int)


def test_no_footage_at_all_is_refused(studio: Studio) -> None:
    with pytest.raises(FootageMissing):
        studio.plan({})


def test_the_film_goes_on_while_the_song_does(studio: Studio) -> None:
    film = studio.film(studio.plan(_footage(0), replace(ALONE, tail=15), media.song(5.0)))
    lumas = _lumas(film)
    assert len(lumas) == 35
    assert lumas[-1].mean() < 12
    assert np.abs(lumas[20] - lumas[19]).mean() < 8
    assert len(media.samples(film)) // 8 == 35 * SAMPLES_PER_FRAME


@pytest.mark.parametrize("rate", [Fraction(25), Fraction(30000, 1001)])
def test_films_of_other_rates_are_as_exact(rate: Fraction, studio: Studio) -> None:
    timeline = replace(TIMELINE, rate=rate)
    plan = studio.plan(_footage(*ORIGINAL), timeline, media.song(5.0), replace(PICTURE, rate=rate))
    film = studio.film(plan)
    assert [number for number, _ in media.frame_digests(film)] == list(range(FRAMES))
    assert verify(film).rate == rate
    exact = FRAMES / rate * 48_000
    assert abs(exact - len(media.samples(film)) // 8) < 4


@pytest.mark.parametrize("rate", [Fraction(25), Fraction(30)])
def test_footage_of_any_rate_makes_the_same_length(rate: Fraction, studio: Studio) -> None:
    footage = {
        index: media.footage(media.clip(hue, rate=rate), rate=rate)
        for index, hue in enumerate(ORIGINAL)
    }
    film = studio.film(studio.plan(footage))
    assert [number for number, _ in media.frame_digests(film)] == list(range(FRAMES))


def test_footage_that_varies_its_rate_makes_the_same_length(studio: Studio) -> None:
    clip = media.clip(0, options=("-vf", "select='not(mod(n,3))+lt(n,24)'", "-fps_mode", "vfr"))
    seen = probe(clip)
    footage = media.footage(clip, frames=seen.frames, rate=seen.rate)
    film = studio.film(studio.plan(dict.fromkeys(range(4), footage)))
    assert [number for number, _ in media.frame_digests(film)] == list(range(FRAMES))


def test_footage_of_every_kind_fits_one_film(studio: Studio) -> None:
    """Tags, pixel shapes, depths and side data of footage leave no trace in its segments."""
    tagged = "setparams=range=pc:colorspace=bt709:color_primaries=bt709:color_trc=bt709"
    light = "colorprim=bt2020:max-cll=1000,400"
    clips = [
        media.clip(0),
        media.clip(0, options=("-vf", f"{tagged},setsar=4/3")),
        media.clip(0, options=("-pix_fmt", "yuv444p10le", "-x264-params", light)),
        media.clip(0, options=("-c:v", "libx265", "-preset", "ultrafast", "-tag:v", "hvc1")),
    ]
    footage = {index: media.footage(clip) for index, clip in enumerate(clips)}
    film = studio.film(studio.plan(footage))
    assert [number for number, _ in media.frame_digests(film)] == list(range(FRAMES))


def test_a_timeline_of_another_rate_is_a_mistake(studio: Studio) -> None:
    with pytest.raises(ValueError, match="timeline at 25"):
        studio.plan(_footage(*ORIGINAL), replace(TIMELINE, rate=Fraction(25)))


def test_progress_rises_to_one(studio: Studio) -> None:
    seen: list[float] = []
    prepared = studio.engine.prepare(studio.plan(_footage(*ORIGINAL)), on_progress=seen.append)
    assert seen == sorted(seen)
    assert (seen[0] > 0, seen[-1]) == (True, 1.0)
    assert prepared.encoded_frames == FRAMES
    assert prepared.encode_seconds > 0


def test_a_cancelled_film_keeps_what_is_finished_and_goes_on_from_there(studio: Studio) -> None:
    plan = studio.plan(_footage(*ORIGINAL))
    enough = threading.Event()

    def progress(share: float) -> None:
        if share > 0.4:
            enough.set()

    with pytest.raises(EditCancelled):
        studio.engine.prepare(plan, cancelled=enough.is_set, on_progress=progress)
    left = studio.engine.missing(plan)
    assert 0 < len(left) < len(plan.segments)
    assert not list(studio.engine.cache.glob(".*"))
    assert studio.engine.prepare(plan).encoded_frames == sum(segment.frames for segment in left)


def test_a_full_disk_leaves_nothing_half_done(studio: Studio) -> None:
    with media.largest_file(8_000), pytest.raises(StorageFull):
        studio.engine.prepare(studio.plan(_footage(*ORIGINAL)))
    assert not list(studio.engine.cache.glob(".*"))
    assert all(path.stat().st_size <= 8_000 for path in studio.engine.cache.iterdir())


def test_damaged_footage_leaves_nothing(studio: Studio, tmp_path: Path) -> None:
    content = bytearray(media.clip(0).read_bytes())
    for at in range(len(content) // 4, len(content) // 2, 5):
        content[at] ^= 255
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(content)
    with pytest.raises(EncodingFailed):
        studio.engine.prepare(studio.plan({0: media.footage(broken)}))
    assert not list(studio.engine.cache.iterdir())


def test_footage_that_is_gone_is_said_so(studio: Studio, tmp_path: Path) -> None:
    gone = replace(media.footage(media.clip(0)), path=tmp_path / "gone.mp4")
    with pytest.raises(BlobNotFound):
        studio.engine.prepare(studio.plan({0: gone}))


def test_a_stored_plan_opens_the_same_film(made: tuple[Studio, FilmPlan, Path]) -> None:
    shared, plan, film = made
    stored = FilmPlan.from_json(json.loads(json.dumps(plan.to_json())))
    assert stored.fingerprint == plan.fingerprint
    opened = shared.engine.open(stored)
    assert b"".join(opened.read(0, opened.size)) == film.read_bytes()
    assert opened.etag == plan.fingerprint


def test_equal_films_have_equal_fingerprints(made: tuple[Studio, FilmPlan, Path]) -> None:
    shared, plan, _ = made
    assert shared.plan(_footage(*ORIGINAL), song=media.song(5.0)).fingerprint == plan.fingerprint
    others = [
        shared.plan(_footage(0, 90, 180, 30), song=media.song(5.0)),
        shared.plan(_footage(*ORIGINAL)),
        replace(plan, song_start_seconds=Fraction(0)),
    ]
    assert len({plan.fingerprint, *(other.fingerprint for other in others)}) == 4


def test_a_stored_plan_cannot_be_encoded(studio: Studio) -> None:
    plan = FilmPlan.from_json(studio.plan(_footage(*ORIGINAL), song=media.song(1.0)).to_json())
    with pytest.raises(BlobNotFound):
        studio.engine.prepare(plan)
    with pytest.raises(BlobNotFound):
        studio.engine.prepare(replace(plan, song_key=None))


def test_a_segment_that_was_removed_is_said_so_and_made_again(studio: Studio) -> None:
    plan = studio.plan(_footage(0), replace(TIMELINE, transitions=()))
    before = studio.film(plan).read_bytes()
    next(studio.engine.cache.glob(f"{plan.segments[0].key}*")).unlink()
    with pytest.raises(BlobNotFound):
        studio.engine.open(plan)
    assert studio.film(plan).read_bytes() == before


def test_a_segment_of_another_length_is_refused(studio: Studio) -> None:
    plan = studio.plan(_footage(*ORIGINAL))
    studio.engine.prepare(plan)
    first, second = (studio.engine.cache / f"{s.key}.mp4" for s in plan.segments[:2])
    second.write_bytes(first.read_bytes())
    with pytest.raises(SegmentMismatch, match="20 frames instead of 8"):
        studio.engine.open(plan)
    second.write_bytes(b"not an mp4")
    with pytest.raises(SegmentMismatch):
        studio.engine.open(plan)
