"""The description that clients are generated from."""

import json
import re
from collections.abc import Iterator
from typing import Any

import jsonschema_rs
import pytest
from pydantic import BaseModel

from clipbot import errors
from clipbot.api.errors import TooManyStreams, status_of
from clipbot.api.models.common import Request
from clipbot.api.refusals import CAUSES
from tests.unit.api.conftest import Studio

Operation = tuple[str, str, dict[str, Any]]
CALLS = {
    "GET /health",
    "GET /api/v1/me",
    "GET /api/v1/jobs",
    "GET /api/v1/jobs/{job_id}",
    "GET /api/v1/jobs/{job_id}/clips",
    "GET /api/v1/jobs/{job_id}/consistency",
    "GET /api/v1/jobs/{job_id}/wave",
    "GET /api/v1/jobs/{job_id}/clips/{clip_index}/thumbnail",
    "GET /api/v1/jobs/{job_id}/clips/{clip_index}/thumbnail.jpg",
    "GET /api/v1/jobs/{job_id}/film.mp4",
    "GET /api/v1/jobs/{job_id}/film.m3u8",
    "GET /api/v1/jobs/{job_id}/film/{composition}/init.mp4",
    "GET /api/v1/jobs/{job_id}/film/{composition}/{segment}.m4s",
    "GET /api/v1/jobs/{job_id}/clips/{clip_index}/versions/{version}/footage.mp4",
    "POST /api/v1/jobs/{job_id}/plan",
    "POST /api/v1/jobs/{job_id}/quotes",
    "POST /api/v1/jobs/{job_id}/quotes/{quote_id}/confirm",
    "POST /api/v1/jobs/{job_id}/clips/{clip_index}/regenerate",
    "POST /api/v1/jobs/{job_id}/clips/batch-regenerate",
    "DELETE /api/v1/jobs/{job_id}/clips/batch/{batch_id}",
    "GET /api/v1/jobs/{job_id}/clips/batch/{batch_id}/status",
    "GET /api/v1/jobs/{job_id}/regenerations",
    "GET /api/v1/jobs/{job_id}/regenerations/{regeneration_id}",
    "DELETE /api/v1/jobs/{job_id}/regenerations/{regeneration_id}",
    "POST /api/v1/jobs/{job_id}/regenerations/{regeneration_id}/look",
    "POST /api/v1/jobs/{job_id}/regenerations/{regeneration_id}/close",
    "GET /api/v1/jobs/{job_id}/events",
    "GET /api/v1/jobs/{job_id}/clips/{clip_index}/versions",
    "POST /api/v1/jobs/{job_id}/clips/{clip_index}/versions/{version_id}/drop",
    "POST /api/v1/jobs/{job_id}/clips/{clip_index}/versions/{version_id}/restore",
    "DELETE /api/v1/jobs/{job_id}/clips/{clip_index}/versions/{version_id}",
    "GET /api/v1/jobs/{job_id}/clips/{clip_index}/compare",
    "GET /api/v1/jobs/{job_id}/films",
    "GET /api/v1/jobs/{job_id}/films/compare",
    "GET /api/v1/jobs/{job_id}/clips/{clip_index}/takes",
    "POST /api/v1/jobs/{job_id}/clips/{clip_index}/takes",
    "POST /api/v1/jobs/{job_id}/clips/{clip_index}/takes/{batch_id}/keep",
    "POST /api/v1/jobs/{job_id}/offers",
    "GET /api/v1/jobs/{job_id}/slots",
    "POST /api/v1/jobs/{job_id}/slots",
    "GET /api/v1/jobs/{job_id}/review",
    "GET /api/v1/jobs/{job_id}/review.csv",
    "GET /api/v1/jobs/{job_id}/review.json",
    "PUT /api/v1/jobs/{job_id}/review/{regeneration_id}",
    "GET /api/v1/jobs/{job_id}/review/{regeneration_id}/marks",
    "POST /api/v1/jobs/{job_id}/shares",
    "GET /api/v1/jobs/{job_id}/shares",
    "DELETE /api/v1/jobs/{job_id}/shares/{share_id}",
    "PUT /api/v1/shared/{share_id}/session",
    "GET /api/v1/shared/{share_id}/review",
    "GET /api/v1/shared/{share_id}/review.csv",
    "GET /api/v1/shared/{share_id}/review.json",
    "GET /api/v1/shared/{share_id}/clips/{clip_index}/thumbnail.jpg",
    "GET /api/v1/shared/{share_id}/clips/{clip_index}/versions/{version}/footage.mp4",
    "GET /api/v1/jobs/{job_id}/history",
    "POST /api/v1/jobs/{job_id}/history",
    "POST /api/v1/jobs/{job_id}/undo",
    "POST /api/v1/jobs/{job_id}/redo",
    "GET /api/v1/jobs/{job_id}/clips/{clip_index}/preview/before.jpg",
    "GET /api/v1/jobs/{job_id}/clips/{clip_index}/preview/after.jpg",
    "GET /api/v1/jobs/{job_id}/clips/{clip_index}/preview.mp4",
    "GET /api/v1/jobs/{job_id}/exports",
    "POST /api/v1/jobs/{job_id}/exports",
    "GET /api/v1/jobs/{job_id}/exports/{export_id}",
    "DELETE /api/v1/jobs/{job_id}/exports/{export_id}",
    "GET /api/v1/jobs/{job_id}/exports/{export_id}/film.mp4",
    "GET /api/v1/templates",
    "POST /api/v1/templates",
    "PATCH /api/v1/templates/{template_id}",
    "DELETE /api/v1/templates/{template_id}",
    "POST /api/v1/jobs/{job_id}/clips/{clip_index}/apply-template",
    "GET /api/v1/webhooks",
    "POST /api/v1/webhooks",
    "GET /api/v1/webhooks/{webhook_id}",
    "PATCH /api/v1/webhooks/{webhook_id}",
    "DELETE /api/v1/webhooks/{webhook_id}",
    "POST /api/v1/webhooks/{webhook_id}/rotate",
    "POST /api/v1/webhooks/{webhook_id}/test",
    "GET /api/v1/webhooks/{webhook_id}/deliveries",
    "POST /api/v1/webhooks/{webhook_id}/deliveries/{delivery_id}/redeliver",
}
"""Public once shipped: add freely, rename never."""


@pytest.fixture(name="document")
def fixture_document(gallery: Studio) -> dict[str, Any]:
    document: dict[str, Any] = gallery.client.get("/api/v1/openapi.json").json()
    return document


def operations(document: dict[str, Any]) -> Iterator[Operation]:
    for path, item in document["paths"].items():
        for method, operation in item.items():
            yield method.upper(), path, operation


def nodes(document: Any) -> Iterator[dict[str, Any]]:
    if isinstance(document, dict):
        yield document
        for value in document.values():
            yield from nodes(value)
    elif isinstance(document, list):
        for value in document:
            yield from nodes(value)


def refusal(answer: dict[str, Any]) -> dict[str, Any]:
    content: dict[str, Any] = answer["content"]["application/json"]
    return content


def refused(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield (call, status, content) of every answer that is a no."""
    for _, _, operation in operations(document):
        for status, answer in operation["responses"].items():
            if status.isdigit() and status >= "400":
                yield operation["operationId"], status, refusal(answer)


def fitting(document: dict[str, Any], schema: dict[str, Any]) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(
        {**schema, "components": document["components"]}, validate_formats=True
    )


def test_every_call_is_described(document: dict[str, Any]) -> None:
    assert {f"{method} {path}" for method, path, _ in operations(document)} == CALLS


def test_every_call_has_a_name_of_its_own(document: dict[str, Any]) -> None:
    names = [operation["operationId"] for _, _, operation in operations(document)]
    assert len(names) == len(set(names))
    assert [name for name in names if not re.fullmatch(r"[a-z]+(_[a-z]+)+", name)] == []


def test_every_call_says_what_it_does(document: dict[str, Any]) -> None:
    mute = [
        path
        for _, path, operation in operations(document)
        if not operation.get("description") or not operation.get("tags")
    ]
    assert mute == []


def test_every_error_has_the_one_shape(document: dict[str, Any]) -> None:
    shapes = {
        json.dumps(refusal(answer)["schema"].get("allOf", [refusal(answer)["schema"]])[0])
        for _, _, operation in operations(document)
        for status, answer in operation["responses"].items()
        if status == "default" or status >= "400"
    }
    assert shapes == {'{"$ref": "#/components/schemas/ErrorModel"}'}
    assert "HTTPValidationError" not in document["components"]["schemas"]


def test_starting_an_edit_lists_all_its_refusals(document: dict[str, Any]) -> None:
    path = "/api/v1/jobs/{job_id}/clips/{clip_index}/regenerate"
    answers = set(document["paths"][path]["post"]["responses"])
    assert answers >= {"202", "400", "402", "403", "404", "409", "422", "429"}


def test_every_answer_has_a_shape(document: dict[str, Any]) -> None:
    bare = [
        f"{method} {path} {status}"
        for method, path, operation in operations(document)
        for status, answer in operation["responses"].items()
        if status.startswith("2")
        for media in answer["content"].values()
        if not media["schema"]
    ]
    assert bare == []


def test_every_refusal_is_listed_by_its_code_with_an_example(document: dict[str, Any]) -> None:
    for call, status, content in refused(document):
        codes = content["schema"]["allOf"][1]["properties"]["code"]["enum"]
        assert list(content["examples"]) == codes
        for code, example in content["examples"].items():
            body = example["value"]
            assert body["code"] == code
            assert list(fitting(document, content["schema"]).iter_errors(body)) == []
            plain = {"code", "detail", "retryable"}
            assert set(body) >= plain, (call, status)


def test_every_refusal_has_the_status_of_the_one_table(document: dict[str, Any]) -> None:
    known = {error.code: status_of(error) for error in every_error(errors.ClipbotError)}
    known[TooManyStreams.code] = status_of(TooManyStreams)
    wrong = [
        (call, code, status)
        for call, status, content in refused(document)
        for code in content["examples"]
        if known.get(code, int(status)) != int(status)
    ]
    assert wrong == []


def every_error(base: type[errors.ClipbotError]) -> Iterator[type[errors.ClipbotError]]:
    for each in base.__subclasses__():
        yield each
        yield from every_error(each)


def test_every_call_may_be_refused_in_a_way_that_is_known(document: dict[str, Any]) -> None:
    calls = {operation["operationId"] for _, _, operation in operations(document)}
    assert calls == set(CAUSES)


def test_every_model_has_an_example_that_fits(document: dict[str, Any]) -> None:
    for name, schema in document["components"]["schemas"].items():
        (example,) = schema["examples"]
        assert list(fitting(document, schema).iter_errors(example)) == [], name


def models(base: type[BaseModel]) -> Iterator[type[BaseModel]]:
    for each in base.__subclasses__():
        yield each
        yield from models(each)


def test_every_example_of_a_request_is_accepted_by_its_model(document: dict[str, Any]) -> None:
    """A schema does not say all that a model minds, such as `text` or `plan`."""
    schemas = document["components"]["schemas"]
    asked = [each for each in models(Request) if each.__name__ in schemas]
    assert len(asked) > 8
    for model in asked:
        model.model_validate_json(json.dumps(schemas[model.__name__]["examples"][0]))


def test_every_amount_says_its_unit_or_its_range(document: dict[str, Any]) -> None:
    mute = [
        f"{name}.{field}"
        for name, schema in document["components"]["schemas"].items()
        for field, kind in schema.get("properties", {}).items()
        if is_amount(kind) and "description" not in json.dumps(kind)
    ]
    assert mute == []


def is_amount(kind: dict[str, Any]) -> bool:
    kinds = kind.get("anyOf", [kind])
    return any(each.get("type") == "number" or "pattern" in each for each in kinds)


def test_what_creates_or_spends_takes_a_key(document: dict[str, Any]) -> None:
    for method, path, operation in operations(document):
        names = {each["name"] for each in operation.get("parameters", ())}
        assert ("Idempotency-Key" in names) == (method == "POST"), path


def test_every_link_leads_to_a_call(document: dict[str, Any]) -> None:
    calls = {operation["operationId"]: operation for _, _, operation in operations(document)}
    links = [
        link
        for operation in calls.values()
        for answer in operation["responses"].values()
        for link in answer.get("links", {}).values()
    ]
    assert len(links) >= 5
    for link in links:
        wanted = {each["name"] for each in calls[link["operationId"]]["parameters"]}
        assert set(link["parameters"]) <= wanted


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    known = {f"#/components/schemas/{name}" for name in document["components"]["schemas"]}
    assert {node["$ref"] for node in nodes(document) if "$ref" in node} <= known


def test_money_is_a_string_wherever_it_is(document: dict[str, Any]) -> None:
    names = {"cost", "total_cost", "budget", "budget_left", "estimate", "ceiling", "estimated_cost"}
    kinds = {
        kind.get("type")
        for schema in document["components"]["schemas"].values()
        for name, field in schema.get("properties", {}).items()
        if name in names
        for kind in field.get("anyOf", [field])
    }
    assert kinds <= {"string", "null"}


@pytest.mark.parametrize("path", ["/docs", "/redoc", "/openapi.json"])
def test_there_is_no_page_that_loads_scripts_from_elsewhere(gallery: Studio, path: str) -> None:
    assert gallery.client.get(path).status_code == 404
