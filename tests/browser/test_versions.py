"""The panel of versions: as a strip and as a tree, and what can be done with one."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Locator, Page, expect

from clipbot.domain.measures import Measures
from clipbot.media.probe import probe
from clipbot.store.database import connect
from tests import jobs, sample, versions
from tests.browser.accessible import faults
from tests.browser.conftest import DESKTOP, PHONE, running
from tests.browser.studio import Studio
from tests.browser.test_appearance import overflow
from tests.desk import desk
from tests.versions import Made, chain

JOB: Final = jobs.job_id("versions")
Open = Callable[..., Studio]
Keep = Callable[[Studio, str], Path]

FAILED: Final = {
    "outcome": "failed",
    "sentence": "Not darker (brightness 0.07, then 0.07).",
    "findings": [],
}
GROWN: Final = (
    Made(1, "make it nighttime"),
    Made(2, "keep the lanterns, a bit warmer", cost="0.40", renderer="veo_31"),
    Made(3, "rain on the street, please"),
    Made(1, "golden hour instead"),
    Made(5, "and slower, like a memory", cost="1.25", renderer="kling_v25_turbo"),
    Made(3, "snow instead of rain"),
    Made(6, "softer shadows", verdict={**FAILED, "outcome": "passed", "sentence": "Softer."}),
    Made(
        6,
        "make it much darker",
        verdict=FAILED,
        cost="0.35",
        renderer="kling_v21",
        measures=Measures(0.41 / 6, 0.33, 0.01, 0.02),
    ),
)
"""Versions 2 to 9: somebody went back twice, to 1 and to 3; the film shows 8, 9 is offered."""
ODD: Final = (
    Made(1, "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamten " * 3),
    Made(2, "اجعل المشهد ليلاً مع إبقاء الفوانيس مضاءة فوق الماء"),
    Made(3, "make it 🌃🌧️✨ and 👩‍👩‍👧‍👦 stay " * 4, renderer="somebody_elses"),
    Made(4, "its file is gone", has_footage=False),
    Made(None, "made elsewhere", renderer=None, seed=None, temperature=None),
)
SEVERAL, ONLY, MANY, STRANGE = 1, 2, 3, 4
"""Numbers of the clips that have them."""
ANOTHER_PANEL: Final = """() => {
  const { read } = clipbot, real = read.versions;
  read.versions = async (...asked) => (await real(...asked))
    .map((one) => ({ ...one, canDelete: one.number === 3 }));
  const box = document.createElement("div");
  box.id = "another";
  box.style = "position: fixed; inset: 0; z-index: 9";
  box.append(document.querySelector("#cb-versions .versions").cloneNode(true));
  document.querySelector("#clipbot").append(box);
  window.deleted = [];
  const delete_version = async (asked) => { window.deleted.push(asked); return { ok: true }; };
  clipbot.mount("versions", { element: box, props: {}, server: { delete_version } });
}"""
"""Mounts the panel once more, on a server that only notes what it is asked to delete."""


@pytest.fixture(name="app", scope="module")
def fixture_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    home = sample.copy(tmp_path_factory.mktemp("versions") / "home")
    engine = connect(f"sqlite:///{home / 'clipbot.db'}")
    made = desk(engine, home)
    store, blobs = made.store, made.parts.blobs
    jobs.install(store, blobs, clips=4, name="versions")
    versions.add(store, blobs, JOB, SEVERAL - 1, GROWN, current=8)
    versions.add(store, blobs, JOB, MANY - 1, chain(59))
    versions.add(store, blobs, JOB, STRANGE - 1, ODD)
    made.services.films.ensure(JOB)
    engine.dispose()
    with running(home) as address:
        yield address


@pytest.fixture(name="panel")
def fixture_panel(open_page: Open) -> Callable[..., Studio]:
    """Open the page with a clip's versions in a view."""

    def opened(clip: int, view: str = "strip", **given: object) -> Studio:
        studio = open_page(f"/?job={JOB}&clip={clip}", **given)
        if given.get("size") == PHONE:
            studio.pane("Stage")
        expect(item(studio.page).first).to_be_visible()
        if view == "tree":
            studio.page.get_by_role("button", name="Tree", exact=True).click()
            expect(studio.page.get_by_role("tree", name=f"Versions of clip {clip}")).to_be_visible()
        return studio

    return opened


def item(page: Page, number: int | None = None) -> Locator:
    place = "" if number is None else f'="{number}"'
    return page.locator(f".version[data-version{place}]")


def chosen(page: Page) -> Locator:
    return page.locator(".version[aria-selected=true]")


def detail(page: Page) -> Locator:
    return page.locator(".version-detail")


def drawn(page: Page) -> list[int]:
    found: list[int] = page.eval_on_selector_all(
        ".version[data-version]", "nodes => nodes.map((node) => Number(node.dataset.version))"
    )
    return found


def test_what_waits_for_a_yes_is_shown_first_with_all_that_is_known_of_it(
    panel: Callable[..., Studio],
) -> None:
    page = panel(SEVERAL).page
    assert drawn(page) == list(range(1, 10))
    expect(chosen(page)).to_have_attribute("data-version", "9")
    for words in ("offered", "make it much darker", "Not darker", "$0.35", "Kling 2.1", "421337"):
        expect(detail(page)).to_contain_text(words)
    expect(detail(page)).to_contain_text("Against version 6: brightness")
    expect(page.get_by_role("button", name="Accept version 9")).to_be_enabled()
    expect(item(page, 8)).to_have_attribute("aria-current", "true")


def test_arrows_move_along_the_strip_and_enter_plays(panel: Callable[..., Studio]) -> None:
    page = panel(SEVERAL).page
    item(page, 9).focus()
    page.keyboard.press("ArrowLeft")
    expect(item(page, 8)).to_be_focused()
    page.keyboard.press("Home")
    expect(item(page, 1)).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(item(page, 1)).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(item(page, 2)).to_be_focused()
    expect(detail(page)).to_contain_text("make it nighttime")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Clip 1, version 2 · not in the film")).to_be_visible()
    page.keyboard.press("End")
    expect(item(page, 9)).to_be_focused()


def test_the_tree_shows_where_somebody_went_back_and_on_from_there(
    panel: Callable[..., Studio],
) -> None:
    page = panel(SEVERAL, "tree").page
    # What the film shows runs through to its end; branches stand before it.
    assert drawn(page) == [1, 2, 3, 4, 7, 5, 6, 9, 8]
    levels = page.eval_on_selector_all(
        "[role=treeitem]", "nodes => nodes.map((node) => Number(node.ariaLevel))"
    )
    assert levels == [1, 2, 3, 4, 4, 2, 3, 4, 4]
    assert page.locator(".lanes path.is-shown").count() > 0
    item(page, 9).focus()
    for key, number in [
        *(("ArrowLeft", 6), ("ArrowLeft", 5), ("ArrowUp", 7), ("ArrowUp", 4), ("Home", 1)),
        *(("ArrowRight", 2), ("ArrowDown", 3), ("End", 8), ("ArrowRight", 8)),
    ]:
        page.keyboard.press(key)
        expect(item(page, number)).to_be_focused()
    detail(page).get_by_role("button", name="Came from version 6").click()
    expect(item(page, 6)).to_be_focused()


@pytest.mark.thorough
def test_the_view_is_remembered(panel: Callable[..., Studio]) -> None:
    studio = panel(SEVERAL, "tree")
    studio.page.reload()
    studio.ready()
    expect(studio.page.get_by_role("tree")).to_be_visible()
    studio.page.get_by_role("button", name="Strip", exact=True).click()
    expect(studio.page.get_by_role("listbox", name="Versions of clip 1")).to_be_visible()


def test_an_old_version_is_restored_and_taken_back(panel: Callable[..., Studio]) -> None:
    studio = panel(SEVERAL, "tree")
    page = studio.page
    studio.composition(1)
    item(page, 4).click()
    page.get_by_role("button", name="Restore version 4").click()
    expect(studio.current_version).to_have_text("v4")
    expect(chosen(page)).to_have_attribute("data-version", "4")
    assert drawn(page) == [1, 5, 6, 8, 9, 2, 3, 7, 4]
    page.keyboard.press("Control+z")
    expect(studio.current_version).to_have_text("v8")


@pytest.mark.thorough
def test_a_wish_is_kept_as_a_template(panel: Callable[..., Studio]) -> None:
    page = panel(SEVERAL).page
    item(page, 5).click()
    detail(page).get_by_role("button", name="Save as template").click()
    name = detail(page).get_by_label("Name of the template")
    expect(name).to_have_value("golden hour instead")
    name.fill("Golden")
    name.press("Enter")
    expect(detail(page)).to_contain_text("Saved as “Golden”")


@pytest.mark.thorough
def test_the_clip_is_downloaded_under_a_name_that_says_what_it_is(
    panel: Callable[..., Studio], tmp_path: Path
) -> None:
    page = panel(SEVERAL).page
    item(page, 3).click()
    with page.expect_download() as download:
        detail(page).get_by_role("link", name="Download version 3").click()
    assert re.fullmatch(
        r"Tiny lanterns.* - clip 1 - version 3\.mp4", download.value.suggested_filename
    )
    target = tmp_path / "clip.mp4"
    download.value.save_as(target)
    assert probe(target).frames == 48


@pytest.mark.thorough
def test_comparing_is_offered_once_somebody_can_show_it(panel: Callable[..., Studio]) -> None:
    page = panel(SEVERAL).page
    page.evaluate("clipbot.on('compare', (asked) => { window.asked = asked; })")
    item(page, 3).click()
    detail(page).get_by_role("button", name="Compare version 3 with version 8").click()
    assert page.evaluate("window.asked") == {"index": 0, "a": 8, "b": 3}
    item(page, 8).click()
    expect(
        detail(page).get_by_role("button", name="Compare version 8 with version 6")
    ).to_be_visible()


def test_footage_is_deleted_only_where_it_may_be_and_after_a_second_yes(
    panel: Callable[..., Studio],
) -> None:
    page = panel(SEVERAL).page
    page.evaluate(ANOTHER_PANEL)
    panel_ = page.locator("#another")
    panel_.locator("[data-version='2']").click()
    expect(panel_.get_by_role("button", name="Play version 2")).to_be_visible()
    expect(panel_.get_by_role("button", name="Delete")).to_have_count(0)

    panel_.locator("[data-version='3']").click()
    button = panel_.get_by_role("button", name="Delete the footage of version 3")
    button.click()
    expect(panel_.get_by_role("button", name="Keep")).to_be_focused()
    page.keyboard.press("Escape")
    expect(button).to_be_focused()
    assert page.evaluate("window.deleted") == []

    button.click()
    group = panel_.get_by_role("group", name="Delete its footage?")
    group.get_by_role("button", name="Delete").click()
    expect(page.locator(".toast")).to_contain_text("The footage of version 3 is deleted.")
    assert page.evaluate("window.deleted") == [{"job": str(JOB), "clip": 0, "version": 3}]


@pytest.mark.thorough
def test_the_original_alone_says_what_will_be_here(panel: Callable[..., Studio]) -> None:
    page = panel(ONLY).page
    expect(item(page)).to_have_count(1)
    expect(detail(page)).to_contain_text("Each change adds a version here")
    expect(page.get_by_role("button", name="Tree", exact=True)).to_be_hidden()


@pytest.mark.parametrize(
    ("view", "size", "theme"),
    [
        ("strip", DESKTOP, "dark"),
        ("strip", PHONE, "light"),
        ("tree", DESKTOP, "light"),
        ("tree", PHONE, "dark"),
    ],
)
def test_any_number_of_versions_and_any_words_fit(
    panel: Callable[..., Studio], keep: Keep, size: tuple[int, int], theme: str, view: str
) -> None:
    studio = panel(STRANGE, view, size=size, theme=theme)
    for clip in (STRANGE, MANY, SEVERAL):
        studio.page.evaluate("index => clipbot.select([index])", clip - 1)
        expect(studio.page.get_by_role("heading", name=f"Versions of clip {clip}")).to_be_visible()
        if clip == STRANGE:
            item(studio.page, 2).click()
            expect(detail(studio.page).locator(".what")).to_be_in_viewport()
        expect(chosen(studio.page)).to_be_in_viewport()
        assert overflow(studio.page) == []
        assert faults(studio.page) == []
        keep(studio, f"versions-{view}-{clip}-{'phone' if size == PHONE else 'desk'}-{theme}")
