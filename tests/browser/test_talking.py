"""Talking on the page: what was read, what is asked, what an answer names, own templates.

Most of these give the page a conversation of their own, so that they do not depend on how
the server words things; the last ones are a real edit.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests import sample
from tests.browser.accessible import faults
from tests.browser.conftest import DESKTOP, PHONE, running
from tests.browser.studio import EDIT_MS, Studio
from tests.browser.test_appearance import overflow

Open = Callable[..., Studio]
Message = dict[str, Any]
HARM = '<img src=x onerror="window.harm=1"> ${window.harm=2} שלום عالم'
SENTENCE = "make clips 2 and 4 darker 🌙, a bit, keep the lanterns"
LONG = f"{'Please make it feel like the very last evening of a long summer. ' * 29}Darker!"
CHANGE = {
    "removed": ["sunny", "midday"],
    "added": ["moonlit night", HARM],
    "prompt": f"A boat on a calm sea, moonlit night. {HARM}",
    "temperature": 0.65,
    "band": "a moderate change",
    "seed": 48213377,
    "is_seed_kept": False,
    "model": None,
}


@pytest.fixture(name="app", scope="module")
def fixture_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An app of this file's own, to change the film in."""
    home = sample.copy(tmp_path_factory.mktemp("talking") / "home")
    with running(home) as address:
        yield address


def line(id_: int, role: str, content: str, **more: Any) -> Message:
    known: Message = {
        "id": id_ - 1000,  # before everything that is really said
        "role": role,
        "content": content,
        "choices": [],
        "clips": [],
        "answer_clips": [],
        "readings": [],
        "unread": [],
        "change": None,
        "regeneration": None,
        "created_at": "2026-11-21T12:00:00+00:00",
    }
    return known | more


def readings(sentence: str, **meanings: str) -> list[Message]:
    """Return readings, with places counted in characters as the server does."""
    found = []
    for words, means in ((words.replace("_", " "), means) for words, means in meanings.items()):
        start = sentence.index(words)
        found.append({"words": words, "start": start, "stop": start + len(words), "means": means})
    return found


TALK = [
    line(1, "user", "which clips are dark?"),
    line(2, "assistant", "Clips 1, 6 and 7 are dark.", clips=[1, 6, 7], answer_clips=[1, 6, 7]),
    line(3, "user", "make it nighttime"),
    line(4, "assistant", "Which clip?", choices=["make clip 2 nighttime", f"make clip 3 {LONG}"]),
    line(5, "user", SENTENCE, clips=[2, 4]),
    line(
        6,
        "assistant",
        "Clips 2 and 4: darker.",
        clips=[2, 4],
        readings=readings(
            SENTENCE,
            clips_2_and_4="clips 2 and 4",
            darker="darker, a bit",
            keep_the_lanterns="keeps the lanterns",
        ),
        unread=["zorp", HARM],
    ),
    line(7, "assistant", "Clip 2 is done: darker.", clips=[2], change=CHANGE),
    line(8, "user", LONG, clips=[5]),
    line(9, "assistant", "Clip 5: darker.", clips=[5], readings=readings(LONG, Darker="darker")),
    line(10, "user", HARM, clips=[3]),
    line(11, "assistant", "What should change?", clips=[3], choices=["make clip 3 darker", HARM]),
]


def talk(page: Page) -> None:
    """Let the page find this conversation; everything else is the server's."""

    def answer(route: Route) -> None:
        if (route.request.post_data_json or {}).get("fn_name") == "history":
            route.fulfill(json={"ok": True, "messages": TALK})
        else:
            route.continue_()

    page.route("**/component_server/", answer)


def talking(open_page: Open, **how: Any) -> Studio:
    studio = open_page("/?clip=2", prepare=talk, **how)
    expect(said(studio, 11)).to_be_attached()
    return studio


def said(studio: Studio, id_: int) -> Any:
    return studio.page.locator(f'[data-message="{id_ - 1000}"]')


def test_the_words_that_were_read_are_marked_and_explained(open_page: Open) -> None:
    studio = talking(open_page)
    reply = said(studio, 6)

    words = reply.locator(".word")
    expect(words).to_have_text(["clips 2 and 4", "darker", "keep the lanterns"])
    expect(reply.locator(".sentence")).to_have_text(SENTENCE)
    expect(reply.get_by_text("Not understood: “zorp”")).to_be_visible()

    words.nth(1).scroll_into_view_if_needed()
    studio.still()
    words.nth(0).hover()
    words.nth(1).hover()
    expect(studio.page.locator(".whisper")).to_have_text("→ darker, a bit")

    expect(reply.get_by_role("definition").first).to_be_hidden()
    reply.locator(".reading summary").focus()
    studio.page.keyboard.press("Enter")
    expect(reply.get_by_role("definition")).to_have_text(
        ["clips 2 and 4", "darker, a bit", "keeps the lanterns"]
    )


def test_a_long_sentence_is_folded_away(open_page: Open) -> None:
    reply = said(talking(open_page), 9)
    expect(reply.locator(".word")).to_be_hidden()
    reply.get_by_text("How I read it").click()
    expect(reply.locator(".word")).to_have_text("Darker")
    expect(reply.locator(".sentence")).to_have_text(LONG)


def test_only_the_latest_question_can_be_answered(open_page: Open) -> None:
    studio = talking(open_page)
    for choice in said(studio, 4).locator(".choice").all():
        expect(choice).to_be_disabled()

    choice = said(studio, 11).get_by_role("button", name="make clip 3 darker")
    choice.focus()
    studio.page.keyboard.press("Enter")

    expect(studio.dialog.get_by_role("heading", name="Change clip 3?")).to_be_visible()
    studio.page.keyboard.press("Escape")
    expect(choice).to_be_disabled()
    expect(studio.box).to_be_focused()


def test_an_answer_shows_its_clips_and_leads_to_them(open_page: Open) -> None:
    studio = talking(open_page)
    answer = said(studio, 2)

    answer.get_by_role("button", name="Clip 6").hover()
    expect(studio.clip(6)).to_have_class(re.compile("is-pointed"))
    answer.get_by_role("button", name="Clip 6").click()
    expect(studio.page.get_by_role("heading", name="Versions of clip 6")).to_be_visible()
    expect(studio.page.locator(".where")).to_contain_text("Clip 6")
    answer.get_by_role("button", name="Select all 3").click()
    expect(studio.page.locator('.card[aria-selected="true"]')).to_have_count(3)
    expect(studio.page.locator(".is-pointed")).to_have_count(0)


def test_the_talk_can_be_narrowed_to_the_selected_clip(open_page: Open) -> None:
    studio = talking(open_page)
    only = studio.page.get_by_role("button", name="This clip")
    expect(only).to_have_attribute("aria-pressed", "false")

    only.click()

    expect(said(studio, 7)).to_be_visible()
    expect(said(studio, 2)).to_be_hidden()
    expect(said(studio, 9)).to_be_hidden()
    studio.select(5)
    expect(said(studio, 9)).to_be_visible()
    expect(said(studio, 7)).to_be_hidden()
    studio.page.reload()
    studio.ready()
    expect(only).to_have_attribute("aria-pressed", "true")
    expect(said(studio, 9)).to_be_visible()
    expect(said(studio, 2)).to_be_hidden()
    studio.clip(6).click(modifiers=["Control"])
    expect(only).to_be_hidden()
    expect(said(studio, 2)).to_be_visible()


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("theme", ["dark", "light"])
def test_talk_of_any_kind_fits_and_can_be_read(
    open_page: Open, keep: Callable[[Studio, str], Path], theme: str, size: tuple[int, int]
) -> None:
    studio = talking(open_page, theme=theme, size=size)
    page = studio.page
    if size == PHONE:
        studio.pane("Chat")
    for summary in page.locator(".message summary").all():
        summary.click()
    said(studio, 6).scroll_into_view_if_needed()
    keep(studio, f"talk-{size[0]}-{theme}")

    expect(said(studio, 7).locator(".whole")).to_have_text(CHANGE["prompt"])
    assert page.evaluate("window.harm") is None
    assert overflow(page) == []
    for box in (".messages", ".composer"):
        assert page.locator(box).evaluate("box => box.scrollWidth <= box.clientWidth + 1"), box
    assert faults(page) == []

    if size == PHONE:
        said(studio, 2).get_by_role("button", name="Clip 6").tap()
        expect(studio.film).to_be_visible()
        expect(page.get_by_role("heading", name="Versions of clip 6")).to_be_visible()


def test_a_finished_edit_tells_of_its_prompt_and_becomes_a_template(
    studio: Studio, keep: Callable[[Studio, str], Path]
) -> None:
    page = studio.page
    studio.select(2)
    studio.ask_price("make it nighttime")
    studio.confirm()
    expect(studio.current_version).to_have_text("v2", timeout=EDIT_MS)

    # Which words gave what, and what became of the prompt, in words and signs.
    offer = studio.replies.filter(has_text="Local look").locator(".reading")
    expect(offer.locator(".word").last).to_have_text(re.compile("nighttime"))
    done = studio.replies.filter(has_text="Clip 2 is done")
    expect(done.locator("ins").first).to_contain_text("added ")
    expect(done.get_by_text("How much may change: ")).to_be_visible()
    done.locator(".change summary").click()
    expect(done.locator(".whole")).not_to_be_empty()
    expect(done.get_by_text("Written without a language model.")).to_be_visible()

    # It is kept under a name; a second one of that name is refused in its place.
    done.get_by_role("button", name="Save as template").click()
    name = done.get_by_label("Name of the template")
    expect(name).to_be_focused()
    name.fill(HARM[:50])
    name.press("Enter")
    expect(done.get_by_text("under Mine")).to_be_visible()
    keep(studio, "template-saved")

    # It is used like the others, and its uses are counted.
    page.get_by_role("button", name="Mine", exact=True).click()
    chip = page.locator(".own-chip .chip")
    expect(chip).to_have_text(HARM[:50])
    studio.select(5)
    chip.click()
    expect(studio.dialog.get_by_role("heading", name="Change clip 5?")).to_be_visible()
    studio.confirm()
    studio.run.get_by_role("button", name="Cancel").click()
    expect(studio.run).to_have_count(0, timeout=EDIT_MS)
    page.get_by_role("button", name="Mine", exact=True).click()
    change = page.get_by_role("button", name="Change template")
    change.click()
    expect(page.get_by_text("used once")).to_be_visible()

    # Renamed, shared, and deleted when asked twice.
    editor = page.locator(".own-edit")
    editor.get_by_label("Name of the template").fill("Moonlight")
    editor.get_by_role("button", name="Save").click()
    expect(chip).to_have_text("Moonlight")
    change.click()
    editor.get_by_role("switch").check()
    page.wait_for_function("clipbot.knownTemplates().some((each) => each.is_shared)")
    studio.reload()
    page.get_by_role("button", name="Mine", exact=True).click()
    change.click()
    expect(editor.get_by_role("switch")).to_be_checked()
    keep(studio, "template-own")
    assert faults(page) == []
    editor.get_by_role("button", name="Delete").click()
    editor.get_by_role("button", name="Delete for good?").click()
    expect(page.get_by_text("None yet. After an edit")).to_be_visible()
    assert page.evaluate("window.harm") is None
