"""The named edits."""

from itertools import pairwise

import pytest

from clipbot.domain.plan import Kind, Operation
from clipbot.domain.templates import TEMPLATES, Group, Template, groups, matching, rivals

EVERY = pytest.mark.parametrize("template", TEMPLATES.values(), ids=lambda each: each.id)
SEEDS = {
    "nighttime sunset daytime dawn": Group.LIGHT,
    "warmer_colors cooler_colors high_contrast desaturated": Group.COLOUR,
    "add_motion calm_still high_energy": Group.MOTION,
    "dramatic dreamy gritty ethereal": Group.MOOD,
}


@pytest.mark.parametrize(("ids", "group"), SEEDS.items())
def test_the_seeds_templates_are_there_in_their_groups(ids: str, group: Group) -> None:
    assert {TEMPLATES[id_].group for id_ in ids.split()} == {group}


def test_groups_hold_every_template_once_and_in_order() -> None:
    grouped = groups()
    assert list(grouped) == list(Group)
    assert [each for held in grouped.values() for each in held] == list(TEMPLATES.values())
    assert len(TEMPLATES) >= 20


@EVERY
def test_a_template_is_complete(template: Template) -> None:
    assert template.title
    assert template.instruction
    assert template.words_in
    assert template.preserves
    assert TEMPLATES[template.id] is template


@EVERY
def test_a_template_is_found_by_its_operations_alone(template: Template) -> None:
    for strength in ("slight", "strong"):
        ops = [Operation(op.kind, op.direction, strength) for op in template.ops]
        assert matching(ops) is template
    assert matching([*template.ops, Operation(Kind.REGENERATE)]) is None


@EVERY
def test_a_template_does_not_take_out_what_it_puts_in(template: Template) -> None:
    assert not set(template.words_in).intersection(template.words_out)
    stand_ins = {new for _, new in template.words_swapped}
    assert not stand_ins.intersection(template.words_out)


def test_nothing_matches_no_operation() -> None:
    assert matching([]) is None
    assert matching([Operation(Kind.ADD)]) is None


def test_rivals_answer_the_same_question_differently() -> None:
    assert {each.id for each in rivals(TEMPLATES["nighttime"])} == {"daytime", "sunset", "dawn"}
    assert [each.id for each in rivals(TEMPLATES["brighter"])] == ["darker"]
    assert rivals(TEMPLATES["high_contrast"]) == ()


def test_nighttime_takes_the_sun_out() -> None:
    assert {"sunny", "daylight", "golden hour"} <= set(TEMPLATES["nighttime"].words_out)


def test_ids_are_offered_group_by_group() -> None:
    order = [list(Group).index(each.group) for each in TEMPLATES.values()]
    assert all(one <= two for one, two in pairwise(order))
