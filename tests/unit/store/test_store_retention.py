"""What becomes of footage, as the store writes it down: state first, files last, one at a time."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from clipbot.domain.retention import FootageState
from clipbot.domain.versions import Change
from clipbot.errors import ClipBusy, FilmMoved, FootageNeeded, VersionNotFound
from clipbot.store.records import RegenerationStatus
from clipbot.store.store import Store
from tests.unit.store.crowd import THREADS, at_once
from tests.unit.store.given import (
    FILM_URL,
    NOW,
    PLAN,
    edit,
    edited,
    film,
    job,
    outcome,
    quote,
    running,
    submit,
)

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
KEPT, ARCHIVED, DELETED = FootageState


def old(store: Store) -> UUID:
    """Return a job whose clip 1 has versions 2 and 3, of which 3 is current."""
    job_id = job(store)
    edited(store, job_id, 0)
    edited(store, job_id, 0, number=3)
    return job_id


def footage(store: Store, job_id: UUID, number: int = 2) -> str:
    return next(v.video_url for v in store.versions.of_clip(job_id, 0) if v.number == number)


def state(store: Store, job_id: UUID, number: int = 2) -> FootageState:
    rows = store.versions.of_clip(job_id, 0)
    return next(row.footage_state for row in rows if row.number == number)


def archive(store: Store, job_id: UUID, url: str = "archive.mp4", number: int = 2) -> bool:
    return store.retention.archive(job_id, 0, number, current=3, url=url, now=NOW)


def left(store: Store) -> set[str]:
    return set(store.retention.leftovers(NOW + DAY))


def own(store: Store, job_id: UUID) -> None:
    """Let the versions' files lie in the folder of their job."""
    with store.jobs.engine.begin() as connection:
        connection.exec_driver_sql(
            "UPDATE clip_versions SET video_url = "  # noqa: S608 - an id
            f"'/video-clips/{job_id}/clip_0_v' || version_number || '.mp4'"
        )


def test_an_archive_takes_the_place_of_the_footage(store: Store) -> None:
    job_id = old(store)
    own(store, job_id)
    whole = footage(store, job_id)
    store.retention.expect("archive.mp4", now=NOW)
    assert left(store) == {"archive.mp4"}

    assert archive(store, job_id)

    (row,) = (row for row in store.versions.of_clip(job_id, 0) if row.number == 2)
    assert (row.footage_state, row.footage_url, row.video_url) == (ARCHIVED, "archive.mp4", whole)
    assert left(store) == {whole}
    assert store.retention.leftovers(NOW - HOUR) == []
    assert not archive(store, job_id), "once is enough"
    store.retention.settle(whole)
    assert left(store) == set()


def test_an_archive_that_nobody_expects_is_not_taken(store: Store) -> None:
    """It may be deleted at any moment, or is already."""
    job_id = old(store)
    assert not archive(store, job_id)
    store.retention.expect("archive.mp4", now=NOW - HOUR)
    assert not archive(store, job_id)
    assert state(store, job_id) is KEPT
    assert left(store) == {"archive.mp4"}


def test_what_was_expected_in_vain_is_left_over(store: Store) -> None:
    job_id = old(store)
    store.retention.expect("archive.mp4", now=NOW)

    assert not archive(store, job_id, number=3)

    assert state(store, job_id, 3) is KEPT
    assert left(store) == {"archive.mp4"}


def test_deleted_footage_is_left_over_and_its_row_stays(store: Store) -> None:
    job_id = old(store)
    own(store, job_id)
    whole = footage(store, job_id)

    assert store.retention.delete(job_id, 0, 2, current=3, now=NOW)

    assert state(store, job_id) is DELETED
    assert left(store) == {whole}
    assert not store.retention.delete(job_id, 0, 2, current=3, now=NOW)
    counts = store.retention.counts()
    assert (counts.archived, counts.deleted, counts.leftovers) == (0, 1, 1)
    assert counts.oldest_leftover == NOW


@pytest.mark.parametrize(("number", "current"), [(1, 3), (3, 3), (2, 1)])
def test_what_the_film_needs_or_has_moved_stays(store: Store, number: int, current: int) -> None:
    job_id = old(store)

    assert not store.retention.delete(job_id, 0, number, current=current, now=NOW)

    assert state(store, job_id, number) is KEPT
    assert left(store) == set()


def test_what_an_edit_needs_stays(store: Store) -> None:
    job_id = old(store)
    id_ = running(store, job_id, 0)
    assert store.retention.wanted(job_id, now=NOW).busy == {0}
    assert store.retention.wanted(job_id, now=NOW).bases == {(0, 1)}
    assert not store.retention.delete(job_id, 0, 2, current=3, now=NOW)
    with pytest.raises(ClipBusy):
        store.retention.delete_asked(job_id, 0, 2, now=NOW)

    store.regenerations.end(outcome(id_), now=NOW)
    assert store.retention.delete(job_id, 0, 2, current=3, now=NOW)


def test_what_an_edit_that_needs_attention_began_with_stays(store: Store) -> None:
    job_id = old(store)
    (row,) = submit(store, edit(job_id, 0))
    store.regenerations.start(row.id, base_number=2, original_prompt="lanterns", now=NOW)
    store.regenerations.end(outcome(row.id, RegenerationStatus.NEEDS_ATTENTION), now=NOW)

    wanted = store.retention.wanted(job_id, now=NOW)
    assert not wanted.busy
    assert wanted.bases == {(0, 2)}
    assert not store.retention.delete(job_id, 0, 2, current=3, now=NOW)
    with pytest.raises(FootageNeeded, match="needs attention"):
        store.retention.delete_asked(job_id, 0, 2, now=NOW)


def test_a_price_that_stands_keeps_its_clips(store: Store) -> None:
    job_id = old(store)
    given = quote(job_id, ceiling=1)
    store.quotes.add(given, PLAN, "")
    clips = {clip.clip_index for clip in given.clips}

    assert store.retention.wanted(job_id, now=NOW).busy == clips
    assert store.retention.wanted(job_id, now=given.expires_at).busy == frozenset()


def test_a_person_may_not_delete_what_the_film_needs(store: Store) -> None:
    job_id = old(store)
    for number, why in ((1, "original"), (3, "The film uses version 3 of clip 1")):
        with pytest.raises(FootageNeeded, match=why):
            store.retention.delete_asked(job_id, 0, number, now=NOW)
    with pytest.raises(VersionNotFound):
        store.retention.delete_asked(job_id, 0, 9, now=NOW)

    store.retention.delete_asked(job_id, 0, 2, now=NOW)
    store.retention.delete_asked(job_id, 0, 2, now=NOW + DAY)
    assert state(store, job_id) is DELETED


def test_a_file_of_two_versions_is_never_left_over(store: Store) -> None:
    job_id = old(store)
    own(store, job_id)
    with store.jobs.engine.begin() as connection:
        connection.exec_driver_sql(
            f"UPDATE clip_versions SET video_url = '/video-clips/{job_id}/clip_0_v2.mp4'"  # noqa: S608 - an id
        )

    assert store.retention.delete(job_id, 0, 2, current=3, now=NOW)

    assert left(store) == set()
    # Not even where it was noted for another reason.
    store.retention.expect(f"/video-clips/{job_id}/clip_0_v2.mp4", now=NOW)
    assert left(store) == set()


def test_only_jobs_with_later_versions_are_looked_at(store: Store) -> None:
    job(store)
    job_id = old(store)
    assert set(store.retention.owners()) == {job_id}

    for number in (2, 3):
        store.retention.delete(job_id, 0, number, current=1, now=NOW)
    assert set(store.retention.owners()) == {job_id}


def test_a_job_that_goes_takes_its_leftovers_along(store: Store) -> None:
    job_id, other = old(store), old(store)
    for each in (job_id, other):
        own(store, each)
    store.retention.expect(f"/video-clips/{job_id}/clip_0_v2_archive_1.mp4", now=NOW)
    assert archive(store, job_id, f"/video-clips/{job_id}/clip_0_v2_archive_1.mp4")
    store.retention.expect(f"/video-clips/{other}/x.mp4", now=NOW)

    files = store.jobs.delete(job_id)

    assert f"/video-clips/{job_id}/clip_0_v2_archive_1.mp4" in files
    assert left(store) == {f"/video-clips/{other}/x.mp4"}


def test_the_film_takes_no_footage_that_moved_since(store: Store) -> None:
    job_id = old(store)
    seen = footage(store, job_id)
    store.retention.expect("archive.mp4", now=NOW)
    assert archive(store, job_id)

    def restore(url: str | None) -> None:
        store.history.restore(
            job_id,
            change=Change(0, 3, 2),
            label="back",
            composition=film("back"),
            film_url=FILM_URL,
            message="",
            now=NOW,
            footage={0: url},
        )

    with pytest.raises(FilmMoved):
        restore(seen)
    assert store.versions.current(job_id) == {0: 3}
    restore("archive.mp4")
    assert store.versions.current(job_id) == {0: 2}


def test_of_many_who_archive_one_does_and_the_others_archives_are_left_over(store: Store) -> None:
    job_id = old(store)
    own(store, job_id)
    whole = footage(store, job_id)

    def work(number: int) -> bool:
        store.retention.expect(f"{number}.mp4", now=NOW)
        return archive(store, job_id, f"{number}.mp4")

    results = at_once(work)

    assert results.count(True) == 1
    assert len(left(store)) >= 1
    assert whole in left(store)
    (row,) = (row for row in store.versions.of_clip(job_id, 0) if row.number == 2)
    assert row.archived_url not in left(store)


def test_a_version_is_either_deleted_or_current(store: Store) -> None:
    job_id = old(store)

    def work(number: int) -> object:
        if number % 2:
            return store.retention.delete(job_id, 0, 2, current=3, now=NOW)
        return store.history.restore(
            job_id,
            change=Change(0, 3, 2),
            label="back",
            composition=film("back"),
            film_url=FILM_URL,
            message="",
            now=NOW,
            footage={0: footage(store, job_id)},
        )

    at_once(work)

    is_current = store.versions.current(job_id) == {0: 2}
    assert is_current == (state(store, job_id) is KEPT)


def test_a_chore_is_done_by_one_of_many_once_a_day(store: Store) -> None:
    def claim(number: int, hours: float) -> bool:
        now = NOW + timedelta(hours=hours)
        return store.chores.claim("x", str(number), every=DAY, lease=HOUR, now=now)

    assert store.chores.get("x") is None
    results = at_once(lambda number: claim(number, 0))
    assert (results.count(True), results.count(False)) == (1, THREADS - 1)
    holder = str(results.index(True))
    store.chores.end("x", holder, now=NOW)
    found = store.chores.get("x")
    assert found
    assert (found.began_at, found.ended_at) == (NOW, NOW)
    assert not claim(THREADS, 23.9)
    assert claim(THREADS, 24)
    assert not store.chores.keep("x", holder, now=NOW)


def test_a_chore_whose_holder_is_silent_goes_to_another(store: Store) -> None:
    first, second = uuid4().hex, uuid4().hex

    def claim(holder: str, minutes: int) -> bool:
        now = NOW + timedelta(minutes=minutes)
        return store.chores.claim("x", holder, every=DAY, lease=HOUR, now=now)

    assert claim(first, 0)
    assert store.chores.keep("x", first, now=NOW + timedelta(minutes=30))
    assert not claim(second, 60)
    assert claim(second, 90)
    assert not store.chores.keep("x", first, now=NOW)
    store.chores.end("x", first, now=NOW)
    found = store.chores.get("x")
    assert found
    assert found.ended_at is None
