"""Operations in people's words."""

import pytest

from clipbot.domain.plan import Edit, Kind, Operation
from clipbot.domain.wording import graded, named_changes, phrase, phrases, waiting


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


def test_what_our_words_do_not_name_is_said_in_the_persons_own() -> None:
    darker, something = Operation(Kind.BRIGHTNESS, "down", "slight"), Operation(Kind.ADD)
    assert named_changes(Edit((1,), (darker,), "a bit darker"), graded) == "a little darker"
    assert named_changes(Edit((1,), (something, darker), "add a dragon, darker")) == (
        "add a dragon, darker"
    )
    assert named_changes(Edit((1,), (something,))) == "adding something"
    assert named_changes(Edit((1,), (), "surprise me")) == "surprise me"


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0.4, "under a second"),
        (8.4, "about 8 s"),
        (33, "about 35 s"),
        (58, "about 1 min"),
        (92, "about 1½ min"),
        (130, "about 2 min"),
        (320, "about 5 min"),
    ],
)
def test_a_wait_is_no_more_exact_than_it_is_known(seconds: float, said: str) -> None:
    assert waiting(seconds) == said
