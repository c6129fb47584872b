"""The names that other programs build on: what is shipped is only ever added to."""

from typing import Any

import pytest

from tests.unit.api.conftest import Studio

BASE = "/api/v1/jobs/{job_id}"
CLIP = f"{BASE}/clips/{{clip_index}}"
ASKED: dict[tuple[str, str], set[str]] = {
    ("post", f"{BASE}/plan"): {"text", "selected", "history"},
    ("post", f"{BASE}/quotes"): {"plan", "text", "selected", "renderer"},
    ("post", f"{CLIP}/regenerate"): {"instruction", "conversation_history", "quote_id"},
    ("post", f"{BASE}/clips/batch-regenerate"): {"clips", "batch_mode"},
    ("post", f"{CLIP}/apply-template"): {"template_id", "customizations"},
}
ANSWERED: dict[tuple[str, str, str], set[str]] = {
    ("get", "/health", "200"): {"name", "version", "status", "time"},
    ("get", BASE, "200"): {"status", "progress", "total_cost", "budget", "video_url"},
    ("get", f"{BASE}/clips", "200"): {"clips", "total_clips"},
    ("post", f"{BASE}/plan", "200"): {"plan", "quote"},
    ("post", f"{BASE}/quotes", "200"): {
        "quote_id",
        "lines",
        "estimate",
        "ceiling",
        "estimated_time",
        "budget",
        "warnings",
        "expires_at",
    },
    ("post", f"{CLIP}/regenerate", "202"): {
        "regeneration_id",
        "estimated_cost",
        "estimated_time",
        "status",
    },
    ("post", f"{CLIP}/apply-template", "202"): {"regeneration_id", "estimated_cost", "status"},
    ("post", f"{BASE}/clips/batch-regenerate", "202"): {
        "batch_id",
        "regenerations",
        "estimated_total_cost",
        "estimated_total_time",
    },
    ("get", f"{BASE}/events", "200"): {"events", "last_event_id"},
    ("get", f"{CLIP}/versions", "200"): {"versions"},
    ("get", "/api/v1/templates", "200"): {"templates"},
}
MODELS: dict[str, set[str]] = {
    "ClipModel": {
        *("clip_index", "thumbnail_url", "timestamp_start", "timestamp_end", "lyrics_preview"),
        *("duration", "is_regenerated", "original_prompt", "section", "version_count"),
        *("current_version", "measures", "status"),
    },
    "EventModel": {
        *("id", "regeneration_id", "clip_index", "progress", "message", "template_id"),
        *("modified_prompt", "temperature", "temperature_reasoning", "new_clip_url", "video_url"),
        *("cost", "seed", "version_number", "error", "code", "retryable"),
    },
    "BatchClip": {"clip_index", "instruction"},
    "ErrorModel": {"code", "detail", "retryable"},
}


@pytest.fixture(name="document", scope="module")
def fixture_document(gallery: Studio) -> dict[str, Any]:
    document: dict[str, Any] = gallery.client.get("/api/v1/openapi.json").json()
    return document


def fields(document: dict[str, Any], part: dict[str, Any]) -> set[str]:
    name = part["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
    return set(document["components"]["schemas"][name]["properties"])


@pytest.mark.parametrize("call", ASKED, ids=" ".join)
def test_a_request_has_the_fields_of_the_contract(
    document: dict[str, Any], call: tuple[str, str]
) -> None:
    method, path = call
    assert fields(document, document["paths"][path][method]["requestBody"]) >= ASKED[call]


@pytest.mark.parametrize("call", ANSWERED, ids=" ".join)
def test_an_answer_has_the_fields_of_the_contract(
    document: dict[str, Any], call: tuple[str, str, str]
) -> None:
    method, path, status = call
    answer = document["paths"][path][method]["responses"][status]
    assert fields(document, answer) >= ANSWERED[call]


@pytest.mark.parametrize("name", MODELS)
def test_a_model_has_the_fields_of_the_contract(document: dict[str, Any], name: str) -> None:
    assert set(document["components"]["schemas"][name]["properties"]) >= MODELS[name]
