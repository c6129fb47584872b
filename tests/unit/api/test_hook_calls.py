"""What Replicate calls: only what it has signed is heard, and only as a hint."""

import base64
import json
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest

from clipbot.errors import ProviderUnavailable, SubmissionUnknown
from tests.contract import replicate_server
from tests.makers import confirm, kling, look, quote, shop
from tests.unit.api.conftest import Studio
from tests.unit.api.test_paid_calls import seen

SECRET, FOREIGN = (f"whsec_{base64.b64encode(key * 32).decode()}" for key in (b"k", b"x"))


@dataclass(frozen=True)
class Hooked:
    """A server that asked for webhooks, and a request of its that nobody answered."""

    studio: Studio
    edit: UUID

    @property
    def prediction(self) -> str | None:
        return self.studio.desk.store.regenerations.intents(self.edit)[0].prediction_id

    def call(self, body: bytes, headers: dict[str, str], attempt: str = "") -> Any:
        return self.studio.client.post(
            "/hooks/replicate",
            params={"attempt": attempt or f"{self.edit}.1"},
            content=body,
            headers=headers,
        )


@pytest.fixture(name="hooked")
def fixture_hooked(studio: Studio) -> Iterator[Hooked]:
    maker = kling(
        silences=deque([SubmissionUnknown("Kling 2.1", "no answer")]),
        blindness=deque([ProviderUnavailable("Kling 2.1", "no list")]),
    )
    at = shop(
        studio.desk,
        look(),
        maker,
        replicate_api_token="any",
        replicate_webhook_secret=SECRET,
    )
    at.queue.is_held = True
    row = confirm(at, studio.job, quote(at, studio.job))
    at.steps.begin(row.id)
    at.steps.intend(row.id, 1)
    with pytest.raises(SubmissionUnknown):
        at.steps.submit(row.id, 1)
    with seen(at) as found:
        yield Hooked(found, row.id)


def body(prediction: str = "abc123") -> bytes:
    return json.dumps({"id": prediction, "status": "starting", "output": None}).encode()


def signed(content: bytes, *, secret: str = SECRET, age: int = 0) -> dict[str, str]:
    return replicate_server.signed(content, "msg_1", at=time.time() - age, secret=secret)


def test_a_signed_message_names_the_prediction_of_an_attempt(hooked: Hooked) -> None:
    heard = hooked.call(body(), signed(body()))
    assert (heard.status_code, heard.content) == (204, b"")
    assert hooked.prediction == "abc123"

    other = body("another")
    assert hooked.call(other, signed(other)).status_code == 204
    assert hooked.prediction == "abc123"


@pytest.mark.parametrize("flaw", ["unsigned", "wrong", "old", "young", "changed", "garbage"])
def test_what_replicate_did_not_sign_just_now_is_refused(hooked: Hooked, flaw: str) -> None:
    content = body()
    headers = {
        "unsigned": {},
        "wrong": signed(content, secret=FOREIGN),
        "old": signed(content, age=301),
        "young": signed(content, age=-400),
        "changed": signed(body("another")),
        "garbage": {**signed(content), "webhook-signature": "v1,!!"},
    }[flaw]

    refused = hooked.call(content, headers)

    assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed")
    assert SECRET not in refused.text
    assert hooked.prediction is None


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b'{"id": 7, "status": "x"}', b"\xff"])
def test_a_signed_message_about_nothing_is_refused(hooked: Hooked, content: bytes) -> None:
    assert hooked.call(content, signed(content)).status_code == 403
    assert hooked.prediction is None


def test_a_signed_message_about_no_attempt_of_ours_changes_nothing(hooked: Hooked) -> None:
    for attempt, status in (
        (f"{hooked.edit}.2", 404),
        (f"{UUID(int=5)}.1", 404),
        ("nonsense", 422),
        ("x" * 101, 422),
    ):
        refused = hooked.call(body(), signed(body()), attempt)
        assert refused.status_code == status, attempt
    assert hooked.prediction is None
    missing = hooked.studio.client.post("/hooks/replicate", content=body())
    assert missing.status_code == 422


def test_a_page_elsewhere_cannot_send_one(hooked: Hooked) -> None:
    headers = {**signed(body()), "origin": "https://elsewhere.example"}
    assert hooked.call(body(), headers).status_code == 403
    assert hooked.prediction is None


def test_a_message_that_is_too_large_is_not_read(hooked: Hooked) -> None:
    large = b" " * 3_000_000
    assert hooked.call(large, signed(large)).status_code == 413


def test_where_no_secret_is_set_nobody_is_heard(gallery: Studio) -> None:
    content = body()
    refused = gallery.client.post(
        "/hooks/replicate", params={"attempt": "x.1"}, content=content, headers=signed(content)
    )
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid_request")
