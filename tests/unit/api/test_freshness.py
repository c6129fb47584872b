"""Entity tags on what is read again and again."""

import pytest

from tests.unit.api.conftest import Studio

LISTS = ["/clips", "/clips/0/versions", "/regenerations", ""]


@pytest.mark.parametrize("path", LISTS)
def test_what_has_not_changed_is_not_sent_again(gallery: Studio, path: str) -> None:
    first = gallery.client.get(gallery.url + path)
    tag = first.headers["etag"]
    assert tag.startswith('"')
    assert first.headers["cache-control"] == "private, no-cache"

    for sent in (tag, f'"other", {tag}', f"W/{tag}", "*"):
        again = gallery.client.get(gallery.url + path, headers={"If-None-Match": sent})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == tag
        assert again.headers["cache-control"] == "private, no-cache"
        assert "content-length" not in again.headers


@pytest.mark.parametrize("path", ["/api/v1/jobs", "/api/v1/templates"])
def test_lists_of_a_person_have_tags_too(gallery: Studio, path: str) -> None:
    tag = gallery.client.get(path).headers["etag"]
    assert gallery.client.get(path, headers={"If-None-Match": tag}).status_code == 304


def test_a_change_changes_the_tag(studio: Studio) -> None:
    paths = [f"{studio.url}{path}" for path in LISTS] + ["/api/v1/jobs"]
    before = {path: studio.client.get(path).headers["etag"] for path in paths}
    wish = {"instruction": "make it brighter"}
    studio.client.post(f"{studio.url}/clips/0/regenerate", json=wish)

    for path, tag in before.items():
        answer = studio.client.get(path, headers={"If-None-Match": tag})
        assert (answer.status_code, answer.headers["etag"] != tag) == (200, True)


def test_two_clients_are_told_the_same_tag(gallery: Studio) -> None:
    tags = {gallery.client.get(f"{gallery.url}/clips").headers["etag"] for _ in range(3)}
    assert len(tags) == 1


def test_refusals_and_events_have_none(gallery: Studio) -> None:
    for path in ("/clips/9/versions", "/events?after=0"):
        answer = gallery.client.get(gallery.url + path)
        assert "etag" not in answer.headers
        assert answer.headers["cache-control"] == "no-store"


def test_head_is_get_without_its_body(gallery: Studio) -> None:
    for path in (*LISTS, "/clips/0/thumbnail", "/film.mp4?composition=1"):
        get, head = (gallery.client.request(m, gallery.url + path) for m in ("GET", "HEAD"))
        assert head.status_code == get.status_code
        assert head.content == b""
        assert head.headers.get("etag") == get.headers.get("etag")
        assert head.headers.get("content-length") == get.headers.get("content-length")


def test_a_stream_has_no_head(gallery: Studio) -> None:
    answer = gallery.client.head(f"{gallery.url}/events")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET")
