"""Copies that several processes share, some of which are killed."""

import multiprocessing
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.context import SpawnProcess
from pathlib import Path

import pytest

from clipbot.blobs.cache import FileCache
from clipbot.blobs.supabase import SupabaseBlobs
from tests.contract.storage_reader import read
from tests.contract.storage_server import Double, Fault, storage

KEY = "video-clips/job/clip_0.mp4"
FOOTAGE = bytes(range(256)) * 2_000
PATIENCE_SECONDS = 60.0


@pytest.fixture(name="double")
def fixture_double(tmp_path: Path) -> Iterator[Double]:
    with storage(tmp_path / "storage") as double:
        double.store(KEY, FOOTAGE)
        yield double


@contextmanager
def reader(double: Double, folder: Path, name: str) -> Iterator[SpawnProcess]:
    """Run the little program; it is ended with the block."""
    args = (double.address, double.key, folder / "cache", KEY, folder / name)
    process = multiprocessing.get_context("spawn").Process(target=read, args=args)
    process.start()
    try:
        yield process
    finally:
        process.kill()
        process.join()


def until(is_so: Callable[[], object]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        assert time.monotonic() < deadline, "it never came to that"
        time.sleep(0.01)


def parts(folder: Path) -> list[Path]:
    return list((folder / "cache").rglob("*.part"))


def test_a_process_killed_halfway_leaves_no_half_file_and_blocks_nobody(
    double: Double, tmp_path: Path
) -> None:
    held = threading.Event()
    double.fail("file", Fault(held=held))
    with reader(double, tmp_path, "killed") as process:
        until(lambda: any(part.stat().st_size for part in parts(tmp_path)))
        process.kill()
        process.join()
    held.set()

    assert [path.suffix for path in (tmp_path / "cache").rglob("*clip_0*")] == [".part"]
    store = SupabaseBlobs.at(double.address, double.key, FileCache(tmp_path / "cache", 10**9))
    path = store.path(KEY)
    store.close()
    assert path.read_bytes() == FOOTAGE


def test_several_processes_that_want_one_file_fetch_it_once(double: Double, tmp_path: Path) -> None:
    held = threading.Event()
    double.fail("file", Fault(held=held))
    with reader(double, tmp_path, "first") as first, reader(double, tmp_path, "second") as second:
        until(lambda: double.count("file"))
        until(lambda: double.count("info") == 2)
        held.set()
        first.join(PATIENCE_SECONDS)
        second.join(PATIENCE_SECONDS)

    told = {(tmp_path / name).read_text(encoding="utf-8") for name in ("first", "second")}
    assert len(told) == 1
    assert Path(told.pop()).read_bytes() == FOOTAGE
    assert double.count("file") == 1
