"""Which clips stand out, and bringing one back: on real footage, graded by other filters."""

import json
from dataclasses import replace
from uuid import UUID

import pytest

from clipbot.domain.consistency import distance
from clipbot.domain.plan import Operation, Plan
from clipbot.errors import NeedsAnswer, Unsupported
from clipbot.services.consistency import ConsistencyView
from clipbot.store.records import RegenerationStatus
from tests import evenly, jobs
from tests.desk import Desk

MATCH = f"match clip {evenly.ODD + 1} to its neighbours"


def seen(at: Desk, job: UUID) -> ConsistencyView:
    return at.services.consistency.of(at.user, job, at_most=None)


def odd(at: Desk, job: UUID) -> list[int]:
    return [clip.index for clip in seen(at, job).found.outliers]


def match_of(plan: Plan) -> Operation:
    return plan.edits[0].ops[0]


def test_an_even_film_has_no_odd_clip(desk: Desk) -> None:
    job = evenly.install(desk.store, desk.parts.blobs)
    view = seen(desk, job)
    assert view.found.outliers == ()
    assert view.found.score is not None
    assert view.found.score >= 85
    assert view.sentence == "The clips go well together."
    assert [len(view.cuts), len(view.clips), view.pending] == [5, 6, ()]


@pytest.mark.parametrize("grade", sorted(evenly.GRADES))
def test_a_planted_odd_clip_is_found_and_matched_for_nothing(desk: Desk, grade: str) -> None:
    grades = {evenly.ODD: evenly.GRADES[grade]}
    job = evenly.install(desk.store, desk.parts.blobs, name=grade, grades=grades)
    before = seen(desk, job)
    assert [clip.index for clip in before.found.outliers] == [evenly.ODD]
    assert before.found.outliers[0].can_match
    quoted = desk.services.quotes.quote(desk.user, job, text=MATCH)
    assert (quoted.quote.ceiling_micros, quoted.quote.renderer) == (0, "local")
    match = match_of(quoted.plan).match
    assert match is not None
    desk.services.edits.confirm(desk.user, job, quoted.quote.id)
    row = desk.services.regenerations.of_job(desk.user, job)[0]
    assert (row.status, row.error) == (RegenerationStatus.COMPLETED, None)
    key = f"video-clips/{job}/clip_{evenly.ODD}_v2.mp4"
    after = desk.parts.tones.of(key).whole
    was, became = distance(match.source, match.target), distance(after, match.target)
    assert became <= was / 2, (grade, was, became)
    assert odd(desk, job) == []
    told = desk.services.chat.history(desk.user, job)[-1].content
    assert "Closer to its neighbours by" in told
    desk.services.history.undo(desk.user, job)
    assert odd(desk, job) == [evenly.ODD]


def test_the_price_fixes_the_colours_that_a_yes_is_for(desk: Desk) -> None:
    job = evenly.install(desk.store, desk.parts.blobs, grades={evenly.ODD: evenly.DARK})
    quoted = desk.services.quotes.quote(desk.user, job, text=MATCH)
    stored = desk.store.quotes.get(quoted.quote.id)[1]
    assert match_of(stored) == match_of(quoted.plan)
    before, after = desk.services.previews.frame(
        desk.user, job, evenly.ODD, quote_id=quoted.quote.id
    )
    words = desk.services.previews.frame(desk.user, job, evenly.ODD, text=MATCH)
    assert before != after
    assert words == (before, after)
    row = desk.services.edits.confirm(desk.user, job, quoted.quote.id)[0]
    assert row.edit.ops == (match_of(quoted.plan),)


def test_an_old_match_is_computed_anew_for_the_clip_that_it_is_for(desk: Desk) -> None:
    job = evenly.install(desk.store, desk.parts.blobs, grades={evenly.ODD: evenly.DARK})
    plan = desk.services.quotes.quote(desk.user, job, text=MATCH).plan
    other = replace(plan, edits=(replace(plan.edits[0], clips=(1,)),))
    again = desk.services.quotes.quote(desk.user, job, plan=other)
    assert match_of(again.plan).match != match_of(plan).match


def test_clips_that_are_matched_together_are_matched_to_those_that_stay(desk: Desk) -> None:
    grades = {2: evenly.DARK, evenly.ODD: evenly.DARK}
    job = evenly.install(desk.store, desk.parts.blobs, grades=grades)
    text = "match clips 3 and 4 to their neighbours"
    plan = desk.services.quotes.quote(desk.user, job, text=text).plan
    assert [edit.clips for edit in plan.edits] == [(3,), (4,)]
    targets = [op.match.target for edit in plan.edits for op in edit.ops if op.match]
    assert targets[0] == targets[1]
    assert all(op.match.source != targets[0] for edit in plan.edits for op in edit.ops if op.match)


def test_a_clip_that_was_changed_says_that_its_original_fits(desk: Desk) -> None:
    job = evenly.install(desk.store, desk.parts.blobs)
    desk.edit(job, "make clip 5 nighttime", ())
    [clip] = [each for each in seen(desk, job).clips if each.sentence]
    assert clip.standing.index == 4
    assert clip.sentence is not None
    assert clip.sentence.endswith("than the rest of chorus 1.")
    assert clip.note == "It was changed; its original does not stand out."


def test_what_is_not_measured_yet_is_said_and_measured_bit_by_bit(desk: Desk) -> None:
    job = evenly.install(desk.store, desk.parts.blobs)
    first = desk.services.consistency.of(desk.user, job, at_most=0)
    assert (first.found.score, first.pending) == (None, tuple(range(evenly.CLIPS)))
    assert first.sentence == "There is nothing to compare yet."
    second = desk.services.consistency.of(desk.user, job, at_most=4)
    assert second.pending == (4, 5)
    assert second.found.unknown == (4, 5)
    assert seen(desk, job).pending == ()
    kept = desk.services.consistency.of(desk.user, job, at_most=0)
    assert kept == seen(desk, job)


def test_a_clip_without_footage_is_unknown_and_the_others_are_compared(desk: Desk) -> None:
    job = jobs.install(desk.store, desk.parts.blobs, clips=3, missing=(1,), name="gap")
    view = seen(desk, job)
    assert (view.found.unknown, view.pending) == ((1,), ())
    assert [clip.standing.index for clip in view.clips] == [0, 2]
    assert view.cuts == ()


def test_a_clip_that_cannot_be_decoded_is_not_tried_again(desk: Desk) -> None:
    job = jobs.install(desk.store, desk.parts.blobs, name="broken", missing=(2,))
    broken, key = desk.home / "broken.mp4", f"video-clips/{job}/clip_1.mp4"
    broken.write_bytes(b"no film at all")
    desk.parts.blobs.delete(key)
    desk.parts.blobs.put(key, broken)
    view = seen(desk, job)
    assert (view.found.unknown, view.pending) == ((1, 2), ())
    with pytest.raises(Unsupported, match="clip 1 could go with"):
        desk.services.quotes.quote(desk.user, job, text="match clip 1 to its neighbours")
    with pytest.raises(Unsupported, match="its file cannot be read"):
        desk.services.quotes.quote(desk.user, job, text="match clip 2 to its neighbours")


def test_tones_that_were_cut_off_are_measured_again(desk: Desk) -> None:
    job = evenly.install(desk.store, desk.parts.blobs)
    before = seen(desk, job)
    for path in desk.parts.tones.folder.iterdir():
        path.write_text(json.dumps({"whole": 1})[:7], encoding="utf-8")
    assert seen(desk, job) == before


def test_a_clip_alone_has_nothing_to_be_matched_to(desk: Desk) -> None:
    job = jobs.install(desk.store, desk.parts.blobs, clips=2, missing=(1,), name="alone")
    with pytest.raises(Unsupported, match="no other clip that clip 1 could go with"):
        desk.services.quotes.quote(desk.user, job, text="match clip 1 to its neighbours")
    assert desk.services.consistency.of(desk.user, job).found.score is None


def test_the_chat_tells_of_a_match_once_and_its_prompt_is_as_it_was(desk: Desk) -> None:
    job = evenly.install(desk.store, desk.parts.blobs, grades={evenly.ODD: evenly.DARK})
    turn = desk.services.chat.say(desk.user, job, MATCH)
    assert turn.quoted is not None
    assert match_of(turn.plan) == match_of(turn.quoted.plan)
    desk.services.edits.confirm(desk.user, job, turn.quoted.quote.id)
    told = [line.content for line in desk.services.chat.history(desk.user, job)]
    assert not [words for words in told if words.startswith("Agreed")]
    clip = desk.services.clips.list(desk.user, job)[evenly.ODD]
    assert (clip.current_version, clip.prompt) == (2, clip.original_prompt)


def test_without_a_clip_the_chat_asks_which(desk: Desk) -> None:
    job = evenly.install(desk.store, desk.parts.blobs)
    with pytest.raises(NeedsAnswer) as asked:
        desk.services.quotes.quote(desk.user, job, text="match it to its neighbours")
    assert "clip 1: match it to its neighbours" in asked.value.choices
