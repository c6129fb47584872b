"""A Space: people who sign in with Hugging Face, or visitors with a copy of the sample each."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response

from clipbot.blobs.base import url_of
from clipbot.domain.user import LOCAL_USER, User
from clipbot.errors import JobNotFound, TooManyGuests
from clipbot.identity.links import Links
from clipbot.services.guests import LIFETIME, copy_id
from clipbot.services.sample import SAMPLE_ID
from clipbot.serving import build
from clipbot.settings import load
from clipbot.wiring.people import people
from tests import jobs
from tests.contract.gotrue_keys import SigningKey
from tests.contract.openid_server import CLIENT_ID, CLIENT_SECRET, Provider, running
from tests.desk import Desk, FakeClock, desk
from tests.postgres import sqlite_on
from tests.routes import is_for_people, ours, ways
from tests.unit.api.conftest import Studio

BASE = "https://me-clipbot.hf.space"
SPACE = {"space_id": "me/clipbot", "space_host": "me-clipbot.hf.space"}
PAGE = {"Accept": "text/html", "Sec-Fetch-Mode": "navigate"}


def served(at: Desk, **given: Any) -> FastAPI:
    settings = load(home=at.home, **SPACE, **given)
    found = people(settings, at.store.roles.is_admin)
    return build(settings, at.services, found)


def browser(app: FastAPI) -> TestClient:
    return TestClient(app, base_url=BASE, follow_redirects=False)


@pytest.fixture(name="provider", scope="module")
def fixture_provider() -> Iterator[Provider]:
    with running() as provider:
        yield provider


@pytest.fixture(name="space", scope="module")
def fixture_space(gallery: Studio, provider: Provider) -> FastAPI:
    return served(
        gallery.desk,
        auth="huggingface",
        oauth_client_id=CLIENT_ID,
        oauth_client_secret=CLIENT_SECRET,
        openid_provider_url=provider.url,
    )


@dataclass
class Trip:
    """One sign-in, step by step."""

    browser: TestClient
    provider: Provider

    def begun(self, wanted: str = "/") -> str:
        start = self.browser.get("/login/start", params={"next": wanted})
        assert start.status_code == 303
        assert start.headers["location"].startswith(f"{self.provider.url}/oauth/authorize?")
        return start.headers["location"]

    def back(self, way: str, **changes: str) -> Response:
        answer: Response = self.browser.get(self.provider.authorized(way, **changes))
        return answer


@pytest.fixture(name="trip")
def fixture_trip(space: FastAPI, provider: Provider) -> Iterator[Trip]:
    yield Trip(browser(space), provider)
    provider.claims, provider.signs_with, provider.is_away = {}, None, False


class TestHuggingFace:
    def test_signing_in_leads_there_and_back(self, trip: Trip) -> None:
        assert trip.browser.get("/?clip=2", headers=PAGE).headers["location"].startswith("/login?")
        form = trip.browser.get("/login?next=/%3Fclip%3D2")
        assert "Sign in with Hugging Face" in form.text
        assert 'href="/login/start?next=/%3Fclip%3D2" target="_blank"' in form.text
        assert "huggingface.co" in form.headers["content-security-policy"]

        answer = trip.back(trip.begun("/?clip=2"))

        assert (answer.status_code, answer.headers["location"]) == (303, "/?clip=2")
        for line in answer.headers.get_list("set-cookie"):
            assert line.startswith("__Host-clipbot-")
            assert line.endswith("; SameSite=None; Secure; Partitioned")
        said = trip.browser.get("/api/v1/me").json()
        assert said["id"] == str(uuid5(uuid5(NAMESPACE_URL, trip.provider.url), "62a1"))
        assert (said["email"], said["can_sign_out"]) == ("ada@example.com", True)
        assert trip.browser.get("/login").headers["location"] == "/"

    def test_an_address_that_is_not_verified_is_not_shown(self, trip: Trip) -> None:
        trip.provider.claims = {"email_verified": False}
        trip.back(trip.begun())
        assert trip.browser.get("/api/v1/me").json()["email"] is None

    def test_signing_out_ends_it(self, trip: Trip) -> None:
        trip.back(trip.begun())
        kept = "; ".join(f"{name}={value}" for name, value in dict(trip.browser.cookies).items())
        answer = trip.browser.post("/logout", headers={"Origin": BASE})
        assert (answer.status_code, answer.headers["location"]) == (303, "/login?left")
        assert trip.browser.get("/api/v1/me").status_code == 401
        assert trip.browser.get("/api/v1/me", headers={"Cookie": kept}).status_code == 401

    @pytest.mark.parametrize(
        "claims",
        [
            {"iss": "https://other.example"},
            {"aud": "another-space"},
            {"exp": int(time.time()) - 60},
            {"exp": None},
            {"sub": None},
            {"nonce": "another sign-in's"},
            {"nonce": None},
            {"iat": int(time.time()) + 3600},
        ],
    )
    def test_an_id_token_that_is_not_for_this_lets_nobody_in(
        self, trip: Trip, claims: dict[str, Any]
    ) -> None:
        trip.provider.claims = claims
        answer = trip.back(trip.begun())
        assert answer.status_code == 401
        assert "did not come through" in answer.text
        assert trip.browser.get("/api/v1/me").status_code == 401

    def test_an_id_token_of_a_stranger_lets_nobody_in(self, trip: Trip) -> None:
        trip.provider.signs_with = SigningKey.new("RS256")
        assert trip.back(trip.begun()).status_code == 401

    def test_nobody_is_led_into_somebody_elses_sign_in(self, trip: Trip, space: FastAPI) -> None:
        """A link with the attacker's code, opened by the victim's browser."""
        attacker = Trip(browser(space), trip.provider)
        way = attacker.begun()
        assert trip.back(way).status_code == 401
        trip.begun()
        answer = trip.back(way)
        assert answer.status_code == 401
        assert "not begun here" in answer.text
        assert trip.browser.get("/api/v1/me").status_code == 401

    def test_a_code_is_good_once(self, trip: Trip) -> None:
        back = trip.provider.authorized(trip.begun())
        assert trip.browser.get(back).status_code == 303
        trip.browser.post("/logout", headers={"Origin": BASE})
        assert trip.browser.get(back).status_code == 401

    @pytest.mark.parametrize("query", ["", "?code=x", "?state=x", "?error=access_denied&state=x"])
    def test_coming_back_with_nothing_is_no_sign_in(self, trip: Trip, query: str) -> None:
        trip.begun()
        answer = trip.browser.get(f"/login/callback{query}")
        assert answer.status_code == 401
        assert "You were not signed in" in answer.text

    def test_a_made_up_code_is_worth_nothing(self, trip: Trip) -> None:
        answer = trip.back(trip.begun(), code="made-up")
        assert answer.status_code == 401

    @pytest.mark.parametrize("wanted", ["//evil.example", "https://evil.example", "/\\evil"])
    def test_nobody_is_led_elsewhere(self, trip: Trip, wanted: str) -> None:
        assert trip.back(trip.begun(wanted)).headers["location"] == "/"

    def test_while_the_provider_is_away_the_page_says_so(self, trip: Trip, gallery: Studio) -> None:
        app = served(
            gallery.desk,
            auth="huggingface",
            oauth_client_id=CLIENT_ID,
            oauth_client_secret=CLIENT_SECRET,
            openid_provider_url=trip.provider.url,
        )
        trip.provider.is_away = True
        answer = browser(app).get("/login/start")
        assert answer.status_code == 503
        assert "does not work right now" in answer.text

    def test_bearer_tokens_and_made_up_sessions_let_nobody_in(
        self, trip: Trip, space: FastAPI
    ) -> None:
        for sent in (
            {"Authorization": "Bearer x.y.z"},
            {"Cookie": "__Host-clipbot-member=1~x.y.z"},
            {"Cookie": "clipbot-member=1~x.y.z"},
            {},
        ):
            for way in filter(is_for_people, ours(space)):
                answer = trip.browser.request(way.method, way.address(job_id=1), headers=sent)
                assert answer.status_code == 401, way

    def test_a_begun_sign_in_is_no_session(self, trip: Trip) -> None:
        """Each kind of pass has a key of its own."""
        trip.begun()
        note = trip.browser.cookies["__Host-clipbot-begun"]
        sent = {"Cookie": f"__Host-clipbot-member={note}"}
        assert trip.browser.get("/api/v1/me", headers=sent).status_code == 401


@pytest.fixture(name="clock")
def fixture_clock() -> FakeClock:
    return FakeClock()


@pytest.fixture(name="visited")
def fixture_visited(tmp_path: Path, clock: FakeClock) -> Iterator[Desk]:
    """A store with the sample's rows; nothing of it is composed."""
    with sqlite_on(tmp_path / "clipbot.db") as engine:
        found = desk(engine, tmp_path, clock=clock)
        found.services.sample.install(LOCAL_USER)
        yield found


def copies(at: Desk) -> list[UUID]:
    rows = at.store.jobs.list(user_id=None, limit=200)
    return [row.id for row in rows if row.id != SAMPLE_ID]


class TestVisitors:
    def test_each_browser_has_a_copy_of_its_own(self, visited: Desk) -> None:
        app = served(visited)
        first, second = browser(app), browser(app)
        for each in (first, second):
            page = each.get("/", headers=PAGE)
            assert page.status_code == 200
            (line,) = page.headers.get_list("set-cookie")
            assert line.endswith("; SameSite=None; Secure; Partitioned")
        assert copies(visited) == []

        (mine,), (yours,) = (each.get("/api/v1/jobs").json()["jobs"] for each in (first, second))

        assert mine["id"] != yours["id"]
        assert first.get("/api/v1/jobs").json()["jobs"][0]["id"] == mine["id"]
        assert first.get(f"/api/v1/jobs/{mine['id']}/clips").json()["total_clips"] == 8
        picture = f"/api/v1/jobs/{mine['id']}/clips/0/thumbnail.jpg"
        assert first.get(picture).status_code == 200
        assert first.get(f"/api/v1/jobs/{yours['id']}").status_code == 403
        assert first.get(f"/api/v1/jobs/{SAMPLE_ID}").status_code == 403
        assert not first.get("/api/v1/me").json()["is_admin"]
        assert not first.get("/api/v1/me").json()["can_sign_out"]

    def test_whoever_keeps_no_cookie_gets_no_copy(self, visited: Desk) -> None:
        app = served(visited)
        for way in ways(app):
            crawler = browser(app)
            answer = crawler.request(way.method, way.address(job_id=SAMPLE_ID))
            if way.path.startswith(("/api/", "/gradio_api/")) and is_for_people(way):
                assert answer.status_code == 401, way
        assert copies(visited) == []
        assert "allow cookies" in browser(app).get("/api/v1/jobs").json()["detail"]

    def test_a_made_up_visitor_is_nobody(self, visited: Desk) -> None:
        app = served(visited)
        for name, value in (
            ("__Host-clipbot-visitor", "1~x.y.z"),
            ("clipbot-visitor", "1~x.y.z"),
            ("__Host-clipbot-visitor", f"1~{LOCAL_USER.id}"),
        ):
            sent = {"Cookie": f"{name}={value}"}
            assert browser(app).get("/api/v1/jobs", headers=sent).status_code == 401

    def test_all_ways_of_signing_in_lead_to_the_page(self, visited: Desk) -> None:
        visitor = browser(served(visited))
        for path in ("/login?next=/config", "/login/start", "/login/callback"):
            answer = visitor.get(path)
            assert (answer.status_code, answer.headers["location"]) == (303, "/")
        assert visitor.post("/login", headers={"Origin": BASE}).headers["location"] == "/"

    def test_there_is_room_for_so_many(self, visited: Desk, clock: FakeClock) -> None:
        guests = visited.services.guests
        guests.per_minute, guests.most, guests.are_visitors = 3, 5, True
        welcome = [User(uuid5(SAMPLE_ID, f"guest {number}")) for number in range(8)]
        for each in welcome[:3]:
            guests.welcome(each)
        with pytest.raises(TooManyGuests):
            guests.welcome(welcome[3])
        guests.welcome(welcome[0])
        clock.wait(61)
        for each in welcome[3:5]:
            guests.welcome(each)
        clock.wait(61)
        with pytest.raises(TooManyGuests):
            guests.welcome(welcome[5])
        assert len(copies(visited)) == 5
        answer = browser(served(visited))
        answer.get("/", headers=PAGE)
        refused = answer.get("/api/v1/jobs")
        assert (refused.status_code, refused.json()["retryable"]) == (503, True)

    def test_whoever_signs_in_does_without_where_there_is_no_room(self, visited: Desk) -> None:
        guests, member = visited.services.guests, User(uuid5(SAMPLE_ID, "a member"))
        guests.per_minute = 0
        assert visited.services.jobs.list(member).jobs == ()
        guests.per_minute = 1
        assert [each.id for each in visited.services.jobs.list(member).jobs] == [copy_id(member.id)]
        assert visited.services.jobs.newest(member) == copy_id(member.id)

    def test_after_a_day_a_copy_goes_with_what_was_made_of_it(
        self, visited: Desk, clock: FakeClock
    ) -> None:
        guests, visitor = visited.services.guests, User(uuid5(SAMPLE_ID, "a guest"))
        guests.welcome(visitor)
        id_ = copy_id(visitor.id)
        key = f"video-clips/{id_}/clip_0_v2.mp4"
        visited.parts.blobs.put(key, jobs.footage(0))
        version = {
            "id": str(uuid5(id_, "a version")),
            "job_id": str(id_),
            "clip_index": 0,
            "version_number": 2,
            "video_url": url_of(key),
            "prompt": "night",
        }
        visited.store.jobs.insert({"clip_versions": [version]})
        assert [each for each in _files(visited) if str(id_) in each] == [key]
        assert guests.forget() == 0
        clock.wait((LIFETIME + timedelta(seconds=1)).total_seconds())

        assert guests.forget() == 1

        with pytest.raises(JobNotFound):
            visited.store.jobs.get(id_)
        assert [key for key in _files(visited) if str(id_) in key] == []
        assert visited.store.jobs.get(SAMPLE_ID).user_id == LOCAL_USER.id
        assert visited.services.clips.thumbnail(LOCAL_USER, SAMPLE_ID, 0).path.exists()
        guests.welcome(visitor)
        assert visited.store.jobs.get(id_).user_id == visitor.id

    def test_a_copy_that_is_being_edited_stays(self, visited: Desk, clock: FakeClock) -> None:
        visited.queue.is_held = True
        visitor = User(uuid5(SAMPLE_ID, "a busy guest"))
        visited.services.guests.welcome(visitor)
        visited.user = visitor
        visited.edit(copy_id(visitor.id), "make it night", (1,))
        clock.wait((LIFETIME + timedelta(seconds=1)).total_seconds())
        visited.services.guests.forget()
        assert visited.store.jobs.get(copy_id(visitor.id)).user_id == visitor.id

    def test_the_one_at_home_needs_no_copy(self, visited: Desk) -> None:
        visited.services.jobs.list(LOCAL_USER)
        assert copies(visited) == []

    def test_a_link_shows_what_it_is_for(self, visited: Desk) -> None:
        app = served(visited)
        door = app.state.desk.identity
        assert isinstance(door.links, Links)
        path = f"/api/v1/jobs/{SAMPLE_ID}/clips/0/thumbnail.jpg"
        own = door.links.token(LOCAL_USER.id, path)
        assert browser(app).get(f"{path}?token={own}").status_code == 200
        assert browser(app).get(f"{path}?token=x").status_code == 404


def _files(at: Desk) -> list[str]:
    root = at.home / "blobs"
    return [str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()]
