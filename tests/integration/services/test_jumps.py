"""Along the edit log in one step: at once, told once, and without encoding anything."""

from uuid import UUID

import pytest

from clipbot.domain.slots import SlotWish
from clipbot.domain.timeline import TransitionKind
from clipbot.errors import ConflictError, EntryNotFound, JobBusy
from tests.desk import Desk


@pytest.fixture(name="changed")
def fixture_changed(desk: Desk, job: UUID) -> UUID:
    """Return a job with four changes: two edits, a transition, a restore."""
    desk.services.films.ensure(job)
    desk.edit(job, "make it nighttime", (1,))
    desk.edit(job, "make it warmer", (3,))
    desk.services.slots.change(desk.user, job, [SlotWish(2, None, TransitionKind.CROSSFADE, 0.5)])
    desk.services.versions.restore(desk.user, job, 0, 1)
    return job


def lines(desk: Desk, job: UUID) -> list[str]:
    return [line.content for line in desk.store.messages.of_job(job, limit=50)]


def pieces(desk: Desk) -> set[str]:
    return {path.name for path in (desk.home / "cache" / "segments").rglob("*.mp4")}


def test_a_jump_is_one_step_and_one_line(desk: Desk, changed: UUID) -> None:
    films, said = desk.store.compositions.get(changed).number, lines(desk, changed)
    event = desk.store.jobs.get(changed).last_event_id

    job = desk.services.history.go(desk.user, changed, 1)

    assert lines(desk, changed) == [
        *said,
        "Went back to “make it nighttime (clip 1)”, 3 changes undone.",
    ]
    assert job.last_event_id == event + 1
    assert job.undo_label == "make it nighttime (clip 1)"
    assert desk.store.versions.current(changed) == {0: 2, 2: 1}
    assert desk.store.slots.of(changed) == {}
    assert desk.store.compositions.get(changed).number <= films
    desk.services.history.go(desk.user, changed, 4)
    assert lines(desk, changed)[-1] == "Went on to “version 1 of clip 1”, 3 changes redone."


def test_undo_redo_and_jumps_encode_nothing(desk: Desk, changed: UUID) -> None:
    seen = {4: desk.film(changed)}
    for position in (3, 2, 1, 0):
        desk.services.history.undo(desk.user, changed)
        seen[position] = desk.film(changed)
    kept = pieces(desk)

    for position in (4, 1, 3, 0, 2):
        desk.services.history.go(desk.user, changed, position)
        assert desk.film(changed) == seen[position]
    desk.services.history.redo(desk.user, changed)
    assert desk.film(changed) == seen[3]

    assert kept
    assert pieces(desk) == kept


def test_where_it_stands_already_nothing_happens(desk: Desk, changed: UUID) -> None:
    said = lines(desk, changed)

    desk.services.history.go(desk.user, changed, 4)

    assert lines(desk, changed) == said


@pytest.mark.parametrize("position", [-1, 5])
def test_a_place_that_is_not_there_changes_nothing(
    desk: Desk, changed: UUID, position: int
) -> None:
    with pytest.raises(EntryNotFound):
        desk.services.history.go(desk.user, changed, position)

    assert desk.store.history.cursor(changed).position == 4


def test_nobody_jumps_while_an_edit_runs(desk: Desk, changed: UUID) -> None:
    desk.queue.is_held = True
    desk.edit(changed, "make it darker", (2,))

    with pytest.raises(JobBusy):
        desk.services.history.go(desk.user, changed, 0)

    assert desk.store.history.cursor(changed).position == 4


def test_a_jump_that_meets_another_change_changes_nothing(
    desk: Desk, changed: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    compose = type(desk.parts.composer).composition

    def slowly(*args: object, **more: object) -> object:
        monkeypatch.undo()
        desk.services.history.undo(desk.user, changed)
        return compose(*args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(type(desk.parts.composer), "composition", slowly)
    with pytest.raises(ConflictError):
        desk.services.history.go(desk.user, changed, 0)

    assert desk.store.history.cursor(changed).position == 3
    assert desk.store.versions.current(changed) == {0: 2, 2: 2}
