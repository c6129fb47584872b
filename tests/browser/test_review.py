"""The review of a film's edits, and a link that shows it to somebody else."""

import re
from collections.abc import Callable, Iterator
from typing import Any, Final
from uuid import UUID

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from clipbot.blobs.disk import DiskBlobs
from clipbot.store.database import connect
from clipbot.store.store import Store
from tests import jobs, reviewed, sample
from tests.browser.accessible import faults
from tests.browser.conftest import DESKTOP, PHONE, SCREENSHOTS, Theme, Watched, running
from tests.contract.gotrue_server import ANON_KEY, Double, Person
from tests.contract.gotrue_server import running as gotrue

ROWS: Final = 7
JOB: Final = jobs.job_id(reviewed.NAME)
CROWD: Final = jobs.job_id("crowd")
BARE: Final = jobs.job_id("bare")
INHERITED: Final = jobs.job_id("inherited")
PASSWORD: Final = "correct horse"


@pytest.fixture(name="double", scope="module")
def fixture_double() -> Iterator[Double]:
    with gotrue() as double:
        yield double


@pytest.fixture(name="ada", scope="module")
def fixture_ada(double: Double) -> Person:
    """Whose jobs they are."""
    return double.join("ada@example.com", PASSWORD)


@pytest.fixture(name="app", scope="module")
def fixture_app(
    double: Double, ada: Person, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The address of an app in which people sign in, with jobs of Ada's."""
    home = sample.copy(tmp_path_factory.mktemp("review") / "home")
    engine = connect(f"sqlite:///{home / 'clipbot.db'}")
    store, blobs, owner = Store.on(engine), DiskBlobs(home / "blobs"), UUID(ada.id)
    reviewed.install(store, blobs, owner=owner)
    reviewed.crowd(store, blobs, 200, owner=owner)
    jobs.install(store, blobs, name="bare", user_id=owner)
    reviewed.inherit(store, blobs, owner=owner)
    engine.dispose()
    settings = {
        "CLIPBOT_AUTH": "supabase",
        "SUPABASE_URL": double.url,
        "SUPABASE_ANON_KEY": ANON_KEY,
        # What waits is to wait on.
        "CLIPBOT_CONCURRENCY": "0",
    }
    with running(home, **settings) as address:
        yield address


Visit = Callable[..., Page]


@pytest.fixture(name="visit")
def fixture_visit(
    browser: Browser, app: str, double: Double, ada: Person, watched: Watched
) -> Iterator[Visit]:
    """Open an address in a fresh profile: as Ada, or as a stranger."""
    contexts: list[BrowserContext] = []

    def visited(
        path: str,
        *,
        size: tuple[int, int] = DESKTOP,
        theme: Theme = "dark",
        is_stranger: bool = False,
    ) -> Page:
        context = browser.new_context(
            base_url=app,
            viewport={"width": size[0], "height": size[1]},
            color_scheme=theme,
            has_touch=size == PHONE,
            accept_downloads=True,
        )
        contexts.append(context)
        if not is_stranger:
            token = double.token(ada)
            context.add_cookies([{"name": "clipbot-access", "value": f"1~{token}", "url": app}])
        page = context.new_page()
        page.set_default_timeout(60_000)
        watched.watch(page)
        page.goto(path)
        return page

    yield visited
    for context in contexts:
        context.close()


def rows(page: Page) -> Any:
    return page.locator(".row[data-edit]")


def row(page: Page, words: str) -> Any:
    return rows(page).filter(has_text=words)


def moving(videos: str) -> str:
    """Return the question whether two videos are under way; as a function, by the page's CSP."""
    found = f"[...document.querySelectorAll('{videos}')]"
    return f"() => {found}.length === 2 && {found}.every((each) => each.currentTime > 0.2)"


def keep(page: Page, name: str) -> None:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.wait_for_function(
        "() => [...document.images].every((each) => each.complete"
        " || each.getBoundingClientRect().top > innerHeight)"
    )
    page.screenshot(path=SCREENSHOTS / f"{name}.png")


def fits(page: Page) -> bool:
    wide: bool = page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    return wide


@pytest.mark.parametrize(("size", "theme"), [(DESKTOP, "dark"), (PHONE, "light")])
def test_every_edit_is_shown_with_what_was_before_and_after(
    visit: Visit, size: tuple[int, int], theme: Theme
) -> None:
    page = visit(f"/review/{JOB}", size=size, theme=theme)
    expect(rows(page)).to_have_count(ROWS)
    expect(page.locator(".tally")).to_contain_text("7 edits · 2 passed the gate · 1 failed it")
    night = row(page, "make it night")
    expect(night.locator("del").first).to_have_text("sunny")
    expect(night.locator("ins").last).to_contain_text("Nighttime scene")
    expect(night.locator(".chip.is-passed")).to_have_text("Gate passed")
    expect(night.locator(".chip.is-film")).to_be_visible()
    expect(night.locator(".measures")).to_contain_text("41 → 16")
    expect(row(page, "make it brighter").locator(".chip.is-offered")).to_be_visible()
    expect(row(page, "make it warmer").locator(".chip")).to_have_text("Waiting")
    assert fits(page)
    assert faults(page) == []
    keep(page, f"review-{'phone' if size == PHONE else 'desktop'}-{theme}")


def test_filters_are_kept_in_the_address(visit: Visit) -> None:
    page = visit(f"/review/{JOB}")
    page.get_by_label("Gate").select_option("failed")
    expect(rows(page)).to_have_count(1)
    expect(page).to_have_url(re.compile(r"\?verdict=failed$"))
    page.get_by_label("Search").fill("NIGHT")
    expect(page.get_by_role("heading", name="Nothing like that")).to_be_visible()
    keep(page, "review-nothing")
    page.reload()
    expect(page.get_by_label("Search")).to_have_value("NIGHT")
    page.get_by_role("button", name="Clear filters").click()
    expect(rows(page)).to_have_count(ROWS)
    expect(page).to_have_url(re.compile(rf"/review/{JOB}$"))
    page.get_by_role("search").get_by_label("Clip").select_option("2")
    expect(rows(page)).to_have_count(4)
    href = page.get_by_role("link", name="Download as CSV").get_attribute("href")
    assert href == f"/api/v1/jobs/{JOB}/review.csv?clip=2"
    with page.expect_download() as download:
        page.get_by_role("link", name="Download as CSV").click()
    assert download.value.suggested_filename == f"review-{str(JOB)[:8]}.csv"


def test_marks_and_notes_are_made_by_keys_and_stay(visit: Visit) -> None:
    page = visit(f"/review/{JOB}?text=night")
    expect(rows(page)).to_have_count(1)
    accept = page.get_by_role("button", name="Accept")
    page.keyboard.press("j")
    page.keyboard.press("a")
    expect(accept).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".tally")).to_contain_text("1 accepted")
    page.keyboard.press("n")
    page.keyboard.type("Lovely. <b>But</b> j, k and ? are words here.")
    page.keyboard.press("Control+Enter")
    page.keyboard.press("r")
    expect(page.get_by_role("button", name="Reject")).to_have_attribute("aria-pressed", "true")
    expect(accept).to_have_attribute("aria-pressed", "false")
    keep(page, "review-marked")
    page.reload()
    expect(page.get_by_role("button", name="Reject")).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".note")).to_have_value("Lovely. <b>But</b> j, k and ? are words here.")
    page.keyboard.press("j")
    page.keyboard.press("r")
    expect(page.locator(".tally")).not_to_contain_text("rejected")


@pytest.mark.thorough
def test_before_and_after_play_together(visit: Visit) -> None:
    page = visit(f"/review/{JOB}?text=night")
    expect(rows(page)).to_have_count(1)
    page.keyboard.press("j")
    page.keyboard.press(" ")
    page.wait_for_function(moving(".pair video"))
    assert page.evaluate("[...document.querySelectorAll('video')].every((each) => each.muted)")
    page.keyboard.press(" ")
    expect(page.locator(".pair video")).to_have_count(0)
    page.keyboard.press("Enter")
    compare = page.get_by_role("dialog", name="Compare")
    expect(compare.locator("video")).to_have_count(2)
    page.wait_for_function(moving(".view video"))
    apart = page.evaluate(
        "(() => { const [a, b] = document.querySelectorAll('.view video');"
        " return Math.abs(a.currentTime - b.currentTime); })()"
    )
    assert apart < 1 / 12
    compare.get_by_role("button", name="Pause").click()
    compare.get_by_label("Split").fill("30")
    assert (
        page.locator(".view").evaluate("(node) => node.style.getPropertyValue('--split')") == "30%"
    )
    assert faults(page) == []
    keep(page, "review-compare")
    compare.get_by_role("button", name="Side by side").click()
    keep(page, "review-beside")
    page.keyboard.press("Escape")
    expect(compare).to_be_hidden()


@pytest.mark.parametrize(("size", "theme"), [(DESKTOP, "dark"), (PHONE, "light")])
def test_a_note_is_about_a_moment_and_leads_there(
    visit: Visit, size: tuple[int, int], theme: Theme
) -> None:
    page = visit(f"/review/{JOB}?text=night", size=size, theme=theme)
    expect(rows(page)).to_have_count(1)
    here, kept = page.locator(".here"), page.locator(".moments .moment")
    expect(here).to_be_hidden()
    page.locator(".pair").click()
    compare = page.get_by_role("dialog", name="Compare")
    page.wait_for_function(moving(".view video"))
    compare.get_by_role("button", name="Pause").click()
    compare.get_by_label("Position").fill("0.6")
    compare.get_by_role("button", name="Close").click()
    expect(here).to_have_text("at 0:01.2")
    here.click()
    expect(kept).to_have_text("0:01.2")
    expect(here).to_be_hidden()
    page.get_by_role("textbox", name="Note on").fill("The lanterns flicker here.")
    page.keyboard.press("Control+Enter")
    page.get_by_role("button", name="Accept").click()
    expect(page.get_by_role("button", name="Accept")).to_have_attribute("aria-pressed", "true")
    expect(kept).to_have_text("0:01.2")
    assert fits(page)
    assert faults(page) == []
    keep(page, f"review-moment-{'phone' if size == PHONE else 'desktop'}-{theme}")
    page.reload()
    expect(here).to_be_hidden()
    kept.click()
    expect(compare.locator("video")).to_have_count(2)
    page.wait_for_function(
        "() => [...document.querySelectorAll('.view video')].every((each) => each.paused"
        " && !each.seeking && Math.abs(each.currentTime - 1.2) < 0.05)"
    )
    compare.get_by_role("button", name="Close").click()
    page.get_by_role("button", name="Remove the moment 0:01.2").click()
    expect(kept).to_have_count(0)
    expect(page.locator(".note")).to_have_value("The lanterns flicker here.")
    # The other size begins as this one did.
    page.locator(".note").fill("")
    page.get_by_role("button", name="Accept").click()
    expect(page.get_by_role("button", name="Accept")).to_have_attribute("aria-pressed", "false")


@pytest.mark.thorough
def test_two_hundred_edits_come_page_by_page(visit: Visit) -> None:
    page = visit(f"/review/{CROWD}")
    expect(page.locator(".tally")).to_contain_text("200 edits")
    expect(rows(page).first).to_contain_text("wish number 200")
    assert rows(page).count() < 200
    while rows(page).count() < 200:
        before = rows(page).count()
        rows(page).last.scroll_into_view_if_needed()
        page.wait_for_function(
            f"() => document.querySelectorAll('.row[data-edit]').length > {before}"
        )
    expect(rows(page).last).to_contain_text("wish number 1")


@pytest.mark.parametrize(("size", "theme"), [(DESKTOP, "dark"), (PHONE, "light")])
def test_what_the_pipeline_made_says_so_and_is_marked(
    visit: Visit, size: tuple[int, int], theme: Theme
) -> None:
    page = visit(f"/review/{INHERITED}", size=size, theme=theme)
    expect(rows(page)).to_have_count(3)
    expect(page.locator(".chip.is-pipeline")).to_have_text(["Made by the pipeline"] * 3)
    rain = row(page, "let it rain")
    expect(rain.locator("ins")).to_contain_text("Heavy rain")
    expect(rain.locator(".tag")).to_have_text(["Before · v1", "After · v2"])
    expect(rain.locator(".facts")).to_contain_text("$0.5655")
    expect(rain.locator(".chip.is-none")).to_have_count(0)
    expect(row(page, reviewed.ARABIC).locator(".blank").first).to_have_text("Not known")
    rain.get_by_role("button", name="Accept").click()
    expect(rain.get_by_role("button", name="Accept")).to_have_attribute("aria-pressed", "true")
    rain.get_by_role("button", name="Accept").click()
    expect(rain.get_by_role("button", name="Accept")).to_have_attribute("aria-pressed", "false")
    assert "null" not in page.inner_text("body")
    assert fits(page)
    assert faults(page) == []
    keep(page, f"review-pipeline-{'phone' if size == PHONE else 'desktop'}-{theme}")


def test_a_film_without_edits_and_one_that_is_not_there_say_so(
    visit: Visit, watched: Watched
) -> None:
    page = visit(f"/review/{BARE}")
    expect(page.get_by_role("heading", name="Nothing to review yet")).to_be_visible()
    keep(page, "review-empty")
    watched.expected.append("status of 404")
    page.goto("/review/1e0cdaa2-7ad2-4cd3-9612-87d507e60440")
    expect(page.get_by_role("heading", name="This review cannot be shown")).to_be_visible()
    watched.expected.append("status of 400")
    page.goto("/review/nonsense")
    expect(page.locator(".state p")).not_to_be_empty()


def test_a_link_shows_the_review_to_a_stranger_until_it_is_taken_back(
    visit: Visit, watched: Watched, app: str
) -> None:
    page = visit(f"/review/{JOB}")
    page.get_by_role("button", name="Share").click()
    panel = page.get_by_role("dialog", name="Share this review")
    panel.get_by_label("For", exact=True).fill("The band")
    panel.get_by_role("button", name="Make a link").click()
    made = panel.get_by_label("The link, shown this once")
    expect(made).to_have_value(re.compile(rf"^{app}/shared/[0-9a-f-]+#[\w-]{{43}}$"))
    link = made.input_value()
    assert faults(page) == []
    keep(page, "review-share")

    guest = visit(link, is_stranger=True)
    expect(rows(guest)).to_have_count(ROWS)
    expect(guest).to_have_url(link.partition("#")[0])
    expect(guest.locator(".until")).to_contain_text("Shared with you until")
    expect(guest.get_by_role("button", name="Accept")).to_have_count(0)
    expect(guest.get_by_role("button", name="Share")).to_be_hidden()
    assert guest.evaluate("document.cookie") == ""
    guest.wait_for_function("() => [...document.images].some((each) => each.naturalWidth > 0)")
    assert faults(guest) == []
    keep(guest, "review-shared")
    guest.reload()
    expect(rows(guest)).to_have_count(ROWS)
    with guest.expect_download() as download:
        guest.get_by_role("link", name="Download as CSV").click()
    assert download.value.suggested_filename.startswith("review-")
    refused = guest.evaluate(f"fetch('/api/v1/jobs/{JOB}/review').then((answer) => answer.status)")
    assert refused == 401

    panel.get_by_role("button", name="Take back the link: The band").click()
    expect(panel.locator(".shares li.is-over")).to_contain_text("taken back")
    watched.expected.extend(["status of 404", "status of 401"])
    guest.reload()
    expect(guest.get_by_role("heading", name="This link opens nothing")).to_be_visible()
    keep(guest, "review-shared-over")


@pytest.mark.thorough
def test_the_review_is_one_click_from_the_film_and_back(visit: Visit) -> None:
    page = visit(f"/?job={JOB}")
    page.get_by_role("link", name="Review").click()
    expect(rows(page)).to_have_count(ROWS)
    page.get_by_role("link", name="Film").click()
    expect(page).to_have_url(re.compile(rf"\?job={JOB}"))
