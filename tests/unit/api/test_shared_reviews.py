"""Links to a review: what they open, for how long, and that they open nothing else."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import text

from clipbot import api
from clipbot.domain.reviews import Mark
from clipbot.domain.user import LOCAL_USER, User
from clipbot.errors import NotAllowed, ShareNotFound
from clipbot.identity.none import NoIdentity
from clipbot.store.database import reading
from tests import jobs, reviewed
from tests.contract.gotrue_server import Double
from tests.desk import Desk, FakeClock, desk
from tests.people import served
from tests.postgres import sqlite_on
from tests.routes import ours
from tests.unit.api.conftest import BASE


@dataclass(frozen=True, slots=True)
class Club:
    """A clipbot in which people sign in, a clock that is moved, and somebody who did not."""

    desk: Desk
    clock: FakeClock
    made: reviewed.Made
    app: FastAPI
    guest: TestClient

    def share(self, **given: Any) -> tuple[str, str]:
        """Make a link; return where its calls are, and its token."""
        made = self.desk.services.shares.create(LOCAL_USER, self.made.job, **given)
        return f"/api/v1/shared/{made.share.id}", made.token

    def get(self, address: str, token: str, **given: Any) -> Any:
        return self.guest.get(address, headers={"Authorization": f"Bearer {token}"}, **given)


@pytest.fixture(name="club")
def fixture_club(tmp_path: Path, double: Double) -> Iterator[Club]:
    home, clock = tmp_path / "home", FakeClock()
    home.mkdir()
    with sqlite_on(home / "clipbot.db") as engine:
        found = desk(engine, home, clock=clock)
        made = reviewed.install(found.store, found.parts.blobs)
        _, app = served(found, double)
        with TestClient(app, base_url=BASE, follow_redirects=False) as guest:
            yield Club(found, clock, made, app, guest)


def looks(url: str) -> list[str]:
    """Return all that a link shows."""
    return [
        f"{url}/review",
        f"{url}/review.csv",
        f"{url}/review.json",
        f"{url}/clips/0/thumbnail.jpg?version=2",
        f"{url}/clips/0/versions/2/footage.mp4",
    ]


def test_a_link_shows_the_review_and_its_footage_to_whoever_has_it(club: Club) -> None:
    url, token = club.share()
    page = club.get(f"{url}/review", token).json()
    assert len(page["regenerations"]) == 7
    assert page["can_mark"] is False
    after = page["regenerations"][-1]["after"]
    assert after["footage_url"] == f"{url}/clips/0/versions/2/footage.mp4"
    for address in looks(url):
        answer = club.get(address, token)
        assert answer.status_code == 200, address
        assert "public" not in answer.headers["cache-control"]
        assert "immutable" not in answer.headers["cache-control"]
    part = club.guest.get(
        after["footage_url"], headers={"Authorization": f"Bearer {token}", "Range": "bytes=0-9"}
    )
    assert (part.status_code, len(part.content)) == (206, 10)


def test_without_its_token_or_with_another_one_it_opens_nothing(club: Club) -> None:
    url, token = club.share()
    _, others = club.share()
    for address in looks(url):
        assert club.guest.get(address).status_code == 404
        for wrong in (others, token[:-1], f"{token}x", "x", "", "é" * 9, "a" * 5_000):
            sent = {b"Authorization": f"Bearer {wrong}".encode()}
            answer = club.guest.get(address, headers=sent)
            assert (answer.status_code, answer.json()["code"]) == (404, "share_not_found")
    assert club.get(f"/api/v1/shared/{uuid4()}/review", token).status_code == 404
    assert club.get("/api/v1/shared/nonsense/review", token).status_code == 400


def test_it_opens_nothing_of_another_job_and_nothing_that_changes(club: Club) -> None:
    """Every call of the API, with the link's token as bearer, as cookie and in the address."""
    url, token = club.share()
    own = {way for way in ours(club.app) if "/shared/" in way.path}
    for way in set(ours(club.app)) - own:
        address = way.address(job_id=club.made.job, regeneration_id=club.made.night)
        shown = (
            {"Authorization": f"Bearer {token}"},
            {"Cookie": f"clipbot-share=1~{token}; clipbot-access=1~{token}"},
        )
        for headers in shown:
            answer = club.guest.request(way.method, address, headers=headers, json={})
            assert answer.status_code == 401, way
        assert club.guest.request(way.method, f"{address}?token={token}").status_code in {401, 404}
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        for address in looks(url):
            sent = {"Authorization": f"Bearer {token}"}
            answer = club.guest.request(method, address, headers=sent, json={"mark": "accept"})
            assert answer.status_code in {401, 405}, (method, address)
    assert club.get("/", token).status_code == 401
    assert club.get(f"/gradio_api/info?x=/shared/{url}", token).status_code == 401
    who, _ = club.desk.services.shares.open(_id(url), token)
    with pytest.raises(NotAllowed):
        club.desk.services.reviews.mark(who, club.made.night, Mark.ACCEPT)


def _id(url: str) -> UUID:
    return UUID(url.rsplit("/", 1)[1])


def test_it_ends_when_it_was_said_to(club: Club) -> None:
    url, token = club.share(days=2)
    club.clock.moment += timedelta(days=2, seconds=-1)
    assert club.get(f"{url}/review", token).status_code == 200
    club.clock.moment += timedelta(seconds=1)
    for address in looks(url):
        assert club.get(address, token).json()["code"] == "share_not_found"


def test_it_is_taken_back_at_once(club: Club) -> None:
    url, token = club.share()
    kept, _ = club.share()
    assert club.get(f"{url}/review", token).status_code == 200
    club.desk.services.shares.revoke(LOCAL_USER, _id(url))
    for address in looks(url):
        assert club.get(address, token).status_code == 404
    listed = club.desk.services.shares.list(LOCAL_USER, club.made.job)
    assert [each.holds(club.clock()) for each in listed if each.id == _id(url)] == [False]
    assert [each.holds(club.clock()) for each in listed if each.id == _id(kept)] == [True]


def test_a_browser_keeps_it_in_a_cookie_of_its_own_addresses(club: Club) -> None:
    url, token = club.share(days=1)
    sent = {"Authorization": f"Bearer {token}"}
    opened = club.guest.put(f"{url}/session", headers=sent)
    assert opened.json() == {"expires_at": "2026-03-05T12:00:00Z"}
    cookie = opened.headers["set-cookie"]
    assert cookie.startswith(f"clipbot-share=1~{token}; Path={url}; HttpOnly; Max-Age=86400;")
    assert "SameSite=Lax" in cookie
    for address in looks(url):
        assert club.guest.get(address).status_code == 200
    assert club.guest.get("/api/v1/jobs").status_code == 401
    refused = club.guest.put(f"{url}/session", headers={**sent, "Origin": "https://evil.example"})
    assert (refused.status_code, refused.json()["code"]) == (403, "foreign_origin")
    wrong = club.guest.put(f"{url}/session", headers={"Authorization": "Bearer x"})
    assert wrong.status_code == 404


def test_behind_https_and_in_a_frame_the_cookie_is_bound_to_that(club: Club) -> None:
    framed = api.create(
        club.desk.services,
        NoIdentity(),
        frame_ancestors=("https://huggingface.co",),
        is_https=True,
    )
    url, token = club.share()
    with TestClient(framed, base_url="https://127.0.0.1") as client:
        sent = {"Authorization": f"Bearer {token}"}
        cookie = client.put(f"{url}/session", headers=sent).headers["set-cookie"]
        assert cookie.startswith("__Secure-clipbot-share=")
        assert cookie.endswith("SameSite=None; Secure; Partitioned")


def test_reviewers_have_no_names_for_whoever_has_a_link(club: Club) -> None:
    ada = User(LOCAL_USER.id, "ada@example.com")
    services = club.desk.services
    services.reviews.mark(
        services.reviews.of_user(ada, club.made.job), club.made.night, Mark.REJECT, "Too dark."
    )
    url, token = club.share()
    for address in looks(url)[:3]:
        told = club.get(address, token).text
        assert "Too dark." in told
        assert "ada@example.com" not in told
    found = club.get(f"{url}/review?mark=reject", token).json()["regenerations"]
    assert [each["mark"]["is_own"] for each in found] == [False]


def test_its_token_is_kept_nowhere(club: Club, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    app = api.create(club.desk.services, NoIdentity())
    with TestClient(app, base_url=BASE) as owner:
        url = f"/api/v1/jobs/{club.made.job}/shares"
        sent = {"Idempotency-Key": "once"}
        made = owner.post(url, json={"days": 3, "label": " The  band "}, headers=sent).json()
        again = owner.post(url, json={"days": 3, "label": " The  band "}, headers=sent)
        listed = owner.get(url).json()["shares"]
    token = made["token"]
    assert made["url"] == f"/shared/{made['id']}#{token}"
    assert len(token) == 43
    assert (made["label"], made["is_held"]) == ("The band", True)
    assert again.headers["Idempotency-Replayed"] == "true"
    assert (again.json()["id"], again.json()["token"], again.json()["url"]) == (
        made["id"],
        None,
        None,
    )
    assert [each["id"] for each in listed] == [made["id"]]
    assert token not in str(listed)
    club.get(f"/api/v1/shared/{made['id']}/review", token)
    club.get(f"/api/v1/shared/{made['id']}/review?before={uuid4()}", token)
    with reading(club.desk.store.jobs.engine) as session:
        kept = [
            str(row)
            for table in ("review_shares", "idempotency_keys", "job_events")
            for row in session.execute(text(f"SELECT * FROM {table}"))  # noqa: S608 - our own names
        ]
    assert not [row for row in kept if token in row]
    ours_ = [each for each in caplog.records if each.name.startswith("clipbot")]
    assert not [each for each in ours_ if token in f"{each.getMessage()}{vars(each)}"]


@pytest.mark.parametrize("body", [{"days": 0}, {"days": 91}, {"label": "x" * 81}, {"for": "x"}])
def test_a_link_that_cannot_be_is_refused(club: Club, body: dict[str, Any]) -> None:
    app = api.create(club.desk.services, NoIdentity())
    with TestClient(app, base_url=BASE) as owner:
        answer = owner.post(f"/api/v1/jobs/{club.made.job}/shares", json=body)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")


def test_links_are_the_owners_to_make_and_take_back(club: Club) -> None:
    shares, stranger = club.desk.services.shares, User(uuid4())
    url, _ = club.share()
    for act in (
        lambda: shares.create(stranger, club.made.job),
        lambda: shares.list(stranger, club.made.job),
        lambda: shares.revoke(stranger, _id(url)),
    ):
        with pytest.raises(NotAllowed):
            act()
    other = jobs.install(club.desk.store, club.desk.parts.blobs, name="other")
    with pytest.raises(ShareNotFound):
        shares.revoke(LOCAL_USER, _id(url), other)


def test_the_page_of_a_link_is_open_and_says_nowhere_where_it_was(club: Club) -> None:
    answer = club.guest.get(f"/shared/{uuid4()}")
    assert answer.status_code == 200
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["cache-control"] == "no-store"
    navigating = {"Accept": "text/html", "Sec-Fetch-Mode": "navigate"}
    led = club.guest.get(f"/review/{club.made.job}?clip=2", headers=navigating)
    assert led.status_code == 303
    assert led.headers["location"] == f"/login?next=/review/{club.made.job}%3Fclip%3D2"
    for path in ("/shared", "/shared/", "/shared/x/config", "/shared/x/gradio_api/info"):
        assert club.guest.get(path).status_code == 401, path
