"""A film that is read without having been written."""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clipbot.errors import BlobNotFound, StorageFull
from clipbot.media.film import CHUNK_BYTES, VirtualFilm
from clipbot.media.splice import Extent
from tests import media

SIZES = (700_000, 10, 300, 1, 50_000, 9000, 77, 5000, 123, 4567, 89)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("segments")
    for number, size in enumerate(SIZES):
        (folder / str(number)).write_bytes(bytes((number + at) % 251 for at in range(size)))
    return folder


def _film(folder: Path) -> VirtualFilm:
    extents = [Extent(9, content=b"the index")]
    extents += [Extent(size, folder / str(number)) for number, size in enumerate(SIZES)]
    extents += [Extent(100, folder / "0", 350), Extent(4, content=b"tail")]
    return VirtualFilm(extents, "print")


def _whole(folder: Path) -> bytes:
    files = [(folder / str(number)).read_bytes() for number in range(len(SIZES))]
    return b"".join([b"the index", *files, files[0][350:450], b"tail"])


def test_what_is_read_is_what_is_written(folder: Path, tmp_path: Path) -> None:
    film = _film(folder)
    film.write(tmp_path / "film.mp4")
    assert (tmp_path / "film.mp4").read_bytes() == b"".join(film.read()) == _whole(folder)
    assert (tmp_path / "film.mp4").stat().st_size == film.size


@settings(deadline=None)
@given(st.integers(-10, 800_000), st.none() | st.integers(-10, 800_000))
def test_any_range_is_that_part_of_the_film(folder: Path, start: int, stop: int | None) -> None:
    expected = _whole(folder)[max(0, start) : stop if stop is None else max(0, stop)]
    assert b"".join(_film(folder).read(start, stop)) == expected


def test_chunks_are_small_enough_to_be_sent_at_once(folder: Path) -> None:
    chunks = list(_film(folder).read())
    assert max(len(chunk) for chunk in chunks) == CHUNK_BYTES
    assert all(chunks)


def test_readers_do_not_disturb_each_other(folder: Path) -> None:
    film, whole = _film(folder), _whole(folder)

    def read(start: int) -> bool:
        return b"".join(film.read(start, start + 100_000)) == whole[start : start + 100_000]

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(read, range(0, 700_000, 7_000)))


def test_a_reader_that_stops_early_leaves_no_file_open(folder: Path) -> None:
    before = _open_files()
    reader = _film(folder).read(0, CHUNK_BYTES * 2)
    next(reader)
    next(reader)
    assert len(_open_files()) > len(before)
    del reader
    assert _open_files() == before


def _open_files() -> Sequence[str]:
    return sorted(path.name for path in Path("/proc/self/fd").iterdir() if path.exists())


def test_a_file_system_that_cannot_copy_is_copied_by_hand(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> int:
        raise OSError(18, "invalid cross-device link")

    monkeypatch.setattr(os, "copy_file_range", refused)
    _film(folder).write(tmp_path / "film.mp4")
    assert (tmp_path / "film.mp4").read_bytes() == _whole(folder)


def test_a_broken_disk_is_not_copied_around(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> int:
        raise OSError(5, "input/output error")

    monkeypatch.setattr(os, "copy_file_range", broken)
    with pytest.raises(OSError, match="input/output"):
        _film(folder).write(tmp_path / "film.mp4")
    assert not list(tmp_path.iterdir())


def test_a_removed_segment_is_said_so(folder: Path, tmp_path: Path) -> None:
    gone = VirtualFilm([Extent(9, content=b"the index"), Extent(5, folder / "gone")], "print")
    with pytest.raises(BlobNotFound):
        list(gone.read())
    with pytest.raises(BlobNotFound):
        gone.write(tmp_path / "film.mp4")
    assert not list(tmp_path.iterdir())


def test_a_shortened_segment_is_said_so(folder: Path, tmp_path: Path) -> None:
    short = VirtualFilm([Extent(SIZES[1] + 1, folder / "1")], "print")
    with pytest.raises(BlobNotFound):
        list(short.read())
    with pytest.raises(BlobNotFound):
        short.write(tmp_path / "film.mp4")


def test_a_film_knows_whether_its_files_are_as_they_were(tmp_path: Path) -> None:
    segment = tmp_path / "1"
    segment.write_bytes(b"first")
    film = VirtualFilm([Extent(5, segment)], "print")
    before = film.is_intact()

    segment.write_bytes(b"other bytes")
    changed = film.is_intact()
    segment.unlink()

    assert (before, changed, film.is_intact()) == (True, False, False)
    assert not VirtualFilm([Extent(5, segment)], "print").is_intact()


def test_a_full_disk_leaves_nothing_behind(folder: Path, tmp_path: Path) -> None:
    with media.largest_file(100_000), pytest.raises(StorageFull):
        _film(folder).write(tmp_path / "film.mp4")
    assert not list(tmp_path.iterdir())
