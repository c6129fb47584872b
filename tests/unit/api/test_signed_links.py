"""Signed addresses: for what a program's player cannot send a header with."""

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID, uuid4

import pytest

from clipbot.api.links import is_opened_by_link
from clipbot.domain.user import LOCAL_USER
from tests import jobs
from tests.contract.gotrue_server import Double, Person
from tests.people import House
from tests.routes import Way, is_for_people, ours
from tests.unit.api.conftest import Studio


@pytest.fixture(name="owner", scope="session")
def fixture_owner(double: Double) -> Person:
    """Whoever the shared studio's job belongs to."""
    return double.join("owner@example.com", "word", id=str(LOCAL_USER.id))


JOB = f"/api/v1/jobs/{jobs.job_id()}"


def get(house: House, person: Person, path: str = "") -> dict[str, Any]:
    answer = house.client.get(f"{JOB}{path}", headers=house.bearer(person))
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


def addresses(document: Any) -> list[str]:
    """Return every address of ours that a document holds."""
    if isinstance(document, str):
        return [document] if document.startswith("/api/v1/") else []
    children = document.values() if isinstance(document, dict) else document
    if not isinstance(document, dict | list):
        return []
    return [found for child in children for found in addresses(child)]


@pytest.mark.parametrize("path", ["", "/clips", "/clips/0/versions"])
def test_every_address_in_an_answer_works_as_it_is(house: House, owner: Person, path: str) -> None:
    found = addresses(get(house, owner, path))
    assert found
    for address in found:
        assert "token=" in address
        if not urlsplit(address).path.endswith("/events"):
            assert house.client.get(address).status_code in {200, 206}


def test_events_are_polled_by_a_signed_address(house: House, owner: Person) -> None:
    address = get(house, owner)["events_url"]
    assert house.client.get(f"{address}&after=0").status_code == 200


def test_redirects_lead_to_what_the_same_link_opens(house: House, owner: Person) -> None:
    film = urlsplit(get(house, owner)["video_url"])
    (token,) = parse_qs(film.query)["token"]
    first = house.client.get(f"{film.path}?token={token}")
    assert first.status_code == 307
    assert house.client.get(first.headers["location"]).status_code == 200

    picture = house.client.get(f"{JOB}/clips/0/thumbnail", headers=house.bearer(owner))
    assert picture.status_code == 302
    assert house.client.get(picture.headers["location"]).headers["content-type"] == "image/jpeg"


def test_a_link_is_for_its_path_whatever_else_is_asked(house: House, owner: Person) -> None:
    film = urlsplit(get(house, owner)["film"]["url"])
    (token,) = parse_qs(film.query)["token"]
    assert house.client.get(f"{film.path}?composition=1&x=y&token={token}").status_code == 200
    ranged = {"Range": "bytes=0-9"}
    assert house.client.get(f"{film.path}?composition=1&token={token}", headers=ranged).content
    for other in ("/clips/0/thumbnail.jpg", "/clips/0/versions/1/footage.mp4", "/events?after=0"):
        mark = "&" if "?" in other else "?"
        answer = house.client.get(f"{JOB}{other}{mark}token={token}")
        assert (answer.status_code, answer.json()["code"]) == (404, "link_not_found")


def test_a_link_only_looks(house: House, owner: Person) -> None:
    (token,) = parse_qs(urlsplit(get(house, owner)["events_url"]).query)["token"]
    for way in filter(is_for_people, ours(house.app)):
        if way.method in {"GET", "HEAD"} and is_opened_by_link(way.method, way.address(job_id=1)):
            continue
        address = way.address(job_id=jobs.job_id(), clip_index=0, version=1)
        answer = house.client.request(way.method, f"{address}?token={token}")
        assert answer.status_code == 401, way


def test_media_and_streams_are_what_links_open_and_nothing_else(house: House) -> None:
    """A new route for media must be put into the pattern, or not be media."""
    media = {
        way
        for way in filter(is_for_people, ours(house.app))
        if way.path.endswith((".mp4", ".m4s", ".m3u8", ".jpg", ".vtt", "/events", "/thumbnail"))
    }
    opened = {
        way for way in ours(house.app) if is_opened_by_link(way.method, way.address(job_id=1))
    }
    assert opened == media
    assert Way("GET", "/api/v1/jobs/{job_id}/events") in opened


@pytest.mark.parametrize("token", ["", "x", "eyJhbGciOiJub25lIn0.e30."])
def test_one_that_does_not_fit_is_not_found_even_beside_a_good_session(
    house: House, owner: Person, token: str
) -> None:
    cookie = {"Cookie": f"clipbot-access=1~{house.double.token(owner)}"}
    path = f"{JOB}/clips/0/thumbnail.jpg"
    assert house.client.get(path, headers=cookie).status_code == 200
    answer = house.client.get(f"{path}?token={token}", headers=cookie)
    assert answer.status_code == 404


def test_a_bearer_is_believed_before_a_link(house: House, owner: Person) -> None:
    path = f"{JOB}/clips/0/thumbnail.jpg"
    assert house.client.get(f"{path}?token=x", headers=house.bearer(owner)).status_code == 200
    bad = {"Authorization": "Bearer x"}
    film = get(house, owner)["film"]["url"]
    assert house.client.get(film, headers=bad).status_code == 401


def test_what_a_link_lets_in_gets_no_longer_links(house: House, owner: Person) -> None:
    """Else one that leaked could be renewed for ever."""
    film = urlsplit(get(house, owner)["video_url"])
    (token,) = parse_qs(film.query)["token"]
    answer = house.client.get(f"{film.path}?token={token}")
    (next_token,) = parse_qs(urlsplit(answer.headers["location"]).query)["token"]
    assert next_token == token


def test_a_persons_link_shows_only_what_they_may_see(house: House, ada: Person) -> None:
    from clipbot.identity.supabase import SupabaseDoor  # noqa: PLC0415 - its links are made here

    door = house.app.state.desk.identity
    assert isinstance(door, SupabaseDoor)
    path = f"{JOB}/clips/0/thumbnail.jpg"
    token = door.links.token(UUID(ada.id), path)
    assert house.client.get(f"{path}?token={token}").status_code == 403
    gone = f"/api/v1/jobs/{uuid4()}/film.mp4"
    token = door.links.token(UUID(ada.id), gone)
    assert house.client.get(f"{gone}?token={token}").json()["code"] == "job_not_found"


def test_browsers_and_houses_without_sign_in_get_plain_addresses(
    house: House, gallery: Studio, owner: Person
) -> None:
    cookie = {"Cookie": f"clipbot-access=1~{house.double.token(owner)}"}
    assert "token=" not in house.browser().get(f"{JOB}/clips", headers=cookie).text
    assert "token=" not in json.dumps(gallery.client.get(f"{gallery.url}/clips").json())
