"""How the page looks: pictures of it for people to judge, and nothing that sticks out."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessible import faults
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.studio import Studio

Open = Callable[..., Studio]
Keep = Callable[[Studio, str], Path]


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_the_page_on_a_desk(open_page: Open, keep: Keep, theme: str) -> None:
    studio = open_page("/", size=DESKTOP, theme=theme)
    studio.select(2)
    studio.composition(1)
    keep(studio, f"desktop-{theme}")
    assert overflow(studio.page) == []


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_the_page_on_a_phone(open_page: Open, keep: Keep, theme: str) -> None:
    studio = open_page("/", size=PHONE, theme=theme)
    keep(studio, f"phone-{theme}")
    studio.clip(2).tap()
    studio.page.get_by_role("button", name="Change clip 2").click()
    expect(studio.box).to_be_visible()
    keep(studio, f"phone-chat-{theme}")
    studio.pane("Stage")
    expect(studio.film).to_be_visible()
    expect(studio.box).to_be_hidden()
    keep(studio, f"phone-stage-{theme}")
    studio.pane("Clips")
    expect(studio.clip(1)).to_be_visible()
    assert overflow(studio.page) == []


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_the_page_on_an_upright_tablet(open_page: Open, keep: Keep, theme: str) -> None:
    studio = open_page("/", size=(768, 1024), theme=theme)
    page = studio.page
    studio.clip(2).tap()
    for shown in (studio.film, studio.clip(1), studio.box):
        expect(shown).to_be_visible()
    keep(studio, f"tablet-{theme}")
    page.get_by_role("button", name="Versions", exact=True).tap()
    expect(page.get_by_role("heading", name="Versions of clip 2")).to_be_visible()
    expect(studio.clip(1)).to_be_hidden()
    expect(studio.box).to_be_visible()
    assert overflow(page) == []
    assert faults(page) == []


def test_the_song_below_the_clips_shows_how_far_it_was_played(open_page: Open) -> None:
    studio = open_page("/", size=DESKTOP)
    studio.composition(1)
    wave = studio.page.locator(".wave path")
    expect(wave).to_have_attribute("d", re.compile(r"^(M[\d.]+ [\d.]+H[\d.]+V[\d.]+H[\d.]+Z)+$"))
    strip, song = (studio.page.locator(each).bounding_box() for each in (".strip", ".wave"))
    assert strip
    assert song
    assert (song["x"], song["width"]) == pytest.approx((strip["x"], strip["width"]), abs=1)
    assert song["y"] >= strip["y"] + strip["height"]

    length = studio.page.evaluate("clipbot.state.job.film.seconds")
    studio.seek(length / 2)
    for stop in studio.page.locator(".wave stop").all():
        expect(stop).to_have_attribute("offset", re.compile(r"^0\.(49|50)"))


def overflow(page: Page) -> list[str]:
    """Return what sticks out of the window sideways."""
    found: list[str] = page.evaluate(
        "() => document.documentElement.scrollWidth > innerWidth ?"
        " [...document.querySelectorAll('#clipbot *')].filter((node) =>"
        " node.getBoundingClientRect().right > innerWidth + 1).map((node) => node.className) : []"
    )
    return found
