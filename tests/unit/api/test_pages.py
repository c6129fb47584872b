"""Lists that can grow come page by page."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.unit.api.conftest import Studio


@pytest.fixture(name="edited")
def fixture_edited(studio: Studio) -> Studio:
    """A studio with five edits that wait or were cancelled."""
    studio.desk.queue.is_held = True
    for clip in (0, 1, 2, 0, 1):
        url = f"{studio.url}/clips/{clip}/regenerate"
        edit = studio.client.post(url, json={"instruction": "make it brighter"}).json()
        studio.client.delete(f"{studio.url}/regenerations/{edit['regeneration_id']}")
    return studio


def walked(studio: Studio, path: str, items: str, size: int) -> Iterator[list[dict[str, Any]]]:
    """Yield the pages of a list."""
    before = ""
    while True:
        page = studio.client.get(f"{studio.url}{path}?limit={size}{before}").json()
        yield page[items]
        if page["next_before"] is None:
            return
        before = f"&before={page['next_before']}"


@pytest.mark.parametrize("size", [1, 2, 5, 6])
def test_edits_come_page_by_page_each_once(edited: Studio, size: int) -> None:
    whole = edited.client.get(f"{edited.url}/regenerations").json()
    pages = list(walked(edited, "/regenerations", "regenerations", size))

    assert [edit for page in pages for edit in page] == whole["regenerations"]
    assert [len(page) for page in pages[:-1]] == [size] * (len(pages) - 1)
    assert (len(whole["regenerations"]), whole["next_before"]) == (5, None)


def test_a_page_stays_where_it_was_when_something_is_added(edited: Studio) -> None:
    first = edited.client.get(f"{edited.url}/regenerations?limit=2").json()
    rest = f"{edited.url}/regenerations?before={first['next_before']}"
    before = edited.client.get(rest).json()
    wish = {"instruction": "make it darker"}
    edited.client.post(f"{edited.url}/clips/0/regenerate", json=wish)

    assert edited.client.get(rest).json() == before


@pytest.mark.parametrize(
    ("before", "status", "code"),
    [
        ("3fa85f64-5717-4562-b3fc-2c963f66afa6", 404, "regeneration_not_found"),
        ("7", 400, "malformed_id"),
    ],
)
def test_a_page_behind_nothing_is_refused(
    gallery: Studio, before: str, status: int, code: str
) -> None:
    answer = gallery.client.get(f"{gallery.url}/regenerations?before={before}")
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_versions_come_page_by_page_and_the_count_is_of_all(studio: Studio) -> None:
    for _ in range(2):
        url = f"{studio.url}/clips/1/regenerate"
        studio.client.post(url, json={"instruction": "make it brighter"})
    first = studio.client.get(f"{studio.url}/clips/1/versions?limit=2").json()
    pages = list(walked(studio, "/clips/1/versions", "versions", 2))

    assert (first["total_versions"], first["current_version"]) == (3, 3)
    assert [[each["version_number"] for each in page] for page in pages] == [[3, 2], [1]]


def test_templates_come_page_by_page_under_the_same_headings(gallery: Studio) -> None:
    whole = gallery.client.get("/api/v1/templates").json()
    count = whole["total_templates"]
    pages = [
        gallery.client.get(f"/api/v1/templates?limit=10&offset={offset}").json()
        for offset in range(0, count + 10, 10)
    ]

    assert len(whole["templates"]) == count > 10
    assert [each for page in pages for each in page["templates"]] == whole["templates"]
    assert all(page["groups"] == whole["groups"] for page in pages)


def test_events_say_whether_there_are_more(edited: Studio) -> None:
    newest = edited.client.get(edited.url).json()["last_event_id"]
    assert newest >= 5
    url = f"{edited.url}/events"
    some = edited.client.get(f"{url}?after=0&limit=3").json()
    rest = edited.client.get(f"{url}?after=3&limit={newest - 3}").json()

    assert (some["last_event_id"], some["has_more"]) == (3, True)
    assert (rest["last_event_id"], rest["has_more"]) == (newest, False)
