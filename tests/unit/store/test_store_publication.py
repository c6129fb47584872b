from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from sqlalchemy import Engine
from sqlmodel import SQLModel, col, select

from clipbot.domain.filling import Filling
from clipbot.domain.slots import SlotChoice
from clipbot.domain.versions import Change, Entry, EntryKind
from clipbot.errors import ConflictError, FilmMoved
from clipbot.store.database import reading
from clipbot.store.records import JobStatus, RegenerationRecord, RegenerationStatus
from clipbot.store.store import Store
from clipbot.store.tables import ClipRegenerationRow, LedgerRow, RegenerationAnalyticsRow
from tests.unit.store.given import (
    BUDGET,
    NOW,
    USER,
    complete,
    edit,
    edited,
    job,
    outcome,
    publication,
    running,
    submit,
)

COMPLETE = UUID("d17b4d62-af67-57d5-b91d-2c4a9a4bafcc")
LATER = NOW + timedelta(minutes=1)


def rows_of(engine: Engine, table: type[SQLModel], job_id: UUID) -> list[SQLModel]:
    with reading(engine) as session:
        return list(session.exec(select(table).where(col(table.job_id) == job_id)))  # type: ignore[attr-defined]


def test_the_first_edit_of_a_clip_writes_its_original_down_too(store: Store) -> None:
    job_id = job(store)
    id_ = running(store, job_id, 2)

    record = store.regenerations.publish(publication(id_, cost=250_000), now=LATER)

    original, new = store.versions.of_clip(job_id, 2)
    assert (original.number, original.video_url, original.prompt) == (1, "clip.mp4", "lanterns")
    assert (original.duration_seconds, original.instruction) == (12.04, None)
    assert original.is_flagged_current is False
    assert (new.number, new.video_url, new.thumbnail_url) == (2, "clip_v2.mp4", "clip_v2.jpg")
    assert (new.prompt, new.instruction) == ("lanterns, brighter", "make it brighter")
    assert (new.cost_micros, new.duration_seconds, new.created_at) == (250_000, 12.0, LATER)
    assert (new.parent_number, new.renderer, new.seed, new.temperature) == (1, "local", 2**40, 0.3)
    assert (new.regeneration_id, new.verdict) == (id_, {"is_kept": True})
    assert new.is_flagged_current is True
    assert store.versions.current(job_id) == {2: 2}
    assert record == store.regenerations.get(id_)
    assert record.status is RegenerationStatus.COMPLETED
    assert (record.progress, record.version_number, record.cost_micros) == (100, 2, 250_000)
    assert (record.prompt, record.finished_at) == ("lanterns, brighter", LATER)
    assert record.timings == {"render_s": 1.5}


def test_the_film_the_log_the_event_and_the_chat_say_the_same(store: Store) -> None:
    job_id = job(store, error_message="It failed before.")
    id_ = running(store, job_id)

    store.regenerations.publish(publication(id_, cost=250_000), now=LATER)

    found = store.jobs.get(job_id)
    assert (found.status, found.error_message) == (JobStatus.COMPLETED, None)
    assert (found.video_url, found.composition) == ("/film.mp4?composition=1", 1)
    assert (found.edit_position, found.updated_at) == (1, LATER)
    change = Change(0, 1, 2)
    assert store.history.cursor(job_id).entries == (
        Entry(1, EntryKind.EDIT, "make it brighter (clip 1)", (change,)),
    )
    event = store.events.after(job_id, 1)[-1]
    assert (event.name, event.progress, event.regeneration_id) == (
        "regeneration_complete",
        100,
        id_,
    )
    assert event.fields == {
        "new_clip_url": "clip_v2.mp4",
        "video_url": "/film.mp4?composition=1",
        "cost": "0.25",
        "seed": 2**40,
        "temperature": 0.3,
        "version_number": 2,
        "composition": 1,
    }
    (message,) = store.messages.of_job(job_id)
    assert (message.role, message.content) == ("assistant", "Clip 1 is brighter now.")
    assert message.regeneration_id == id_
    assert store.jobs.thumbnails(job_id) == {0: "clip_v2.jpg"}


def test_publishing_twice_is_publishing_once(store: Store, engine: Engine) -> None:
    job_id = job(store)
    id_ = running(store, job_id, ceiling=500_000)
    first = store.regenerations.publish(publication(id_, cost=400_000), now=NOW)

    again = store.regenerations.publish(publication(id_, number=3, cost=9), now=LATER)

    assert again == first
    assert [version.number for version in store.versions.of_clip(job_id, 0)] == [1, 2]
    assert len(store.events.after(job_id, 0)) == 2
    assert len(store.messages.of_job(job_id)) == 1
    assert len(rows_of(engine, LedgerRow, job_id)) == 3
    assert store.books.problems() == []


def test_an_offered_version_leaves_the_film_alone(store: Store) -> None:
    job_id = job(store, video_url="old.mp4")
    id_ = running(store, job_id)
    given = publication(id_, is_accepted=False, verdict={"is_kept": False}, cost=30_000)

    record = store.regenerations.publish(given, now=NOW)

    assert (record.status, record.version_number) == (RegenerationStatus.COMPLETED, 2)
    assert store.versions.current(job_id) == {0: 1}
    assert [v.is_flagged_current for v in store.versions.of_clip(job_id, 0)] == [False, False]
    found = store.jobs.get(job_id)
    assert (found.video_url, found.composition, found.edit_position) == ("old.mp4", None, 0)
    assert (found.status, found.spent_micros) == (JobStatus.COMPLETED, 1_530_000)
    assert store.jobs.thumbnails(job_id) == {}
    event = store.events.after(job_id, 1)[-1]
    assert event.name == "version_offered"
    assert event.fields["verdict"] == {"is_kept": False}
    assert event.fields["version_number"] == 2
    assert "composition" not in event.fields


def test_an_accepted_version_without_its_film_is_a_bug_and_writes_nothing(store: Store) -> None:
    job_id = job(store)
    id_ = running(store, job_id)
    given = publication(id_, is_accepted=False)
    broken = type(given)(
        **{name: getattr(given, name) for name in given.__slots__} | {"is_accepted": True}
    )

    with pytest.raises(ValueError, match="comes with its film"):
        store.regenerations.publish(broken, now=NOW)

    assert store.versions.all(job_id) == []
    assert store.regenerations.get(id_).status is RegenerationStatus.PROCESSING


def test_a_number_taken_elsewhere_is_a_conflict_and_nothing_is_overwritten(store: Store) -> None:
    job_id = job(store)
    edited(store, job_id)
    before = store.versions.of_clip(job_id, 0)
    id_ = running(store, job_id)

    with pytest.raises(ConflictError, match="Clip 1 got a version 2 from elsewhere"):
        store.regenerations.publish(publication(id_, number=2), now=NOW)

    assert store.versions.of_clip(job_id, 0) == before
    assert store.regenerations.get(id_).status is RegenerationStatus.PROCESSING


def test_editing_one_clip_leaves_the_current_version_of_all_others(store: Store) -> None:
    store.jobs.insert(complete())
    assert store.versions.current(COMPLETE) == {1: 2, 3: 3}

    edited(store, COMPLETE, 0)
    assert store.versions.current(COMPLETE) == {0: 2, 1: 2, 3: 3}
    edited(store, COMPLETE, 3, number=4)

    assert store.versions.current(COMPLETE) == {0: 2, 1: 2, 3: 4}
    flagged = [v for v in store.versions.all(COMPLETE) if v.is_flagged_current]
    assert {version.clip_index: version.number for version in flagged} == {0: 2, 1: 2, 3: 4}
    assert [v.video_url for v in store.versions.of_clip(COMPLETE, 3)[:3]] == [
        row["video_url"] for row in complete()["clip_versions"] if row["clip_index"] == 3
    ]


def test_a_clip_that_has_an_original_keeps_it(store: Store) -> None:
    store.jobs.insert(complete())
    before = store.versions.of_clip(COMPLETE, 1)[0]

    edited(store, COMPLETE, 1, number=3)

    assert store.versions.of_clip(COMPLETE, 1)[0] == before


def test_the_job_stays_regenerating_while_another_edit_is_open(store: Store) -> None:
    job_id = job(store)
    first, second = running(store, job_id, 0), running(store, job_id, 1)

    store.regenerations.publish(publication(first), now=NOW)
    assert store.jobs.get(job_id).status is JobStatus.REGENERATING

    store.regenerations.end(outcome(second), now=NOW)
    assert store.jobs.get(job_id).status is JobStatus.COMPLETED


def test_the_pipelines_own_tables_tell_of_the_edit(store: Store, engine: Engine) -> None:
    job_id = job(store)
    talk = ({"role": "user", "content": "brighter"},)
    (record,) = submit(store, edit(job_id, 4, template_id="brighter", conversation=talk))
    store.regenerations.start(record.id, base_number=1, original_prompt="as it was", now=NOW)

    store.regenerations.publish(publication(record.id, cost=1_234_567), now=NOW)

    (told,) = rows_of(engine, ClipRegenerationRow, job_id)
    assert isinstance(told, ClipRegenerationRow)
    assert (told.id, told.clip_index, told.status) == (record.id, 4, "completed")
    assert (told.original_prompt, told.modified_prompt) == ("as it was", "lanterns, brighter")
    assert (told.user_instruction, told.cost) == ("make it brighter", Decimal("1.2346"))
    assert told.conversation_history == list(talk)
    (counted,) = rows_of(engine, RegenerationAnalyticsRow, job_id)
    assert isinstance(counted, RegenerationAnalyticsRow)
    assert (counted.user_id, counted.template_id, counted.success) == (USER, "brighter", True)
    assert counted.cost == Decimal("1.2346")


def test_edits_are_counted_per_clip_ours_and_the_pipelines_once(store: Store) -> None:
    store.jobs.insert(complete())
    assert store.regenerations.counts(COMPLETE) == {1: 1, 3: 2}

    edited(store, COMPLETE, 1, number=3)
    edited(store, COMPLETE, 0)
    store.regenerations.end(outcome(running(store, COMPLETE, 0)), now=NOW)

    assert store.regenerations.counts(COMPLETE) == {0: 1, 1: 2, 3: 2}


def test_the_books_are_settled_to_the_micro_and_shown_in_cents(store: Store) -> None:
    job_id = job(store, total_cost="11.15")
    for number, cost in enumerate([4_000, 4_000, 4_000], start=2):
        id_ = running(store, job_id, ceiling=1_000_000)
        store.regenerations.publish(publication(id_, number=number, cost=cost), now=NOW)

    found = store.jobs.get(job_id)

    assert (found.spent_micros, found.reserved_micros) == (11_162_000, 0)
    assert found.total_cost_micros == 11_160_000
    assert store.books.problems() == []


def test_what_the_pipeline_books_meanwhile_is_not_lost(store: Store, engine: Engine) -> None:
    job_id = job(store, total_cost="10.00")
    id_ = running(store, job_id, ceiling=1_000_000)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE jobs SET total_cost = 10.40")

    store.regenerations.publish(publication(id_, cost=560_000), now=NOW)

    assert store.jobs.get(job_id).total_cost_micros == 10_960_000
    assert store.jobs.funds(job_id, BUDGET).spent_micros == 10_560_000


def ended(store: Store, job_id: UUID, status: RegenerationStatus, cost: int) -> RegenerationRecord:
    id_ = running(store, job_id, ceiling=500_000)
    return store.regenerations.end(outcome(id_, status, cost=cost), now=LATER)


def test_a_failed_edit_costs_what_was_really_charged(store: Store, engine: Engine) -> None:
    job_id = job(store)

    record = ended(store, job_id, RegenerationStatus.FAILED, cost=120_000)

    assert record == store.regenerations.get(record.id)
    assert (record.status, record.cost_micros) == (RegenerationStatus.FAILED, 120_000)
    assert (record.error, record.error_code) == ("It did not work.", "provider_error")
    assert record.finished_at == LATER
    found = store.jobs.get(job_id)
    assert (found.status, found.error_message) == (JobStatus.COMPLETED, "It did not work.")
    assert (found.spent_micros, found.reserved_micros) == (1_620_000, 0)
    assert found.total_cost_micros == 1_620_000
    event = store.events.after(job_id, 0)[-1]
    assert event.name == "regeneration_failed"
    assert event.fields == {
        "error": "It did not work.",
        "code": "provider_error",
        "retryable": False,
        "status": "failed",
        "cost": "0.12",
    }
    (message,) = store.messages.of_job(job_id)
    assert (message.role, message.content) == ("system", "It did not work.")
    (told,) = rows_of(engine, ClipRegenerationRow, job_id)
    assert isinstance(told, ClipRegenerationRow)
    assert (told.status, told.modified_prompt) == ("failed", "lanterns")
    (counted,) = rows_of(engine, RegenerationAnalyticsRow, job_id)
    assert isinstance(counted, RegenerationAnalyticsRow)
    assert counted.success is False
    assert store.books.problems() == []


def test_a_cancelled_edit_is_no_failure(store: Store, engine: Engine) -> None:
    job_id = job(store)

    ended(store, job_id, RegenerationStatus.CANCELLED, cost=0)

    found = store.jobs.get(job_id)
    assert (found.status, found.error_message) == (JobStatus.COMPLETED, None)
    assert (found.spent_micros, found.reserved_micros) == (1_500_000, 0)
    assert store.events.after(job_id, 0)[-1].name == "regeneration_cancelled"
    assert rows_of(engine, ClipRegenerationRow, job_id) == []
    assert rows_of(engine, RegenerationAnalyticsRow, job_id) == []
    assert store.books.problems() == []


def test_an_edit_that_needs_attention_keeps_its_money_aside_until_a_person_decides(
    store: Store,
) -> None:
    """The request may be running: released now, its price could exceed the budget later."""
    job_id = job(store)

    record = ended(store, job_id, RegenerationStatus.NEEDS_ATTENTION, cost=0)
    assert store.jobs.get(job_id).status is JobStatus.COMPLETED
    assert store.jobs.funds(job_id, BUDGET).reserved_micros == 500_000
    assert store.books.problems() == []
    store.regenerations.end(
        outcome(record.id, RegenerationStatus.NEEDS_ATTENTION, cost=5), now=LATER
    )
    assert len(store.events.after(job_id, 0)) == 2

    decided = store.regenerations.end(outcome(record.id, cost=450_000), now=LATER)

    assert decided.status is RegenerationStatus.FAILED
    funds = store.jobs.funds(job_id, BUDGET)
    assert (funds.spent_micros, funds.reserved_micros) == (1_950_000, 0)
    assert store.books.problems() == []


@pytest.mark.parametrize("status", [RegenerationStatus.FAILED, RegenerationStatus.CANCELLED])
def test_ending_twice_is_ending_once(store: Store, status: RegenerationStatus) -> None:
    job_id = job(store)
    first = ended(store, job_id, status, cost=1)

    again = store.regenerations.end(outcome(first.id, cost=400_000), now=NOW)

    assert again == first
    assert len(store.events.after(job_id, 0)) == 2
    assert store.regenerations.publish(publication(first.id), now=NOW) == first
    assert store.versions.all(job_id) == []
    assert store.books.problems() == []


def test_an_edit_can_end_before_it_began(store: Store, engine: Engine) -> None:
    job_id = job(store)
    (record,) = submit(store, edit(job_id))

    store.regenerations.end(outcome(record.id), now=NOW)

    (told,) = rows_of(engine, ClipRegenerationRow, job_id)
    assert isinstance(told, ClipRegenerationRow)
    assert (told.original_prompt, told.modified_prompt) == ("", "")


def test_a_film_that_was_changed_meanwhile_is_not_written_over(store: Store) -> None:
    job_id = job(store)
    store.regenerations.publish(publication(running(store, job_id, 1)), now=NOW)
    id_ = running(store, job_id, 0)
    before = store.regenerations.get(id_)

    for shown in ({1: 1}, {0: 3}, {0: 1, 1: 2, 2: 7}):
        with pytest.raises(FilmMoved):
            store.regenerations.publish(replace(publication(id_), shown=shown), now=LATER)

    loop = {1: SlotChoice(Filling.LOOP)}
    with pytest.raises(FilmMoved):
        store.regenerations.publish(replace(publication(id_), choices=loop), now=LATER)

    assert store.regenerations.get(id_) == before
    assert store.versions.of_clip(job_id, 0) == []
    seen = replace(publication(id_), shown={0: 1, 1: 2}, choices={})
    store.regenerations.publish(seen, now=LATER)
    assert store.versions.current(job_id) == {0: 2, 1: 2}
