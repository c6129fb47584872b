"""The folder of copies: what stays, what goes, and who waits for whom."""

import os
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clipbot.blobs.cache import KEPT_SECONDS, FileCache
from clipbot.errors import StorageFull
from tests import media

SIZE = 1_000


@dataclass
class Clock:
    """The time; it passes when it is told to."""

    seconds: float = field(default_factory=time.time)

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture(name="clock")
def fixture_clock() -> Clock:
    return Clock()


@pytest.fixture(name="cache")
def fixture_cache(tmp_path: Path, clock: Clock) -> FileCache:
    return FileCache(tmp_path / "cache", 3 * SIZE, clock)


def key(index: int) -> str:
    return f"video-clips/job/clip_{index}.mp4"


def keep(cache: FileCache, index: int, mark: str = "mark", size: int = SIZE) -> Path:
    with cache.arriving(key(index), mark, size) as part:
        part.write_bytes(bytes([index]) * size)
    path = cache.get(key(index), mark)
    assert path is not None
    return path


def kept(cache: FileCache, count: int) -> list[int]:
    return [index for index in range(count) if cache.place(key(index), "mark").exists()]


def test_a_copy_is_found_by_its_key_and_its_content(cache: FileCache) -> None:
    path = keep(cache, 1)

    assert path.suffix == ".mp4"
    assert cache.get(key(1), "mark") == path
    assert cache.get(key(1), "another") is None
    assert cache.get(key(2), "mark") is None
    assert cache.bytes == SIZE


def test_what_was_not_used_for_longest_goes_first(cache: FileCache, clock: Clock) -> None:
    for index in range(3):
        keep(cache, index)
        clock.seconds += 10
    clock.seconds += KEPT_SECONDS
    cache.get(key(0), "mark")
    clock.seconds += KEPT_SECONDS + 1

    keep(cache, 3)

    assert kept(cache, 4) == [0, 2, 3]


def test_what_was_used_within_the_hour_stays_above_the_limit(
    cache: FileCache, clock: Clock
) -> None:
    for index in range(5):
        keep(cache, index)
        clock.seconds += 1
    assert kept(cache, 5) == [0, 1, 2, 3, 4]

    clock.seconds += KEPT_SECONDS + 1
    keep(cache, 5)
    assert kept(cache, 6) == [3, 4, 5]


def test_reading_is_not_use_but_asking_is(cache: FileCache, clock: Clock) -> None:
    """Access times of a disk are rough, and off on many; the cache sets them itself."""
    path = keep(cache, 0)
    clock.seconds += 5_000
    cache.get(key(0), "mark")

    status = path.stat()
    assert abs(status.st_atime - clock.seconds) < 1
    assert status.st_mtime < clock.seconds - 4_000


def test_a_file_that_is_open_stays_readable(cache: FileCache, clock: Clock) -> None:
    with keep(cache, 0).open("rb") as reading:
        clock.seconds += KEPT_SECONDS + 1
        cache.shrink(3 * SIZE)

        assert kept(cache, 1) == []
        assert reading.read() == bytes([0]) * SIZE


def test_only_as_much_goes_as_must(cache: FileCache, clock: Clock) -> None:
    for index in range(3):
        keep(cache, index)
        clock.seconds += 1
    clock.seconds += KEPT_SECONDS + 1

    assert cache.shrink(SIZE) == SIZE
    assert kept(cache, 3) == [1, 2]
    assert cache.shrink() == 0


def test_the_newest_content_serves_while_nobody_can_say_which_is_right(cache: FileCache) -> None:
    assert cache.newest(key(1)) is None
    for age, mark in ((100, "old"), (50, "new"), (200, "oldest")):
        path = keep(cache, 1, mark)
        os.utime(path, (time.time(), time.time() - age))
    keep(cache, 11)

    assert cache.newest(key(1)) == cache.place(key(1), "new")
    assert cache.newest("video-clips/job/_1.mp4") is None


def test_a_key_is_dropped_with_all_its_contents(cache: FileCache) -> None:
    for mark in ("a", "b"):
        keep(cache, 1, mark)
    keep(cache, 2)
    cache.drop(key(1))
    cache.drop("video-clips/nowhere/clip.mp4")

    assert cache.newest(key(1)) is None
    assert kept(cache, 3) == [2]


def test_what_killed_processes_left_is_removed_another_day(cache: FileCache, clock: Clock) -> None:
    keep(cache, 0)
    folder = cache.place(key(0), "mark").parent
    old, young = folder / ".a.part", folder / ".b.part"
    for part in (old, young):
        part.write_bytes(b"half")
    os.utime(old, (clock.seconds, clock.seconds - 90_000))

    cache.shrink()

    assert not old.exists()
    assert young.exists()


def test_a_full_disk_leaves_nothing_behind(cache: FileCache) -> None:
    with media.largest_file(SIZE // 2), pytest.raises(StorageFull):
        keep(cache, 0)

    assert [path for path in cache.root.rglob("*clip*") if path.is_file()] == []


def test_one_at_a_time_has_a_key(cache: FileCache) -> None:
    inside, most = [], []
    together = threading.Barrier(6)

    def claim() -> None:
        together.wait()
        with cache.claimed(key(0)):
            inside.append(1)
            most.append(len(inside))
            for _ in range(100):
                os.sched_yield()
            inside.pop()

    threads = [threading.Thread(target=claim) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert most == [1] * 6


def test_other_keys_need_not_wait(cache: FileCache) -> None:
    done = threading.Event()

    def claim() -> None:
        with cache.claimed(key(1)):
            done.set()

    with cache.claimed(key(0)):
        thread = threading.Thread(target=claim)
        thread.start()
        assert done.wait(120)
    thread.join()


@given(
    sizes=st.lists(st.integers(1, 2_000), min_size=1, max_size=8),
    steps=st.lists(st.tuples(st.integers(0, 7), st.integers(0, 5_000)), max_size=12),
)
def test_the_limit_holds_for_all_that_is_old(
    tmp_path_factory: pytest.TempPathFactory, sizes: list[int], steps: list[tuple[int, int]]
) -> None:
    clock = Clock()
    cache = FileCache(tmp_path_factory.mktemp("cache"), 3_000, clock)
    used: dict[int, float] = {}
    for index, seconds in steps:
        clock.seconds += seconds
        size = sizes[index % len(sizes)]
        is_new = cache.get(key(index), "mark") is None
        if is_new:
            keep(cache, index, size=size)
        used[index] = clock.seconds

        there = set(kept(cache, 8))
        ages = {each: clock.seconds - when for each, when in used.items()}
        assert {each for each, age in ages.items() if age < KEPT_SECONDS - 1} <= there
        if is_new and any(ages[each] > KEPT_SECONDS + 1 for each in there):
            assert cache.bytes <= 3_000
