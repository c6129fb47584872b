"""What axe, the judge of the field, finds wrong with a page for people who see or move less."""

from importlib.resources import files
from typing import Any, Final

from playwright.sync_api import Page

_AXE: Final = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
_GRAVE: Final = ("serious", "critical")
_RUN: Final = """async () => {
  const fading = document.getAnimations()
    .filter((one) => one.effect.getComputedTiming().iterations !== Infinity);
  await Promise.allSettled(fading.map((one) => one.finished));
  const our = document.querySelector("dialog[open]") ?? document.querySelector("#clipbot");
  return (await axe.run(our ?? document, { resultTypes: ["violations"] })).violations;
}"""
"""What is on top or, on Gradio's page, our part of it; elsewhere all of it."""


def faults(page: Page) -> list[str]:
    """Return what is seriously wrong with what a page shows: names, roles, contrast, keyboard."""
    page.evaluate(_AXE)
    found: list[dict[str, Any]] = page.evaluate(_RUN)
    return [
        f"{rule['id']}: {node['target']} {node['failureSummary']}"
        for rule in found
        if rule["impact"] in _GRAVE
        for node in rule["nodes"]
    ]
