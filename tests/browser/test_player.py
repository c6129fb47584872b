"""The film in a real player: exact seeks, joins that cannot be seen, films that change.

The player and a film of small clips, without the rest of the page: a moment, not minutes.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, Response
from playwright.sync_api import Browser, Page

from clipbot.api.sending import BytesSource, sent
from clipbot.domain.timeline import Slot, Timeline, Transition, TransitionKind
from clipbot.media.engine import FilmEngine
from clipbot.media.film import VirtualFilm
from clipbot.media.format import Format
from clipbot.media.fragments import FragmentedFilm
from tests import media
from tests.browser.conftest import Watched, free_port
from tests.integration.processes.waiting import until

PLAYER = Path(__file__).parents[2] / "clipbot" / "ui" / "web" / "player.js"
PAGE = """<!doctype html><title>Player</title><link rel="icon" href="data:,">
<video muted playsinline class="is-front"></video><video muted playsinline></video>
<script>window.clipbot = {};</script><script>%s</script>
<script>
  window.heard = [];
  window.player = clipbot.player(...document.querySelectorAll("video"), (name) => heard.push(name));
</script>"""
RATE = 24
SLOT_FRAMES = 40
CLIPS = 8
TIMELINE = Timeline(
    tuple(Slot(at, at * SLOT_FRAMES, (at + 1) * SLOT_FRAMES) for at in range(CLIPS)),
    Fraction(RATE),
    tuple(
        Transition(TransitionKind.CROSSFADE, 8) if at % 2 else Transition()
        for at in range(CLIPS - 1)
    ),
)
JOINS = [at * SLOT_FRAMES for at in range(1, CLIPS)]
"""Frames at which clips meet."""
FILM, OTHER = "/film.mp4", "/film.mp4?again=1"
FRONT = "document.querySelector('video.is-front')"
SHOWN = """async ([video, seconds]) => {
  let last = null, looks = true;
  const look = (_, frame) => {
    last = frame.mediaTime;
    if (looks) video.requestVideoFrameCallback(look);
  };
  video.requestVideoFrameCallback(look);
  const sought = new Promise((done) => video.addEventListener("seeked", done, { once: true }));
  video.currentTime = seconds;
  await sought;
  const end = performance.now() + 10000;
  while ((last === null || Math.abs(last - seconds) > 0.1) && performance.now() < end)
    await new Promise(requestAnimationFrame);
  looks = false;
  return last;
}"""
"""Seeks, and returns the time of the picture that is shown then; not of one that was still due."""
PLAYED = """async ([video, from, to]) => {
  const times = [], troubles = [];
  for (const name of ["waiting", "stalled", "error"])
    video.addEventListener(name, () => troubles.push(name));
  video.currentTime = from;
  await new Promise((resolve) => video.addEventListener("seeked", resolve, { once: true }));
  troubles.length = 0;
  await video.play();
  await new Promise((resolve) => {
    const next = (_, frame) => {
      times.push(frame.mediaTime);
      if (frame.mediaTime > to) resolve();
      else video.requestVideoFrameCallback(next);
    };
    video.requestVideoFrameCallback(next);
  });
  video.pause();
  return { times, troubles };
}"""
"""Plays a stretch, and returns the times of the pictures, and what went wrong."""


@contextmanager
def served(film: VirtualFilm, fragments: FragmentedFilm) -> Iterator[str]:
    """Serve the player and a film; yields the address."""
    app = FastAPI()

    @app.get("/")
    def page() -> HTMLResponse:
        return HTMLResponse(PAGE % PLAYER.read_text(encoding="utf-8"))

    @app.get("/film.mp4")
    def whole(request: Request) -> Response:
        return sent(request, film, media_type="video/mp4", cache="no-store")

    @app.get("/film.m3u8")
    def playlist(request: Request) -> Response:
        names = [f"{number}.m4s" for number in range(len(fragments.fragments))]
        source = BytesSource(fragments.playlist("init.mp4", names).encode())
        return sent(request, source, media_type="application/vnd.apple.mpegurl", cache="no-store")

    @app.get("/init.mp4")
    def init(request: Request) -> Response:
        return sent(request, BytesSource(fragments.init), media_type="video/mp4", cache="no-store")

    @app.get("/{number}.m4s")
    def segment(request: Request, number: int) -> Response:
        source = fragments.fragment(number).open()
        return sent(request, source, media_type="video/mp4", cache="no-store")

    port = free_port()
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        until(lambda: server.started)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()


@pytest.fixture(name="address", scope="module")
def fixture_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    engine = FilmEngine(tmp_path_factory.mktemp("player") / "cache")
    footage = {at: media.footage(media.clip(40 * at)) for at in range(CLIPS)}
    picture = Format(media.WIDTH, media.HEIGHT, Fraction(RATE), preset="ultrafast")
    plan = engine.plan(TIMELINE, footage, media.song(15.0), picture)
    engine.prepare(plan)
    with served(engine.open(plan), engine.open_fragments(plan)) as address:
        yield address


@dataclass(frozen=True, slots=True)
class Screen:
    """A page with nothing but the player."""

    page: Page

    def show(self, address: str, options: str = "{}") -> bool:
        shown: bool = self.page.evaluate(f"(url) => player.show(url, {options})", address)
        return shown

    def picture(self, seconds: float, video: str = FRONT) -> int:
        """Seek, and return the number of the frame that is shown then."""
        at: float = self.page.evaluate(f"(at) => ({SHOWN})([{video}, at])", seconds)
        return round(at * RATE)

    def state(self) -> dict[str, Any]:
        found: dict[str, Any] = self.page.evaluate(
            f"(({{currentTime, currentSrc, paused}}) =>"
            f" ({{time: currentTime, address: currentSrc, paused}}))({FRONT})"
        )
        return found

    def play_until(self, seconds: float) -> None:
        self.page.evaluate("player.play()")
        self.page.wait_for_function(f"(at) => {FRONT}.currentTime > at", arg=seconds)


@pytest.fixture(name="screen")
def fixture_screen(browser: Browser, address: str, watched: Watched) -> Iterator[Screen]:
    context = browser.new_context(base_url=address)
    page = context.new_page()
    page.set_default_timeout(120_000)
    watched.watch(page)
    page.goto("/")
    screen = Screen(page)
    screen.show(FILM)
    page.wait_for_function(f"{FRONT}.readyState >= 2")
    yield screen
    context.close()


def test_seeking_around_every_join_shows_the_very_frame(screen: Screen) -> None:
    for join in JOINS:
        for frame in (join - 1, join, join + 7, join + 8):
            assert screen.picture((frame + 0.5) / RATE) == frame


def test_joins_are_played_without_a_stop(screen: Screen) -> None:
    begin, end = (JOINS[0] - 12) / RATE, (JOINS[2] + 12) / RATE

    played = screen.page.evaluate(f"(span) => ({PLAYED})([{FRONT}, ...span])", [begin, end])

    assert played["troubles"] == []
    assert all(before < after for before, after in pairwise(played["times"]))
    assert played["times"][-1] > end


WATCH = f"""() => {{
  window.moments = [];
  const look = () => {{
    const video = {FRONT};
    moments.push([video.currentTime, video.currentSrc.endsWith("again=1"), video.paused]);
    window.looking = requestAnimationFrame(look);
  }};
  look();
}}"""
"""Writes down, with every picture of the page, where the player is and which film it shows."""


def test_a_film_changes_under_a_running_player_and_keeps_its_place(screen: Screen) -> None:
    screen.picture(2.0)
    screen.play_until(2.2)
    screen.page.evaluate(WATCH)

    assert screen.show(OTHER, "{keep: true}")
    screen.play_until(screen.state()["time"] + 0.3)
    moments = screen.page.evaluate("(cancelAnimationFrame(looking), moments)")

    news = [is_new for _, is_new, _ in moments]
    assert not news[0]
    assert news[-1]
    assert news == sorted(news)
    steps = [after[0] - before[0] for before, after in pairwise(moments)]
    assert min(steps) > -0.15, "nothing is shown twice"
    change = steps[news.index(True) - 1]
    assert abs(change) < 0.5, "nothing is left out"
    assert not moments[-1][2], "it plays on"


def test_a_film_changes_under_a_paused_player_and_stays_paused(screen: Screen) -> None:
    frame = screen.picture(3.02)
    before = screen.state()

    screen.show(OTHER, "{keep: true}")

    after = screen.state()
    assert after["address"].endswith("again=1")
    assert (after["time"], after["paused"]) == (before["time"], True)
    assert screen.picture(before["time"]) == frame


def test_a_film_that_cannot_be_loaded_leaves_the_old_one_where_it_is(
    screen: Screen, watched: Watched
) -> None:
    watched.expected.append("404")
    screen.picture(2.0)
    screen.play_until(2.2)

    assert screen.show("/gone.mp4", "{keep: true}") is False

    state = screen.state()
    assert state["address"].endswith(FILM)
    assert not state["paused"]
    assert "error" not in screen.page.evaluate("heard")
    screen.play_until(state["time"] + 0.2)


def test_the_film_in_fragments_plays_where_the_browser_can(screen: Screen) -> None:
    """Phones have it built in; newer Chromium, too."""
    page = screen.page
    if not page.evaluate(f"{FRONT}.canPlayType('application/vnd.apple.mpegurl')"):
        pytest.skip("this browser has no HLS")
    page.evaluate(
        "() => new Promise((resolve, reject) => {"
        " const video = window.stream = document.createElement('video');"
        " document.body.append(video);"
        " video.onloadeddata = resolve;"
        " video.onerror = () => reject(new Error(video.error.message));"
        " video.preload = 'auto'; video.muted = true; video.src = '/film.m3u8'; })"
    )
    seconds = CLIPS * SLOT_FRAMES / RATE
    assert page.evaluate("stream.duration") == pytest.approx(seconds, abs=0.05)
    for join in JOINS[:3]:
        for frame in (join - 1, join):
            assert screen.picture((frame + 0.5) / RATE, "window.stream") == frame
    end = (JOINS[1] + 12) / RATE
    played = page.evaluate(f"(span) => ({PLAYED})([stream, ...span])", [JOINS[0] / RATE - 0.3, end])
    assert played["troubles"] == []
