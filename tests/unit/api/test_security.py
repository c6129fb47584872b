"""Who may send what, and what every answer carries."""

from collections.abc import Mapping

import pytest
from fastapi import FastAPI
from fastapi.responses import Response
from fastapi.testclient import TestClient

from clipbot.api.security import Guard, SecurityHeaders, headers

HERE = "http://127.0.0.1:7860"


def client(**guard: frozenset[str]) -> TestClient:
    app = FastAPI()

    @app.get("/assets/gone.js")
    def gone() -> Response:
        return Response(status_code=404)

    @app.get("/assets/index-4f3a.js")
    @app.get("/page")
    @app.post("/page")
    @app.delete("/page")
    def page() -> str:
        return "done"

    @app.get("/framed")
    def framed() -> Response:
        return Response(headers={"Content-Security-Policy": "default-src 'none'"})

    arrangement = {"host_names": frozenset({"127.0.0.1", "localhost", "::1"}), **guard}
    app.add_middleware(Guard, origins=arrangement.pop("origins", frozenset()), **arrangement)
    app.add_middleware(SecurityHeaders, headers=headers(["https://huggingface.co"]))
    return TestClient(app, base_url=HERE)


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        # Programs send no Origin.
        ({}, 200),
        ({"origin": HERE}, 200),
        ({"origin": "HTTP://127.0.0.1:7860"}, 200),
        # Behind a proxy the scheme is another.
        ({"origin": "https://127.0.0.1:7860"}, 200),
        ({"origin": "http://localhost:7860", "host": "localhost:7860"}, 200),
        ({"origin": "http://[::1]:7860", "host": "[::1]:7860"}, 200),
        ({"origin": "http://127.0.0.1:7861"}, 403),
        ({"origin": "http://localhost:7860"}, 403),
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "https://evil.example:7860"}, 403),
        ({"origin": "https://127.0.0.1.evil.example:7860"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": ""}, 403),
        ({"sec-fetch-site": "same-origin"}, 200),
        ({"sec-fetch-site": "none"}, 200),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
    ],
)
@pytest.mark.parametrize("method", ["POST", "DELETE"])
def test_only_our_own_pages_and_programs_change_anything(
    method: str, sent: Mapping[str, str], status: int
) -> None:
    response = client().request(method, "/page", headers=sent)

    assert response.status_code == status
    if status == 403:
        assert response.json()["code"] == "foreign_origin"


def test_looking_is_not_changing() -> None:
    assert client().get("/page", headers={"origin": "https://evil.example"}).status_code == 200


def test_an_origin_of_ours_elsewhere_is_let_in() -> None:
    ours = client(origins=frozenset({"https://clips.example"}))
    assert ours.post("/page", headers={"origin": "https://clips.example"}).status_code == 200


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:7860", 200),
        ("127.0.0.1", 200),
        ("LocalHost:1", 200),
        ("[::1]:7860", 200),
        ("evil.example:7860", 400),
        ("127.0.0.1.evil.example", 400),
        ("evil.example@127.0.0.1.x", 400),
        ("[::1", 400),
        ("", 400),
    ],
)
def test_a_name_that_is_not_ours_is_not_answered(host: str, status: int) -> None:
    response = client().get("/page", headers={"host": host})

    assert response.status_code == status
    if status == 400:
        assert response.json()["code"] == "unknown_host"


def test_a_name_that_was_made_to_lead_here_changes_nothing() -> None:
    """DNS rebinding: the browser believes that our address is the attacker's own site."""
    rebound = {"host": "evil.example:7860", "origin": "http://evil.example:7860"}
    assert client().post("/page", headers=rebound).status_code == 400


def test_where_any_name_is_ours_none_is_refused() -> None:
    anywhere = client(host_names=frozenset())
    assert anywhere.get("/page", headers={"host": "me.hf.space"}).status_code == 200


@pytest.mark.parametrize("path", ["/page", "/nowhere"])
def test_every_answer_is_hardened(path: str) -> None:
    sent = client().get(path).headers

    policy = sent["content-security-policy"]
    assert "'unsafe-eval'" in policy
    assert policy.endswith("frame-ancestors 'self' https://huggingface.co")
    assert policy.count("http") == 1
    assert sent["x-content-type-options"] == "nosniff"
    assert sent["referrer-policy"] == "same-origin"
    assert sent["cross-origin-resource-policy"] == "same-origin"


def test_a_refusal_is_hardened_too() -> None:
    refused = client().get("/page", headers={"host": "evil.example"})
    assert refused.headers["x-content-type-options"] == "nosniff"


def test_an_answer_may_be_stricter() -> None:
    assert client().get("/framed").headers["content-security-policy"] == "default-src 'none'"


def test_browsers_keep_files_with_a_digest_in_their_name() -> None:
    kept = "public, max-age=31536000, immutable"
    assert client().get("/assets/index-4f3a.js").headers["cache-control"] == kept
    assert "cache-control" not in client().get("/page").headers


def test_browsers_do_not_keep_that_a_file_is_missing() -> None:
    assert "cache-control" not in client().get("/assets/gone.js").headers
