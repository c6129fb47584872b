from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine

from clipbot.domain.versions import Change, Cursor, EntryKind, Way
from clipbot.errors import (
    CompositionNotFound,
    ConflictError,
    JobBusy,
    NothingToRedo,
    VersionNotFound,
)
from clipbot.store.records import CompositionRecord
from clipbot.store.store import Store
from tests.unit.store.given import (
    FILM_URL,
    NOW,
    complete,
    edit,
    edited,
    film,
    job,
    outcome,
    publication,
    running,
    submit,
    variant,
)

COMPLETE = UUID("d17b4d62-af67-57d5-b91d-2c4a9a4bafcc")


def move(store: Store, job_id: UUID, way: Way, fingerprint: str = "moved") -> CompositionRecord:
    return store.history.move(
        job_id,
        way=way,
        composition=film(fingerprint),
        film_url=FILM_URL,
        event="film_changed",
        message="Taken back.",
        now=NOW,
    )


def back(store: Store, job_id: UUID) -> Way:
    cursor = store.history.cursor(job_id)
    return cursor.way(cursor.to_undo().position - 1)


def on(store: Store, job_id: UUID) -> Way:
    cursor = store.history.cursor(job_id)
    return cursor.way(cursor.to_redo().position)


def undo(store: Store, job_id: UUID, fingerprint: str = "undone") -> CompositionRecord:
    return move(store, job_id, back(store, job_id), fingerprint)


def redo(store: Store, job_id: UUID, fingerprint: str = "redone") -> CompositionRecord:
    return move(store, job_id, on(store, job_id), fingerprint)


def restore(store: Store, job_id: UUID, change: Change) -> CompositionRecord:
    return store.history.restore(
        job_id,
        change=change,
        label="back to the original (clip 1)",
        composition=film("restored"),
        film_url=FILM_URL,
        message="Clip 1 shows its original.",
        now=NOW,
    )


def test_a_job_that_was_never_edited_stands_at_the_beginning(store: Store) -> None:
    assert store.history.cursor(job(store)) == Cursor((), 0)
    assert store.history.cursor(uuid4()) == Cursor((), 0)


def test_undo_and_redo_walk_the_log_and_make_no_versions(store: Store) -> None:
    job_id = job(store)
    edited(store, job_id, 0)
    edited(store, job_id, 1)

    undo(store, job_id, "film 0.2")
    assert store.versions.current(job_id) == {0: 2, 1: 1}
    undo(store, job_id, "none")
    assert store.versions.current(job_id) == {0: 1, 1: 1}
    redo(store, job_id, "film 0.2")
    film_again = redo(store, job_id, "film 1.2")

    assert store.versions.current(job_id) == {0: 2, 1: 2}
    assert len(store.versions.all(job_id)) == 4
    assert store.history.cursor(job_id).position == 2
    assert film_again.number == 2, "an equal film keeps its number"
    with pytest.raises(NothingToRedo):
        redo(store, job_id)


def test_undo_tells_the_page_the_chat_and_the_pipeline(store: Store) -> None:
    job_id = job(store)
    edited(store, job_id)

    composition = undo(store, job_id)

    found = store.jobs.get(job_id)
    assert found.video_url == f"/film.mp4?composition={composition.number}"
    assert (found.composition, found.edit_position) == (2, 0)
    assert [v.is_flagged_current for v in store.versions.of_clip(job_id, 0)] == [True, False]
    assert store.jobs.thumbnails(job_id) == {0: "clip.jpg"}
    event = store.events.after(job_id, 2)[0]
    assert (event.name, event.regeneration_id) == ("film_changed", None)
    assert event.fields == {
        "versions": {"0": 1},
        "composition": 2,
        "video_url": "/film.mp4?composition=2",
    }
    message = store.messages.of_job(job_id)[-1]
    assert (message.role, message.content) == ("system", "Taken back.")


def test_a_new_edit_after_undo_drops_the_redo_but_not_the_version(store: Store) -> None:
    job_id = job(store)
    edited(store, job_id, 0)
    edited(store, job_id, 0, number=3)
    undo(store, job_id)

    edited(store, job_id, 0, number=4)

    cursor = store.history.cursor(job_id)
    assert [entry.changes[0].after for entry in cursor.entries] == [2, 4]
    assert cursor.entries[1].changes == (Change(0, 2, 4),)
    assert cursor.position == 2
    assert [version.number for version in store.versions.of_clip(job_id, 0)] == [1, 2, 3, 4]


@pytest.mark.parametrize("finish", ["publish", "end"])
def test_nothing_moves_while_an_edit_is_open(store: Store, finish: str) -> None:
    job_id = job(store)
    edited(store, job_id)
    (queued,) = submit(store, edit(job_id, 1))

    with pytest.raises(JobBusy):
        undo(store, job_id)
    with pytest.raises(JobBusy):
        restore(store, job_id, Change(0, 2, 1))

    if finish == "publish":
        store.regenerations.publish(publication(queued.id, is_accepted=False), now=NOW)
    else:
        store.regenerations.end(outcome(queued.id), now=NOW)
    undo(store, job_id)


def test_a_second_click_on_undo_is_refused(store: Store) -> None:
    job_id = job(store)
    edited(store, job_id, 0)
    edited(store, job_id, 1)
    way = back(store, job_id)
    move(store, job_id, way, "a")

    with pytest.raises(ConflictError, match="changed meanwhile"):
        move(store, job_id, way, "a")

    assert store.history.cursor(job_id).position == 1


def test_a_redo_thought_out_before_other_edits_is_refused(store: Store) -> None:
    """The position alone would fit: one back from the new entry is where redo led."""
    job_id = job(store)
    edited(store, job_id, 0)
    undo(store, job_id)
    seen = on(store, job_id)
    edited(store, job_id, 1)
    edited(store, job_id, 2)

    with pytest.raises(ConflictError):
        move(store, job_id, seen, "stale")

    assert store.versions.current(job_id) == {0: 1, 1: 2, 2: 2}


def test_many_entries_are_passed_in_one_step(store: Store) -> None:
    job_id = job(store)
    edited(store, job_id, 0)
    edited(store, job_id, 0, number=3)
    edited(store, job_id, 1)
    events, lines = store.jobs.get(job_id).last_event_id, len(store.messages.of_job(job_id))

    move(store, job_id, store.history.cursor(job_id).way(0), "none")

    assert store.versions.current(job_id) == {0: 1, 1: 1}
    assert store.history.cursor(job_id).position == 0
    assert store.jobs.get(job_id).last_event_id == events + 1
    assert len(store.messages.of_job(job_id)) == lines + 1
    move(store, job_id, store.history.cursor(job_id).way(2), "two")
    assert store.versions.current(job_id) == {0: 3, 1: 1}


def test_a_jump_over_a_log_that_changed_meanwhile_changes_nothing(store: Store) -> None:
    """Both ends of the way are there again, and one change in between is another."""
    job_id = job(store)
    edited(store, job_id, 0)
    edited(store, job_id, 1)
    seen = store.history.cursor(job_id).way(0)
    undo(store, job_id)
    edited(store, job_id, 2)
    before = (store.versions.current(job_id), store.history.cursor(job_id))

    with pytest.raises(ConflictError):
        move(store, job_id, seen)

    assert (store.versions.current(job_id), store.history.cursor(job_id)) == before


@pytest.mark.parametrize("stop", [-1, 0, 5])
def test_a_way_that_leads_nowhere_is_refused(store: Store, stop: int) -> None:
    job_id = job(store)
    edited(store, job_id, 0)
    undo(store, job_id)

    with pytest.raises(ConflictError):
        move(store, job_id, Way(0, stop, (), None))


def test_a_restore_is_an_entry_of_its_own_that_can_be_undone(store: Store) -> None:
    job_id = job(store)
    edited(store, job_id)

    restore(store, job_id, Change(0, 2, 1))

    assert store.versions.current(job_id) == {0: 1}
    cursor = store.history.cursor(job_id)
    assert [entry.kind for entry in cursor.entries] == [EntryKind.EDIT, EntryKind.RESTORE]
    assert cursor.entries[1].label == "back to the original (clip 1)"
    undo(store, job_id)
    assert store.versions.current(job_id) == {0: 2}


def test_an_offered_version_can_be_taken(store: Store) -> None:
    job_id = job(store)
    store.regenerations.publish(publication(running(store, job_id), is_accepted=False), now=NOW)

    restore(store, job_id, Change(0, 1, 2))

    assert store.versions.current(job_id) == {0: 2}


def test_a_restore_from_a_version_that_is_not_current_any_more_is_refused(store: Store) -> None:
    job_id = job(store)
    edited(store, job_id)
    edited(store, job_id, number=3)

    with pytest.raises(ConflictError):
        restore(store, job_id, Change(0, 2, 1))

    assert store.versions.current(job_id) == {0: 3}


def test_a_version_that_does_not_exist_is_said_and_nothing_changes(store: Store) -> None:
    job_id = job(store)
    edited(store, job_id)

    with pytest.raises(VersionNotFound):
        restore(store, job_id, Change(0, 2, 9))

    assert store.history.cursor(job_id).position == 1
    assert store.jobs.get(job_id).composition == 1


def test_the_pipelines_flag_is_the_current_version_not_the_newest(store: Store) -> None:
    store.jobs.insert(variant("v13")["rows"])
    (found,) = store.jobs.list(user_id=None)

    assert store.versions.current(found.id) == {3: 2}
    edited(store, found.id, 3, number=4)
    assert store.history.cursor(found.id).to_undo().changes == (Change(3, 2, 4),)
    undo(store, found.id)
    assert store.versions.current(found.id) == {3: 2}


def test_with_several_flags_the_highest_counts_and_with_none_the_original(store: Store) -> None:
    rows = [{**row, "is_current": row["clip_index"] == 3} for row in complete()["clip_versions"]]
    store.jobs.insert({**complete(), "clip_versions": rows})

    assert store.versions.current(COMPLETE) == {1: 1, 3: 3}


def test_what_the_film_uses_is_ours_to_say_once_it_was_edited_here(
    store: Store, engine: Engine
) -> None:
    store.jobs.insert(complete())
    edited(store, COMPLETE, 3, number=4)

    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE clip_versions SET is_current = (version_number = 2)")

    assert store.versions.current(COMPLETE) == {1: 2, 3: 4}


def test_undo_of_an_edit_keeps_later_edits_of_other_clips(store: Store) -> None:
    job_id = job(store)
    edited(store, job_id, 0)
    edited(store, job_id, 1)

    restore(store, job_id, Change(0, 2, 1))

    assert store.versions.current(job_id) == {0: 1, 1: 2}


def test_films_are_numbered_and_equal_films_are_one(store: Store) -> None:
    job_id = job(store)
    with pytest.raises(CompositionNotFound):
        store.compositions.get(job_id)

    first = store.compositions.add(job_id, film("a"), film_url=FILM_URL, now=NOW)
    second = store.compositions.add(job_id, film("b"), film_url=FILM_URL, now=NOW)
    again = store.compositions.add(job_id, film("a"), film_url=FILM_URL, now=NOW)

    assert (first.number, second.number, again) == (1, 2, first)
    assert store.compositions.get(job_id) == first
    assert store.compositions.get(job_id, 2) == second
    assert store.jobs.get(job_id).video_url == "/film.mp4?composition=1"
    with pytest.raises(CompositionNotFound):
        store.compositions.get(job_id, 3)
    other = store.compositions.add(job(store), film("a"), film_url=FILM_URL, now=NOW)
    assert other.number == 1


def test_a_film_encoded_anew_keeps_its_number_and_gets_its_new_etag(store: Store) -> None:
    job_id = job(store)
    first = store.compositions.add(job_id, film("a"), film_url=FILM_URL, now=NOW)
    fresh = film("a")
    changed = type(fresh)(
        **{name: getattr(fresh, name) for name in fresh.__slots__} | {"etag": "new"}
    )

    again = store.compositions.add(job_id, changed, film_url=FILM_URL, now=NOW)

    assert (again.number, again.etag) == (first.number, "new")
    assert store.compositions.get(job_id) == again
