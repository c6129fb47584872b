"""The ids and names of templates that people make themselves."""

from uuid import UUID

import pytest

from clipbot.domain.own_templates import (
    called,
    calls_by_name,
    is_name,
    is_own_id,
    own_id,
    row_id,
    tidy_name,
)

ID = UUID("00000000-0000-4000-8000-000000000001")


def test_a_public_id_leads_back_to_its_row() -> None:
    assert row_id(own_id(ID)) == ID
    assert is_own_id(own_id(ID))


@pytest.mark.parametrize("public", [None, "nighttime", "own:", "own:nothing", str(ID)])
def test_what_is_no_own_template_has_no_row(public: str | None) -> None:
    assert row_id(public) is None


def test_a_malformed_own_id_is_told_from_a_built_in_one() -> None:
    assert is_own_id("own:nothing")
    assert not is_own_id("nighttime")


@pytest.mark.parametrize(
    ("name", "tidy"),
    [
        ("  Neon   rain ", "Neon rain"),
        ("Neon\n\train\0", "Neon rain"),
        ("\u200bNeon", "Neon"),
        ("", ""),
        ("雨 🌧", "雨 🌧"),
    ],
)
def test_a_name_is_one_line_that_can_be_read(name: str, tidy: str) -> None:
    assert tidy_name(name) == tidy


def test_a_name_has_1_to_60_characters() -> None:
    assert [is_name("x" * count) for count in (0, 1, 60, 61)] == [False, True, True, False]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("apply Neon rain to clips 2 and 4", ("Neon rain", "clips 2 and 4")),
        ("please use my “neon  RAIN” template on clip 3, please", ("Neon rain", "clip 3")),
        ("use the template Neon rain", ("Neon rain", "")),
        ("Apply Neon to the chorus.", ("Neon", "the chorus")),
        ("apply neon rainfall to clip 2", None),
        ("make it Neon", None),
        ("use", None),
    ],
)
def test_a_template_is_called_by_its_name(text: str, expected: tuple[str, str] | None) -> None:
    assert called(text, ["Neon", "Neon rain", "x+"]) == expected


def test_only_use_and_apply_call_a_template() -> None:
    assert calls_by_name(" use it")
    assert not calls_by_name("useful light")
