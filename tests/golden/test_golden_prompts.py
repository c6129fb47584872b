"""The prompts of thirty edits of the sample: as they were read and found good."""

import pytest

from tests.golden.edits import EDITS, FOLDER, golden, path

PLACES = range(len(EDITS))


@pytest.mark.parametrize("place", PLACES, ids=[path(place).stem for place in PLACES])
def test_a_prompt_is_as_it_was_read(place: int) -> None:
    """After `python -m tests.golden.edits`, read what differs."""
    assert golden(*EDITS[place]) == path(place).read_text(encoding="utf-8")


def test_there_are_thirty_and_no_other_files() -> None:
    assert len(EDITS) == 30
    assert {each.name for each in FOLDER.iterdir()} == {path(place).name for place in PLACES}
