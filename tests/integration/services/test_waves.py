"""The song below a film: the stretch of it that the film has, measured once."""

from pathlib import Path
from uuid import UUID, uuid4

import pytest

from clipbot.domain.user import User
from clipbot.errors import JobNotFound, NotAllowed
from clipbot.services.waves import PER_SECOND
from tests import jobs
from tests.desk import Desk


def folder(at: Desk) -> Path:
    return at.home / "cache" / "waves"


def song(at: Desk, job: UUID) -> Path:
    return next((at.parts.settings.blobs / "audio-uploads").rglob(f"{job}/song.wav"))


def test_each_tenth_of_the_film_has_its_loudness(desk: Desk, job: UUID) -> None:
    found = desk.services.waves.of(desk.user, job)
    assert len(found) == round(3 * jobs.SECONDS * PER_SECOND)
    assert min(found) > 200  # it is a tone of even loudness
    assert [path.suffix for path in folder(desk).iterdir()] == [".bin"]


def test_a_song_is_measured_once(desk: Desk, job: UUID) -> None:
    first = desk.services.waves.of(desk.user, job)
    (kept,) = folder(desk).iterdir()
    made = kept.stat().st_mtime_ns
    assert desk.services.waves.of(desk.user, job) == first
    assert kept.stat().st_mtime_ns == made


def test_a_song_that_ends_early_leaves_silence(desk: Desk, job: UUID) -> None:
    desk.services.waves.of(desk.user, job)
    (kept,) = folder(desk).iterdir()
    kept.write_bytes(bytes([9] * 12))
    found = desk.services.waves.of(desk.user, job)
    assert found[:12] == (9,) * 12
    assert set(found[12:]) == {0}
    assert len(found) == round(3 * jobs.SECONDS * PER_SECOND)


def test_without_a_song_there_is_no_wave(desk: Desk, job: UUID) -> None:
    song(desk, job).unlink()
    assert desk.services.waves.of(desk.user, job) == ()


def test_what_cannot_be_heard_is_not_tried_again(desk: Desk, job: UUID) -> None:
    path = song(desk, job)
    path.unlink()  # it may be shared with other tests
    path.write_text("not a song")
    assert desk.services.waves.of(desk.user, job) == ()
    (kept,) = folder(desk).iterdir()
    assert kept.read_bytes() == b""
    assert desk.services.waves.of(desk.user, job) == ()


def test_it_is_told_to_its_owner_alone(desk: Desk, job: UUID) -> None:
    with pytest.raises(NotAllowed):
        desk.services.waves.of(User(uuid4()), job)
    with pytest.raises(JobNotFound):
        desk.services.waves.of(desk.user, uuid4())
