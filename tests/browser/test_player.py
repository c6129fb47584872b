"""The film in a real player: exact seeks, joins that cannot be seen, films that change."""

from itertools import pairwise
from typing import Any

import pytest

from tests.browser.conftest import Watched
from tests.browser.studio import Studio

FRONT = "document.querySelector('.screen video.is-front')"
SHOWN = """async ([video, seconds]) => {
  const shown = new Promise((resolve) =>
    video.requestVideoFrameCallback((_, frame) => resolve(frame.mediaTime)));
  video.currentTime = seconds;
  return await shown;
}"""
"""Seeks, and returns the time of the picture that is shown then."""
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


def film(studio: Studio) -> dict[str, Any]:
    """Return the film that is shown: its address, its length and rate."""
    studio.composition(1)
    job = studio.page.evaluate("window.clipbot.state.jobId")
    found: dict[str, Any] = studio.page.request.get(f"/api/v1/jobs/{job}").json()["film"]
    return found


def joins(studio: Studio) -> list[float]:
    """Return where clips meet, in seconds of the film."""
    job = studio.page.evaluate("window.clipbot.state.jobId")
    clips = studio.page.request.get(f"/api/v1/jobs/{job}/clips").json()["clips"]
    return [clip["timestamp_start"] - clips[0]["timestamp_start"] for clip in clips[1:]]


def shown(studio: Studio, seconds: float, video: str = FRONT) -> float:
    at: float = studio.page.evaluate(
        f"(seconds) => ({SHOWN})([{video}, seconds])",
        seconds,
    )
    return at


def test_seeking_around_every_join_shows_the_very_frame(studio: Studio) -> None:
    rate = film(studio)["rate"]
    assert len(joins(studio)) == 7
    for join in joins(studio):
        first = round(join * rate)
        for frame in (first - 1, first):
            at = shown(studio, (frame + 0.5) / rate)
            assert round(at * rate) == frame, join


def test_joins_are_played_without_a_stop(studio: Studio) -> None:
    film(studio)
    for join in joins(studio)[:2]:
        played = studio.page.evaluate(
            f"([from, to]) => ({PLAYED})([{FRONT}, from, to])", [join - 0.6, join + 0.6]
        )
        assert played["troubles"] == []
        assert all(before < after for before, after in pairwise(played["times"]))
        assert played["times"][0] < join < played["times"][-1]


@pytest.fixture(name="other")
def fixture_other(studio: Studio) -> str:
    """The address of the same film under another name, as a new version would have."""
    return f"{film(studio)['url']}&again=1"


WATCH = f"""() => {{
  window.moments = [];
  const look = () => {{
    const video = {FRONT};
    window.moments.push([video.currentTime, video.currentSrc.endsWith("again=1"), video.paused]);
    window.looking = requestAnimationFrame(look);
  }};
  look();
}}"""
"""Writes down, with every picture of the page, where the player is and which film it shows."""


def test_a_film_changes_under_a_running_player_and_keeps_its_place(
    studio: Studio, other: str
) -> None:
    studio.seek(9.0)
    studio.play_until(9.3)
    studio.page.evaluate(WATCH)
    assert studio.page.evaluate("(url) => window.clipbot.film.show(url, {keep: true})", other)
    place = studio.film_state()["time"]
    studio.play_until(place + 0.5)
    moments = studio.page.evaluate("(cancelAnimationFrame(window.looking), window.moments)")

    assert studio.film_state()["address"].endswith("again=1")
    assert [is_new for _, is_new, _ in moments] == sorted(is_new for _, is_new, _ in moments)
    steps = [after[0] - before[0] for before, after in pairwise(moments)]
    assert min(steps) > -0.15, "it must not go back"
    (change,) = [
        after[0] - before[0] for before, after in pairwise(moments) if after[1] and not before[1]
    ]
    assert abs(change) < 0.5
    assert not moments[-1][2], "it plays on"


def test_a_film_changes_under_a_paused_player_and_stays_paused(studio: Studio, other: str) -> None:
    at = shown(studio, 17.02)
    before = studio.film_state()["time"]
    studio.page.evaluate("(url) => window.clipbot.film.show(url, {keep: true})", other)

    after = studio.film_state()
    assert after["address"].endswith("again=1")
    assert (after["time"], after["plays"]) == (before, False)
    assert shown(studio, before) == at


def test_a_film_that_cannot_be_loaded_leaves_the_old_one_where_it_is(
    studio: Studio, other: str, watched: Watched
) -> None:
    watched.expected.append("404")
    gone = other.replace("composition=1", "composition=99")
    studio.seek(9.0)
    studio.play_until(9.2)

    assert (
        studio.page.evaluate("(url) => window.clipbot.film.show(url, {keep: true})", gone) is False
    )

    state = studio.film_state()
    assert state["address"].endswith("composition=1")
    assert state["plays"]
    studio.play_until(state["time"] + 0.3)


def test_the_film_in_fragments_plays_where_the_browser_can(studio: Studio) -> None:
    """Phones have it built in; newer Chromium, too."""
    known = film(studio)
    page = studio.page
    if not page.evaluate(
        "document.createElement('video').canPlayType('application/vnd.apple.mpegurl')"
    ):
        pytest.skip("this browser has no HLS")
    page.evaluate(
        "(url) => new Promise((resolve, reject) => {"
        " const video = window.stream = document.createElement('video');"
        " document.body.append(video);"
        " video.onloadeddata = resolve;"
        " video.onerror = () => reject(new Error(video.error.message));"
        " video.preload = 'auto'; video.muted = true; video.src = url; })",
        known["stream_url"],
    )
    assert page.evaluate("window.stream.duration") == pytest.approx(known["seconds"], abs=0.05)
    for join in joins(studio)[:3]:
        first = round(join * known["rate"])
        for frame in (first - 1, first):
            at = shown(studio, (frame + 0.5) / known["rate"], "window.stream")
            assert round(at * known["rate"]) == frame
    page.evaluate("window.stream.remove()")
