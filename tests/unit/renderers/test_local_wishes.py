"""Which operations looks can carry out."""

from pathlib import Path

import pytest

from clipbot.domain.claims import claims_for
from clipbot.domain.plan import Edit, Kind, Operation
from clipbot.media.looks import LOOKS
from clipbot.renderers.base import Extent
from clipbot.renderers.local import LocalRenderer, looks_for
from clipbot.understanding import ClipFacts, Context, understand

WISHES = {
    ("brightness", "up"): "brighter",
    ("brightness", "down"): "darker",
    ("contrast", "up"): "contrast",
    ("saturation", "up"): "vivid",
    ("saturation", "down"): "desaturated",
    ("warmth", "up"): "warmer",
    ("warmth", "down"): "cooler",
    ("time_of_day", "night"): "night",
    ("time_of_day", "day"): "day",
    ("time_of_day", "sunset"): "sunset",
    ("time_of_day", "dawn"): "dawn",
    ("weather", "rain"): "rain",
    ("weather", "snow"): "snow",
    ("mood", "dramatic"): "dramatic",
    ("mood", "dreamy"): "dreamy",
    ("mood", "gritty"): "gritty",
    ("mood", "ethereal"): "ethereal",
    ("mood", "calm"): "calm",
    ("mood", "energetic"): "more_motion",
    ("look", "monochrome"): "mono",
    ("look", "sepia"): "sepia",
    ("look", "vintage"): "vintage",
    ("look", "film"): "film",
    ("look", "teal_orange"): "teal_orange",
    ("look", "bleach_bypass"): "bleach_bypass",
    ("look", "noir"): "noir",
    ("look", "vhs"): "vhs",
    ("look", "neon"): "neon",
    ("look", "summer"): "golden",
    ("look", "autumn"): "autumn",
    ("look", "winter"): "steel",
    ("look", "spring"): "pastel",
    ("look", "glow"): "glow",
    ("look", "vignette"): "vignette",
    ("sharpness", "up"): "sharp",
    ("sharpness", "down"): "soft",
    ("contrast", "down"): "matte",
    ("weather", "fog"): "haze",
    ("weather", "cloudy"): "overcast",
    ("weather", "storm"): "storm",
    ("mood", "romantic"): "romantic",
    ("mood", "melancholic"): "melancholic",
    ("mood", "mysterious"): "mysterious",
    ("mood", "happy"): "happy",
    ("mood", "cosy"): "golden",
    ("motion", "up"): "more_motion",
    ("motion", "down"): "calm",
    ("add", "stars"): "stars",
}


SAID = {
    "make it brighter": "brighter",
    "make it darker": "darker",
    "make it night": "night",
    "daylight": "day",
    "golden hour": "sunset",
    "make it dawn": "dawn",
    "warmer": "warmer",
    "cooler": "cooler",
    "more contrast": "contrast",
    "less contrast": "matte",
    "less saturated": "desaturated",
    "more vivid colours": "vivid",
    "black and white": "mono",
    "sepia": "sepia",
    "dramatic": "dramatic",
    "dreamy": "dreamy",
    "gritty": "gritty",
    "ethereal": "ethereal",
    "more motion": "more_motion",
    "calmer": "calm",
    "rain": "rain",
    "snow": "snow",
    "a starry sky": "stars",
    "make it foggy": "haze",
    "overcast": "overcast",
    "a storm": "storm",
    "romantic": "romantic",
    "melancholic": "melancholic",
    "mysterious": "mysterious",
    "a happy mood": "happy",
    "cosy": "golden",
    "a summer look": "golden",
    "a vintage look": "vintage",
    "a 35mm film look": "film",
    "teal and orange": "teal_orange",
    "bleach bypass": "bleach_bypass",
    "film noir": "noir",
    "a black and white film noir": "noir",
    "VHS": "vhs",
    "make it look like a VHS tape": "vhs",
    "a neon look": "neon",
    "autumn colours": "autumn",
    "a wintry look": "steel",
    "spring colours": "pastel",
    "a soft glow": "glow",
    "a vignette": "vignette",
    "sharper": "sharp",
    "soft focus": "soft",
}


def op(kind: str, direction: str | None) -> Operation:
    return Operation(Kind(kind), direction)


@pytest.mark.parametrize(("wish", "look"), WISHES.items())
def test_a_wish_becomes_a_look(wish: tuple[str, str], look: str) -> None:
    assert looks_for([op(*wish)]) == ((look, "medium"),)


def test_every_look_can_be_wished_for() -> None:
    assert set(WISHES.values()) == set(LOOKS) == set(SAID.values())


@pytest.mark.parametrize(("said", "look"), SAID.items())
def test_what_people_say_becomes_a_look(said: str, look: str) -> None:
    plan = understand(f"{said} in clip 1", Context((ClipFacts(1),)))
    assert [name for edit in plan.edits for name, _ in looks_for(edit.ops)] == [look]


@pytest.mark.parametrize(
    "wish",
    [
        op("add", "dragon"),
        op("add", None),
        op("weather", "clear"),
        op("look", "painting"),
        op("speed", "down"),
        op("camera", "zoom_in"),
        op("subject", "up"),
        op("background", "beach"),
        op("remove", "rain"),
        op("other", "night"),
        op("regenerate", None),
        op("brightness", None),
    ],
)
def test_what_needs_new_pixels_is_left_over(wish: Operation, tmp_path: Path) -> None:
    capability = LocalRenderer(tmp_path).capability(Edit((1,), (wish,), "make it darker at night"))
    assert capability.leftover == (wish,)
    assert capability.extent is Extent.NOTHING
    assert looks_for([wish]) == ()


def test_an_edit_is_split_into_what_looks_do_and_what_is_left(tmp_path: Path) -> None:
    darker, dragon = op("brightness", "down"), op("add", "dragon")
    capability = LocalRenderer(tmp_path).capability(Edit((1,), (darker, dragon)))
    assert (capability.doable, capability.leftover) == ((darker,), (dragon,))
    assert capability.extent is Extent.PARTIAL


def test_motion_is_kept_unless_a_look_changes_it(tmp_path: Path) -> None:
    renderer = LocalRenderer(tmp_path)
    night, calm = op("time_of_day", "night"), op("mood", "calm")
    assert renderer.capability(Edit((1,), (night,))).keeps == ("composition", "subject", "motion")
    assert renderer.capability(Edit((1,), (night, calm))).keeps == ("composition", "subject")


def test_looks_come_in_the_order_of_the_wishes_with_their_strengths() -> None:
    wishes = [
        Operation(Kind.WEATHER, "rain", "strong"),
        Operation(Kind.ADD, "dragon"),
        Operation(Kind.TIME_OF_DAY, "night", "slight"),
    ]
    assert looks_for(wishes) == (("rain", "strong"), ("night", "slight"))
    assert len(claims_for(wishes)) == 2
