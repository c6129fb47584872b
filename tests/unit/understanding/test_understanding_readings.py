"""Which words gave what, and which gave nothing."""

import pytest

from clipbot.domain.plan import Kind, Plan
from clipbot.understanding import Context, Turn, understand
from tests.unit.understanding.videos import MEASURED, done


def read(text: str, selected: tuple[int, ...] = (2,), after: Plan | None = None) -> list[str]:
    """Return the readings of a text as "words = meaning"."""
    history = (Turn("assistant", "Done.", after),) if after else ()
    plan = understand(text, Context(MEASURED.clips, selected, history))
    return [f"{each.words} = {each.means}" for each in plan.readings]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("make clips 2 and 4 darker", ["clips 2 and 4 = clips 2 and 4", "darker = darker"]),
        ("a bit brihgter", ["a bit = a little", "brihgter = brighter"]),
        ("much warmer", ["much = a lot", "warmer = warmer"]),
        ("this clip darker", ["this clip = the selected clip", "darker = darker"]),
        ("all clips foggy", ["all clips = all 6 clips", "foggy = fog"]),
        ("all but 3 foggy", ["all but 3 = clips 1, 2, 4, 5 and 6", "foggy = fog"]),
        (
            "darker, but keep her face",
            ["darker = darker", "keep her face = keeps her face"],
        ),
        (
            "clip 3 darker, not clip 4",
            ["clip 3 = clip 3", "darker = darker", "clip 4 = not clip 4"],
        ),
        ("leave clip 3 alone, clip 4 darker", ["clip 3 = clip 3", "alone = left alone"]),
        ("not darker, sharper", ["darker = not wanted", "sharper = sharper"]),
        (
            "add a dragon to clip 3 right now",
            ["add a dragon = adding something", "clip 3 = clip 3", "right now = adding something"],
        ),
        ("clip 1 at night, the rest by day", ["the rest = all other clips"]),
        ("clip 9 darker", ["clip 9 = no clip 9", "darker = darker"]),
        ("clip 3 back to version 2", ["clip 3 = clip 3", "version 2 = version 2"]),
        ("make it look like clip 3", ["look like = the look of clip 3"]),
        ("undo", ["undo = takes the last change back"]),
        ("put the change in again please", ["put the change in again = puts the change back in"]),
        ("which clips are dark?", ["which clips are dark = clips 1 and 4"]),
        ("hello", []),
    ],
)
def test_words_are_read_as_what_they_mean(text: str, expected: list[str]) -> None:
    found = read(text)
    assert [each for each in expected if each not in found] == []


def test_words_that_point_are_read_as_what_they_point_at() -> None:
    last = done((3,), Kind.BRIGHTNESS, "up")
    assert read("these darker", (2, 3))[0] == "these = the selected clips"
    assert read("that one darker", (), last)[0] == "that one = clip 3"
    assert read("these darker", ())[0] == "these = some clips"
    assert read("again", (), last) == ["again = same as before: brighter"]


def test_words_that_meant_nothing_are_shown_as_they_were_typed() -> None:
    plan = understand("the Zorb is odd, clip 3 darker. Thanks, have a nice day", MEASURED)
    assert plan.unread == ("Zorb", "odd")
    assert understand("Zorblify clip 3", MEASURED).unread == ("Zorblify",)
    assert understand("clip 99 zorblify darker", MEASURED).unread == ()
    assert understand("clip 3 darker please", MEASURED).unread == ()
