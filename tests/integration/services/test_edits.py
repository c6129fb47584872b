"""The way of one edit, from words to a new film, on real footage."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from clipbot.domain.plan import Act, Edit, Kind, Operation, Plan
from clipbot.domain.user import User
from clipbot.errors import (
    ClipbotError,
    ClipBusy,
    ClipNotFound,
    ClipUnknown,
    EmptyInstruction,
    FootageMissing,
    InstructionTooLong,
    JobBusy,
    JobNotFound,
    JobNotReady,
    NeedsAnswer,
    NotAllowed,
    QuoteExpired,
    QuoteNotFound,
    QuoteSpent,
    Unsupported,
)
from clipbot.services.views import ClipStatus, RegenerationStatus
from tests import jobs
from tests.desk import Desk, run_steps


@contextmanager
def nothing_changed(desk: Desk, job: UUID) -> Iterator[None]:
    before = (
        desk.store.versions.current(job),
        desk.film(job),
        desk.services.jobs.get(desk.user, job),
    )
    yield
    after = desk.store.versions.current(job), desk.film(job), desk.services.jobs.get(desk.user, job)
    assert after[:2] == before[:2]
    assert after[2].spent_micros == before[2].spent_micros
    assert after[2].reserved_micros == before[2].reserved_micros
    assert after[2].status == "completed"


def test_a_confirmed_edit_makes_a_new_current_version(desk: Desk, job: UUID) -> None:
    edit = desk.edit(job, "make it nighttime", (2,))

    row = desk.store.regenerations.get(edit)
    clip = desk.services.clips.list(desk.user, job)[1]
    assert row.status is RegenerationStatus.COMPLETED, row.error
    assert (row.version_number, row.cost_micros, row.progress) == (2, 0, 100)
    assert (clip.current_version, clip.version_count, clip.is_regenerated) == (2, 2, True)
    assert clip.measures is not None


def test_the_new_film_differs_and_undo_gives_the_same_bytes_back(desk: Desk, job: UUID) -> None:
    desk.services.films.ensure(job)
    before = desk.film(job)

    desk.edit(job, "make it nighttime", (2,))
    edited = desk.film(job)
    segments = set((desk.home / "cache" / "segments").iterdir())
    undone = desk.services.history.undo(desk.user, job)
    back = desk.film(job)
    redone = desk.services.history.redo(desk.user, job)

    assert edited != before
    assert back == before
    assert desk.film(job) == edited
    assert set((desk.home / "cache" / "segments").iterdir()) == segments
    assert (undone.undo_label, undone.redo_label) == (None, "make it nighttime (clip 2)")
    assert (redone.undo_label, redone.redo_label) == ("make it nighttime (clip 2)", None)


def test_an_edit_is_byte_identical_to_a_film_from_an_empty_cache(desk: Desk, job: UUID) -> None:
    desk.services.films.ensure(job)
    desk.edit(job, "make it nighttime", (2,))
    incremental = desk.film(job)

    for segment in (desk.home / "cache" / "segments").iterdir():
        segment.unlink()

    assert desk.film(job) == incremental


def test_each_edit_starts_from_the_current_version_not_the_newest(desk: Desk, job: UUID) -> None:
    desk.edit(job, "make it nighttime", (2,))
    desk.services.versions.restore(desk.user, job, 1, 1)

    edit = desk.edit(job, "make it brighter", (2,))

    assert desk.store.regenerations.get(edit).base_number == 1
    numbers = [v.number for v in desk.services.versions.list(desk.user, job, 1)]
    assert numbers == [3, 2, 1]


def test_events_tell_the_whole_story_in_order(desk: Desk, job: UUID) -> None:
    edit = desk.edit(job, "make it nighttime", (2,))

    events = list(desk.services.regenerations.follow(desk.user, job, [edit]))

    names = [event.name for event in events]
    assert names[0] == "regeneration_started"
    assert names[-1] == "regeneration_complete"
    assert {"template_matched", "prompt_modified", "recomposing"} <= set(names)
    percents = [event.progress or 0 for event in events]
    assert percents == sorted(percents)
    ids = [event.id for event in events]
    assert ids == list(range(ids[0], ids[0] + len(ids)))


def test_the_new_prompt_is_kept_with_the_version_and_the_old_one_too(desk: Desk, job: UUID) -> None:
    desk.edit(job, "make it nighttime", (2,))

    newest, original = desk.services.versions.list(desk.user, job, 1)
    assert original.prompt == jobs.PROMPT
    assert "night" in newest.prompt.lower()
    assert "sunny" not in newest.prompt.lower()


@pytest.mark.parametrize(
    ("text", "selected", "expected"),
    [
        ("", (2,), EmptyInstruction),
        ("x" * 10_000, (2,), InstructionTooLong),
        ("make clip 99 darker", (), NeedsAnswer),
        ("make it darker", (), NeedsAnswer),
        ("change her hair to red", (2,), Unsupported),
        ("add a dragon and make it darker", (2,), NeedsAnswer),
    ],
)
def test_what_cannot_be_done_changes_nothing(
    desk: Desk, job: UUID, text: str, selected: tuple[int, ...], expected: type[ClipbotError]
) -> None:
    desk.services.films.ensure(job)
    with nothing_changed(desk, job), pytest.raises(expected):
        desk.edit(job, text, selected)


def test_a_partial_wish_offers_the_part_that_can_be_done(desk: Desk, job: UUID) -> None:
    with pytest.raises(NeedsAnswer) as caught:
        desk.edit(job, "add a dragon and make it darker", (2,))

    (choice,) = caught.value.choices
    edit = desk.edit(job, choice)
    assert desk.store.regenerations.get(edit).clip_index == 1


def test_unknown_places_are_refused(desk: Desk, job: UUID) -> None:
    stranger = User(uuid4())
    edits = desk.services.edits
    with pytest.raises(JobNotFound):
        desk.edit(uuid4(), "make it darker", (1,))
    with pytest.raises(ClipNotFound):
        edits.regenerate(desk.user, job, 98, "make it darker")
    plan = Plan(Act.EDIT, (Edit((99,), (Operation(Kind.BRIGHTNESS, "down"),)),))
    with pytest.raises(ClipUnknown):
        desk.services.quotes.quote(desk.user, job, plan=plan)
    with pytest.raises(NotAllowed):
        edits.regenerate(stranger, job, 1, "make it darker")


def test_a_quote_is_good_for_one_edit(desk: Desk, job: UUID) -> None:
    quoted = desk.services.quotes.quote(desk.user, job, text="make it darker", selected=(1,))
    desk.services.edits.confirm(desk.user, job, quoted.quote.id)

    with pytest.raises(QuoteSpent):
        desk.services.edits.confirm(desk.user, job, quoted.quote.id)
    with pytest.raises(QuoteNotFound):
        desk.services.edits.confirm(desk.user, job, uuid4())


def test_an_expired_quote_is_refused(desk: Desk, job: UUID) -> None:
    quoted = desk.services.quotes.quote(desk.user, job, text="make it darker", selected=(1,))
    edits = replace(desk.services.edits, clock=lambda: quoted.quote.expires_at + timedelta(1))

    with pytest.raises(QuoteExpired):
        edits.confirm(desk.user, job, quoted.quote.id)


def test_while_a_clip_is_edited_only_other_clips_can_be(desk: Desk, job: UUID) -> None:
    desk.queue.is_held = True
    first = desk.edit(job, "make it darker", (1,))

    with pytest.raises(ClipBusy):
        desk.edit(job, "make it brighter", (1,))
    with pytest.raises(JobBusy):
        desk.services.history.undo(desk.user, job)
    with pytest.raises(JobBusy):
        desk.services.versions.restore(desk.user, job, 1, 1)
    second = desk.edit(job, "make it brighter", (2,))

    assert [c.status for c in desk.services.clips.list(desk.user, job)] == [
        ClipStatus.QUEUED,
        ClipStatus.QUEUED,
        ClipStatus.READY,
    ]
    assert desk.services.jobs.get(desk.user, job).status == "regenerating"
    desk.queue.run()
    assert desk.store.regenerations.get(first).status is RegenerationStatus.COMPLETED
    assert desk.store.regenerations.get(second).status is RegenerationStatus.COMPLETED
    assert desk.services.jobs.get(desk.user, job).status == "completed"


STEPS = ("begin", "intend", "submit", "await_footage", "store", "encode", "publish")


@pytest.mark.parametrize("moment", STEPS)
def test_a_cancelled_edit_leaves_everything_as_it_was(desk: Desk, job: UUID, moment: str) -> None:
    desk.services.films.ensure(job)
    desk.queue.is_held = True
    with nothing_changed(desk, job):
        edit = desk.edit(job, "make it nighttime", (2,))

        def cancel(step: str) -> None:
            if step == moment:
                desk.services.regenerations.cancel(desk.user, job, edit)

        run_steps(desk.steps, edit, between=cancel)

    assert desk.store.regenerations.get(edit).status is RegenerationStatus.CANCELLED
    assert not list((desk.home / "blobs" / "video-clips" / str(job)).glob("*_v*.mp4"))
    again = desk.edit(job, "make it nighttime", (2,))
    desk.queue.run()
    assert desk.store.regenerations.get(again).version_number == 2


@pytest.mark.parametrize("step", STEPS[:-1])
def test_every_step_may_run_twice(desk: Desk, job: UUID, step: str) -> None:
    desk.queue.is_held = True
    edit = desk.edit(job, "make it nighttime", (2,))
    steps = desk.steps

    steps.begin(edit)
    if step == "begin":
        steps.begin(edit)
    steps.intend(edit, 1)
    if step == "intend":
        steps.intend(edit, 1)
    prediction = steps.submit(edit, 1)
    if step == "submit":
        assert steps.submit(edit, 1) == prediction
    url = steps.await_footage(edit, prediction)
    if step == "await_footage":
        assert steps.await_footage(edit, prediction) == url
    key = steps.store(edit, url)
    if step == "store":
        assert steps.store(edit, url) == key
    steps.encode(edit, key)
    if step == "encode":
        steps.encode(edit, key)
    steps.publish(edit, key, {})
    steps.publish(edit, key, {})

    assert desk.store.versions.current(job) == {1: 2}
    assert len(desk.store.history.cursor(job).entries) == 1


def test_a_clip_without_footage_is_shown_as_missing_and_cannot_be_edited(desk: Desk) -> None:
    job = jobs.install(desk.store, desk.parts.blobs, name="gap", missing=[1])
    desk.services.films.ensure(job)

    clips = desk.services.clips.list(desk.user, job)

    assert [clip.status for clip in clips] == [
        ClipStatus.READY,
        ClipStatus.MISSING,
        ClipStatus.READY,
    ]
    with pytest.raises(FootageMissing):
        desk.edit(job, "make it darker", (2,))
    with pytest.raises(FootageMissing):
        desk.services.clips.thumbnail(desk.user, job, 1)


def test_a_job_that_is_still_being_made_is_shown_and_not_edited(desk: Desk) -> None:
    job = jobs.install(desk.store, desk.parts.blobs, name="young", status="processing")

    assert len(desk.services.clips.list(desk.user, job)) == 3
    with pytest.raises(JobNotReady):
        desk.edit(job, "make it darker", (1,))


def test_a_batch_runs_one_after_another(desk: Desk, job: UUID) -> None:
    batch, rows = desk.services.edits.batch(
        desk.user, job, [(0, "make it darker"), (2, "make it warmer")]
    )

    done = desk.services.regenerations.batch(desk.user, job, batch)
    assert [row.id for row in rows] == [row.id for row in done]
    assert {row.status for row in done} == {RegenerationStatus.COMPLETED}
    assert desk.store.versions.current(job) == {0: 2, 2: 2}
