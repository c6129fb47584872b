"""Templates of one's own, over HTTP."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

import pytest
from fastapi.testclient import TestClient

from clipbot import api
from clipbot.domain.user import User
from tests.unit.api.conftest import BASE, Stranger, Studio

TEMPLATES = "/api/v1/templates"
NEON = {"name": "Neon rain", "instruction": "make it rainy and neon, keep her face"}


def own(studio: Studio) -> list[Mapping[str, Any]]:
    listed = studio.client.get(TEMPLATES).json()["templates"]
    return [each for each in listed if not each["is_built_in"]]


def test_a_template_is_kept_renamed_shared_and_deleted(studio: Studio) -> None:
    created = studio.client.post(TEMPLATES, json=NEON)

    assert created.status_code == 201
    kept = created.json()
    assert kept["id"].startswith("own:")
    assert (kept["title"], kept["group"], kept["usage_count"]) == ("Neon rain", "Mine", 0)
    assert (kept["preserves"], kept["is_own"], kept["is_shared"]) == (["her face"], True, False)
    assert own(studio) == [kept]

    address = f"{TEMPLATES}/{kept['id']}"
    changed = studio.client.patch(address, json={"name": "Wet neon", "is_shared": True}).json()
    assert (changed["title"], changed["is_shared"]) == ("Wet neon", True)
    assert changed["instruction"] == NEON["instruction"]

    assert studio.client.delete(address).json() == changed
    assert own(studio) == []
    assert studio.client.delete(address).status_code == 404


def test_a_past_edit_becomes_a_template_that_can_be_used(studio: Studio) -> None:
    edit = {"instruction": "make clip 2 nighttime, keep the lanterns"}
    made = studio.client.post(f"{studio.url}/clips/1/regenerate", json=edit).json()
    past = {"name": "My night", "regeneration_id": made["regeneration_id"]}
    kept = studio.client.post(TEMPLATES, json=past).json()
    assert kept["instruction"] == "make it nighttime, keep the lanterns"
    assert kept["words_out"] == ["sunny", "golden hour"]

    wish = {"template_id": kept["id"], "customizations": "a bit warmer"}
    started = studio.client.post(f"{studio.url}/clips/0/apply-template", json=wish)

    assert started.status_code == 202, started.text
    record = studio.client.get(
        f"{studio.url}/regenerations/{started.json()['regeneration_id']}"
    ).json()
    assert (record["status"], record["template_id"]) == ("completed", kept["id"])
    assert own(studio)[0]["usage_count"] == 1


def test_a_built_in_template_is_applied_and_counted(studio: Studio) -> None:
    wish = {"template_id": "nighttime"}
    assert studio.client.post(f"{studio.url}/clips/0/apply-template", json=wish).status_code == 202

    listed = studio.client.get(TEMPLATES).json()["templates"]
    assert {each["id"]: each["usage_count"] for each in listed if each["usage_count"]} == {
        "nighttime": 1
    }


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"name": "", "instruction": "darker"}, 422, "template_rejected"),
        ({"name": "x" * 61, "instruction": "darker"}, 422, "template_rejected"),
        ({"name": "a", "instruction": "hello"}, 422, "template_rejected"),
        ({"name": "a", "instruction": "make clip 3 darker"}, 422, "needs_answer"),
        ({"name": "a", "instruction": " "}, 400, "empty_instruction"),
        ({"name": "a"}, 422, "invalid_request"),
        ({"name": "a", "regeneration_id": str(UUID(int=7))}, 404, "regeneration_not_found"),
    ],
)
def test_what_is_no_template_is_refused(
    gallery: Studio, body: dict[str, Any], status: int, code: str
) -> None:
    answer = gallery.client.post(TEMPLATES, json=body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_two_templates_of_one_name_are_refused(studio: Studio) -> None:
    studio.client.post(TEMPLATES, json=NEON)

    again = studio.client.post(TEMPLATES, json={**NEON, "name": " neon  RAIN"})

    assert (again.status_code, again.json()["code"]) == (409, "template_name_taken")


@pytest.mark.parametrize(
    ("id_", "status", "code"),
    [
        ("nighttime", 403, "not_allowed"),
        ("nothing", 404, "template_not_found"),
        ("own:nothing", 400, "malformed_id"),
        (f"own:{UUID(int=7)}", 404, "template_not_found"),
    ],
)
def test_only_templates_of_ones_own_can_be_changed(
    gallery: Studio, id_: str, status: int, code: str
) -> None:
    for answer in (
        gallery.client.patch(f"{TEMPLATES}/{id_}", json={"name": "a"}),
        gallery.client.delete(f"{TEMPLATES}/{id_}"),
    ):
        assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_somebody_elses_template_is_seen_once_it_is_shared(studio: Studio) -> None:
    kept = studio.client.post(TEMPLATES, json=NEON).json()
    address = f"{TEMPLATES}/{kept['id']}"
    app = api.create(studio.desk.services, Stranger(User(uuid4())))
    with TestClient(app, base_url=BASE) as client:
        assert client.patch(address, json={"name": "mine"}).status_code == 404
        studio.client.patch(address, json={"is_shared": True})

        assert client.patch(address, json={"name": "mine"}).status_code == 403
        listed = client.get(TEMPLATES).json()["templates"]
        shared = next(each for each in listed if each["id"] == kept["id"])
        assert (shared["group"], shared["is_own"], shared["title"]) == (
            "Shared",
            False,
            "Neon rain",
        )


@pytest.mark.parametrize(
    ("clip", "body", "status", "code"),
    [
        (9, {"template_id": "nighttime"}, 404, "clip_not_found"),
        (0, {"template_id": "nothing"}, 404, "template_not_found"),
        (
            0,
            {"template_id": "nighttime", "customizations": "clip 2 warmer"},
            422,
            "needs_answer",
        ),
        (0, {"template_id": "nighttime", "quote_id": str(UUID(int=7))}, 404, "quote_not_found"),
    ],
)
def test_a_template_that_cannot_be_applied_changes_nothing(
    gallery: Studio, clip: int, body: dict[str, Any], status: int, code: str
) -> None:
    answer = gallery.client.post(f"{gallery.url}/clips/{clip}/apply-template", json=body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_a_price_of_something_else_is_not_spent_on_a_template(studio: Studio) -> None:
    priced = studio.client.post(
        f"{studio.url}/quotes", json={"text": "make it darker", "selected": [1]}
    ).json()
    wish = {"template_id": "nighttime", "quote_id": priced["quote_id"]}

    answer = studio.client.post(f"{studio.url}/clips/0/apply-template", json=wish)

    assert (answer.status_code, answer.json()["code"]) == (422, "needs_answer")
