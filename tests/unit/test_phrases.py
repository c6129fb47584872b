"""What a change of one prompt could do to another."""

import pytest

from clipbot.domain.plan import Edit
from clipbot.domain.templates import TEMPLATES
from clipbot.language.base import PromptRequest
from clipbot.language.offline import OfflineWriter
from clipbot.language.phrases import phrases_between

SUNNY = "A sunny street with paper lanterns, golden hour, slow pan."


@pytest.mark.parametrize(
    ("old", "new", "words_in", "words_out"),
    [
        (
            SUNNY,
            "A street with paper lanterns, slow pan. Nighttime scene, dark sky.",
            ("nighttime scene", "dark sky"),
            ("sunny", "golden hour"),
        ),
        ("a beach, wide shot", "a beach, wide shot, warm tones", ("warm tones",), ()),
        ("a beach", "the beach", (), ()),
        ("a beach", "a beach", (), ()),
        ("", "neon", ("neon",), ()),
        ("a beach at noon", "A dragon over mountains in the storm", (), ()),
        (
            "a beach",
            "a beach with a very long list of things that tell of this one clip only",
            (),
            (),
        ),
        ("a dim, grey beach", "a bright, warm beach", ("bright", "warm"), ("dim", "grey")),
    ],
)
def test_phrases_are_cut_at_commas_and_made_to_be_used_again(
    old: str, new: str, words_in: tuple[str, ...], words_out: tuple[str, ...]
) -> None:
    assert phrases_between(old, new) == (words_in, words_out)


@pytest.mark.parametrize("template", TEMPLATES.values(), ids=lambda each: each.id)
def test_what_a_template_did_does_the_same_to_another_prompt(template: object) -> None:
    night = TEMPLATES[getattr(template, "id")]  # noqa: B009 - the table holds templates
    writer = OfflineWriter()
    edit = Edit((1,), night.ops, night.instruction)
    once = writer.rewrite(PromptRequest(edit, SUNNY)).prompt
    words_in, words_out = phrases_between(SUNNY, once)

    other = "A sunny harbour at golden hour, gulls"
    own = writer.rewrite(
        PromptRequest(Edit((1,), (), ""), other, words_in=words_in, words_out=words_out)
    ).prompt

    assert all(phrase.lower() in own.lower() for phrase in words_in)
    assert not any(phrase in own for phrase in words_out)
    assert "harbour" in own
    assert "gulls" in own
