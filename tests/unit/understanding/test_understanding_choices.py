"""Answers to a question that came with choices."""

import pytest

from clipbot.domain.plan import Act, Plan
from clipbot.understanding import Context, Turn, understand
from tests.unit.understanding.videos import MEASURED, told

ASKED = Plan(
    Act.ASK,
    question="Which clip is that for?",
    choices=("make clip 1 foggy", "make clip 3 foggy", "make clip 5 foggy"),
)
HISTORY = (Turn("user", "some fog please"), Turn("assistant", "Which clip is that for?", ASKED))


def answered(text: str, asked: Plan = ASKED) -> str:
    history = (HISTORY[0], Turn("assistant", "Which one?", asked))
    return told(understand(text, Context(MEASURED.clips, (), history)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the second one", "edit 3 weather:fog"),
        ("option 3", "edit 5 weather:fog"),
        ("yes, the second option please", "edit 3 weather:fog"),
        ("the first", "edit 1 weather:fog"),
        ("the last one", "edit 5 weather:fog"),
        ("the latter", "edit 5 weather:fog"),
        ("the former", "edit 1 weather:fog"),
        ("both", "edit 1,3 weather:fog"),
        ("make clip 5 foggy", "edit 5 weather:fog"),
        ("clip 2", "edit 2 weather:fog"),
        ("2", "edit 2 weather:fog"),
        ("3 and 4", "edit 3,4 weather:fog"),
        ("all of them", "edit 1,2,3,4,5,6 weather:fog"),
        ("the ninth one", "ask"),
        ("clip 2 darker", "edit 2 brightness:down"),
    ],
)
def test_a_choice_is_picked_by_its_place_or_answered_in_own_words(text: str, expected: str) -> None:
    assert answered(text) == expected


def test_a_choice_that_is_no_edit_is_taken_as_it_is() -> None:
    assert answered("the first", Plan(Act.ASK, choices=("undo", "make clip 3 darker"))) == "undo"


def test_without_choices_places_count_clips() -> None:
    assert answered("the second one", Plan(Act.ASK)) == "edit 2 weather:fog"
