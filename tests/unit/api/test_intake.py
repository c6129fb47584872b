"""Requests that no call should ever have to see."""

import asyncio
import json
from collections.abc import Iterable
from typing import Any

import pytest
from starlette.types import Message, Receive, Scope, Send

from clipbot.api.intake import MAX_DEPTH, Intake
from clipbot.api.security import MAX_BODY_BYTES
from tests.unit.api.conftest import Studio

JSON = {"content-type": "application/json"}
PATIENT = 30.0


async def echo(scope: Scope, receive: Receive, send: Send) -> None:
    message = await receive()
    headers = [(b"x-path", scope["path"].encode()), (b"x-method", scope["method"].encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": message.get("body", b"")})


def answered(
    chunks: Iterable[bytes | None],
    *,
    path: str = "/api/v1/x",
    kind: str = "application/json",
    seconds: float = PATIENT,
) -> tuple[int, bytes, bytes]:
    """Send a body in chunks, None being a client that stalls; return status, code or echo, path."""
    coming = [*chunks]
    sent: list[Message] = []

    async def receive() -> Message:
        chunk = coming.pop(0)
        if chunk is None:
            await asyncio.Event().wait()
        return {"type": "http.request", "body": chunk, "more_body": bool(coming)}

    async def send(message: Message) -> None:
        await asyncio.sleep(0)
        sent.append(message)

    scope: dict[str, Any] = {
        "type": "http",
        "path": path,
        "method": "POST",
        "headers": [(b"content-type", kind.encode())],
    }
    asyncio.run(Intake(echo, body_seconds=seconds)(scope, receive, send))
    headers = dict(sent[0].get("headers", []))
    return sent[0]["status"], sent[1]["body"], headers.get(b"x-path", b"")


def test_a_body_arrives_whole_however_it_was_sent() -> None:
    assert answered([b'{"a"', b"", b": 1}"]) == (200, b'{"a": 1}', b"/api/v1/x")


def test_a_slash_too_many_does_not_matter(gallery: Studio) -> None:
    assert answered([b""], path="/api/v1/x//")[2] == b"/api/v1/x"
    assert gallery.client.get(f"{gallery.url}/clips/").status_code == 200


@pytest.mark.parametrize(
    ("chunks", "kind", "status", "code"),
    [
        ([None], "application/json", 408, "too_slow"),
        ([b"{", None], "application/json", 408, "too_slow"),
        ([b"x" * MAX_BODY_BYTES, b"x"], "application/json", 413, "too_large"),
        ([b"a=1"], "application/x-www-form-urlencoded", 415, "unsupported_media_type"),
        ([b"{}"], "", 415, "unsupported_media_type"),
        ([b"[" * (MAX_DEPTH + 1)], "application/json", 400, "malformed_json"),
        ([b'{"a":' * 100_000], "application/json", 400, "malformed_json"),
        ([b"[" * MAX_DEPTH + b"]"], "application/json", 200, None),
        ([b"[]," * 10_000], "application/json", 200, None),
        ([b'"' + b"[" * 10_000 + b'"'], "application/json", 200, None),
        ([b'"\\"' + b"[" * 10_000], "application/json", 200, None),
        ([b"{}"], "application/merge-patch+json; charset=utf-8", 200, None),
        ([b""], "text/plain", 200, None),
    ],
)
def test_what_nobody_could_use_is_refused(
    chunks: list[bytes | None], kind: str, status: int, code: str | None
) -> None:
    seconds = 0.05 if None in chunks else PATIENT
    answer = answered(chunks, kind=kind, seconds=seconds)
    assert answer[0] == status
    if code is not None:
        assert json.loads(answer[1])["code"] == code


def test_quotes_without_end_take_no_time() -> None:
    """A pattern that looks for each closing quote anew would take hours."""
    text = b'"' + b'\\"' * (MAX_BODY_BYTES // 2 - 100) + b"[" * (MAX_DEPTH + 1)
    assert answered([text])[0] == 200


def test_what_is_not_the_api_s_is_none_of_our_business() -> None:
    assert answered([b"{"], path="/gradio/upload/", kind="x/y")[2] == b"/gradio/upload/"


@pytest.mark.parametrize(
    "body",
    [
        b'{"text": "make it \\ud800 brighter"}',
        b'{"text": "x", "selected": [1e400]}',
        b'{"text": "x", "selected": [NaN]}',
        b'{"text": "x", "selected": [' + b"9" * 5000 + b"]}",
        b'{"text": "x", "selected": [99999999999999999999999]}',
        b'{"text": ["x"]}',
        b'{"text": "x", "text ": 1}',
        b"null",
        b"\xff",
        b"\x00",
        b'"' * 999,
    ],
)
@pytest.mark.parametrize("call", ["plan", "quotes", "clips/0/regenerate"])
def test_no_body_is_too_strange_to_be_refused(gallery: Studio, call: str, body: bytes) -> None:
    answer = gallery.client.post(f"{gallery.url}/{call}", content=body, headers=JSON)
    assert answer.status_code in {400, 422}
    assert answer.json()["detail"].endswith(".")


def test_unknown_query_parameters_are_ignored(gallery: Studio) -> None:
    plain, odd = (gallery.client.get(f"{gallery.url}/clips{q}") for q in ("", "?x=1&y"))
    assert odd.content == plain.content


@pytest.mark.parametrize(("path", "allowed"), [("/clips", "GET"), ("/undo", "POST")])
def test_another_method_is_told_which_are_possible(
    gallery: Studio, path: str, allowed: str
) -> None:
    answer = gallery.client.request("PUT", gallery.url + path)
    assert (answer.status_code, answer.headers["allow"]) == (405, allowed)
    assert answer.json()["code"] == "method_not_allowed"
