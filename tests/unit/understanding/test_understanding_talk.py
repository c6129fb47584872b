"""What short answers mean in the talk: the other one, a limit, a change put back."""

import pytest

from clipbot.domain.plan import Act, Edit, Kind, Operation, Plan
from clipbot.understanding import Context, Turn, understand
from tests.unit.understanding.videos import MEASURED, PLAIN, done, line, told


def test_a_limit_repeats_the_last_change_with_it() -> None:
    rain = done((2,), Kind.WEATHER, "rain")
    assert line("fine, but not on her bench", after=rain).startswith("edit 2 weather:rain keeping")
    assert line("fine, but not on her bench", (3,), after=rain).startswith("ask")


def test_the_other_one_is_the_only_other_one() -> None:
    chorus = done((3,), Kind.BRIGHTNESS, "up")
    assert line("the other one", after=chorus) == "edit 6 brightness:up"
    assert line("the other one", after=done((5,), Kind.BRIGHTNESS, "up")).startswith("ask")
    assert line("the other one darker", (3, 5), after=done((3,), Kind.LOOK, "neon")) == (
        "edit 5 brightness:down"
    )
    unknown = Context(PLAIN.clips, (), (Turn("assistant", "Done.", chorus),))
    assert understand("the other one", unknown).act is Act.ASK


@pytest.mark.parametrize(
    ("text", "clips"),
    [("all three of these sharper", "1,2,4"), ("all three clips sharper", "1,2,4")],
)
def test_all_of_a_number_are_those_selected(text: str, clips: str) -> None:
    assert line(text, (1, 2, 4)) == f"edit {clips} sharpness:up"


def test_the_warm_one_is_the_warm_one_of_those_selected() -> None:
    assert line("the warm one colder", (3, 4)) == "edit 3 warmth:down"
    assert line("the two darkest of these brighter", (3, 4, 5)) == "edit 4,5 brightness:up"


def test_a_change_that_was_taken_back_is_put_back() -> None:
    assert line("it was better with it, bring that change back", after=Plan(Act.UNDO)) == "redo"


def test_day_is_the_other_way_of_night() -> None:
    last = Plan(Act.EDIT, (Edit((2,), (Operation(Kind.TIME_OF_DAY, "night"),), "at night"),))
    assert line("nope, the other direction", after=last) == "edit 2 time_of_day:day"


def test_or_another_thing_takes_the_place_of_the_last_one() -> None:
    last = done((3,), Kind.SUBJECT)
    history = (Turn("user", "a bicycle"), Turn("assistant", "Done.", last))
    plan = understand("or would a horse be better?", Context(MEASURED.clips, (), history))
    assert told(plan) == "edit 3 subject:None"


def test_one_of_a_kind_that_is_not_there_is_no_clip() -> None:
    assert line("the dark one 3 brighter", (4, 5)) != "edit 4 brightness:up"
