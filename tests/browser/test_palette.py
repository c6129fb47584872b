"""The palette of commands, scrubbing on a clip's picture, and dragging along the film."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Locator, Page, Request, expect

from tests import jobs, sample
from tests.browser.accessible import faults
from tests.browser.conftest import DESKTOP, PHONE, running
from tests.browser.studio import Studio
from tests.browser.test_appearance import overflow

JOB: Final = jobs.job_id("palette")
Open = Callable[..., Studio]
HOVERED: Final = "document.querySelector('.card video.hover')"
FRONT: Final = "document.querySelector('.screen video.is-front')"


@pytest.fixture(name="app", scope="module")
def fixture_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    home = sample.with_job(tmp_path_factory.mktemp("palette") / "home", "palette", clips=3)
    with running(home) as address:
        yield address


@pytest.fixture(name="page")
def fixture_page(open_page: Open) -> Page:
    return open_page(f"/?job={JOB}").page


def palette(page: Page) -> Locator:
    return page.get_by_role("dialog", name="Commands")


def search(page: Page) -> Locator:
    return palette(page).get_by_role("combobox")


def chosen(page: Page) -> Locator:
    return palette(page).get_by_role("option", selected=True)


def ask(page: Page, words: str) -> None:
    page.keyboard.press("Control+k")
    search(page).fill(words)


def test_it_opens_from_wherever_one_writes_and_gives_the_focus_back(page: Page) -> None:
    box = page.get_by_label("What should change?")
    box.focus()
    page.keyboard.press("Control+k")
    expect(search(page)).to_be_focused()
    page.keyboard.press("Escape")
    expect(palette(page)).to_be_hidden()
    expect(box).to_be_focused()
    page.get_by_role("button", name="All commands").click()
    expect(search(page)).to_be_focused()
    page.keyboard.press("Control+k")
    expect(palette(page)).to_be_hidden()
    expect(page.get_by_role("button", name="All commands")).to_be_focused()


@pytest.mark.parametrize("words", ["light th", "theme LIGHT", "them appear"])
@pytest.mark.thorough
def test_words_are_found_by_their_beginnings_in_any_order(page: Page, words: str) -> None:
    ask(page, words)
    expect(chosen(page)).to_have_count(1)
    expect(chosen(page)).to_contain_text("Light theme")
    page.keyboard.press("Enter")
    expect(palette(page)).to_be_hidden()
    expect(page.locator("html")).to_have_attribute("data-theme", "light")


@pytest.mark.thorough
def test_arrows_go_round_and_the_box_says_which_row_is_meant(page: Page) -> None:
    ask(page, "")
    rows = palette(page).get_by_role("option")
    for key, place in (("ArrowDown", 1), ("ArrowUp", 0), ("ArrowUp", rows.count() - 1)):
        page.keyboard.press(key)
        expect(rows.nth(place)).to_have_attribute("aria-selected", "true")
        meant = rows.nth(place).get_attribute("id") or ""
        expect(search(page)).to_have_attribute("aria-activedescendant", meant)
    page.keyboard.press("ArrowDown")
    expect(rows.first).to_be_in_viewport()


def test_a_command_that_cannot_run_says_why_and_does_nothing(page: Page) -> None:
    ask(page, "redo")
    expect(chosen(page)).to_have_attribute("aria-disabled", "true")
    expect(chosen(page)).to_contain_text("There is nothing to redo")
    page.keyboard.press("Enter")
    expect(palette(page).get_by_role("status")).to_contain_text("There is nothing to redo")
    expect(palette(page)).to_be_visible()


def test_clips_are_reached_by_number_and_by_what_is_sung(page: Page) -> None:
    page.wait_for_function("clipbot.state.clips.length === 3")
    ask(page, "2")
    expect(chosen(page)).to_contain_text("Clip 2")
    page.keyboard.press("Enter")
    card = page.locator('.card[data-index="1"]')
    expect(card).to_have_attribute("aria-selected", "true")
    expect(card).to_be_focused()
    sung = page.evaluate(
        "clipbot.state.clips[2].lyrics || clipbot.sectionName(clipbot.state.clips[2])"
    )
    ask(page, f"{sung} clip 3")
    expect(chosen(page)).to_contain_text("Clip 3")
    search(page).fill("three more")
    expect(chosen(page)).to_contain_text("Three more like clip 2")
    expect(chosen(page)).to_contain_text("Change it first, or set up a model")


@pytest.mark.thorough
def test_a_template_waits_in_the_box_of_the_chat(page: Page) -> None:
    page.locator('.card[data-index="0"]').click()
    title, wish = page.evaluate(
        "(({title, instruction}) => [title, instruction])(clipbot.knownTemplates()[0])"
    )
    ask(page, title)
    expect(chosen(page)).to_contain_text("Template")
    page.keyboard.press("Enter")
    expect(page.get_by_label("What should change?")).to_have_value(wish)
    expect(page.get_by_label("What should change?")).to_be_focused()


@pytest.mark.thorough
def test_what_was_used_last_comes_first(page: Page) -> None:
    ask(page, "select all")
    page.keyboard.press("Enter")
    expect(page.locator('.card[aria-selected="true"]')).to_have_count(3)
    ask(page, "select no")
    page.keyboard.press("Enter")
    expect(page.locator('.card[aria-selected="true"]')).to_have_count(0)
    ask(page, "")
    recent = palette(page).get_by_role("group", name="Recent").get_by_role("option")
    expect(recent.locator(".name")).to_have_text(["Select no clip", "Select all clips"])


@pytest.mark.thorough
def test_what_is_no_command_may_be_a_wish(page: Page) -> None:
    ask(page, "zebras everywhere please")
    expect(palette(page).get_by_role("option")).to_have_count(0)
    expect(search(page)).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Enter")
    expect(page.get_by_label("What should change?")).to_have_value("zebras everywhere please")


def test_panels_open_from_it_and_keys_are_listed_once(page: Page) -> None:
    ask(page, "export")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="Export")).to_be_visible()
    page.keyboard.press("Escape")
    ask(page, "help keys")
    page.keyboard.press("Enter")
    sheet = page.get_by_role("dialog", name="How it works")
    expect(sheet).to_be_visible()
    listed = sheet.locator(".keys.page dt").all_inner_texts()
    assert len(listed) == len(set(listed))
    assert {"Space, K", "Ctrl K", "?", "Ctrl Shift Z, Ctrl Y"} <= set(listed)
    # Whatever the sheet says of the whole page, pressing it is understood.
    dead = page.evaluate(
        "listed => listed.flatMap((keys) => keys.split(', ')).filter((keys) => {"
        " const parts = keys.split(' '), key = parts.at(-1) === 'Space' ? ' ' : parts.at(-1);"
        " return !clipbot.commands.pressed(new KeyboardEvent('keydown',"
        " { key, ctrlKey: parts.includes('Ctrl'), shiftKey: parts.includes('Shift') })); })",
        listed,
    )
    assert dead == ["Ctrl A", "Arrows", "Space on a clip", "Enter on a clip", "Enter on a version"]


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_it_is_fine_on_a_desk_and_on_a_phone(
    open_page: Open, keep: Callable[[Studio, str], Path], size: tuple[int, int], theme: str
) -> None:
    studio = open_page(f"/?job={JOB}", size=size, theme=theme)
    page = studio.page
    page.get_by_role("button", name="All commands").click()
    for words in ("", "clip", "re", "nothing like this"):
        search(page).fill(words)
        assert faults(page) == []
        assert overflow(page) == []
        keep(studio, f"palette-{size[0]}-{theme}-{words.split(' ')[0] or 'empty'}")
    search(page).fill("clip 3")
    palette(page).get_by_role("option").first.click()
    expect(page.locator('.card[data-index="2"]')).to_have_attribute("aria-selected", "true")
    assert overflow(page) == []
    keep(studio, f"palette-{size[0]}-{theme}-went")


def test_the_mouse_is_a_place_in_the_clip(page: Page, keep: Callable[[Studio, str], Path]) -> None:
    """Where motion is unwanted nothing plays by itself, so every moment here is the mouse's."""
    page.emulate_media(reduced_motion="reduce")
    asked: list[str] = []

    def count(request: Request) -> None:
        if request.resource_type == "media":
            asked.append(request.url)

    shot = page.locator('.card[data-index="1"] .shot')
    box = shot.bounding_box()
    assert box
    page.wait_for_function(f"{FRONT}.readyState >= 4")
    page.on("request", count)
    for share in (0.25, 0.5, 0.75, 0.3):
        page.mouse.move(box["x"] + share * box["width"], box["y"] + box["height"] / 2)
        page.wait_for_function(
            f"(share) => {{ const video = {HOVERED}; if (!video || video.seeking) return false;"
            " const length = Math.min(clipbot.clip(1).duration, video.duration);"
            " return Math.abs(video.currentTime - share * length) < 0.04; }",
            arg=share,
        )
        expect(shot.locator("video.is-on")).to_be_visible()
        line = shot.locator(".scrub").bounding_box()
        assert line
        assert abs(line["x"] + line["width"] / 2 - box["x"] - share * box["width"]) < 2
    keep(Studio(page), "scrubbing")
    assert page.evaluate(f"{HOVERED}.paused")
    assert page.evaluate(f"{HOVERED}.muted")
    assert 1 <= len(asked) <= 3, "the footage is loaded once, in a few ranges at most"
    page.get_by_label("What should change?").hover()
    expect(page.locator(".card video, .card .scrub")).to_have_count(0)


def test_a_mouse_that_rests_plays_on_from_there(page: Page) -> None:
    box = page.locator('.card[data-index="1"] .shot').bounding_box()
    assert box
    page.mouse.move(box["x"] + 0.5 * box["width"], box["y"] + box["height"] / 2)
    page.wait_for_function(f"{HOVERED} && !{HOVERED}.paused")
    begun = page.evaluate(
        f"{HOVERED}.currentTime / Math.min(clipbot.clip(1).duration, {HOVERED}.duration)"
    )
    assert begun >= 0.4


@pytest.mark.thorough
def test_of_many_places_asked_for_at_once_the_first_and_the_newest_count(page: Page) -> None:
    page.wait_for_function(f"{FRONT}.readyState >= 2 && !{FRONT}.seeking")
    length = page.evaluate("clipbot.state.job.film.seconds")
    page.get_by_label("Place in the film").evaluate(
        "(slider, length) => { window.seeks = 0;"
        f" {FRONT}.addEventListener('seeking', () => {{ seeks += 1; }});"
        " for (let each = 1; each <= 40; each += 1) {"
        " slider.value = each * length / 50; slider.dispatchEvent(new Event('input')); }"
        " slider.dispatchEvent(new Event('change')); }",
        length,
    )
    page.wait_for_function(
        f"(moment) => !{FRONT}.seeking && Math.abs({FRONT}.currentTime - moment) < 0.05",
        arg=length * 0.8,
    )
    assert page.evaluate("seeks") == 2
    expect(page.get_by_label("Place in the film")).to_have_js_property(
        "value", page.evaluate(f"String({FRONT}.currentTime)")
    )


def test_the_pictures_follow_a_drag_along_the_film(page: Page) -> None:
    page.wait_for_function(f"{FRONT}.readyState >= 2 && !{FRONT}.seeking")
    box = page.get_by_label("Place in the film").bounding_box()
    assert box
    page.mouse.move(box["x"] + 0.1 * box["width"], box["y"] + box["height"] / 2)
    page.mouse.down()
    for share in (0.5, 0.8, 0.3):
        page.mouse.move(box["x"] + share * box["width"], box["y"] + box["height"] / 2, steps=12)
        page.wait_for_function(
            f"(share) => {{ const video = {FRONT}, length = clipbot.state.job.film.seconds;"
            " const slider = document.querySelector('.timeline input');"
            " return !video.seeking && Math.abs(slider.value / length - share) < 0.05"
            " && Math.abs(video.currentTime - slider.value) < 0.05; }",
            arg=share,
        )
    page.mouse.up()
    before = page.evaluate(f"{FRONT}.currentTime")
    page.get_by_role("button", name="Play", exact=True).click()
    page.wait_for_function(
        "(moment) => document.querySelector('.timeline input').value > moment + 0.2", arg=before
    )
