"""Wishes in the imperative, said as they will be seen; and what they change in a prompt."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clipbot.domain.plan import Kind
from clipbot.language import scenes
from clipbot.language.described import Description, described
from clipbot.language.wording import without, without_parts

CAMERA = "Mist fills the valley. Slow glide to the right while the stars turn, wide shot."


@pytest.mark.parametrize(
    ("kind", "wish", "phrases"),
    [
        (Kind.ADD, "add a deer on the path", ("a deer on the path",)),
        (Kind.ADD, "please put in a black cat too", ("a black cat",)),
        (Kind.ADD, "make it dawn and add a herd of camels", ("a herd of camels",)),
        (Kind.ADD, "add a dog, keep the cat", ("a dog",)),
        (Kind.REMOVE, "remove the smoke", ("no smoke",)),
        (Kind.REMOVE, "take the sailing boat out", ("no sailing boat",)),
        (Kind.REMOVE, "get rid of the smoke and the birds", ("no smoke", "no birds")),
        (Kind.REMOVE, "no more people from the clip please", ("no people",)),
        (Kind.SUBJECT, "give the traveller a red coat", ("the traveller with a red coat",)),
        (Kind.SUBJECT, "give her long hair", ("with long hair",)),
        (Kind.SUBJECT, "dress her in white", ("in white",)),
        (Kind.SUBJECT, "change her hair to red", ("her hair is red",)),
        (Kind.SUBJECT, "make the lanterns blue", ("the lanterns are blue",)),
        (Kind.SUBJECT, "make her dress bright green", ("her dress is bright green",)),
        (Kind.SUBJECT, "turn the boat into a whale", ("a whale",)),
        (Kind.SUBJECT, "replace the boat with a whale", ("a whale",)),
        (
            Kind.BACKGROUND,
            "change the background to a snowy field",
            ("a snowy field in the background",),
        ),
        (Kind.BACKGROUND, "put her in a forest", ("set in a forest",)),
        (Kind.OTHER, "make it look like a comic", ("looking like a comic",)),
        (Kind.OTHER, "turn it into a comic", ("a comic",)),
        (Kind.OTHER, "could you make it cosy please", ("cosy",)),
        (Kind.OTHER, "more goosebumps!", ("more goosebumps",)),
        (Kind.OTHER, "", ()),
    ],
)
def test_a_wish_is_said_as_it_will_be_seen(kind: Kind, wish: str, phrases: tuple[str, ...]) -> None:
    assert described(kind, wish, is_alone=True).phrases == phrases


def test_of_several_wishes_only_the_unnamed_is_said() -> None:
    assert described(
        Kind.OTHER, "make it darker and use more cowbell", is_alone=False
    ) == Description(("use more cowbell",))


@given(st.sampled_from(Kind), st.text(max_size=300), st.booleans())
def test_no_wish_of_any_kind_breaks_it(kind: Kind, wish: str, is_alone: bool) -> None:  # noqa: FBT001
    described(kind, wish, is_alone=is_alone)


@pytest.mark.parametrize(
    ("prompt", "thing", "expected"),
    [
        (
            "Windows shine below and warm smoke drifts through the sky. Film grain.",
            "smoke",
            "Windows shine below. Film grain.",
        ),
        (
            "A sea. A boat crosses the light and lanterns bob on it.",
            "boat",
            "A sea. Lanterns bob on it.",
        ),
        (
            "A lone traveller with an umbrella walks ahead.",
            "umbrella",
            "A lone traveller walks ahead.",
        ),
        ("A woman holding a red lantern smiles.", "lantern", "A woman smiles."),
        (
            "Lanterns rise over roofs, near ones large.",
            "lanterns",
            "Lanterns rise over roofs, near ones large.",
        ),
        ("A street. Birds circle above the roofs.", "birds", "A street."),
        ("A street.", "birds", "A street."),
        ("", "birds", ""),
    ],
)
def test_a_thing_goes_with_its_clause_but_never_the_subject(
    prompt: str, thing: str, expected: str
) -> None:
    assert scenes.without_thing(prompt, thing) == expected


def test_things_become_others_once() -> None:
    pairs = [("boat", "a whale")]
    once = scenes.replaced("A small boat crosses the light.", pairs)
    assert once == "A whale crosses the light."
    assert scenes.replaced(once, pairs) == once


def test_colours_are_changed_where_they_are_said() -> None:
    prompt = "Red lanterns swing; a red coat, lanterns everywhere."
    assert scenes.coloured(prompt, [("lanterns", "blue")]) == (
        "Blue lanterns swing; a red coat, lanterns everywhere."
    )
    assert scenes.coloured(prompt, [("lanterns", "bigger")]) == prompt


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        (CAMERA, "Mist fills the valley. Slow zoom in while the stars turn, wide shot."),
        ("a bar, slow pan, dim", "a bar, slow zoom in, dim"),
        ("Mist drifts over the lake.", "Mist drifts over the lake."),
        ("a bar, slow zoom in", "a bar, slow zoom in"),
    ],
)
def test_the_camera_moves_one_way(prompt: str, expected: str) -> None:
    assert scenes.moved(prompt, "slow zoom in") == expected


def test_a_clip_is_seen_from_one_place() -> None:
    assert scenes.framed(CAMERA, "close-up shot").endswith("while the stars turn, close-up shot.")
    assert scenes.framed("a bar, wide shot, low angle, dim", "close-up shot") == (
        "a bar, close-up shot, dim"
    )
    assert scenes.framed("a bar", "close-up shot") == "a bar"


def test_what_only_has_qualities_left_goes_with_its_phrase() -> None:
    assert without("Bright golden light, long shadows.", ["golden light"]) == "Long shadows."
    assert without("a bright day, rain", ["day"]) == "rain"


def test_a_part_of_a_longer_phrase_is_not_what_an_edit_put_in() -> None:
    assert without_parts("soft bloom, fine film grain.", ["film grain"]) == (
        "soft bloom, fine film grain."
    )
    assert without_parts("A street. Film grain, harsh light.", ["film grain"]) == (
        "A street. Harsh light."
    )
