"""Colours in a few numbers, and how they are written down."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clipbot.domain.palettes import (
    End,
    Match,
    Palette,
    Tones,
    look_name,
    match_in,
    match_of,
    mean_motion,
    middle,
    tones_of,
)
from clipbot.domain.plan import Act, Edit, Kind, Operation, Plan, from_json, to_json

NUMBER = st.floats(-1.0, 1.0).map(lambda value: round(value, 4))
WIDTH = st.floats(0.0, 1.0).map(lambda value: round(value, 4))
PALETTES = st.builds(Palette, st.tuples(NUMBER, NUMBER, NUMBER), st.tuples(WIDTH, WIDTH, WIDTH))
MATCHES = st.builds(Match, PALETTES, PALETTES)
GREY = Palette((0.5, 0.0, 0.0), (0.1, 0.0, 0.0))
RED = Palette((0.5, 0.12, 0.05), (0.1, 0.03, 0.04))
MATCH = Match(GREY, RED)


@given(MATCHES)
def test_a_match_survives_being_named_and_written_down(match: Match) -> None:
    assert match_in(look_name(match)) == match
    assert match_of(json.loads(json.dumps(match.to_json()))) == match


def test_only_a_match_has_such_a_name() -> None:
    with pytest.raises(ValueError, match="no match"):
        match_in("night")


def test_tones_survive_being_written_down() -> None:
    tones = Tones(RED, 0.01, End(GREY.mean, 0.02), End(RED.mean, 0.0))
    assert tones_of(json.loads(json.dumps(tones.to_json()))) == tones


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"source": 1, "target": 2},
        {"source": {"mean": [0, 0, 0], "spread": [0, 0]}, "target": {}},
        {"source": {"mean": [0, 0, "0"], "spread": [0, 0, 0]}, "target": {}},
        {"source": {"mean": [0, 0, True], "spread": [0, 0, 0]}, "target": {}},
        {"source": {"mean": [0, 0, float("nan")], "spread": [0, 0, 0]}, "target": {}},
        {"source": {"mean": [9, 0, 0], "spread": [0, 0, 0]}, "target": {}},
        {"source": {"mean": [0, 0, 0], "spread": [0, -0.1, 0]}, "target": {}},
        {"source": {"mean": "abc", "spread": [0, 0, 0]}, "target": {}},
    ],
)
def test_what_is_no_match_is_refused(document: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"match|number|screen|spread"):
        match_of(document)
    plan = {"act": "edit", "edits": [{"clips": [1], "ops": [{"kind": "look", "match": document}]}]}
    with pytest.raises(ValueError, match=r"match|number|screen|spread"):
        from_json(plan)


def test_what_are_no_tones_is_refused() -> None:
    for document in ({}, {"whole": None}):
        with pytest.raises(ValueError, match="no tones"):
            tones_of(document)


def test_one_odd_palette_among_three_does_not_move_the_middle() -> None:
    odd = Palette((0.1, -0.2, 0.3), (0.4, 0.4, 0.4))
    assert middle([RED, odd, RED]) == RED
    with pytest.raises(ValueError, match="no palettes"):
        middle([])


def test_richness_counts_a_cast_and_a_mixture_of_colours() -> None:
    assert GREY.richness == 0.0
    assert RED.richness > Palette(RED.mean, (0.1, 0.0, 0.0)).richness > 0.1


def test_a_palette_is_written_with_four_decimals() -> None:
    assert Palette((0.123456, 0.0, 0.0), (0.1, 0.0, 0.0)).rounded().mean[0] == 0.1235


def test_motion_of_nothing_is_none() -> None:
    assert mean_motion([]) == 0.0
    assert mean_motion([0.1, 0.3]) == pytest.approx(0.2)


def test_a_plan_names_a_match_only_where_there_is_one() -> None:
    plain = Operation(Kind.LOOK, "neighbours")
    fixed = Operation(Kind.LOOK, "neighbours", match=MATCH)
    plan = Plan(Act.EDIT, (Edit((1,), (plain, fixed)),))
    first, second = to_json(plan)["edits"][0]["ops"]
    assert first == {"kind": "look", "direction": "neighbours", "strength": "medium"}
    assert set(second) == {*first, "match"}
    assert from_json(json.loads(json.dumps(to_json(plan)))) == plan
    assert plain.is_match
    assert not Operation(Kind.LOOK, "sepia").is_match
    assert not Operation(Kind.ADD, "neighbours").is_match
