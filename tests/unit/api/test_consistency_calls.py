"""The call that says how evenly clips go together, and matches in plans."""

from typing import Any

import pytest

from tests.unit.api.conftest import Studio

GREY = {"mean": [0.5, 0.0, 0.0], "spread": [0.1, 0.0, 0.0]}


def known(studio: Studio) -> Any:
    """Ask until all clips are measured."""
    while (body := studio.client.get(f"{studio.url}/consistency").json())["pending"]:
        pass
    return body


def test_clips_and_cuts_are_compared(gallery: Studio) -> None:
    body = known(gallery)
    assert [clip["clip_index"] for clip in body["clips"]] == [0, 1, 2]
    assert [cut["clip_index"] for cut in body["cuts"]] == [0, 1]
    assert body["cuts"][0]["is_between_sections"]
    assert body["cuts"][0]["sentence"].startswith("From clip 1 to 2: ")
    assert set(body["cuts"][0]["differences"]) == {"light", "colour", "motion"}
    assert 0 <= body["score"] <= 100
    assert (body["unknown"], body["pending"]) == ([], [])
    assert body["clips"][2]["compared_with"] == [0, 1]


def test_an_unchanged_film_is_not_sent_again(gallery: Studio) -> None:
    known(gallery)
    first = gallery.client.get(f"{gallery.url}/consistency")
    again = gallery.client.get(
        f"{gallery.url}/consistency", headers={"If-None-Match": first.headers["etag"]}
    )
    assert again.status_code == 304


def test_a_match_is_priced_at_nothing_and_its_plan_says_which(studio: Studio) -> None:
    text = "match clip 2 to its neighbours"
    quoted = studio.client.post(f"{studio.url}/quotes", json={"text": text}).json()
    [op] = quoted["plan"]["edits"][0]["ops"]
    assert (op["kind"], op["direction"], quoted["ceiling"]) == ("look", "neighbours", "0.00")
    assert len(op["match"]["target"]["mean"]) == 3
    again = studio.client.post(f"{studio.url}/quotes", json={"plan": quoted["plan"]}).json()
    assert again["plan"]["edits"] == quoted["plan"]["edits"]
    plain = studio.client.post(f"{studio.url}/plan", json={"text": "make clip 2 darker"}).json()
    assert "match" not in plain["plan"]["edits"][0]["ops"][0]


@pytest.mark.parametrize(
    "target",
    [{"mean": [9, 0, 0], "spread": [0, 0, 0]}, {"mean": [0, 0], "spread": [0, 0, 0]}, "red"],
)
def test_a_match_that_no_screen_shows_is_refused(gallery: Studio, target: object) -> None:
    op = {
        "kind": "look",
        "direction": "neighbours",
        "match": {"source": GREY, "target": target},
    }
    plan = {"act": "edit", "edits": [{"clips": [1], "ops": [op]}]}
    answer = gallery.client.post(f"{gallery.url}/quotes", json={"plan": plan})
    assert answer.status_code == 422
