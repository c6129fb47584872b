"""Jobs whose files lie in Supabase's storage: the way of an edit, and what is said without it."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

import pytest
from fastapi.testclient import TestClient

from clipbot import api
from clipbot.blobs.base import url_of
from clipbot.blobs.supabase import SupabaseBlobs
from clipbot.domain.user import LOCAL_USER
from clipbot.errors import (
    CompositionNotFound,
    ConfigurationError,
    FootageMissing,
    StorageUnavailable,
)
from clipbot.identity.none import NoIdentity
from clipbot.services.pooling import PLACE
from clipbot.services.views import ClipStatus, RegenerationStatus
from clipbot.settings import load
from clipbot.store.database import connect
from clipbot.store.migrate import migrate
from clipbot.wiring import open_clipbot
from tests import jobs
from tests.contract.storage_server import AWAY, DROPPED, Double, storage
from tests.desk import Desk, desk
from tests.postgres import sqlite_on
from tests.sample import linked

BASE = "http://127.0.0.1"
LOST = 12
"""Answers that are lost in a row: more than anybody waits for."""


@pytest.fixture(name="double")
def fixture_double(tmp_path: Path) -> Iterator[Double]:
    with storage(tmp_path / "storage") as double:
        yield double


@contextmanager
def installation(double: Double, folder: Path, template: Path | None = None) -> Iterator[Desk]:
    """Run a clipbot whose files are at the double; segments come from the template."""
    home = folder / "home"
    for part in ("cache/segments", "renders/looks") if template else ():
        shutil.copytree(template / "home" / part, home / part, copy_function=linked)  # type: ignore[operator]
    with sqlite_on(folder / "clipbot.db") as engine:
        made = desk(engine, home, supabase_url=double.url, supabase_service_key=double.key)
        yield made
        made.parts.close()


@pytest.fixture(name="far")
def fixture_far(double: Double, template: Path, tmp_path: Path) -> Iterator[Desk]:
    with installation(double, tmp_path, template) as made:
        yield made


@pytest.fixture(name="job")
def fixture_job(far: Desk) -> UUID:
    return jobs.install(far.store, far.parts.blobs)


@pytest.fixture(name="client")
def fixture_client(far: Desk) -> Iterator[TestClient]:
    app = api.create(far.services, NoIdentity(), host_names={"127.0.0.1"})
    with TestClient(app, base_url=BASE, follow_redirects=False) as client:
        yield client


def forget_copies(far: Desk) -> None:
    """Let the machine be a new one: nothing of the storage is here."""
    shutil.rmtree(far.home / "cache" / "footage", ignore_errors=True)
    shutil.rmtree(far.home / "cache" / "stills", ignore_errors=True)
    assert isinstance(far.parts.blobs, SupabaseBlobs)
    for folder in list(far.parts.blobs.folders._known):
        far.parts.blobs.folders.forget(folder)


def lost(double: Double) -> None:
    for call in ("list", "info", "sign", "file"):
        double.fail(call, *[AWAY] * LOST)


def test_edits_go_their_whole_way_and_overwrite_nothing(
    double: Double, far: Desk, job: UUID
) -> None:
    originals = {key: double.content(key) for key in double.shelf.objects}
    forget_copies(far)
    far.services.films.ensure(job)
    assert double.count("file") == len(originals)

    for text, number in (("make it nighttime", 2), ("make it darker", 3), ("warmer colors", 4)):
        edit = far.services.regenerations.get(far.user, job, far.edit(job, text, (2,)))
        assert (edit.status, edit.version_number) == (RegenerationStatus.COMPLETED, number)

    made = {f"video-clips/{job}/clip_1_v{number}.mp4" for number in (2, 3, 4)}
    new = set(double.shelf.objects) - set(originals)
    assert {key for key in new if not key.startswith(f"{PLACE}/")} == made
    assert {key: double.content(key) for key in originals} == originals
    assert len({double.content(key) for key in made}) == 3
    sent = [headers for call, _, headers in double.calls if call == "upload"]
    assert {headers["x-upsert"] for headers in sent} == {"false"}
    assert double.count("remove") == 0
    assert len(far.film(job)) > 10_000


def test_another_machine_makes_the_same_film_from_the_storage(
    double: Double, far: Desk, job: UUID
) -> None:
    far.services.films.ensure(job)
    far.edit(job, "make it nighttime", (2,))
    film = far.film(job)
    pieces = [key for key in double.shelf.objects if key.startswith(f"{PLACE}/")]
    for gone in ([], pieces):  # From encoded pieces, or from footage alone.
        forget_copies(far)
        shutil.rmtree(far.home / "cache" / "segments")
        for key in gone:
            del double.shelf.objects[key]
        assert far.film(job) == film


def test_a_name_that_the_pipeline_took_meanwhile_is_left_alone(
    double: Double, far: Desk, job: UUID
) -> None:
    far.services.films.ensure(job)
    taken = {f"video-clips/{job}/clip_1_v{number}.mp4": b"the pipeline's" for number in (2, 3)}
    for key, content in taken.items():
        double.store(key, content)

    row = far.store.regenerations.get(far.edit(job, "make it nighttime", (2,)))

    assert (row.status, row.version_number) == (RegenerationStatus.COMPLETED, 4)
    assert {key: double.content(key) for key in taken} == taken
    assert far.services.clips.list(far.user, job)[1].current_version == 4


def test_an_answer_that_was_lost_makes_no_second_version(
    double: Double, far: Desk, job: UUID
) -> None:
    far.services.films.ensure(job)
    double.fail("upload", DROPPED)

    row = far.store.regenerations.get(far.edit(job, "make it nighttime", (2,)))

    assert (row.status, row.version_number) == (RegenerationStatus.COMPLETED, 2)
    assert [key for key in double.shelf.objects if "_v" in key] == [
        f"video-clips/{job}/clip_1_v2.mp4"
    ]


def test_a_failed_edit_leaves_no_file_in_the_storage(double: Double, far: Desk, job: UUID) -> None:
    far.services.films.ensure(job)
    far.queue.is_held = True
    edit = far.edit(job, "make it nighttime", (2,))
    before = set(double.shelf.objects)
    double.fail("upload", *[AWAY] * 100)

    far.queue.run()

    row = far.store.regenerations.get(edit)
    assert (row.status, row.error_code) == (RegenerationStatus.FAILED, "storage_unavailable")
    assert row.is_retryable
    assert set(double.shelf.objects) == before


# --- Away, and missing -----------------------------------------------------------------


def test_while_the_storage_is_away_no_clip_is_called_missing(
    double: Double, far: Desk, job: UUID, client: TestClient
) -> None:
    forget_copies(far)
    lost(double)

    clips = far.services.clips.list(far.user, job)
    versions = far.services.versions.list(far.user, job, 0)

    assert {clip.status for clip in clips} == {ClipStatus.READY}
    assert versions[0].footage_url
    for path in ("versions/1/footage.mp4", "thumbnail.jpg"):
        answer = client.get(f"/api/v1/jobs/{job}/clips/0/{path}")
        assert answer.status_code == 503, path
        assert answer.json()["code"] == "storage_unavailable"
        assert answer.json()["retryable"] is True


def test_no_film_is_made_of_frozen_neighbours_while_the_storage_is_away(
    double: Double, far: Desk, job: UUID
) -> None:
    forget_copies(far)
    double.fail("file", None, *[AWAY] * LOST)

    with pytest.raises(StorageUnavailable):
        far.services.films.ensure(job)
    with pytest.raises(CompositionNotFound):
        far.store.compositions.get(job)

    double.faults.clear()
    assert far.services.films.ensure(job).number == 1


def test_a_file_that_is_gone_is_named_on_its_card(
    double: Double, far: Desk, job: UUID, client: TestClient
) -> None:
    del double.shelf.objects[f"video-clips/{job}/clip_1.mp4"]
    forget_copies(far)

    clips = client.get(f"/api/v1/jobs/{job}/clips").json()["clips"]

    assert [clip["status"] for clip in clips] == ["ready", "missing", "ready"]
    assert clips[1]["missing"] == "Its file clip_1.mp4 is not in the storage any more."
    assert clips[0]["missing"] is None
    assert far.services.films.ensure(job).number == 1
    gone = client.get(f"/api/v1/jobs/{job}/clips/1/versions/1/footage.mp4")
    assert (gone.status_code, gone.json()["code"]) == (404, "footage_missing")


def test_footage_of_a_foreign_host_is_told_and_never_fetched(far: Desk, client: TestClient) -> None:
    job = jobs.job_id("foreign")
    rows = jobs.rows(job, LOCAL_USER.id, 3, (), (), "completed", f"audio-uploads/{job}/song.wav")
    clips = rows["job_stages"][-1]["metadata"]["clips"]["clips"]
    clips[1]["video_url"] = "https://replicate.delivery/xyz/output.mp4"
    clips[2]["video_url"] = (
        f"https://other.example{url_of(f'video-clips/{job}/clip_2.mp4')}?token=x"
    )
    for index in (0, 2):
        far.parts.blobs.put(f"video-clips/{job}/clip_{index}.mp4", jobs.footage(index))
    far.store.jobs.insert(rows)

    cards = client.get(f"/api/v1/jobs/{job}/clips").json()["clips"]

    assert [card["status"] for card in cards] == ["ready", "missing", "ready"]
    assert "replicate.delivery" in cards[1]["missing"]
    with pytest.raises(FootageMissing, match=r"clip 2 lies on replicate\.delivery"):
        far.services.films.footage(far.user, job, 1, 1)
    with pytest.raises(FootageMissing, match=r"replicate\.delivery"):
        far.services.quotes.quote(far.user, job, text="make it darker", selected=(2,))


# --- Stills ----------------------------------------------------------------------------


def test_a_still_is_led_to_in_the_storage_for_an_hour(
    double: Double, far: Desk, job: UUID, client: TestClient
) -> None:
    path = f"/api/v1/jobs/{job}/clips/1/thumbnail"
    first = client.get(path)
    again = client.get(path)

    assert isinstance(far.parts.blobs, SupabaseBlobs)
    assert first.status_code == again.status_code == 302
    assert first.headers["location"].startswith(f"{double.address}/object/sign/clip-thumbnails/")
    assert first.headers["cache-control"] == "private, no-cache"
    still = far.parts.blobs.files.get(first.headers["location"])
    assert still.content.startswith(b"\xff\xd8")
    assert still.headers["content-type"] == "image/jpeg"

    far.services.films.ensure(job)
    far.edit(job, "make it nighttime", (2,))
    edited = client.get(path).headers["location"]
    assert "clip_1_v2_thumbnail.jpg" in edited
    stills = [key for key in double.shelf.objects if key.startswith("clip-thumbnails/")]
    assert stills == [f"clip-thumbnails/{job}/clip_1_v{number}_thumbnail.jpg" for number in (1, 2)]


def test_a_still_that_cannot_be_signed_comes_from_here(
    double: Double, job: UUID, client: TestClient
) -> None:
    del double.shelf.buckets["clip-thumbnails"]

    moved = client.get(f"/api/v1/jobs/{job}/clips/1/thumbnail")

    assert moved.status_code == 302
    assert moved.headers["location"] == f"/api/v1/jobs/{job}/clips/1/thumbnail.jpg?version=1"
    assert client.get(moved.headers["location"]).content.startswith(b"\xff\xd8")


# --- Setting it up ---------------------------------------------------------------------


def test_nothing_is_asked_of_the_storage_by_starting(double: Double, tmp_path: Path) -> None:
    double.is_away = True
    settings = load(
        home=tmp_path / "home", supabase_url=double.url, supabase_service_key=double.key
    )

    with open_clipbot(settings, role="command") as clipbot:
        assert clipbot.services.jobs.list(LOCAL_USER).jobs == ()
        assert double.calls == []
        told = {finding.name: finding for finding in clipbot.services.doctor.report()}

    assert not told["storage"].is_ok
    assert "storage cannot be used" in told["storage"].detail


def test_the_doctor_knows_the_buckets(double: Double, far: Desk) -> None:
    def storage_finding() -> tuple[bool, str]:
        found = next(each for each in far.services.doctor.report() if each.name == "storage")
        return found.is_ok, found.detail

    assert storage_finding()[0]
    del double.shelf.buckets["video-outputs"]
    assert storage_finding() == (False, "bucket video-outputs is missing")
    double.key = "another"
    assert storage_finding()[0] is False
    assert "SUPABASE_SERVICE_KEY" in storage_finding()[1]


@pytest.mark.parametrize(
    ("url", "trusted", "is_fine"),
    [
        ("https://abc.supabase.co", "", True),
        ("http://abc.supabase.co", "", False),
        ("http://storage.internal:8000", "storage.internal:8000", True),
        ("http://storage.internal", "storage.internal:80", True),
        ("http://localhost:54321", "", True),
        ("https://user:word@abc.supabase.co", "", False),
        ("https://abc.supabase.co/?x=1", "", False),
    ],
)
def test_the_service_key_is_not_sent_in_the_open(
    tmp_path: Path, url: str, trusted: str, *, is_fine: bool
) -> None:
    engine = connect(f"sqlite:///{tmp_path / 'clipbot.db'}")
    migrate(engine)

    def start() -> Desk:
        return desk(
            engine,
            tmp_path / "home",
            supabase_url=url,
            supabase_service_key="sb_secret_x",
            trusted_hosts=trusted,
        )

    if is_fine:
        start().parts.close()
    else:
        with pytest.raises(ConfigurationError, match="SUPABASE_URL") as caught:
            start()
        assert "sb_secret_x" not in str(caught.value)
    engine.dispose()


def test_without_a_service_key_files_stay_on_this_disk(desk: Desk, tmp_path: Path) -> None:
    settings = load(home=tmp_path, supabase_url="https://abc.supabase.co")

    assert settings.supabase_service_key is None
    assert not isinstance(desk.parts.blobs, SupabaseBlobs)
    assert desk.parts.blobs.state() == (True, "files on this disk, in blobs/")
