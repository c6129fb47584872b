"""What the doors ask of the services, beside edits: look, talk, preview, go back, take away."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import update
from sqlmodel import col

from clipbot.domain.plan import Act
from clipbot.domain.user import User
from clipbot.errors import (
    ClipNotFound,
    CompositionNotFound,
    EmptyInstruction,
    JobNotFound,
    MalformedId,
    NeedsAnswer,
    NotAllowed,
    NothingToRedo,
    NothingToUndo,
    Unsupported,
    VersionNotFound,
)
from clipbot.media.probe import probe
from clipbot.store.database import writing
from clipbot.store.tables import JobRow
from tests import jobs
from tests.desk import Desk


def test_a_job_is_found_by_id_and_by_the_beginning_of_it(desk: Desk, job: UUID) -> None:
    service = desk.services.jobs
    assert service.resolve(desk.user, str(job)) == job
    assert service.resolve(desk.user, str(job)[:8]) == job
    for name, error in (
        ("sample", JobNotFound),
        ("not an id", MalformedId),
        ("ffff0", JobNotFound),
    ):
        with pytest.raises(error):
            service.resolve(desk.user, name)


def test_people_see_their_own_jobs_only(desk: Desk, job: UUID) -> None:
    stranger = User(uuid4())
    theirs = jobs.install(desk.store, desk.parts.blobs, name="theirs", user_id=stranger.id)

    assert [view.id for view in desk.services.jobs.list(stranger).jobs] == [theirs]
    assert {view.id for view in desk.services.jobs.list(desk.user).jobs} == {job, theirs}
    assert desk.services.jobs.newest(stranger) == theirs
    with pytest.raises(NotAllowed):
        desk.services.jobs.get(stranger, job)


def test_a_job_without_a_film_says_so(desk: Desk, job: UUID) -> None:
    view = desk.services.jobs.get(desk.user, job)
    assert view.film is None
    with pytest.raises(CompositionNotFound):
        desk.services.films.film(desk.user, job)

    desk.services.films.ensure(job)

    film = desk.services.jobs.get(desk.user, job).film
    assert film is not None
    assert (film.number, film.frames, film.seconds) == (1, 108, 4.5)


def test_clips_know_their_place_in_the_song(desk: Desk, job: UUID) -> None:
    clips = desk.services.clips.list(desk.user, job)

    assert [clip.number for clip in clips] == [1, 2, 3]
    assert [clip.section for clip in clips] == ["verse", "chorus", "chorus"]
    assert clips[0].lyrics_preview == "paper lanterns over"
    assert clips[0].timestamp_end == clips[1].timestamp_start == jobs.SECONDS
    still = desk.services.clips.thumbnail(desk.user, job, 0)
    assert still.path.read_bytes()[:2] == b"\xff\xd8"
    with pytest.raises(ClipNotFound):
        desk.services.clips.thumbnail(desk.user, job, 3)
    with pytest.raises(VersionNotFound):
        desk.services.clips.thumbnail(desk.user, job, 0, 9)


def test_an_edit_in_the_chat_is_priced_and_not_started(desk: Desk, job: UUID) -> None:
    turn = desk.services.chat.say(desk.user, job, "make it nighttime", (2,))

    assert turn.plan.act is Act.EDIT
    assert turn.quoted is not None
    assert turn.quoted.quote.ceiling_micros == 0
    assert "$0.00" in turn.reply
    assert desk.store.regenerations.of_job(job) == []
    lines = desk.services.chat.history(desk.user, job)
    assert [(line.role, line.content) for line in lines] == [
        ("user", "make it nighttime"),
        ("assistant", turn.reply),
    ]


def test_the_chat_asks_with_choices_that_are_whole_instructions(desk: Desk, job: UUID) -> None:
    turn = desk.services.chat.say(desk.user, job, "make it nighttime")

    assert turn.quoted is None
    assert len(turn.choices) >= 2
    chosen = desk.services.chat.say(desk.user, job, turn.choices[0])
    assert chosen.quoted is not None


def test_the_chat_says_what_it_cannot_do(desk: Desk, job: UUID) -> None:
    turn = desk.services.chat.say(desk.user, job, "change her hair to red", (2,))

    assert turn.quoted is None
    assert "Nothing was changed" in turn.reply
    with pytest.raises(EmptyInstruction):
        desk.services.chat.say(desk.user, job, "   ")


def test_the_chat_undoes_redoes_and_restores_at_once(desk: Desk, job: UUID) -> None:
    desk.edit(job, "make it nighttime", (2,))

    assert desk.services.chat.say(desk.user, job, "undo").changed
    assert desk.store.versions.current(job) == {1: 1}
    assert desk.services.chat.say(desk.user, job, "redo").changed
    assert desk.store.versions.current(job) == {1: 2}
    assert desk.services.chat.say(desk.user, job, "clip 2: back to the original").changed
    assert desk.store.versions.current(job) == {1: 1}
    assert not desk.services.chat.say(desk.user, job, "redo").changed


def test_taking_back_one_named_clip_leaves_the_others(desk: Desk, job: UUID) -> None:
    desk.edit(job, "make it nighttime", (2,))
    desk.edit(job, "make it warmer", (1,))

    desk.services.chat.say(desk.user, job, "undo clip 2")

    assert desk.store.versions.current(job) == {0: 2, 1: 1}
    assert desk.services.jobs.get(desk.user, job).undo_label == "version 1 of clip 2"


def test_there_is_an_end_to_undo_and_redo(desk: Desk, job: UUID) -> None:
    with pytest.raises(NothingToUndo):
        desk.services.history.undo(desk.user, job)
    with pytest.raises(NothingToRedo):
        desk.services.history.redo(desk.user, job)


def test_a_new_edit_drops_the_redo_steps_and_keeps_the_versions(desk: Desk, job: UUID) -> None:
    desk.edit(job, "make it nighttime", (2,))
    desk.services.history.undo(desk.user, job)

    desk.edit(job, "make it warmer", (2,))

    with pytest.raises(NothingToRedo):
        desk.services.history.redo(desk.user, job)
    versions = desk.services.versions.list(desk.user, job, 1)
    assert [version.number for version in versions] == [3, 2, 1]
    assert [version.is_current for version in versions] == [True, False, False]


def test_versions_are_named_by_id_by_number_and_as_the_original(desk: Desk, job: UUID) -> None:
    service = desk.services.versions
    assert service.number_of(desk.user, job, 1, "original") == 1
    desk.edit(job, "make it nighttime", (2,))
    newest = service.list(desk.user, job, 1)[0]

    assert service.number_of(desk.user, job, 1, newest.id) == 2
    assert service.number_of(desk.user, job, 1, "2") == 2
    assert service.number_of(desk.user, job, 1, "original") == 1
    assert service.restore(desk.user, job, 1, 2).redo_label is None
    with pytest.raises(VersionNotFound):
        service.number_of(desk.user, job, 1, "7")
    with pytest.raises(VersionNotFound):
        service.restore(desk.user, job, 1, 7)


def test_a_preview_shows_before_and_after_and_writes_nothing(
    desk: Desk, job: UUID, tmp_path: Path
) -> None:
    service = desk.services.previews

    before, after = service.frame(desk.user, job, 1, text="make it nighttime")
    service.clip(desk.user, job, 1, tmp_path / "preview.mp4", text="make it nighttime")

    assert before[:2] == after[:2] == b"\xff\xd8"
    assert before != after
    assert probe(tmp_path / "preview.mp4").frames == 48
    assert desk.store.regenerations.of_job(job) == []
    with pytest.raises(Unsupported):
        service.frame(desk.user, job, 1, text="change her hair to red")
    with pytest.raises(NeedsAnswer):
        service.frame(desk.user, job, 1, text="make clip 1 darker")


def test_a_preview_of_a_quote_is_the_owners_only(desk: Desk, job: UUID) -> None:
    quoted = desk.services.quotes.quote(desk.user, job, text="make it darker", selected=(1,))

    before, after = desk.services.previews.frame(desk.user, job, 0, quote_id=quoted.quote.id)

    assert before != after


def test_an_estimate_writes_nothing(desk: Desk, job: UUID) -> None:
    estimate = desk.services.quotes.estimate(desk.user, job, text="make it darker", selected=(1,))

    assert estimate.quote.id == UUID(int=0)
    assert [line.ceiling_micros for line in estimate.quote.lines] == [0, 0, 0]
    assert [renderer.key for renderer in estimate.renderers] == ["local"]


def test_the_doctor_finds_nothing_wrong_with_a_fresh_installation(desk: Desk, job: UUID) -> None:
    desk.edit(job, "make it darker", (1,))

    findings = desk.services.doctor.report()

    assert {finding.name for finding in findings} >= {"database", "books", "disk", "encoder"}
    assert [finding for finding in findings if not finding.is_ok and finding.name != "disk"] == []


def test_a_job_that_the_pipeline_left_locked_can_be_edited_again(desk: Desk) -> None:
    stuck = jobs.install(desk.store, desk.parts.blobs, name="stuck", status="regenerating")
    fresh = jobs.install(desk.store, desk.parts.blobs, name="fresh", status="regenerating")
    for job, minutes in ((stuck, 31), (fresh, 29)):
        touched(desk, job, datetime.now(UTC) - timedelta(minutes=minutes))

    desk.steps.release_stuck()

    assert desk.services.jobs.get(desk.user, stuck).status == "completed"
    assert desk.services.jobs.get(desk.user, fresh).status == "regenerating"


def touched(desk: Desk, job: UUID, at: datetime) -> None:
    with writing(desk.store.jobs.engine) as session:
        session.execute(update(JobRow).where(col(JobRow.id) == job).values(updated_at=at))
