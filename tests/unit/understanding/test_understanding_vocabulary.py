"""What a sentence asks for, word class by word class, for one selected clip."""

import pytest

from tests.unit.understanding import (
    said_of_light,
    said_of_pictures,
    said_of_several,
    said_of_things,
)
from tests.unit.understanding.videos import line

SAID = {
    text: expected
    for module in (said_of_light, said_of_pictures, said_of_things)
    for name, table in vars(module).items()
    if name.isupper()
    for text, expected in table.items()
} | said_of_several.CORNERS


def wish(text: str) -> str:
    """Return what a text means for clip 2, selected, without the clip."""
    said = line(text, (2,)).removeprefix("edit 2").strip()
    return "ask" if said.startswith("ask") else said


@pytest.mark.parametrize(("text", "expected"), SAID.items())
def test_a_sentence_asks_for_its_change(text: str, expected: str) -> None:
    assert wish(text) == expected


@pytest.mark.parametrize(("text", "plan"), said_of_several.SEVERAL.items())
def test_a_sentence_gives_each_clip_its_change(text: str, plan: str) -> None:
    said = line(text)
    assert ("ask" if said.startswith("ask") else said) == plan
