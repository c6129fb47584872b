"""Slips of the finger, and words that only look like one."""

import pytest

from clipbot.understanding import ClipFacts, Context
from clipbot.understanding.spelling import corrected
from clipbot.understanding.tokens import tokenize
from tests.unit.understanding.videos import MEASURED


def spelt(text: str, context: Context = MEASURED) -> str:
    return " ".join(token.word for token in corrected(tokenize(text), context))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("brihgter", "brighter"),
        ("nigth", "night"),
        ("dreammy", "dreamy"),
        ("reomve", "remove"),
        ("unod", "undo"),
        ("drk", "dark"),
        ("clps", "clips"),
        ("waaay", "way"),
        ("sooo", "so"),
        ("ligt", "light"),
        ("wsrmer", "warmer"),
        ("satruatoin", "saturation"),
        ("colourfull", "colourful"),
        ("lik", "like"),
        ("teh", "the"),
        ("dul", "dull"),
        ("form clip 4", "from clip 4"),
        ("form 0:30", "from 0:30"),
        ("the last tow shots", "the last two shots"),
        ("is to dark", "is too dark"),
    ],
)
def test_slips_are_put_right(typed: str, meant: str) -> None:
    assert spelt(typed) == meant


@pytest.mark.parametrize(
    "text",
    ["knight", "fight", "boot", "boat", "book", "witch", "team", "duck", "form", "tow", "to dark"],
)
def test_english_words_are_left_alone(text: str) -> None:
    assert spelt(text) == text


@pytest.mark.parametrize("text", ["\u00fcbrigt", "xzq", "zzz", "ab"])
def test_words_that_are_near_nothing_are_left_alone(text: str) -> None:
    assert spelt(text) in {text, "z"}


def test_words_of_the_song_and_of_the_prompts_are_left_alone() -> None:
    sung = Context((ClipFacts(1, lyrics="Nigth falls", prompt="a brihgter place"),))
    assert spelt("nigth brihgter", sung) == "nigth brihgter"
