"""Finding the browser that the browser tests drive."""

import sys
from pathlib import Path

import pytest

from scripts import chromium


def test_the_browser_named_in_the_environment_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLIPBOT_CHROMIUM", sys.executable)
    assert str(chromium.find()) == sys.executable


def test_a_name_that_leads_nowhere_is_not_worked_around(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CLIPBOT_CHROMIUM", "/nowhere/chromium")

    assert chromium.find() is None
    assert chromium.main() == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_an_installed_browser_is_found_by_its_usual_names(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("CLIPBOT_CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    browser = tmp_path / "google-chrome"
    browser.write_text("#!/bin/sh\n", encoding="utf-8")
    browser.chmod(0o755)

    assert chromium.find() == browser
