"""What the pipeline made is reviewed like what we made, on each database, and by nothing else."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Column, MetaData, Table, func, select
from sqlmodel import SQLModel

from clipbot.domain.reviews import Judged, Mark
from clipbot.errors import RegenerationNotFound
from clipbot.store.database import reading, writing
from clipbot.store.records import NewMark, RegenerationStatus, ReviewedEdit, Wanted
from clipbot.store.store import Store
from tests.unit.store.given import NOW, complete, edited, job, outcome, running

ADA = UUID(int=1)
EVERYTHING = Wanted()
DAY = timedelta(days=1)


def found(store: Store, job_id: UUID, wanted: Wanted = EVERYTHING, **given: Any) -> list[UUID]:
    return [each.id for each in edits(store, job_id, wanted, **given)]


def edits(
    store: Store, job_id: UUID, wanted: Wanted = EVERYTHING, **given: Any
) -> list[ReviewedEdit]:
    seen = store.reviews.found(job_id, wanted, **{"reviewer_id": ADA, **given})
    return [each.regeneration for each in seen]


def row(job_id: UUID, clip: int = 0, **values: Any) -> dict[str, Any]:
    return {
        "id": str(uuid4()),
        "job_id": str(job_id),
        "clip_index": clip,
        "original_prompt": "lanterns",
        "modified_prompt": "lanterns in the rain",
        "user_instruction": "let it rain",
        "conversation_history": None,
        "cost": "0.5655",
        "status": "completed",
        "created_at": (NOW - DAY).isoformat(),
        **values,
    }


def made(store: Store, *rows: dict[str, Any]) -> list[UUID]:
    """Write rows as the pipeline does, and return their ids."""
    store.jobs.insert({"clip_regenerations": rows})
    return [UUID(each["id"]) for each in rows]


def say(store: Store, job_id: UUID, id_: UUID, mark: Mark, note: str = "") -> None:
    new = NewMark(job_id, id_, ADA, "ada@example.com", mark, note)
    store.reviews.mark(new, now=NOW)


def everything(store: Store) -> dict[str, int]:
    """Return how many rows each table has."""
    with reading(store.jobs.engine) as session:
        return {
            name: int(session.execute(select(func.count()).select_from(table)).scalar_one())
            for name, table in SQLModel.metadata.tables.items()
        }


@pytest.fixture(name="unguarded")
def fixture_unguarded(store: Store) -> Iterator[Store]:
    """A store in which the pipeline's table takes what its database would refuse."""
    table = SQLModel.metadata.tables["clip_regenerations"]
    bare = Table(table.name, MetaData(), *(Column(each.name, each.type) for each in table.c))
    _replace(store, table, bare)
    yield store
    _replace(store, bare, table)


def _replace(store: Store, old: Table, new: Table) -> None:
    # The database serves the next tests, too.
    with writing(store.jobs.engine) as session:
        old.drop(session.connection())
        new.create(session.connection())


def test_what_the_pipeline_made_stands_between_ours_by_its_time(store: Store) -> None:
    of = job(store)
    before, after = made(store, row(of), row(of, 1, created_at=(NOW + DAY).isoformat()))
    made(store, row(job(store)))
    ours = edited(store, of)
    failed = running(store, of, 2)
    store.regenerations.end(outcome(failed), now=NOW)

    assert found(store, of)[0] == after
    assert found(store, of)[-1] == before
    assert set(found(store, of)) == {before, after, ours, failed}
    assert found(store, of, before=after) == found(store, of)[1:]
    (theirs,) = edits(store, of, Wanted(until=NOW))
    assert (theirs.id, theirs.is_by_pipeline, theirs.clip_index) == (before, True, 0)
    assert (theirs.instruction, theirs.original_prompt) == ("let it rain", "lanterns")
    assert (theirs.prompt, theirs.cost_micros) == ("lanterns in the rain", 565_500)
    assert (theirs.status, theirs.progress) == (RegenerationStatus.COMPLETED, 100)
    assert theirs.created_at == NOW - DAY
    unknown = (theirs.renderer, theirs.seed, theirs.temperature, theirs.estimate_micros)
    assert unknown == (None, None, None, None)
    assert not next(each for each in edits(store, of) if each.id == ours).is_by_pipeline


def test_it_is_looked_for_and_counted_like_ours(store: Store) -> None:
    of = job(store)
    rain, broken = made(
        store,
        row(of, user_instruction="LET it rain in der Straße"),
        row(of, 1, status="failed", cost=0, created_at=(NOW - 2 * DAY).isoformat()),
    )
    ours = edited(store, of)

    for wanted, ids in (
        (Wanted(clip_index=1), [broken]),
        (Wanted(status=RegenerationStatus.FAILED), [broken]),
        (Wanted(status=RegenerationStatus.COMPLETED), [ours, rain]),
        (Wanted(text="let IT rain in der strasse"), [rain]),
        (Wanted(text="lanterns in the RAIN"), [rain, broken]),
        (Wanted(since=NOW - DAY, until=NOW), [rain]),
        (Wanted(since=NOW), [ours]),
        (Wanted(verdict=Judged.NONE), [ours, rain, broken]),
        (Wanted(verdict=Judged.PASSED), []),
        (Wanted(mark=Mark.NONE), [ours, rain, broken]),
        (Wanted(renderer="local"), [ours]),
    ):
        assert found(store, of, wanted) == ids, wanted
    counts = store.reviews.counts(of, reviewer_id=ADA)
    assert (counts.total, counts.cost_micros) == (3, 565_500)
    assert counts.statuses == {RegenerationStatus.COMPLETED: 2, RegenerationStatus.FAILED: 1}
    assert (counts.verdicts, counts.renderers) == ({Judged.NONE: 3}, {"local": 1})
    assert counts.marks == {Mark.NONE: 3}


def test_it_is_marked_like_ours_and_the_mark_goes_with_the_job(store: Store) -> None:
    of = job(store)
    (id_,) = made(store, row(of))
    say(store, of, id_, Mark.REJECT, "Too wet.")
    say(store, of, id_, Mark.REJECT, "Too wet.")

    seen = store.reviews.get(of, id_)
    assert [(mark.mark, mark.note) for mark in seen.marks] == [(Mark.REJECT, "Too wet.")]
    assert found(store, of, Wanted(mark=Mark.REJECT)) == [id_]
    assert found(store, of, Wanted(text="too WET")) == [id_]
    assert store.reviews.counts(of, reviewer_id=None).marks == {Mark.REJECT: 1}
    for job_id in (job(store), uuid4()):
        with pytest.raises(RegenerationNotFound):
            store.reviews.get(job_id, id_)
    with pytest.raises(RegenerationNotFound):
        say(store, job(store), id_, Mark.ACCEPT)

    store.jobs.delete(of)
    assert everything(store)["review_marks"] == 0


def test_more_than_a_batch_is_found_each_once_in_order(store: Store) -> None:
    """Many have one time, as rows that were brought over have; some have none at all."""
    of = job(store)
    times = [None, NOW.isoformat(), (NOW - DAY).isoformat()]
    made(store, *(row(of, number % 4, created_at=times[number % 3]) for number in range(205)))
    for number in range(30):
        store.regenerations.end(outcome(running(store, of, number % 4)), now=NOW)

    whole = found(store, of)
    assert len(whole) == len(set(whole)) == 235
    assert found(store, of, before=whole[149]) == whole[150:]
    last = edits(store, of)[-69:]
    assert [each.created_at for each in last] == [None] * 69
    assert set(found(store, of, Wanted(since=datetime.min.replace(tzinfo=NOW.tzinfo)))) == set(
        whole[:-69]
    )
    assert [each.id for each in store.reviews.by_pipeline(of, {3})] == [
        each.id for each in edits(store, of, Wanted(clip_index=3)) if each.is_by_pipeline
    ]


def test_a_time_that_the_database_wrote_is_passed_once(store: Store) -> None:
    """SQLite writes its own times without fractions, so that they compare as other texts."""
    of = job(store)
    rows = [row(of, number) for number in range(3)]
    for each in rows:
        del each["created_at"]
    ids = made(store, *rows)

    whole = found(store, of)
    assert sorted(whole) == sorted(ids)
    assert found(store, of, before=whole[0]) == whole[1:]
    assert found(store, of, before=whole[2]) == []


def test_looking_and_marking_touch_neither_queue_nor_money(store: Store) -> None:
    of = job(store)
    (id_, _) = made(store, row(of), row(of, 1, status="failed"))
    before = everything(store)
    found(store, of)
    store.reviews.counts(of, reviewer_id=ADA)
    store.reviews.by_pipeline(of, {0, 1})
    assert everything(store) == before

    say(store, of, id_, Mark.ACCEPT)
    changed = {name for name, count in everything(store).items() if count != before[name]}
    assert changed <= {"review_marks", "job_states"}
    assert store.regenerations.of_job(of) == []
    assert store.books.problems() == []


def test_the_rows_of_the_complete_job_are_found(store: Store) -> None:
    store.jobs.insert({"jobs": complete()["jobs"]})
    rows = complete()["clip_regenerations"]
    store.jobs.insert({"clip_regenerations": rows})

    of = UUID(rows[0]["job_id"])
    assert found(store, of) == [UUID(each["id"]) for each in reversed(rows)]
    assert store.reviews.counts(of, reviewer_id=None).cost_micros == 1_691_000


@pytest.mark.parametrize(
    ("values", "status", "micros"),
    [
        ({"status": "exploded"}, None, 565_500),
        ({"status": None}, None, 565_500),
        ({"status": "needs_attention"}, None, 565_500),
        ({"status": "processing"}, RegenerationStatus.PROCESSING, 565_500),
        ({"cost": None}, RegenerationStatus.COMPLETED, None),
        ({"cost": "-1"}, RegenerationStatus.COMPLETED, None),
        ({"cost": "NaN"}, RegenerationStatus.COMPLETED, None),
        ({"user_instruction": None}, RegenerationStatus.COMPLETED, 565_500),
        ({"user_instruction": "\u202e\x07 \udc80\0"}, RegenerationStatus.COMPLETED, 565_500),
        ({"original_prompt": None, "modified_prompt": None}, RegenerationStatus.COMPLETED, 565_500),
        ({"modified_prompt": "x" * 1_000_000}, RegenerationStatus.COMPLETED, 565_500),
    ],
)
def test_damaged_rows_are_shown_as_far_as_they_can_be(
    unguarded: Store, values: dict[str, Any], status: RegenerationStatus | None, micros: int | None
) -> None:
    store = unguarded
    of = job(store)
    (id_,) = made(store, row(of, **values))

    (edit,) = edits(store, of)
    assert (edit.id, edit.status, edit.cost_micros) == (id_, status, micros)
    assert isinstance(edit.instruction, str)
    assert not edit.is_open
    counts = store.reviews.counts(of, reviewer_id=ADA)
    assert (counts.total, counts.cost_micros) == (1, micros or 0)
    assert counts.statuses == ({status: 1} if status else {})
    assert found(store, of, Wanted(text="nowhere")) == []


def test_a_row_about_no_clip_is_left_out(unguarded: Store) -> None:
    of = job(unguarded)
    made(unguarded, row(of, -1))
    (far,) = made(unguarded, row(of, 999))
    assert found(unguarded, of) == [far]
