"""A clip's place in the film: how it fills it and meets the next one, chosen by hand."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests import sample
from tests.browser.accessible import faults
from tests.browser.conftest import DESKTOP, PHONE, running
from tests.browser.studio import EDIT_MS, Studio
from tests.browser.test_appearance import overflow

Open = Callable[..., Studio]


@pytest.fixture(name="app", scope="module")
def fixture_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running(sample.copy(tmp_path_factory.mktemp("slot") / "home")) as address:
        yield address


def opened(studio: Studio) -> Locator:
    studio.page.get_by_role("button", name="Place", exact=True).click()
    panel = studio.page.get_by_role("dialog", name="How the clip is placed")
    expect(panel).to_be_visible()
    return panel


def test_a_meeting_and_a_filling_are_chosen_said_and_undone(
    open_page: Open, keep: Callable[[Studio, str], Path]
) -> None:
    studio = open_page()
    expect(studio.chat).to_contain_text("Nothing is made or spent without your yes.")
    studio.select(3)
    panel = opened(studio)
    expect(panel.get_by_role("button", name="Hold")).to_have_attribute("aria-pressed", "true")
    keep(studio, "slot")
    assert faults(studio.page) == []

    panel.get_by_role("spinbutton").fill("99")
    panel.get_by_role("button", name="Crossfade").click()
    expect(panel).to_be_visible()

    panel.get_by_role("spinbutton").fill("0.5")
    panel.get_by_role("button", name="Crossfade").click()
    expect(panel).to_be_hidden()
    met = "Clip 3 meets clip 4 in a crossfade of 0.5 s"
    expect(studio.replies.last).to_contain_text(met, timeout=EDIT_MS)
    expect(studio.chat.locator(".intro")).to_be_hidden()
    expect(studio.clip(3)).to_contain_text("Crossfade 0.5 s into clip 4")

    opened(studio).get_by_role("button", name="Back and forth").click()
    expect(studio.clip(3)).to_contain_text("Plays back and forth", timeout=EDIT_MS)
    again = opened(studio).get_by_role("button", name="Back and forth")
    expect(again).to_have_attribute("aria-pressed", "true")
    studio.page.keyboard.press("Escape")
    studio.page.get_by_role("button", name=re.compile("^Undo: ")).click()
    expect(studio.clip(3)).not_to_contain_text("Plays back and forth", timeout=EDIT_MS)


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_the_last_clip_meets_nobody(
    open_page: Open, keep: Callable[[Studio, str], Path], size: tuple[int, int]
) -> None:
    studio = open_page("/?clip=8", size=size, theme="light")
    if size == PHONE:
        studio.pane("Stage")
    panel = opened(studio)
    expect(panel.get_by_role("button", name="Crossfade")).to_have_count(0)
    assert overflow(studio.page) == []
    keep(studio, f"slot-{'phone' if size == PHONE else 'desktop'}")
