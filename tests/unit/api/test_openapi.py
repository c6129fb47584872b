"""The description that clients are generated from."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.unit.api.conftest import Studio

Operation = tuple[str, str, dict[str, Any]]
CALLS = {
    "GET /health",
    "GET /api/v1/me",
    "GET /api/v1/jobs",
    "GET /api/v1/jobs/{job_id}",
    "GET /api/v1/jobs/{job_id}/clips",
    "GET /api/v1/jobs/{job_id}/clips/{clip_index}/thumbnail",
    "GET /api/v1/jobs/{job_id}/clips/{clip_index}/thumbnail.jpg",
    "GET /api/v1/jobs/{job_id}/film.mp4",
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
    "POST /api/v1/jobs/{job_id}/clips/{clip_index}/versions/{version_id}/restore",
    "POST /api/v1/jobs/{job_id}/undo",
    "POST /api/v1/jobs/{job_id}/redo",
    "GET /api/v1/jobs/{job_id}/clips/{clip_index}/preview/before.jpg",
    "GET /api/v1/jobs/{job_id}/clips/{clip_index}/preview/after.jpg",
    "GET /api/v1/jobs/{job_id}/clips/{clip_index}/preview.mp4",
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
        answer["content"]["application/json"]["schema"]["$ref"]
        for _, path, operation in operations(document)
        if path != "/health"
        for status, answer in operation["responses"].items()
        if status == "default" or status >= "400"
    }
    assert shapes == {"#/components/schemas/ErrorModel"}
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
