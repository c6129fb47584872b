"""Sentences of every class of speech, each with the plan that it means."""

import pytest

from tests.unit.understanding import sentences
from tests.unit.understanding.videos import MEASURED, SHOWN, line

_APART = {"POINTING", "SHOWING"}
CLASSES = {
    name: table
    for name, table in vars(sentences).items()
    if name.isupper() and isinstance(table, dict)
}
PLAIN = [
    pytest.param(text, plan, id=f"{name.lower()}: {text}")
    for name, table in CLASSES.items()
    if name not in _APART
    for text, plan in table.items()
]


@pytest.mark.parametrize(("text", "plan"), PLAIN)
def test_a_sentence_means_its_plan(text: str, plan: str) -> None:
    assert _act_or_line(line(text, (), MEASURED), plan) == plan


@pytest.mark.parametrize(("text", "plan"), sentences.POINTING.items())
def test_a_sentence_about_selected_clips_means_its_plan(text: str, plan: str) -> None:
    assert line(text, (3, 5), MEASURED) == plan


@pytest.mark.parametrize(("text", "plan"), sentences.SHOWING.items())
def test_a_clip_is_found_by_what_it_shows(text: str, plan: str) -> None:
    assert _act_or_line(line(text, (), SHOWN), plan) == plan


def _act_or_line(said: str, plan: str) -> str:
    """Return what was understood; of a question only that it is one."""
    return "ask" if plan == "ask" and said.startswith("ask") else said
