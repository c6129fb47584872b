"""Where clips sit in the film: the arithmetic that everything else relies on."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import accumulate, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clipbot.domain.filling import MAX_SLOWDOWN, Fit, fit
from clipbot.domain.timeline import (
    CUT,
    Piece,
    Slot,
    Timeline,
    Transition,
    TransitionKind,
    frames_at,
)
from clipbot.errors import ClipNotFound

RATES = [Fraction(24), Fraction(25), Fraction(30), Fraction(60), Fraction(30000, 1001)]
rates = st.sampled_from(RATES)
transitions = st.builds(Transition, st.sampled_from(TransitionKind), st.integers(0, 60))


@st.composite
def timelines(draw: st.DrawFn) -> Timeline:
    lengths = draw(st.lists(st.integers(1, 90), min_size=1, max_size=8))
    start = draw(st.integers(0, 500))
    bounds = list(accumulate(lengths, initial=start))
    between = len(lengths) - 1
    some = draw(st.lists(transitions, min_size=between, max_size=between))
    return Timeline(
        _slots(bounds),
        draw(rates),
        tuple(some) if draw(st.booleans()) else (),
        tail=draw(st.integers(0, 100)),
    )


def _slots(bounds: Sequence[int]) -> tuple[Slot, ...]:
    return tuple(Slot(index, *span) for index, span in enumerate(pairwise(bounds)))


def _spans(pieces: Sequence[Piece]) -> list[tuple[tuple[int, ...], int, int]]:
    return [(piece.clips, piece.start, piece.stop) for piece in pieces]


@settings(deadline=None)
@given(st.lists(st.integers(50_000, 20_000_000), min_size=1, max_size=60), rates)
def test_no_boundary_is_off_the_beat_by_more_than_half_a_frame(
    lengths_in_millionths: list[int], rate: Fraction
) -> None:
    seconds = [Fraction(micros, 10**6) for micros in accumulate(lengths_in_millionths)]

    frames = frames_at(seconds, rate)

    assert len(frames) == len(seconds)
    off = [abs(frame / rate - second) for frame, second in zip(frames, seconds, strict=True)]
    assert max(off) * rate <= Fraction(1, 2)
    assert all(left < right for left, right in pairwise(frames))


def test_halves_of_a_frame_go_up() -> None:
    assert frames_at([Fraction(1, 48), Fraction(3, 48)], Fraction(24)) == (1, 2)


def test_boundaries_on_one_frame_are_refused() -> None:
    with pytest.raises(ValueError, match="closer than one frame near frame 24"):
        frames_at([Fraction(1), Fraction(101, 100)], Fraction(24))


def test_a_rate_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="positive"):
        frames_at([Fraction(1)], Fraction(0))


@settings(deadline=None)
@given(timelines())
def test_pieces_tile_the_film_exactly(timeline: Timeline) -> None:
    pieces = timeline.pieces()

    assert pieces[0].start == 0
    assert pieces[-1].stop == timeline.frames
    assert all(left.stop == right.start for left, right in pairwise(pieces))
    assert all(piece.frames > 0 for piece in pieces)


@settings(deadline=None)
@given(timelines())
def test_every_frame_of_a_piece_belongs_to_one_of_its_clips(timeline: Timeline) -> None:
    for piece in timeline.pieces():
        slots = [timeline.slot(index) for index in piece.clips]
        start, stop = piece.start + timeline.start, piece.stop + timeline.start
        assert start >= slots[0].start
        assert stop <= slots[-1].stop + (timeline.tail if piece.is_tail else 0)
        assert piece.is_junction == (len(slots) > 1)
        if piece.is_junction:
            assert slots[1].index == slots[0].index + 1
            assert start <= slots[1].start <= stop
            assert piece.transition is not TransitionKind.CUT


@settings(deadline=None)
@given(timelines(), st.data())
def test_an_edit_reaches_a_neighbour_only_through_a_transition(
    timeline: Timeline, data: st.DataObject
) -> None:
    changed = data.draw(st.sampled_from(timeline.slots)).index

    touched = timeline.touched([changed])

    assert all(changed in piece.clips for piece in touched)
    others = [piece for piece in timeline.pieces() if piece not in touched]
    assert all(changed not in piece.clips for piece in others)
    assert sum(piece.is_junction for piece in touched) <= 2
    slot = timeline.slot(changed)
    for piece in touched:
        outside = (
            piece.start + timeline.start < slot.start or piece.stop + timeline.start > slot.stop
        )
        assert not outside or piece.is_junction or piece.is_tail


@settings(deadline=None)
@given(timelines(), st.data())
def test_changing_a_transition_moves_only_the_pieces_at_its_boundary(
    timeline: Timeline, data: st.DataObject
) -> None:
    slots = timeline.slots
    boundary = data.draw(st.integers(0, max(0, len(slots) - 2)))
    before = [CUT] * (len(slots) - 1)
    after = [data.draw(transitions) if at == boundary else CUT for at in range(len(slots) - 1)]
    plain = Timeline(slots, timeline.rate, tuple(before), timeline.tail).pieces()
    blended = Timeline(slots, timeline.rate, tuple(after), timeline.tail).pieces()

    near = {boundary, boundary + 1}
    assert [piece for piece in plain if near.isdisjoint(piece.clips)] == [
        piece for piece in blended if near.isdisjoint(piece.clips)
    ]


def test_cores_meet_at_a_cut() -> None:
    timeline = Timeline(_slots([10, 30, 60]), Fraction(24))
    assert _spans(timeline.pieces()) == [((0,), 0, 20), ((1,), 20, 50)]


def test_a_crossfade_begins_at_the_boundary() -> None:
    crossfade = Transition(TransitionKind.CROSSFADE, 6)
    timeline = Timeline(_slots([0, 20, 60]), Fraction(24), (crossfade,))
    assert _spans(timeline.pieces()) == [((0,), 0, 20), ((0, 1), 20, 26), ((1,), 26, 60)]


def test_a_fade_lies_around_the_boundary() -> None:
    fade = Transition(TransitionKind.FADE, 7)
    timeline = Timeline(_slots([0, 20, 60]), Fraction(24), (fade,))
    assert _spans(timeline.pieces()) == [((0,), 0, 17), ((0, 1), 17, 23), ((1,), 23, 60)]


def test_an_overlap_longer_than_its_slots_is_shortened() -> None:
    long = Transition(TransitionKind.FADE, 100)
    timeline = Timeline(_slots([0, 8, 12, 40]), Fraction(24), (long, long))
    assert _spans(timeline.pieces()) == [
        ((0,), 0, 6),
        ((0, 1), 6, 10),
        ((1, 2), 10, 14),
        ((2,), 14, 40),
    ]


def test_a_slot_of_one_frame_can_only_be_cut_to() -> None:
    crossfade = Transition(TransitionKind.CROSSFADE, 12)
    timeline = Timeline(_slots([0, 20, 21]), Fraction(24), (crossfade,))
    assert _spans(timeline.pieces()) == [((0,), 0, 20), ((1,), 20, 21)]


def test_the_tail_follows_the_last_slot() -> None:
    timeline = Timeline(_slots([5, 30]), Fraction(24), tail=12)
    *_, tail = timeline.pieces()
    assert (tail.clips, tail.start, tail.stop, tail.is_tail) == ((0,), 25, 37, True)
    assert timeline.frames == 37


def test_asking_for_a_clip_that_is_not_there_says_so() -> None:
    timeline = Timeline(_slots([0, 30]), Fraction(24))
    with pytest.raises(ClipNotFound, match="There is no clip 4; this video has 1"):
        timeline.slot(3)
    with pytest.raises(ClipNotFound):
        timeline.touched([0, 3])


@pytest.mark.parametrize(
    ("slots", "joins", "tail", "complaint"),
    [
        ((), (), 0, "needs a slot"),
        (_slots([0, 10, 20]), (CUT, CUT), 0, "one transition per boundary"),
        ((Slot(0, 0, 10), Slot(1, 11, 20)), (), 0, "do not touch"),
        ((Slot(0, 10, 10),), (), 0, "slot 0 is empty"),
        (_slots([0, 10]), (), -1, "tail"),
    ],
)
def test_a_timeline_that_cannot_be_is_refused(
    slots: tuple[Slot, ...], joins: tuple[Transition, ...], tail: int, complaint: str
) -> None:
    with pytest.raises(ValueError, match=complaint):
        Timeline(slots, Fraction(24), joins, tail)


@settings(deadline=None)
@given(st.integers(1, 2000), st.integers(1, 2000))
def test_footage_always_fills_its_slot(available: int, needed: int) -> None:
    filled = fit(available, needed)

    assert 1 <= filled.slowdown <= MAX_SLOWDOWN
    shown = int(available * filled.slowdown)
    assert shown + filled.frozen >= needed
    assert filled.frozen == max(0, needed - shown)


@settings(deadline=None)
@given(st.integers(1, 2000), st.integers(1, 2000))
def test_footage_is_frozen_only_when_slowing_it_is_not_enough(available: int, needed: int) -> None:
    filled = fit(available, needed)

    if available >= needed:
        assert filled == Fit()
    if filled.frozen:
        assert filled.slowdown == MAX_SLOWDOWN
