"""What edits promise, and how new footage is judged."""

import json
from dataclasses import replace
from random import Random
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clipbot.domain.claims import Claim, claims_for, judge
from clipbot.domain.measures import Measures
from clipbot.domain.plan import Kind, Operation, Strength
from clipbot.domain.promises import LEVELS, NOISE, PROMISES, SHARES, WORDS, Measure

STRENGTHS: tuple[Strength, ...] = ("slight", "medium", "strong")
UNMEASURED = {Measure.CONTRAST, Measure.DETAIL}
"""What `MEASURES` lack, as footage does that an earlier edition measured."""
SHARE = st.floats(0.0, 1.0)
MEASURES = st.builds(Measures, SHARE, SHARE, st.floats(-1.0, 1.0), SHARE)
OPS = st.builds(
    Operation,
    st.sampled_from(Kind),
    st.sampled_from([None, "up", "down", *{direction for _, direction in PROMISES}]),
    st.sampled_from(STRENGTHS),
)


def measures(
    luma: float = 0.4, saturation: float = 0.4, warmth: float = 0.0, motion: float = 0.03
) -> Measures:
    return Measures(luma, saturation, warmth, motion)


def op(kind: str, direction: str | None, strength: Strength = "medium") -> Operation:
    return Operation(Kind(kind), direction, strength)


def outcome(ops: list[Operation], before: Measures, after: Measures) -> str:
    return judge(claims_for(ops), before, after).outcome


@pytest.mark.parametrize(
    ("wish", "better", "worse"),
    [
        (op("brightness", "up"), measures(luma=0.5), measures(luma=0.41)),
        (op("brightness", "down"), measures(luma=0.3), measures(luma=0.39)),
        (op("saturation", "up"), measures(saturation=0.5), measures(saturation=0.41)),
        (op("saturation", "down"), measures(saturation=0.2), measures(saturation=0.38)),
        (op("warmth", "up"), measures(warmth=0.08), measures(warmth=0.004)),
        (op("warmth", "down"), measures(warmth=-0.08), measures(warmth=0.02)),
        (op("time_of_day", "night"), measures(luma=0.15, warmth=-0.05), measures(luma=0.15)),
        (op("time_of_day", "day"), measures(luma=0.5), measures(luma=0.4)),
        (op("time_of_day", "sunset"), measures(warmth=0.1), measures(warmth=-0.1)),
        (op("mood", "ethereal"), measures(luma=0.6), measures(luma=0.3)),
        (op("mood", "calm"), measures(motion=0.015), measures(motion=0.031)),
        (op("mood", "energetic"), measures(motion=0.06), measures(motion=0.03)),
        (op("look", "monochrome"), measures(saturation=0.01), measures(saturation=0.2)),
        (op("look", "sepia"), measures(warmth=0.1), measures(warmth=0.01)),
        (op("motion", "up"), measures(motion=0.05), measures(motion=0.02)),
        (op("motion", "down"), measures(motion=0.02), measures(motion=0.03)),
        (op("speed", "up"), measures(motion=0.05), measures(motion=0.02)),
        (op("speed", "down"), measures(motion=0.02), measures(motion=0.03)),
    ],
)
def test_a_promise_is_kept_or_broken(wish: Operation, better: Measures, worse: Measures) -> None:
    assert (wish.kind, wish.direction) in PROMISES
    assert outcome([wish], measures(), better) == "passed"
    assert outcome([wish], measures(), worse) == "failed"


@pytest.mark.parametrize(
    "wish",
    [op("add", "dragon"), op("camera", "pan"), op("other", None), op("mood", "dreamy")],
)
def test_what_cannot_be_measured_promises_nothing(wish: Operation) -> None:
    verdict = judge(claims_for([wish]), measures(), measures(luma=0.9))

    assert verdict.outcome == "no_claim"
    assert verdict.findings == ()
    assert verdict.sentence == "Nothing about this change can be measured."


def test_operations_that_pull_at_one_measure_in_two_ways_are_not_judged_by_it() -> None:
    night_but_warmer = [op("time_of_day", "night"), op("warmth", "up")]
    assert [claim.measure for claim in claims_for(night_but_warmer)] == [Measure.LUMA]
    assert claims_for([op("brightness", "up"), op("brightness", "down")]) == ()
    assert claims_for([op("look", "monochrome"), op("warmth", "up")]) == ()


def test_side_effects_of_one_operation_silence_the_promise_of_another() -> None:
    assert claims_for([op("motion", "down"), op("weather", "rain")]) == ()
    assert claims_for([op("brightness", "up"), op("mood", "dramatic")]) == ()


def test_a_change_of_motion_leaves_the_other_promises_standing() -> None:
    calm_and_brighter = claims_for([op("mood", "calm"), op("brightness", "up")])
    assert {claim.measure for claim in calm_and_brighter} == {Measure.LUMA, Measure.MOTION}


def test_of_two_that_agree_the_stronger_word_counts() -> None:
    twice = [op("brightness", "down", "slight"), op("time_of_day", "night", "strong")]
    assert claims_for(twice)[0] == Claim(Measure.LUMA, "down", "strong")


def test_a_stronger_word_asks_for_more() -> None:
    for (measure, direction), shares in SHARES.items():
        assert shares["slight"] < shares["medium"] < shares["strong"], (measure, direction)
    before, after = measures(), measures(luma=0.35)
    assert outcome([op("brightness", "down", "slight")], before, after) == "passed"
    assert outcome([op("brightness", "down", "strong")], before, after) == "failed"


def test_night_is_bluer_although_less_blue_light_is_left() -> None:
    blue_day = measures(luma=0.6, warmth=-0.20)
    blue_night = measures(luma=0.12, warmth=-0.12)
    assert outcome([op("time_of_day", "night")], blue_day, blue_night) == "passed"


def test_a_black_clip_need_not_get_darker_and_must_not_get_brighter() -> None:
    black = measures(luma=0.01)
    assert outcome([op("brightness", "down")], black, black) == "passed"
    assert outcome([op("brightness", "down")], black, measures(luma=0.05)) == "failed"


def test_a_white_clip_need_not_get_brighter() -> None:
    white = measures(luma=0.99)
    assert outcome([op("brightness", "up")], white, white) == "passed"
    assert outcome([op("brightness", "up")], white, measures(luma=0.5)) == "failed"


def test_an_orange_clip_need_not_get_warmer() -> None:
    orange = measures(luma=0.4, warmth=0.62)
    assert outcome([op("warmth", "up")], orange, orange) == "passed"
    assert outcome([op("warmth", "down")], orange, orange) == "failed"


def test_a_still_clip_can_be_livened_and_need_not_be_calmed() -> None:
    still = measures(motion=0.0002)
    assert outcome([op("motion", "down")], still, still) == "passed"
    assert outcome([op("motion", "up")], still, measures(motion=0.01)) == "passed"
    assert outcome([op("motion", "up")], still, still) == "failed"


def test_slight_wishes_for_a_level_ask_for_some_of_the_way() -> None:
    half = measures(saturation=0.25, warmth=0.03)
    assert outcome([op("look", "monochrome", "slight")], measures(), half) == "passed"
    assert outcome([op("look", "monochrome")], measures(), half) == "failed"
    assert outcome([op("look", "sepia", "slight")], measures(), half) == "passed"
    assert outcome([op("look", "sepia")], measures(), half) == "failed"


@pytest.mark.parametrize(
    ("wishes", "after", "sentence"),
    [
        (["brightness down"], measures(luma=0.236), "Darker by 41 %."),
        (
            ["time_of_day night"],
            measures(luma=0.1, warmth=-0.05),
            "Darker by 75 %, cooler.",
        ),
        (
            ["time_of_day night"],
            measures(luma=0.1, warmth=0.05),
            "Darker by 75 %, but not cooler (warmth 0.00, then 0.45).",
        ),
        (
            ["brightness up", "motion down"],
            measures(luma=0.39, motion=0.04),
            "Not brighter (brightness 0.40, then 0.39) and not calmer (motion 0.07, then 0.10).",
        ),
        (["saturation up"], measures(saturation=0.5), "More colourful by 25 %."),
        (["look monochrome"], measures(saturation=0.0), "Black and white."),
        (["look sepia"], measures(warmth=0.2), "Brown-toned."),
        (["motion up"], measures(motion=0.3), "Much livelier."),
    ],
)
def test_the_sentence_says_what_changed_in_numbers(
    wishes: list[str], after: Measures, sentence: str
) -> None:
    ops = [op(kind, direction) for kind, direction in map(str.split, wishes)]
    assert judge(claims_for(ops), measures(), after).sentence == sentence


def test_where_there_was_no_room_the_sentence_does_not_boast() -> None:
    black = measures(luma=0.005)
    verdict = judge(claims_for([op("brightness", "down")]), black, black)
    assert (verdict.outcome, verdict.sentence) == ("passed", "As dark as before.")


def test_a_verdict_can_be_stored() -> None:
    verdict = judge(claims_for([op("brightness", "up")]), measures(), measures(luma=0.5))
    assert json.loads(json.dumps(verdict.to_json())) == {
        "outcome": "passed",
        "sentence": "Brighter by 25 %.",
        "findings": [
            {
                "kind": "luma",
                "wanted": "up",
                "before": 0.4,
                "after": 0.5,
                "holds": True,
                "too_much": False,
            }
        ],
    }


def test_every_promise_has_a_word_and_an_amount() -> None:
    for promised in PROMISES.values():
        for measure, direction in promised.items():
            assert (measure, direction) in WORDS
            assert (measure, direction) in SHARES or (measure, direction) in LEVELS
            assert measure in NOISE


@given(st.lists(OPS, max_size=4), MEASURES, MEASURES)
def test_a_verdict_follows_from_its_findings(
    ops: list[Operation], before: Measures, after: Measures
) -> None:
    claims = claims_for(ops)
    verdict = judge(claims, before, after)

    assert [finding.kind for finding in verdict.findings] == [
        claim.measure for claim in claims if claim.measure not in UNMEASURED
    ]
    assert len({claim.measure for claim in claims}) == len(claims)
    assert all(claim.strength in get_args(Strength) for claim in claims)
    wanted = "no_claim" if not verdict.findings else "failed"
    if verdict.findings and all(finding.holds for finding in verdict.findings):
        wanted = "passed"
    assert verdict.outcome == wanted
    assert verdict.sentence.endswith(".")
    assert verdict.sentence[0].isupper()


@given(st.lists(OPS, max_size=4), st.randoms(use_true_random=False))
def test_the_order_of_operations_does_not_change_what_is_promised(
    ops: list[Operation], random: Random
) -> None:
    shuffled = random.sample(ops, len(ops))
    assert claims_for(shuffled) == claims_for(ops)


@given(MEASURES, st.sampled_from(STRENGTHS), SHARE)
def test_going_further_the_wished_way_breaks_a_promise_only_by_being_too_much(
    before: Measures, strength: Strength, further: float
) -> None:
    wish = claims_for([op("brightness", "down", strength)])
    after = measures(luma=before.luma * 0.5)
    beyond = measures(luma=after.luma * further)
    if judge(wish, before, after).outcome == "passed":
        verdict = judge(wish, before, beyond)
        assert verdict.outcome == "passed" or verdict.findings[0].is_too_much


@given(MEASURES)
def test_unchanged_footage_passes_only_where_there_was_no_room(before: Measures) -> None:
    verdict = judge(claims_for([op("brightness", "down")]), before, before)
    assert (verdict.outcome == "passed") == (before.luma * 0.10 < NOISE[Measure.LUMA] / 2)


@pytest.mark.parametrize(
    ("wish", "much", "sentence"),
    [
        (
            op("brightness", "up", "slight"),
            measures(luma=0.9),
            "Brighter than was asked (brightness 0.40, then 0.90).",
        ),
        (
            op("brightness", "down"),
            measures(luma=0.02),
            "Darker than was asked (brightness 0.40, then 0.02).",
        ),
        (
            op("saturation", "up"),
            measures(saturation=0.95),
            "More colourful than was asked (colour 0.40, then 0.95).",
        ),
        (
            op("warmth", "up"),
            measures(warmth=0.5),
            "Warmer than was asked (warmth 0.00, then 1.22).",
        ),
    ],
)
def test_more_than_the_word_covers_is_a_fault(
    wish: Operation, much: Measures, sentence: str
) -> None:
    verdict = judge(claims_for([wish]), measures(), much)
    assert (verdict.outcome, verdict.sentence) == ("failed", sentence)
    assert verdict.findings[0].is_too_much


def test_a_whole_scene_may_go_further_than_a_word_for_light() -> None:
    dark = measures(luma=0.1, warmth=-0.1)
    assert outcome([op("brightness", "down")], measures(), dark) == "failed"
    assert outcome([op("time_of_day", "night")], measures(), dark) == "passed"


def test_contrast_and_sharpness_are_judged_where_they_were_measured() -> None:
    before = replace(measures(), contrast=0.2, detail=0.02)
    assert outcome([op("contrast", "up")], before, replace(before, contrast=0.24)) == "passed"
    assert outcome([op("contrast", "up")], before, before) == "failed"
    assert outcome([op("contrast", "down")], before, replace(before, contrast=0.14)) == "passed"
    assert outcome([op("sharpness", "up")], before, replace(before, detail=0.03)) == "passed"
    assert outcome([op("sharpness", "down")], before, replace(before, detail=0.03)) == "failed"
    assert outcome([op("contrast", "up")], measures(), measures()) == "no_claim"
