"""Other transitions, other fillings: free, undone like any edit, and cheap to put together."""

from dataclasses import replace
from uuid import UUID

import pytest

from clipbot.domain.filling import Filling
from clipbot.domain.plan import Act
from clipbot.domain.slots import SlotChange, SlotChoice, SlotWish
from clipbot.domain.timeline import TransitionKind
from clipbot.errors import (
    ClipUnknown,
    ConflictError,
    JobBusy,
    NeedsAnswer,
    SlotRefused,
    Unsupported,
)
from clipbot.media.engine import FilmPlan
from tests import jobs
from tests.desk import Desk
from tests.unit.store.given import NOW, film

CUT, CROSSFADE, FADE = TransitionKind.CUT, TransitionKind.CROSSFADE, TransitionKind.FADE


def keys(desk: Desk, job: UUID) -> list[str]:
    """Return the keys of the segments of the current film."""
    plan = FilmPlan.from_json(desk.store.compositions.get(job).plan["film"])
    return [segment.key for segment in plan.segments]


def transitions(desk: Desk, job: UUID) -> list[tuple[TransitionKind, float]]:
    found = [view.transition for view in desk.services.slots.list(desk.user, job)]
    return [(each.type, each.shown_duration) for each in found if each]


@pytest.fixture(name="made")
def fixture_made(desk: Desk, job: UUID) -> UUID:
    desk.services.films.ensure(job)
    return job


def test_the_transitions_of_the_plan_are_the_film_s(desk: Desk, made: UUID) -> None:
    assert transitions(desk, made) == [(CROSSFADE, 0.25), (CUT, 0.0)]


def test_another_transition_costs_its_junction_and_the_core_that_moves(
    desk: Desk, made: UUID
) -> None:
    before, film = keys(desk, made), desk.film(made)

    changed = desk.services.slots.change(desk.user, made, [SlotWish(2, None, CROSSFADE, 0.5)])

    after = keys(desk, made)
    assert len(set(after) - set(before)) == 2  # the junction, and clip 3 behind it
    assert transitions(desk, made) == [(CROSSFADE, 0.25), (CROSSFADE, 0.5)]
    assert changed.reply == (
        "Clip 2 meets clip 3 in a crossfade of 0.5 s (before: a cut). "
        "It cost nothing; “undo” takes it back."
    )
    assert changed.job.undo_label == "a crossfade of 0.5 s between clips 2 and 3"
    assert changed.job.total_cost_micros == 0
    assert desk.store.compositions.get(made).frames == 108
    assert desk.film(made) != film


def test_it_is_undone_and_redone_without_encoding_anything(desk: Desk, made: UUID) -> None:
    first, film = keys(desk, made), desk.film(made)
    desk.services.slots.change(desk.user, made, [SlotWish(1, None, CUT), SlotWish(2, None, FADE)])
    second, other = keys(desk, made), desk.film(made)

    undone = desk.services.history.undo(desk.user, made)
    assert (keys(desk, made), desk.film(made)) == (first, film)
    assert (
        undone.redo_label
        == "a cut between clips 1 and 2 and a fade through black of 1 s between clips 2 and 3"
    )
    assert transitions(desk, made) == [(CROSSFADE, 0.25), (CUT, 0.0)]
    assert desk.store.slots.of(made) == {}

    desk.services.history.redo(desk.user, made)
    assert (keys(desk, made), desk.film(made)) == (second, other)
    assert transitions(desk, made)[0] == (CUT, 0.0)


def test_everybody_hears_of_it(desk: Desk, made: UUID) -> None:
    desk.services.slots.change(desk.user, made, [SlotWish(2, None, CROSSFADE)])

    event = desk.store.events.after(made, 0)[-1]
    assert event.name == "film_changed"
    assert event.fields["slots"] == [1]
    assert event.fields["versions"] == {}
    assert event.fields["video_url"].endswith("composition=2")
    line = desk.store.messages.of_job(made, limit=5)[-1]
    assert line.content == "Changed: a crossfade of 0.5 s between clips 2 and 3."
    assert line.clips == (2,)


def test_what_is_so_already_changes_nothing(desk: Desk, made: UUID) -> None:
    changed = desk.services.slots.change(desk.user, made, [SlotWish(2, None, CUT)])

    assert changed.reply == "That is so already; nothing was changed."
    assert changed.job.undo_label is None
    assert desk.store.compositions.get(made).number == 1


def test_too_long_a_transition_is_shortened_and_said_so(desk: Desk, made: UUID) -> None:
    wish = SlotWish(2, None, CROSSFADE, 2)

    foreseen = desk.services.slots.foresee(desk.user, made, [wish])
    assert [row.after for row in foreseen.rows] == ["meets clip 3 in a crossfade of 2 s"]
    assert " ".join(foreseen.notes) == (
        "The crossfade between clips 2 and 3 lasts 0.75 s instead of 2 s: "
        "the clips are too short for more."
    )
    assert desk.store.slots.of(made) == {}

    changed = desk.services.slots.change(desk.user, made, [wish])
    assert foreseen.notes[0] in changed.reply
    assert transitions(desk, made)[1] == (CROSSFADE, 0.75)
    assert desk.services.clips.list(desk.user, made)[1].warnings == foreseen.notes


def test_short_footage_that_stands_still_is_warned_of(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "SECONDS", 4.0)
    job = jobs.install(desk.store, desk.parts.blobs, name="slow", clips=2, transitions=())
    desk.services.films.ensure(job)
    before = keys(desk, job)

    card = desk.services.clips.list(desk.user, job)[0]
    assert " ".join(card.warnings) == (
        "Clip 1 stands still for its last 1.71 s: its footage is shorter than its slot. "
        "Say “loop clip 1” or “play clip 1 back and forth”."
    )

    desk.services.slots.change(desk.user, job, [SlotWish(1, Filling.LOOP)])
    card, other = desk.services.clips.list(desk.user, job)
    assert (card.filling, card.warnings) == (Filling.LOOP, ())
    assert (other.filling, len(other.warnings)) == (Filling.FREEZE, 1)
    slot = desk.services.slots.list(desk.user, job)[0]
    assert (slot.slowdown, slot.still_seconds, slot.repeated_seconds) == (1.15, 0.0, 1.708)
    assert set(before) - set(keys(desk, job)) == {before[0]}
    assert desk.store.compositions.get(job).frames == 192


def test_a_filling_that_does_not_show_says_so(desk: Desk, made: UUID) -> None:
    before = keys(desk, made)

    changed = desk.services.slots.change(desk.user, made, [SlotWish(3, Filling.PING_PONG)])

    assert "The footage of clip 3 fills its slot, so nothing repeats now." in changed.reply
    assert keys(desk, made) == before
    assert changed.job.undo_label == "clip 3 plays back and forth"
    desk.services.history.undo(desk.user, made)
    assert desk.store.slots.of(made) == {}


def test_many_changes_are_counted(desk: Desk) -> None:
    job = jobs.install(desk.store, desk.parts.blobs, name="many", clips=5, transitions=())
    wishes = [SlotWish(number, None, CROSSFADE, 0.2) for number in range(1, 5)]

    changed = desk.services.slots.change(desk.user, job, wishes)

    assert changed.reply.startswith("4 places of the film are put together anew.")
    assert changed.job.undo_label == "crossfades in 4 places"


@pytest.mark.parametrize(
    ("wish", "error"),
    [
        (SlotWish(9, Filling.LOOP), ClipUnknown),
        (SlotWish(3, None, CROSSFADE), SlotRefused),
        (SlotWish(1, None, CROSSFADE, 60), SlotRefused),
    ],
)
def test_what_cannot_be_changes_nothing(
    desk: Desk, made: UUID, wish: SlotWish, error: type[Exception]
) -> None:
    with pytest.raises(error):
        desk.services.slots.change(desk.user, made, [SlotWish(1, None, CUT), wish])

    assert desk.store.slots.of(made) == {}
    assert desk.store.compositions.get(made).number == 1


def test_nothing_is_changed_while_an_edit_is_open(desk: Desk, made: UUID) -> None:
    desk.queue.is_held = True
    quoted = desk.services.quotes.quote(desk.user, made, text="make it night", selected=(1,))
    desk.services.edits.confirm(desk.user, made, quoted.quote.id)

    with pytest.raises(JobBusy):
        desk.services.slots.change(desk.user, made, [SlotWish(1, None, CUT)])
    said = desk.services.chat.say(desk.user, made, "hard cut between 1 and 2")
    assert "Cancel that edit, or wait" in said.reply
    assert desk.store.slots.of(made) == {}


def test_a_film_that_was_changed_meanwhile_is_looked_at_again(desk: Desk, made: UUID) -> None:
    seen = desk.store.history.cursor(made).position
    desk.services.slots.change(desk.user, made, [SlotWish(1, None, CUT)])
    change = SlotChange(1, SlotChoice(), SlotChoice(Filling.LOOP))

    for at, before in ((seen, SlotChoice()), (seen + 1, SlotChoice(Filling.PING_PONG))):
        with pytest.raises(ConflictError):
            desk.store.history.arrange(
                made,
                at=at,
                slots=(replace(change, before=before),),
                label="too late",
                composition=film("late"),
                film_url="/{number}",
                message="",
                now=NOW,
            )
    assert 1 not in desk.store.slots.of(made)


def test_the_chat_puts_it_together_at_once(desk: Desk, made: UUID) -> None:
    said = desk.services.chat.say(desk.user, made, "crossfade between 2 and 3")

    assert said.changed
    assert said.quoted is None
    assert said.plan.act is Act.EDIT
    assert said.reply.startswith("Clip 2 meets clip 3 in a crossfade of 0.5 s (before: a cut).")

    longer = desk.services.chat.say(desk.user, made, "make the crossfade 0.7 seconds")
    assert longer.reply.startswith("Clip 2 meets clip 3 in a crossfade of 0.7 s")

    back = desk.services.chat.say(desk.user, made, "undo")
    assert back.reply == "Taken back: a crossfade of 0.7 s between clips 2 and 3."
    named = desk.services.chat.say(desk.user, made, "undo the crossfade between 2 and 3")
    assert named.reply == "Taken back: a crossfade of 0.5 s between clips 2 and 3."
    assert desk.store.slots.of(made) == {}
    again = desk.services.chat.say(desk.user, made, "redo")
    assert again.reply == "Put back: a crossfade of 0.5 s between clips 2 and 3."


def test_the_chat_says_what_cannot_be(desk: Desk, made: UUID) -> None:
    said = desk.services.chat.say(desk.user, made, "crossfade of 30 seconds between 2 and 3")

    assert (said.changed, said.reply) == (False, "A transition lasts between 0.1 and 10 seconds.")


def test_an_edit_of_footage_keeps_what_was_chosen(desk: Desk, made: UUID) -> None:
    desk.services.slots.change(desk.user, made, [SlotWish(2, None, CROSSFADE, 0.5)])
    desk.edit(made, "make it nighttime", (2,))

    assert transitions(desk, made)[1] == (CROSSFADE, 0.5)
    desk.services.history.undo(desk.user, made)
    assert transitions(desk, made)[1] == (CROSSFADE, 0.5)
    desk.services.history.undo(desk.user, made)
    assert transitions(desk, made)[1] == (CUT, 0.0)


def test_a_wish_about_slots_has_no_price_and_is_no_row_of_a_plan(desk: Desk, made: UUID) -> None:
    with pytest.raises(Unsupported, match="costs nothing"):
        desk.services.quotes.quote(desk.user, made, text="crossfade between 2 and 3")
    quoted = desk.services.quotes.quote(desk.user, made, text="make it night", selected=(1, 2))
    with pytest.raises(NeedsAnswer, match="no change of its footage"):
        desk.services.quotes.revise(desk.user, made, quoted.plan, [(1, "loop clip 1"), (2, None)])


def test_the_choices_of_one_job_are_not_another_s(desk: Desk, made: UUID) -> None:
    other = jobs.install(desk.store, desk.parts.blobs, name="other")
    desk.services.slots.change(desk.user, made, [SlotWish(2, None, CROSSFADE)])

    assert transitions(desk, other) == [(CROSSFADE, 0.25), (CUT, 0.0)]
