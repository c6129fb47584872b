"""Clips named in the ways of strangers, and answers to what was asked or done before."""

import pytest

from clipbot.domain.plan import Act, Edit, Kind, Plan
from clipbot.understanding import ClipFacts, Context
from tests.unit.understanding.said_by_others import SAID
from tests.unit.understanding.said_of_exceptions import APART
from tests.unit.understanding.strangers import NAMED, POINTED
from tests.unit.understanding.videos import MEASURED, SINGLE, done, line

ASKED = Plan(
    Act.ASK,
    question="Which clip is that for?",
    choices=("sepia in the intro", "sepia in every clip"),
)


@pytest.mark.parametrize(("text", "plan"), NAMED.items())
def test_a_stranger_is_understood(text: str, plan: str) -> None:
    said = line(text, (), MEASURED)
    assert ("ask" if plan == "ask" and said.startswith("ask") else said) == plan


@pytest.mark.parametrize(("text", "plan"), (SAID | APART).items())
def test_what_others_say_is_understood(text: str, plan: str) -> None:
    said = line(text, (), MEASURED)
    assert ("ask" if plan == "ask" and said.startswith("ask") else said) == plan


@pytest.mark.parametrize(("said", "plan"), POINTED.items())
def test_a_stranger_may_point_at_what_is_selected(
    said: tuple[str, tuple[int, ...]], plan: str
) -> None:
    text, selected = said
    told = line(text, selected)
    assert ("ask" if plan == "ask" and told.startswith("ask") else told) == plan


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("and now the other dark ones", "edit 1 brightness:up"),
        ("the remaining dark clips as well", "edit 1 brightness:up"),
        ("now the other dark one", "edit 1 brightness:up"),
        ("even brighter, and 5 too", "edit 4,5 brightness:up"),
        ("whoa thats to much", "edit 4 brightness:down-"),
        ("overkill", "edit 4 brightness:down-"),
        ("I preferred it before", "undo"),
        ("the clip after those", "edit 5 brightness:up"),
        ("the two clips after it as well", "edit 5,6 brightness:up"),
    ],
)
def test_a_change_is_followed_up(text: str, expected: str) -> None:
    assert line(text, after=done((4,), Kind.BRIGHTNESS, "up")) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("and 5 the opposite", "edit 5 brightness:down"),
        ("more, and also in 6", "edit 4,6 brightness:up"),
        ("less in 5", "edit 5 brightness:down-"),
    ],
)
def test_a_change_is_turned_or_carried_on(text: str, expected: str) -> None:
    assert line(text, after=done((4,), Kind.BRIGHTNESS, "up")) == expected


def test_one_of_the_clips_in_view_may_be_counted() -> None:
    dark = done((3, 4), Kind.BRIGHTNESS, "down")
    assert line("the second one", after=dark) == "edit 4 brightness:down"
    assert line("the last one too", after=dark) == "edit 4 brightness:down"


@pytest.mark.parametrize(
    ("text", "selected", "expected"),
    [
        ("not this one, the next: darker", (4,), "edit 5 brightness:down"),
        ("not this one, the previous: darker", (4,), "edit 3 brightness:down"),
        ("not this one, the next: darker", (6,), "ask"),
        ("not this one, the next bus: darker", (4,), "edit 4 brightness:down"),
        ("the first one warmer, the other colder", (2, 5), "edit 2 warmth:up; 5 warmth:down"),
        ("the first one warmer, the other colder", (2, 3, 5), "ask"),
        ("darker but don't touch it", (3,), "edit 3 brightness:down"),
        ("pull the blues back", (3,), "edit 3 warmth:up"),
    ],
)
def test_what_is_next_to_a_clip_needs_no_noun(
    text: str, selected: tuple[int, ...], expected: str
) -> None:
    said = line(text, selected)
    assert ("ask" if said.startswith("ask") else said) == expected


def test_several_clips_have_one_that_comes_after_them() -> None:
    rainy = done((2, 3), Kind.WEATHER, "rain")
    assert line("now the clip after those", after=rainy) == "edit 4 weather:rain"
    assert line("the clip before them darker", after=rainy) == "edit 1 brightness:down"


def test_another_thing_may_be_preferred() -> None:
    swimmer = done((3,), Kind.SUBJECT, "swimmer")
    assert line("a tennis player would suit me better", after=swimmer).startswith("edit 3 subject")


@pytest.mark.parametrize("text", ["never mind", "forget it", "no thanks", "oh, doesn't matter"])
def test_a_wish_that_led_to_a_question_is_called_off(text: str) -> None:
    assert line(text, after=ASKED) == "chat"
    assert line(text, after=done((4,), Kind.BRIGHTNESS, "up")) != "edit 4 brightness:up"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the first one", "edit 1 look:sepia"),
        ("never mind the intro, make clip 2 darker", "edit 2 brightness:down"),
    ],
)
def test_a_question_may_still_be_answered(text: str, expected: str) -> None:
    assert line(text, after=ASKED) == expected


@pytest.mark.parametrize("text", ["the last one", "the last two", "the first two"])
def test_the_last_one_is_a_clip_where_the_last_choice_is_the_whole_video(text: str) -> None:
    assert "1,2,3,4,5,6" not in line(text, after=ASKED)


def test_a_look_that_is_only_talked_about_is_not_copied() -> None:
    answered = Plan(Act.ANSWER, (Edit((3,)),))
    assert not line("the mood of clip 5 is lovely", after=answered).startswith("style")
    assert line("the other ones darker", (), SINGLE) == "ask"


@pytest.mark.parametrize(
    ("text", "plan"),
    [
        ("the old times' sake clips, more vivid", "edit 1,3 saturation:up"),
        ("the line where the wind comes in: slow it down", "edit 2 speed:down"),
    ],
)
def test_only_the_line_that_is_told_is_meant(text: str, plan: str) -> None:
    lyrics = ("Dancing for the old times' sake", "Second stop and the wind comes in")
    clips = [*lyrics, lyrics[0], "You drew a star where the window steamed"]
    facts = (ClipFacts(at, at, at + 1, lyrics=sung) for at, sung in enumerate(clips, 1))
    assert line(text, (), Context(tuple(facts))) == plan
