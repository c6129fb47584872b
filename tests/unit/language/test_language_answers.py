"""Making sense of what a model wrote."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clipbot.domain.plan import Edit, Kind, Operation
from clipbot.language import answers
from clipbot.language.base import PromptRequest
from clipbot.language.briefs import brief

LANTERNS = "Paper lanterns drift over a street."
PROMPTS = st.text(min_size=1, max_size=200)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (f"  {LANTERNS}\n", LANTERNS),
        (f"“{LANTERNS}”", LANTERNS),
        (f"```text\n{LANTERNS}\n```", LANTERNS),
        (f"Here's the new prompt: {LANTERNS}", LANTERNS),
        (f"Final Video Prompt:\n\n{LANTERNS}", LANTERNS),
        (json.dumps({"prompt": LANTERNS}), LANTERNS),
        ('She says "go" and drifts over "stop".', 'She says "go" and drifts over "stop".'),
        ("紙の提灯が夜の通りの上をゆっくり漂う。", "紙の提灯が夜の通りの上をゆっくり漂う。"),
        ("Lanterns\ud83d drift over it.", "Lanterns? drift over it."),
        ("Lan\u200bterns\u202e drift\x1b[31m over it.", "Lanterns drift [31m over it."),
    ],
)
def test_a_prompt_is_taken_out_of_its_wrapping(said: str, expected: str) -> None:
    assert answers.prompt(said) == expected


@pytest.mark.parametrize("said", ["", "   ", "lanterns", "1234567890 1234", None, 7, ["a prompt"]])
def test_what_is_no_prompt_is_refused(said: object) -> None:
    with pytest.raises(ValueError, match="prompt"):
        answers.prompt(said)


@given(st.text(max_size=6000))
def test_a_prompt_is_one_clean_line_within_the_limit_whatever_is_said(said: str) -> None:
    try:
        found = answers.prompt(said)
    except ValueError:
        return
    assert 0 < len(found) <= answers.LONGEST_PROMPT
    assert "\n" not in found
    assert found == answers.cleaned(found)
    found.encode()


@given(st.text(max_size=400))
def test_no_answer_of_any_kind_breaks_the_reading(said: str) -> None:
    answers.refuses(said)
    for reading in (answers.document, answers.prose):
        try:
            reading(said)
        except ValueError:
            continue


@given(st.dictionaries(st.text(max_size=9), st.integers() | st.text(max_size=9), min_size=1))
def test_an_object_is_found_among_words(document: dict[str, object]) -> None:
    said = f"Sure.\n```json\n{json.dumps(document)}\n```\nAnything else?"
    assert answers.document(said) == document
    assert answers.document(f"I think: {json.dumps(document)} done") == document


@pytest.mark.parametrize(
    ("said", "is_refusal"),
    [
        ("I'm sorry, but I can't help with that.", True),
        ("I\u2019m sorry.", True),
        ("<think>Hm.</think> I cannot do this.", True),
        ('"As an AI, I will not."', True),
        ("Sorry seems to be the hardest word, says a neon sign.", True),
        ("A woman says sorry under lanterns.", False),
        ("I can see lanterns over a street.", False),
        ("", False),
    ],
)
def test_a_polite_no_is_noticed(said: str, is_refusal: bool) -> None:  # noqa: FBT001
    assert answers.refuses(said) is is_refusal


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("short", "short"),
        ("One sentence is here. Another one", "One sentence is here."),
        ("One. Another much longer sentence", "One. Another much"),
        ("a" * 40, "a" * 22),
    ],
)
def test_text_is_cut_where_it_hurts_least(text: str, expected: str) -> None:
    assert answers.shortened(text, 22) == expected


@given(PROMPTS, st.text(max_size=300), st.lists(st.text(max_size=90), max_size=6))
def test_what_people_say_stays_within_its_field(prompt: str, wish: str, keep: list[str]) -> None:
    """Nobody can end the document and begin to give orders."""
    request = PromptRequest(Edit((1,), (Operation(Kind.OTHER),), wish, tuple(keep)), prompt)
    rules, material = brief(request)
    assert rules["role"] == "system"
    told = json.loads(material["content"])
    assert set(told) <= {"prompt", "change", "means", "keep", "original_prompt"}
    assert told.get("prompt", "") == answers.cleaned(prompt)
