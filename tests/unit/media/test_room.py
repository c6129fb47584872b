"""What goes when there is no room, and what stays."""

import os
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from clipbot.media.room import KEPT_SECONDS, Room

NOW = 2_000_000_000.0
LONG_AGO = NOW - 100 * KEPT_SECONDS


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def room(tmp_path: Path, clock: Clock) -> Room:
    """Return a room with three pieces of ten bytes; `a` was not used for longest."""
    folder = tmp_path / "pieces"
    folder.mkdir()
    for age, name in enumerate("cba"):
        path = folder / name
        path.write_bytes(bytes(10))
        os.utime(path, (LONG_AGO - age, LONG_AGO))
    return Room(folder, clock)


def _nothing() -> Collection[str]:
    return ()


def _left(room: Room) -> str:
    return "".join(sorted(path.name for path in room.folder.iterdir()))


def test_what_was_not_used_for_longest_goes_first(room: Room) -> None:
    assert room.shrink(20, _nothing) == 10
    assert _left(room) == "bc"
    assert room.bytes == 20


def test_use_is_what_counts(room: Room, clock: Clock) -> None:
    room.mark(["a", "gone"])
    clock.now += 2 * KEPT_SECONDS
    room.shrink(10, _nothing)
    assert _left(room) == "a"


def test_use_does_not_make_a_file_another_one(room: Room) -> None:
    """Films that are open tell by size and time of change whether theirs are as they were."""
    before = (room.folder / "a").stat().st_mtime_ns
    room.mark(["a"])
    assert (room.folder / "a").stat().st_mtime_ns == before


def test_what_is_needed_stays_even_above_the_limit(room: Room) -> None:
    assert room.shrink(0, lambda: {"a", "b"}) == 10
    assert _left(room) == "ab"


def test_what_was_used_just_now_stays(room: Room, clock: Clock) -> None:
    room.mark(["a"])
    clock.now += KEPT_SECONDS - 1
    room.shrink(0, _nothing)
    assert _left(room) == "a"


def test_nobody_is_asked_while_there_is_room(room: Room) -> None:
    def ask() -> Collection[str]:
        raise AssertionError("nobody needed to be asked")

    assert room.shrink(30, ask) == 0
    assert _left(room) == "abc"


def test_what_comes_to_be_needed_meanwhile_stays(room: Room) -> None:
    """A film that is prepared while the others are looked up is not pulled to pieces."""

    def ask() -> Collection[str]:
        room.mark(["a"])
        return ()

    room.shrink(0, ask)
    assert _left(room) == "a"


def test_what_is_being_written_is_left_alone(room: Room) -> None:
    part = room.folder / ".d.123.part"
    part.write_bytes(bytes(100))
    os.utime(part, (LONG_AGO, LONG_AGO))
    room.shrink(0, _nothing)
    assert list(room.folder.iterdir()) == [part]


def test_several_may_shrink_at_once(room: Room) -> None:
    with ThreadPoolExecutor(8) as threads:
        removed = list(threads.map(lambda _: room.shrink(10, _nothing), range(8)))
    assert sum(removed) == 20
    assert _left(room) == "c"


def test_a_folder_that_is_not_there_yet_has_room(tmp_path: Path) -> None:
    room = Room(tmp_path / "later" / "pieces")
    room.mark(["a"])
    assert room.shrink(0, _nothing) == 0
