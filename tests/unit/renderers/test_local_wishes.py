"""Which operations looks can carry out."""

from pathlib import Path

import pytest

from clipbot.domain.claims import claims_for
from clipbot.domain.plan import Edit, Kind, Operation
from clipbot.media.looks import LOOKS
from clipbot.renderers.base import Extent
from clipbot.renderers.local import LocalRenderer, looks_for

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
    ("look", "vintage"): "sepia",
    ("motion", "up"): "more_motion",
    ("motion", "down"): "calm",
    ("add", "stars"): "stars",
}


def op(kind: str, direction: str | None) -> Operation:
    return Operation(Kind(kind), direction)


@pytest.mark.parametrize(("wish", "look"), WISHES.items())
def test_a_wish_becomes_a_look(wish: tuple[str, str], look: str) -> None:
    assert looks_for([op(*wish)]) == ((look, "medium"),)


def test_every_look_can_be_wished_for() -> None:
    assert set(WISHES.values()) == set(LOOKS)


@pytest.mark.parametrize(
    "wish",
    [
        op("add", "dragon"),
        op("add", None),
        op("weather", "fog"),
        op("contrast", "down"),
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
