"""What stands for a thing, for part of a choice, or for nobody knows which clip."""

import pytest

from tests.unit.understanding.videos import line


@pytest.mark.parametrize(
    ("text", "plan"),
    [
        ("add a gospel chorus in robes to clip 4", "edit 4 add:None"),
        ("put a bridge over the street in clip 4", "edit 4 add:None"),
        ("remove the bridge in clip 4", "edit 4 remove:None"),
        ("add rain to the chorus and clip 4", "edit 3,4,6 weather:rain"),
    ],
)
def test_a_part_of_the_song_may_be_a_thing(text: str, plan: str) -> None:
    assert line(text) == plan


def test_a_thing_is_added_to_the_selected_clip() -> None:
    assert line("add a gospel chorus in robes", (4,)) == "edit 4 add:None"


@pytest.mark.parametrize(
    "text", ["brighten these, but not 4", "brighten these except 4", "these but not 4 brighter"]
)
def test_an_exception_binds_to_what_is_pointed_at(text: str) -> None:
    assert line(text, (3, 4, 5)) == "edit 3,5 brightness:up"


@pytest.mark.parametrize("text", ["brighten these, but not 4", "these but darker"])
def test_nothing_selected_leaves_nothing_to_except_from(text: str) -> None:
    assert line(text).startswith("ask")


@pytest.mark.parametrize(
    ("text", "plan"),
    [
        ("where she sings 'carry me home' in the first chorus: darker", "edit 3 brightness:down"),
        ("where she sings carry me home the first time, darker", "edit 3 brightness:down"),
        ("where she sings carry me home the second time, sepia", "edit 6 look:sepia"),
        ("where she sings carry me home for the last time, sepia", "edit 6 look:sepia"),
        ("where she sings carry me home in sepia", "edit 3,6 look:sepia"),
        ("in the second chorus, where she sings carry me home, darker", "edit 6 brightness:down"),
        ("rain in the first verse, snow in the second", "edit 2 weather:rain; 4 weather:snow"),
        (
            "for the first chorus rain, for the second snow",
            "edit 3 weather:rain; 6 weather:snow",
        ),
        ("rain in the first chorus and snow in the last", "edit 3 weather:rain; 6 weather:snow"),
        (
            "rain in the first verse, snow in the second chorus",
            "edit 2 weather:rain; 6 weather:snow",
        ),
        ("from 2 and 3 darker", "edit 2,3 brightness:down"),
    ],
)
def test_a_part_of_the_song_narrows_a_line(text: str, plan: str) -> None:
    assert line(text) == plan


@pytest.mark.parametrize(
    "text",
    [
        "where she sings carry me home the third time, darker",
        "where she sings carry me home in verse 2, darker",
        "where she sings carry me home in verse 9, darker",
        "every clip apart from some of them should be warmer",
        "all except one of them darker",
        "everything but a few of them darker",
        "make 1 and 2 darker but one of them warm",
        "make 1 and 2 darker, one of them warmer",
        "make one of clips 1 and 2 warm",
        "clip 3 one of those cars",
        "make one of those cars red",
        "make one of the dancers red",
        "clip 5 remove it",
        "clip 5, remove it",
        "from 2 and darker",
    ],
)
def test_nobody_can_know_which(text: str) -> None:
    assert line(text).startswith("ask")


@pytest.mark.parametrize(
    ("text", "plan"),
    [
        ("I don't want to see fog in clip 4", "edit 4 weather:clear"),
        ("everything in clip 5 is great except the red sunshade, lose it", "edit 5 remove:None"),
        (
            "I keep wondering whether clip 2 wouldn't be nicer with a tad more colour",
            "edit 2 saturation:up-",
        ),
        ("clip 3 in the style of 4, leave the look of 2", "style 3 like 4"),
        ("all clips in the style of 4 except 2", "style 1,3,4,5,6 like 4"),
    ],
)
def test_what_is_said_in_passing_is_read(text: str, plan: str) -> None:
    assert line(text) == plan
