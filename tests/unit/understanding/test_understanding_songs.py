"""What is said of three songs: clauses about clips, names in the picture, headings."""

import pytest

from clipbot.understanding import Context
from tests.unit.understanding import said_of_songs, songs
from tests.unit.understanding.videos import line

SAID = [
    pytest.param(text, plan, video, id=text)
    for video, table in (
        (songs.LANTERNS, said_of_songs.LANTERNS_SAID),
        (songs.HARBOUR, said_of_songs.HARBOUR_SAID),
        (songs.NIGHTBUS, said_of_songs.NIGHTBUS_SAID),
    )
    for text, plan in table.items()
]


@pytest.mark.parametrize(("text", "plan", "video"), SAID)
def test_what_is_said_of_a_song_means_its_plan(text: str, plan: str, video: Context) -> None:
    said = line(text, (), video)
    is_act = plan in {"ask", "chat"} and said.startswith(plan)
    assert (plan if is_act else said) == plan
