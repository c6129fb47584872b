"""Contexts and rows in their public JSON shape."""

import pytest

from clipbot.domain.plan import Kind, to_json
from clipbot.understanding import ClipFacts, Context, Turn, plan_document
from tests.unit.understanding.videos import done

CLIP = {
    "number": 2,
    "start": 1,
    "end": 2.5,
    "section": "verse",
    "section_number": 1,
    "lyrics": "la la",
    "luma": 0.25,
    "saturation": 0.5,
    "warmth": -0.5,
    "motion": 0.125,
    "versions": 2,
    "current_version": 2,
    "prompt": "a street",
}


def test_a_context_is_read_from_json() -> None:
    plan = done((1,), Kind.WARMTH, "up")
    context = Context.from_json(
        {
            "clips": [CLIP, {"number": 1, "luma": None, "more": "ignored"}],
            "selected": [2, 9],
            "history": [
                {"role": "user", "content": "warmer"},
                {"role": "assistant", "content": "Done.", "plan": to_json(plan)},
            ],
        }
    )
    facts = ClipFacts(2, 1.0, 2.5, "verse", 1, "la la", 0.25, 0.5, -0.5, 0.125, 2, 2, "a street")
    assert context.clips == (ClipFacts(1), facts)
    assert context.selected == (2,)
    assert context.history == (Turn("user", "warmer"), Turn("assistant", "Done.", plan))
    assert context.talked_about == (1,)


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"clips": None},
        {"clips": [{"start": 1}]},
        {"clips": [3]},
        {"clips": [], "history": ["hello"]},
        {"clips": [], "history": [{"role": "user", "plan": {"act": "fly"}}]},
    ],
)
def test_what_is_no_context_is_refused(document: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"context|plan|fly"):
        Context.from_json(document)


def test_a_row_becomes_a_plan_document() -> None:
    row = {"context": {"clips": [CLIP]}, "text": "clip 2 a bit darker"}
    assert plan_document(row) == {
        "act": "edit",
        "edits": [
            {
                "clips": [2],
                "ops": [{"kind": "brightness", "direction": "down", "strength": "slight"}],
                "instruction": "a bit darker",
                "keep": [],
            }
        ],
        "question": None,
        "choices": [],
        "reply": None,
        "version": None,
        "source_clip": None,
        "slots": [],
        "template_id": "darker",
        "topic": None,
        "readings": [
            {"words": "clip 2", "start": 0, "stop": 6, "means": "clip 2"},
            {"words": "a bit", "start": 7, "stop": 12, "means": "a little"},
            {"words": "darker", "start": 13, "stop": 19, "means": "darker"},
        ],
        "unread": [],
    }


@pytest.mark.parametrize("row", [{}, {"text": "x"}, {"context": {"clips": []}}, {"text": 3}])
def test_a_row_needs_a_text_and_a_context(row: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="a text and a context"):
        plan_document(row)
