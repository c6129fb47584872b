"""How soon a film of 120 clips shows its first picture in Chromium, and one after a seek.

Nothing of the film is in the browser's cache; the page is loaded before. The server's
first answer finds the film unopened, the later ones find it open.
"""

import json
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Any, Final

from playwright.sync_api import Browser, sync_playwright

from benchmarks.clips import long_home
from benchmarks.page import FLAGS, app
from scripts.chromium import find

CLIPS: Final = 120
ROUNDS: Final = 7
LIMIT_MS: Final = 100
_FIRST: Final = """async ([address, seconds]) => {
  const video = document.createElement("video");
  video.muted = true;
  video.preload = "auto";
  document.body.append(video);
  const picture = () => new Promise((resolve, reject) => {
    video.requestVideoFrameCallback(() => resolve(performance.now()));
    video.onerror = () => reject(new Error(video.error.message));
  });
  const began = performance.now();
  video.src = address;
  const first = await picture() - began;
  const asked = performance.now();
  video.currentTime = seconds;
  return [first, await picture() - asked];
}"""


def _round(browser: Browser, url: str, job: str) -> tuple[float, float]:
    """Return the milliseconds to the first picture, and to one in the middle of the film."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{url}/api/v1/jobs/{job}")
    film = page.request.get(f"{url}/api/v1/jobs/{job}").json()["film"]
    first, sought = page.evaluate(_FIRST, [film["url"], film["seconds"] / 2])
    context.close()
    return first, sought


def main() -> dict[str, Any]:
    """Return the figures, in milliseconds."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        job = long_home(home, CLIPS)
        with app(home) as url, sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=str(find()), args=FLAGS)
            rounds = [_round(browser, url, str(job)) for _ in range(ROUNDS)]
            browser.close()
    firsts = [first for first, _ in rounds]
    return {
        "clips": CLIPS,
        "unopened_ms": round(firsts[0], 1),
        "first_picture_ms": round(median(firsts[1:]), 1),
        "first_picture_worst_ms": round(max(firsts[1:]), 1),
        "after_a_seek_ms": round(median(sought for _, sought in rounds), 1),
        "limit_ms": LIMIT_MS,
    }


if __name__ == "__main__":
    json.dump(main(), sys.stdout, indent=2)
