"""Exports over REST: begun, watched, read, stopped."""

from collections.abc import Iterator

import pytest

from tests.integration.processes.waiting import until
from tests.unit.api.conftest import Studio


@pytest.fixture(name="exporting")
def fixture_exporting(studio: Studio) -> Iterator[Studio]:
    with studio.desk.services.exporting.running():
        yield studio


def test_an_export_is_begun_watched_and_read(exporting: Studio) -> None:
    client, url = exporting.client, f"{exporting.url}/exports"
    begun = client.post(url, json={"rate": 30})
    assert begun.status_code == 202
    body = begun.json()
    assert (body["url"], body["size_bytes"], body["error"]) == (None, None, None)
    assert (body["rate"], body["frames"], body["composition"]) == (30.0, 135, 1)

    until(lambda: client.get(f"{url}/{body['id']}").json()["status"] == "ready")
    done = client.get(f"{url}/{body['id']}").json()
    assert done["progress"] == 100
    film = client.get(done["url"])
    assert (film.status_code, len(film.content)) == (200, done["size_bytes"])
    part = client.get(done["url"], headers={"Range": "bytes=4-7"})
    assert (part.status_code, part.content) == (206, b"ftyp")
    assert client.get(url).json() == {"exports": [done]}
    assert client.post(url, json={"rate": 30}).json() == done


def test_an_export_is_stopped(studio: Studio) -> None:
    client, url = studio.client, f"{studio.url}/exports"
    begun = client.post(url, json={"size": "1080p"}).json()
    early = client.get(f"{url}/{begun['id']}/film.mp4")
    assert (early.status_code, early.json()["code"]) == (409, "export_not_ready")
    assert client.delete(f"{url}/{begun['id']}").json()["status"] == "cancelled"
    assert client.get(f"{url}/{begun['id']}").json()["status"] == "cancelled"


@pytest.mark.parametrize("body", [{"size": "4k"}, {"rate": 60}, {"rate": "fast"}, {"height": 1080}])
def test_what_cannot_be_made_is_refused(studio: Studio, body: dict[str, object]) -> None:
    answer = studio.client.post(f"{studio.url}/exports", json=body)
    assert answer.status_code == 422
    assert studio.client.get(f"{studio.url}/exports").json() == {"exports": []}


def test_what_nobody_asked_for_is_not_found(studio: Studio) -> None:
    unknown = f"{studio.url}/exports/{studio.job}"
    for answer in (
        studio.client.get(unknown),
        studio.client.delete(unknown),
        studio.client.get(f"{unknown}/film.mp4"),
    ):
        assert (answer.status_code, answer.json()["code"]) == (404, "export_not_found")


def test_too_many_at_once_have_to_wait(studio: Studio) -> None:
    for size in ("480p", "1080p", "1440p"):
        assert studio.client.post(f"{studio.url}/exports", json={"size": size}).status_code == 202
    answer = studio.client.post(f"{studio.url}/exports", json={"size": "2160p"})
    assert (answer.status_code, answer.json()["code"]) == (409, "too_many_exports")
