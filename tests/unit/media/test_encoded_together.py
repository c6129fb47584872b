"""One process for a clip and its junctions: the same bytes, and nothing decoded in vain."""

import threading
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest

from clipbot.domain.timeline import CUT, Slot, Timeline, Transition, TransitionKind
from clipbot.errors import EncodingFailed
from clipbot.media import edges, ffmpeg
from clipbot.media.batches import batches, name_of
from clipbot.media.encode import arguments
from clipbot.media.engine import FilmEngine, FilmPlan
from clipbot.media.format import Format
from clipbot.media.parallel import Tally, at_once
from clipbot.media.segments import Footage, Segment
from tests import media

SIZE = (64, 36)
PICTURE = Format(*SIZE, Fraction(24))
CROSSFADE = Transition(TransitionKind.CROSSFADE, 6)
FADE = Transition(TransitionKind.FADE, 6)
BOUNDS = (0, 40, 70, 104)
CROSSFADES = Timeline(
    tuple(Slot(index, *span) for index, span in enumerate(pairwise(BOUNDS))),
    Fraction(24),
    (CROSSFADE, CROSSFADE),
)
SELDOM = ("-g", "250", "-bf", "2")
OFTEN = ("-g", "4")


def _footage(*hues: int, options: tuple[str, ...] = SELDOM) -> dict[int, Footage]:
    return {
        index: media.footage(media.clip(hue, size=SIZE, options=options))
        for index, hue in enumerate(hues)
    }


def _with(transition: Transition) -> Timeline:
    return replace(CROSSFADES, transitions=(transition, transition))


@pytest.fixture
def engine(tmp_path: Path) -> FilmEngine:
    return FilmEngine(tmp_path / "cache")


def _plan(
    engine: FilmEngine, footage: dict[int, Footage], timeline: Timeline = CROSSFADES
) -> FilmPlan:
    return engine.plan(timeline, footage, None, PICTURE)


def _bytes(engine: FilmEngine, plan: FilmPlan) -> list[bytes]:
    return [engine.pieces.path(name_of(each.key)).read_bytes() for each in plan.segments]


def _alone(segments: tuple[Segment, ...], folder: Path) -> list[bytes]:
    """Return what segments are when each has a process of its own, and no edges."""
    made = []
    for segment in segments:
        ffmpeg.run(arguments(segment, PICTURE, folder / "alone.mp4"))
        made.append((folder / "alone.mp4").read_bytes())
    return made


def _edges(engine: FilmEngine) -> list[Path]:
    return sorted(engine.cache.glob(f"*{edges.SUFFIX}"))


def _counted(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Return a list that gets the arguments of every process from now on."""
    seen: list[list[str]] = []
    run = ffmpeg.run

    def noted(args: list[str], **given: object) -> None:
        seen.append(list(args))
        run(args, **given)  # type: ignore[arg-type]

    monkeypatch.setattr(ffmpeg, "run", noted)
    return seen


@pytest.mark.parametrize("transition", [CUT, CROSSFADE, FADE], ids=["cut", "crossfade", "fade"])
def test_segments_encoded_together_are_those_encoded_alone(
    transition: Transition, engine: FilmEngine, tmp_path: Path
) -> None:
    plan = _plan(engine, _footage(0, 90, 180), replace(_with(transition), tail=9))
    engine.prepare(plan)
    assert _bytes(engine, plan) == _alone(plan.segments, tmp_path)


def test_a_batch_is_a_core_and_the_junctions_beside_it(engine: FilmEngine) -> None:
    plan = _plan(engine, _footage(0, 90, 180), replace(CROSSFADES, tail=9))
    first, to_second, second, to_third, third, tail = plan.segments
    everything = {segment.key for segment in plan.segments}
    assert list(batches(plan.segments, everything)) == [
        (first, to_second),
        (second, to_third),
        (third, tail),
    ]
    edited = {to_second.key, second.key, to_third.key}
    assert list(batches(plan.segments, edited)) == [(to_second, second, to_third)]
    apart = {to_second.key, tail.key}
    assert list(batches(plan.segments, apart)) == [(to_second,), (tail,)]
    assert list(batches(plan.segments, ())) == []


def test_a_segment_that_comes_twice_is_encoded_once(engine: FilmEngine) -> None:
    plan = _plan(engine, _footage(0, 0, 0), Timeline((Slot(0, 0, 9), Slot(1, 9, 18)), Fraction(24)))
    first, second = plan.segments
    assert first == second
    assert list(batches(plan.segments, {first.key})) == [(first,)]


def test_an_edit_is_one_process(engine: FilmEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    engine.prepare(_plan(engine, _footage(0, 90, 180)))
    edited = _plan(engine, _footage(0, 30, 180))
    seen = _counted(monkeypatch)
    engine.prepare(edited)
    assert len(seen) == 1


@pytest.mark.parametrize("transition", [CROSSFADE, FADE], ids=["crossfade", "fade"])
def test_the_clip_before_an_edit_is_not_decoded_again(
    transition: Transition, engine: FilmEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its edge is read instead, and the junction is the same bytes."""
    timeline = _with(transition)
    footage = _footage(0, 90, 180)
    engine.prepare(_plan(engine, footage, timeline))
    edited = _plan(engine, footage | {1: _footage(30)[0]}, timeline)
    seen = _counted(monkeypatch)

    engine.prepare(edited)

    assert str(footage[0].path) not in seen[0]
    assert _bytes(engine, edited)[1:4] == _alone(edited.segments[1:4], tmp_path)


def test_an_edge_that_is_damaged_costs_time_and_nothing_else(
    engine: FilmEngine, tmp_path: Path
) -> None:
    engine.prepare(_plan(engine, _footage(0, 90, 180)))
    for edge in _edges(engine):
        edge.write_bytes(edge.read_bytes()[:700])
    edited = _plan(engine, _footage(0, 30, 180))
    engine.prepare(edited)
    assert _bytes(engine, edited)[1:4] == _alone(edited.segments[1:4], tmp_path)


def test_edges_are_kept_where_they_pay(engine: FilmEngine) -> None:
    engine.prepare(_plan(engine, _footage(0, 90, 180), _with(CUT)))
    assert _edges(engine) == [], "a cut has no junction"
    engine.prepare(_plan(engine, _footage(0, 90, 180, options=OFTEN)))
    assert _edges(engine) == [], "a key frame is near"
    engine.prepare(_plan(engine, _footage(0, 90, 180)))
    assert len(_edges(engine)) == 2
    kept = {edge: edge.stat().st_mtime_ns for edge in _edges(engine)}
    engine.prepare(_plan(engine, _footage(0, 90, 30)))
    assert {edge: edge.stat().st_mtime_ns for edge in _edges(engine)} == kept


def test_several_encoders_make_the_same_bytes(engine: FilmEngine, tmp_path: Path) -> None:
    alone, shares = FilmEngine(tmp_path / "alone"), list[float]()
    plan = _plan(engine, _footage(0, 90, 180))
    replace(engine, encoders=3).prepare(plan, on_progress=shares.append)
    alone.prepare(plan)
    assert _bytes(engine, plan) == _bytes(alone, plan)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


@pytest.mark.parametrize("most", [1, 2])
def test_the_first_error_is_the_one_that_is_told(most: int) -> None:
    done = list[int]()
    is_failed = threading.Event()

    def fail() -> None:
        is_failed.set()
        raise EncodingFailed("it is broken")

    def follow(number: int) -> Callable[[], None]:
        def call() -> None:
            assert is_failed.wait(120)
            done.append(number)

        return call

    with pytest.raises(EncodingFailed, match="it is broken"):
        at_once(most, [fail, *(follow(number) for number in range(200))])
    assert len(done) < 200


def test_frames_of_several_encodings_add_up_and_never_fall() -> None:
    told = list[int]()
    tally = Tally(told.append)
    one, two = tally.place(), tally.place()
    one(3)
    two(4)
    one(2)
    one(9)
    assert told == [3, 7, 7, 13]


@pytest.mark.parametrize(
    ("before", "after", "frames"),
    [
        # The junction, and the core of the second clip, which begins later now.
        (CUT, CROSSFADE, 6 + 24),
        (CROSSFADE, CUT, 30),
        (CROSSFADE, replace(CROSSFADE, overlap=10), 10 + 20),
        # The cores of both clips, which end earlier and begin later.
        (CUT, FADE, 37 + 6 + 27),
        # The same, though the second core began later already.
        (CROSSFADE, FADE, 37 + 6 + 27),
    ],
)
def test_a_changed_transition_costs_its_junction_and_the_cores_that_it_moves(
    before: Transition, after: Transition, frames: int, engine: FilmEngine
) -> None:
    footage = _footage(0, 90, 180)
    engine.prepare(_plan(engine, footage, replace(CROSSFADES, transitions=(before, CUT))))
    changed = _plan(engine, footage, replace(CROSSFADES, transitions=(after, CUT)))
    assert engine.prepare(changed).encoded_frames == frames


def test_a_changed_song_is_one_encoding_of_sound(
    engine: FilmEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    footage, songs = _footage(0, 90, 180), (media.song(4.0), media.song(5.0))
    engine.prepare(engine.plan(CROSSFADES, footage, songs[0], PICTURE))
    seen = _counted(monkeypatch)
    changed = engine.plan(CROSSFADES, footage, songs[1], PICTURE)
    assert engine.prepare(changed).encoded_frames == 0
    assert [("aac" in args, "libx264" in args) for args in seen] == [(True, False)]
