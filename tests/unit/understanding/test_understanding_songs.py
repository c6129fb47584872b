"""What is said of three songs: clauses about clips, names in the picture, headings."""

import pytest

from clipbot.understanding import Context
from tests.unit.understanding import said_of_songs, songs
from tests.unit.understanding.videos import PLAIN, line

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


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("I hate clip 3 its grey, more colour", "ask"),
        ("look at clip 3 its shaky, more colour", "edit"),
        ("darker, the clips that are", "ask"),
        ("the choruses darker, not for the", "edit"),
    ],
)
def test_what_breaks_off_is_read_as_far_as_it_goes(text: str, act: str) -> None:
    assert line(text, (), songs.HARBOUR).split()[0] == act


def test_clips_without_lyrics_are_asked_for_where_no_song_is_known() -> None:
    assert line("the clips without lyrics darker", (), PLAIN).startswith("ask")
