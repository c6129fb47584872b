"""Versions, the edit log, and who is asking."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
from clipbot.errors import NothingToRedo, NothingToUndo

LOG = tuple(
    Entry(position, EntryKind.EDIT, f"edit {position}", (Change(0, position, position + 1),))
    for position in (1, 2, 3)
)


def test_the_cursor_stands_between_what_is_undone_and_what_is_redone() -> None:
    cursor = Cursor(LOG, 2)
    assert cursor.to_undo() == LOG[1]
    assert cursor.to_redo() == LOG[2]


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
