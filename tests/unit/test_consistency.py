"""Which clips stand out, from generated numbers: planted odd ones, and even films."""

from collections.abc import Sequence
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clipbot.domain.consistency import (
    Aspect,
    Consistency,
    Shown,
    Standing,
    company,
    consistency,
    distance,
)
from clipbot.domain.consistency_words import (
    clip_sentence,
    cut_sentence,
    film_sentence,
    original_note,
    part_name,
)
from clipbot.domain.palettes import End, Lab, Palette, Tones

MIDDLE: Lab = (0.5, 0.01, -0.03)


def tones(mean: Lab = MIDDLE, *, motion: float = 0.01, spread: Lab = (0.15, 0.03, 0.04)) -> Tones:
    return Tones(Palette(mean, spread), motion, End(mean, motion), End(mean, motion))


def film(seen: Sequence[Tones | None], sections: Sequence[str] | None = None) -> list[Shown]:
    named = sections or ["verse"] * len(seen)
    return [Shown(at, named[at], 1, each) for at, each in enumerate(seen)]


def jittered(seed: int, count: int, much: float = 1.0) -> list[Tones]:
    """Return clips that differ as takes of one scene do."""
    random = Random(seed)  # noqa: S311 - repeatable numbers, no secrets
    return [
        tones(
            (
                MIDDLE[0] + much * random.uniform(-0.03, 0.03),
                MIDDLE[1] + much * random.uniform(-0.01, 0.01),
                MIDDLE[2] + much * random.uniform(-0.01, 0.01),
            ),
            motion=0.01 * 2 ** (much * random.uniform(-0.5, 0.5)),
        )
        for _ in range(count)
    ]


def odd_ones(found: Consistency) -> list[int]:
    return [clip.index for clip in found.outliers]


def alone(found: Consistency, index: int) -> Standing:
    return next(clip for clip in found.clips if clip.index == index)


@settings(max_examples=200)
@given(st.integers(0, 10**6), st.integers(2, 30))
def test_an_even_film_has_no_odd_clip(seed: int, count: int) -> None:
    found = consistency(film(jittered(seed, count)))
    assert odd_ones(found) == []
    assert found.score is not None
    assert found.score >= 80


@settings(max_examples=200)
@given(
    st.integers(0, 10**6),
    st.integers(3, 30),
    st.sampled_from(
        [(0.2, 0, 0), (-0.2, 0, 0), (0, 0.1, 0), (0, -0.1, 0), (0, 0, 0.1), (0, 0, -0.1)]
    ),
)
def test_a_planted_odd_clip_is_found_and_no_other_is_named(
    seed: int, count: int, move: tuple[float, float, float]
) -> None:
    seen = jittered(seed, count, much=0.7)
    at = seed % count
    mean = seen[at].whole.mean
    seen[at] = tones((mean[0] + move[0], mean[1] + move[1], mean[2] + move[2]))
    found = consistency(film(seen))
    assert at in odd_ones(found)
    if count > 3:
        assert odd_ones(found) == [at]


def test_sections_may_look_unlike_each_other() -> None:
    night, day = tones((0.25, 0.0, -0.06)), tones((0.75, 0.01, 0.05))
    parts = ["verse"] * 3 + ["chorus"] * 3
    found = consistency(film([night] * 3 + [day] * 3, parts))
    assert odd_ones(found) == []
    meeting = found.cuts[2]
    assert (meeting.is_between_sections, meeting.size) == (True, "large")
    assert all(cut.size == "even" for cut in found.cuts if not cut.is_between_sections)


def test_a_film_of_strong_contrasts_has_none_that_stands_out() -> None:
    seen = [tones((0.25 + 0.5 * (at % 2), 0.0, 0.0)) for at in range(8)]
    found = consistency(film(seen, [f"part {at}" for at in range(8)]))
    assert odd_ones(found) == []
    assert found.score is not None
    assert found.score < 80
    assert film_sentence(found).startswith("The clips differ a lot")


def test_a_jump_lies_between_the_ends_that_meet_and_not_between_whole_clips() -> None:
    fading = replace(tones(), tail=End((0.9, 0.01, -0.03), 0.01))
    first, second = consistency(film([tones(), fading, tones()])).cuts
    assert first.size == "even"
    assert second.size == "large"
    assert second.differences[Aspect.LIGHT] == pytest.approx(0.4)


def test_an_odd_pace_is_found_and_no_look_helps() -> None:
    seen = jittered(3, 5)
    seen[2] = tones(motion=0.2)
    [clip] = consistency(film(seen)).outliers
    assert (clip.index, clip.can_match) == (2, False)
    assert clip_sentence(clip, "verse 1") is not None
    assert "livelier than the rest of verse 1" in str(clip_sentence(clip, "verse 1"))


def test_a_short_section_is_compared_with_the_clips_around_it() -> None:
    shown = film([tones()] * 7, ["intro", *["verse"] * 2, "bridge", *["chorus"] * 3])
    around, is_section = company(shown[3], shown)
    assert ([clip.index for clip in around], is_section) == ([1, 2, 4, 5], False)
    around, is_section = company(shown[1], shown)
    assert ([clip.index for clip in around], is_section) == ([0, 2, 3, 4], False)
    around, is_section = company(replace(shown[1], is_changed=True), shown)
    assert ([clip.index for clip in around], is_section) == ([2], True)
    around, is_section = company(shown[4], shown)
    assert ([clip.index for clip in around], is_section) == ([5, 6], True)


def test_clips_without_a_section_are_compared_with_those_around_them() -> None:
    shown = [Shown(at, tones=tones()) for at in range(6)]
    around, is_section = company(shown[5], shown)
    assert ([clip.index for clip in around], is_section) == ([1, 2, 3, 4], False)


def test_a_changed_clip_stands_out_where_its_original_did_not() -> None:
    night = tones((0.2, 0.0, -0.06))
    shown = film(jittered(1, 2), ["verse", "verse"])
    shown[1] = replace(shown[1], tones=night, original=shown[1].tones, is_changed=True)
    found = consistency(shown)
    clip = alone(found, 1)
    assert clip.is_outlier
    assert clip.stood_out is False
    assert original_note(clip) == "It was changed; its original does not stand out."


def test_a_changed_clip_that_came_closer_is_no_odd_one() -> None:
    shown = film([*jittered(2, 4), tones()])
    odd = tones((0.9, 0.1, 0.1))
    shown[4] = replace(shown[4], original=odd, is_changed=True)
    clip = alone(consistency(shown), 4)
    assert (clip.is_outlier, clip.stood_out) == (False, True)
    assert original_note(clip) is None
    assert clip_sentence(clip, None) is None


def test_an_original_that_stood_out_already_is_said_too() -> None:
    shown = film([*jittered(2, 4), tones((0.9, 0.1, 0.1))])
    shown[4] = replace(shown[4], original=shown[4].tones, is_changed=True)
    assert original_note(alone(consistency(shown), 4)) == "So was it before it was changed."
    untouched = alone(consistency(film([*jittered(2, 4), tones((0.9, 0.1, 0.1))])), 4)
    assert original_note(untouched) is None


def test_what_is_not_known_is_left_out_and_named() -> None:
    found = consistency(film([tones(), None, tones(), tones()]))
    assert found.unknown == (1,)
    assert [cut.index for cut in found.cuts] == [2]
    assert [clip.index for clip in found.clips] == [0, 2, 3]


@pytest.mark.parametrize("seen", [[], [None, None], [tones()], [None, tones()]])
def test_nothing_is_scored_where_nothing_can_be_compared(seen: list[Tones | None]) -> None:
    found = consistency(film(seen))
    assert found.score is None
    assert film_sentence(found) == "There is nothing to compare yet."


def test_clips_that_do_not_meet_are_scored_alone() -> None:
    found = consistency(film([tones(), None, tones()]))
    assert (found.cuts, found.score) == ((), 100)


@pytest.mark.parametrize(
    ("mean", "spread", "words"),
    [
        ((0.8, 0.01, -0.03), (0.15, 0.03, 0.04), "much brighter"),
        ((0.37, 0.01, -0.03), (0.15, 0.03, 0.04), "darker"),
        ((0.5, 0.01, -0.1), (0.15, 0.0, 0.0), "bluer"),
        ((0.5, 0.01, 0.04), (0.15, 0.03, 0.04), "warmer"),
        ((0.5, 0.09, -0.03), (0.15, 0.01, 0.01), "pinker"),
        ((0.5, -0.06, -0.03), (0.15, 0.01, 0.01), "greener"),
        ((0.5, 0.01, -0.03), (0.15, 0.11, 0.08), "more colourful"),
        ((0.5, 0.0, 0.0), (0.15, 0.0, 0.0), "paler"),
        ((0.3, 0.01, -0.1), (0.15, 0.0, 0.0), "darker and bluer"),
    ],
)
def test_a_clip_that_stands_out_is_described(mean: Lab, spread: Lab, words: str) -> None:
    seen = [tones()] * 4 + [tones(mean, spread=spread)]
    sentence = str(clip_sentence(alone(consistency(film(seen)), 4), "verse 1"))
    assert sentence == f"Clip 5 is {words} than the rest of verse 1."


def test_a_calm_clip_beside_lively_ones_is_calmer_than_the_clips_around_it() -> None:
    seen = [tones(motion=0.12)] * 4 + [tones(motion=0.0)]
    sentence = clip_sentence(
        alone(consistency([replace(c, section=None) for c in film(seen)]), 4), None
    )
    assert sentence == "Clip 5 is calmer than the clips around it."


def test_the_film_is_described_by_those_that_stand_out() -> None:
    one = [*jittered(5, 6), tones((0.9, 0.1, 0.1))]
    assert film_sentence(consistency(film(one))) == "Clip 7 stands out."
    two = [*jittered(5, 6), *[tones((0.9, 0.1, 0.1))], *jittered(6, 3), tones((0.1, 0.1, 0.1))]
    assert film_sentence(consistency(film(two))) == "Clips 7 and 11 stand out."
    assert film_sentence(consistency(film(jittered(5, 6)))) == "The clips go well together."


def test_a_cut_is_described_in_numbers() -> None:
    seen = [tones(), tones((0.72, 0.01, -0.03)), tones((0.60, 0.01, -0.03))]
    first, second = consistency(film(seen, ["verse", "chorus", "chorus"])).cuts
    assert cut_sentence(first) == (
        "From clip 1 to 2: a small jump, where sections meet "
        "(light 0.22, colour 0.00, motion 1.3 to 1)."
    )
    assert cut_sentence(second).startswith("From clip 2 to 3: a small jump (light 0.12")
    even = consistency(film([tones(), tones()])).cuts[0]
    assert cut_sentence(even).startswith("From clip 1 to 2: hardly a jump (")


@pytest.mark.parametrize(
    ("section", "number", "name"),
    [
        (None, None, None),
        ("verse", 2, "verse 2"),
        ("pre_chorus", 1, "pre chorus 1"),
        ("bridge", 1, "the bridge"),
        ("verse", None, "the verse"),
    ],
)
def test_parts_of_the_song_are_named_as_in_a_sentence(
    section: str | None, number: int | None, name: str | None
) -> None:
    assert part_name(section, number) == name


def test_the_distance_of_two_palettes_grows_with_light_and_colour() -> None:
    one = Palette(MIDDLE, (0.1, 0.02, 0.02))
    darker = replace(one, mean=(0.3, 0.01, -0.03))
    both = replace(one, mean=(0.3, 0.1, -0.03))
    assert distance(one, one) == 0
    assert 0 < distance(one, darker) < distance(one, both)
    assert distance(one, both) == distance(both, one)
