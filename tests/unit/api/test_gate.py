"""The gate itself: how long a stream stays open, and what nobody needs."""

import asyncio
import time
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

import pytest
from starlette.types import Receive, Scope, Send

from clipbot.api.gate import Gate
from clipbot.domain.user import LOCAL_USER, User
from clipbot.identity.base import Admission, Credential, Knock
from tests import jobs
from tests.contract.gotrue_server import Person
from tests.people import House

EVENTS = "/api/v1/jobs/1/events"


class ForAWhile:
    """A `Door` that lets everybody in for so long."""

    def __init__(self, seconds: float) -> None:
        self.expires_at = time.time() + seconds
        self.someone = User(uuid4())

    def user(self, headers: Mapping[str, str], cookies: Mapping[str, str]) -> User:  # noqa: ARG002 - a Door
        return self.someone

    def admit(self, knock: Knock) -> Admission:  # noqa: ARG002 - a Door
        return Admission(self.someone, Credential.COOKIE, ("a=b; Path=/",), self.expires_at)

    def link(self, admission: Admission, path: str) -> str | None:  # noqa: ARG002 - a Door
        return None


async def endless(scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG001 - an app
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"one", "more_body": True})
    await asyncio.Event().wait()


async def silent(scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG001 - an app
    await asyncio.Event().wait()


async def short(scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG001 - an app
    headers = [(b"cache-control", b"public, max-age=60")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"all"})


def told(app: Any, seconds: float, path: str = EVENTS) -> list[dict[str, Any]]:
    """Return what is sent through a gate that lets in for so long."""
    messages: list[dict[str, Any]] = []
    scope = {"type": "http", "method": "GET", "path": path, "headers": [], "query_string": b""}

    async def receive() -> dict[str, Any]:
        await asyncio.Event().wait()
        return {}

    async def send(message: Any) -> None:
        await asyncio.sleep(0)
        messages.append(message)

    asyncio.run(Gate(app, ForAWhile(seconds))(scope, receive, send))
    return messages


def test_a_stream_ends_with_the_session_that_opened_it() -> None:
    start, first, last = told(endless, 0.05)
    assert start["status"] == 200
    assert first["body"] == b"one"
    assert (last["body"], last["more_body"]) == (b"", False)


def test_the_real_stream_ends_and_gives_up_its_place(house: House) -> None:
    owner = Person("owner@example.com", "word", str(LOCAL_USER.id))
    soon = house.bearer(owner, exp=int(time.time()) + 2)
    sent = {**soon, "Accept": "text/event-stream"}
    answer = house.client.get(f"/api/v1/jobs/{jobs.job_id()}/events", headers=sent)
    assert answer.status_code == 200
    assert ": connected" in answer.text
    assert not house.app.state.desk.hub.subscriptions


@pytest.mark.parametrize("seconds", [-20, 0.05])
def test_one_that_has_not_begun_by_then_is_refused(seconds: float) -> None:
    start, body = told(silent, seconds)
    assert start["status"] == 401
    assert b"not_signed_in" in body["body"]


def test_an_answer_that_is_over_in_time_is_left_as_it_is() -> None:
    assert [each["type"] for each in told(short, 60)] == [
        "http.response.start",
        "http.response.body",
    ]


def test_an_answer_with_cookies_is_nobody_elses_to_keep() -> None:
    headers = dict(told(short, 60, "/theme.css")[0]["headers"])
    assert headers[b"set-cookie"] == b"a=b; Path=/"
    assert headers[b"cache-control"] == b"private, no-cache"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/gradio_api/upload"),
        ("GET", "/gradio_api/upload_progress?upload_id=1"),
        ("GET", "/gradio_api/proxy=http://127.0.0.1:1/"),
        ("POST", "/gradio_api/process_recording"),
        ("POST", "/gradio_api/vibe-edit"),
        ("GET", "/gradio_api/vibe-code"),
        ("POST", "/gradio_api/undo-vibe-edit"),
    ],
)
def test_what_the_page_does_not_need_is_not_there_for_anybody(
    house: House, ada: Person, method: str, path: str
) -> None:
    answer = house.client.request(method, path, headers=house.bearer(ada))
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
