"""What new footage must leave alone, whatever was asked."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from clipbot.domain.claims import another_clip, claims_for, cut_short, judge
from clipbot.domain.measures import Likeness, Measures
from clipbot.domain.plan import Edit, Kind, Operation, Strength
from clipbot.domain.promises import Measure
from clipbot.domain.staying import FOUND_AGAIN, KEPT, MADE_ANEW, PARTLY, staying_for
from clipbot.domain.verdicts import FIRST, LATE, Check, Finding, Verdict, is_offer

BEFORE = Measures(
    luma=0.4,
    saturation=0.4,
    warmth=0.0,
    motion=0.03,
    tint=0.0,
    contrast=0.2,
    detail=0.02,
    dark=0.01,
    bright=0.01,
    black=0.0,
)
SAME = Likeness(
    composition=0.97,
    arrangement=0.98,
    difference=0.1,
    peak=0.3,
    colour=0.01,
    standstill=0.0,
)


def edit(
    kind: str,
    direction: str | None,
    strength: Strength = "medium",
    *,
    keep: str = "",
    text: str = "",
) -> Edit:
    ops = (Operation(Kind(kind), direction, strength),)
    return Edit((1,), ops, text, (keep,) if keep else ())


def verdict(
    wish: Edit,
    after: Measures,
    found: Likeness | None = SAME,
    *,
    before: Measures = BEFORE,
    is_made_anew: bool = False,
    wrong: Sequence[Finding] = (),
) -> Verdict:
    staying = staying_for(wish, is_made_anew=is_made_anew)
    return judge(claims_for(wish.ops), before, after, staying, found, wrong)


DARKER = edit("brightness", "down")
DARK = replace(BEFORE, luma=0.3)


def test_a_right_change_in_the_same_composition_passes_and_says_both() -> None:
    found = verdict(DARKER, DARK)
    assert found.outcome == "passed"
    assert found.sentence == "Darker by 25 %, composition kept (0.97)."


def test_a_right_change_in_another_composition_fails() -> None:
    found = verdict(DARKER, DARK, replace(SAME, composition=0.2))
    assert found.outcome == "failed"
    assert found.sentence == "Darker by 25 %, but another composition (0.20)."


@pytest.mark.parametrize(
    ("wish", "is_made_anew", "least", "is_rough"),
    [
        (DARKER, False, KEPT, False),
        (DARKER, True, MADE_ANEW, True),
        (edit("motion", "down"), False, FOUND_AGAIN, True),
        (edit("mood", "calm"), False, FOUND_AGAIN, True),
        (edit("add", "dragon"), False, PARTLY, True),
        (edit("camera", "pan"), False, None, True),
        (edit("camera", "pan", keep="the scene"), False, PARTLY, True),
        (Edit((1,)), False, None, True),
    ],
)
def test_how_much_of_the_composition_stays_depends_on_the_wish(
    wish: Edit, *, is_made_anew: bool, least: float | None, is_rough: bool
) -> None:
    staying = staying_for(wish, is_made_anew=is_made_anew)
    assert (staying.composition, staying.is_rough) == (least, is_rough)


def test_where_things_may_move_the_arrangement_counts() -> None:
    calmer = replace(BEFORE, motion=0.02)
    moved = replace(SAME, composition=0.1)
    assert verdict(edit("motion", "down"), calmer, moved).outcome == "passed"
    elsewhere = replace(moved, arrangement=0.2)
    assert verdict(edit("motion", "down"), calmer, elsewhere).outcome == "failed"


def test_footage_that_nobody_could_compare_is_judged_without_and_that_is_said() -> None:
    found = verdict(DARKER, DARK, None)
    assert found.outcome == "passed"
    assert found.sentence == "Darker by 25 %. Its composition could not be compared."


def test_black_footage_fails() -> None:
    found = verdict(DARKER, replace(DARK, black=0.5))
    assert found.sentence == ("Darker by 25 %, composition kept (0.97), but 50 % of it is black.")


def test_what_was_black_may_get_darker_still() -> None:
    dim = replace(BEFORE, luma=0.03, black=0.5, dark=0.4)
    black = replace(dim, luma=0.015, black=1.0, dark=1.0)
    assert verdict(DARKER, black, before=dim).outcome == "passed"
    assert (
        verdict(edit("warmth", "up"), replace(black, warmth=0.01), before=dim).outcome == "failed"
    )


def test_measures_of_an_earlier_edition_are_judged_by_what_they_have() -> None:
    old = Measures(0.4, 0.4, 0.0, 0.03)
    assert verdict(DARKER, DARK, before=old).outcome == "passed"


@pytest.mark.parametrize("lost", [{"dark": 0.9}, {"bright": 0.9}])
def test_a_picture_without_drawing_fails(lost: dict[str, float]) -> None:
    found = verdict(DARKER, replace(DARK, **lost))
    assert found.findings[-3 if "x" in lost else -2].kind in set(Check)
    assert "90 % of the picture is plain black or white" in found.sentence


def test_what_moved_must_still_move_unless_a_still_picture_was_asked_for() -> None:
    stopped, slow = replace(SAME, standstill=0.8), replace(BEFORE, motion=0.001)
    assert "nothing moves in 80 % of it" in verdict(DARKER, DARK, stopped).sentence
    assert verdict(edit("motion", "down"), slow, stopped).outcome == "failed"
    freeze = edit("motion", "down", "strong", text="freeze it")
    assert verdict(freeze, slow, stopped).outcome == "passed"


def test_footage_in_which_nothing_changed_fails_where_nothing_was_promised() -> None:
    same = Likeness(1.0, 1.0, 0.001, 0.004, 0.001, 0.0)
    found = verdict(edit("look", "vintage"), BEFORE, same)
    assert (found.outcome, found.findings[-1].kind) == ("failed", Check.CHANGE)
    assert found.sentence.endswith("but nothing visibly changed.")
    assert verdict(edit("look", "vintage"), BEFORE).outcome == "no_claim"
    old = replace(BEFORE, detail=None)
    assert verdict(edit("look", "vintage"), old, same, before=old).outcome == "failed"


def test_something_small_may_be_all_that_is_new() -> None:
    stars = Likeness(1.0, 1.0, 0.001, 0.008, 0.001, 0.0)
    assert verdict(edit("add", "stars"), BEFORE, stars).outcome == "no_claim"
    assert verdict(edit("add", "stars"), BEFORE, Likeness(1, 1, 0, 0, 0, 0)).outcome == "failed"


def test_another_clips_footage_is_named() -> None:
    found = verdict(DARKER, DARK, replace(SAME, composition=0.1), wrong=[another_clip(4)])
    assert found.sentence == "Darker by 25 %, but another composition (0.10) and it shows clip 5."


def test_footage_that_was_cut_short_fails() -> None:
    """A slot makes up for a length that is a seventh short, by slowing it down."""
    assert cut_short(6.0, 5.3) is None
    assert cut_short(6.0, 7.0) is None
    lacking = cut_short(6.0, 3.1)
    assert lacking is not None
    found = verdict(DARKER, DARK, wrong=[lacking])
    assert found.outcome == "failed"
    assert found.sentence.endswith("but it lasts 3.1 s instead of 6.0 s.")


def test_what_nobody_wanted_otherwise_stays() -> None:
    red = replace(DARK, warmth=0.3)
    found = verdict(DARKER, red)
    assert found.outcome == "failed"
    assert "the warmth did not stay (0.00, then 0.97)" in found.sentence
    green = replace(DARK, tint=0.2)
    assert "the tint did not stay" in verdict(DARKER, green).sentence


def test_a_blurred_picture_fails_unless_softness_was_asked_for() -> None:
    blurred = replace(BEFORE, detail=0.003)
    assert "the sharpness did not stay" in verdict(edit("mood", "dreamy"), blurred).sentence
    soft = edit("sharpness", "down", "strong")
    assert all(finding.wanted != "stays" for finding in verdict(soft, blurred).findings[:1])


@pytest.mark.parametrize(
    ("keep", "measures"),
    [
        ("the colours", {Measure.SATURATION, Measure.WARMTH, Measure.TINT}),
        ("the same motion", {Measure.MOTION}),
        ("her face", set()),
        ("everything else", set()),
        ("the brightness", set()),
    ],
)
def test_what_the_person_keeps_is_what_is_measured_of_it(keep: str, measures: set[Measure]) -> None:
    """Brightness is promised otherwise by the wish itself, and a face is not measured."""
    assert staying_for(edit("brightness", "down", keep=keep)).asked_for == measures


def test_what_was_asked_to_stay_is_told() -> None:
    keeping = edit("time_of_day", "day", keep="the colours")
    found = verdict(keeping, replace(BEFORE, luma=0.5))
    assert "colour kept (0.40, then 0.40)" in found.sentence
    pale = verdict(keeping, replace(BEFORE, luma=0.5, saturation=0.2))
    assert pale.outcome == "failed"
    assert "the colour did not stay (0.40, then 0.20)" in pale.sentence


def test_keeping_alone_can_be_judged() -> None:
    found = verdict(edit("mood", "dreamy", keep="the motion"), BEFORE)
    assert found.outcome == "passed"


def test_an_offer_is_what_was_held_back() -> None:
    assert is_offer({"outcome": "failed"})
    assert is_offer({"outcome": "passed", LATE: True})
    assert is_offer({"outcome": "passed", FIRST: True})
    assert not is_offer({"outcome": "passed"})
    assert not is_offer(None)


def test_another_camera_may_show_another_composition() -> None:
    found = verdict(edit("camera", "pan"), DARK, replace(SAME, composition=0.0, arrangement=0.1))
    assert found.outcome == "no_claim"
    assert found.sentence == "Nothing about this change can be measured."


def test_in_the_dark_little_is_seen_to_move() -> None:
    dim = replace(BEFORE, luma=0.1)
    rests, stops = replace(SAME, standstill=0.6), replace(SAME, standstill=1.0)
    assert verdict(DARKER, replace(dim, luma=0.04), rests, before=dim).outcome == "passed"
    assert verdict(DARKER, replace(dim, luma=0.05), stops, before=dim).outcome == "failed"
