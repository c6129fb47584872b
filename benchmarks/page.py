"""How soon the page of a long job can be used: 60 clips, in Chromium, from a cold start.

*Interactive* is when all cards are drawn and the last part of the page is alive; then a
click has to select a card.
"""

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

import httpx
from playwright.sync_api import Page, sync_playwright

from benchmarks.clips import CLIPS, long_job
from clipbot.settings import load
from clipbot.wiring import open_clipbot
from scripts.chromium import find

ROOT = Path(__file__).parents[1]
ROUNDS = 5
LIMIT_SECONDS = 2.0
FLAGS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]


@contextmanager
def app(home: Path) -> Iterator[str]:
    """Run the app on a home and yield its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    kept = {"CLIPBOT_ARCHIVE_DAYS": "0", "CLIPBOT_DELETE_DAYS": "0"}
    environment = {**os.environ, **kept, "CLIPBOT_HOME": str(home), "PORT": str(port)}
    process = subprocess.Popen([sys.executable, "app.py"], cwd=ROOT, env=environment)
    try:
        with httpx.Client(transport=httpx.HTTPTransport(retries=0)) as client:
            while not _answers(client, url):
                if process.poll() is not None:
                    raise RuntimeError("the app did not start")
                time.sleep(0.1)
        yield url
    finally:
        process.terminate()
        process.wait(timeout=30)


def _answers(client: httpx.Client, url: str) -> bool:
    try:
        return client.get(f"{url}/health").is_success
    except httpx.TransportError:
        return False


def _seconds(page: Page, url: str) -> float:
    start = time.perf_counter()
    page.goto(url, wait_until="commit")
    page.wait_for_function(
        f"document.querySelectorAll('[role=option]').length === {CLIPS}"
        " && performance.getEntriesByName('clipbot-help').length > 0"
    )
    seconds = time.perf_counter() - start
    page.locator(".card").nth(3).click()
    page.wait_for_selector(".card:nth-child(4)[aria-selected=true]")
    return seconds


def main() -> dict[str, Any]:
    """Return the figures, in seconds."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        with open_clipbot(load(home=home), role="command") as clipbot:
            job = long_job(clipbot.services)
            clipbot.services.films.ensure(job)
        with app(home) as url, sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=str(find()), args=FLAGS)
            times = []
            for _ in range(ROUNDS):
                context = browser.new_context(viewport={"width": 1440, "height": 900})
                times.append(_seconds(context.new_page(), f"{url}/?job={job}"))
                context.close()
            browser.close()
    return {
        "clips": CLIPS,
        "cold_cache_median_s": round(median(times), 2),
        "cold_cache_worst_s": round(max(times), 2),
        "limit_s": LIMIT_SECONDS,
    }


if __name__ == "__main__":
    json.dump(main(), sys.stdout, indent=2)
