"""Comparing versions and films: each mode, in sync, with what was measured."""

import re
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import httpx
import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from clipbot.blobs.disk import DiskBlobs
from clipbot.domain.user import LOCAL_USER
from clipbot.settings import load
from clipbot.store.database import connect
from clipbot.store.store import Store
from clipbot.wiring import open_clipbot
from tests import compare, jobs, media, sample
from tests.browser.accessible import faults
from tests.browser.conftest import DESKTOP, PHONE, Watched, running
from tests.browser.studio import Studio
from tests.browser.test_appearance import overflow
from tests.compare import Made

JOB: Final = jobs.job_id("compare")
LONG: Final = 6.0
"""Seconds of versions 2 and 3 of clip 1; version 1 lasts two."""
FRAME: Final = 1 / 24
MODES: Final = ("side", "split", "fade", "difference")
Open = Callable[..., Studio]


@pytest.fixture(name="app", scope="module")
def fixture_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    home = sample.copy(tmp_path_factory.mktemp("compare") / "home")
    engine = connect(f"sqlite:///{home / 'clipbot.db'}")
    store, blobs = Store.on(engine), DiskBlobs(home / "blobs")
    jobs.install(store, blobs, clips=3, name="compare")
    frames = round(LONG * 24)
    long = {
        2: Made(media.clip(20, frames=frames), instruction="make it warmer"),
        3: Made(media.clip(200, frames=frames), instruction="make it cooler"),
        4: Made(None, instruction="make it snow"),
    }
    compare.add(store, blobs, JOB, 0, long, current=3)
    compare.add(store, blobs, JOB, 1, {2: Made(compare.darkened(1))}, current=1)
    engine.dispose()
    with open_clipbot(load(home=home), role="command") as clipbot:
        clipbot.services.films.ensure(JOB)
        clipbot.services.versions.restore(LOCAL_USER, JOB, 1, 2)
    with running(home) as address:
        yield address


def room(page: Page) -> Locator:
    return page.get_by_role("dialog", name="Compare")


def picker(page: Page, side: str) -> Locator:
    return room(page).get_by_role("combobox", name=re.compile(f"^{side}: "))


def ready(page: Page) -> None:
    """Wait until both pictures are there and nothing is being looked for."""
    page.wait_for_function(
        "() => document.querySelector('dialog.compare').open"
        " && document.querySelector('.room').getAttribute('aria-busy') === 'false'"
        " && [...document.querySelectorAll('.look video')].every((video) => !video.seeking)"
    )


def opened(open_page: Open, pair: str = "{index: 0, a: 2, b: 3}", **options: Any) -> Studio:
    studio = open_page(f"/?job={JOB}", **options)
    studio.page.evaluate(f"clipbot.emit('compare', {pair})")
    ready(studio.page)
    return studio


def places(page: Page) -> list[float]:
    found: list[float] = page.evaluate(
        "[...document.querySelectorAll('.look video')].map((video) => video.currentTime)"
    )
    return found


def frames(page: Page) -> list[int]:
    return [int(place * 24) for place in places(page)]


def sought(page: Page) -> None:
    page.wait_for_function(
        "[...document.querySelectorAll('.look video')].every((video) => !video.seeking)"
    )


def test_it_opens_from_the_stage_and_leaves_the_film_where_it_was(open_page: Open) -> None:
    studio = open_page(f"/?job={JOB}&clip=1")
    page = studio.page
    studio.composition(2)
    page.wait_for_function("clipbot.film.time > 0.2")
    before = studio.film_state()
    page.get_by_role("button", name="Compare versions").click()
    ready(page)
    expect(picker(page, "A")).to_have_value("1")
    expect(picker(page, "B")).to_have_value("3")
    assert places(page) == pytest.approx([before["time"]] * 2, abs=FRAME), "where the film is"
    page.keyboard.press("Escape")
    expect(room(page)).to_be_hidden()
    assert studio.film_state() == before
    expect(page.get_by_role("button", name="Compare versions")).to_be_focused()
    page.keyboard.press("c")
    expect(room(page)).to_be_visible()


@pytest.mark.thorough
def test_a_film_that_played_plays_on_afterwards(open_page: Open) -> None:
    studio = open_page(f"/?job={JOB}")
    page = studio.page
    studio.composition(2)
    studio.play_until(0.1)
    page.keyboard.press("c")
    ready(page)
    assert not studio.film_state()["plays"]
    page.wait_for_function("clipbot.comparing.isPlaying")
    page.keyboard.press("Escape")
    page.wait_for_function("clipbot.film.isPlaying")


def test_both_pictures_run_as_one_in_every_mode(open_page: Open) -> None:
    page = opened(open_page).page
    page.keyboard.press(" ")
    page.wait_for_function("clipbot.comparing.time > 0.5")
    for mode in MODES:
        page.locator(f'.modes [data-mode="{mode}"]').click()
        page.evaluate("clipbot.comparing.forget()")
        # Some seconds of it, of as many frames as the machine can paint.
        page.wait_for_function("clipbot.compareDrift().frames > 60")
        drift = page.evaluate("clipbot.compareDrift()")
        assert drift["frame"] == pytest.approx(FRAME)
        assert drift["clock"]["median"] < FRAME / 4, (mode, drift)
        assert drift["median"] < FRAME, (mode, drift)


@pytest.mark.thorough
def test_a_push_apart_is_mended_while_they_play(open_page: Open) -> None:
    """Or the tests above would pass for two players that nobody holds together."""
    page = opened(open_page).page
    page.keyboard.press(" ")
    page.wait_for_function("clipbot.comparing.time > 0.3")
    apart = (
        "(() => { const [a, b] = ['a', 'b'].map((side) => document.querySelector(`.look.${side}"
        " video`)); %s return Math.abs(a.currentTime - b.currentTime); })()"
    )
    assert page.evaluate(apart % "b.currentTime += 0.15;") > 0.1
    page.wait_for_function(f"{apart % ''} < clipbot.compareDrift().frame / 2")


@pytest.mark.thorough
def test_frames_are_stepped_in_both(open_page: Open) -> None:
    page = opened(open_page).page
    assert frames(page) == [0, 0]
    for _ in range(3):
        page.keyboard.press(".")
        sought(page)
    assert frames(page) == [3, 3]
    page.keyboard.press(",")
    sought(page)
    assert frames(page) == [2, 2]
    expect(room(page).locator(".frame")).to_have_text("frame 3 of 144")
    room(page).get_by_role("button", name="One frame back").click()
    sought(page)
    assert frames(page) == [1, 1]


@pytest.mark.thorough
def test_it_begins_again_at_the_end_or_stops_there(open_page: Open) -> None:
    page = opened(open_page).page
    page.evaluate(f"clipbot.comparing.seek({LONG - 0.4})")
    sought(page)
    page.keyboard.press(" ")
    page.wait_for_function("clipbot.comparing.isPlaying && clipbot.comparing.time < 2")
    page.keyboard.press("r")
    expect(page.get_by_role("button", name="Repeat")).to_have_attribute("aria-pressed", "false")
    page.evaluate(f"clipbot.comparing.seek({LONG - 0.4})")
    page.wait_for_function("!clipbot.comparing.isPlaying")
    assert min(places(page)) > LONG - 0.2


@pytest.mark.thorough
def test_it_plays_slower_and_faster(open_page: Open) -> None:
    page = opened(open_page).page
    page.keyboard.press("<")
    expect(room(page).get_by_label("Speed")).to_have_value("0.5")
    page.keyboard.press(" ")
    page.wait_for_function("clipbot.comparing.time > 0.2")
    rates = page.evaluate(
        "[...document.querySelectorAll('.look video')].map((v) => v.playbackRate)"
    )
    assert rates == pytest.approx([0.5, 0.5], abs=0.11)
    room(page).get_by_label("Speed").select_option("2")
    assert page.evaluate("clipbot.comparing.speed") == 2


def test_the_shorter_one_holds_its_last_picture_and_it_is_said(open_page: Open) -> None:
    page = opened(open_page, "{index: 0, a: 1, b: 2}").page
    expect(room(page).locator(".ends")).to_have_text(
        "Version 1 ends at 0:02.0 and holds its last picture"
    )
    expect(room(page).locator(".held")).to_be_visible()
    page.evaluate("clipbot.comparing.seek(1.5)")
    sought(page)
    page.keyboard.press(" ")
    page.wait_for_function("clipbot.comparing.time > 3")
    page.keyboard.press(" ")
    short, long = places(page)
    assert short == pytest.approx(2.0, abs=0.06)
    assert long > 3


def test_the_song_is_heard_at_that_place_and_can_be_turned_off(open_page: Open) -> None:
    page = opened(open_page, "{index: 1}").page
    page.keyboard.press(" ")
    page.wait_for_function("clipbot.comparing.isPlaying && clipbot.comparing.time > 0.3")
    page.wait_for_function(
        "() => { const song = document.querySelector('dialog.compare audio');"
        " const place = song.currentTime - 1.5 - clipbot.comparing.time;"
        " return !song.paused && Math.abs(place) < 0.3; }"
    )
    assert page.evaluate("[...document.querySelectorAll('.look video')].every((v) => v.muted)")
    page.keyboard.press("m")
    expect(page.get_by_role("button", name="Turn the sound on")).to_be_visible()
    assert page.evaluate("document.querySelector('dialog.compare audio').paused")


def test_the_split_is_moved_by_keys_and_by_dragging(open_page: Open) -> None:
    page = opened(open_page).page
    page.keyboard.press("2")
    divider = page.get_by_role("slider", name="Where A ends and B begins")
    expect(divider).to_have_attribute("aria-valuenow", "50")
    divider.focus()
    page.keyboard.press("ArrowRight")
    expect(divider).to_have_attribute("aria-valuenow", "51")
    page.keyboard.press("End")
    expect(divider).to_have_attribute("aria-valuenow", "100")
    look = page.locator(".look.a").bounding_box()
    assert look
    page.mouse.move(look["x"] + look["width"] * 0.75, look["y"] + 40)
    page.mouse.down()
    page.mouse.move(look["x"] + look["width"] * 0.25, look["y"] + 60, steps=4)
    page.mouse.up()
    expect(divider).to_have_attribute("aria-valuenow", "25")
    clip = page.locator(".look.b").evaluate("node => getComputedStyle(node).clipPath")
    assert float(re.findall(r"([\d.]+)%", clip)[0]) == pytest.approx(25, abs=1)


@pytest.mark.thorough
def test_both_are_seen_closer_and_moved_together(open_page: Open) -> None:
    page = opened(open_page).page
    look = page.locator(".look.a").bounding_box()
    assert look
    page.mouse.move(look["x"] + look["width"] / 2, look["y"] + look["height"] / 2)
    for _ in range(6):
        page.mouse.wheel(0, -120)
    page.wait_for_function("document.querySelector('.view').classList.contains('is-close')")
    before = transforms(page)
    page.mouse.down()
    page.mouse.move(look["x"] + look["width"] / 2 + 50, look["y"] + look["height"] / 2, steps=3)
    page.mouse.up()
    after = transforms(page)
    assert before[0] == before[1]
    assert after[0] == after[1] != before[0]
    assert not page.evaluate("clipbot.comparing.isPlaying"), "a drag is no click"
    page.mouse.dblclick(look["x"] + 20, look["y"] + 60)
    expect(room(page).get_by_role("button", name="Whole picture")).to_have_text("100 %")
    page.keyboard.press("+")
    expect(room(page).get_by_role("button", name="Whole picture")).to_have_text("125 %")
    page.keyboard.press("0")
    expect(room(page).get_by_role("button", name="Whole picture")).to_have_text("100 %")


def transforms(page: Page) -> list[str]:
    found: list[str] = page.locator(".look .lens").evaluate_all(
        "all => all.map((node) => getComputedStyle(node).transform)"
    )
    return found


@pytest.mark.thorough
def test_fading_shows_as_much_of_b_as_was_chosen(open_page: Open) -> None:
    page = opened(open_page).page
    page.keyboard.press("3")
    mix = page.get_by_role("slider", name="How much of B is seen")
    mix.focus()
    page.keyboard.press("End")
    expect(page.locator(".look.b")).to_have_css("opacity", "1")
    page.keyboard.press("Home")
    expect(page.locator(".look.b")).to_have_css("opacity", "0")


def brightest(page: Page) -> int:
    """Return the brightest value of what is seen of the pictures."""
    shot = Image.open(BytesIO(page.locator(".pictures").screenshot())).convert("L")
    inside = shot.crop((8, 8, shot.width - 8, shot.height - 8))
    return int(np.asarray(inside).max())


def test_the_same_is_black_in_difference_and_what_differs_is_not(open_page: Open) -> None:
    page = opened(open_page, "{index: 0, a: 2, b: 2}").page
    page.keyboard.press("4")
    room(page).get_by_label("Gain of the difference").select_option("32")
    page.keyboard.press("h")
    expect(room(page).locator(".compare-facts")).to_contain_text("the same version")
    page.mouse.move(1, 1)
    assert brightest(page) == 0
    picker(page, "B").select_option("3")
    ready(page)
    assert brightest(page) > 200


def test_what_was_measured_is_told_and_drawn(open_page: Open) -> None:
    page = opened(open_page).page
    facts = room(page).locator(".compare-facts")
    expect(facts).to_contain_text("of the picture changed")
    expect(facts).to_contain_text("Brightness")
    expect(room(page).locator(".bars i")).to_have_count(24)
    page.keyboard.press("4")
    heat = page.get_by_role("img", name=re.compile("of the picture changed"))
    expect(heat).to_be_visible()
    drawn = heat.evaluate(
        "node => node.getContext('2d').getImageData(0, 0, node.width, node.height).data"
        ".filter((value, place) => place % 4 === 3 && value > 0).length"
    )
    assert drawn > 20
    page.keyboard.press("h")
    expect(heat).to_be_hidden()


@pytest.mark.thorough
def test_any_two_are_chosen_and_swapped(open_page: Open) -> None:
    page = opened(open_page).page
    picker(page, "A").select_option("1")
    ready(page)
    expect(page.locator(".look.a figcaption")).to_have_text("Version 1")
    page.keyboard.press("Escape")
    page.evaluate("clipbot.emit('compare', {index: 0, a: 1, b: 3})")
    ready(page)
    room(page).get_by_role("button", name="Swap A and B").click()
    ready(page)
    expect(picker(page, "A")).to_have_value("3")
    expect(page.locator(".look.b figcaption")).to_have_text("Version 1")
    room(page).get_by_label("What is compared").select_option("1")
    ready(page)
    expect(picker(page, "B")).to_have_value("2")


def test_footage_that_is_gone_is_said_and_the_other_plays(open_page: Open) -> None:
    page = opened(open_page, "{index: 0, b: 4}").page
    expect(page.locator(".look.b .absent")).to_have_text(
        "The footage of version 4 is gone; what is known of it is kept.", use_inner_text=True
    )
    page.keyboard.press(" ")
    page.wait_for_function("document.querySelector('.look.a video').currentTime > 0.3")


@pytest.mark.thorough
def test_footage_that_goes_meanwhile_is_said_too(open_page: Open, watched: Watched) -> None:
    watched.expected.append("404")
    page = open_page(f"/?job={JOB}").page
    page.route("**/clips/0/versions/3/footage.mp4", lambda route: route.fulfill(status=404))
    page.evaluate("clipbot.emit('compare', {index: 0, a: 2, b: 3})")
    expect(page.locator(".look.b .absent")).to_contain_text("The footage of version 3 is gone")


@pytest.mark.thorough
def test_footage_that_cannot_be_had_now_can_be_tried_again(
    open_page: Open, watched: Watched
) -> None:
    watched.expected.append("503")
    page = open_page(f"/?job={JOB}").page
    address = "**/clips/0/versions/3/footage.mp4"
    page.route(address, lambda route: route.fulfill(status=503))
    page.evaluate("clipbot.emit('compare', {index: 0, a: 2, b: 3})")
    expect(page.locator(".look.b .absent")).to_contain_text("cannot be played right now")
    page.unroute(address)
    page.locator(".look.b").get_by_role("button", name="Try again").click()
    ready(page)
    expect(page.locator(".look.b .absent")).to_be_hidden()


@pytest.mark.thorough
def test_a_clip_without_footage_says_so(open_page: Open, watched: Watched, app: str) -> None:
    watched.expected.append("404")
    with httpx.Client(base_url=app, trust_env=False) as client:
        assert client.get(f"/api/v1/jobs/{JOB}/clips/7/versions").status_code == 404
    page = open_page(f"/?job={JOB}").page
    page.evaluate("clipbot.emit('compare', {index: 7})")
    expect(room(page).locator(".nothing")).to_contain_text("There is no clip 8")
    page.keyboard.press("Escape")
    expect(room(page)).to_be_hidden()


def test_two_films_are_compared_and_lead_to_the_clips_that_differ(open_page: Open) -> None:
    page = open_page(f"/?job={JOB}").page
    page.evaluate("clipbot.emit('compare-films', {})")
    ready(page)
    expect(picker(page, "A")).to_have_value("1")
    expect(picker(page, "B")).to_have_value("2")
    page.keyboard.press(" ")
    page.wait_for_function("clipbot.comparing.time > 0.5")
    facts = room(page).locator(".compare-facts")
    expect(facts).to_contain_text("one clip in different versions")
    facts.get_by_role("button", name="Clip 2: version 1 → 2").click()
    ready(page)
    expect(room(page).get_by_label("What is compared")).to_have_value("1")
    expect(picker(page, "B")).to_have_value("2")


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_it_fits_every_screen_and_everything_has_a_name(
    open_page: Open, keep: Callable[[Studio, str], Path], theme: str
) -> None:
    studio = opened(open_page, "{index: 0, a: 1, b: 3}", theme=theme)
    page = studio.page
    expect(room(page).locator(".compare-facts")).to_contain_text("of the picture changed")
    for mode in MODES:
        page.locator(f'.modes [data-mode="{mode}"]').click()
        for width, height in (DESKTOP, PHONE, (768, 1024), (2560, 1440)):
            page.set_viewport_size({"width": width, "height": height})
            page.wait_for_function(INSIDE)
            assert overflow(page) == []
            if width in {DESKTOP[0], PHONE[0]}:
                keep(studio, f"compare-{mode}-{width}-{theme}")
        assert faults(page) == []


INSIDE: Final = """() =>
  [...document.querySelectorAll("dialog.compare > *, .view, .compare-controls > *, .pair > *")]
    .filter((node) => node.checkVisibility())
    .every((node) => {
      const { left, right, bottom } = node.getBoundingClientRect();
      return left >= -1 && right <= innerWidth + 1 && bottom <= innerHeight + 1;
    })"""
"""Nothing sticks out of the window, once the pictures have found their size."""
