"""What holds for every store of files: on disk, at the double of Supabase's storage, and at
a real one where `CLIPBOT_TEST_STORAGE_URL` (of its storage) and `..._KEY` name it."""

import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest

from clipbot.blobs.base import BlobStore
from clipbot.blobs.cache import FileCache
from clipbot.blobs.disk import DiskBlobs
from clipbot.blobs.supabase import SupabaseBlobs
from clipbot.errors import BlobConflict, BlobNameRefused, BlobNotFound
from tests.contract.storage_server import storage

GIGABYTE = 1_000_000_000
THREADS = 6
ODD_NAMES = [
    "with space.mp4",
    "plus+plus.mp4",
    "two  spaces (1).mp4",
    "it's @ & = $ ; : , !.mp4",
    "no_suffix",
    "UPPER.MP4",
    "a.b.c.mp4",
    "deep/er/down/clip.mp4",
    f"{'long' * 40}.mp4",
]
BAD_KEYS = [
    "",
    "video-clips",
    "video-clips/",
    "video-clips/../secrets/key.txt",
    "/video-clips/a.mp4",
    "video-clips//a.mp4",
    "video-clips/.hidden",
    "video-clips/blåbær.mp4",
    "video-clips/a#b.mp4",
    "video-clips/a?b.mp4",
    "video-clips/a%20b.mp4",
    "video-clips/a\nb.mp4",
    "video-clips/a\\b.mp4",
    f"video-clips/{'a' * 181}",
    "video-clips/" + "/".join(["abcdefghi"] * 100),
]


@dataclass(frozen=True)
class Place:
    """A kind of store."""

    opened: Callable[[], BlobStore]
    """Returns it as another machine sees it."""
    folder: Path
    prefix: str

    def key(self, name: str) -> str:
        return f"{self.prefix}/{name}"

    def file(self, content: bytes) -> Path:
        path = self.folder / uuid4().hex
        path.write_bytes(content)
        return path


REAL = os.environ.get("CLIPBOT_TEST_STORAGE_URL", "")
REAL_KEY = os.environ.get("CLIPBOT_TEST_STORAGE_KEY", "")
KINDS = ["disk", "double", "real"] if REAL else ["disk", "double"]


@pytest.fixture(name="place", params=KINDS)
def fixture_place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    stores: list[SupabaseBlobs] = []
    prefix = f"video-clips/{uuid4()}"

    def at(address: str, key: str) -> SupabaseBlobs:
        cache = FileCache(tmp_path / f"cache-{len(stores)}", GIGABYTE)
        stores.append(SupabaseBlobs.at(address, key, cache))
        return stores[-1]

    if request.param == "disk":
        yield Place(lambda: DiskBlobs(tmp_path / "blobs"), tmp_path, prefix)
    elif request.param == "double":
        with storage(tmp_path / "storage") as double:
            yield Place(lambda: at(double.address, double.key), tmp_path, prefix)
    else:
        yield Place(lambda: at(REAL, REAL_KEY), tmp_path, prefix)
        left = at(REAL, REAL_KEY)
        for name in left.wire.folder(prefix):
            left.delete(f"{prefix}/{name}")
    for store in stores:
        store.close()


@pytest.fixture(name="blobs")
def fixture_blobs(place: Place) -> BlobStore:
    return place.opened()


@pytest.mark.skipif(not REAL, reason="CLIPBOT_TEST_STORAGE_URL names no storage")
def test_the_real_storage_is_set_up_as_ours_are(tmp_path: Path) -> None:
    store = SupabaseBlobs.at(REAL, REAL_KEY, FileCache(tmp_path, GIGABYTE))
    is_ok, words = store.state()
    store.close()

    assert is_ok, words


def test_what_was_put_is_there_for_everybody(place: Place, blobs: BlobStore) -> None:
    key = place.key("clip_0.mp4")
    blobs.put(key, place.file(b"footage"))

    for each in (blobs, place.opened()):
        assert each.exists(key)
        assert each.path(key).read_bytes() == b"footage"


def test_a_file_that_was_never_put_is_missing(place: Place, blobs: BlobStore) -> None:
    key = place.key("clip_0.mp4")

    assert not blobs.exists(key)
    assert blobs.present([key, place.key("other.mp4")]) == frozenset()
    with pytest.raises(BlobNotFound) as caught:
        blobs.path(key)
    assert caught.value.key == key


def test_a_neighbour_in_the_folder_changes_nothing_about_what_is_missing(
    place: Place, blobs: BlobStore
) -> None:
    here, gone = place.key("clip_0.mp4"), place.key("clip_0_v2.mp4")
    blobs.put(here, place.file(b"footage"))

    assert blobs.present([here, gone, "not a key"]) == {here}
    with pytest.raises(BlobNotFound):
        blobs.path(gone)


def test_files_that_are_fetched_are_here(place: Place, blobs: BlobStore) -> None:
    keys = [place.key(f"clip_{index}.mp4") for index in range(3)]
    for key in keys:
        blobs.put(key, place.file(key.encode()))

    there = place.opened()
    there.fetch([*keys, place.key("gone.mp4"), "not a key"])
    assert [there.path(key).read_bytes() for key in keys] == [key.encode() for key in keys]


def test_the_same_content_twice_is_fine(place: Place, blobs: BlobStore) -> None:
    key = place.key("clip_0.mp4")
    for store in (blobs, blobs, place.opened()):
        store.put(key, place.file(b"footage"))

    assert blobs.path(key).read_bytes() == b"footage"


@pytest.mark.parametrize("other", [b"FOOTAGE", b"longer footage", b""])
def test_other_content_conflicts_and_changes_nothing(
    place: Place, blobs: BlobStore, other: bytes
) -> None:
    key = place.key("clip_0.mp4")
    blobs.put(key, place.file(b"footage"))

    for store in (blobs, place.opened()):
        with pytest.raises(BlobConflict) as caught:
            store.put(key, place.file(other))
        assert caught.value.key == key
        assert store.path(key).read_bytes() == b"footage"
    assert place.opened().path(key).read_bytes() == b"footage"


def test_of_several_contents_at_once_exactly_one_is_kept(place: Place) -> None:
    key = place.key("clip_0_v2.mp4")
    stores = [place.opened() for _ in range(THREADS)]
    files = [place.file(f"content {index}".encode() * 5_000) for index in range(THREADS)]
    together = threading.Barrier(THREADS)

    def put(index: int) -> bool:
        together.wait()
        try:
            stores[index].put(key, files[index])
        except BlobConflict:
            return False
        return True

    with ThreadPoolExecutor(THREADS) as pool:
        won = list(pool.map(put, range(THREADS)))

    assert won.count(True) == 1
    assert place.opened().path(key).read_bytes() == files[won.index(True)].read_bytes()


def test_one_content_from_several_at_once_is_kept_and_nobody_fails(
    place: Place, blobs: BlobStore
) -> None:
    key, file = place.key("clip_0_v2.mp4"), place.file(b"the same" * 50_000)

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(lambda _: blobs.put(key, file), range(THREADS)))

    assert blobs.path(key).read_bytes() == file.read_bytes()


def test_an_empty_file_is_a_file(place: Place, blobs: BlobStore) -> None:
    key = place.key("empty.mp4")
    blobs.put(key, place.file(b""))

    assert place.opened().exists(key)
    assert place.opened().path(key).read_bytes() == b""


@pytest.mark.parametrize("name", ODD_NAMES)
def test_odd_names_are_names(place: Place, blobs: BlobStore, name: str) -> None:
    key = place.key(name)
    blobs.put(key, place.file(name.encode()))

    there = place.opened()
    assert there.exists(key)
    assert there.path(key).read_bytes() == name.encode()
    assert there.path(key).suffix == Path(name).suffix
    there.delete(key)
    assert not place.opened().exists(key)


@pytest.mark.parametrize("key", BAD_KEYS)
def test_what_is_no_key_names_no_file(place: Place, blobs: BlobStore, key: str) -> None:
    assert not blobs.exists(key)
    with pytest.raises(BlobNotFound):
        blobs.path(key)
    with pytest.raises(BlobNameRefused):
        blobs.put(key, place.file(b"footage"))
    blobs.delete(key)


def test_a_deleted_file_is_gone_and_its_name_is_free(place: Place, blobs: BlobStore) -> None:
    key = place.key("clip_0_v2.mp4")
    blobs.put(key, place.file(b"first"))
    other = place.opened()
    other.path(key)
    assert blobs.exists(key)
    blobs.delete(key)
    blobs.delete(key)

    assert not blobs.exists(key)
    with pytest.raises(BlobNotFound):
        blobs.path(key)
    blobs.put(key, place.file(b"second"))
    assert blobs.path(key).read_bytes() == b"second"


def test_a_path_that_was_handed_out_is_not_rewritten(place: Place, blobs: BlobStore) -> None:
    key = place.key("clip_0_v2.mp4")
    blobs.put(key, place.file(b"first"))

    with blobs.path(key).open("rb") as reading:
        blobs.delete(key)
        blobs.put(key, place.file(b"second"))
        assert reading.read() == b"first"


def test_an_address_leads_out_only_where_the_store_signs(place: Place, blobs: BlobStore) -> None:
    key = place.key("clip_0.mp4")
    blobs.put(key, place.file(b"footage"))
    address = blobs.address(key, 3600)

    if isinstance(blobs, SupabaseBlobs):
        assert blobs.files.get(address or "").content == b"footage"
    else:
        assert address is None
