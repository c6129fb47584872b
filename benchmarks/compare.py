"""How soon two versions can be compared, and how well they run as one: the sample, 20 versions.

*Ready* is when both pictures are painted, at the same moment, after the click on "Compare
versions" in a fresh browser; *shown* is how far apart the pictures were that were really on
the screen while they played, a refresh of the screen included.
"""

import json
import sys
import tempfile
import time
from pathlib import Path
from statistics import median, quantiles
from typing import Any, Final
from uuid import uuid5

import httpx
from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.page import FLAGS, app
from clipbot.blobs.base import url_of
from clipbot.domain.user import LOCAL_USER
from clipbot.media import ffmpeg
from clipbot.services.bundle import Services
from clipbot.services.sample import SAMPLE_ID
from clipbot.settings import load
from clipbot.wiring import open_clipbot
from scripts.chromium import find

VERSIONS: Final = 20
ROUNDS: Final = 7
PAIRS: Final = 5
LISTS: Final = 40
PLAYED: Final = 120
"""Presented frames per mode."""
LIMIT_MS: Final = 500
_READY: Final = """async () => {
  const begun = performance.now();
  document.querySelector(".versus").click();
  while (!performance.getEntriesByName("clipbot-compare-ready").length)
    await new Promise((resolve) => requestAnimationFrame(resolve));
  const places = [...document.querySelectorAll(".look video")].map((video) => video.currentTime);
  if (places[0] !== places[1]) throw new Error(`not in sync: ${places}`);
  return performance.getEntriesByName("clipbot-compare-ready")[0].startTime - begun;
}"""


def _versions(services: Services, folder: Path) -> None:
    """Give clip 1 of the sample twenty versions: footage of its other clips in turn."""
    clips = services.clips.list(LOCAL_USER, SAMPLE_ID)
    rows = []
    for number in range(1, VERSIONS + 1):
        source = services.films.footage(LOCAL_USER, SAMPLE_ID, (number - 1) % len(clips), 1)
        path, key = folder / f"{number}.mp4", f"video-clips/{SAMPLE_ID}/clip_0_v{number}.mp4"
        # The same pictures in other bytes, so that each is a file of its own.
        ffmpeg.run(["-i", str(source), "-c", "copy", "-metadata", f"comment={number}", str(path)])
        services.films.blobs.put(key, path)
        rows.append(
            {
                "id": str(uuid5(SAMPLE_ID, f"version {number}")),
                "job_id": str(SAMPLE_ID),
                "clip_index": 0,
                "version_number": number,
                "video_url": url_of(key),
                "prompt": "A street with paper lanterns.",
                "user_instruction": None if number == 1 else f"another take, number {number}",
                "parent_number": None if number == 1 else 1,
                "is_current": number == VERSIONS,
            }
        )
    services.sample.store.jobs.insert({"clip_versions": rows})


def _milliseconds(client: httpx.Client, path: str) -> float:
    start = time.perf_counter()
    client.get(path).raise_for_status()
    return 1000 * (time.perf_counter() - start)


def _calls(url: str) -> dict[str, float]:
    address = f"{url}/api/v1/jobs/{SAMPLE_ID}/clips/0"
    with httpx.Client(base_url=address, timeout=120) as client:
        lists = [_milliseconds(client, "/versions") for _ in range(LISTS)]
        pairs = [f"/compare?a=1&b={number}" for number in range(2, 2 + PAIRS)]
        cold = [_milliseconds(client, pair) for pair in pairs]
        warm = [_milliseconds(client, pair) for pair in pairs * 4]
    return {
        "list_of_versions_p95_ms": round(quantiles(lists, n=20)[-1], 1),
        "measured_first_ms": round(median(cold), 1),
        "measured_again_ms": round(median(warm), 1),
    }


def _opened(browser: Browser, url: str) -> Page:
    page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    page.goto(f"{url}/?job={SAMPLE_ID}&clip=1")
    page.wait_for_function(
        "performance.getEntriesByName('clipbot-compare').length > 0"
        " && document.querySelectorAll('.version[data-version]').length > 0"
        " && document.querySelector('.screen video.is-front').readyState >= 3"
    )
    return page


def _drift(page: Page) -> dict[str, Any]:
    found = {}
    page.evaluate("clipbot.comparing.play()")
    page.wait_for_function("clipbot.comparing.time > 0.5")
    for mode in ("side", "split", "fade", "difference"):
        page.locator(f'.modes [data-mode="{mode}"]').click()
        page.evaluate("clipbot.comparing.forget()")
        page.wait_for_function(f"clipbot.compareDrift().frames > {PLAYED}", timeout=120_000)
        read = page.evaluate("clipbot.compareDrift()")
        found[mode] = {
            "clocks_worst_ms": round(1000 * read["clock"]["worst"], 2),
            "shown_median_ms": round(1000 * read["median"], 1),
            "shown_p95_ms": round(1000 * read["most"], 1),
            "frame_ms": round(1000 * read["frame"], 1),
        }
    return found


def main() -> dict[str, Any]:
    """Return the figures, in milliseconds."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        with open_clipbot(load(home=home), role="command") as clipbot:
            _versions(clipbot.services, Path(folder))
            clipbot.services.films.ensure(SAMPLE_ID)
        with app(home) as url, sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=str(find()), args=FLAGS)
            ready = []
            for _ in range(ROUNDS):
                page = _opened(browser, url)
                ready.append(page.evaluate(_READY))
                page.context.close()
            page = _opened(browser, url)
            page.evaluate(_READY)
            drift = _drift(page)
            browser.close()
            calls = _calls(url)
    return {
        "versions": VERSIONS,
        "ready_median_ms": round(median(ready), 1),
        "ready_worst_ms": round(max(ready), 1),
        "limit_ms": LIMIT_MS,
        **calls,
        "drift": drift,
    }


if __name__ == "__main__":
    json.dump(main(), sys.stdout, indent=2)
