"""What everybody needs: names, roles, contrast, and a way around by keyboard."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.accessible import faults
from tests.browser.studio import Studio

FOCUSED = """() => {
  const node = document.activeElement;
  if (node === document.body) return { name: null };
  const hasRing = getComputedStyle(node).outlineStyle !== "none";
  return {
    name: node.getAttribute("aria-label") || node.textContent.trim() || node.tagName,
    ring: hasRing || Boolean(node.closest(".timeline, .composer form")),
  };
}"""


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_names_ids_and_contrast(open_page: Callable[..., Studio], theme: str) -> None:
    studio = open_page(theme=theme)
    studio.select(2)
    assert faults(studio.page) == []


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_names_ids_and_contrast_of_the_dialog(open_page: Callable[..., Studio], theme: str) -> None:
    studio = open_page(theme=theme)
    studio.select(4)
    studio.ask_price("make it nighttime")
    assert faults(studio.page) == []


def test_everything_is_reached_by_tab_and_shows_it(studio: Studio) -> None:
    """One stop for the whole grid, and a ring around whatever has the focus."""
    page = studio.page
    seen: list[str] = []
    for _ in range(60):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        if stop["name"] is None:
            break
        assert stop["ring"], f"no ring around {stop['name']}"
        seen.append(stop["name"])
    assert sum(name.startswith("Clip ") for name in seen) == 1
    for name in ("Help and keys", "Play", "Place in the film", "Full screen", "Play version 1"):
        assert name in seen
    assert "What should change?" in seen


def test_landmarks_and_live_regions_are_there(studio: Studio) -> None:
    page = studio.page
    for name in ("Clips", "Film", "Versions", "Chat"):
        expect(page.get_by_role("region", name=name, exact=True)).to_be_visible()
    expect(page.get_by_role("listbox", name="Clips")).to_have_attribute(
        "aria-multiselectable", "true"
    )
    expect(page.get_by_role("log", name="Conversation")).to_be_visible()
    spoken = studio.clip(2).get_attribute("aria-label") or ""
    assert spoken.startswith("Clip 2, 0:10.0")
    assert "Verse 1" in spoken
