"""Several tabs of one job: one stream on the server, every event in every tab."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests import sample
from tests.browser.conftest import Watched, running
from tests.browser.studio import EDIT_MS, Studio

Open = Callable[..., Studio]
PLACES = 10
"""Streams of one job that the server serves."""
NOTE = """
window.seen = [];
const wait = setInterval(() => {
  if (!window.clipbot?.on) return;
  clearInterval(wait);
  window.clipbot.on("event", (event) => window.seen.push(event.id));
}, 0);
"""
LATER = "const now = Date.now; Date.now = () => now() + 90_000"
"""A minute and a half passes at once."""


@pytest.fixture(name="app", scope="module")
def fixture_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An app of our own: others' streams would be counted."""
    home = sample.copy(tmp_path_factory.mktemp("streams") / "home")
    with running(home) as address:
        yield address


@pytest.fixture(name="context")
def fixture_context(browser: Browser, app: str, watched: Watched) -> Iterator[BrowserContext]:
    context = browser.new_context(base_url=app, viewport={"width": 1200, "height": 800})
    context.add_init_script(NOTE)
    context.on("page", lambda page: watched.watch(page))  # noqa: PLW0108 - it marks handlers
    yield context
    context.close()


def tab(context: BrowserContext) -> Studio:
    page = context.new_page()
    page.set_default_timeout(120_000)
    page.goto("/")
    return Studio(page).ready()


def job_of(studio: Studio) -> str:
    return str(studio.page.evaluate("clipbot.state.jobId"))


def streams(app: str, job: str) -> int:
    """Count a job's open streams: take the places that are left."""
    with ExitStack() as opening:
        client = opening.enter_context(httpx.Client(base_url=app, timeout=60, trust_env=False))
        for taken in range(PLACES + 1):
            stream = client.stream("GET", f"/api/v1/jobs/{job}/events")
            if opening.enter_context(stream).status_code == 503:
                return PLACES - taken
    raise AssertionError("the server has no limit")


def wait_for_streams(studio: Studio, app: str, count: int) -> None:
    """Wait until the server has so many streams of the page's job."""
    job, found = job_of(studio), -1
    for _ in range(200):
        found = streams(app, job)
        if found == count:
            return
        studio.page.wait_for_function("() => new Promise((done) => setTimeout(done, 100, true))")
    raise AssertionError(f"{found} streams are open, not {count}")


def undo_and_redo(app: str, job: str, times: int) -> int:
    """Make events that every tab hears of; return the id of the newest."""
    with httpx.Client(base_url=app, timeout=60, trust_env=False) as client:
        for step in range(times):
            move = "undo" if step % 2 == 0 else "redo"
            assert client.post(f"/api/v1/jobs/{job}/{move}").status_code == 200
        return int(client.get(f"/api/v1/jobs/{job}").json()["last_event_id"])


def heard(page: Page, newest: int) -> list[int]:
    """Wait for an event, and return the ids of all that the page heard."""
    page.wait_for_function("(id) => window.seen.at(-1) >= id", arg=newest)
    found: list[int] = page.evaluate("window.seen")
    return found


def without_gaps(ids: list[int]) -> bool:
    return ids == list(range(ids[0], ids[-1] + 1))


@pytest.fixture(name="edited", scope="module")
def fixture_edited(app: str) -> str:
    """The id of a job with an edit, which can be undone and redone."""
    with httpx.Client(base_url=app, timeout=60, trust_env=False) as client:
        job = client.get("/api/v1/jobs").json()["jobs"][0]["id"]
        url = f"/api/v1/jobs/{job}/clips/2/regenerate"
        edit = client.post(url, json={"instruction": "make it brighter"}).json()["regeneration_id"]
        with client.stream("GET", f"/api/v1/jobs/{job}/events") as stream:
            for line in stream.iter_lines():
                assert "regeneration_failed" not in line
                if "regeneration_complete" in line:
                    break
        assert client.get(f"/api/v1/jobs/{job}/regenerations/{edit}").json()["version_number"] == 2
    return str(job)


def test_three_tabs_share_one_stream_and_hand_it_over(
    context: BrowserContext, app: str, edited: str
) -> None:
    tabs = [tab(context) for _ in range(3)]
    wait_for_streams(tabs[0], app, 1)
    newest = undo_and_redo(app, edited, 2)
    for each in tabs:
        assert without_gaps(heard(each.page, newest))

    # Events come while nobody leads: whoever takes over has missed none of them.
    tabs[0].page.close()
    newest = undo_and_redo(app, edited, 4)
    for each in tabs[1:]:
        assert without_gaps(heard(each.page, newest))
    wait_for_streams(tabs[1], app, 1)

    # A tab that comes later, and the one that is left in the end, hear everything too.
    late = tab(context)
    tabs[1].page.close()
    newest = undo_and_redo(app, edited, 2)
    for each in (tabs[2], late):
        assert without_gaps(heard(each.page, newest))
    wait_for_streams(late, app, 1)


def test_a_tab_that_sleeps_with_the_stream_in_its_hand_loses_it(
    context: BrowserContext, app: str, edited: str
) -> None:
    sleeper = tab(context)
    wait_for_streams(sleeper, app, 1)
    other = tab(context)
    newest = undo_and_redo(app, edited, 2)
    assert without_gaps(heard(other.page, newest))

    devtools = context.new_cdp_session(sleeper.page)
    devtools.send("Page.setWebLifecycleState", {"state": "frozen"})
    newest = undo_and_redo(app, edited, 2)
    other.page.evaluate(LATER)

    assert without_gaps(heard(other.page, newest))
    devtools.send("Page.setWebLifecycleState", {"state": "active"})
    newest = undo_and_redo(app, edited, 2)
    for each in (sleeper, other):
        assert without_gaps(heard(each.page, newest))
    wait_for_streams(other, app, 1)


def test_where_streams_are_refused_the_page_polls_and_tries_again(
    context: BrowserContext, app: str, edited: str, watched: Watched
) -> None:
    watched.expected.append("503")
    refusal = {"code": "too_many_streams", "detail": "Full."}
    page = context.new_page()
    page.route("**/events", lambda route: route.fulfill(status=503, json=refusal))
    page.goto("/")
    studio = Studio(page).ready()

    assert without_gaps(heard(page, undo_and_redo(app, edited, 2)))
    assert page.evaluate("clipbot.isLive()") is False
    assert streams(app, edited) == 0

    page.unroute("**/events")
    page.wait_for_function("clipbot.isLive()", timeout=EDIT_MS)
    assert without_gaps(heard(page, undo_and_redo(app, edited, 2)))
    wait_for_streams(studio, app, 1)


def test_where_streams_are_cut_off_at_once_the_page_polls(
    context: BrowserContext, app: str, edited: str
) -> None:
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    hello = {"content_type": "text/event-stream", "body": ": connected\n\n"}
    page.route("**/events", lambda route: route.fulfill(status=200, **hello))
    page.goto("/")
    Studio(page).ready()

    with page.expect_request("**/events?after=*"):
        pass
    assert without_gaps(heard(page, undo_and_redo(app, edited, 2)))
    assert asked.count("events") == 3
