"""The real app in a process of its own, and a real Chromium in front of it.

Every page that a test opens is watched: a request that leaves this machine, an error in
the console or a script that throws fails the test that caused it.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal
from urllib.parse import urlsplit

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from scripts import chromium
from tests import sample
from tests.browser.studio import Studio

ROOT: Final = Path(__file__).parents[2]
SCREENSHOTS: Final = ROOT / "build" / "screenshots"
DESKTOP: Final = (1440, 900)
PHONE: Final = (390, 844)
PATIENCE_SECONDS: Final = 180
"""For what takes seconds on an idle machine; nothing waits this long unless it is broken."""
Theme = Literal["dark", "light"]

_SWITCHES: Final = (
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what is in this folder, and nothing else; leave what is thorough to `make soak`."""
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.browser)
    if config.getoption("--count") != "full":
        left = [item for item in items if item.get_closest_marker("thorough")]
        items[:] = [item for item in items if item not in left]
        config.hook.pytest_deselected(items=left)


@dataclass(slots=True)
class Watched:
    """What a page did that it should not do."""

    faults: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)
    """Parts of faults that a test provokes on purpose."""

    def watch(self, page: Page) -> None:
        page.on("request", lambda request: self._request(request.url))
        page.on("console", lambda message: self._console(message))  # noqa: PLW0108 - it marks handlers
        page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))

    def _request(self, url: str) -> None:
        if urlsplit(url).scheme in {"http", "https", "ws", "wss"}:
            host = urlsplit(url).hostname
            if host != "127.0.0.1":
                self.faults.append(f"request to {host}")

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.faults.append(f"console: {message.text}")

    def unexpected(self) -> list[str]:
        return [each for each in self.faults if not any(part in each for part in self.expected)]


@pytest.fixture(name="browser", scope="session")
def fixture_browser() -> Iterator[Browser]:
    path = chromium.find()
    if path is None:
        reason = "no Chromium; `python -m scripts.chromium` finds or installs one"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(_SWITCHES))
        yield browser
        browser.close()


@contextmanager
def running(home: Path, **settings: str) -> Iterator[str]:
    """Run `python app.py` on a home, with further settings by name; yields its address."""
    port = free_port()
    # The versions of tests are of any age, and stay.
    kept = {"CLIPBOT_ARCHIVE_DAYS": "0", "CLIPBOT_DELETE_DAYS": "0"}
    ours = {"CLIPBOT_HOME": str(home), "PORT": str(port)}
    environment = {**os.environ, **kept, **settings, **ours}
    log = home.parent / f"{home.name}.log"
    with log.open("wb") as written:
        process = subprocess.Popen(
            [sys.executable, "app.py"],
            cwd=ROOT,
            env=environment,
            stdout=written,
            stderr=subprocess.STDOUT,
        )
        try:
            wait_for(f"http://127.0.0.1:{port}/health", process, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(timeout=120)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        if process.poll() is not None:
            break
        try:
            if httpx.get(url, timeout=5, trust_env=False).is_success:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    pytest.fail(f"the app did not start:\n{log.read_text(encoding='utf-8')[-3000:]}")


@pytest.fixture(name="app", scope="session")
def fixture_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an app with the sample's film; shared, so that nobody finishes an edit."""
    home = sample.copy(tmp_path_factory.mktemp("browser") / "home")
    with running(home) as address:
        yield address


Open = Callable[..., Studio]


@pytest.fixture(name="watched")
def fixture_watched() -> Iterator[Watched]:
    watched = Watched()
    yield watched
    assert watched.unexpected() == []


@pytest.fixture(name="open_page")
def fixture_open_page(browser: Browser, app: str, watched: Watched) -> Iterator[Open]:
    """Open the page in a fresh browser profile."""
    contexts: list[BrowserContext] = []

    def opened(
        address: str = "/",
        *,
        size: tuple[int, int] = DESKTOP,
        theme: Theme = "dark",
        prepare: Callable[[Page], None] = lambda _: None,
    ) -> Studio:
        context = browser.new_context(
            base_url=app,
            viewport={"width": size[0], "height": size[1]},
            color_scheme=theme,
            has_touch=size[0] < DESKTOP[0],
            reduced_motion="no-preference",
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(120_000)
        watched.watch(page)
        prepare(page)
        page.goto(address)
        return Studio(page).ready()

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture(name="studio")
def fixture_studio(open_page: Open) -> Studio:
    """The page, as a person opens it."""
    return open_page()


@pytest.fixture(name="keep", scope="session")
def fixture_keep() -> Callable[[Studio, str], Path]:
    """Leave a screenshot in `build/screenshots`."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)

    def kept(studio: Studio, name: str) -> Path:
        path = SCREENSHOTS / f"{name}.png"
        studio.still()
        studio.page.screenshot(path=path)
        return path

    return kept
