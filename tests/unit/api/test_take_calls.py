"""The calls about takes: several versions at once, and the choice among them."""

from typing import Any
from uuid import uuid4

import pytest

from tests.unit.api.conftest import Studio


def confirmed(studio: Studio, quote: dict[str, Any]) -> dict[str, Any]:
    answer = studio.client.post(f"{studio.url}/quotes/{quote['quote_id']}/confirm")
    assert answer.status_code == 202, answer.text
    body: dict[str, Any] = answer.json()
    return body


def versions(studio: Studio) -> dict[int, dict[str, Any]]:
    listed = studio.client.get(f"{studio.url}/clips/0/versions").json()["versions"]
    return {each["version_number"]: each for each in listed}


def test_takes_are_priced_made_listed_and_one_is_kept(studio: Studio) -> None:
    takes = f"{studio.url}/clips/0/takes"
    assert studio.client.get(takes).json() == {"batches": []}
    wish = {"text": "make clip 1 nighttime", "takes": 2}
    quote = studio.client.post(f"{studio.url}/quotes", json=wish).json()
    assert (quote["plan"]["takes"], [row["take"] for row in quote["rows"]]) == (2, [1, 2])
    started = confirmed(studio, quote)

    (batch,) = studio.client.get(takes).json()["batches"]
    assert batch["batch_id"] == started["batch_id"]
    assert (batch["like"], batch["is_open"], batch["is_decided"]) == (None, False, False)
    assert [take["strength"] for take in batch["takes"]] == ["medium", "strong"]
    assert [take["regeneration"]["take"] for take in batch["takes"]] == [1, 2]
    assert [take["version"]["is_offered"] for take in batch["takes"]] == [True, True]
    more = studio.client.post(takes, json={"takes": 4, "version_number": 2}).json()
    assert (more["plan"]["version"], len(more["rows"]), more["ceiling"]) == (2, 1, "0.00")
    assert any("whatever the seed" in note for note in more["rows"][0]["notes"])

    keep = f"{takes}/{batch['batch_id']}/keep"
    job = studio.client.post(keep, json={"version_number": 3})
    assert (job.status_code, job.json()["undo_label"]) == (200, "version 3 of clip 1")
    assert versions(studio)[3]["is_current"]
    assert not any(each["is_offered"] for each in versions(studio).values())
    assert studio.client.get(takes).json()["batches"][0]["is_decided"]
    assert studio.client.post(keep, json={"version_number": None}).status_code == 200
    assert versions(studio)[3]["is_current"]


@pytest.mark.parametrize(
    ("path", "body", "status", "code"),
    [
        ("/clips/9/takes", {}, 404, "clip_not_found"),
        ("/clips/0/takes", {"version_number": 9}, 404, "version_not_found"),
        ("/clips/0/takes", {"takes": 5}, 422, "invalid_request"),
        ("/clips/0/takes", {"takes": 0}, 422, "invalid_request"),
        ("/clips/0/takes", {"takes": 2}, 422, "unsupported"),
        ("/clips/0/takes/{unknown}/keep", {"version_number": 1}, 404, "regeneration_not_found"),
        ("/clips/0/takes/{unknown}/keep", {}, 422, "invalid_request"),
        ("/clips/0/takes/7/keep", {"version_number": 1}, 400, "malformed_id"),
    ],
)
def test_what_cannot_be_taken_is_refused(
    gallery: Studio, path: str, body: dict[str, object], status: int, code: str
) -> None:
    address = gallery.url + path.replace("{unknown}", str(uuid4()))
    answer = gallery.client.post(address, json=body)
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text


def test_a_plan_with_too_many_takes_is_refused_and_one_without_says_nothing_of_them(
    gallery: Studio,
) -> None:
    asked = gallery.client.post(f"{gallery.url}/plan", json={"text": "9 more versions of clip 1"})
    assert (asked.status_code, asked.json()["quote"]) == (200, None)
    assert "Between 1 and 4" in asked.json()["problem"]["detail"]
    plain = gallery.client.post(f"{gallery.url}/plan", json={"text": "make clip 1 darker"}).json()
    assert plain["plan"]["takes"] == 0
