"""The page of reviews: static, closed to other scripts, and silent about where it was."""

import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from clipbot.ui import review_page

OWN = Path(review_page.__file__).with_name("review")
ICONS = Path(review_page.__file__).parents[2] / "assets" / "icons"
SCRIPTS = sorted(OWN.glob("*.js"))
JOB = "9a47c517-b163-54e9-8a83-b13a0872ebba"


def opened(path: str, *frames: str) -> Any:
    app = FastAPI()
    app.include_router(review_page.router(frames))
    return TestClient(app).get(path)


@pytest.mark.parametrize("path", [f"/review/{JOB}", f"/shared/{JOB}", "/review/<script>"])
def test_the_page_is_the_same_for_everybody(path: str) -> None:
    assert opened(path).text == opened("/review/1").text
    assert JOB not in opened(path).text


def test_only_what_is_in_it_runs() -> None:
    answer = opened(f"/shared/{JOB}", "https://huggingface.co")
    policy = answer.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert policy.startswith("default-src 'none'; ")
    assert policy.endswith("frame-ancestors 'self' https://huggingface.co")
    for tag in ("script", "style"):
        found = re.findall(rf"<{tag}>(.*?)</{tag}>", answer.text, re.DOTALL)
        assert found
        for content in found:
            digest = b64encode(sha256(content.encode()).digest()).decode()
            assert f"'sha256-{digest}'" in policy
    assert not re.search(r"<[^>]+\s(style|on\w+)=", answer.text.partition("<script>window")[0])


def test_it_says_nowhere_where_it_was_and_is_kept_nowhere() -> None:
    headers = opened(f"/shared/{JOB}").headers
    assert headers["referrer-policy"] == "no-referrer"
    assert (headers["cache-control"], headers["x-robots-tag"]) == ("no-store", "noindex")


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_scripts_put_text_on_the_page_as_text_only(path: Path) -> None:
    code = path.read_text(encoding="utf-8")
    assert code.startswith("/*"), "a file says what it is for"
    assert len(code.splitlines()) <= 300
    for door in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("):
        assert door not in code
    assert code.strip() in opened("/review/1").text


def test_every_icon_that_is_named_is_drawn() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in OWN.iterdir())
    named = set(re.findall(r'icon\("(\w+)"\)|data-icon="(\w+)"', text))
    assert {one or two for one, two in named} <= {path.stem for path in ICONS.glob("*.svg")}


def test_every_control_has_a_name() -> None:
    markup = (OWN / "review.html").read_text(encoding="utf-8")
    for tag in re.findall(r"<button[^>]*>(?=</button>)", markup):
        assert "aria-label" in tag or "theme" in tag, tag
    outside = re.sub(r"<label.*?</label>", "", markup, flags=re.DOTALL)
    assert not re.findall(r"<(?:input|select|textarea)", outside)
