"""What short answers mean, by what became of the plan before them."""

import pytest

from clipbot.domain.plan import Act, Edit, Kind, Operation, Plan, Strength
from clipbot.understanding import ClipFacts, Context, Turn, understand

CLIPS = tuple(ClipFacts(number, number * 5.0 - 5, number * 5.0) for number in range(1, 7))
Wish = tuple[tuple[int, ...], str | None, Strength]


def planned(direction: str, strength: Strength, *clips: int, pending: bool = False) -> list[Turn]:
    op = Operation(Kind.BRIGHTNESS, direction, strength)
    plan = Plan(Act.EDIT, (Edit(clips, (op,), "so"),))
    return [Turn("user", "so"), Turn("assistant", "Done.", plan, is_pending=pending)]


def wishes(text: str, history: list[Turn], *selected: int) -> list[Wish]:
    plan = understand(text, Context(CLIPS, selected, tuple(history)))
    assert plan.act is Act.EDIT, plan
    return [(edit.clips, op.direction, op.strength) for edit in plan.edits for op in edit.ops]


@pytest.mark.parametrize(
    ("text", "pending", "direction", "strength"),
    [
        ("a bit more", False, "down", "slight"),
        ("more", False, "down", "medium"),
        ("too much", False, "up", "slight"),
        ("a bit more", True, "down", "strong"),
        ("too much", True, "down", "slight"),
        ("the other way", True, "up", "medium"),
        ("once more", True, "down", "medium"),
    ],
)
def test_more_and_less_depend_on_whether_it_was_done(
    text: str,
    pending: bool,  # noqa: FBT001 - a table
    direction: str,
    strength: Strength,
) -> None:
    history = planned("down", "medium", 2, pending=pending)
    assert wishes(text, history) == [((2,), direction, strength)]


def test_a_step_has_an_end() -> None:
    strong = planned("down", "strong", 2, pending=True)
    slight = planned("down", "slight", 2, pending=True)
    assert wishes("more", strong) == [((2,), "down", "strong")]
    assert wishes("less", slight) == [((2,), "down", "slight")]


def test_selected_clips_go_on_with_their_own_change() -> None:
    history = [*planned("down", "medium", 2), *planned("up", "strong", 3)]
    assert wishes("a bit more", history, 2) == [((2,), "down", "slight")]
    assert wishes("more", history, 5) == [((5,), "up", "strong")]
    assert wishes("same", history, 2) == [((2,), "up", "strong")]
    assert wishes("same for clip 4", history, 2) == [((4,), "up", "strong")]


def test_a_question_in_between_does_not_move_the_talk() -> None:
    asked = Turn("assistant", "Clip 5 lasts 5 s.", Plan(Act.ANSWER, (Edit((5,)),)))
    history = [*planned("down", "medium", 2), Turn("user", "how long is clip 5?"), asked]
    assert wishes("a bit more", history) == [((2,), "down", "slight")]


def test_clips_of_a_change_that_are_gone_are_not_meant() -> None:
    history = planned("down", "medium", 9)
    plan = understand("a bit more", Context(CLIPS, (), tuple(history)))
    assert plan.act is Act.ASK


def test_what_was_to_be_kept_is_kept_when_there_is_more_of_it() -> None:
    ops = (Operation(Kind.BRIGHTNESS, "down"),)
    plan = Plan(Act.EDIT, (Edit((2,), ops, "darker", ("her face",)),))
    history = (Turn("user", "so"), Turn("assistant", "Done.", plan))
    for text, selected in (("a bit more", ()), ("more", (2,)), ("same for clip 4", ())):
        found = understand(text, Context(CLIPS, selected, history))
        assert [edit.keep for edit in found.edits] == [("her face",)], text


def test_several_changes_go_on_each_with_its_own() -> None:
    edits = (
        Edit((2,), (Operation(Kind.BRIGHTNESS, "down"),), "darker", ("her face",)),
        Edit((3,), (Operation(Kind.WARMTH, "up"),), "warmer"),
    )
    history = (Turn("user", "so"), Turn("assistant", "Done.", Plan(Act.EDIT, edits)))
    found = understand("a bit more", Context(CLIPS, (), history))
    assert [(edit.clips, edit.keep) for edit in found.edits] == [((2,), ("her face",)), ((3,), ())]
