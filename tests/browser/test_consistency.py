"""How evenly the clips go together, seen; and one click to bring an odd one back."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import expect

from clipbot.blobs.disk import DiskBlobs
from clipbot.store.database import connect
from clipbot.store.store import Store
from tests import evenly, jobs, sample
from tests.browser.accessible import faults
from tests.browser.conftest import PHONE, running
from tests.browser.studio import EDIT_MS, Studio
from tests.browser.test_appearance import overflow

JOB: Final = jobs.job_id("even")
NUMBER: Final = evenly.ODD + 1
DARKER: Final = re.compile(f"Clip {NUMBER} is (much )?darker.* than the rest of chorus 1")
Open = Callable[..., Studio]


@pytest.fixture(name="app", scope="module")
def fixture_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    home = sample.copy(tmp_path_factory.mktemp("even") / "home")
    engine = connect(f"sqlite:///{home / 'clipbot.db'}")
    grades = {evenly.ODD: evenly.DARK}
    evenly.install(Store.on(engine), DiskBlobs(home / "blobs"), grades=grades)
    engine.dispose()
    with running(home) as address:
        yield address


def measured(studio: Studio) -> Studio:
    """Wait until all clips are compared."""
    studio.page.wait_for_function(
        "() => window.clipbot.state.evenness && !window.clipbot.state.evenness.isPending",
        timeout=EDIT_MS,
    )
    return studio


def test_the_odd_clip_is_marked_and_described_and_the_cuts_beside_it(
    open_page: Open, keep: Callable[[Studio, str], Path]
) -> None:
    studio = measured(open_page(f"/?job={JOB}&clip={NUMBER}"))
    page = studio.page
    expect(studio.clip(NUMBER).locator(".badge.odd")).to_have_text("stands out")
    expect(studio.clip(NUMBER)).to_have_attribute("aria-label", DARKER)
    expect(page.locator(".badge.odd")).to_have_count(1)
    cuts = page.get_by_role("toolbar", name="Jumps at the cuts").get_by_role("button")
    expect(cuts).to_have_count(evenly.CLIPS - 1)
    large = page.locator(".jump.is-large")
    expect(large).to_have_count(2)
    expect(large.first).to_have_attribute("aria-label", re.compile("a large jump .*light 0[.]"))
    expect(page.locator(".odd-note")).to_contain_text(DARKER)
    cuts.first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".jump-hint")).to_contain_text("From clip 3 to 4: a large jump")
    keep(studio, "evenness")
    assert faults(page) == []


def test_the_head_says_how_even_the_film_is_and_which_clips_are_not(
    open_page: Open, keep: Callable[[Studio, str], Path]
) -> None:
    studio = measured(open_page(f"/?job={JOB}", theme="light"))
    page = studio.page
    button = page.get_by_role("button", name=re.compile(r"^Evenness \d+ of 100[.]"))
    expect(button).to_have_text(re.compile(r"Evenness\s+\d+"))
    button.click()
    panel = page.get_by_role("dialog", name="Evenness")
    expect(panel.get_by_role("listitem")).to_have_count(1)
    expect(panel).to_contain_text(DARKER)
    studio.still()
    keep(studio, "evenness-panel")
    assert faults(page) == []


@pytest.mark.thorough
def test_on_a_phone_nothing_is_cut_off(
    open_page: Open, keep: Callable[[Studio, str], Path]
) -> None:
    studio = measured(open_page(f"/?job={JOB}&clip={NUMBER}", size=PHONE))
    keep(studio, "evenness-phone-clips")
    assert overflow(studio.page) == []
    studio.pane("Stage")
    expect(studio.page.locator(".odd-note")).to_be_visible()
    keep(studio, "evenness-phone")
    assert overflow(studio.page) == []


def test_one_click_leads_to_a_price_of_nothing_and_then_it_is_even(
    open_page: Open, keep: Callable[[Studio, str], Path]
) -> None:
    studio = measured(open_page(f"/?job={JOB}&clip={NUMBER}"))
    page = studio.page
    page.locator(".odd-note").get_by_role("button", name="Match to neighbours").click()
    expect(studio.dialog).to_be_visible()
    expect(studio.dialog).to_contain_text("match it to its neighbours")
    expect(studio.dialog).to_contain_text("$0.00")
    expect(page.locator(".preview.is-ready")).to_be_visible()
    studio.still()
    keep(studio, "evenness-dialog")
    studio.confirm()
    expect(studio.chat).to_contain_text("Closer to its neighbours by", timeout=EDIT_MS)
    expect(page.locator(".badge.odd")).to_have_count(0, timeout=EDIT_MS)
    expect(page.locator(".odd-note")).to_be_hidden()
    expect(page.locator(".jump.is-large")).to_have_count(0)
    keep(studio, "evenness-matched")
