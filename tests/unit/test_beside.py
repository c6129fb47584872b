"""What two clips side by side show, beyond their composition."""

from dataclasses import replace

import pytest

from clipbot.domain.claims import claims_for, judge
from clipbot.domain.measures import Likeness, Measures
from clipbot.domain.plan import Edit, Kind, Operation, Strength
from clipbot.domain.staying import COURSE, COURSE_IN_WEATHER, staying_for
from clipbot.domain.verdicts import Check, Verdict

BEFORE = Measures(0.4, 0.4, 0.0, 0.03, 0.0, 0.2, 0.02, 0.01, 0.01, 0.0)
GRADED = Likeness(0.97, 0.98, 0.1, 0.3, 0.01, 0.0, tone=0.1, cast=0.02, drawn=0.1)
COPY = Likeness(1.0, 1.0, 0.004, 0.06, 0.002, 0.0, tone=0.005, cast=0.004, drawn=0.01)
"""Encoded anew, with faint noise, and a pixel aside."""


def edit(kind: str, direction: str, strength: Strength = "medium") -> Edit:
    return Edit((1,), (Operation(Kind(kind), direction, strength),))


def verdict(
    wish: Edit, after: Measures, found: Likeness = GRADED, before: Measures = BEFORE
) -> Verdict:
    return judge(claims_for(wish.ops), before, after, staying_for(wish), found)


@pytest.mark.parametrize("course", [0.02, -0.4, 0.25])
def test_what_moves_otherwise_than_before_fails(course: float) -> None:
    """Frozen under grain, backwards, frozen from the middle."""
    darker = replace(BEFORE, luma=0.3)
    found = verdict(edit("brightness", "down"), darker, replace(GRADED, course=course))
    assert found.outcome == "failed"
    assert "what moves in it is not what moved before" in found.sentence


def test_where_things_are_to_move_otherwise_they_may() -> None:
    slower = replace(BEFORE, motion=0.015)
    assert verdict(edit("speed", "down"), slower, replace(GRADED, course=-0.3)).outcome == "passed"
    for wish in (edit("camera", "pan"), edit("motion", "up")):
        assert staying_for(wish).course is None
    anew = staying_for(edit("brightness", "down"), is_made_anew=True)
    assert anew.course is None


def test_rain_falls_through_what_moves_and_over_what_is_seen() -> None:
    rain, storm = edit("weather", "rain"), replace(GRADED, course=0.2, composition=0.6, found=0.9)
    assert verdict(rain, BEFORE, storm).outcome == "no_claim"
    assert verdict(rain, BEFORE, replace(storm, found=0.5)).outcome == "failed"
    assert verdict(rain, BEFORE, replace(storm, course=0.0)).outcome == "failed"
    assert staying_for(rain).course == COURSE_IN_WEATHER < COURSE
    assert staying_for(edit("weather", "fog")).course == COURSE


def test_slow_footage_goes_through_some_of_its_course_and_a_still_does_not() -> None:
    slower = replace(BEFORE, motion=0.015)
    still = verdict(edit("speed", "down"), slower, replace(GRADED, advance=0.14))
    assert "nothing moves in 100 % of it" in still.sentence
    assert verdict(edit("speed", "down"), slower, replace(GRADED, advance=0.3)).outcome == "passed"


def test_footage_that_was_to_be_slower_and_has_the_same_course_is_a_copy() -> None:
    slower = replace(BEFORE, motion=0.015)
    copy = verdict(edit("speed", "down"), slower, replace(GRADED, course=0.97))
    assert "nothing visibly changed" in copy.sentence
    assert verdict(edit("speed", "down"), slower).outcome == "passed"


def test_colours_go_no_further_than_was_asked_however_colourful_they_were() -> None:
    warmer = replace(BEFORE, warmth=0.05)
    far = verdict(edit("warmth", "up"), warmer, replace(GRADED, colour=0.17))
    assert far.outcome == "failed"
    assert far.findings[-1].kind is Check.FAR
    assert "its colours go much further than was asked (17 %)" in far.sentence
    assert verdict(edit("warmth", "up"), warmer, replace(GRADED, colour=0.05)).outcome == "passed"


def test_how_far_colours_may_go_adds_up_and_is_open_where_anything_may_happen() -> None:
    slight, strong = Operation(Kind.WARMTH, "up", "slight"), Operation(Kind.WARMTH, "up", "strong")
    vivid = Operation(Kind.SATURATION, "up", "slight")
    far = staying_for(Edit((1,), (strong,))).farthest
    assert far is not None
    assert (staying_for(Edit((1,), (slight,))).farthest or far) < far
    assert (staying_for(Edit((1,), (strong, vivid))).farthest or 0) > far
    assert staying_for(Edit((1,), (strong, Operation(Kind.LOOK, "sepia")))).farthest is None
    assert staying_for(Edit((1,), (Operation(Kind.OTHER),))).farthest is None


@pytest.mark.parametrize("pale", [0.06, 0.2])
def test_three_times_the_colour_is_too_much_however_pale_it_was(pale: float) -> None:
    was, wish = replace(BEFORE, saturation=pale), edit("saturation", "up", "slight")
    much = replace(was, saturation=3 * pale)
    assert "more colourful than was asked" in verdict(wish, much, before=was).sentence
    assert verdict(wish, replace(was, saturation=1.3 * pale), before=was).outcome == "passed"


def test_where_no_grey_is_left_chroma_tells_what_is_more_colourful() -> None:
    pure, wish = replace(BEFORE, saturation=0.94), edit("saturation", "up")
    fallen = replace(pure, saturation=0.91)
    found = verdict(wish, fallen, replace(GRADED, chroma=(0.2, 0.22)), before=pure)
    assert found.sentence == "More colourful by 10 %, composition kept (0.97)."
    assert (
        verdict(wish, fallen, replace(GRADED, chroma=(0.2, 0.2)), before=pure).outcome == "failed"
    )


def test_a_bit_darker_is_not_black_even_where_it_was_dark() -> None:
    dim = replace(BEFORE, luma=0.08)
    black = replace(dim, luma=0.005)
    found = verdict(edit("brightness", "down", "slight"), black, before=dim)
    assert "darker than was asked" in found.sentence
    night = verdict(
        edit("time_of_day", "night", "slight"), replace(black, warmth=-0.01), before=dim
    )
    assert "than was asked" not in night.sentence


def test_contrast_is_felt_relative_to_light() -> None:
    """A curve that deepens shadows takes light from a dark picture, and hardly any spread."""
    wish, deeper = edit("contrast", "up"), replace(BEFORE, luma=0.3, contrast=0.19)
    found = verdict(wish, deeper)
    assert found.outcome == "passed"
    assert found.sentence.startswith("Stronger in contrast by 22 %")
    assert verdict(wish, replace(BEFORE, contrast=0.19)).outcome == "failed"
    assert verdict(wish, replace(BEFORE, luma=0.2, contrast=0.1)).outcome == "failed"
    assert verdict(wish, replace(BEFORE, contrast=None)).outcome == "no_claim"


def test_a_moving_camera_that_beats_is_livelier_without_greater_steps() -> None:
    wish, beats = edit("mood", "energetic"), replace(GRADED, course=0.5)
    assert verdict(wish, BEFORE, beats).outcome == "passed"
    assert verdict(wish, BEFORE, replace(beats, course=0.97)).outcome == "failed"
    assert verdict(wish, replace(BEFORE, motion=0.02), beats).outcome == "failed"
    assert verdict(wish, BEFORE, replace(beats, course=None)).outcome == "failed"


def test_what_showed_nothing_loses_no_drawing() -> None:
    plain = replace(BEFORE, luma=0.3, dark=0.6)
    wish = edit("brightness", "down")
    assert verdict(wish, plain, replace(GRADED, lost=0.1)).outcome == "passed"
    assert "plain black or white" in verdict(wish, plain, replace(GRADED, lost=0.5)).sentence


def test_coding_noise_and_a_pixel_aside_are_no_change() -> None:
    wish, coarse = edit("look", "vintage"), replace(BEFORE, detail=0.016)
    assert "nothing visibly changed" in verdict(wish, coarse, COPY).sentence
    for visible in (
        replace(COPY, tone=0.02),
        replace(COPY, cast=0.02),
        replace(COPY, drawn=0.03),
        replace(COPY, colour=0.01),
    ):
        assert verdict(wish, coarse, visible).outcome == "no_claim"
