"""What people choose for slots: what it changes, what is refused, and how it is told."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clipbot.domain.filling import Filling
from clipbot.domain.slot_words import label, rows, seconds, wished
from clipbot.domain.slots import (
    Meeting,
    SlotChange,
    SlotChoice,
    SlotWish,
    from_json,
    to_json,
    wanted,
)
from clipbot.domain.timeline import CUT, Transition, TransitionKind
from clipbot.domain.versions import slots_redone, slots_undone
from clipbot.errors import ClipUnknown, SlotRefused

CROSSFADE, FADE = TransitionKind.CROSSFADE, TransitionKind.FADE
HALF = Meeting(CROSSFADE, Fraction(1, 2))
PLANNED = (Meeting(), HALF, Meeting())
"""How four clips were planned to meet."""

MEETINGS = st.just(Meeting()) | st.builds(
    Meeting,
    st.sampled_from([CROSSFADE, FADE]),
    st.integers(100, 10_000).map(lambda milliseconds: Fraction(milliseconds, 1000)),
)
CHOICES = st.builds(
    SlotChoice,
    st.none() | st.sampled_from([Filling.LOOP, Filling.PING_PONG]),
    st.none() | MEETINGS,
)
WISHES = st.builds(
    SlotWish,
    st.integers(1, 3),
    st.none() | st.sampled_from(Filling),
    st.none() | st.sampled_from([CROSSFADE, FADE]),
    st.none() | st.floats(0.1, 10),
)


def change(*wishes: SlotWish, chosen: dict[int, SlotChoice] | None = None) -> dict[int, SlotChoice]:
    return {each.clip_index: each.after for each in wanted(wishes, PLANNED, chosen or {})}


@given(CHOICES)
def test_a_choice_survives_its_json(choice: SlotChoice) -> None:
    assert from_json(to_json(choice)) == choice


@given(st.lists(WISHES, max_size=6), st.dictionaries(st.integers(0, 2), CHOICES))
def test_what_was_wished_is_not_changed_twice(
    wishes: list[SlotWish], chosen: dict[int, SlotChoice]
) -> None:
    changes = wanted(wishes, PLANNED, chosen)

    assert [each.clip_index for each in changes] == sorted({each.clip_index for each in changes})
    after = chosen | dict(slots_redone(changes))
    assert {
        k: v for k, v in (after | dict(slots_undone(changes))).items() if v != SlotChoice()
    } == {k: v for k, v in chosen.items() if v != SlotChoice()}
    if all(wish.seconds is None for wish in wishes):
        assert wanted(wishes, PLANNED, after) == ()


@pytest.mark.parametrize(
    ("wish", "expected"),
    [
        (SlotWish(1, None, CROSSFADE), Meeting(CROSSFADE, Fraction(1, 2))),
        (SlotWish(1, None, FADE), Meeting(FADE, Fraction(1))),
        (SlotWish(1, None, CROSSFADE, 1.5), Meeting(CROSSFADE, Fraction(3, 2))),
        (SlotWish(1, None, None, 2), Meeting(CROSSFADE, Fraction(2))),
        (SlotWish(2, None, None, 2), Meeting(CROSSFADE, Fraction(2))),
        (SlotWish(2, None, TransitionKind.CUT), Meeting()),
        (SlotWish(2, None, FADE), Meeting(FADE, Fraction(1))),
    ],
)
def test_a_wish_says_how_two_clips_meet(wish: SlotWish, expected: Meeting) -> None:
    assert change(wish) == {wish.clip - 1: SlotChoice(meeting=expected)}


def test_a_kind_alone_keeps_the_length_that_there_is() -> None:
    long = {0: SlotChoice(meeting=Meeting(CROSSFADE, Fraction(3)))}

    assert change(SlotWish(1, Filling.LOOP, CROSSFADE), chosen=long) == {
        0: SlotChoice(Filling.LOOP, Meeting(CROSSFADE, Fraction(3)))
    }


def test_what_is_as_it_was_planned_is_no_choice() -> None:
    cut = {1: SlotChoice(meeting=Meeting())}

    assert change(SlotWish(2, None, CROSSFADE)) == {}
    assert change(SlotWish(1, None, TransitionKind.CUT)) == {}
    assert change(SlotWish(2, Filling.FREEZE)) == {}
    assert change(SlotWish(2, None, CROSSFADE), chosen=cut) == {1: SlotChoice()}


def test_the_last_wish_goes_before_the_first() -> None:
    wishes = SlotWish(3, Filling.LOOP), SlotWish(3, None, FADE), SlotWish(3, Filling.PING_PONG)

    assert change(*wishes) == {2: SlotChoice(Filling.PING_PONG, Meeting(FADE, Fraction(1)))}


@pytest.mark.parametrize("number", [0, 5])
def test_a_clip_that_does_not_exist_is_refused(number: int) -> None:
    with pytest.raises(ClipUnknown):
        change(SlotWish(number, Filling.LOOP))


@pytest.mark.parametrize(
    ("wish", "message"),
    [
        (SlotWish(4, None, CROSSFADE), "Clip 4 is the last one"),
        (SlotWish(4, None, None, 1), "Clip 4 is the last one"),
        (SlotWish(1, None, CROSSFADE, 0.05), "between 0.1 and 10 seconds"),
        (SlotWish(1, None, FADE, 11), "between 0.1 and 10 seconds"),
        (SlotWish(1, None, TransitionKind.CUT, 1), "A cut takes no time"),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(wish: SlotWish, message: str) -> None:
    with pytest.raises(SlotRefused, match=message):
        change(wish)


def test_the_last_clip_may_be_filled_in_another_way() -> None:
    assert change(SlotWish(4, Filling.LOOP)) == {3: SlotChoice(Filling.LOOP)}


def test_a_meeting_is_counted_in_whole_frames() -> None:
    assert Meeting().at(Fraction(24)) == CUT
    assert HALF.at(Fraction(25)) == Transition(CROSSFADE, 12)
    assert Meeting(FADE, Fraction(1, 3)).at(Fraction(24)) == Transition(FADE, 8)


def _changed(index: int, before: SlotChoice, after: SlotChoice) -> SlotChange:
    return SlotChange(index, before, after)


def test_changes_are_told_in_people_s_words() -> None:
    nothing = SlotChoice()
    both = SlotChoice(Filling.LOOP, Meeting(FADE, Fraction(3, 2)))

    assert label([_changed(0, nothing, SlotChoice(meeting=HALF))], PLANNED) == (
        "a crossfade of 0.5 s between clips 1 and 2"
    )
    assert label([_changed(3, nothing, SlotChoice(Filling.LOOP))], PLANNED) == (
        "clip 4 plays again from its start"
    )
    assert label([_changed(1, nothing, both)], PLANNED) == (
        "clip 2 plays again from its start and a fade through black of 1.5 s between clips 2 and 3"
    )
    assert rows([_changed(1, nothing, both)], PLANNED) == [
        (1, "holds its last frame", "plays again from its start"),
        (
            1,
            "meets clip 3 in a crossfade of 0.5 s",
            "meets clip 3 in a fade through black of 1.5 s",
        ),
    ]
    assert rows([_changed(1, nothing, SlotChoice(meeting=Meeting()))], PLANNED) == [
        (1, "meets clip 3 in a crossfade of 0.5 s", "meets clip 3 in a cut")
    ]
    assert len(rows([_changed(1, nothing, SlotChoice(Filling.LOOP))], PLANNED)) == 1
    assert rows([_changed(3, both, nothing)], PLANNED)[0][2] == "holds its last frame"


def test_a_wish_is_told_in_people_s_words() -> None:
    assert wished(SlotWish(3, Filling.LOOP)) == "plays again from its start"
    assert wished(SlotWish(3, None, CROSSFADE, 1)) == "meets clip 4 in a crossfade of 1 s"
    assert wished(SlotWish(3, None, None, 0.5)) == "meets clip 4 in a transition of 0.5 s"
    assert wished(SlotWish(3, None, TransitionKind.CUT)) == "meets clip 4 in a cut"
    assert wished(SlotWish(3, Filling.FREEZE, FADE)) == (
        "holds its last frame and meets clip 4 in a fade through black"
    )


def test_many_changes_are_counted() -> None:
    planned = (Meeting(),) * 5
    crossfades = [_changed(i, SlotChoice(), SlotChoice(meeting=HALF)) for i in range(5)]
    loops = [_changed(i, SlotChoice(), SlotChoice(Filling.LOOP)) for i in range(4)]

    assert label(crossfades, planned) == "crossfades in 5 places"
    assert label(loops, planned) == "4 changes of how clips meet and fill their slots"


def test_a_length_has_no_needless_digits() -> None:
    assert [seconds(value) for value in (1.0, 0.5, 0.25, 10.0)] == [
        "1 s",
        "0.5 s",
        "0.25 s",
        "10 s",
    ]
