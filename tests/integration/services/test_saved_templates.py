"""Templates of one's own: kept from edits, used, counted, shared."""

from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from clipbot.domain.own_templates import MOST
from clipbot.domain.user import User
from clipbot.errors import (
    MalformedId,
    NeedsAnswer,
    NotAllowed,
    TemplateNameTaken,
    TemplateNotFound,
    TemplateRejected,
    TooManyTemplates,
)
from clipbot.services.views import TemplateView
from tests import jobs
from tests.desk import Desk

STRANGER = User(uuid4())


def own(desk: Desk, user: User | None = None) -> list[TemplateView]:
    found = desk.services.templates.list(user or desk.user)
    return [template for template in found if not template.is_built_in]


def test_built_in_templates_come_first_with_what_they_were_used_for(desk: Desk, job: UUID) -> None:
    desk.edit(job, "make it nighttime", (2,))

    listed = desk.services.templates.list(desk.user)

    assert len(listed) >= 23
    assert listed[0].id == "nighttime"
    assert (listed[0].usage_count, listed[1].usage_count) == (1, 0)
    assert "sunny" in listed[0].words_out


def test_a_past_edit_is_kept_with_its_wish_and_what_it_did_to_the_prompt(
    desk: Desk, job: UUID
) -> None:
    edit = desk.edit(job, "make clip 2 nighttime, keep the lanterns")

    template = desk.services.templates.save_edit(desk.user, "My  night ", edit)

    assert (template.title, template.group) == ("My night", "Mine")
    assert template.instruction == "make it nighttime, keep the lanterns"
    assert template.preserves == ("the lanterns",)
    assert template.words_in[:2] == ("nighttime scene", "dark sky")
    assert template.words_out == ("sunny", "golden hour")
    assert own(desk) == [template]
    assert desk.services.templates.get(desk.user, template.id) == template


def test_a_follow_up_is_kept_in_words_that_stand_alone(desk: Desk, job: UUID) -> None:
    desk.services.chat.say(desk.user, job, "make it darker", (2,))
    turn = desk.services.chat.say(desk.user, job, "a bit more", (2,))
    assert turn.quoted is not None
    (edit,) = desk.services.edits.confirm(desk.user, job, turn.quoted.quote.id)

    template = desk.services.templates.save_edit(desk.user, "Dim", edit.id)

    assert template.instruction == "make it darker"


def test_an_own_template_puts_its_words_in_and_is_counted_once(desk: Desk, job: UUID) -> None:
    edit = desk.edit(job, "make clip 2 nighttime")
    template = desk.services.templates.save_edit(desk.user, "My night", edit)

    turn = desk.services.chat.say(
        desk.user, job, template.instruction, (1, 3), template_id=template.id
    )

    assert turn.plan.template_id == template.id
    assert turn.quoted is not None
    assert own(desk)[0].usage_count == 0
    rows = desk.services.edits.confirm(desk.user, job, turn.quoted.quote.id)
    assert {row.template_id for row in rows} == {template.id}
    assert own(desk)[0].usage_count == 1
    prompt = desk.services.clips.list(desk.user, job)[0].prompt
    assert "ighttime scene" in prompt
    assert "sunny" not in prompt
    assert "golden hour" not in prompt


def test_words_of_ones_own_reach_the_prompt(desk: Desk, job: UUID) -> None:
    template = desk.services.templates.save(desk.user, "Mine", "make it nighttime")
    record = desk.services.templates.store.templates.visible_to(desk.user.id)[0]
    desk.store.templates.change(
        replace(record, words_in=("a thousand fireflies",), words_out=("paper lanterns",))
    )

    desk.services.templates.apply(desk.user, job, 0, template.id, "a bit warmer")

    prompt = desk.services.clips.list(desk.user, job)[0].prompt
    assert "thousand fireflies" in prompt
    assert "paper lanterns" not in prompt


def test_a_deleted_template_leaves_what_was_made_with_it(desk: Desk, job: UUID) -> None:
    template = desk.services.templates.save(desk.user, "Mine", "make it nighttime")
    desk.queue.is_held = True
    row = desk.services.templates.apply(desk.user, job, 0, template.id)

    assert desk.services.templates.delete(desk.user, template.id).id == template.id
    desk.queue.run()

    done = desk.services.regenerations.get(desk.user, job, row.id)
    assert (done.status, done.template_id) == ("completed", template.id)
    with pytest.raises(TemplateNotFound):
        desk.services.templates.get(desk.user, template.id)


def test_what_is_no_single_change_for_any_clip_is_refused(desk: Desk) -> None:
    save = desk.services.templates.save
    for text in ("hello", "undo", "which clips are dark?", "make the chorus warmer"):
        with pytest.raises(TemplateRejected, match="as a change of any one clip"):
            save(desk.user, "a", text)
    with pytest.raises(TemplateRejected, match="these are several"):
        save(desk.user, "a", "clip 1 darker and clip 2 brighter")
    with pytest.raises(NeedsAnswer, match="leave the clips out") as caught:
        save(desk.user, "a", "make clip 3 darker, keep her face")
    assert caught.value.choices == ("make it darker, keep her face",)
    for name in ("", "  ", "x" * 61, "\0"):
        with pytest.raises(TemplateRejected, match="1 to 60 characters"):
            save(desk.user, name, "make it darker")
    assert own(desk) == []


def test_another_wish_forgets_the_words_of_the_old_one(desk: Desk, job: UUID) -> None:
    edit = desk.edit(job, "make it nighttime", (2,))
    kept = desk.services.templates.save_edit(desk.user, "Night", edit)
    change = desk.services.templates.change

    renamed = change(desk.user, kept.id, name="Dark", instruction=f" {kept.instruction} ")
    assert (renamed.title, renamed.words_in) == ("Dark", kept.words_in)

    reworded = change(desk.user, kept.id, instruction="make it sunset")
    assert (reworded.words_in, reworded.words_out) == ((), ())


def test_names_are_one_of_their_kind_and_there_are_at_most_a_hundred(desk: Desk) -> None:
    save = desk.services.templates.save
    save(desk.user, "Night", "make it nighttime")
    with pytest.raises(TemplateNameTaken, match="“night”"):
        save(desk.user, "night", "make it darker")
    for number in range(MOST - 1):
        save(desk.user, f"t{number}", "make it darker")
    with pytest.raises(TooManyTemplates, match="100 templates"):
        save(desk.user, "one more", "make it darker")


def test_only_the_owner_changes_a_template_and_others_see_it_once_it_is_shared(
    desk: Desk,
) -> None:
    service = desk.services.templates
    kept = service.save(desk.user, "Night", "make it nighttime")
    theirs = jobs.install(desk.store, desk.parts.blobs, name="theirs", user_id=STRANGER.id)

    for attempt in (service.get, service.delete):
        with pytest.raises(TemplateNotFound):
            attempt(STRANGER, kept.id)
    with pytest.raises(TemplateNotFound):
        service.apply(STRANGER, theirs, 0, kept.id)
    with pytest.raises(TemplateNotFound):
        desk.services.chat.say(STRANGER, theirs, "make it nighttime", (1,), template_id=kept.id)
    assert own(desk, STRANGER) == []

    service.change(desk.user, kept.id, shared=True)

    (seen,) = own(desk, STRANGER)
    assert (seen.group, seen.is_own, seen.is_shared) == ("Shared", False, True)
    service.apply(STRANGER, theirs, 0, kept.id)
    assert own(desk)[0].usage_count == 1
    for refused in (service.change, service.delete):
        with pytest.raises(NotAllowed, match="somebody else"):
            refused(STRANGER, kept.id)
    service.change(desk.user, kept.id, shared=False)
    with pytest.raises(TemplateNotFound):
        service.get(STRANGER, kept.id)


def test_an_edit_of_somebody_elses_is_not_kept(desk: Desk, job: UUID) -> None:
    edit = desk.edit(job, "make it nighttime", (2,))
    with pytest.raises(NotAllowed):
        desk.services.templates.save_edit(STRANGER, "Night", edit)


def test_built_in_templates_stay_as_they_are(desk: Desk) -> None:
    with pytest.raises(NotAllowed, match="comes with clipbot"):
        desk.services.templates.change(desk.user, "nighttime", name="mine")
    with pytest.raises(MalformedId):
        desk.services.templates.get(desk.user, "own:what")


def test_a_plan_that_is_no_single_edit_keeps_its_own_template(desk: Desk, job: UUID) -> None:
    turn = desk.services.chat.say(desk.user, job, "hello", template_id="nighttime")
    assert turn.plan.template_id is None


def test_a_template_is_used_by_its_name_in_the_chat(desk: Desk, job: UUID) -> None:
    kept = desk.services.templates.save(desk.user, "Neon rain", "make it rainy, keep her face")

    turn = desk.services.chat.say(desk.user, job, "apply neon rain to clips 1 and 3")

    assert [(edit.clips, edit.keep) for edit in turn.plan.edits] == [((1, 3), ("her face",))]
    assert turn.plan.template_id == kept.id
    assert turn.messages[0].content == "apply neon rain to clips 1 and 3"
    selected = desk.services.chat.say(desk.user, job, "use my neon rain template", (2,))
    assert [edit.clips for edit in selected.plan.edits] == [(2,)]
    other = desk.services.chat.say(desk.user, job, "apply warmer colours to clip 2")
    assert other.plan.template_id == "warmer_colors"
