"""Operations in people's words."""

import pytest

from clipbot.domain.plan import Kind, Operation
from clipbot.domain.wording import graded, phrase, phrases


@pytest.mark.parametrize(
    ("op", "said"),
    [
        (Operation(Kind.BRIGHTNESS, "up"), "brighter"),
        (Operation(Kind.SPEED, "down"), "slower"),
        (Operation(Kind.TIME_OF_DAY, "night"), "nighttime"),
        (Operation(Kind.CAMERA, "close_up"), "close up"),
        (Operation(Kind.ADD, "dragon"), "adding dragon"),
        (Operation(Kind.REMOVE, "text"), "taking away text"),
        (Operation(Kind.ADD), "adding something"),
        (Operation(Kind.MOTION), "motion"),
    ],
)
def test_an_operation_is_said_in_a_few_words(op: Operation, said: str) -> None:
    assert phrase(op) == said


def test_several_are_enumerated() -> None:
    ops = [Operation(Kind.BRIGHTNESS, "down"), Operation(Kind.WARMTH, "down")]
    assert phrases([]) == ""
    assert phrases(ops) == "darker and cooler"
    assert phrases([*ops, Operation(Kind.WEATHER, "rain")]) == "darker, cooler and rain"


def test_how_much_is_said_where_it_can_be_more_or_less() -> None:
    assert graded(Operation(Kind.BRIGHTNESS, "down", "slight")) == "a little darker"
    assert graded(Operation(Kind.CONTRAST, "up", "strong")) == "much more contrast"
    assert graded(Operation(Kind.WARMTH, "up")) == "warmer"
    assert graded(Operation(Kind.TIME_OF_DAY, "night", "strong")) == "nighttime"
