"""What only a storage behind a network can do: break off, be away, answer nonsense.

The table of answers is that of `facts/services.md` §1.2. The wait between attempts takes no
time here; nothing else is pretended.
"""

import threading
import tracemalloc
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import jwt
import pytest

from clipbot.blobs.answers import meaning
from clipbot.blobs.buckets import BUCKETS
from clipbot.blobs.cache import FileCache
from clipbot.blobs.supabase import PAUSES, SupabaseBlobs
from clipbot.blobs.wire import DIGEST
from clipbot.errors import (
    BlobConflict,
    BlobError,
    BlobNameRefused,
    BlobNotFound,
    BlobTooLarge,
    ClipbotError,
    ConfigurationError,
    StorageUnavailable,
)
from tests.contract.storage_server import (
    AWAY,
    BROKEN,
    DROPPED,
    GARBAGE,
    HUNG_UP,
    Double,
    Fault,
    complaint,
    storage,
)
from tests.contract.storage_shelf import BucketRow, md5

KEY = "video-clips/job/clip_0_v2.mp4"
OTHER = "video-clips/job/clip_1_v2.mp4"
FOOTAGE = bytes(range(256)) * 4_000
MB = 1024 * 1024


@dataclass
class Clock:
    """Seconds that pass only while somebody waits."""

    seconds: float = 1_000.0
    waited: list[float] = field(default_factory=list)

    def __call__(self) -> float:
        return self.seconds

    def wait(self, seconds: float) -> None:
        self.waited.append(seconds)
        self.seconds += seconds


@pytest.fixture(name="double")
def fixture_double(tmp_path: Path) -> Iterator[Double]:
    with storage(tmp_path / "storage") as double:
        yield double


@pytest.fixture(name="clock")
def fixture_clock() -> Clock:
    return Clock()


@pytest.fixture(name="blobs")
def fixture_blobs(double: Double, clock: Clock, tmp_path: Path) -> Iterator[SupabaseBlobs]:
    store = opened(double, clock, tmp_path / "cache")
    yield store
    store.close()


def opened(double: Double, clock: Clock, cache: Path) -> SupabaseBlobs:
    return SupabaseBlobs.at(
        double.address, double.key, FileCache(cache, 10**9), wait=clock.wait, clock=clock
    )


@pytest.fixture(name="footage")
def fixture_footage(tmp_path: Path) -> Path:
    path = tmp_path / "footage.mp4"
    path.write_bytes(FOOTAGE)
    return path


# --- Uploads ---------------------------------------------------------------------------


def test_an_upload_says_what_it_is_and_never_overwrites(
    double: Double, blobs: SupabaseBlobs, footage: Path
) -> None:
    blobs.put(KEY, footage)

    stored = double.shelf.objects[KEY]
    headers = next(headers for call, _, headers in double.calls if call == "upload")
    assert stored.mimetype == "video/mp4"
    assert stored.metadata.keys() == {DIGEST}
    assert headers["x-upsert"] == "false"


@pytest.mark.parametrize("fault", [HUNG_UP, DROPPED, BROKEN, AWAY, GARBAGE])
def test_an_upload_survives_what_networks_do(
    double: Double, blobs: SupabaseBlobs, clock: Clock, footage: Path, fault: Fault
) -> None:
    double.fail("upload", fault, fault)

    blobs.put(KEY, footage)

    assert double.content(KEY) == FOOTAGE
    assert clock.waited[:1] == [PAUSES[0]]
    assert double.count("upload") in {2, 3}


def test_an_answer_lost_after_the_file_was_kept_is_no_conflict(
    double: Double, blobs: SupabaseBlobs, footage: Path
) -> None:
    double.fail("upload", DROPPED)

    blobs.put(KEY, footage)

    assert double.count("upload") == 2
    assert blobs.path(KEY).read_bytes() == FOOTAGE


def test_a_lost_answer_hides_no_conflict_with_somebody_else(
    double: Double, blobs: SupabaseBlobs, footage: Path
) -> None:
    double.fail("upload", HUNG_UP)
    double.store(KEY, b"somebody else's")

    with pytest.raises(BlobConflict):
        blobs.put(KEY, footage)
    assert double.content(KEY) == b"somebody else's"


@pytest.mark.parametrize("etag", ["md5", "of parts", "no md5"])
def test_the_same_content_of_somebody_else_is_recognised_however_etags_are_made(
    double: Double, blobs: SupabaseBlobs, footage: Path, etag: str
) -> None:
    kinds = {"of parts": f"{'0' * 32}-2", "no md5": "0" * 32}
    if etag in kinds:
        double.shelf.etag_of = lambda _: kinds[etag]
    double.store(KEY, FOOTAGE)
    double.store(OTHER, FOOTAGE[::-1])

    blobs.put(KEY, footage)
    with pytest.raises(BlobConflict):
        blobs.put(OTHER, footage)


def test_an_upload_is_given_up_at_last_and_may_be_tried_again(
    double: Double, blobs: SupabaseBlobs, clock: Clock, footage: Path
) -> None:
    double.fail("upload", *[AWAY] * (len(PAUSES) + 1))

    with pytest.raises(StorageUnavailable) as caught:
        blobs.put(KEY, footage)
    assert caught.value.retryable
    assert clock.waited == list(PAUSES)

    blobs.put(KEY, footage)
    assert double.content(KEY) == FOOTAGE


def test_what_a_bucket_does_not_take_is_not_sent(
    double: Double, blobs: SupabaseBlobs, tmp_path: Path
) -> None:
    large = tmp_path / "large.jpg"
    with large.open("wb") as file:
        file.truncate(BUCKETS["clip-thumbnails"] + 1)

    with pytest.raises(BlobTooLarge, match="at most 1 MB"):
        blobs.put("clip-thumbnails/job/clip_0_v1_thumbnail.jpg", large)
    assert double.count("upload") == 0


def test_a_bucket_that_was_given_another_limit_has_that_one(
    double: Double, blobs: SupabaseBlobs, footage: Path
) -> None:
    double.shelf.buckets["video-clips"].file_size_limit = 10
    with pytest.raises(BlobTooLarge):
        blobs.put(KEY, footage)

    double.shelf.buckets["video-outputs"].file_size_limit = None
    blobs.put("video-outputs/job/final_video_1.mp4", footage)


def test_a_limit_of_the_whole_server_is_told_too(
    double: Double, blobs: SupabaseBlobs, footage: Path
) -> None:
    double.fail("upload", complaint("413", "Payload too large", "The object exceeded the ..."))

    with pytest.raises(BlobTooLarge) as caught:
        blobs.put(KEY, footage)
    assert not caught.value.retryable


def test_a_missing_bucket_is_named(double: Double, blobs: SupabaseBlobs, footage: Path) -> None:
    del double.shelf.buckets["video-clips"]

    for ask in (
        lambda: blobs.put(KEY, footage),
        lambda: blobs.path(KEY),
        lambda: blobs.exists(KEY),
        lambda: blobs.address(KEY, 60),
    ):
        with pytest.raises(ConfigurationError, match="no bucket video-clips"):
            ask()


def test_a_bucket_that_allows_other_types_is_named(
    double: Double, blobs: SupabaseBlobs, footage: Path
) -> None:
    double.shelf.buckets["video-clips"] = BucketRow(allowed_mime_types=["image/png"])

    with pytest.raises(ConfigurationError, match="bucket video-clips does not allow"):
        blobs.put(KEY, footage)


# --- The service key -------------------------------------------------------------------


def test_a_key_that_is_not_accepted_is_told_without_showing_it(
    double: Double, blobs: SupabaseBlobs, footage: Path
) -> None:
    double.key = "another"

    for ask in (lambda: blobs.put(KEY, footage), lambda: blobs.path(KEY), blobs.state):
        with pytest.raises(ConfigurationError, match="SUPABASE_SERVICE_KEY") as caught:
            ask()
        assert "sb_secret" not in str(caught.value)


def test_the_service_key_goes_along_to_the_storage_and_never_with_a_signed_address(
    double: Double, blobs: SupabaseBlobs, footage: Path
) -> None:
    double.store(KEY, FOOTAGE)
    blobs.put(OTHER, footage)
    blobs.path(KEY)

    for call, path, headers in double.calls:
        assert double.key not in path
        carried = [name for name, value in headers.items() if double.key in value]
        assert carried == ([] if call == "file" else ["apikey", "authorization"])


def test_the_service_key_does_not_follow_to_another_server(
    double: Double, blobs: SupabaseBlobs, tmp_path: Path
) -> None:
    with storage(tmp_path / "thief") as thief:
        double.store(KEY, FOOTAGE)
        double.fail("info", Fault(302, headers={"Location": f"{thief.address}/object/info/{KEY}"}))
        double.fail("list", Fault(307, headers={"Location": f"{thief.address}/object/list/x"}))

        with pytest.raises(ConfigurationError, match="SUPABASE_URL"):
            blobs.path(KEY)
        with pytest.raises(ConfigurationError, match="SUPABASE_URL"):
            blobs.exists(KEY)
        assert thief.calls == []


@pytest.mark.parametrize(
    "address", ["https://127.0.0.1:9/x", "//127.0.0.1:9/object/sign/a?token=b", "/elsewhere", ""]
)
def test_an_address_that_leads_elsewhere_is_not_followed(
    double: Double, blobs: SupabaseBlobs, address: str
) -> None:
    double.store(KEY, FOOTAGE)
    answer = Fault(200, f'{{"signedURL": "{address}"}}'.encode())
    double.fail("sign", *[answer] * 3)

    with pytest.raises(StorageUnavailable):
        blobs.path(KEY)


# --- Downloads -------------------------------------------------------------------------


def test_a_download_goes_on_where_it_was_cut(
    double: Double, blobs: SupabaseBlobs, clock: Clock
) -> None:
    double.store(KEY, FOOTAGE)
    cuts = [100_000, 400_000, 400_001, 1_000_000]
    double.fail("file", *(Fault(cut_at=cut) for cut in cuts))

    assert blobs.path(KEY).read_bytes() == FOOTAGE
    ranges = [headers.get("range") for call, _, headers in double.calls if call == "file"]
    assert ranges[0] is None
    assert all(range_ is not None for range_ in ranges[1:])
    assert len(clock.waited) == len(cuts)


@pytest.mark.parametrize("fault", [HUNG_UP, AWAY, BROKEN])
def test_a_download_survives_what_networks_do(
    double: Double, blobs: SupabaseBlobs, fault: Fault
) -> None:
    double.store(KEY, FOOTAGE)
    double.fail("file", fault, Fault(cut_at=500), fault)

    assert blobs.path(KEY).read_bytes() == FOOTAGE


def test_a_server_that_falls_silent_is_asked_again_for_the_rest(
    double: Double, blobs: SupabaseBlobs
) -> None:
    double.store(KEY, FOOTAGE)
    held = threading.Event()
    double.fail("file", Fault(held=held))
    with httpx.Client(timeout=httpx.Timeout(30.0, read=0.5)) as impatient:
        content = replace(blobs, files=impatient).path(KEY).read_bytes()
    held.set()

    assert content == FOOTAGE
    ranges = [headers.get("range") for call, _, headers in double.calls if call == "file"]
    assert ranges[0] is None
    assert len(ranges) > 1


def test_a_download_that_never_ends_is_given_up_and_leaves_nothing(
    double: Double, blobs: SupabaseBlobs, tmp_path: Path
) -> None:
    double.store(KEY, FOOTAGE)
    double.fail("file", *[Fault(cut_at=5_000)] * 50)

    with pytest.raises(StorageUnavailable):
        blobs.path(KEY)
    assert list((tmp_path / "cache").rglob("*clip_0*")) == []


@pytest.mark.parametrize("has_digest", [True, False])
def test_a_damaged_file_is_fetched_again(
    double: Double, blobs: SupabaseBlobs, footage: Path, tmp_path: Path, *, has_digest: bool
) -> None:
    if has_digest:
        opened(double, Clock(), tmp_path / "elsewhere").put(KEY, footage)
    else:
        double.store(KEY, FOOTAGE)
    double.fail("file", Fault(ruin=lambda data: data[::-1]))

    assert blobs.path(KEY).read_bytes() == FOOTAGE


def test_a_file_that_stays_damaged_is_not_shown(
    double: Double, blobs: SupabaseBlobs, footage: Path, tmp_path: Path
) -> None:
    opened(double, Clock(), tmp_path / "elsewhere").put(KEY, footage)
    double.fail("file", *[Fault(ruin=lambda data: data[::-1])] * 2)

    with pytest.raises(StorageUnavailable, match="damaged"):
        blobs.path(KEY)


def test_an_etag_that_only_looks_like_a_checksum_is_seen_through(
    double: Double, blobs: SupabaseBlobs
) -> None:
    double.shelf.etag_of = lambda _: "f" * 32
    double.store(KEY, FOOTAGE)

    assert blobs.path(KEY).read_bytes() == FOOTAGE
    assert double.count("file") == 2


@pytest.mark.parametrize("etags", ["sums", "of parts"])
def test_a_file_that_was_replaced_while_it_came_is_not_mixed(
    double: Double, blobs: SupabaseBlobs, clock: Clock, etags: str
) -> None:
    if etags == "of parts":
        double.shelf.etag_of = lambda file: f"{md5(file)}-3"
    double.store(KEY, FOOTAGE)
    double.fail("file", Fault(cut_at=300_000))
    seen = []

    def replace(call: str) -> None:
        if call == "file":
            double.answering = lambda _: None
            double.store(KEY, FOOTAGE[::-1])

    double.answering = replace
    for _ in range(2):
        with suppress(StorageUnavailable):
            seen.append(blobs.path(KEY).read_bytes())
        clock.seconds += 10

    assert set(seen) == {FOOTAGE[::-1]}


def test_an_expired_address_is_signed_again_once(double: Double, blobs: SupabaseBlobs) -> None:
    double.store(KEY, FOOTAGE)
    first = blobs.address(KEY, 3600)
    double.ahead_seconds = 4000.0

    assert blobs.path(KEY).read_bytes() == FOOTAGE
    assert blobs.address(KEY, 3600) != first
    assert double.count("sign") == 2


def test_addresses_that_expire_at_once_are_not_signed_for_ever(
    double: Double, blobs: SupabaseBlobs
) -> None:
    double.store(KEY, FOOTAGE)
    expired = complaint("400", "InvalidJWT", '"exp" claim timestamp check failed')
    double.fail("file", *[expired] * 10)

    with pytest.raises(StorageUnavailable):
        blobs.path(KEY)
    assert double.count("sign") == 2


def test_an_address_is_kept_until_shortly_before_it_expires(
    double: Double, blobs: SupabaseBlobs, clock: Clock
) -> None:
    double.store(KEY, FOOTAGE)
    first = blobs.address(KEY, 3600)
    clock.seconds += 3500
    again = blobs.address(KEY, 3600)
    double.ahead_seconds = 3550.0
    clock.seconds += 50
    later = blobs.address(KEY, 3600)

    assert first == again != later
    token = parse_qs(urlsplit(first or "").query)["token"][0]
    claims = jwt.decode(token, options={"verify_signature": False})
    assert claims["exp"] - claims["iat"] == 3600


def test_a_file_that_is_too_large_for_anything_is_not_fetched(
    double: Double, blobs: SupabaseBlobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("clipbot.blobs.supabase.MOST_BYTES", 1_000)
    double.store(KEY, FOOTAGE)

    with pytest.raises(BlobTooLarge):
        blobs.path(KEY)
    assert double.count("file") == 0


# --- Copies ----------------------------------------------------------------------------


def test_what_was_uploaded_or_fetched_is_not_fetched_again(
    double: Double, blobs: SupabaseBlobs, footage: Path
) -> None:
    blobs.put(KEY, footage)
    double.store(OTHER, FOOTAGE)
    for _ in range(3):
        blobs.path(KEY)
        blobs.path(OTHER)

    assert double.count("file") == 1


def test_several_who_want_one_file_fetch_it_once(
    double: Double, clock: Clock, tmp_path: Path
) -> None:
    double.store(KEY, FOOTAGE)
    stores = [opened(double, clock, tmp_path / "shared") for _ in range(6)]

    with ThreadPoolExecutor(len(stores)) as pool:
        paths = set(pool.map(lambda store: store.path(KEY), stores))

    assert len(paths) == 1
    assert double.count("file") == 1


def test_several_files_come_at_once(double: Double, blobs: SupabaseBlobs) -> None:
    keys = [f"video-clips/job/clip_{index}.mp4" for index in range(4)]
    for key in keys:
        double.store(key, FOOTAGE)
    held = threading.Event()
    double.fail("file", *[Fault(held=held)] * 4)
    arrived = threading.Semaphore(0)
    double.answering = lambda call: arrived.release() if call == "file" else None

    thread = threading.Thread(target=blobs.fetch, args=([*keys, OTHER, "no key"],))
    thread.start()
    together = [arrived.acquire(timeout=60) for _ in keys]
    held.set()
    thread.join()

    assert together == [True] * 4
    assert [blobs.path(key).read_bytes() for key in keys] == [FOOTAGE] * 4
    assert double.count("file") == 4


def test_a_copy_of_an_earlier_content_is_not_taken_for_the_file(
    double: Double, blobs: SupabaseBlobs, clock: Clock
) -> None:
    double.store(KEY, FOOTAGE)
    blobs.path(KEY)
    del double.shelf.objects[KEY]
    double.store(KEY, b"another edit's")
    clock.seconds += 10

    assert blobs.path(KEY).read_bytes() == b"another edit's"


def test_while_the_storage_is_away_copies_serve_and_nothing_is_called_missing(
    double: Double, blobs: SupabaseBlobs, clock: Clock
) -> None:
    double.store(KEY, FOOTAGE)
    blobs.path(KEY)
    clock.seconds += 10
    double.is_away = True

    assert blobs.path(KEY).read_bytes() == FOOTAGE
    for ask in (lambda: blobs.path(OTHER), lambda: blobs.exists(KEY), lambda: blobs.delete(KEY)):
        with pytest.raises(StorageUnavailable):
            ask()


def test_a_storage_that_is_away_is_not_asked_again_for_every_clip(
    double: Double, blobs: SupabaseBlobs, clock: Clock
) -> None:
    double.is_away = True
    for index in range(50):
        with pytest.raises(StorageUnavailable):
            blobs.exists(f"video-clips/job/clip_{index}.mp4")
    assert len(double.calls) <= 3

    double.is_away = False
    double.store(KEY, FOOTAGE)
    clock.seconds += 10
    assert blobs.exists(KEY)


def test_one_file_of_a_large_folder_is_not_looked_for_in_a_listing(
    double: Double, blobs: SupabaseBlobs, footage: Path
) -> None:
    """Encoded pieces of films lie by the thousand in one folder."""
    for index in range(3):
        double.store(f"video-outputs/pieces/{index}.mp4", b"piece")
        blobs.path(f"video-outputs/pieces/{index}.mp4")
        blobs.put(f"video-outputs/pieces/own-{index}.mp4", footage)

    assert double.count("list") == 0


def test_fifty_clips_are_looked_for_in_one_question(double: Double, blobs: SupabaseBlobs) -> None:
    keys = [f"video-clips/job/clip_{index}.mp4" for index in range(50)]
    for key in keys[:40]:
        double.store(key, b"footage")

    assert blobs.present(keys) == set(keys[:40])
    assert double.count("list") <= 2
    assert double.count("info") == 0


def test_a_folder_of_more_than_a_page_is_listed_whole(
    double: Double, blobs: SupabaseBlobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("clipbot.blobs.wire._PAGE", 4)
    keys = [f"video-clips/job/clip_{index}.mp4" for index in range(8)]
    for key in [*keys, "video-clips/job/folder/clip.mp4"]:
        double.store(key, b"footage")

    assert set(blobs.wire.folder("video-clips/job")) == {key.rsplit("/", 1)[1] for key in keys}


def test_a_large_file_goes_through_little_memory(
    double: Double, clock: Clock, blobs: SupabaseBlobs, tmp_path: Path
) -> None:
    large = tmp_path / "large.mp4"
    block = bytes(range(256)) * (MB // 256)
    with large.open("wb") as file:
        for _ in range(24):
            file.write(block)
    elsewhere = opened(double, clock, tmp_path / "elsewhere")

    tracemalloc.start()
    blobs.put(KEY, large)
    copy = elsewhere.path(KEY)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert copy.stat().st_size == large.stat().st_size
    assert peak < large.stat().st_size / 4


# --- The table of answers --------------------------------------------------------------

BUCKET = ("404", "Bucket not found", "Bucket not found")
RLS = ("403", "Unauthorized", "new row violates row-level security policy")
ANSWERS: list[tuple[tuple[str, str, str], type[ClipbotError], bool]] = [
    (("409", "Duplicate", "The resource already exists"), BlobConflict, False),
    (RLS, ConfigurationError, False),
    (BUCKET, ConfigurationError, False),
    (("415", "invalid_mime_type", "mime type x/y is not supported"), ConfigurationError, False),
    (("413", "Payload too large", "The object exceeded ..."), BlobTooLarge, False),
    (("400", "InvalidKey", "Invalid key: a#b"), BlobNameRefused, False),
    (("404", "not_found", "Object not found"), BlobNotFound, False),
    (("400", "Error", "body/expiresIn must be >= 1"), BlobError, False),
    (("403", "Unauthorized", '"exp" claim timestamp check failed'), ConfigurationError, False),
    (("403", "Unauthorized", "signature verification failed"), ConfigurationError, False),
    (("403", "Unauthorized", "Invalid Compact JWS"), ConfigurationError, False),
    (("500", "DatabaseError", "database error, code: 22023"), ConfigurationError, False),
    (("500", "DatabaseError", "database error, code: 57014"), StorageUnavailable, True),
    (("544", "DatabaseTimeout", "The connection to the database timed out"), BlobError, True),
    (("400", "InvalidJWT", "signature verification failed"), ConfigurationError, False),
    (("423", "ResourceLocked", "The resource is locked"), StorageUnavailable, True),
    (("429", "TooManyRequests", "slow down"), StorageUnavailable, True),
    (("401", "InternalError", "No API key found in request"), ConfigurationError, False),
    (("404", "InternalError", "<html>not here</html>"), ConfigurationError, False),
    (("301", "InternalError", ""), ConfigurationError, False),
    (("502", "InternalError", "<html>bad gateway</html>"), StorageUnavailable, True),
    (("nonsense", "?", ""), StorageUnavailable, True),
    (("402", "exceed_storage_size_quota", "..."), BlobError, False),
]


@pytest.mark.parametrize(("answer", "kind", "is_retryable"), ANSWERS)
def test_every_answer_has_a_meaning_of_ours(
    answer: tuple[str, str, str], kind: type[ClipbotError], *, is_retryable: bool
) -> None:
    error = meaning(*answer, KEY)

    assert isinstance(error, kind)
    assert error.retryable is is_retryable
    assert answer[2] not in str(error) or not answer[2]


@pytest.mark.parametrize("call", ["info", "list"])
@pytest.mark.parametrize("fault", [HUNG_UP, AWAY, BROKEN, GARBAGE])
def test_a_question_is_asked_again_after_an_error_of_the_network(
    double: Double, blobs: SupabaseBlobs, call: str, fault: Fault
) -> None:
    double.store(KEY, FOOTAGE)
    double.fail(call, fault, fault)

    assert blobs.exists(KEY) if call == "list" else blobs.path(KEY).read_bytes() == FOOTAGE
    assert double.count(call) == 3


def test_nobody_there_at_all_is_no_missing_file(
    double: Double, clock: Clock, tmp_path: Path
) -> None:
    with storage(tmp_path / "gone") as gone:
        store = opened(gone, clock, tmp_path / "nobody")

    with pytest.raises(StorageUnavailable) as caught:
        store.path(KEY)
    store.close()
    assert double.calls == []
    assert caught.value.retryable


# --- The doctor ------------------------------------------------------------------------


def test_the_state_tells_what_is_wrong_with_buckets(double: Double, blobs: SupabaseBlobs) -> None:
    assert blobs.state()[0]

    double.shelf.buckets["video-clips"].public = True
    del double.shelf.buckets["audio-uploads"]
    is_ok, words = blobs.state()

    assert not is_ok
    assert "bucket audio-uploads is missing" in words
    assert "bucket video-clips is public" in words
