"""The whole main job, as a person does it: from a wish to a new film, and back."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests import sample
from tests.browser.conftest import Watched, running
from tests.browser.studio import EDIT_MS, Studio


@pytest.fixture(name="app", scope="module")
def fixture_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An app of this file's own, to change the film in."""
    home = sample.copy(tmp_path_factory.mktemp("main-job") / "home")
    with running(home) as address:
        yield address


def test_a_wish_becomes_a_new_film_and_can_be_taken_back(
    studio: Studio, keep: Callable[[Studio, str], Path]
) -> None:
    page = studio.page
    studio.composition(1)
    studio.select(2)
    expect(studio.versions).to_have_count(1)

    # The price and a free preview come first; Cancel has the focus.
    studio.ask_price("make it nighttime")
    expect(studio.dialog.get_by_role("heading", name="Change clip 2?")).to_be_visible()
    expect(studio.dialog.locator(".total")).to_contain_text("$0.00")
    expect(studio.dialog.get_by_role("button", name="Cancel")).to_be_focused()
    for picture in studio.dialog.locator(".preview img").all():
        assert picture.evaluate("image => image.naturalWidth") > 0
    keep(studio, "dialog")

    # Cancelling starts nothing, and the way back to the price stays in the chat.
    page.keyboard.press("Escape")
    expect(studio.dialog).to_be_hidden()
    expect(studio.box).to_be_focused()
    expect(studio.run).to_have_count(0)
    page.get_by_role("button", name="Preview and price").click()
    studio.confirm()

    # It runs; a reload in the middle finds it again.
    expect(studio.run).to_be_visible()
    expect(studio.clip(2)).to_have_class(re.compile("is-running"))
    studio.reload()
    expect(studio.run.locator(".wish")).to_have_text("make it nighttime")
    expect(studio.clip(2)).to_have_attribute("aria-selected", "true")
    expect(page.get_by_role("button", name="Undo", exact=True)).to_be_disabled()
    keep(studio, "running")

    # Done: the film changes in place, and the clip has a second version.
    expect(studio.current_version).to_have_text("v2", timeout=EDIT_MS)
    expect(studio.versions).to_have_count(2)
    expect(studio.chat.get_by_text("Clip 2 is done")).to_be_visible()
    expect(studio.run).to_have_count(0)
    expect(studio.clip(2).get_by_text("v2")).to_be_visible()
    studio.composition(2)

    # The new film plays on across the joins before and after the new clip.
    plays_across(studio, from_seconds=9.2, to_seconds=11.5)
    plays_across(studio, from_seconds=17.2, to_seconds=19.0)
    expect(page.locator(".where")).to_contain_text("Clip 3")
    studio.seek(13.0)
    expect(page.locator(".where")).to_contain_text("Clip 2")
    keep(studio, "done")

    # Undo and redo move between films without making anything.
    page.get_by_role("button", name="Undo: make it nighttime").click()
    expect(studio.current_version).to_have_text("v1")
    expect(page.locator(".toast")).to_contain_text("Undone: make it nighttime")
    page.get_by_role("button", name="Redo: make it nighttime").click()
    expect(studio.current_version).to_have_text("v2")

    # A version of its own can be played, and brought back.
    studio.versions.first.click()
    page.get_by_role("button", name="Play version 1").click()
    expect(page.get_by_text("Clip 2, version 1 · not in the film")).to_be_visible()
    page.get_by_role("button", name="Back to the film").click()
    page.get_by_role("button", name="Restore version 1").click()
    expect(studio.current_version).to_have_text("v1")
    expect(studio.versions).to_have_count(2)


def plays_across(studio: Studio, *, from_seconds: float, to_seconds: float) -> None:
    studio.seek(from_seconds)
    studio.play_until(to_seconds)
    studio.pause()
    assert studio.film_state()["error"] is None


def test_an_edit_cancelled_in_another_tab_leaves_everything_as_it_was(
    studio: Studio, watched: Watched
) -> None:
    """Tabs share one stream of events: a browser allows six connections in all."""
    studio.select(5)
    page = studio.page.context.new_page()
    watched.watch(page)
    streams: list[str] = []
    page.on("request", lambda request: streams.append(request.url))
    page.goto(studio.page.url)
    other = Studio(page).ready()

    studio.ask_price("make it snow")
    studio.confirm()
    other.run.get_by_role("button", name="Cancel").click()

    for each in (studio, other):
        expect(each.chat.get_by_text("was cancelled")).to_be_visible()
        expect(each.run).to_have_count(0)
        expect(each.versions).to_have_count(1)
        expect(each.current_version).to_have_text("v1")
    assert [url for url in streams if url.endswith("/events")] == []


def test_an_edit_is_followed_without_the_event_stream(
    open_page: Callable[..., Studio], watched: Watched
) -> None:
    """Where a proxy holds streams back, Gradio's own channel and polling stand in."""
    watched.expected.append("503")
    refusal = {"status": 503, "json": {"code": "too_many_streams", "detail": "Full."}}
    studio = open_page(
        prepare=lambda page: page.route("**/events", lambda route: route.fulfill(**refusal))
    )
    studio.select(7)
    studio.ask_price("make it brighter")
    studio.confirm()

    expect(studio.current_version).to_have_text("v2", timeout=EDIT_MS)
