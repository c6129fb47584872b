from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any
from uuid import UUID, uuid4

import pytest

from clipbot.domain.money import Funds
from clipbot.errors import JobNotFound
from clipbot.store.jobs import RELEASED
from clipbot.store.records import JobStatus
from clipbot.store.store import Store
from tests.unit.store.given import (
    BUDGET,
    NOW,
    USER,
    complete,
    edit,
    film,
    job,
    outcome,
    running,
    submit,
    variant,
)

COMPLETE = UUID("d17b4d62-af67-57d5-b91d-2c4a9a4bafcc")
MARA = UUID("40e46376-7a5c-53e1-9d2d-a736996f56d0")


def test_the_complete_job_is_read_as_stored(store: Store) -> None:
    store.jobs.insert(complete())

    found = store.jobs.get(COMPLETE)

    assert (found.user_id, found.status, found.progress) == (MARA, JobStatus.COMPLETED, 100)
    assert (found.total_cost_micros, found.spent_micros, found.reserved_micros) == (
        11_150_000,
        11_150_000,
        0,
    )
    assert (found.video_model, found.aspect_ratio) == ("kling_v25_turbo", "16:9")
    assert found.created_at == datetime(2025, 11, 20, 10, tzinfo=UTC)
    assert (found.composition, found.last_event_id, found.edit_position) == (None, 0, 0)


def test_stages_come_oldest_first_with_their_metadata(store: Store) -> None:
    store.jobs.insert(complete())

    found = store.jobs.stages(COMPLETE)

    assert [stage.stage_name for stage in found] == [
        "audio_parser",
        "scene_planner",
        "reference_generator",
        "prompt_generator",
        "video_generator",
        "composer",
    ]
    assert [stage.metadata for stage in found] == [
        row["metadata"] for row in complete()["job_stages"]
    ]
    assert found[-1].status == "processing"


def test_thumbnails_are_found_by_clip(store: Store) -> None:
    store.jobs.insert(variant("v06")["rows"])
    (job_id,) = [found.id for found in store.jobs.list(user_id=None)]

    assert sorted(store.jobs.thumbnails(job_id)) == [0, 1, 3, 5]


def test_inserting_twice_leaves_the_first_rows_alone(store: Store) -> None:
    store.jobs.insert(complete())
    (row,) = complete()["jobs"]
    store.jobs.insert({"jobs": [{**row, "status": "failed"}]})
    store.jobs.insert(complete())

    assert store.jobs.get(COMPLETE).status is JobStatus.COMPLETED
    assert len(store.jobs.stages(COMPLETE)) == 6
    assert len(store.versions.all(COMPLETE)) == 5


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ({"users": [{"id": 1}]}, "not tables of the pipeline: users"),
        ({"regenerations": []}, "not tables of the pipeline: regenerations"),
        ({"jobs": [{"colour": "red"}]}, "jobs has no column colour"),
    ],
)
def test_rows_that_do_not_fit_are_refused(store: Store, rows: Any, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        store.jobs.insert(rows)


def test_one_row_that_does_not_fit_keeps_all_others_out(store: Store) -> None:
    with pytest.raises(ValueError, match="no column"):
        store.jobs.insert({**complete(), "clip_versions": [{"take": 1}]})

    assert store.jobs.list(user_id=None) == []


def test_jobs_are_listed_newest_first_per_user(store: Store) -> None:
    old = job(store, created_at="2026-01-01T00:00:00+00:00")
    new = job(store, created_at="2026-02-01T00:00:00+00:00")
    other = job(store, user_id=str(uuid4()), created_at="2026-03-01T00:00:00+00:00")

    assert [found.id for found in store.jobs.list(user_id=USER)] == [new, old]
    assert [found.id for found in store.jobs.list(user_id=None)] == [other, new, old]
    assert [found.id for found in store.jobs.list(user_id=None, limit=1, offset=1)] == [new]
    assert store.jobs.list(user_id=uuid4()) == []


def test_an_unknown_job_is_said_to_be_unknown(store: Store) -> None:
    with pytest.raises(JobNotFound):
        store.jobs.get(uuid4())
    with pytest.raises(JobNotFound):
        store.jobs.funds(uuid4(), BUDGET)
    with pytest.raises(JobNotFound):
        store.jobs.set_format(uuid4(), 1280, 720, Fraction(24))
    with pytest.raises(JobNotFound):
        store.messages.add(uuid4(), role="user", content="hello", now=NOW)
    with pytest.raises(JobNotFound):
        store.compositions.add(uuid4(), film(), film_url="f", now=NOW)
    with pytest.raises(JobNotFound):
        submit(store, edit(uuid4()))
    assert store.jobs.stages(uuid4()) == []
    assert store.jobs.format(uuid4()) is None


@pytest.mark.parametrize(
    ("prefix", "places"),
    [
        ("a1b2c3d4", [0, 1]),
        ("A1B2C3D4-0000-4000-8000-000000000001", [0]),
        ("a1b2c3d400004000800000000000000", [0, 1]),
        ("a1b2c3d4-0000-4000-8000-00000000000", [0, 1]),
        ("ff", [2]),
        ("ab", []),
        ("", [0, 1]),
        ("sample", []),
        ("a1b2%", []),
        ("0" * 33, []),
    ],
)
def test_jobs_are_found_by_the_beginning_of_their_id(
    store: Store, prefix: str, places: list[int]
) -> None:
    ids = [
        UUID("a1b2c3d4-0000-4000-8000-000000000001"),
        UUID("a1b2c3d4-0000-4000-8000-000000000002"),
        UUID("ffffffff-ffff-4fff-bfff-ffffffffffff"),
    ]
    for id_ in ids:
        job(store, id=id_)

    assert store.jobs.find(prefix) == [ids[place] for place in places]


def test_only_the_first_format_counts(store: Store) -> None:
    job_id = job(store)
    assert store.jobs.format(job_id) is None

    store.jobs.set_format(job_id, 1080, 1920, Fraction(24000, 1001))
    store.jobs.set_format(job_id, 1280, 720, Fraction(30))

    assert store.jobs.format(job_id) == (1080, 1920, Fraction(24000, 1001))


def test_before_the_first_edit_a_job_has_spent_what_the_pipeline_spent(store: Store) -> None:
    job_id = job(store, total_cost="9.46")

    assert store.jobs.funds(job_id, BUDGET) == Funds(BUDGET, 9_460_000, 0)


def test_looking_at_a_job_that_is_being_made_does_not_open_its_books(store: Store) -> None:
    """Its cost still grows; opened now, the books would miss the rest of it."""
    job_id = job(store, status="processing", total_cost="0.50")
    store.jobs.funds(job_id, BUDGET)
    store.jobs.set_format(job_id, 1280, 720, Fraction(24))
    finished = job(store, total_cost="9.46")

    submit(store, edit(finished))

    assert store.jobs.funds(job_id, BUDGET).spent_micros == 500_000
    assert store.jobs.funds(finished, BUDGET).spent_micros == 9_460_000
    assert store.books.problems() == []


def test_a_job_without_a_cost_has_spent_nothing(store: Store) -> None:
    assert store.jobs.funds(job(store, total_cost=None), BUDGET).spent_micros == 0


HOUR = timedelta(hours=1)


def test_a_job_stuck_in_regenerating_is_released(store: Store) -> None:
    store.jobs.insert(variant("v19")["rows"])
    (stuck,) = store.jobs.list(user_id=None)

    assert store.jobs.release_stuck(untouched_for=HOUR, now=NOW) == [stuck.id]
    assert store.jobs.get(stuck.id).status is JobStatus.COMPLETED
    assert store.jobs.release_stuck(untouched_for=HOUR, now=NOW) == []
    (event,) = store.events.after(stuck.id, 0)
    (line,) = store.messages.of_job(stuck.id)
    assert (event.name, event.message) == ("job_released", line.content)
    assert (line.role, line.content) == ("system", RELEASED)


def test_a_job_that_is_really_regenerating_is_not_released(store: Store) -> None:
    long_ago = NOW - timedelta(days=2)
    ours, theirs = job(store), job(store, status="regenerating")
    other = job(store, status="processing", updated_at=long_ago.isoformat())
    running(store, ours)

    assert store.jobs.release_stuck(untouched_for=HOUR, now=NOW) == []
    assert store.jobs.get(theirs).status is JobStatus.REGENERATING
    later = datetime.now(UTC) + timedelta(days=2)
    assert store.jobs.release_stuck(untouched_for=HOUR, now=later) == [theirs]
    assert store.jobs.get(ours).status is JobStatus.REGENERATING
    assert store.jobs.get(other).status is JobStatus.PROCESSING


def test_a_job_whose_edits_are_all_over_can_be_released(store: Store) -> None:
    job_id = job(store)
    store.regenerations.end(outcome(running(store, job_id)), now=NOW)
    assert store.jobs.get(job_id).status is JobStatus.COMPLETED

    never_touched = job(store, status="regenerating", created_at=None, updated_at=None)
    found = store.jobs.release_stuck(untouched_for=HOUR, now=NOW)

    assert found == [never_touched]


def test_a_deleted_job_takes_along_all_that_hangs_on_it(store: Store) -> None:
    store.jobs.insert(complete())
    other = job(store)

    files = store.jobs.delete(COMPLETE)

    assert len(files) == len(complete()["clip_versions"])
    with pytest.raises(JobNotFound):
        store.jobs.get(COMPLETE)
    assert store.jobs.stages(COMPLETE) == []
    assert store.versions.all(COMPLETE) == []
    assert store.jobs.get(other).id == other
    assert store.jobs.delete(COMPLETE) == []


def test_a_job_with_an_open_edit_is_not_deleted(store: Store) -> None:
    job_id = job(store)
    submit(store, edit(job_id))
    assert store.jobs.delete(job_id) == []
    assert store.jobs.get(job_id).id == job_id
