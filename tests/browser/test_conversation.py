"""A conversation over several clips: a plan is struck out, reworded, run, cancelled, taken back."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Locator, Page, expect

from clipbot.services.views import RegenerationStatus
from clipbot.store.database import connect
from clipbot.store.store import Store
from tests import jobs, sample
from tests.browser.accessible import faults
from tests.browser.conftest import PHONE, running
from tests.browser.studio import EDIT_MS, Studio
from tests.browser.test_appearance import overflow

JOB: Final = jobs.job_id("conversation")
CLIPS: Final = 5
Open = Callable[..., Studio]
Keep = Callable[[Studio, str], Path]


@pytest.fixture(name="home", scope="module")
def fixture_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the sample, and with a job whose clips are so short that edits take seconds."""
    return sample.with_job(
        tmp_path_factory.mktemp("conversation") / "home", "conversation", clips=CLIPS
    )


@pytest.fixture(name="app", scope="module")
def fixture_app(home: Path) -> Iterator[str]:
    with running(home) as address:
        yield address


@pytest.fixture(name="store", scope="module")
def fixture_store(home: Path) -> Iterator[Store]:
    engine = connect(f"sqlite:///{home / 'clipbot.db'}")
    yield Store.on(engine)
    engine.dispose()


def plan(page: Page) -> Locator:
    return page.get_by_role("region", name="Plan", exact=True)


def row(page: Page, clip: int) -> Locator:
    return page.locator(".plan").last.get_by_role("listitem", name=f"Clip {clip}", exact=True)


def batches(page: Page) -> Locator:
    return page.get_by_role("region", name=re.compile("^Edits"))


def agree(studio: Studio) -> None:
    studio.page.locator(".plan-go").click()
    expect(studio.dialog).to_be_visible()
    expect(studio.page.locator(".preview.is-ready")).to_be_visible()
    studio.confirm()


def current(store: Store) -> dict[int, int]:
    """Return which versions the film uses, by clip number, where it is not the original."""
    found = store.versions.current(JOB).items()
    return {index + 1: number for index, number in found if number > 1}


def test_eight_turns_over_three_clips(open_page: Open, store: Store, keep: Keep) -> None:
    studio = open_page(f"/?job={JOB}&clip=1")
    studio.composition(1)

    one_clip_is_changed(studio)
    questions_are_answered(studio, store)
    a_plan_is_changed_row_by_row(studio)
    keep(studio, "plan-card")
    it_survives_a_reload(studio)
    one_of_it_is_cancelled(studio, store)
    keep(studio, "plan-over")
    all_of_another_is_cancelled(studio, store)
    the_selection_of_the_grid_becomes_a_plan(studio)
    more_of_it_and_back_again(studio, store)

    rows = store.regenerations.of_job(JOB)
    assert {r.status for r in rows} == {RegenerationStatus.COMPLETED, RegenerationStatus.CANCELLED}
    said = [line.content for line in store.messages.of_job(JOB) if line.role == "user"]
    assert len(said) == 9  # eight turns, and the choice that was clicked
    assert store.jobs.get(JOB).status == "completed"
    assert store.books.problems() == []


def one_clip_is_changed(studio: Studio) -> None:
    """By selection: the dialog at once, no card."""
    studio.select(1)
    studio.ask_price("make it nighttime")
    expect(plan(studio.page)).to_have_count(0)
    studio.confirm()
    expect(studio.current_version).to_have_text("v2", timeout=EDIT_MS)


def questions_are_answered(studio: Studio, store: Store) -> None:
    """One about the film leads to its clips; what cannot be meant is asked back."""
    studio.say("which clips are dark?")
    expect(studio.replies.last.locator(".clip-chip").first).to_have_text("Clip 1")
    assert current(store) == {1: 2}

    studio.say("make clip 9 warmer")
    studio.chat.locator(".choice:enabled").first.click()
    expect(studio.dialog).to_be_visible()
    studio.page.keyboard.press("Escape")
    expect(studio.dialog).to_be_hidden()


def a_plan_is_changed_row_by_row(studio: Studio) -> None:
    """Three clips are a card: one is struck out, put back, one reworded."""
    page = studio.page
    studio.say("make clips 2, 3 and 4 warmer")
    expect(plan(page).get_by_role("heading")).to_have_text("Plan for 3 clips")
    expect(studio.dialog).to_be_hidden()
    expect(plan(page)).to_contain_text("Three or more clips")

    page.get_by_role("button", name="Strike out clip 3").click()
    expect(plan(page)).not_to_contain_text("Three or more clips")
    page.get_by_role("button", name="Put clip 3 back").click()
    expect(plan(page)).to_contain_text("Three or more clips")
    page.get_by_role("button", name="Strike out clip 4").click()

    row(page, 3).get_by_role("button", name="say it in other words").click()
    box = row(page, 3).get_by_role("textbox")
    box.fill("make clip 1 darker")
    box.press("Enter")
    expect(row(page, 3)).to_contain_text("changes clip 3 alone")
    box.fill("make it much darker")
    row(page, 3).get_by_role("button", name="Use these words").click()
    expect(row(page, 3)).to_contain_text("make it much darker")
    expect(box).to_be_hidden()


def it_survives_a_reload(studio: Studio) -> None:
    page = studio.page
    studio.reload()
    expect(plan(page)).to_contain_text("2 of 3 stay")
    expect(row(page, 3)).to_contain_text("make it much darker")
    expect(row(page, 4)).to_contain_text("left out")
    expect(plan(page)).to_have_attribute("aria-busy", "false")
    assert faults(page) == []


def one_of_it_is_cancelled(studio: Studio, store: Store) -> None:
    """One dialog for what is left; while it runs, the second clip is taken back."""
    page = studio.page
    page.locator(".plan-go").click()
    expect(studio.dialog.get_by_role("heading", name="Change clips 2 and 3?")).to_be_visible()
    studio.confirm()
    page.get_by_role("button", name="Cancel clip 3").click()
    expect(row(page, 3)).to_contain_text("Cancelled")
    studio.reload()
    expect(batches(page).get_by_role("heading")).to_have_text(
        "1 of 2 clips done · clip 3 cancelled", timeout=EDIT_MS
    )
    expect(row(page, 2)).to_contain_text("Done · v2")
    expect(plan(page)).to_have_count(0)
    assert current(store) == {1: 2, 2: 2}


def all_of_another_is_cancelled(studio: Studio, store: Store) -> None:
    page = studio.page
    studio.say("same for clips 3, 4 and 5")
    expect(plan(page).get_by_role("heading")).to_have_text("Plan for 3 clips")
    agree(studio)
    expect(batches(page)).to_have_count(2)
    page.get_by_role("button", name="Cancel all").click()
    expect(row(page, 5)).to_contain_text("Cancelled")
    last = batches(page).last
    expect(last).to_have_class(re.compile("is-over"), timeout=EDIT_MS)
    expect(last.get_by_role("button", name="Cancel")).to_have_count(0)
    assert 5 not in current(store)


def the_selection_of_the_grid_becomes_a_plan(studio: Studio) -> None:
    """Two clips by mouse, one struck out by keyboard: what is left is an edit like any other."""
    page = studio.page
    studio.clip(4).click()
    studio.clip(5).click(modifiers=["Shift"])
    expect(page.get_by_text("2 selected")).to_be_visible()
    studio.say("make it nighttime")
    expect(plan(page).get_by_role("listitem")).to_have_count(2)
    page.get_by_role("button", name="Strike out clip 5").focus()
    page.keyboard.press("Enter")
    expect(row(page, 5)).to_contain_text("left out")
    agree(studio)
    expect(plan(page)).to_have_count(0)
    expect(studio.run.or_(studio.chat.get_by_text("Clip 4 is done")).first).to_be_visible()
    expect(studio.chat.get_by_text("Clip 4 is done")).to_be_visible(timeout=EDIT_MS)


def more_of_it_and_back_again(studio: Studio, store: Store) -> None:
    before = current(store)
    studio.select(4)
    studio.ask_price("make it a bit darker")
    studio.confirm()
    expect(studio.clip(4).get_by_text(f"v{before[4] + 1}")).to_be_visible(timeout=EDIT_MS)

    studio.say("undo that")
    expect(studio.clip(4).get_by_text(f"v{before[4]}", exact=True)).to_be_visible()
    assert current(store) == before


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_a_plan_on_a_phone(open_page: Open, keep: Keep, theme: str) -> None:
    studio = open_page(f"/?job={JOB}", size=PHONE, theme=theme)
    studio.pane("Chat")
    studio.say("make clips 1 and 2 brighter and add a dragon to clip 3")
    expect(row(studio.page, 3)).to_contain_text("not possible")
    expect(plan(studio.page)).to_contain_text("2 of 3 stay")
    assert faults(studio.page) == []
    assert overflow(studio.page) == []
    keep(studio, f"plan-phone-{theme}")

    # What cannot be done is left out by itself, and the dialog says what remains.
    studio.page.locator(".plan-go").click()
    expect(studio.dialog.get_by_role("heading", name="Change clips 1 and 2?")).to_be_visible()
    assert overflow(studio.page) == []
    studio.page.keyboard.press("Escape")


def test_how_clips_meet_is_changed_by_words_and_taken_back(open_page: Open, store: Store) -> None:
    studio = open_page(f"/?job={JOB}&clip=1")
    place = studio.page.locator('.card[data-index="2"] .place')
    expect(place).to_be_hidden()

    studio.say("crossfade between 3 and 4")

    expect(studio.replies.last).to_contain_text("Clip 3 meets clip 4 in a crossfade of 0.5 s")
    card = studio.page.get_by_role("region", name="How clips meet and fill their places").last
    expect(card).to_contain_text("Free: $0.00")
    expect(card).to_contain_text("Clip 3 meets clip 4 in a crossfade")
    expect(studio.dialog).to_be_hidden()
    expect(place).to_have_text("Crossfade 0.5 s into clip 4", timeout=EDIT_MS)
    assert set(store.slots.of(JOB)) == {2}

    studio.say("undo")

    expect(place).to_be_hidden(timeout=EDIT_MS)
    assert store.slots.of(JOB) == {}
