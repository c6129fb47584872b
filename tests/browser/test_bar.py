"""The bar: the film in another size, and the history of its changes."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import httpx
import pytest
from playwright.sync_api import Locator, Page, expect

from clipbot.media.probe import probe
from tests import jobs, sample
from tests.browser.accessible import faults
from tests.browser.conftest import PHONE, Watched, running
from tests.browser.studio import EDIT_MS, Studio
from tests.browser.test_appearance import overflow

JOB: Final = jobs.job_id("bar")
Open = Callable[..., Studio]


@pytest.fixture(name="app", scope="module")
def fixture_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    home = sample.with_job(tmp_path_factory.mktemp("bar") / "home", "bar", clips=3)
    with running(home) as address:
        yield address


def panel(page: Page) -> Locator:
    return page.get_by_role("dialog", name="Export")


def test_a_film_is_made_in_another_size_and_rate_and_downloaded(
    open_page: Open, tmp_path: Path
) -> None:
    page = open_page(f"/?job={JOB}").page
    page.get_by_role("button", name="Export the film").click()
    panel(page).get_by_label("Size").select_option("480p")
    panel(page).get_by_label("Frame rate").select_option("30")
    panel(page).get_by_role("button", name="Make it").click()
    made = panel(page).get_by_role("listitem")
    expect(made.get_by_role("link", name="Download")).to_be_visible(timeout=EDIT_MS)
    expect(made).to_contain_text(re.compile("854 . 480, 30 fps"))
    assert faults(page) == []
    with page.expect_download() as download:
        made.get_by_role("link", name="Download").click()
    target = tmp_path / "film.mp4"
    download.value.save_as(target)
    assert (probe(target).width, probe(target).height) == (854, 480)
    assert probe(target).rate == 30


def test_the_film_is_downloaded_as_it_is(open_page: Open, tmp_path: Path) -> None:
    page = open_page(f"/?job={JOB}").page
    page.get_by_role("button", name="Export the film").click()
    with page.expect_download() as download:
        panel(page).get_by_role("link", name="Download the film").click()
    target = tmp_path / "film.mp4"
    download.value.save_as(target)
    assert probe(target).frames > 0
    page.keyboard.press("Escape")
    expect(panel(page)).to_be_hidden()


def test_an_export_that_is_not_wanted_any_more_is_stopped(open_page: Open) -> None:
    page = open_page(f"/?job={JOB}", size=PHONE).page
    page.get_by_role("button", name="Export the film").click()
    panel(page).get_by_label("Size").select_option("2160p")
    panel(page).get_by_role("button", name="Make it").click()
    newest = panel(page).get_by_role("listitem").first
    newest.get_by_role("button", name="Stop").click()
    expect(newest).to_contain_text("stopped", timeout=EDIT_MS)
    assert overflow(page) == []


def test_the_history_says_what_was_changed_and_leads_back_to_any_of_it(
    open_page: Open, app: str, keep: Callable[[Studio, str], Path]
) -> None:
    with httpx.Client(base_url=f"{app}/api/v1/jobs/{JOB}", trust_env=False) as client:
        for seconds in (0.25, 0.5):
            change = {"clip_index": 1, "transition": "fade", "duration": seconds}
            client.post("/slots", json={"changes": [change]}).raise_for_status()
    studio = open_page(f"/?job={JOB}")
    page = studio.page
    page.get_by_role("button", name="History of the film").click()
    history = page.get_by_role("dialog", name="History").get_by_role("button")
    expect(history).to_have_count(3)
    expect(history.nth(0)).to_have_attribute("aria-current", "step")
    expect(history.nth(0)).to_contain_text("0.5 s")
    assert faults(page) == []
    history.nth(2).click()
    expect(history.nth(2)).to_have_attribute("aria-current", "step")
    expect(history.nth(1)).to_contain_text("taken back")
    expect(page.locator(".undo")).to_be_disabled()
    keep(studio, "history")
    history.nth(1).click()
    expect(history.nth(1)).to_have_attribute("aria-current", "step")
    page.keyboard.press("Escape")
    # Until the page has read what came of the last one, it takes no other.
    expect(page.locator(".redo")).to_be_enabled()
    page.keyboard.press("Control+Shift+Z")
    expect(page.locator(".toast")).to_contain_text("Redone")
    expect(page.locator(".redo")).to_be_disabled()


def test_undo_goes_on_working_after_the_line_was_lost(
    open_page: Open, app: str, watched: Watched
) -> None:
    watched.expected.append("Failed to load resource")
    labels: list[str] = []
    with httpx.Client(base_url=f"{app}/api/v1/jobs/{JOB}", trust_env=False) as client:
        for seconds in (0.3, 0.4, 0.5):
            change = {"clip_index": 1, "transition": "fade", "duration": seconds}
            done = client.post("/slots", json={"changes": [change]}).raise_for_status().json()
            labels.append(done["job"]["undo_label"])
    page = open_page(f"/?job={JOB}").page
    page.route(re.compile(f"/api/v1/jobs/{JOB}(/clips.*)?$"), lambda route: route.abort())
    page.locator(".undo").click()
    lost = page.get_by_role("alert").filter(has_text="connection to the server")
    lost.get_by_role("button", name="Try now").click()
    page.unroute_all()
    expect(lost).to_be_hidden()
    undo = page.get_by_role("button", name=f"Undo: {labels[1]}", exact=True)
    undo.click()
    expect(page.get_by_role("button", name=f"Undo: {labels[0]}", exact=True)).to_be_enabled()
    expect(page.get_by_role("button", name=f"Redo: {labels[1]}", exact=True)).to_be_enabled()
