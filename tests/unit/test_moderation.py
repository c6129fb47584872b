"""Prompts without the words that moderation minds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clipbot.domain.moderation import cleaned


@pytest.mark.parametrize(
    ("prompt", "said_instead"),
    [
        ("An intimate family moment by the sea", "A close family moment by the sea"),
        ("Sensual light, infectious energy", "Warm light, electric energy"),
        ("a blood-red sky over a provocative city", "a deep red sky over a striking city"),
        ("an infectious grin, a provocative one", "an electric grin, a striking one"),
        ("a BLOODY mess", "a Stained mess"),
    ],
)
def test_minded_words_are_said_otherwise(prompt: str, said_instead: str) -> None:
    assert cleaned(prompt) == said_instead


@pytest.mark.parametrize("prompt", ["", "a deadline", "Essex at dawn", "a nudge", "the skilling"])
def test_words_that_only_contain_a_minded_one_stay(prompt: str) -> None:
    assert cleaned(prompt) == prompt


@given(st.text(max_size=300))
def test_cleaning_twice_is_cleaning_once(prompt: str) -> None:
    assert cleaned(cleaned(prompt)) == cleaned(prompt)
