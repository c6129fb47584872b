"""How a short clip fills its slot: to the frame, without a jump, and without drift."""

from fractions import Fraction
from itertools import accumulate, cycle, islice, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clipbot.domain.filling import MAX_SLOWDOWN, Filling, Fit, fit, material, runs, shown
from clipbot.domain.timeline import Slot, Timeline, Transition, TransitionKind, frames_at

FILLINGS = st.sampled_from(Filling)
AGAIN = st.sampled_from([Filling.PING_PONG, Filling.LOOP])
RATES = st.sampled_from([Fraction(24), Fraction(25), Fraction(30)])
FRAMES = st.integers(1, 400)


def _frames(filling: Filling, length: int, start: int, stop: int) -> list[int]:
    """Return the frames of the footage that are shown, one by one."""
    found: list[int] = []
    for run in runs(filling, length, start, stop):
        span = range(run.start, run.stop)
        found.extend(reversed(span) if run.is_backwards else span)
    return found


def _told(filling: Filling, length: int) -> list[int]:
    """Return one round of what is shown, the plain way."""
    there = list(range(length))
    return there + (there[-2:0:-1] if filling is Filling.PING_PONG else [])


@given(AGAIN, st.integers(1, 90), st.integers(0, 400), st.integers(1, 200))
def test_what_is_shown_again_is_shown_in_order(
    filling: Filling, length: int, start: int, frames: int
) -> None:
    expected = islice(cycle(_told(filling, length)), start, start + frames)

    assert _frames(filling, length, start, start + frames) == list(expected)


@given(AGAIN, st.integers(1, 300), st.integers(0, 600), st.integers(1, 400))
def test_no_run_leaves_the_footage_and_no_run_back_is_long(
    filling: Filling, length: int, start: int, frames: int
) -> None:
    for run in runs(filling, length, start, start + frames):
        assert run.frames > 0
        assert start + frames <= length or 0 <= run.start < run.stop <= length
        assert not run.is_backwards or run.frames <= 48


@given(AGAIN, st.integers(2, 60), st.integers(0, 200))
def test_a_ping_pong_never_jumps(filling: Filling, length: int, frame: int) -> None:
    step = abs(shown(filling, length, frame + 1) - shown(filling, length, frame))

    assert step == 1 or (filling is Filling.LOOP and step == length - 1)


def test_a_freeze_goes_straight_on_for_whoever_holds_the_last_frame() -> None:
    assert [*runs(Filling.FREEZE, 10, 4, 30)] == [*runs(Filling.LOOP, 30, 4, 30)]


@given(FRAMES, FRAMES, FILLINGS)
def test_footage_and_what_follows_it_fill_the_slot(
    available: int, needed: int, filling: Filling
) -> None:
    found = fit(available, needed, filling)
    length = material(available, found.slowdown)

    assert 1 <= found.slowdown <= MAX_SLOWDOWN
    assert min(length, needed) + found.frozen + found.repeated == needed
    assert found.is_short == (length < needed)
    assert not (found.frozen and found.repeated)
    if found.is_short and available > 1:
        assert bool(found.frozen) == (filling is Filling.FREEZE)


def test_a_single_frame_is_frozen_whatever_was_chosen() -> None:
    assert fit(1, 48, Filling.LOOP) == Fit(MAX_SLOWDOWN, frozen=47)


@settings(deadline=None, max_examples=200)
@given(
    st.lists(st.integers(400_000, 12_000_000), min_size=1, max_size=120),
    st.integers(0, 5_000_000),
    RATES,
    st.data(),
)
def test_nothing_drifts_whatever_fills_the_slots_and_however_they_meet(
    lengths: list[int], start: int, rate: Fraction, data: st.DataObject
) -> None:
    seconds = [Fraction(micros, 10**6) for micros in accumulate(lengths, initial=start)]
    bounds = frames_at(seconds, rate)
    kinds = st.builds(Transition, st.sampled_from(TransitionKind), st.integers(0, 90))
    between = len(lengths) - 1
    meeting = tuple(data.draw(st.lists(kinds, min_size=between, max_size=between)))
    some = data.draw(st.lists(FILLINGS, min_size=len(lengths), max_size=len(lengths)))
    slots = tuple(
        Slot(index, *span, filling)
        for index, (span, filling) in enumerate(zip(pairwise(bounds), some, strict=True))
    )

    timeline = Timeline(slots, rate, meeting)

    worst = max(abs(b - s * rate) for b, s in zip(bounds, seconds, strict=True))
    assert worst <= Fraction(1, 2)
    assert sum(slot.frames for slot in slots) == bounds[-1] - bounds[0] == timeline.frames
    pieces = timeline.pieces()
    assert sum(piece.frames for piece in pieces) == timeline.frames
    assert all(left.stop == right.start for left, right in pairwise(pieces))
    for index, frames in timeline.overlaps().items():
        assert 0 < frames <= max(1, meeting[index].overlap)


@pytest.mark.parametrize("filling", list(Filling))
def test_a_filling_has_one_word(filling: Filling) -> None:
    assert Filling(filling.value) is filling
