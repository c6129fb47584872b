"""Takes on the page: three more like a version, side by side, and one of them kept."""

from collections.abc import Callable, Iterator
from typing import Final

import httpx
import pytest
from playwright.sync_api import Locator, Page, expect

from clipbot.store.database import connect
from tests import jobs, sample
from tests.browser.accessible import faults
from tests.browser.conftest import PHONE, Watched, running
from tests.browser.studio import EDIT_MS, Studio
from tests.browser.test_appearance import overflow
from tests.desk import desk

JOB: Final = jobs.job_id("takes")
Open = Callable[..., Studio]


@pytest.fixture(name="app", scope="module")
def fixture_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An app with a tiny job; clips 1 and 2 are nighttime, clips 2 and 3 have takes to choose."""
    home = sample.copy(tmp_path_factory.mktemp("takes") / "home")
    engine = connect(f"sqlite:///{home / 'clipbot.db'}")
    at = desk(engine, home)
    at.services.films.ensure(jobs.install(at.store, at.parts.blobs, clips=3, name="takes"))
    at.edit(JOB, "make clips 1 and 2 nighttime")
    at.edit(JOB, "two more versions of clip 2")
    warmer = at.services.quotes.quote(at.user, JOB, text="make clip 3 warmer", takes=3)
    at.services.edits.confirm(at.user, JOB, warmer.quote.id)
    at.parts.close()
    engine.dispose()
    with running(home) as address:
        yield address


@pytest.fixture(name="client")
def fixture_client(app: str) -> Iterator[httpx.Client]:
    with asking(app) as client:
        yield client


def asking(address: str) -> httpx.Client:
    return httpx.Client(
        base_url=f"{address}/api/v1/jobs/{JOB}",
        timeout=60,
        trust_env=False,
        follow_redirects=True,
    )


def tray(page: Page) -> Locator:
    return page.get_by_role("dialog", name="Takes of clip")


def card_of(page: Page, number: int) -> Locator:
    return page.get_by_role("region", name=f"Takes of clip {number}")


def takes(page: Page) -> Locator:
    return tray(page).get_by_role("radio")


def test_three_more_are_priced_made_and_chosen_from_by_key(
    open_page: Open, client: httpx.Client, keep: Callable[[Studio, str], object]
) -> None:
    studio = open_page(f"/?job={JOB}&clip=1")
    page = studio.page
    page.get_by_role("button", name="Three more like version 2").click()
    expect(studio.dialog).to_be_visible()
    expect(studio.dialog).to_contain_text("Make 2 takes of clip 1?")
    expect(studio.dialog).to_contain_text("whatever the seed")
    expect(studio.dialog).to_contain_text("Take 2 of 2, strong")
    keep(studio, "takes-price")
    studio.dialog.get_by_role("button", name="Make them").click()

    card = card_of(page, 1)
    expect(card.get_by_role("progressbar")).to_have_count(2)
    expect(tray(page)).to_be_visible(timeout=EDIT_MS)
    expect(takes(page)).to_have_count(2)
    expect(tray(page)).to_contain_text("In the film")
    expect(takes(page).first).to_have_attribute("aria-checked", "true")
    expect(takes(page).first).to_contain_text("v3 · free")
    assert together(page) < 0.2
    assert faults(page) == []
    keep(studio, "takes-dark")
    page.keyboard.press("2")
    expect(takes(page).nth(1)).to_have_attribute("aria-checked", "true")
    page.keyboard.press("Escape")
    expect(tray(page)).to_be_hidden()
    assert client.get("/clips").json()["clips"][0]["current_version"] == 2

    card.get_by_role("button", name="Choose one").click()
    expect(takes(page)).to_have_count(2)
    page.keyboard.press("2")
    page.keyboard.press("Enter")
    expect(tray(page)).to_be_hidden()
    expect(studio.current_version).to_have_text("v4")
    expect(page.locator(".version .badge.offered")).to_have_count(0)
    expect(card).to_contain_text("Take 2 of clip 1 is in the film")
    history = client.get("/history").json()["entries"]
    assert history[-1]["label"] == "version 4 of clip 1"
    page.keyboard.press("Control+z")
    expect(studio.current_version).to_have_text("v2")


def test_none_of_them_leaves_the_film_and_works_on_a_phone(
    open_page: Open, client: httpx.Client, keep: Callable[[Studio, str], object]
) -> None:
    studio = open_page(f"/?job={JOB}&clip=3", size=PHONE, theme="light")
    page = studio.page
    studio.pane("Chat")
    card_of(page, 3).get_by_role("button", name="Choose one").click()
    expect(takes(page)).to_have_count(3)
    assert faults(page) == []
    assert overflow(page) == []
    keep(studio, "takes-phone-light")
    takes(page).nth(1).evaluate("cell => cell.scrollIntoView({inline: 'center'})")
    expect(tray(page).get_by_role("button", name="Keep take 2")).to_be_enabled()
    tray(page).get_by_role("button", name="None").click()
    expect(tray(page)).to_be_hidden()
    clip = client.get("/clips").json()["clips"][2]
    assert (clip["current_version"], clip["version_count"], clip["has_offer"]) == (1, 4, False)


@pytest.mark.thorough
def test_a_lost_server_changes_nothing_and_the_choice_stays(
    open_page: Open, watched: Watched
) -> None:
    watched.expected.extend(["ERR_", "Failed to fetch", "Failed to load"])
    studio = open_page(f"/?job={JOB}&clip=2", theme="light")
    page = studio.page
    card_of(page, 2).get_by_role("button", name="Choose one").click()
    expect(takes(page)).to_have_count(2)
    page.context.set_offline(True)
    tray(page).get_by_role("button", name="Keep take 1").click()
    expect(tray(page).get_by_role("alert")).to_contain_text("nothing was changed")
    page.context.set_offline(False)
    tray(page).get_by_role("button", name="Keep take 1").click()
    expect(tray(page)).to_be_hidden()
    expect(studio.current_version).to_have_text("v3")


def together(page: Page) -> float:
    """Wait until all videos of the tray play; return how far apart they are, in seconds."""
    page.wait_for_function(
        "() => { const all = [...document.querySelectorAll('.tray video')];"
        " return all.length === 3 && all.every((video) => video.readyState > 2 && !video.paused); }"
    )
    return float(
        page.evaluate(
            "() => { const at = [...document.querySelectorAll('.tray video')]"
            ".map((video) => video.currentTime);"
            " return Math.max(...at) - Math.min(...at); }"
        )
    )
