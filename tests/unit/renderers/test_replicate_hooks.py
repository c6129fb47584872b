"""A hook counts if the provider has signed it, lately."""

import json
from time import time
from typing import Any

import pytest

from clipbot.errors import ConfigurationError, HookRejected
from clipbot.renderers.replicate_hooks import Hook, verified
from tests.contract.replicate_bench import bench, wanted
from tests.contract.replicate_server import SECRET, signed

BODY = json.dumps({"id": "abc", "status": "succeeded", "input": {"prompt": "é"}}).encode()


def test_a_signed_hook_says_what_became_of_a_prediction() -> None:
    headers = signed(BODY, "msg_1")
    assert verified(BODY, headers, SECRET) == Hook("abc", "succeeded")
    shouted = {name.title(): value for name, value in headers.items()}
    assert verified(BODY, shouted, SECRET) == Hook("abc", "succeeded")
    both = headers | {"webhook-signature": f"v1,AAAA {headers['webhook-signature']}"}
    assert verified(BODY, both, SECRET) == Hook("abc", "succeeded")


def without(headers: dict[str, str], name: str) -> dict[str, str]:
    return {key: value for key, value in headers.items() if key != name}


GOOD = signed(BODY, "msg_1")
OTHER = "whsec_" + "QUJD"


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (BODY + b" ", GOOD),
        (b"", GOOD),
        (b"\xff" + BODY, GOOD),
        (BODY, {}),
        *((BODY, without(GOOD, name)) for name in GOOD if name.startswith("webhook")),
        (BODY, GOOD | {"webhook-id": "msg_2"}),
        (BODY, GOOD | {"webhook-timestamp": "soon"}),
        (BODY, GOOD | {"webhook-signature": "v1"}),
        (BODY, GOOD | {"webhook-signature": "v1,%%%"}),
        (BODY, signed(BODY, "msg_1", secret=OTHER)),
        (BODY, signed(BODY, "msg_1", at=time() - 400)),
        (BODY, signed(BODY, "msg_1", at=time() + 400)),
    ],
)
def test_what_is_not_signed_lately_is_rejected(body: bytes, headers: dict[str, str]) -> None:
    with pytest.raises(HookRejected):
        verified(body, headers, SECRET)


@pytest.mark.parametrize("body", [b"[]", b"{", b"3", b'{"id": "a"}', b'{"id": 3, "status": "x"}'])
def test_a_signed_hook_that_says_nothing_is_rejected(body: bytes) -> None:
    with pytest.raises(HookRejected):
        verified(body, signed(body, "msg_1"), SECRET)


@pytest.mark.parametrize("secret", ["", "whsec", "a_b_c"])
def test_a_secret_that_is_none_is_a_slip_in_the_settings(secret: str) -> None:
    with pytest.raises(ConfigurationError):
        verified(BODY, GOOD, secret)


def test_the_service_signs_what_it_sends(monkeypatch: pytest.MonkeyPatch) -> None:
    """As far as the double knows: a start and an end, each with the prediction's id."""
    sent: list[tuple[bytes, dict[str, str]]] = []

    def deliver(request: Any, **_: Any) -> Any:
        sent.append((request.data, dict(request.headers)))
        raise OSError

    monkeypatch.setattr("tests.contract.replicate_server.urlopen", deliver)
    with bench() as tried:
        renderer = tried.renderer(public_url="https://clips.invalid")
        prediction_id = renderer.submit(wanted())
        tried.over(prediction_id)
        assert [status for _, status in tried.double.deliveries] == [0, 0]
    assert [verified(body, headers, SECRET) for body, headers in sent] == [
        Hook(prediction_id, "processing"),
        Hook(prediction_id, "succeeded"),
    ]
