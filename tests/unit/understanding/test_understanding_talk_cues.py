"""Short answers after a change, and wishes that correct themselves."""

import pytest

from clipbot.domain.plan import Act, Edit, Kind, Operation, Plan
from tests.unit.understanding.videos import done, line

FOG = done((5,), Kind.WEATHER, "fog")
BRIGHTER = done((3,), Kind.BRIGHTNESS, "up")
TWO = Plan(
    Act.EDIT,
    (
        Edit((2,), (Operation(Kind.BRIGHTNESS, "up"),)),
        Edit((4,), (Operation(Kind.BRIGHTNESS, "down"),)),
    ),
)


@pytest.mark.parametrize(
    ("text", "last", "expected"),
    [
        ("remove it again", FOG, "edit 5 weather:clear"),
        ("I don't like it, take it out", done((5,), Kind.ADD, "stars"), "edit 5 remove:stars"),
        ("remove it", done((5,), Kind.REMOVE), "edit 5 remove:None"),
        ("without the fog please", FOG, "edit 5 weather:clear"),
        ("the other way round", TWO, "edit 2 brightness:down; 4 brightness:up"),
        ("and the next one too", BRIGHTER, "edit 4 brightness:up"),
        ("now the rest", BRIGHTER, "edit 1,2,4,5,6 brightness:up"),
        ("that's too bright now", BRIGHTER, "edit 3 brightness:down"),
        ("I meant clip 2", BRIGHTER, "edit 2 brightness:up"),
        ("clip 4 less", BRIGHTER, "edit 4 brightness:down-"),
        ("the other chorus", BRIGHTER, "edit 6 brightness:up"),
        ("no, blue instead", done((3,), Kind.SUBJECT), "edit 3 subject:None"),
        ("redo clip 3", Plan(Act.UNDO, (Edit((3,)),)), "redo 3"),
    ],
)
def test_what_is_said_next_goes_on_with_the_last_change(
    text: str, last: Plan, expected: str
) -> None:
    assert line(text, (), after=last) == expected
