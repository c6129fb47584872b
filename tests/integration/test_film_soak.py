"""Films of random jobs: the same bytes whichever way they came about.

Sizes, rates, transitions, footage, edits and undos are drawn from a seed: `--seed 7
--count 1` repeats one job, `--count full` makes 200.
"""

import time
from pathlib import Path

import numpy as np
import pytest

from clipbot.media import audio
from clipbot.media.engine import FilmEngine, FilmPlan
from clipbot.media.room import Room
from tests import media
from tests.integration.random_films import Film, Step, Story, story

FEW, FULL = 2, 200
LATER = 10**6
"""Seconds; by then nothing was used just now."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "seed" in metafunc.fixturenames:
        said = metafunc.config.getoption("count")
        count = FULL if said == "full" else int(said or FEW)
        first = int(metafunc.config.getoption("seed") or 1)
        metafunc.parametrize("seed", range(first, first + count))


class Studio:
    """A cache, and what was ever encoded into it."""

    def __init__(self, told: Story, folder: Path, encoders: int = 1) -> None:
        self.engine = FilmEngine(folder / "cache", encoders=encoders)
        self.picture = told.picture
        self.path = folder / "film.mp4"
        self._made: set[str] = set()

    def plan(self, film: Film) -> FilmPlan:
        return self.engine.plan(film.timeline, film.footage, film.song, self.picture)

    def make(self, plan: FilmPlan) -> bytes:
        """Make a film; only what was never encoded here is."""
        new = {each.key: each.frames for each in plan.segments if each.key not in self._made}
        assert self.engine.prepare(plan).encoded_frames == sum(new.values())
        self._made |= set(new)
        self.engine.open(plan).write(self.path)
        return self.path.read_bytes()

    def evict(self, plan: FilmPlan, part: float) -> None:
        """Let go of a part of everything, as if nobody needed it."""
        room = Room(self.engine.cache, lambda: time.time() + LATER)
        assert room.shrink(int(part * room.bytes), tuple)
        self._made = {
            each.key
            for each in plan.segments
            if self.engine.pieces.path(f"{each.key}.mp4").exists()
        }


@pytest.mark.parametrize("threads", [1, 2])
def test_a_film_is_the_same_bytes_however_it_came_about(
    threads: int, seed: int, tmp_path: Path
) -> None:
    told = story(seed, threads)
    studio = Studio(told, tmp_path / "incremental")
    plan = studio.plan(told.first)
    studio.make(plan)
    pictures = media.frame_digests(studio.path)
    _heard(studio, plan)
    for step in told.steps:
        before, seen = plan, pictures
        plan = studio.plan(step.film)
        studio.make(plan)
        pictures = media.frame_digests(studio.path)
        assert [at for at, _ in pictures] == list(range(plan.frames)), step.what
        _only_the_edit_is_new(step, before, plan, seen, pictures)
    _heard(studio, plan)
    final = studio.path.read_bytes()

    assert Studio(told, tmp_path / "scratch").make(plan) == final
    assert Studio(told, tmp_path / "parallel", encoders=3).make(plan) == final
    for part in (0.5, 0.0):
        studio.evict(plan, part)
        assert studio.make(plan) == final


def _only_the_edit_is_new(
    step: Step,
    before: FilmPlan,
    after: FilmPlan,
    old: list[tuple[int, str]],
    new: list[tuple[int, str]],
) -> None:
    """See that no frame changed outside the clips and transitions that a step is about."""
    kept = _frames_of(before) & _frames_of(after)
    changed = {at for at, pair in enumerate(zip(old, new, strict=True)) if len(set(pair)) > 1}
    assert changed.isdisjoint(at for at, _, _ in kept), step.what
    allowed = {
        at
        for piece in step.film.timeline.touched(step.clips)
        for at in range(piece.start, piece.stop)
    }
    assert changed <= allowed, step.what


def _frames_of(plan: FilmPlan) -> set[tuple[int, str, int]]:
    """Return each frame of a film: where it is, and which frame of which segment."""
    frames: set[tuple[int, str, int]] = set()
    at = 0
    for segment in plan.segments:
        frames |= {(at + number, segment.key, number) for number in range(segment.frames)}
        at += segment.frames
    return frames


def _heard(studio: Studio, plan: FilmPlan) -> None:
    """See that the film sounds as the song does from the same sample on, to the sample."""
    name = audio.name_of(str(plan.song_key))
    whole = np.frombuffer(media.samples(studio.engine.pieces.path(name)), np.float32)
    heard = np.frombuffer(media.samples(studio.path), np.float32)
    start = round(plan.song_start_seconds * audio.SAMPLE_RATE)
    length = plan.frames / plan.format.rate * audio.SAMPLE_RATE
    wanted = whole.reshape(-1, 2)[start:][: round(length)]
    # The edit list counts in the film's own ticks, which may be a little longer than a sample.
    missing = len(wanted) - len(heard) // 2
    assert 0 <= missing < audio.SAMPLE_RATE / plan.format.timescale + 1
    assert np.array_equal(heard.reshape(-1, 2), wanted[: len(heard) // 2])
