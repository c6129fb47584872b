"""What is seen of jobs, clips and templates, and how it is refused."""

import re
from datetime import datetime
from decimal import Decimal
from uuid import uuid4

import pytest

from clipbot import __version__
from clipbot.cli.output import public
from clipbot.domain.user import User
from tests import jobs
from tests.unit.api.conftest import Studio

MONEY = re.compile(r"-?\d+\.\d{2,6}")
NOBODYS = "1e0cdaa2-7ad2-4cd3-9612-87d507e60440"
"""An id that nothing has."""


def test_the_server_says_that_it_is_there(gallery: Studio) -> None:
    answer = gallery.client.get("/health").json()

    assert (answer["name"], answer["version"], answer["status"]) == ("clipbot", __version__, "ok")
    assert datetime.fromisoformat(answer["time"]).tzinfo is not None


def test_a_job_tells_its_state_its_money_and_its_film(gallery: Studio) -> None:
    job = gallery.client.get(gallery.url).json()

    assert (job["id"], job["status"], job["progress"]) == (str(gallery.job), "completed", 100)
    assert (job["total_cost"], job["budget"], job["budget_left"]) == ("0.00", "2000.00", "2000.00")
    assert job["video_url"] == job["film"]["url"] == f"{gallery.url}/film.mp4?composition=1"
    assert (job["film"]["frames"], job["film"]["rate"], job["film"]["seconds"]) == (108, 24.0, 4.5)
    assert (job["clip_count"], job["is_editable"], job["running"]) == (3, True, [])
    assert (job["undo_label"], job["redo_label"], job["last_event_id"]) == (None, None, 0)


def test_what_changes_is_looked_up_each_time(gallery: Studio) -> None:
    for path in (gallery.url, f"{gallery.url}/clips"):
        assert gallery.client.get(path).headers["cache-control"] == "private, no-cache"
    assert gallery.client.get("/api/v1/nowhere").headers["cache-control"] == "no-store"


def test_jobs_are_listed_page_by_page(gallery: Studio) -> None:
    listed = gallery.client.get("/api/v1/jobs?limit=1").json()["jobs"]
    assert [job["id"] for job in listed] == [str(gallery.job)]
    assert gallery.client.get("/api/v1/jobs?offset=1").json() == {"jobs": [], "next_offset": None}


def test_clips_are_listed_with_all_that_a_card_needs(gallery: Studio) -> None:
    answer = gallery.client.get(f"{gallery.url}/clips").json()

    assert answer["total_clips"] == 3
    assert [clip["clip_index"] for clip in answer["clips"]] == [0, 1, 2]
    second = answer["clips"][1]
    assert (second["number"], second["status"], second["section"]) == (2, "ready", "chorus")
    assert (second["timestamp_start"], second["timestamp_end"], second["duration"]) == (1.5, 3, 1.5)
    assert (second["version_count"], second["current_version"]) == (1, 1)
    assert (second["is_regenerated"], second["has_offer"]) == (False, False)
    assert second["original_prompt"] == jobs.PROMPT
    assert second["thumbnail_url"] == f"{gallery.url}/clips/1/thumbnail.jpg?version=1"
    assert second["footage_url"] == f"{gallery.url}/clips/1/versions/1/footage.mp4"


def test_a_clip_without_footage_is_listed_as_missing(studio: Studio) -> None:
    desk = studio.desk
    job = jobs.install(desk.store, desk.parts.blobs, name="gap", missing=[1])

    clips = studio.client.get(f"/api/v1/jobs/{job}/clips").json()["clips"]

    assert [clip["status"] for clip in clips] == ["ready", "missing", "ready"]
    assert (clips[1]["thumbnail_url"], clips[1]["footage_url"]) == (None, None)
    still = studio.client.get(f"/api/v1/jobs/{job}/clips/1/thumbnail")
    assert (still.status_code, still.json()["code"]) == (404, "footage_missing")


def test_the_command_line_prints_the_same_fields(gallery: Studio) -> None:
    views = gallery.desk.services.clips.list(gallery.desk.user, gallery.job)
    assert [public(view) for view in views] == gallery.client.get(f"{gallery.url}/clips").json()[
        "clips"
    ]


def test_templates_are_listed_in_their_groups(gallery: Studio) -> None:
    answer = gallery.client.get("/api/v1/templates").json()

    night = next(each for each in answer["templates"] if each["id"] == "nighttime")
    assert (night["title"], night["instruction"]) == ("Nighttime", "make it nighttime")
    assert len(answer["groups"]) == 4
    assert {each["group"] for each in answer["templates"]} == set(answer["groups"])
    assert len(answer["templates"]) >= 20


CALLS = [
    ("GET", ""),
    ("GET", "/clips"),
    ("GET", "/film.mp4"),
    ("GET", "/film.mp4?composition=1"),
    ("GET", "/film.m3u8"),
    ("GET", "/film.m3u8?composition=1"),
    ("GET", "/film/1/init.mp4"),
    ("GET", "/film/1/0.m4s"),
    ("GET", "/events?after=0"),
    ("GET", "/events"),
    ("GET", "/regenerations"),
    ("GET", f"/regenerations/{NOBODYS}"),
    ("DELETE", f"/regenerations/{NOBODYS}"),
    ("GET", "/clips/0/thumbnail"),
    ("GET", "/clips/0/thumbnail.jpg"),
    ("GET", "/clips/0/versions"),
    ("GET", "/clips/0/versions/1/footage.mp4"),
    ("GET", "/clips/0/compare"),
    ("GET", "/films"),
    ("GET", "/films/compare"),
    ("POST", "/clips/0/versions/1/restore"),
    ("GET", "/clips/0/takes"),
    ("POST", "/clips/0/takes"),
    ("POST", f"/clips/0/takes/{NOBODYS}/keep"),
    ("POST", "/clips/0/versions/1/drop"),
    ("POST", "/offers"),
    ("GET", f"/clips/batch/{NOBODYS}/status"),
    ("POST", "/clips/0/regenerate"),
    ("POST", "/clips/batch-regenerate"),
    ("POST", "/plan"),
    ("POST", "/quotes"),
    ("POST", f"/quotes/{NOBODYS}/confirm"),
    ("GET", "/review"),
    ("GET", "/review.csv"),
    ("GET", "/review.json"),
    ("PUT", f"/review/{NOBODYS}"),
    ("GET", f"/review/{NOBODYS}/marks"),
    ("GET", "/shares"),
    ("POST", "/shares"),
    ("DELETE", f"/shares/{NOBODYS}"),
    ("GET", "/history"),
    ("POST", "/history"),
    ("POST", "/undo"),
    ("POST", "/redo"),
    ("GET", "/clips/0/preview/before.jpg?text=make it night"),
    ("GET", "/clips/0/preview/after.jpg?text=make it night"),
    ("GET", "/clips/0/preview.mp4?text=make it night"),
]
BODIES = {
    f"/review/{NOBODYS}": {"mark": "accept"},
    "/shares": {"days": 7},
    "/history": {"position": 0},
    "/offers": {"offers_first": True},
    "/clips/0/regenerate": {"instruction": "make it night"},
    "/clips/batch-regenerate": {"clips": [{"clip_index": 0, "instruction": "make it night"}]},
    "/plan": {"text": "make clip 1 night"},
    "/quotes": {"text": "make clip 1 night"},
    "/clips/0/takes": {"takes": 3},
    f"/clips/0/takes/{NOBODYS}/keep": {"version_number": 2},
}


@pytest.mark.parametrize(("method", "path"), CALLS)
def test_an_unknown_job_is_not_found_and_a_malformed_id_is_refused(
    gallery: Studio, method: str, path: str
) -> None:
    unknown = gallery.client.request(method, f"/api/v1/jobs/{uuid4()}{path}", json=BODIES.get(path))
    malformed = gallery.client.request(method, f"/api/v1/jobs/7{path}", json=BODIES.get(path))

    assert (unknown.status_code, unknown.json()["code"]) == (404, "job_not_found")
    assert (malformed.status_code, malformed.json()["code"]) == (400, "malformed_id")
    assert set(unknown.json()) == set(malformed.json()) == {"code", "detail", "retryable"}


@pytest.mark.parametrize(("method", "path"), CALLS)
def test_somebody_elses_job_is_refused(
    gallery: Studio, stranger: Studio, method: str, path: str
) -> None:
    response = stranger.client.request(method, f"{gallery.url}{path}", json=BODIES.get(path))
    assert (response.status_code, response.json()["code"]) == (403, "not_allowed")


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/clips/99/thumbnail", 404, "clip_not_found"),
        ("GET", "/clips/99/thumbnail.jpg", 404, "clip_not_found"),
        ("GET", "/clips/99/versions", 404, "clip_not_found"),
        ("GET", "/clips/99/versions/1/footage.mp4", 404, "clip_not_found"),
        ("POST", "/clips/99/versions/1/restore", 404, "clip_not_found"),
        ("POST", "/clips/99/regenerate", 404, "clip_not_found"),
        ("GET", "/clips/99/preview/after.jpg?text=make it night", 404, "clip_not_found"),
        ("GET", "/clips/0/versions/9/footage.mp4", 404, "version_not_found"),
        ("GET", "/clips/0/thumbnail.jpg?version=9", 404, "version_not_found"),
        ("POST", "/clips/0/versions/9/restore", 404, "version_not_found"),
        ("POST", "/clips/0/versions/nonsense/restore", 404, "version_not_found"),
        ("GET", "/film.mp4?composition=9", 404, "composition_not_found"),
        ("GET", f"/regenerations/{NOBODYS}", 404, "regeneration_not_found"),
        ("DELETE", f"/regenerations/{NOBODYS}", 404, "regeneration_not_found"),
        ("GET", f"/clips/batch/{NOBODYS}/status", 404, "regeneration_not_found"),
        ("POST", f"/quotes/{NOBODYS}/confirm", 404, "quote_not_found"),
        ("GET", "/clips/-1/thumbnail", 400, "malformed_id"),
        ("GET", "/clips/x/thumbnail", 400, "malformed_id"),
        ("GET", f"/clips/{10**30}/versions", 400, "malformed_id"),
        ("GET", "/regenerations/7", 400, "malformed_id"),
        ("GET", "/clips/batch/7/status", 400, "malformed_id"),
        ("POST", "/quotes/7/confirm", 400, "malformed_id"),
        ("GET", "/clips/0/preview/after.jpg", 400, "empty_instruction"),
        ("GET", "/clips/0/preview/after.jpg?quote_id=7", 400, "malformed_id"),
        ("GET", "/film.mp4?composition=0", 422, "invalid_request"),
        ("GET", "/film.mp4?composition=latest", 422, "invalid_request"),
        ("GET", "/events?after=-1", 422, "invalid_request"),
        ("GET", "/regenerations?limit=0", 422, "invalid_request"),
        ("PUT", "", 405, "method_not_allowed"),
        ("GET", "/nothing", 404, "not_found"),
        ("GET", "/clips/0/", 404, "not_found"),
    ],
)
def test_what_cannot_be_done_is_refused_in_one_shape(
    gallery: Studio, method: str, path: str, status: int, code: str
) -> None:
    body = {"instruction": "make it night"} if path.endswith("regenerate") else None
    response = gallery.client.request(method, f"{gallery.url}{path}", json=body)

    assert (response.status_code, response.json()["code"]) == (status, code)
    assert set(response.json()) == {"code", "detail", "retryable"}


@pytest.mark.parametrize("status", ["queued", "processing", "failed"])
def test_a_job_without_clips_is_not_ready(studio: Studio, status: str) -> None:
    desk = studio.desk
    rows = jobs.rows(uuid4(), desk.user.id, 3, [0, 1, 2], [], status, "no/song.wav")
    rows["job_stages"] = []
    desk.store.jobs.insert(rows)
    job = rows["jobs"][0]["id"]

    response = studio.client.get(f"/api/v1/jobs/{job}/clips")

    assert (response.status_code, response.json()["code"]) == (400, "job_not_ready")
    assert studio.client.get(f"/api/v1/jobs/{job}").json()["status"] == status


def test_nothing_of_the_machine_is_told(gallery: Studio) -> None:
    """Paths and keys of storage are nobody's business."""
    told = [
        gallery.client.get(path).text
        for path in (
            "/api/v1/jobs",
            gallery.url,
            f"{gallery.url}/clips",
            f"{gallery.url}/clips/0/versions",
            f"{gallery.url}/events?after=0",
        )
    ]
    assert not any(str(gallery.desk.home) in text or "video-clips" in text for text in told)


def test_money_is_written_as_decimal_strings(gallery: Studio) -> None:
    job = gallery.client.get(gallery.url).json()
    for name in ("total_cost", "budget", "budget_left", "spent", "reserved"):
        assert MONEY.fullmatch(job[name])
        assert Decimal(job[name]) >= 0


def test_a_stranger_sees_no_jobs(stranger: Studio) -> None:
    assert stranger.client.get("/api/v1/jobs").json() == {"jobs": [], "next_offset": None}
    assert isinstance(stranger.desk.user, User)


def test_the_song_is_told_as_it_is_drawn(gallery: Studio) -> None:
    answer = gallery.client.get(f"{gallery.url}/wave")
    body = answer.json()
    assert body["per_second"] == 10
    assert len(body["levels"]) == round(3 * jobs.SECONDS * 10)
    assert all(0 <= level <= 255 for level in body["levels"])
    again = gallery.client.get(
        f"{gallery.url}/wave", headers={"If-None-Match": answer.headers["etag"]}
    )
    assert again.status_code == 304
