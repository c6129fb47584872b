"""Retention that dies anywhere: the next round ends it, and nothing that is needed is lost.

Every call that changes the database or a file is a place to die at, before it and after it.
"""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from clipbot.blobs.base import key_of
from clipbot.domain.retention import FootageState
from clipbot.media.archive import write_archive
from clipbot.services import archiving
from clipbot.services.retention import RetentionService
from tests import aged, jobs
from tests.desk import Desk, FakeClock
from tests.integration.services.test_retention import DAY, FOUR, HOUR, NOW, opened

_KEPT, _ARCHIVED, _DELETED = FootageState
CHANGING = {
    *("put", "delete"),
    *("claim", "keep", "end", "expect", "archive", "settle"),
}


class Killed(BaseException):
    """What nobody catches, as if the process were gone."""


class Mortal:
    """Anything, until so many of its changes were made."""

    def __init__(self, alive: Any, lives: list[int]) -> None:
        self._alive = alive
        self._lives = lives

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._alive, name)
        return self._mortal(found) if name in CHANGING else found

    def _mortal(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def called(*args: Any, **more: Any) -> Any:
            self._spend()
            answer = call(*args, **more)
            self._spend()
            return answer

        return called

    def _spend(self) -> None:
        self._lives[0] -= 1
        if self._lives[0] < 0:
            raise Killed


def mortal(at: Desk, lives: list[int]) -> RetentionService:
    """Return retention that dies after so many places."""
    whole = at.services.retention
    retention = Mortal(at.store.retention, lives)
    blobs: Any = Mortal(at.parts.blobs, lives)
    store: Any = replace(
        at.store,
        retention=retention,  # type: ignore[arg-type]
        chores=Mortal(at.store.chores, lives),  # type: ignore[arg-type]
    )
    part = replace(whole.archiving, retention=retention, blobs=blobs)  # type: ignore[arg-type]
    return replace(whole, store=store, archiving=part, blobs=blobs)


@pytest.fixture(name="quick")
def fixture_quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make archives by copying one: how they are encoded is not the matter here."""
    small = aged.bulky(3).with_name("small.mp4")
    if not small.exists():
        write_archive(aged.bulky(3), small)

    def copied(_: Path, target: Path, **__: object) -> None:
        shutil.copyfile(small, target)

    monkeypatch.setattr(archiving, "write_archive", copied)


def day(service: RetentionService, clock: FakeClock) -> None:
    """Let a day go by: a round, and what it leaves over an hour later."""
    service.tick(lambda: False)
    clock.moment += HOUR
    service.tick(lambda: False)


def files(at: Desk, job: UUID) -> set[str]:
    folder = at.parts.settings.blobs
    found = (folder / "video-clips" / str(job)).glob("*.mp4")
    return {str(path.relative_to(folder)) for path in found}


def nothing_is_lost(at: Desk, job: UUID) -> None:
    """See that whatever has footage by its row has it, and so has the film."""
    project = at.parts.projects.of_job(job)
    for clip in project.clips:
        for row in project.versions.get(clip.index, ()):
            key = project.footage_key(clip.index, row.number)
            assert row.is_deleted or (key in files(at, job)), (row.number, key)
        assert key_of(clip.video_url) in files(at, job)


def nothing_is_left(at: Desk, job: UUID) -> None:
    """See that every file is of a version, or the original of a clip."""
    project = at.parts.projects.of_job(job)
    rows = [row for some in project.versions.values() for row in some]
    needed = {key_of(clip.video_url) for clip in project.clips}
    assert files(at, job) == needed | {key_of(row.footage_url) for row in rows} - {None}
    assert at.store.retention.counts().leftovers == 0


@pytest.mark.usefixtures("quick")
def test_it_may_die_anywhere(desk: Desk) -> None:
    clock = FakeClock(NOW)
    at = opened(desk, clock)
    deaths = 0
    for lives in range(100):
        clock.moment = NOW + lives * 100 * DAY
        job = jobs.install(at.store, at.parts.blobs, name=f"mortal {lives}", clips=1)
        aged.install(at.store, at.parts.blobs, job, FOUR, now=clock.moment)
        film = at.services.films.ensure(job)
        try:
            day(mortal(at, [lives]), clock)
        except Killed:
            deaths += 1
        nothing_is_lost(at, job)
        clock.moment += HOUR
        day(at.services.retention, clock)
        nothing_is_lost(at, job)
        nothing_is_left(at, job)
        versions = at.services.versions.list(at.user, job, 0)
        assert [each.footage_state for each in reversed(versions)] == [
            *(_KEPT, _DELETED, _ARCHIVED, _KEPT)
        ], lives
        assert at.store.compositions.get(job) == film
        at.store.jobs.delete(job)
        if deaths <= lives:
            break
    assert deaths > 20
