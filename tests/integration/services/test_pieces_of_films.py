"""Encoded pieces: shared by all who need them, made early, and gone when nobody does."""

import threading
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from clipbot.errors import BlobNotFound, FootageRejected
from clipbot.media import ffmpeg, room
from clipbot.media.engine import FilmPlan
from clipbot.media.probe import verify
from clipbot.services.eviction import Eviction
from clipbot.store.records import RegenerationStatus
from tests import jobs
from tests.desk import Desk, run_steps

NIGHT = "make it nighttime"


def _encoding(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Return a list that gets the arguments of each encoding of segments or songs from now on."""
    seen: list[list[str]] = []
    run = ffmpeg.run

    def noted(args: list[str], **given: Any) -> None:
        if "libx264" in args or "aac" in args:
            seen.append(list(args))
        run(args, **given)

    monkeypatch.setattr(ffmpeg, "run", noted)
    return seen


def _names(desk: Desk, job: UUID) -> set[str]:
    plan = desk.store.compositions.get(job).plan["film"]
    return set(FilmPlan.from_json(plan).names)


def _pieces(desk: Desk) -> set[str]:
    cache = desk.parts.composer.engine.cache
    return {path.name for path in cache.iterdir()}


def _eviction(desk: Desk, most_bytes: int = 0) -> Eviction:
    return replace(desk.parts.eviction(), most_bytes=most_bytes)


@pytest.fixture(name="at_once")
def fixture_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let pieces go as soon as nobody needs them."""
    monkeypatch.setattr(room, "KEPT_SECONDS", -60.0)


def test_jobs_with_the_same_footage_share_their_pieces(
    desk: Desk, job: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.services.films.ensure(job)
    before = _pieces(desk)
    other = jobs.install(desk.store, desk.parts.blobs, name="another")
    seen = _encoding(monkeypatch)

    desk.services.films.ensure(other)

    assert seen == []
    assert _pieces(desk) == before
    assert desk.film(other) == desk.film(job)


def test_a_version_that_comes_back_encodes_nothing(
    desk: Desk, job: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.services.films.ensure(job)
    desk.edit(job, NIGHT, (2,))
    seen = _encoding(monkeypatch)
    desk.services.history.undo(desk.user, job)
    desk.services.history.redo(desk.user, job)
    assert seen == []


def test_the_film_is_encoded_while_footage_is_checked_and_never_twice(
    desk: Desk, job: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.services.films.ensure(job)
    desk.queue.is_held = True
    row = desk.edit(job, "make it brighter", (2,))
    seen = _encoding(monkeypatch)
    has_begun = threading.Event()
    run = ffmpeg.run

    def begun(args: list[str], **given: Any) -> None:
        if any(str(row) in arg for arg in args):
            has_begun.set()
        run(args, **given)

    def checked(path: Path, **given: Any) -> object:
        assert has_begun.wait(120), "nothing is encoded before the footage is checked"
        return verify(path, **given)

    monkeypatch.setattr(ffmpeg, "run", begun)
    monkeypatch.setattr("clipbot.services.finishing.verify", checked)
    run_steps(desk.steps, row)

    assert desk.store.regenerations.get(row).status is RegenerationStatus.COMPLETED
    segments = [args for args in seen if str(desk.parts.composer.engine.cache) in args[-1]]
    assert len(segments) == 1
    assert not list((desk.home / "arrivals").iterdir())


def test_footage_that_is_refused_ends_its_encoding(
    desk: Desk, job: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = desk.services.films.ensure(job)

    def refused(*_: object, **__: object) -> object:
        raise FootageRejected("it is not what it should be")

    monkeypatch.setattr("clipbot.services.finishing.verify", refused)
    row = desk.edit(job, "make it brighter", (2,))

    assert desk.store.regenerations.get(row).status is RegenerationStatus.FAILED
    assert desk.store.compositions.get(job) == before
    assert not list((desk.home / "arrivals").iterdir())


@pytest.mark.usefixtures("at_once")
def test_what_a_current_film_needs_stays_and_the_rest_goes(desk: Desk, job: UUID) -> None:
    desk.services.films.ensure(job)
    before = _names(desk, job)
    desk.edit(job, NIGHT, (2,))
    after = _names(desk, job)
    assert before - after

    assert _eviction(desk, 10**12).evict() == 0
    assert _eviction(desk).evict() > 0

    assert _pieces(desk) == after


@pytest.mark.usefixtures("at_once")
def test_what_an_edit_under_way_has_made_stays(desk: Desk, job: UUID) -> None:
    desk.services.films.ensure(job)
    desk.queue.is_held = True
    row = desk.edit(job, NIGHT, (2,))
    made: list[set[str]] = []

    def between(step: str) -> None:
        if step == "publish":
            made.append(_pieces(desk))
            _eviction(desk).evict()
            made.append(_pieces(desk))

    run_steps(desk.steps, row, between=between)

    (whole, left), coming = made, _names(desk, job)
    assert coming <= left <= whole


@pytest.mark.usefixtures("at_once")
def test_an_earlier_film_is_made_again_as_it_was(desk: Desk, job: UUID) -> None:
    desk.services.films.ensure(job)
    before = desk.film(job)
    desk.edit(job, NIGHT, (2,))
    _eviction(desk).evict()

    desk.services.history.undo(desk.user, job)

    assert desk.film(job) == before


@pytest.mark.usefixtures("at_once")
def test_a_film_goes_on_where_its_pieces_went_away_while_it_was_read(desk: Desk, job: UUID) -> None:
    desk.services.films.ensure(job)
    earlier = desk.services.films.film(desk.user, job)
    whole = b"".join(earlier.read(0, earlier.size))
    desk.edit(job, NIGHT, (2,))

    chunks = earlier.read(0, earlier.size)
    first = next(chunks)
    _eviction(desk).evict()

    assert first + b"".join(chunks) == whole


@pytest.mark.usefixtures("at_once")
def test_a_film_that_became_another_one_is_not_gone_on_with(
    desk: Desk, job: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.services.films.ensure(job)
    earlier = desk.services.films.film(desk.user, job)
    chunks = earlier.read(0, earlier.size)
    next(chunks)
    for path in desk.parts.composer.engine.cache.iterdir():
        path.unlink()
    newer = ffmpeg.build() + " newer"
    monkeypatch.setattr(ffmpeg, "build", lambda: newer)

    with pytest.raises(BlobNotFound):
        list(chunks)
