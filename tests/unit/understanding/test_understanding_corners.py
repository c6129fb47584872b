"""Sentences at the edges of the grammar: half lists, lone nouns, exceptions of exceptions."""

import pytest

from clipbot.understanding import ClipFacts, Context
from tests.unit.understanding.videos import MEASURED, PLAIN, line

THEMES = Context(
    (
        ClipFacts(1, 0, 5, "theme", 1),
        ClipFacts(2, 5, 9, "verse", 1),
        ClipFacts(3, 9, 12, "theme", 2),
    )
)
"""A video whose song has a part that no vocabulary knows."""


@pytest.mark.parametrize(
    ("text", "plan"),
    [
        ("clip 3 and leave clip 4 alone, darken 2", "edit 2 brightness:down"),
        ("clip 3 and clip 4 are perfect, clip 2 darker", "edit 2 brightness:down"),
        ("clips 2 and 5 seconds of rain", "edit 2 weather:rain"),
        ("clips 2 and 4 flurbish darker", "edit 2,4 brightness:down"),
        ("the first and third darker", "edit 1,3 brightness:down"),
        ("clips 2 and 50% darker", "edit 2 brightness:down"),
        ("all minus one and two darker", "edit 3,4,5,6 brightness:down"),
        ("all except the intro and clip 5 darker", "edit 2,3,4,6 brightness:down"),
        ("all except clip 2 and something darker", "edit 1,3,4,5,6 brightness:down"),
        ("all except one, two darker", "edit 3,4,5,6 brightness:down"),
        ("the third one 4 darker", "edit 4 brightness:down"),
        ("all clips but a darker", "edit 1,2,3,4,5,6 brightness:down"),
        ("at the end darker", "edit 6 brightness:down"),
        ("the end: darker", "edit 6 brightness:down"),
        ("the choruses but not clip 2 darker", "edit 3,6 brightness:down"),
        ("2 to 5 except 3, plus 6 darker", "edit 2,4,5,6 brightness:down"),
    ],
)
def test_what_is_said_at_the_edge_is_read(text: str, plan: str) -> None:
    assert line(text) == plan


@pytest.mark.parametrize(
    "text",
    [
        "everything minus one or brighter",
        "tonight clip darker",
        "middle eight darker",
        "darken both neighbours of",
        "all clips but the 9 darker",
        "all two boats",
        "all but those darker",
        "all but a darker one",
        "put in more",
        "the crowd more",
        "clip 2 glorp without any more of it",
        "make the crowd without more",
        "all but one of them, darker",
        "all but a few darker",
        "the others darker",
        "10 to 13 except 12, plus",
    ],
)
def test_what_is_half_said_is_asked_about(text: str) -> None:
    assert line(text).startswith("ask")


@pytest.mark.parametrize(
    ("text", "selected", "plan"),
    [
        ("the dark one brighter", (3, 6), "ask"),
        ("the rest of the intro darker", (3,), "edit 1 brightness:down"),
        ("make the flurbs gribble and these", (3, 5), "edit 3,5 subject:None"),
        ("every other one darker", (3, 5), "edit 1,3,5 brightness:down"),
        ("each the other clip darker", (3,), "ask"),
        ("others crowd", (3,), "ask"),
        ("rest room", (3,), "ask"),
        ("all but those darker", (3,), "edit 1,2,4,5,6 brightness:down"),
        ("everything but the clips darker", (3,), "edit 1,2,4,5,6 brightness:down"),
        ("all but the darker", (), "edit 1,2,3,4,5,6 brightness:down"),
        (
            "make clip 2 darker and the gribble flurbs, this one too",
            (3,),
            "edit 2,3 brightness:down",
        ),
        ("the rest of the verse darker", (2,), "ask"),
        ("the rest of the verses darker", (2,), "ask"),
    ],
)
def test_what_is_said_of_selected_clips(text: str, selected: tuple[int, ...], plan: str) -> None:
    assert line(text, selected, MEASURED) == plan


def test_a_part_that_only_this_song_has_can_be_named() -> None:
    assert line("the theme darker", (), THEMES) == "edit 1,3 brightness:down"


def test_what_was_not_measured_is_asked_about() -> None:
    assert line("the colourful one darker", (), PLAIN) == "ask"
