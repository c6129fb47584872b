"""The calls about slots: how clips fill them, and how they meet."""

from typing import Any

import pytest

from tests.unit.api.conftest import Studio


def wish(studio: Studio, *changes: dict[str, object]) -> Any:
    return studio.client.post(f"{studio.url}/slots", json={"changes": list(changes)})


def test_slots_say_how_clips_meet_and_fill_them(gallery: Studio) -> None:
    slots = gallery.client.get(f"{gallery.url}/slots").json()["slots"]

    assert [slot["clip_index"] for slot in slots] == [0, 1, 2]
    assert sum(slot["frames"] for slot in slots) == 108
    assert slots[0]["transition"] == {
        "type": "crossfade",
        "duration": 0.25,
        "shown_duration": 0.25,
        "is_chosen": False,
    }
    assert slots[2]["transition"] is None
    assert (slots[0]["filling"], slots[0]["slowdown"], slots[0]["warnings"]) == ("freeze", 1.0, [])


def test_another_transition_is_free_and_taken_back_like_an_edit(studio: Studio) -> None:
    answer = wish(studio, {"clip_index": 1, "transition": "fade", "duration": 0.5})

    assert answer.status_code == 200
    body = answer.json()
    assert body["price"] == "0.00"
    assert body["rows"] == [
        {
            "clip_index": 1,
            "before": "meets clip 3 in a cut",
            "after": "meets clip 3 in a fade through black of 0.5 s",
        }
    ]
    assert body["job"]["undo_label"] == "a fade through black of 0.5 s between clips 2 and 3"
    assert body["job"]["film"]["number"] == 2
    clip = studio.client.get(f"{studio.url}/clips").json()["clips"][1]
    assert clip["transition"]["is_chosen"]

    back = studio.client.post(f"{studio.url}/undo")
    assert back.json()["redo_label"] == body["job"]["undo_label"]
    clip = studio.client.get(f"{studio.url}/clips").json()["clips"][1]
    assert clip["transition"]["type"] == "cut"


def test_a_plan_about_slots_says_what_changes_and_that_it_is_free(gallery: Studio) -> None:
    def plan(text: str) -> Any:
        return gallery.client.post(f"{gallery.url}/plan", json={"text": text}).json()

    found = plan("make the crossfade between 1 and 2 three seconds")
    assert found["plan"]["slots"] == [
        {"clip": 1, "filling": None, "transition": "crossfade", "seconds": 3.0}
    ]
    assert found["quote"] is None
    assert found["slots"]["price"] == "0.00"
    assert found["slots"]["rows"][0]["after"] == "meets clip 2 in a crossfade of 3 s"
    assert "too short for more" in found["slots"]["notes"][0]
    assert plan("crossfade of 20 seconds between 1 and 2")["problem"]["code"] == "slot_refused"
    assert plan("make clip 1 darker")["slots"] is None
    assert (
        gallery.client.get(f"{gallery.url}/slots").json()["slots"][0]["transition"]["duration"]
        == 0.25
    )


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"clip_index": 9, "filling": "loop"}, "clip_unknown"),
        ({"clip_index": 2, "transition": "cut"}, "slot_refused"),
        ({"clip_index": 0, "transition": "fade", "duration": 99}, "slot_refused"),
        ({"clip_index": 0, "transition": "wipe"}, "invalid_request"),
        ({"clip_index": 0}, "invalid_request"),
        ({"clip_index": -1, "filling": "loop"}, "invalid_request"),
    ],
)
def test_what_cannot_be_is_refused(gallery: Studio, change: dict[str, object], code: str) -> None:
    answer = wish(gallery, change)

    assert answer.status_code == 422
    assert answer.json()["code"] == code


def test_a_wish_about_slots_is_no_edit_of_a_clip(gallery: Studio) -> None:
    answer = gallery.client.post(
        f"{gallery.url}/clips/0/regenerate", json={"instruction": "loop clip 1"}
    )

    assert (answer.status_code, answer.json()["code"]) == (422, "unsupported")
