"""Signing in and out in a real browser, and a session that ends while somebody works."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from clipbot.domain.user import LOCAL_USER
from tests import sample
from tests.browser.accessible import faults
from tests.browser.conftest import DESKTOP, PHONE, SCREENSHOTS, Theme, Watched, running
from tests.browser.studio import Studio
from tests.contract.gotrue_server import ANON_KEY, Double, Person
from tests.contract.gotrue_server import running as gotrue

SIZES = pytest.mark.parametrize(
    ("size", "theme"), [(DESKTOP, "dark"), (DESKTOP, "light"), (PHONE, "dark"), (PHONE, "light")]
)


@pytest.fixture(name="double", scope="module")
def fixture_double() -> Iterator[Double]:
    with gotrue() as double:
        yield double


@pytest.fixture(name="ada")
def fixture_ada(double: Double) -> Person:
    return double.join("ada@example.com", "correct horse", id=str(LOCAL_USER.id))


@pytest.fixture(name="address", scope="module")
def fixture_address(double: Double, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    home = sample.copy(tmp_path_factory.mktemp("people") / "home")
    settings = {
        "CLIPBOT_AUTH": "supabase",
        "SUPABASE_URL": double.url,
        "SUPABASE_ANON_KEY": ANON_KEY,
    }
    with running(home, **settings) as address:
        yield address


Visit = Callable[..., Page]


@pytest.fixture(name="visit")
def fixture_visit(browser: Browser, address: str, watched: Watched) -> Iterator[Visit]:
    contexts: list[BrowserContext] = []

    def visited(path: str = "/", *, size: tuple[int, int] = DESKTOP, theme: Theme = "dark") -> Page:
        context = browser.new_context(
            base_url=address,
            viewport={"width": size[0], "height": size[1]},
            color_scheme=theme,
            has_touch=size == PHONE,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(120_000)
        watched.watch(page)
        page.goto(path)
        return page

    yield visited
    for context in contexts:
        context.close()


def sign_in(page: Page, person: Person, password: str | None = None) -> None:
    page.get_by_label("E-mail address").fill(person.email)
    page.get_by_label("Password").fill(password or person.password)
    page.get_by_role("button", name="Sign in").click()


def keep(page: Page, name: str) -> None:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"{name}.png")


def fits(page: Page) -> bool:
    """Whether nothing sticks out at the side."""
    wide: bool = page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    return wide


@SIZES
def test_whoever_is_not_signed_in_is_led_to_the_form(
    visit: Visit, size: tuple[int, int], theme: Theme
) -> None:
    page = visit("/?clip=2", size=size, theme=theme)
    expect(page).to_have_url(re.compile(r"/login\?next=/%3Fclip%3D2$"))
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    expect(page.get_by_label("E-mail address")).to_be_focused()
    assert fits(page)
    assert faults(page) == []
    keep(page, f"login-{'phone' if size == PHONE else 'desktop'}-{theme}")


@SIZES
def test_a_wrong_password_is_said_and_the_address_stays(
    visit: Visit, ada: Person, watched: Watched, size: tuple[int, int], theme: Theme
) -> None:
    watched.expected.append("status of 401")
    page = visit("/", size=size, theme=theme)
    sign_in(page, ada, f"wrong in {theme} at {size[0]}")
    expect(page.get_by_role("alert")).to_contain_text("do not belong together")
    expect(page.get_by_label("E-mail address")).to_have_value(ada.email)
    expect(page.get_by_label("Password")).to_be_focused()
    assert fits(page)
    keep(page, f"login-wrong-{'phone' if size == PHONE else 'desktop'}-{theme}")
    sign_in(page, ada)
    Studio(page).ready()


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_signing_in_leads_to_what_one_wanted_and_signing_out_ends_it(
    visit: Visit, ada: Person, double: Double, watched: Watched, size: tuple[int, int]
) -> None:
    watched.expected.append("status of 401")  # what was being asked for while one left
    page = visit("/?clip=2", size=size)
    sign_in(page, ada)
    studio = Studio(page).ready()
    expect(page).to_have_url(re.compile(r"[?&]clip=2"))
    out = page.get_by_role("button", name="Sign out")
    expect(out).to_be_visible()
    if size == DESKTOP:
        expect(page.locator(".account .who")).to_have_text(ada.email)
    assert fits(page)
    cookies = page.context.cookies()
    assert {each["name"] for each in cookies} == {"clipbot-access", "clipbot-refresh"}
    assert all(each["httpOnly"] for each in cookies)
    assert page.evaluate("document.cookie") == ""
    studio.still()
    keep(page, f"signed-in-{'phone' if size == PHONE else 'desktop'}")
    count = len(double.sessions)

    out.click()

    expect(page.get_by_role("status")).to_contain_text("You are signed out.")
    assert page.context.cookies() == []
    assert len(double.sessions) == count - 1
    page.goto("/")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_a_session_that_ends_while_one_works_loses_nothing(
    visit: Visit, ada: Person, watched: Watched
) -> None:
    watched.expected.extend(["status of 401", "clipbot: events"])
    page = visit("/?clip=3")
    sign_in(page, ada)
    studio = Studio(page).ready()
    studio.box.fill("make it night, and keep the lanterns")
    page.context.clear_cookies()

    studio.box.press("Enter")

    ended = page.locator(".banner.ended")
    expect(ended).to_be_visible()
    expect(ended).to_contain_text("Your session has ended")
    keep(page, "session-ended")
    ended.get_by_role("link", name="Sign in again").click()
    sign_in(page, ada)
    studio.ready()
    expect(page).to_have_url(re.compile(r"[?&]clip=3"))
    expect(studio.box).to_have_value("make it night, and keep the lanterns")
    expect(ended).to_be_hidden()


def test_the_page_goes_on_by_itself_after_signing_in_in_another_tab(
    visit: Visit, ada: Person, watched: Watched
) -> None:
    watched.expected.extend(["status of 401", "clipbot: events"])
    page = visit("/")
    sign_in(page, ada)
    studio = Studio(page).ready()
    page.context.clear_cookies()
    page.evaluate("clipbot.reload()")
    expect(page.locator(".banner.ended")).to_be_visible()
    other = page.context.new_page()
    other.goto("/")
    sign_in(other, ada)
    Studio(other).ready()
    page.bring_to_front()
    page.evaluate("clipbot.reload()")
    expect(page.locator(".banner.ended")).to_be_hidden()
    studio.ready()


def test_a_session_renews_itself_while_two_tabs_work(
    visit: Visit, ada: Person, double: Double
) -> None:
    """Access tokens that are always about to end: every request renews, nobody is signed out."""
    double.lifetime_seconds = 60
    try:
        page = visit("/")
        sign_in(page, ada)
        Studio(page).ready()
        other = page.context.new_page()
        other.goto("/")
        Studio(other).ready()
        for tab in (page, other, page, other):
            tab.evaluate("Promise.all([clipbot.reload(), clipbot.read.jobs(), clipbot.read.me()])")
            expect(tab.locator(".banner.ended")).to_be_hidden()
    finally:
        double.lifetime_seconds = 3600
    renewed = [path for path, _, _ in double.seen if "grant_type=refresh_token" in path]
    assert len(renewed) > 3
    Studio(page).reload()


def test_a_film_plays_and_a_picture_loads_by_the_session_alone(visit: Visit, ada: Person) -> None:
    page = visit("/")
    sign_in(page, ada)
    studio = Studio(page).ready()
    studio.play_until(0.3)
    assert "token=" not in studio.film_state()["address"]
