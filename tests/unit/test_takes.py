"""Takes: what makes them differ, and what each is called."""

import pytest

from clipbot.domain.plan import Act, Edit, Kind, Operation, Plan, Strength, from_json, to_json
from clipbot.domain.takes import Take, again, is_again, others, strengthened

ALL: tuple[Strength, ...] = ("slight", "medium", "strong")


def night(*strengths: Strength) -> Edit:
    kinds = (Operation(Kind.TIME_OF_DAY, "night"), Operation(Kind.WEATHER, "rain"))
    ops = tuple(
        Operation(kind.kind, kind.direction, strength)
        for kind, strength in zip(kinds, strengths, strict=False)
    )
    return Edit((1,), ops, "make it nighttime", ("her face",))


def test_a_take_is_named_by_its_place_and_by_what_is_special() -> None:
    assert Take(1, 3, 1).name == "Take 1 of 3"
    assert Take(2, 2, 1, strength="strong").name == "Take 2 of 2, strong"


def test_only_a_wish_for_the_same_once_more_is_one() -> None:
    assert is_again(again(4))
    assert again(4).clips == (4,)
    assert not is_again(night("medium"))


def test_a_strength_is_for_all_of_a_wish_and_for_nothing_else() -> None:
    assert strengthened(night("slight", "strong"), "medium") == night("medium", "medium")
    assert strengthened(night("slight", "strong"), None) == night("slight", "strong")


@pytest.mark.parametrize(
    ("said", "count", "made", "expected"),
    [
        ("medium", 3, (), ("slight", "medium", "strong")),
        ("medium", 1, (), ("medium",)),
        ("medium", 3, ("medium",), ("slight", "strong")),
        ("medium", 1, ("medium",), ("strong",)),
        ("strong", 1, ("strong",), ("medium",)),
        ("slight", 2, ("slight",), ("medium", "strong")),
        ("slight", 4, ALL, ()),
    ],
)
def test_takes_are_the_strengths_that_are_not_there_yet_the_nearest_first(
    said: Strength, count: int, made: tuple[Strength, ...], expected: tuple[Strength, ...]
) -> None:
    there = {night(strength).ops for strength in made}
    assert others(night(said), ALL, count, there) == expected


def test_a_wish_of_mixed_strengths_has_all_three() -> None:
    edit = night("slight", "strong")
    assert others(edit, ALL, 4, {edit.ops}) == ALL
    assert others(edit, ALL, 1, {edit.ops}) == ("medium",)
    assert others(Edit((1,)), ALL, 1) == ("slight",)


def test_a_plan_speaks_of_takes_only_where_some_are_wanted() -> None:
    plan = Plan(Act.EDIT, (night("medium"),), version=2, takes=3)
    assert to_json(plan)["takes"] == 3
    assert from_json(to_json(plan)) == plan
    assert "takes" not in to_json(Plan(Act.EDIT, (night("medium"),)))
    with pytest.raises(ValueError, match="whole number"):
        from_json({"act": "edit", "takes": "three"})
