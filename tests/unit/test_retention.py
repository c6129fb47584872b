"""Which footage stays, which is archived, which goes."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clipbot.domain.retention import (
    Choice,
    FootageState,
    Held,
    RetentionRules,
    foreseen,
    last_moved,
    newest,
    too_much,
    too_old,
)
from clipbot.domain.versions import Change, Entry, EntryKind

NOW = datetime(2026, 3, 4, tzinfo=UTC)
JOB = UUID(int=1)
KEPT, ARCHIVED, DELETED = FootageState
RULES = RetentionRules(newest=1)


def held(number: int, days: float = 0, **given: object) -> Held:
    values = {
        "job_id": JOB,
        "clip_index": 0,
        "number": number,
        "state": KEPT,
        "size_bytes": 100,
        "since": NOW - timedelta(days=days),
        "is_needed": False,
    }
    return Held(**{**values, **given})  # type: ignore[arg-type]


def carried_out(some: list[Held], choice: Choice) -> list[tuple[int, FootageState]]:
    """Return what goes, one after the other, and see that nothing goes on for ever."""
    done = []
    while removal := choice(some):
        assert not removal.held.is_needed
        done.append((removal.held.number, removal.to))
        after = replace(foreseen(removal), size_bytes=30 if removal.to is ARCHIVED else 0)
        some = [after if each.place == after.place else each for each in some]
        assert len(done) <= 2 * len(some)
    return done


def by_age(some: list[Held], rules: RetentionRules = RULES) -> list[tuple[int, FootageState]]:
    return carried_out(some, lambda left: too_old(left, rules, NOW))


def by_room(some: list[Held], most: int | None, rules: RetentionRules = RULES) -> list[object]:
    return [*carried_out(some, lambda left: too_much(left, most, rules, "the room"))]


def test_what_is_old_is_archived_and_what_is_very_old_deleted() -> None:
    some = [held(2, 40), held(3, 8), held(4, 2), held(5, 50)]
    assert by_age(some) == [(2, DELETED), (3, ARCHIVED)]


def test_a_day_counts_once_it_is_whole() -> None:
    spared = held(9)
    assert by_age([held(2, 6.99), spared]) == []
    assert by_age([held(2, 7), spared]) == [(2, ARCHIVED)]
    assert by_age([held(2, 29.99, state=ARCHIVED), spared]) == []
    assert by_age([held(2, 30, state=ARCHIVED), spared]) == [(2, DELETED)]


def test_what_is_needed_stays_however_old() -> None:
    assert by_age([held(2, 400, is_needed=True), held(3, 400, is_needed=True)]) == []


def test_what_is_needed_does_not_count_among_the_newest() -> None:
    some = [held(2, 40), held(3, 40), held(4, 40, is_needed=True)]
    assert newest(some, 1) == {(JOB, 0, 3)}
    assert by_age(some) == [(2, DELETED)]


def test_what_has_no_footage_does_not_count_either() -> None:
    some = [held(2, 40), held(3, 40, state=DELETED)]
    assert by_age(some) == []
    assert by_age(some, RetentionRules(newest=0)) == [(2, DELETED)]


def test_each_clip_keeps_its_own_newest() -> None:
    some = [held(2, 40), held(2, 40, clip_index=1), held(2, 40, job_id=UUID(int=2))]
    assert by_age(some) == []


def test_ages_can_be_switched_off() -> None:
    some = [held(2, 40), held(3)]
    assert by_age(some, RetentionRules(newest=1, delete_after=None)) == [(2, ARCHIVED)]
    assert by_age(some, RetentionRules(newest=1, archive_after=None)) == [(2, DELETED)]
    never = RetentionRules(newest=1, archive_after=None, delete_after=None)
    assert by_age(some, never) == []


def test_enough_room_removes_nothing() -> None:
    some = [held(2), held(3)]
    assert by_room(some, None) == by_room(some, 200) == []


def test_the_oldest_gives_way_first_and_the_newest_last() -> None:
    some = [held(4, 1), held(3, 2), held(2, 3), held(1, 9, is_needed=True)]
    assert by_room(some, 350) == [(2, ARCHIVED)]
    assert by_room(some, 260) == [(2, ARCHIVED), (3, ARCHIVED)]
    assert by_room(some, 0) == [
        (2, ARCHIVED),
        (3, ARCHIVED),
        (2, DELETED),
        (3, DELETED),
        (4, ARCHIVED),
        (4, DELETED),
    ]


def test_without_an_archive_room_is_made_by_deleting() -> None:
    rules = RetentionRules(newest=0, archive_after=None)
    assert by_room([held(2, 3), held(3, 2)], 100, rules) == [(2, DELETED)]


def test_what_is_foreseen_takes_less_room() -> None:
    removal = too_old([held(2, 8), held(3)], RULES, NOW)
    assert removal is not None
    assert removal.why == "8 days old"
    assert (foreseen(removal).state, foreseen(removal).size_bytes) == (ARCHIVED, 40)
    gone = foreseen(replace(removal, to=DELETED))
    assert (gone.state, gone.size_bytes) == (DELETED, 0)


def test_age_counts_from_when_a_version_last_came_or_left() -> None:
    days = [NOW - timedelta(days=day) for day in (9, 5, 4, 3, 2)]
    log = [
        Entry(1, EntryKind.EDIT, "in", (Change(0, 1, 2),), made_at=days[0]),
        Entry(2, EntryKind.EDIT, "out", (Change(1, 1, 2), Change(0, 2, 3)), made_at=days[1]),
        Entry(3, EntryKind.EDIT, "another clip", (Change(1, 2, 3),), made_at=days[2]),
        Entry(4, EntryKind.EDIT, "other versions", (Change(0, 3, 4),), made_at=days[3]),
        Entry(5, EntryKind.RESTORE, "nobody knows when", (Change(0, 4, 2),)),
    ]
    assert last_moved(days[0], 0, 2, log) == days[1]
    assert last_moved(days[4], 0, 2, log) == days[4]
    assert last_moved(days[0], 0, 9, log) == days[0]


@given(
    st.lists(
        st.tuples(
            st.integers(0, 2),
            st.integers(1, 9),
            st.sampled_from(FootageState),
            st.integers(0, 60),
            st.booleans(),
        ),
        unique_by=lambda each: each[:2],
        max_size=12,
    ),
    st.integers(0, 3),
    st.one_of(st.none(), st.integers(0, 900)),
)
def test_what_is_needed_is_never_touched_and_the_newest_only_for_room(
    facts: list[tuple[int, int, FootageState, int, bool]], count: int, most: int | None
) -> None:
    some = [
        held(number, days, clip_index=clip, state=state, is_needed=need)
        for clip, number, state, days, need in facts
    ]
    rules = RetentionRules(newest=count)
    spared = newest(some, count)
    old = {each.place for each in some if each.since <= NOW - timedelta(days=7)}
    left = some
    while removal := too_old(left, rules, NOW):
        assert removal.held.place in old - spared
        left = [foreseen(removal) if each is removal.held else each for each in left]
    while removal := too_much(left, most, rules, "the room"):
        assert not removal.held.is_needed
        left = [foreseen(removal) if each is removal.held else each for each in left]
    total = sum(each.size_bytes for each in left)
    free = [each for each in left if not each.is_needed and each.state is not DELETED]
    assert most is None or total <= most or not free


def test_there_are_three_states() -> None:
    with pytest.raises(ValueError, match="lost"):
        FootageState("lost")
