"""What holds when many do the same at once, on both databases."""

from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

from clipbot.errors import ClipBusy, ConflictError, QuoteSpent
from clipbot.store import database, states
from clipbot.store.database import writing
from clipbot.store.records import RegenerationStatus
from clipbot.store.store import Store
from tests.postgres import engine_on
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
    publication,
    quote,
    running,
    submit,
)


def test_one_clip_is_given_to_exactly_one(store: Store) -> None:
    job_id = job(store)

    results = at_once(lambda _: submit(store, edit(job_id, 3)))

    assert results.count(ClipBusy) == THREADS - 1


def test_one_quote_is_spent_by_exactly_one(store: Store) -> None:
    job_id = job(store)
    given = quote(job_id, ceiling=1)
    store.quotes.add(given, PLAN, "")

    results = at_once(
        lambda number: submit(store, edit(job_id, number, ceiling=1), quote_id=given.id)
    )

    assert results.count(QuoteSpent) == THREADS - 1


def test_who_freezes_while_holding_a_job_lets_go_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "_FROZEN_MS", 100)
    with engine_on("postgres", tmp_path) as engine:
        job_id = job(Store.on(engine))

        def freeze() -> None:
            with writing(engine) as frozen:
                states.lock(frozen, job_id)
                with writing(engine) as other:
                    states.lock(other, job_id)
                    states.change(other, job_id, last_event=7)
                states.change(frozen, job_id, last_event=1)

        with pytest.raises(DBAPIError, match="idle-in-transaction timeout"):
            freeze()

        with writing(engine) as session:
            assert states.lock(session, job_id).last_event == 7


def test_publishing_from_everywhere_writes_once(store: Store) -> None:
    job_id = job(store)
    id_ = running(store, job_id, ceiling=1_000_000)

    results = at_once(
        lambda _: store.regenerations.publish(publication(id_, cost=700_000), now=NOW)
    )

    assert Counter(record.status for record in results) == {RegenerationStatus.COMPLETED: THREADS}
    assert [version.number for version in store.versions.of_clip(job_id, 0)] == [1, 2]
    assert store.jobs.get(job_id).spent_micros == 2_200_000
    assert len(store.history.cursor(job_id).entries) == 1
    assert store.books.problems() == []


def test_publishing_and_failing_at_once_ends_one_way(store: Store) -> None:
    job_id = job(store)
    id_ = running(store, job_id, ceiling=1_000_000)

    def finish(number: int) -> RegenerationStatus:
        if number % 2:
            return store.regenerations.publish(publication(id_, cost=5), now=NOW).status
        return store.regenerations.end(outcome(id_, cost=5), now=NOW).status

    assert len(set(at_once(finish))) == 1
    assert store.jobs.get(job_id).spent_micros == 1_500_005
    assert store.books.problems() == []


def test_edits_of_different_clips_publish_side_by_side(store: Store) -> None:
    job_id = job(store)
    ids = [running(store, job_id, clip, ceiling=10_000) for clip in range(8)]

    at_once(
        lambda number: store.regenerations.publish(
            publication(ids[number], fingerprint=f"film {number}", cost=10_000), now=NOW
        ),
        threads=8,
    )

    found = store.jobs.get(job_id)
    assert store.versions.current(job_id) == dict.fromkeys(range(8), 2)
    assert (found.edit_position, found.spent_micros) == (8, 1_580_000)
    assert found.total_cost_micros == 1_580_000
    entries = store.history.cursor(job_id).entries
    assert [entry.position for entry in entries] == list(range(1, 9))
    numbers = {store.compositions.get(job_id, number).fingerprint for number in range(1, 9)}
    assert len(numbers) == 8
    assert store.books.problems() == []


def test_event_ids_rise_without_gaps_under_threads(store: Store) -> None:
    one, other = job(store), job(store)
    ids = [running(store, job_id, clip) for job_id in (one, other) for clip in range(4)]

    def tell(number: int) -> None:
        for progress in range(5):
            store.regenerations.progress(
                ids[number], name="video_generating", progress=progress, message=""
            )

    at_once(tell, threads=8)

    for job_id in (one, other):
        assert [event.id for event in store.events.after(job_id, 0)] == list(range(1, 25))


def test_a_reader_that_follows_never_misses_an_event(store: Store) -> None:
    """An id that became visible before a smaller one would be skipped for ever."""
    job_id = job(store)
    ids = [running(store, job_id, clip) for clip in range(4)]
    seen: list[int] = []

    def work(number: int) -> None:
        if number < 4:
            for _ in range(8):
                store.regenerations.progress(ids[number], name="x", progress=1, message="")
            return
        while len(seen) < 36:
            news = store.events.after(job_id, seen[-1] if seen else 0)
            seen.extend(event.id for event in news)

    at_once(work, threads=5)

    assert seen == list(range(1, 37))


def test_a_double_click_on_undo_takes_one_step(store: Store) -> None:
    job_id = job(store)
    edited(store, job_id, 0)
    edited(store, job_id, 1)
    way = store.history.cursor(job_id).way(1)

    results = at_once(
        lambda _: store.history.move(
            job_id,
            way=way,
            composition=film("undone"),
            film_url=FILM_URL,
            event="film_changed",
            message="",
            now=NOW,
        ),
        threads=6,
    )

    assert results.count(ConflictError) == 5
    assert store.history.cursor(job_id).position == 1


def test_films_made_at_once_get_a_number_each_and_equal_ones_share_it(store: Store) -> None:
    job_id = job(store)

    results = at_once(
        lambda number: (
            store.compositions.add(
                job_id, film(f"film {number % 4}"), film_url=FILM_URL, now=NOW
            ).number
        )
    )

    assert Counter(results) == dict.fromkeys((1, 2, 3, 4), 4)


def test_one_format_is_decided(store: Store) -> None:
    job_id = job(store)

    at_once(lambda number: store.jobs.set_format(job_id, number, number, Fraction(24)), threads=8)

    width, height, _ = store.jobs.format(job_id) or (0, 1, 0)
    assert width == height


def test_no_two_submissions_and_publications_wait_for_each_other(store: Store) -> None:
    """A deadlock would end as an error of the database, not as a refusal."""
    jobs = [job(store) for _ in range(2)]

    def edit_all(number: int) -> None:
        for clip in range(3):
            job_id = jobs[(number + clip) % 2]
            (record,) = submit(store, edit(job_id, number * 10 + clip, ceiling=10))
            store.regenerations.progress(record.id, name="x", progress=1, message="")
            given = publication(record.id, fingerprint=f"{number}.{clip}", cost=10)
            store.regenerations.publish(given, now=NOW)
            store.jobs.get(job_id)

    assert at_once(edit_all, threads=6) == [None] * 6
    assert sum(store.jobs.get(job_id).edit_position for job_id in jobs) == 18
    assert store.books.problems() == []
