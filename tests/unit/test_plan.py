"""Plans and their public JSON shape."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clipbot.domain.filling import Filling
from clipbot.domain.plan import Act, Edit, Kind, Operation, Plan, Reading, Topic, from_json, to_json
from clipbot.domain.slots import SlotWish
from clipbot.domain.timeline import TransitionKind

OPERATIONS = st.builds(
    Operation,
    st.sampled_from(Kind),
    st.none() | st.text(max_size=8),
    st.sampled_from(["slight", "medium", "strong"]),
)
EDITS = st.builds(
    Edit,
    st.sets(st.integers(1, 60)).map(lambda numbers: tuple(sorted(numbers))),
    st.lists(OPERATIONS, max_size=3).map(tuple),
    st.text(max_size=20),
    st.lists(st.text(max_size=8), max_size=2).map(tuple),
)
READINGS = st.builds(
    Reading, st.text(max_size=8), st.integers(0, 9), st.integers(9, 20), st.text(max_size=8)
)
SLOTS = st.builds(
    SlotWish,
    st.integers(1, 60),
    st.none() | st.sampled_from(Filling),
    st.none() | st.sampled_from(TransitionKind),
    st.none() | st.floats(0.1, 10),
)
PLANS = st.builds(
    Plan,
    st.sampled_from(Act),
    st.lists(EDITS, max_size=3).map(tuple),
    st.none() | st.text(max_size=20),
    st.lists(st.text(max_size=20), max_size=5).map(tuple),
    st.none() | st.text(max_size=20),
    st.none() | st.integers(1, 9),
    st.none() | st.integers(1, 60),
    st.none() | st.text(max_size=8),
    st.none() | st.sampled_from(Topic),
    st.lists(READINGS, max_size=2).map(tuple),
    st.lists(st.text(max_size=8), max_size=2).map(tuple),
    st.lists(SLOTS, max_size=2).map(tuple),
)


@given(PLANS)
def test_a_plan_survives_its_json(plan: Plan) -> None:
    again = from_json(to_json(plan))
    assert again == plan
    assert again.template_id == plan.template_id
    assert (again.topic, again.readings, again.unread) == (plan.topic, plan.readings, plan.unread)


def test_the_json_has_the_contract_s_shape() -> None:
    ops = (Operation(Kind.BRIGHTNESS, "up"),)
    document = to_json(Plan(Act.EDIT, (Edit((2, 4), ops, "make it brighter"),)))
    assert document == {
        "act": "edit",
        "edits": [
            {
                "clips": [2, 4],
                "ops": [{"kind": "brightness", "direction": "up", "strength": "medium"}],
                "instruction": "make it brighter",
                "keep": [],
            }
        ],
        "question": None,
        "choices": [],
        "reply": None,
        "version": None,
        "source_clip": None,
        "slots": [],
        "template_id": None,
        "topic": None,
        "readings": [],
        "unread": [],
    }


def test_missing_fields_are_empty_and_clips_are_sorted() -> None:
    plan = from_json({"act": "edit", "edits": [{"clips": [4, 2, 4], "ops": [{"kind": "speed"}]}]})
    assert plan == Plan(Act.EDIT, (Edit((2, 4), (Operation(Kind.SPEED),)),))


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"act": "fly"},
        {"act": "edit", "edits": [{}]},
        {"act": "restore", "version": "two"},
        {"act": "style", "source_clip": True},
        {"act": "ask", "question": 3},
        {"act": "ask", "choices": "undo"},
        {"act": "edit", "edits": [{"clips": [1], "ops": [{"kind": "speed", "direction": 1}]}]},
        {"act": "edit", "edits": [3]},
        {"act": "edit", "slots": [{}]},
        {"act": "edit", "slots": [{"clip": 1, "filling": "melt"}]},
        {"act": "edit", "slots": [{"clip": 1, "transition": "wipe"}]},
        {"act": "edit", "edits": 3},
        {"act": "edit", "edits": [{"clips": ["two"]}]},
        {"act": "edit", "edits": [{"clips": [1], "ops": [{"kind": "paint"}]}]},
        {"act": "edit", "edits": [{"clips": [1], "ops": [{"kind": "speed", "strength": "huge"}]}]},
    ],
)
def test_what_is_no_plan_is_refused(document: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"."):
        from_json(document)


def test_the_template_is_a_note_and_no_part_of_the_meaning() -> None:
    assert Plan(Act.CHAT, template_id="rain") == Plan(Act.CHAT)
