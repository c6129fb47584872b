"""Wishes that a clip look like the clips it belongs to."""

import pytest

from clipbot.domain.plan import Act, Kind, Operation, Strength
from clipbot.understanding import ClipFacts, Context, understand

NEIGHBOURS = Operation(Kind.LOOK, "neighbours")


def context(*selected: int) -> Context:
    clips = tuple(
        ClipFacts(
            number=number,
            start=4.0 * number - 4,
            end=4.0 * number,
            section="verse" if number < 4 else "chorus",
            section_number=1,
        )
        for number in range(1, 7)
    )
    return Context(clips=clips, selected=selected, history=())


@pytest.mark.parametrize(
    ("text", "clips"),
    [
        ("match clip 4 to its neighbours", (4,)),
        ("match clip 4 to its neighbors", (4,)),
        ("Can you match clip 4 with the clips around it, please?", (4,)),
        ("make clip 4 look like the others", (4,)),
        ("make clip 4 look like the other clips", (4,)),
        ("make clip 4 match the rest of the verse", (4,)),
        ("make clip 4 look like the rest of chorus 1", (4,)),
        ("clip 4 should look like its neighbours", (4,)),
        ("blend clip 4 in with the others", (4,)),
        ("make clip 4 consistent with the rest", (4,)),
        ("give clip 4 the look of its neighbours", (4,)),
        ("match the colours of clip 4 to the clips around it", (4,)),
        ("clip 4 sticks out, match it to its neighbours", (4,)),
        ("clip 4: match it to its neighbours", (4,)),
        ("match clips 2 and 4 to their neighbours", (2, 4)),
        ("match all clips to their neighbours", (1, 2, 3, 4, 5, 6)),
    ],
)
def test_a_clip_is_to_look_like_those_it_belongs_to(text: str, clips: tuple[int, ...]) -> None:
    plan = understand(text, context())
    assert plan.act is Act.EDIT
    assert [(edit.clips, edit.ops) for edit in plan.edits] == [(clips, (NEIGHBOURS,))]
    assert all(text[each.start : each.stop] == each.words for each in plan.readings)
    assert {each.means for each in plan.readings} >= {"matched to its neighbours"}


@pytest.mark.parametrize(
    "text",
    ["match it to the rest", "make it match its neighbours", "blend this clip in with the others"],
)
def test_a_clip_in_view_is_meant_where_none_is_named(text: str) -> None:
    assert [edit.clips for edit in understand(text, context(2)).edits] == [(2,)]
    asked = understand(text, context())
    assert asked.act is Act.ASK
    assert asked.choices[0] == "clip 1: match it to its neighbours"


@pytest.mark.parametrize(
    ("text", "strength"),
    [
        ("slightly match clip 4 to its neighbours", "slight"),
        ("match clip 4 to its neighbours a bit", "slight"),
        ("match clip 4 completely to its neighbours", "strong"),
    ],
)
def test_how_much_is_read_too(text: str, strength: Strength) -> None:
    [edit] = understand(text, context()).edits
    assert edit.ops == (Operation(Kind.LOOK, "neighbours", strength),)


@pytest.mark.parametrize(
    ("text", "choices"),
    [
        (
            "match clip 4 to its neighbours and make it brighter",
            ("make clip 4 brighter", "match clip 4 to its neighbours"),
        ),
        (
            "make clip 4 brighter and match clip 5 to its neighbours",
            ("make clip 4 brighter", "match clip 5 to its neighbours"),
        ),
        (
            "make clip 4 look like its neighbours and darker",
            ("clip 4: darker", "match clip 4 to its neighbours"),
        ),
    ],
)
def test_two_wishes_are_done_one_after_another(text: str, choices: tuple[str, ...]) -> None:
    plan = understand(text, context())
    assert (plan.act, plan.choices) == (Act.ASK, choices)


def test_a_clip_that_is_not_there_is_asked_for() -> None:
    plan = understand("match clip 9 to its neighbours", context())
    assert (plan.act, plan.question) == (
        Act.ASK,
        "This video has no clip 9; its clips are 1 to 6.",
    )


@pytest.mark.parametrize(
    "text",
    [
        "match clip 4 to clip 3",
        "don't match clip 4 to its neighbours",
        "make the others darker",
        "make the rest look like clip 2",
        "is clip 4 like its neighbours?",
        "make clips 1 to 3 look like the rest of the video in black and white",
        "add a dragon that looks like the others to clip 2",
    ],
)
def test_other_wishes_are_other_wishes(text: str) -> None:
    plan = understand(text, context(2))
    assert all(op.direction != "neighbours" for edit in plan.edits for op in edit.ops)
