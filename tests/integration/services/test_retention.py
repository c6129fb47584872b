"""Old footage is archived and deleted by the rules, and nothing that is needed ever goes."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from clipbot.domain.retention import FootageState
from clipbot.errors import (
    ClipBusy,
    ConflictError,
    EncodingFailed,
    FilmMoved,
    FootageMissing,
    FootageNeeded,
    JobNotReady,
    VersionNotFound,
)
from clipbot.media.probe import probe
from clipbot.services import archiving
from clipbot.services.retention import CHORE, RetentionService
from tests import aged, jobs
from tests.aged import Aged
from tests.desk import Desk, FakeClock, desk
from tests.makers import look

NOW = datetime(2026, 3, 4, 3, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
KEPT, ARCHIVED, DELETED = FootageState
FOUR = [Aged(0, 1, 90), Aged(0, 2, 40), Aged(0, 3, 10), Aged(0, 4, 9)]


@pytest.fixture(name="clock")
def fixture_clock() -> FakeClock:
    return FakeClock(NOW)


@pytest.fixture(name="at")
def fixture_at(desk: Desk, job: UUID, clock: FakeClock) -> Desk:
    """Return a desk whose job has versions of clip 1 that are 40, 10 and 9 days old."""
    found = opened(desk, clock)
    aged.install(found.store, found.parts.blobs, job, FOUR, now=NOW)
    found.services.films.ensure(job)
    return found


def opened(free: Desk, clock: FakeClock, **given: object) -> Desk:
    """Return a desk that keeps one version, on the same store and files."""
    values = {"keep_versions": 1, **given}
    return desk(free.store.jobs.engine, free.home, renderers=(look(),), clock=clock, **values)


def states(at: Desk, job: UUID, clip: int = 0) -> list[FootageState]:
    """Return what became of each version, by number."""
    return [each.footage_state for each in reversed(at.services.versions.list(at.user, job, clip))]


def files(at: Desk, job: UUID) -> list[str]:
    folder = at.parts.settings.blobs / "video-clips" / str(job)
    return sorted(path.name for path in folder.glob("clip_0*.mp4"))


def said(at: Desk, job: UUID) -> str:
    return at.store.messages.of_job(job, limit=50)[-1].content


def test_old_footage_is_archived_and_older_deleted(at: Desk, job: UUID, clock: FakeClock) -> None:
    film = at.film(job)

    done = at.services.retention.run()

    assert [(each.held.number, each.to) for each in done] == [(2, DELETED), (3, ARCHIVED)]
    assert states(at, job) == [KEPT, DELETED, ARCHIVED, KEPT]
    rows = at.services.versions.list(at.user, job, 0)
    assert [row.instruction for row in rows] == ["try 4", "try 3", "try 2", "try 1"]
    assert [bool(row.footage_url) for row in rows] == [True, True, False, True]
    assert at.film(job) == film
    # Whoever reads a file has an hour to finish.
    assert {"clip_0_v2.mp4", "clip_0_v3.mp4"} <= set(files(at, job))
    clock.moment += HOUR
    assert at.services.retention.sweep() == 2
    (archive,) = (name for name in files(at, job) if "_archive_" in name)
    assert files(at, job) == ["clip_0.mp4", archive, "clip_0_v4.mp4"]


def test_an_archive_has_the_same_frames_in_fewer_bytes(at: Desk, job: UUID) -> None:
    whole = at.services.films.footage(at.user, job, 0, 3)

    at.services.retention.run()

    archive = at.services.films.footage(at.user, job, 0, 3)
    assert archive != whole
    assert archive.stat().st_size < whole.stat().st_size / 2
    assert probe(archive).frames == probe(whole).frames == 24
    assert probe(archive).rate == probe(whole).rate
    assert not [*(at.home / "arrivals").iterdir()]


def test_an_archived_version_comes_back_and_says_so(at: Desk, job: UUID) -> None:
    at.services.retention.run()

    at.services.versions.restore(at.user, job, 0, 3)

    assert said(at, job) == (
        "Clip 1 shows version 3 again. Version 3 of clip 1 comes from the archive, in less quality."
    )
    at.services.history.undo(at.user, job)
    assert said(at, job) == "Undone: version 3 of clip 1."
    at.services.history.redo(at.user, job)
    assert said(at, job).endswith("comes from the archive, in less quality.")
    assert at.services.retention.run() == []


def test_what_is_deleted_cannot_come_back_and_nothing_changes(
    at: Desk, job: UUID, clock: FakeClock
) -> None:
    at.services.versions.restore(at.user, job, 0, 2)
    at.services.versions.restore(at.user, job, 0, 3)
    clock.moment += 30 * DAY
    at.services.retention.run()
    assert states(at, job) == [KEPT, DELETED, KEPT, KEPT]
    film, position = at.film(job), at.store.history.cursor(job).position
    sentence = "The footage of version 2 of clip 1 was deleted, so it cannot come back."

    for way in (
        lambda: at.services.history.undo(at.user, job),
        lambda: at.services.history.go(at.user, job, 1),
        lambda: at.services.versions.restore(at.user, job, 0, 2),
        lambda: at.services.films.footage(at.user, job, 0, 2),
    ):
        with pytest.raises(FootageMissing, match=sentence):
            way()

    assert (at.film(job), at.store.history.cursor(job).position) == (film, position)
    # What lies behind it is reached in one go.
    at.services.history.go(at.user, job, 0)
    assert at.store.versions.current(job) == {0: 1}


def test_age_counts_from_when_the_film_last_used_it(at: Desk, job: UUID, clock: FakeClock) -> None:
    at.services.versions.restore(at.user, job, 0, 2)
    at.services.versions.restore(at.user, job, 0, 1)
    at.services.retention.run()
    assert states(at, job) == [KEPT, KEPT, ARCHIVED, KEPT]

    clock.moment += 7 * DAY
    at.services.retention.run()
    assert states(at, job) == [KEPT, ARCHIVED, ARCHIVED, KEPT]


def test_what_is_offered_and_waits_stays(desk: Desk, job: UUID, clock: FakeClock) -> None:
    at = opened(desk, clock, keep_versions=0)
    failed = {"outcome": "failed", "sentence": "It is not darker."}
    given = [Aged(0, 1, 90), Aged(0, 2, 40, failed), Aged(1, 1, 90), Aged(1, 2, 40)]
    aged.install(at.store, at.parts.blobs, job, given, now=NOW)

    at.services.retention.run()

    assert (states(at, job, 0), states(at, job, 1)) == ([KEPT, KEPT], [KEPT, DELETED])
    at.services.versions.restore(at.user, job, 0, 2)
    at.services.versions.restore(at.user, job, 0, 1)
    # It was answered; but version 2 waits again, as the film shows an older one.
    assert at.services.versions.list(at.user, job, 0)[0].is_offered


def test_what_an_edit_or_a_price_needs_stays(at: Desk, job: UUID, clock: FakeClock) -> None:
    at.queue.is_held = True
    quoted = at.services.quotes.quote(at.user, job, text="make it darker", selected=(1,))
    at.services.retention.run()
    assert states(at, job) == [KEPT] * 4
    at.services.edits.confirm(at.user, job, quoted.quote.id)
    at.services.retention.run()
    assert states(at, job) == [KEPT] * 4

    at.queue.run()
    assert at.services.versions.list(at.user, job, 0)[0].number == 5
    clock.moment += HOUR
    at.services.retention.run()
    assert states(at, job) == [KEPT, DELETED, ARCHIVED, KEPT, KEPT]


@pytest.mark.parametrize("status", ["queued", "processing", "regenerating"])
def test_a_job_that_the_pipeline_works_on_is_left_alone(at: Desk, status: str) -> None:
    with at.store.jobs.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE jobs SET status = ?", (status,))

    assert at.services.retention.run() == []


def test_what_the_pipeline_made_is_left_to_it(desk: Desk, job: UUID, clock: FakeClock) -> None:
    at = opened(desk, clock, keep_versions=0, job_footage_bytes=1)
    theirs = [replace(each, is_ours=False) for each in FOUR]
    aged.install(at.store, at.parts.blobs, job, theirs, now=NOW)
    at.services.films.ensure(job)

    assert at.services.retention.run() == []
    assert states(at, job) == [KEPT] * 4

    # A person may throw it away, of course.
    at.services.versions.delete(at.user, job, 0, 2)
    assert states(at, job) == [KEPT, DELETED, KEPT, KEPT]


def test_what_would_go_is_said_and_nothing_goes(at: Desk, job: UUID) -> None:
    foreseen = at.services.retention.foresee()

    assert states(at, job) == [KEPT] * 4
    assert at.store.retention.counts().leftovers == 0
    done = at.services.retention.run()
    assert [(each.held.place, each.to) for each in foreseen] == [
        (each.held.place, each.to) for each in done
    ]
    assert [each.why for each in done] == ["40 days old", "10 days old"]
    assert at.services.retention.foresee() == []


def test_a_job_and_a_person_have_so_much_room(desk: Desk, job: UUID, clock: FakeClock) -> None:
    young = [Aged(0, 1, 3), Aged(0, 2, 2), Aged(0, 3, 1)]
    other = jobs.install(desk.store, desk.parts.blobs, name="other")
    for each in (job, other):
        aged.install(desk.store, desk.parts.blobs, each, young, now=NOW)
        for number in (1, 2, 3):
            desk.parts.composer.library.record(aged.key(each, 0, number))
    size = aged.bulky(2).stat().st_size
    original = desk.parts.composer.library.record(aged.key(job, 0, 1)).size_bytes

    roomy = opened(desk, clock, job_footage_bytes=original + 3 * size)
    assert roomy.services.retention.run() == []
    tight = opened(desk, clock, job_footage_bytes=original + size)
    done = tight.services.retention.run()
    assert {(each.held.number, each.to, each.why) for each in done} >= {
        (2, ARCHIVED, "over the room of its job"),
    }
    assert states(tight, job)[0] is KEPT
    narrow = opened(desk, clock, user_footage_bytes=1)
    done = narrow.services.retention.run()
    assert {each.why for each in done} == {"over the room of its owner"}
    assert states(narrow, job) == states(narrow, other) == [KEPT, DELETED, DELETED]


def test_it_is_done_once_a_day_by_one(at: Desk, job: UUID, clock: FakeClock) -> None:
    ours, theirs = at.services.retention, opened(at, clock).services.retention
    ours.tick(lambda: False)
    assert states(at, job) == [KEPT, DELETED, ARCHIVED, KEPT]
    aged.install(at.store, at.parts.blobs, job, [Aged(1, n, 50) for n in (1, 2, 3)], now=NOW)

    clock.moment += DAY - HOUR
    theirs.tick(lambda: False)
    assert states(at, job, 1) == [KEPT] * 3
    clock.moment += HOUR
    theirs.tick(lambda: False)
    assert states(at, job, 1) == [KEPT, DELETED, KEPT]


def test_what_was_interrupted_is_gone_on_with(at: Desk, job: UUID, clock: FakeClock) -> None:
    at.services.retention.tick(lambda: True)
    assert states(at, job) == [KEPT] * 4
    assert at.store.chores.get(CHORE)

    at.services.retention.tick(lambda: False)
    assert states(at, job) == [KEPT] * 4, "whoever began may still be at it"
    with pytest.raises(ConflictError, match="running already"):
        at.services.retention.run()
    clock.moment += HOUR
    at.services.retention.tick(lambda: False)
    assert states(at, job) == [KEPT, DELETED, ARCHIVED, KEPT]


def test_whoever_lost_its_turn_stops(at: Desk, job: UUID, clock: FakeClock) -> None:
    """It stood still for so long that somebody else began."""
    other = opened(at, clock).services.retention

    def overtaken() -> bool:
        if not clock.moment > NOW:
            clock.moment += HOUR
            other.tick(lambda: True)
        return False

    at.services.retention.tick(overtaken)

    assert states(at, job) == [KEPT] * 4


def test_an_archive_that_cannot_be_made_is_left_for_another_day(
    at: Desk, job: UUID, monkeypatch: pytest.MonkeyPatch, clock: FakeClock
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise EncodingFailed("no luck")

    monkeypatch.setattr(archiving, "write_archive", broken)
    at.services.retention.run()
    assert states(at, job) == [KEPT, DELETED, KEPT, KEPT]

    monkeypatch.undo()
    clock.moment += DAY
    at.services.retention.tick(lambda: False)
    assert states(at, job) == [KEPT, DELETED, ARCHIVED, KEPT]


def test_what_does_not_become_smaller_is_its_own_archive(
    at: Desk, job: UUID, monkeypatch: pytest.MonkeyPatch, clock: FakeClock
) -> None:
    monkeypatch.setattr(archiving, "_WORTH", 0.0)
    at.services.retention.run()
    clock.moment += HOUR
    at.services.retention.sweep()

    assert states(at, job)[2] is ARCHIVED
    assert "clip_0_v3.mp4" in files(at, job)
    at.services.versions.restore(at.user, job, 0, 3)
    assert said(at, job) == "Clip 1 shows version 3 again."


def test_a_version_that_is_archived_while_it_comes_back_is_looked_at_again(
    at: Desk, job: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    compose = type(at.parts.composer).composition

    def slowly(*args: object, **more: object) -> object:
        monkeypatch.undo()
        at.services.retention.run()
        return compose(*args, **more)  # type: ignore[arg-type]

    for number in (3, 2):
        monkeypatch.setattr(type(at.parts.composer), "composition", slowly)
        with pytest.raises(FilmMoved):
            at.services.versions.restore(at.user, job, 0, number)
        assert at.store.versions.current(job) == {0: 1}
        aged.install(at.store, at.parts.blobs, job, FOUR, now=NOW)
        with at.store.jobs.engine.begin() as connection:
            connection.exec_driver_sql(
                "UPDATE clip_versions SET footage_deleted_at = NULL, archived_url = NULL"
            )


def test_a_copy_leaves_the_files_of_its_sample_alone(at: Desk) -> None:
    """Two jobs' rows may name one file."""
    other = jobs.install(at.store, at.parts.blobs, name="other")
    with at.store.jobs.engine.begin() as connection:
        connection.exec_driver_sql(
            "UPDATE clip_versions SET job_id = ? WHERE version_number > 1",
            (other.hex,),
        )

    assert at.services.retention.run() == []
    at.services.versions.delete(at.user, other, 0, 2)
    assert at.store.retention.counts().leftovers == 0


def test_a_person_deletes_the_footage_of_a_version(at: Desk, job: UUID, clock: FakeClock) -> None:
    views = at.services.versions.list(at.user, job, 0)
    assert [view.can_delete for view in views] == [True, True, True, False]

    left = at.services.versions.delete(at.user, job, 0, 4)

    assert (left.footage_state, left.can_delete, left.footage_url) == (DELETED, False, None)
    assert left.instruction == "try 4"
    clock.moment += HOUR
    at.services.retention.sweep()
    assert "clip_0_v4.mp4" not in files(at, job)
    assert at.services.versions.delete(at.user, job, 0, 4) == left
    # Its number stays taken.
    at.edit(job, "make it darker", (1,))
    assert at.services.versions.list(at.user, job, 0)[0].number == 5


def test_what_is_needed_cannot_be_deleted(at: Desk, job: UUID) -> None:
    delete = at.services.versions.delete
    at.services.versions.restore(at.user, job, 0, 4)
    for number, why in ((1, "original"), (4, "The film uses version 4 of clip 1")):
        with pytest.raises(FootageNeeded, match=why):
            delete(at.user, job, 0, number)
    with pytest.raises(FootageNeeded):
        delete(at.user, job, 1, 1)
    with pytest.raises(VersionNotFound):
        delete(at.user, job, 0, 9)
    at.queue.is_held = True
    at.edit(job, "make it darker", (1,))
    with pytest.raises(ClipBusy):
        delete(at.user, job, 0, 2)
    at.queue.run()
    assert states(at, job) == [KEPT] * 5
    at.store.jobs.insert(
        {
            "jobs": [
                {
                    "id": str(UUID(int=7)),
                    "user_id": str(at.user.id),
                    "audio_url": "x",
                    "user_prompt": "w" * 60,
                    "status": "processing",
                }
            ]
        }
    )
    with pytest.raises(JobNotReady):
        delete(at.user, UUID(int=7), 0, 2)


def test_a_version_whose_file_is_the_originals_stays(at: Desk, job: UUID) -> None:
    """The pipeline writes it over the original's address when a person goes back to it."""
    with at.store.jobs.engine.begin() as connection:
        connection.exec_driver_sql(
            "UPDATE clip_versions SET video_url = (SELECT video_url FROM clip_versions "
            "WHERE version_number = 1) WHERE version_number = 2"
        )

    at.services.retention.run()

    assert states(at, job) == [KEPT, KEPT, ARCHIVED, KEPT]
    with pytest.raises(FootageNeeded, match="original"):
        at.services.versions.delete(at.user, job, 0, 2)


def test_an_end_in_the_middle_of_an_archive_is_noticed(at: Desk, job: UUID) -> None:
    def ending() -> bool:
        return at.store.retention.counts().deleted > 0

    at.services.retention.tick(ending)

    assert states(at, job) == [KEPT, DELETED, KEPT, KEPT]


def test_the_doctor_knows_what_was_deleted_on_purpose(at: Desk) -> None:
    def found() -> tuple[bool, str]:
        (one,) = (each for each in at.services.doctor.report() if each.name == "retention")
        return one.is_ok, one.detail

    assert found() == (
        True,
        "footage of 0 versions archived, of 0 deleted; never looked through yet",
    )
    service: RetentionService = replace(
        at.services.retention, clock=lambda: datetime.now(UTC) - timedelta(hours=2)
    )
    service.run()
    assert found() == (
        True,
        "footage of 0 versions archived, of 2 deleted; looked through 2 h ago",
    )
    at.store.retention.expect("clip.mp4", now=datetime.now(UTC) - timedelta(days=3))
    assert not found()[0]
    assert found()[1].endswith("files should be gone by now")
