"""What is sent to an own model: its own words, and values that its schema allows."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clipbot.domain.plan import Kind, Operation
from clipbot.renderers.base import RenderRequest
from clipbot.renderers.cog_model import Model, Part, read

REQUEST = RenderRequest(
    marker="one",
    ops=(Operation(Kind.REMOVE, "car"), Operation(Kind.REMOVE, "street_lamp")),
    prompt="a harbour",
    frames=132,
    rate=Fraction(24),
    width=1280,
    height=720,
    seed=70_000,
    temperature=0.4,
    source=Path("clip.mp4"),
)
TEXT = {"type": "string"}


def model(required: tuple[str, ...] = (), /, **inputs: object) -> Model:
    taken = {"type": "object", "required": list(required), "properties": inputs}
    return read({"components": {"schemas": {"Input": taken, "five": {"enum": [5, 10]}}}})


def sent(**inputs: object) -> dict[str, Any]:
    return model(**inputs).words(REQUEST, {})


def test_a_model_gets_what_it_names_and_nothing_else() -> None:
    assert sent(prompt=TEXT, steps={"type": "integer"}) == {"prompt": "a harbour"}
    assert sent(negative_prompt=TEXT) == {"negative_prompt": "car, street lamp"}
    assert sent(prompt={"type": "integer"}) == {}


@pytest.mark.parametrize(
    ("spec", "duration"),
    [
        ({"type": "integer"}, 6),
        ({"type": "number"}, 5.5),
        ({"type": "integer", "maximum": 4}, 4),
        ({"type": "integer", "minimum": 8}, 8),
        ({"type": "integer", "enum": [4, 6, 8]}, 6),
        ({"type": "integer", "enum": [4, 5]}, 5),
        ({"type": "string", "enum": ["5s", "10s"]}, "10s"),
        ({"type": "string", "enum": ["short", "long"]}, None),
        ({"allOf": [{"$ref": "#/components/schemas/five"}]}, 10),
        ({"anyOf": [{"type": "null"}, {"type": "integer"}]}, 6),
        ({"type": ["null", "integer"]}, 6),
        ({"type": "boolean"}, None),
    ],
)
def test_a_duration_is_the_shortest_that_fills_the_slot(
    spec: Mapping[str, Any], duration: object
) -> None:
    assert sent(duration=spec).get("duration") == duration


def test_footage_is_as_long_as_it_was_asked_for() -> None:
    assert model(prompt=TEXT).footage_seconds(REQUEST) == 5.5
    assert model(duration={"type": "string", "enum": ["5s", "10s"]}).footage_seconds(REQUEST) == 10


@pytest.mark.parametrize(
    ("spec", "ratio"),
    [
        (TEXT, "16:9"),
        ({"type": "string", "enum": ["1:1", "9:16", "4:3"]}, "4:3"),
        ({"type": "string", "enum": ["auto", "match"]}, None),
    ],
)
def test_a_ratio_is_the_nearest_in_shape(spec: Mapping[str, Any], ratio: object) -> None:
    assert sent(aspect_ratio=spec).get("aspect_ratio") == ratio


def test_sizes_and_rates_are_the_nearest_that_are_allowed() -> None:
    pixels = {"type": "integer", "minimum": 64, "maximum": 1024, "multipleOf": 32}
    assert sent(width=pixels, height=pixels) == {"width": 1024, "height": 704}
    assert sent(fps={"type": "integer", "enum": [8, 25, 30]}) == {"fps": 25}


def test_frames_fill_the_slot_at_the_rate_that_is_sent() -> None:
    count = {"type": "integer"}
    assert sent(num_frames=count) == {"num_frames": 132}
    assert sent(num_frames=count, fps={"type": "integer", "maximum": 8}) == {
        "num_frames": 44,
        "fps": 8,
    }


def test_large_seeds_wrap_so_that_they_still_differ() -> None:
    seed = {"type": "integer", "minimum": 0, "maximum": 65535}
    assert sent(seed=seed) == {"seed": 70_000 - 65_536}
    assert sent(seed={"type": "integer"}) == {"seed": 70_000}


@pytest.mark.parametrize(
    ("temperature", "parts"),
    [
        (0.2, {Part.VIDEO, Part.FIRST, Part.LAST}),
        (0.4, {Part.VIDEO, Part.FIRST}),
        (0.7, {Part.VIDEO}),
        (0.9, set()),
    ],
)
def test_the_warmer_an_edit_the_less_of_the_clip_is_shown(
    temperature: float, parts: set[Part]
) -> None:
    made = model(video=TEXT, image=TEXT, end_image=TEXT)
    assert set(made.parts(replace(REQUEST, temperature=temperature))) == parts


def test_what_a_model_needs_is_always_shown() -> None:
    made = model(("start_image",), start_image=TEXT)
    assert made.parts(replace(REQUEST, temperature=0.9)) == (Part.FIRST,)
    assert made.words(REQUEST, {Part.FIRST: "data:x"}) == {"start_image": "data:x"}
    assert made.refusal(REQUEST) is None
    assert made.refusal(replace(REQUEST, source=None)) == "there is no footage to work on"


LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4)
JSON = LEAVES | st.lists(LEAVES, max_size=2) | st.dictionaries(st.text(max_size=4), LEAVES)
NAMES = ("prompt", "seed", "duration", "aspect_ratio", "width", "num_frames", "fps", "image")
KEYS = ("type", "enum", "minimum", "maximum", "multipleOf", "allOf", "$ref")
SPECS = st.dictionaries(
    st.sampled_from(KEYS),
    JSON | st.sampled_from(["integer", "number", "string"]),
    max_size=4,
)


@given(st.dictionaries(st.sampled_from(NAMES), SPECS | JSON, max_size=4))
def test_no_schema_breaks_us(inputs: dict[str, Any]) -> None:
    try:
        made = model(**inputs)
    except ValueError:
        return
    made.refusal(REQUEST)
    made.footage_seconds(REQUEST)
    assert set(made.words(REQUEST, {Part.FIRST: "data:x"})) <= set(inputs)


@given(
    st.sampled_from(["duration", "width", "num_frames", "fps", "seed"]),
    st.integers(0, 2000),
    st.integers(0, 2000),
    st.none() | st.integers(1, 64),
)
def test_numbers_stay_in_their_range(name: str, low: int, more: int, step: int | None) -> None:
    spec = {"type": "integer", "minimum": low, "maximum": low + more}
    if step and name != "seed":
        spec["multipleOf"] = step
    value = sent(**{name: spec}).get(name)
    if value is None:
        assert step
        assert low + more < -(-low // step) * step
    else:
        assert low <= value <= low + more
        assert value % (step or 1) == 0 or name == "seed"
