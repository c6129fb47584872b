"""Reviews and the links to them, on each database."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from clipbot.domain.reviews import Judged, Mark
from clipbot.errors import (
    JobNotFound,
    RegenerationNotFound,
    ShareNotFound,
    TooManyShares,
)
from clipbot.store.records import NewMark, NewShare, RegenerationStatus, Wanted
from clipbot.store.store import Store
from tests.unit.store.given import NOW, edit, job, outcome, publication, running, submit

ADA, BOB = UUID(int=1), UUID(int=2)
EVERYTHING = Wanted()


def found(store: Store, job_id: UUID, wanted: Wanted = EVERYTHING, **given: UUID) -> list[UUID]:
    values = {"reviewer_id": ADA, **given}
    rows = store.reviews.found(job_id, wanted, **values)
    return [row.regeneration.id for row in rows]


def say(store: Store, job_id: UUID, id_: UUID, mark: Mark, note: str = "", who: UUID = ADA) -> None:
    new = NewMark(job_id, id_, who, "ada@example.com", mark, note)
    store.reviews.mark(new, now=NOW)


def finished(store: Store, job_id: UUID, clip: int, outcome_: str) -> UUID:
    id_ = running(store, job_id, clip)
    verdict = {"outcome": outcome_, "sentence": "", "findings": []}
    new = publication(id_, verdict=verdict, is_accepted=False)
    store.regenerations.publish(new, now=NOW)
    return id_


def test_edits_are_found_by_what_they_are(store: Store) -> None:
    of = job(store)
    passed, failed = finished(store, of, 0, "passed"), finished(store, of, 1, "failed")
    broken = running(store, of, 2)
    store.regenerations.end(outcome(broken), now=NOW)
    later = NOW + timedelta(hours=1)
    (waiting,) = submit(
        store, edit(of, 3, instruction="SUNNY Straße", renderer="veo_31"), now=later
    )
    finished(store, job(store), 0, "passed")

    assert found(store, of)[0] == waiting.id
    assert set(found(store, of)) == {passed, failed, broken, waiting.id}
    assert found(store, of, Wanted(clip_index=1)) == [failed]
    assert found(store, of, Wanted(verdict=Judged.PASSED)) == [passed]
    assert set(found(store, of, Wanted(verdict=Judged.NONE))) == {broken, waiting.id}
    assert found(store, of, Wanted(renderer="veo_31")) == [waiting.id]
    assert found(store, of, Wanted(status=RegenerationStatus.FAILED)) == [broken]
    assert found(store, of, Wanted(since=later)) == [waiting.id]
    assert set(found(store, of, Wanted(until=later))) == {passed, failed, broken}
    assert found(store, of, Wanted(text="sunny STRASSE")) == [waiting.id]
    assert found(store, of, Wanted(verdict=Judged.PASSED, clip_index=1)) == []
    counts = store.reviews.counts(of, reviewer_id=ADA)
    assert (counts.total, counts.verdicts) == (
        4,
        {Judged.PASSED: 1, Judged.FAILED: 1, Judged.NONE: 2},
    )
    assert counts.renderers == {"local": 3, "veo_31": 1}
    assert counts.statuses[RegenerationStatus.COMPLETED] == 2


def test_more_edits_than_a_batch_are_found_each_once_in_order(store: Store) -> None:
    of = job(store)
    ids = []
    for number in range(230):
        id_ = running(store, of, number % 5)
        store.regenerations.end(outcome(id_), now=NOW)
        ids.append(id_)
    whole = found(store, of)
    assert len(whole) == len(set(whole)) == 230
    assert set(whole) == set(ids)
    assert found(store, of, before=whole[99]) == whole[100:]
    with pytest.raises(RegenerationNotFound):
        found(store, of, before=uuid4())
    with pytest.raises(RegenerationNotFound):
        found(store, job(store), before=whole[0])


def test_what_reviewers_say_is_appended_and_the_newest_of_each_counts(store: Store) -> None:
    of = job(store)
    one, other = finished(store, of, 0, "passed"), finished(store, of, 1, "passed")
    say(store, of, one, Mark.ACCEPT)
    say(store, of, one, Mark.ACCEPT)
    say(store, of, one, Mark.REJECT, "The LANTERNS flicker.")
    say(store, of, one, Mark.ACCEPT, who=BOB)
    say(store, of, other, Mark.NONE)

    marks = store.reviews.get(of, one).marks
    assert [(mark.mark, mark.reviewer_id) for mark in marks] == [
        (Mark.ACCEPT, ADA),
        (Mark.REJECT, ADA),
        (Mark.ACCEPT, BOB),
    ]
    assert store.reviews.get(of, other).marks == ()
    assert found(store, of, Wanted(mark=Mark.REJECT)) == [one]
    assert found(store, of, Wanted(mark=Mark.NONE)) == [other]
    assert found(store, of, Wanted(mark=Mark.ACCEPT), reviewer_id=BOB) == [one]
    assert found(store, of, Wanted(text="lanterns flick")) == [one]
    newest = store.reviews.found(of, Wanted(mark=Mark.ACCEPT), reviewer_id=None)
    assert [row.regeneration.id for row in newest] == [one]
    counts = store.reviews.counts(of, reviewer_id=ADA)
    assert counts.marks == {Mark.REJECT: 1, Mark.NONE: 1}

    say(store, of, one, Mark.NONE)
    assert found(store, of, Wanted(mark=Mark.REJECT)) == []
    assert found(store, of, Wanted(text="lanterns flick")) == []


def test_a_mark_about_another_moment_is_another_mark(store: Store) -> None:
    of = job(store)
    id_ = finished(store, of, 0, "passed")
    for moment in (None, 1.25, 1.25, 0.0, None):
        new = NewMark(of, id_, ADA, "", Mark.ACCEPT, "Here.", moment_seconds=moment)
        store.reviews.mark(new, now=NOW)
    marks = store.reviews.get(of, id_).marks
    assert [mark.moment_seconds for mark in marks] == [None, 1.25, 0.0, None]


def test_an_edit_of_another_job_is_not_marked(store: Store) -> None:
    of, other = job(store), job(store)
    id_ = finished(store, of, 0, "passed")
    for regeneration, job_id in ((id_, other), (uuid4(), of)):
        with pytest.raises(RegenerationNotFound):
            say(store, job_id, regeneration, Mark.ACCEPT)
    assert store.reviews.get(of, id_).marks == ()


def share(job_id: UUID, days: int = 7) -> NewShare:
    return NewShare(uuid4(), job_id, ADA, "band", "d" * 64, NOW + timedelta(days=days))


def test_links_are_kept_listed_and_taken_back(store: Store) -> None:
    of = job(store)
    made = store.shares.add(share(of), most=2, now=NOW)
    second = store.shares.add(share(of, 1), most=2, now=NOW + timedelta(seconds=1))
    store.shares.add(share(job(store)), most=2, now=NOW)
    assert store.shares.get(made.id) == (made, "d" * 64)
    assert [each.id for each in store.shares.of_job(of)] == [second.id, made.id]
    with pytest.raises(TooManyShares):
        store.shares.add(share(of), most=2, now=NOW)
    gone = store.shares.revoke(made.id, now=NOW)
    assert (gone.revoked_at, gone.holds(NOW)) == (NOW, False)
    assert store.shares.revoke(made.id, now=NOW + timedelta(days=1)).revoked_at == NOW
    later = NOW + timedelta(days=1)
    assert (second.holds(NOW), second.holds(later)) == (True, False)
    store.shares.add(share(of), most=1, now=later + timedelta(days=1))
    for missing in (store.shares.get, lambda id_: store.shares.revoke(id_, now=NOW)):
        with pytest.raises(ShareNotFound):
            missing(uuid4())
    with pytest.raises(JobNotFound):
        store.shares.add(share(uuid4()), most=2, now=NOW)


def test_links_that_ended_long_ago_are_forgotten(store: Store) -> None:
    of = job(store)
    for number in range(8):
        moment = NOW + timedelta(days=8 * number)
        store.shares.add(
            NewShare(uuid4(), of, ADA, str(number), "d", moment + timedelta(days=7)),
            most=1,
            now=moment,
        )
    assert [each.label for each in store.shares.of_job(of)] == ["7", "6", "5", "4", "3"]


def test_marks_and_links_go_with_their_job(store: Store) -> None:
    of = job(store)
    id_ = finished(store, of, 0, "passed")
    say(store, of, id_, Mark.ACCEPT)
    made = store.shares.add(share(of), most=2, now=NOW)
    store.jobs.delete(of)
    with pytest.raises(ShareNotFound):
        store.shares.get(made.id)
    with pytest.raises(RegenerationNotFound):
        store.reviews.get(of, id_)
