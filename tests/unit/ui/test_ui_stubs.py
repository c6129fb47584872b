"""Gradio is imported without the stubs that it would write of itself."""

import subprocess
import sys
from pathlib import Path

import pytest

from clipbot.ui import stubs

ROOT = Path(__file__).parents[3]
COUNTING = """
import jinja2
stubs = 0
render = jinja2.Template.render
def counted(template, *given, **named):
    global stubs
    stubs += {"events", "contents"} <= set(named)
    return render(template, *given, **named)
jinja2.Template.render = counted
"""
"""What Gradio's writer cannot do without: each stub is a template, rendered."""


@pytest.mark.parametrize(("first", "is_without"), [("import clipbot.ui", True), ("", False)])
def test_the_page_makes_gradio_write_no_stubs(first: str, *, is_without: bool) -> None:
    program = f"{COUNTING}\n{first}\nimport gradio\nprint(stubs)"
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    assert (int(done.stdout) == 0) is is_without


def test_asking_again_changes_nothing_once_gradio_is_there() -> None:
    before = list(sys.meta_path)
    stubs.leave_out()
    assert sys.meta_path == before
