"""The page by itself: hostile text, keyboard, mouse, themes, trouble."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Route, expect

from tests.browser.accessible import faults
from tests.browser.conftest import Watched
from tests.browser.studio import Studio

Open = Callable[..., Studio]
HOSTILE = 'make it brighter <img src=x onerror="window.harm=1"> ${window.harm=2} {{window.harm=3}}'


def test_text_from_people_stays_text(studio: Studio) -> None:
    studio.select(3)

    studio.say(HOSTILE)

    expect(studio.chat.locator(".message.user").last).to_have_text(HOSTILE)
    expect(studio.replies.last).to_be_visible()
    assert studio.page.evaluate("window.harm") is None
    assert studio.page.locator('img[src="x"]').count() == 0


def test_text_from_the_server_stays_text(open_page: Open) -> None:
    def with_hostile_lyrics(route: Route) -> None:
        answer = route.fetch()
        body = answer.json()
        for clip in body["clips"]:
            clip["lyrics_preview"] = HOSTILE
            clip["section"] = "<b>verse</b>"
        route.fulfill(response=answer, json=body)

    studio = open_page(prepare=lambda page: page.route("**/clips", with_hostile_lyrics))

    expect(studio.clip(1).locator(".lyrics")).to_have_text(HOSTILE)
    assert studio.page.evaluate("window.harm") is None


def test_what_is_refused_stays_in_the_box(studio: Studio) -> None:
    studio.select(3)
    wish = "replace the lanterns with elephants"

    studio.say(wish)

    expect(studio.replies.last).to_be_visible()
    expect(studio.box).to_have_value(wish)
    expect(studio.dialog).to_be_hidden()


def test_too_long_a_wish_cannot_be_sent(studio: Studio) -> None:
    studio.box.fill("x" * 1900)
    expect(studio.page.get_by_text("1,900 of 2,000 characters")).to_be_visible()

    studio.box.fill("x" * 10_000)

    expect(studio.page.get_by_text("10,000 of 2,000 characters")).to_be_visible()
    expect(studio.page.get_by_role("button", name="Send")).to_be_disabled()


def test_a_wish_for_a_clip_that_is_not_there_is_asked_back(studio: Studio) -> None:
    studio.page.get_by_role("button", name="None").click()
    expect(studio.page.get_by_text("No clip selected")).to_be_visible()

    studio.say("make clip 99 brighter")

    choices = studio.chat.locator(".choice")
    expect(choices.first).to_be_visible()
    choices.first.click()
    expect(studio.dialog).to_be_visible()


def test_the_grid_is_worked_by_keyboard_alone(studio: Studio) -> None:
    studio.clip(1).focus()
    page = studio.page

    page.keyboard.press("ArrowRight")
    expect(studio.clip(2)).to_be_focused()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    expect(studio.clip(4)).to_be_focused()
    page.keyboard.press("Space")
    expect(page.get_by_text("3 selected")).to_be_visible()
    page.keyboard.press("Escape")
    expect(studio.clip(4)).to_have_attribute("aria-selected", "true")
    expect(studio.clip(1)).to_have_attribute("aria-selected", "false")
    page.keyboard.press("Control+a")
    expect(page.locator('.card[aria-selected="true"]')).to_have_count(8)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Pause", exact=True)).to_be_visible()
    assert page.locator('.card[tabindex="0"]').count() == 1


def test_clips_are_selected_by_mouse_in_all_the_usual_ways(studio: Studio) -> None:
    studio.clip(2).click()
    studio.clip(4).click(modifiers=["Shift"])
    studio.clip(7).click(modifiers=["Control"])
    studio.clip(3).locator(".tick").click()

    chosen = [
        card.get_attribute("data-index")
        for card in studio.page.locator('.card[aria-selected="true"]').all()
    ]
    assert chosen == ["1", "3", "6"]
    expect(studio.page.locator(".target")).to_contain_text("Clip 7")


def test_hovering_a_clip_plays_it_silently(studio: Studio) -> None:
    studio.clip(6).hover()

    video = studio.clip(6).locator("video.is-on")
    expect(video).to_be_visible()
    assert video.evaluate("video => video.muted")
    studio.box.hover()
    expect(studio.page.locator(".card video")).to_have_count(0)


def test_the_address_leads_back_to_the_same_clip(studio: Studio, open_page: Open) -> None:
    studio.select(6)
    address = studio.page.url
    assert "job=" in address
    assert address.endswith("clip=6")

    again = open_page(address)

    expect(again.clip(6)).to_have_attribute("aria-selected", "true")
    expect(again.page.locator(".where")).to_contain_text("Clip 6")


def test_keys_open_the_help_play_the_film_and_focus_the_chat(studio: Studio) -> None:
    page = studio.page
    page.keyboard.press("?")
    expect(page.get_by_role("heading", name="How it works")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("k")
    expect(page.get_by_role("button", name="Pause", exact=True)).to_be_visible()
    page.keyboard.press("k")
    page.keyboard.press("/")
    expect(studio.box).to_be_focused()
    page.keyboard.type("k?")
    expect(studio.box).to_have_value("k?")


def test_a_draft_survives_a_reload(studio: Studio) -> None:
    studio.box.fill("make it a little ")
    studio.reload()
    expect(studio.box).to_have_value("make it a little ")


def test_the_theme_follows_the_system_until_it_is_chosen(open_page: Open) -> None:
    studio = open_page(theme="light")
    html = studio.page.locator("html")
    expect(html).to_have_attribute("data-theme", "light")

    studio.page.get_by_role("button", name="Dark theme").click()
    studio.reload()

    expect(html).to_have_attribute("data-theme", "dark")


def test_a_lost_connection_is_said_and_found_again(studio: Studio, watched: Watched) -> None:
    watched.expected += ["net::ERR_INTERNET_DISCONNECTED", "Failed to load resource"]
    studio.page.context.set_offline(True)
    expect(studio.page.get_by_text("The connection to the server is lost")).to_be_visible()

    studio.page.context.set_offline(False)

    expect(studio.page.get_by_text("The connection to the server is lost")).to_be_hidden()


def test_a_missing_picture_has_a_placeholder(open_page: Open, watched: Watched) -> None:
    watched.expected.append("Failed to load resource")
    studio = open_page(
        prepare=lambda page: page.route("**/clips/3/thumbnail.jpg*", lambda route: route.abort())
    )
    expect(studio.clip(4)).to_have_class(re.compile("no-picture"))
    expect(studio.clip(4).locator(".blank")).to_be_visible()


def test_without_a_job_the_page_says_so(open_page: Open, browser: Any, app: str) -> None:
    del open_page
    page = browser.new_page(base_url=app)
    page.route("**/api/v1/jobs", lambda route: route.fulfill(json={"jobs": []}))
    page.goto("/")
    expect(page.get_by_text("There is no film here yet.")).to_be_visible()
    expect(page.get_by_role("button", name="Send")).to_be_disabled()
    page.close()


def test_cards_are_kept_when_clips_are_read_again(open_page: Open) -> None:
    """Sixty cards must not be built anew for every event of an edit."""

    def sixty(route: Route) -> None:
        answer = route.fetch()
        body = answer.json()
        clips = body["clips"]
        body["clips"] = [
            {**clips[index % len(clips)], "clip_index": index, "number": index + 1}
            for index in range(60)
        ]
        route.fulfill(response=answer, json=body)

    studio = open_page(prepare=lambda page: page.route("**/clips", sixty))
    expect(studio.page.locator(".card[data-index]")).to_have_count(60)
    studio.page.evaluate(
        "document.querySelectorAll('.card').forEach((card) => { card.kept = true; })"
    )

    studio.page.evaluate("clipbot.reload()")

    assert studio.page.evaluate(
        "[...document.querySelectorAll('.card[data-index]')].every((card) => card.kept)"
    )


def test_a_film_that_is_not_there_leads_to_those_that_are(
    open_page: Open, watched: Watched
) -> None:
    watched.expected.append("status of 404")
    page = open_page().page
    page.goto("/?job=00000000-0000-0000-0000-000000000001")
    picker = page.get_by_role("combobox", name="Film")
    expect(picker.locator("option:checked")).to_have_text("Choose a film")
    expect(page.locator(".veil")).to_contain_text("There is no job")
    picker.select_option(index=1)
    expect(page.get_by_role("option", name="Clip 1,")).to_be_attached()
    expect(page.locator(".job-facts")).to_contain_text("8 clips")


def test_older_films_are_listed_when_they_are_asked_for(open_page: Open) -> None:
    def listed(route: Route) -> None:
        answer = route.fetch(url=re.sub(r"\?.*", "", route.request.url))
        jobs = answer.json()["jobs"]
        if "offset=1" in route.request.url:
            older = {**jobs[0], "id": "00000000-0000-0000-0000-000000000001", "title": "Oldest"}
            route.fulfill(response=answer, json={"jobs": [older], "next_offset": None})
        else:
            route.fulfill(response=answer, json={"jobs": jobs, "next_offset": 1})

    page = open_page(
        prepare=lambda page: page.route(re.compile(r"/api/v1/jobs(\?|$)"), listed)
    ).page
    picker = page.get_by_role("combobox", name="Film")
    before = picker.input_value()
    picker.select_option(label="Older films …")
    expect(picker.locator("option")).to_have_text([re.compile("lantern", re.IGNORECASE), "Oldest"])
    assert picker.input_value() == before


def test_what_is_odd_about_a_film_is_told(
    open_page: Open, keep: Callable[[Studio, str], Path]
) -> None:
    odd = "One clip could not be read and was left out."

    def told(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, json={**answer.json(), "problems": [odd]})

    expect(open_page().page.locator(".topbar .odd")).to_be_hidden()
    studio = open_page(
        prepare=lambda page: page.route(re.compile(r"/api/v1/jobs/[0-9a-f-]+$"), told)
    )
    studio.page.get_by_role("button", name="1 thing odd about this film").click()
    expect(studio.page.get_by_role("dialog", name="What is odd about this film")).to_contain_text(
        odd
    )
    keep(studio, "odd")
    assert faults(studio.page) == []
