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


OTHER = "whsec_QUJD"


@pytest.mark.parametrize(
    ("body", "changed"),
    [
        (BODY + b" ", {}),
        (b"", {}),
        (b"\xff" + BODY, {}),
        (BODY, {"webhook-id": ""}),
        (BODY, {"webhook-timestamp": ""}),
        (BODY, {"webhook-signature": ""}),
        (BODY, {"webhook-id": "msg_2"}),
        (BODY, {"webhook-timestamp": "soon"}),
        (BODY, {"webhook-signature": "v1"}),
        (BODY, {"webhook-signature": "v1,%%%"}),
    ],
)
def test_what_is_not_signed_is_rejected(body: bytes, changed: dict[str, str]) -> None:
    headers = signed(BODY, "msg_1") | changed
    with pytest.raises(HookRejected):
        verified(body, {name: value for name, value in headers.items() if value}, SECRET)


def test_what_was_signed_by_another_or_at_another_time_is_rejected() -> None:
    # Signed when it is checked: the suite may take longer than the tolerance.
    for facts in ({"secret": OTHER}, {"at": time() - 400}, {"at": time() + 400}):
        with pytest.raises(HookRejected):
            verified(BODY, signed(BODY, "msg_1", **facts), SECRET)
    with pytest.raises(HookRejected):
        verified(BODY, {}, SECRET)


@pytest.mark.parametrize("body", [b"[]", b"{", b"3", b'{"id": "a"}', b'{"id": 3, "status": "x"}'])
def test_a_signed_hook_that_says_nothing_is_rejected(body: bytes) -> None:
    with pytest.raises(HookRejected):
        verified(body, signed(body, "msg_1"), SECRET)


@pytest.mark.parametrize("secret", ["", "whsec", "a_b_c"])
def test_a_secret_that_is_none_is_a_slip_in_the_settings(secret: str) -> None:
    with pytest.raises(ConfigurationError):
        verified(BODY, signed(BODY, "msg_1"), secret)


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
