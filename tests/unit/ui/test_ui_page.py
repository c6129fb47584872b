"""The page itself: static markup, no code from text, nothing from elsewhere."""

import re
from collections.abc import Iterator
from pathlib import Path

import gradio as gr
import pytest
from fastapi import FastAPI
from gradio.routes import App
from starlette.routing import Mount

from clipbot.identity.none import NoIdentity
from clipbot.ui import page, web
from clipbot.ui.component import part, refuse_templates
from clipbot.ui.mount import mount
from tests.unit.ui.conftest import Studio

WEB = Path(page.__file__).with_name("web")
ICONS = Path(page.__file__).parents[2] / "assets" / "icons"
SCRIPTS = sorted(WEB.glob("*.js"))
MAX_LINES = 300


@pytest.fixture(name="built")
def fixture_built(studio: Studio) -> gr.Blocks:
    return page.build(studio.desk.services, NoIdentity())


def parts(built: gr.Blocks) -> Iterator[gr.HTML]:
    return (block for block in built.blocks.values() if isinstance(block, gr.HTML))


def test_markup_is_static(built: gr.Blocks) -> None:
    """Gradio evaluates templates as code: a value in one would be a door for scripts."""
    for each in parts(built):
        refuse_templates(each.html_template)
        assert each.css_template == ""
        assert each.value is None


@pytest.mark.parametrize("markup", ["${value}", "{{value}}", "`", "a\\b", "@children"])
def test_markup_with_something_to_evaluate_is_refused(markup: str) -> None:
    with pytest.raises(ValueError, match="static"):
        part("broken", markup)


def test_every_part_of_the_page_has_a_script(built: gr.Blocks) -> None:
    scripts = "".join(path.read_text(encoding="utf-8") for path in SCRIPTS)
    for each in parts(built):
        name = str(each.elem_id).removeprefix("cb-")
        assert f'clipbot.part("{name}"' in scripts


def test_every_handler_that_a_script_calls_exists(built: gr.Blocks) -> None:
    scripts = "".join(path.read_text(encoding="utf-8") for path in SCRIPTS)
    called = set(re.findall(r"host\.server\.(\w+)", scripts)) | {"undo", "redo"}
    offered = {fn.__name__ for each in parts(built) for fn in each.server_fns}
    assert called == offered


def test_no_handler_is_offered_to_programs(built: gr.Blocks) -> None:
    """Programs have REST; what the page calls is the page's."""
    assert built.get_api_info()["named_endpoints"] == {}


def test_gradios_queue_rests_between_two_looks_and_gets_nothing_that_is_waited_for(
    studio: Studio,
) -> None:
    mounted = mount(FastAPI(), studio.desk.services, NoIdentity())
    (blocks,) = [
        route.app.get_blocks()
        for route in mounted.routes
        if isinstance(route, Mount) and isinstance(route.app, App)
    ]
    assert blocks._queue.sleep_when_free >= 0.1
    assert blocks._queue.progress_update_sleep_when_free >= 0.1
    assert [fn.name for fn in blocks.fns.values() if fn.queue] == ["follow"]


def test_every_control_has_a_name(built: gr.Blocks) -> None:
    """The script names those whose name changes; the rest say it in the markup."""
    named_by_script = ("undo", "redo", "theme", "quiet", "preview-play")
    for each in parts(built):
        for tag in re.findall(r"<button[^>]*>(?=</button>)", each.html_template):
            assert "aria-label" in tag or any(name in tag for name in named_by_script), tag
        for tag in re.findall(r"<(?:input|textarea|select)[^>]*>", each.html_template):
            assert "aria-label" in tag, tag
        for tag in re.findall(r"<(?:img|video)[^>]*>", each.html_template):
            assert "alt=" in tag or "aria-label" in tag, tag


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_scripts_put_text_on_the_page_as_text_only(path: Path) -> None:
    code = re.sub(r"/\*.*?\*/|//[^\n]*", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    for door in (
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "new Function",
    ):
        assert door not in code


@pytest.mark.parametrize("path", sorted(WEB.iterdir()), ids=lambda path: path.name)
def test_files_of_the_browser_stay_short_enough_to_be_read(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= MAX_LINES
    assert text.lstrip().startswith("/*"), "a file says what it is for"


def test_every_file_of_the_browser_is_on_the_page() -> None:
    for path in WEB.iterdir():
        assert path.read_text(encoding="utf-8") in page.HEAD


def test_every_icon_that_is_named_is_drawn() -> None:
    scripts = "".join(path.read_text(encoding="utf-8") for path in SCRIPTS)
    named = set(re.findall(r'icon\("(\w+)"\)', scripts))
    assert named <= {path.stem for path in ICONS.glob("*.svg")}


def test_the_page_names_no_other_host() -> None:
    hosts = set(re.findall(r"(?:https?:)?//([a-z0-9.-]+\.[a-z]{2,})", web.head()))
    assert hosts <= {"www.w3.org"}  # the name of SVG's namespace; nothing is fetched


def test_styles_are_not_given_to_gradio() -> None:
    """It would double every rule with a prefix of its own."""
    assert page.CSS == ""
    assert web.styles() in page.HEAD
