"""Offers on the page: the switch that asks first, and use, try again and drop."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import expect

from clipbot.blobs.disk import DiskBlobs
from clipbot.store.database import connect
from clipbot.store.store import Store
from tests import jobs, sample
from tests.browser.accessible import faults
from tests.browser.conftest import PHONE, running
from tests.browser.studio import EDIT_MS, Studio
from tests.browser.test_appearance import overflow

JOB: Final = jobs.job_id("offers")
Open = Callable[..., Studio]


@pytest.fixture(name="app", scope="module")
def fixture_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    home = sample.copy(tmp_path_factory.mktemp("offers") / "home")
    engine = connect(f"sqlite:///{home / 'clipbot.db'}")
    jobs.install(Store.on(engine), DiskBlobs(home / "blobs"), clips=2, name="offers")
    engine.dispose()
    with running(home) as address:
        yield address


def test_every_new_version_waits_where_one_wants_to_see_it_first(
    open_page: Open, keep: Callable[[Studio, str], Path]
) -> None:
    studio = open_page(f"/?job={JOB}")
    page = studio.page
    studio.select(1)
    switch = page.get_by_role("switch", name="Ask me first")
    switch.check()
    expect(page.locator(".toasts")).to_contain_text("Every new version waits")
    page.reload()
    expect(switch).to_be_checked(timeout=EDIT_MS)

    studio.select(1)
    studio.ask_price("make it brighter")
    studio.confirm()
    page.keyboard.type("and")
    expect(studio.box).to_have_value("and")
    again = page.get_by_role("button", name="Try again")
    expect(again).to_be_visible(timeout=EDIT_MS)
    expect(studio.replies.last).to_contain_text("composition kept")
    assert faults(page) == []
    keep(studio, "offered")
    page.get_by_role("button", name="Drop version 2").click()
    expect(page.locator(".badge.offered")).to_have_count(0, timeout=EDIT_MS)
    expect(page.locator(".version")).to_have_count(2)


@pytest.mark.thorough
def test_the_switch_fits_on_a_phone(open_page: Open, keep: Callable[[Studio, str], Path]) -> None:
    studio = open_page(f"/?job={JOB}", size=PHONE)
    studio.pane("Stage")
    expect(studio.page.get_by_role("switch", name="Ask me first")).to_be_visible()
    assert overflow(studio.page) == []
    keep(studio, "offered-phone")
