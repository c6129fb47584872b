"""Footage, workers and books."""

from collections.abc import Iterator
from datetime import timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from sqlalchemy import Engine, text, update
from sqlmodel import col

from clipbot.domain.measures import Measures
from clipbot.errors import BlobConflict
from clipbot.store.database import connect, is_postgres
from clipbot.store.migrate import migrate
from clipbot.store.records import FootageRecord
from clipbot.store.store import Store
from clipbot.store.tables import WorkerRow
from tests.unit.store.given import NOW, edited, job, publication, running

CLIP = FootageRecord("clips/a.mp4", "abc", 5_000_000_000, 288, Fraction(30000, 1001), 1280, 720)
MEASURES = Measures(luma=0.25, saturation=0.5, warmth=-0.125, motion=0.03)


def measured(digest: str = "abc", measures: Measures | None = MEASURES) -> FootageRecord:
    return FootageRecord(
        CLIP.key, digest, CLIP.size_bytes, CLIP.frames, CLIP.rate, 1280, 720, measures
    )


def test_footage_comes_back_exactly(store: Store) -> None:
    store.footage.put(CLIP)

    assert store.footage.get(CLIP.key) == CLIP
    assert store.footage.get("clips/b.mp4") is None


def test_measures_are_added_later_and_never_lost(store: Store) -> None:
    store.footage.put(CLIP)
    store.footage.put(measured())
    store.footage.put(CLIP)

    assert store.footage.get(CLIP.key) == measured()

    better = Measures(0.5, 0.5, 0.5, 0.5)
    store.footage.put(measured(measures=better))
    assert store.footage.get(CLIP.key) == measured(measures=better)


@pytest.mark.parametrize("measures", [None, MEASURES])
def test_a_key_never_gets_other_bytes(store: Store, measures: Measures | None) -> None:
    store.footage.put(CLIP)

    with pytest.raises(BlobConflict):
        store.footage.put(measured("other", measures))

    assert store.footage.get(CLIP.key) == CLIP


def test_a_file_that_came_to_nothing_is_forgotten_once(store: Store) -> None:
    store.footage.put(CLIP)

    assert store.footage.forget(CLIP.key) is True
    assert store.footage.forget(CLIP.key) is False
    store.footage.put(measured("other"))


def test_many_files_are_found_at_once_and_unknown_ones_are_absent(store: Store) -> None:
    store.footage.put(CLIP)
    keys = [f"clips/{number}.mp4" for number in range(1_200)]

    assert store.footage.many([*keys, CLIP.key, CLIP.key]) == {CLIP.key: CLIP}
    assert store.footage.many([]) == {}


def test_a_worker_is_alive_while_it_beats(store: Store, engine: Engine) -> None:
    store.workers.beat("host-a")
    store.workers.beat("host-b")
    store.workers.beat("host-a")
    assert store.workers.alive(within_seconds=30) == {"host-a", "host-b"}

    silent_since(engine, "host-b", timedelta(seconds=60))

    assert store.workers.alive(within_seconds=30) == {"host-a"}
    assert store.workers.alive(within_seconds=300) == {"host-a", "host-b"}


def test_a_worker_that_was_silent_for_a_day_is_forgotten(store: Store, engine: Engine) -> None:
    store.workers.beat("host-b")
    silent_since(engine, "host-b", timedelta(days=2))

    store.workers.beat("host-a")

    assert store.workers.alive(within_seconds=10**6) == {"host-a"}


def silent_since(engine: Engine, executor_id: str, silence: timedelta) -> None:
    of_worker = col(WorkerRow.executor_id) == executor_id
    with engine.begin() as connection:
        beat = connection.execute(WorkerRow.__table__.select().where(of_worker)).one().beat  # type: ignore[attr-defined]
        connection.execute(update(WorkerRow).where(of_worker).values(beat=beat - silence))


def test_how_long_each_process_was_silent_is_told_until_it_leaves(
    store: Store, engine: Engine
) -> None:
    for name in ("worker-a", "worker-b", "worker-c"):
        store.workers.beat(name)
    silent_since(engine, "worker-b", timedelta(seconds=20))
    silent_since(engine, "worker-c", timedelta(seconds=90))

    silences = store.workers.silences(within_seconds=60)
    assert sorted(silences) == ["worker-a", "worker-b"]
    assert silences["worker-b"] - silences["worker-a"] == pytest.approx(20, abs=5)

    store.workers.leave("worker-b")
    store.workers.leave("worker-b")
    assert store.workers.alive(within_seconds=60) == {"worker-a"}


def test_one_leads_at_a_time(store: Store, engine: Engine) -> None:
    with store.workers.try_lead() as first, store.workers.try_lead() as second:
        assert first is True
        # On SQLite the file lock of the executor decides before anybody gets here.
        assert second is not is_postgres(engine)
    with store.workers.try_lead() as again:
        assert again is True


def test_a_leader_that_stumbles_gives_the_lead_back(store: Store) -> None:
    def stumble() -> None:
        with store.workers.try_lead():
            raise RuntimeError("stumbled")

    with pytest.raises(RuntimeError):
        stumble()

    with store.workers.try_lead() as leads:
        assert leads is True


@pytest.fixture
def book_engine(tmp_path: Path) -> Iterator[Engine]:
    engine = connect(f"sqlite:///{tmp_path}/books.db")
    migrate(engine)
    yield engine
    engine.dispose()


@pytest.mark.parametrize(
    ("tampering", "sentence"),
    [
        (
            "UPDATE job_funds SET spent_micros = spent_micros + 20000 WHERE reserved_micros > 0",
            "spent is $1.52, but should be $1.50.",
        ),
        (
            "UPDATE job_funds SET reserved_micros = 0",
            "reserved is $0.00, but should be $0.50.",
        ),
        (
            "DELETE FROM ledger WHERE kind = 'settle'",
            "spent is $2.30, but should be $1.50.",
        ),
        (
            "UPDATE regenerations SET status = 'failed'",
            "set aside for open edits is $0.50, but should be $0.00.",
        ),
    ],
)
def test_books_that_do_not_add_up_are_told(
    book_engine: Engine, tampering: str, sentence: str
) -> None:
    store = Store.on(book_engine)
    job_id = job(store)
    running(store, job_id, ceiling=500_000)
    if "settle" in tampering:
        id_ = running(store, job_id, 1, ceiling=800_000)
        store.regenerations.publish(publication(id_, cost=800_000), now=NOW)
    edited(store, job(store))
    assert store.books.problems() == []

    with book_engine.begin() as connection:
        connection.execute(text(tampering))

    of_jobs = [problem for problem in store.books.problems() if problem.startswith("Job")]
    assert of_jobs == [f"Job {job_id}: {sentence}"]
