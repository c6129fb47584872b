"""Several versions of a clip at once, in people's words."""

import pytest

from clipbot.domain.plan import Act
from clipbot.understanding import ClipFacts, Context, understand

VIDEO = tuple(
    ClipFacts(number, start=5.0 * number - 5, end=5.0 * number, versions=4 if number == 3 else 1)
    for number in range(1, 6)
)


def read(text: str, *selected: int) -> str:
    """Return what is wanted in one line: "3 of 2", "3 of 3 like 2"."""
    plan = understand(text, Context(VIDEO, selected))
    if plan.act is Act.ASK:
        return str(plan.question)
    if not plan.takes:
        return str(plan.act)
    (edit,) = plan.edits
    assert [op.kind.value for op in edit.ops] == ["regenerate"]
    assert not plan.unread
    (reading,) = plan.readings
    assert reading.means.startswith(f"{plan.takes} takes")
    assert text[reading.start : reading.stop] == reading.words == edit.instruction
    like = f" like {plan.version}" if plan.version else ""
    return f"{plan.takes} of {edit.clips[0]}{like}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("three more like this", "3 of 3"),
        ("Three more like this, please!", "3 of 3"),
        ("give me 3 more versions of clip 2", "3 of 2"),
        ("two alternatives", "2 of 3"),
        ("show me two alternatives for the last clip", "2 of 5"),
        ("could you make me four variations", "4 of 3"),
        ("a couple of other options for clip 1", "2 of 1"),
        ("3 more", "3 of 3"),
        ("more like this", "3 of 3"),
        ("i want more like that one", "3 of 3"),
        ("3 more of these", "3 of 3"),
        ("three more like version 2", "3 of 3 like 2"),
        ("2 more takes like v 4", "2 of 3 like 4"),
        ("three more like the original version of clip 3", "3 of 3 like 1"),
        ("clip 4: three more versions", "3 of 4"),
        ("ten more versions of clip 2", "10 of 2"),
    ],
)
def test_several_versions_at_once_are_understood(text: str, expected: str) -> None:
    assert read(text, 3) == expected


@pytest.mark.parametrize(
    "text",
    [
        "one more version",
        "another version",
        "make clip 2 nighttime",
        "make it more like this",
        "more like a painting",
        "make three different versions at sunset",
        "add three more lanterns",
        "three more lanterns like this",
        "back to version 2",
        "make it darker, three versions",
        "more like version two point five",
        "how many versions does it have?",
    ],
)
def test_what_says_something_else_is_no_wish_for_takes(text: str) -> None:
    assert not understand(text, Context(VIDEO, (3,))).takes


def test_what_is_missing_is_asked_for() -> None:
    assert read("three more like this") == "Which clip is that for?"
    assert read("three more versions", 1, 2) == "Which clip is that for?"
    assert read("3 more versions of clip 9", 3).startswith("This video has no clip 9")
    assert read("three more like version 9", 3) == "Clip 3 has no version 9; it has 4."


def test_every_choice_is_a_wish_for_takes_again() -> None:
    asked = [
        "three more like this",
        "3 more versions of clip 9",
        "3 more versions of clips 1 and 3",
    ]
    for text in asked:
        plan = understand(text, Context(VIDEO))
        assert plan.act is Act.ASK
        assert len(plan.choices) >= 2
        takes = [understand(choice, Context(VIDEO)).takes for choice in plan.choices[:2]]
        assert takes == [3, 3], plan.choices
    plan = understand("three more like version 9", Context(VIDEO, (3,)))
    assert [read(choice) for choice in plan.choices] == ["3 of 3 like 4", "3 of 3"]


def test_a_video_without_clips_has_nothing_to_repeat() -> None:
    assert understand("three more like this", Context(())).act is Act.ASK
