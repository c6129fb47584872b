"""What a language model may add to a plan, and what it may not."""

from dataclasses import replace

import pytest

from clipbot.domain.plan import Act, Edit, Kind, Operation, Plan
from clipbot.understanding import Context, merged, needs_model, understand
from tests.unit.understanding.videos import MEASURED, told

GLOW = Operation(Kind.LOOK, "glow")


def proposed(*clips: int, ops: tuple[Operation, ...] = (GLOW,)) -> Plan:
    return Plan(Act.EDIT, (Edit(clips, ops, "glittering"),))


def filled(text: str, proposal: Plan, selected: tuple[int, ...] = ()) -> str:
    context = Context(MEASURED.clips, selected)
    return told(merged(understand(text, context), proposal, context))


@pytest.mark.parametrize(
    ("text", "needed"),
    [
        ("zorblify clip 3", True),
        ("make clip 3 purple", True),
        ("make clip 3 darker", False),
        ("clip 99 darker", False),
        ("zorblify clip 99", False),
        ("???", False),
        ("undo", False),
        ("hello", False),
    ],
)
def test_a_model_is_needed_where_words_went_unread(text: str, needed: bool) -> None:  # noqa: FBT001
    assert needs_model(understand(text, MEASURED)) is needed


def test_a_model_says_what_an_unread_wish_means() -> None:
    assert filled("zorblify clip 3", proposed(3)) == "edit 3 look:glow"
    assert filled("zorblify it", proposed(2), (2,)) == "edit 2 look:glow"
    assert filled("zorblify the girl", proposed(4)) == "edit 4 look:glow"


def test_clips_that_were_read_are_never_overruled() -> None:
    assert filled("zorblify clip 3", proposed(1, 2)) == "edit 3 look:glow"
    assert filled("zorblify it", proposed(1), (2,)) == "edit 2 look:glow"
    assert filled("make clip 3 purple", proposed(1)) == "edit 3 other:None"


def test_several_edits_stay_within_the_clips_that_were_read() -> None:
    both = Plan(Act.EDIT, (*proposed(3).edits, *proposed(4, ops=(Operation(Kind.ADD),)).edits))
    assert filled("zorblify clips 3 and 4", both) == "edit 3 look:glow; 4 add:None"
    assert filled("zorblify clip 3", both) == "edit 3 look:glow"


def test_a_clip_that_does_not_exist_becomes_a_question() -> None:
    context = MEASURED
    plan = merged(understand("zorblify the girl", context), proposed(99), context)
    assert plan.act is Act.ASK
    assert plan.question == "This video has no clip 99; its clips are 1 to 6."


def test_a_model_may_not_take_the_whole_video_nor_no_clip() -> None:
    assert filled("zorblify the girl", proposed(1, 2, 3, 4, 5, 6)) == "ask"
    assert filled("zorblify the girl", proposed()) == "ask"


def test_what_was_called_other_gets_its_name_and_the_rest_stays() -> None:
    context = MEASURED
    plan = understand("make clip 3 purple", context)
    assert told(merged(plan, proposed(3), context)) == "edit 3 look:glow"
    assert told(merged(plan, Plan(Act.ASK), context)) == "edit 3 other:None"
    darker = Edit((3,), (Operation(Kind.OTHER), Operation(Kind.BRIGHTNESS, "down")), "as said")
    brighter = proposed(3, ops=(GLOW, Operation(Kind.BRIGHTNESS, "up")))
    both = merged(replace(plan, edits=(darker,)), brighter, context)
    assert told(both) == "edit 3 brightness:down look:glow"


def test_a_plan_without_a_gap_stays_as_it_is() -> None:
    plan = understand("clip 3 darker", MEASURED)
    assert merged(plan, proposed(1), MEASURED) is plan
    unread = understand("zorblify clip 3", MEASURED)
    assert merged(unread, Plan(Act.UNDO), MEASURED) is unread
    assert merged(unread, Plan(Act.EDIT, (Edit((3,)),)), MEASURED) is unread


def test_an_answer_of_a_model_names_existing_clips_only() -> None:
    answer = Plan(Act.ANSWER, (Edit((3, 99)), Edit((77,))), reply="Clip 3.")
    plan = merged(understand("zorblify clip 3", MEASURED), answer, MEASURED)
    assert (plan.act, plan.edits, plan.reply) == (Act.ANSWER, (Edit((3,)),), "Clip 3.")
