"""Versions, the edit log, and who is asking."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clipbot.domain.filling import Filling
from clipbot.domain.slots import NOTHING, SlotChange, SlotChoice
from clipbot.domain.user import LOCAL_USER, User
from clipbot.domain.versions import (
    ORIGINAL,
    Change,
    Cursor,
    Entry,
    EntryKind,
    current_number,
    redone,
    undone,
)
from clipbot.errors import EntryNotFound, NothingToRedo, NothingToUndo

LOG = tuple(
    Entry(position, EntryKind.EDIT, f"edit {position}", (Change(0, position, position + 1),))
    for position in (1, 2, 3)
)


def test_the_cursor_stands_between_what_is_undone_and_what_is_redone() -> None:
    cursor = Cursor(LOG, 2)
    assert cursor.to_undo() == LOG[1]
    assert cursor.to_redo() == LOG[2]


def test_a_way_passes_all_that_lies_between() -> None:
    back, on = Cursor(LOG, 3).way(1), Cursor(LOG, 0).way(2)

    assert (back.is_back, back.entries, back.versions) == (True, LOG[1:], {0: 2})
    assert (on.is_back, on.entries, on.versions) == (False, LOG[:2], {0: 3})
    assert Cursor(LOG, 2).way(2).entries == ()


def test_a_way_changes_slots_too() -> None:
    loop = SlotChoice(Filling.LOOP)
    log = (Entry(1, EntryKind.EDIT, "a loop", (), (SlotChange(1, NOTHING, loop),)),)

    assert Cursor(log, 0).way(1).slots == {1: loop}
    assert Cursor(log, 1).way(0).slots == {1: NOTHING}


@pytest.mark.parametrize(
    ("start", "stop", "sentence"),
    [
        (3, 2, "Undone: edit 3."),
        (2, 3, "Redone: edit 3."),
        (3, 1, "Went back to “edit 1”, 2 changes undone."),
        (3, 0, "Went back to the film as it came, 3 changes undone."),
        (0, 3, "Went on to “edit 3”, 3 changes redone."),
    ],
)
def test_a_way_is_told_in_one_sentence(start: int, stop: int, sentence: str) -> None:
    assert Cursor(LOG, start).way(stop).sentence == sentence


@pytest.mark.parametrize("wanted", [-1, 4])
def test_a_position_that_is_not_there_is_none(wanted: int) -> None:
    with pytest.raises(EntryNotFound):
        Cursor(LOG, 2).way(wanted)


def test_an_entry_knows_which_clips_it_changed() -> None:
    slot = SlotChange(1, NOTHING, NOTHING)
    entry = Entry(1, EntryKind.EDIT, "two", (Change(4, 1, 2), Change(0, 1, 2)), (slot,))
    assert entry.clips == (0, 1, 4)


def test_there_is_nothing_before_the_first_entry() -> None:
    with pytest.raises(NothingToUndo):
        Cursor(LOG, 0).to_undo()
    assert Cursor(LOG, 0).to_redo() == LOG[0]


def test_there_is_nothing_behind_the_last_entry() -> None:
    with pytest.raises(NothingToRedo):
        Cursor(LOG, 3).to_redo()
    assert Cursor(LOG, 3).to_undo() == LOG[2]


@pytest.mark.parametrize("way", [Cursor.to_undo, Cursor.to_redo])
def test_an_empty_log_has_neither(way: object) -> None:
    assert callable(way)
    with pytest.raises((NothingToUndo, NothingToRedo)):
        way(Cursor((), 0))


@given(st.lists(st.integers(2, 9), min_size=1, max_size=6), st.integers(0, 3))
def test_undo_leads_back_to_where_the_changes_began(numbers: list[int], clip: int) -> None:
    steps = [ORIGINAL, *numbers]
    changes = [Change(clip, *pair) for pair in zip(steps, numbers, strict=False)]
    assert undone(changes) == {clip: ORIGINAL}
    assert redone(changes) == {clip: numbers[-1]}


def test_several_clips_change_together() -> None:
    changes = (Change(0, 1, 2), Change(3, 4, 5))
    assert undone(changes) == {0: 1, 3: 4}
    assert redone(changes) == {0: 2, 3: 5}


def test_the_pipeline_plays_the_highest_flagged_version() -> None:
    assert current_number([]) == ORIGINAL
    assert current_number([2, 5, 3]) == 5


def test_the_local_user_may_do_everything() -> None:
    assert LOCAL_USER.is_admin
    assert not User(LOCAL_USER.id).is_admin
