"""Films that were never made: begun when their job is opened, beside everything else."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import Engine

from clipbot.errors import CompositionNotFound
from clipbot.services.first_films import FirstFilms
from tests import jobs
from tests.desk import Desk, FakeClock, desk
from tests.integration.processes.waiting import until
from tests.postgres import engine

__all__ = ["engine"]
pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


@pytest.fixture(name="at")
def fixture_at(engine: Engine, tmp_path: Path) -> Iterator[Desk]:
    made = desk(engine, tmp_path / "home")
    with made.services.first_films.running():
        yield made


def has_film(at: Desk, job: UUID) -> bool:
    return at.services.jobs.get(at.user, job).film is not None


def test_a_job_gets_its_film_when_it_is_opened_and_no_other_does(at: Desk) -> None:
    opened = jobs.install(at.store, at.parts.blobs, name="opened")
    other = jobs.install(at.store, at.parts.blobs, name="other")

    first = at.services.jobs.get(at.user, opened)
    assert (first.film, first.film_trouble, first.is_editable) == (None, None, True)
    until(lambda: has_film(at, opened))

    films = {line.id: line.film for line in at.services.jobs.list(at.user).jobs}
    assert films[other] is None
    until(lambda: all(clip.measures for clip in at.services.clips.list(at.user, opened)))


def test_a_film_that_cannot_be_made_says_why_and_keeps_nobody_waiting(at: Desk) -> None:
    empty = jobs.install(at.store, at.parts.blobs, name="empty")
    for clip in range(3):
        at.parts.blobs.delete(f"video-clips/{empty}/clip_{clip}.mp4")
    whole = jobs.install(at.store, at.parts.blobs, name="whole")

    at.services.jobs.get(at.user, empty)
    until(lambda: at.services.jobs.get(at.user, empty).film_trouble is not None)

    trouble = at.services.jobs.get(at.user, empty).film_trouble
    assert trouble is not None
    assert trouble.endswith(".")
    until(lambda: has_film(at, whole))


def test_what_failed_is_tried_again_later_and_what_is_made_is_not(at: Desk) -> None:
    clock = FakeClock()

    def seconds() -> float:
        return clock().timestamp()

    wanted = FirstFilms(at.services.films, seconds)
    job = jobs.install(at.store, at.parts.blobs, name="late")
    key = f"video-clips/{job}/clip_%d.mp4"
    for clip in range(3):
        at.parts.blobs.delete(key % clip)
    with wanted.running():
        wanted.want(job)
        until(lambda: wanted.trouble(job) is not None)
        for clip in range(3):
            at.parts.blobs.put(key % clip, jobs.footage(clip))
        wanted.want(job)
        assert wanted.trouble(job) is not None
        clock.wait(61)
        wanted.want(job)
        until(lambda: has_film(at, job))
        assert wanted.trouble(job) is None


def test_a_film_that_is_asked_for_is_begun_with(at: Desk) -> None:
    """By a program that never looks at the job."""
    job = jobs.install(at.store, at.parts.blobs, name="asked for")

    def is_there() -> bool:
        try:
            return at.services.first_films.film(at.user, job).number == 1
        except CompositionNotFound:
            return False

    with pytest.raises(CompositionNotFound):
        at.services.first_films.film(at.user, job, 1)
    until(is_there)


def test_where_nothing_runs_nothing_is_remembered(at: Desk) -> None:
    """Commands look at jobs, too."""
    idle = FirstFilms(at.services.films)
    job = jobs.install(at.store, at.parts.blobs, name="idle")
    idle.want(job)
    with idle.running():
        idle.want(job)
        until(lambda: has_film(at, job))
