"""What each segment shows, and what its key depends on. Nothing is encoded here."""

from dataclasses import replace
from fractions import Fraction
from itertools import accumulate, pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clipbot.domain.timeline import Slot, Timeline, Transition, TransitionKind
from clipbot.errors import FootageMissing
from clipbot.media.format import Format
from clipbot.media.segments import Footage, Segment, segments_of

PICTURE = Format(320, 180, Fraction(24))
CROSSFADE = Transition(TransitionKind.CROSSFADE, 6)
FADE = Transition(TransitionKind.FADE, 8)
CUT = Transition()


def _footage(name: str, frames: int = 200, rate: int = 24) -> Footage:
    return Footage(Path(f"/footage/{name}.mp4"), name, frames, Fraction(rate))


def _timeline(bounds: list[int], *transitions: Transition, tail: int = 0) -> Timeline:
    slots = tuple(Slot(index, *span) for index, span in enumerate(pairwise(bounds)))
    return Timeline(slots, Fraction(24), transitions, tail)


def _shown(segment: Segment) -> list[tuple[str, int, int, int]]:
    return [(shot.footage.digest, shot.start, shot.stop, shot.held) for shot in segment.shots]


ABC = {index: _footage(name) for index, name in enumerate("abc")}


@st.composite
def films(draw: st.DrawFn) -> tuple[Timeline, dict[int, Footage]]:
    lengths = draw(st.lists(st.integers(1, 60), min_size=1, max_size=6))
    bounds = list(accumulate(lengths, initial=draw(st.integers(0, 50))))
    kinds = st.builds(Transition, st.sampled_from(TransitionKind), st.integers(0, 30))
    some = draw(st.lists(kinds, min_size=len(lengths) - 1, max_size=len(lengths) - 1))
    timeline = _timeline(bounds, *some, tail=draw(st.integers(0, 80)))
    present = draw(st.sets(st.integers(0, len(lengths) - 1), min_size=1))
    length = st.builds(_footage, st.just("x"), st.integers(1, 120), st.sampled_from([24, 25, 30]))
    return timeline, {index: replace(draw(length), digest=f"v{index}") for index in present}


@settings(deadline=None)
@given(films())
def test_segments_fill_the_film_exactly(film: tuple[Timeline, dict[int, Footage]]) -> None:
    timeline, footage = film

    segments = segments_of(timeline, footage, PICTURE)

    assert sum(segment.frames for segment in segments) == timeline.frames
    for segment in segments:
        frames = [shot.frames for shot in segment.shots]
        whole = sum(frames) if segment.transition is TransitionKind.FADE else max(frames)
        assert whole == segment.frames
        assert all(shot.start >= 0 and shot.stop > shot.start for shot in segment.shots)
        assert all(shot.held >= 0 for shot in segment.shots)
        assert segment.fade_frames <= segment.frames


@settings(deadline=None)
@given(films(), st.data())
def test_new_footage_of_a_clip_changes_only_what_it_touches(
    film: tuple[Timeline, dict[int, Footage]], data: st.DataObject
) -> None:
    timeline, footage = film
    footage = {slot.index: footage.get(slot.index, ABC[0]) for slot in timeline.slots}
    changed = data.draw(st.sampled_from(timeline.slots)).index
    after = footage | {changed: replace(footage[changed], digest="new")}

    before_keys, after_keys = (
        [segment.key for segment in segments_of(timeline, some, PICTURE)]
        for some in (footage, after)
    )

    different = {
        at
        for at, keys in enumerate(zip(before_keys, after_keys, strict=True))
        if len(set(keys)) > 1
    }
    pieces = timeline.pieces()
    assert {pieces[at] for at in different} == set(timeline.touched([changed]))


def test_a_key_holds_nothing_of_the_neighbours() -> None:
    timeline = _timeline([0, 40, 80, 120], CUT, CROSSFADE)
    other = _timeline([0, 30, 70, 110], CUT, CROSSFADE)
    new = ABC | {0: _footage("z", 10)}
    keys = [segment.key for segment in segments_of(timeline, ABC, PICTURE)]
    moved = [segment.key for segment in segments_of(other, new, PICTURE)]
    assert moved[1:] == keys[1:]
    assert moved[0] != keys[0]


def test_where_a_file_lies_is_not_in_its_key() -> None:
    timeline = _timeline([0, 40])
    here, there = (
        segments_of(timeline, {0: replace(ABC[0], path=Path(folder) / "a.mp4")}, PICTURE)
        for folder in ("/here", "/there")
    )
    assert here[0].key == there[0].key


def test_the_format_is_in_every_key() -> None:
    timeline = _timeline([0, 40, 80], CROSSFADE)
    one = {segment.key for segment in segments_of(timeline, ABC, PICTURE)}
    two = {segment.key for segment in segments_of(timeline, ABC, replace(PICTURE, threads=1))}
    assert not one & two


def test_a_crossfade_shows_what_follows_the_outgoing_slot() -> None:
    segments = segments_of(_timeline([0, 40, 80], CROSSFADE), ABC, PICTURE)
    assert [_shown(segment) for segment in segments] == [
        [("a", 0, 40, 0)],
        [("a", 40, 46, 0), ("b", 0, 6, 0)],
        [("b", 6, 40, 0)],
    ]


def test_a_fade_shows_the_end_of_one_and_the_beginning_of_the_other() -> None:
    segments = segments_of(_timeline([10, 50, 90], FADE), ABC, PICTURE)
    assert [_shown(segment) for segment in segments] == [
        [("a", 0, 36, 0)],
        [("a", 36, 40, 0), ("b", 0, 4, 0)],
        [("b", 4, 40, 0)],
    ]


def test_a_missing_clip_holds_the_last_frame_before_it() -> None:
    timeline = _timeline([0, 40, 80, 120], CUT, CUT)
    segments = segments_of(timeline, {0: ABC[0]}, PICTURE)
    assert [_shown(segment) for segment in segments] == [
        [("a", 0, 40, 0)],
        [("a", 39, 40, 39)],
        [("a", 39, 40, 39)],
    ]


def test_a_missing_first_clip_holds_the_first_frame_after_it() -> None:
    timeline = _timeline([0, 40, 80, 120], CUT, CROSSFADE)
    segments = segments_of(timeline, {1: ABC[1], 2: ABC[2]}, PICTURE)
    assert _shown(segments[0]) == [("b", 0, 1, 39)]
    assert _shown(segments[1]) == [("b", 0, 40, 0)]


def test_a_missing_clip_takes_part_in_a_transition_as_a_still() -> None:
    segments = segments_of(_timeline([0, 40, 80], CROSSFADE), {0: ABC[0]}, PICTURE)
    assert _shown(segments[1]) == [("a", 40, 46, 0), ("a", 39, 40, 5)]


def test_a_film_without_footage_is_refused() -> None:
    with pytest.raises(FootageMissing, match="Clip 1"):
        segments_of(_timeline([0, 40, 80], CUT), {}, PICTURE)


def test_the_tail_holds_the_last_frame_and_fades_at_its_end() -> None:
    *_, short = segments_of(_timeline([0, 40], tail=20), ABC, PICTURE)
    assert (_shown(short), short.fade_frames) == ([("a", 39, 40, 19)], 20)
    *_, long = segments_of(_timeline([0, 40], tail=100), ABC, PICTURE)
    assert (long.frames, long.fade_frames) == (100, 48)


def test_the_tail_of_a_missing_last_clip_holds_the_same_picture() -> None:
    *_, tail = segments_of(_timeline([0, 40, 80], CUT, tail=10), {0: ABC[0]}, PICTURE)
    assert _shown(tail) == [("a", 39, 40, 9)]


@pytest.mark.parametrize(
    ("frames", "rate", "slowdown"),
    [
        (40, 24, Fraction(1)),
        (50, 25, Fraction(1)),
        (38, 24, Fraction(40, 38)),
        (20, 24, Fraction(115, 100)),
        (50, 30, Fraction(1)),
        (1, 60, Fraction(115, 100)),
    ],
)
def test_short_footage_is_slowed(frames: int, rate: int, slowdown: Fraction) -> None:
    footage = {0: _footage("a", frames, rate)}
    (segment,) = segments_of(_timeline([0, 40]), footage, PICTURE)
    assert segment.shots[0].slowdown == slowdown


def test_the_slowdown_goes_on_in_the_transition() -> None:
    footage = {0: _footage("a", 36), 1: _footage("b")}
    segments = segments_of(_timeline([0, 40, 80], CROSSFADE), footage, PICTURE)
    assert segments[0].shots[0].slowdown == segments[1].shots[0].slowdown == Fraction(40, 36)
