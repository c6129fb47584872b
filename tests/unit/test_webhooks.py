"""Which addresses may be told, of what, and how that is signed."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks import Webhook, WebhookVerificationError

from clipbot.domain.signatures import PREFIX, headers, secret_of
from clipbot.domain.webhooks import EVENTS, LONGEST_URL, Address, address
from clipbot.errors import AddressRefused

PACKAGE = Path(__file__).parents[2] / "clipbot"
KEYS = st.binary(min_size=24, max_size=64)
BODY = '{"type":"ping","data":{"word":"Lámpara, 🏮"}}'.encode()


def now() -> int:
    return int(datetime.now(UTC).timestamp())


@given(KEYS, st.text(st.characters(codec="ascii", exclude_characters="\0"), min_size=1))
def test_a_message_is_verified_by_a_library_that_is_not_ours(key: bytes, text: str) -> None:
    secret = secret_of(key)
    body = text.encode()
    Webhook(secret).verify(body, headers([secret], "id-1", now(), body), json_parse=False)


def test_a_known_message_has_the_known_signature() -> None:
    """The vector of the scheme's own test suites; any change would lock receivers out."""
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    body = b'{"test": 2432232314}'
    found = headers([secret], "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body)
    assert found == {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }


@given(KEYS, KEYS)
def test_during_a_rotation_either_secret_verifies(new: bytes, old: bytes) -> None:
    secrets = [secret_of(new), secret_of(old)]
    sent = headers(secrets, "id-1", now(), BODY)
    for secret in secrets:
        assert Webhook(secret).verify(BODY, sent)["type"] == "ping"


@pytest.mark.parametrize("spoilt", ["body", "webhook-id", "webhook-timestamp", "secret"])
def test_what_was_changed_on_the_way_is_not_verified(spoilt: str) -> None:
    secret = secret_of(b"k" * 32)
    sent = headers([secret], "1", now(), BODY)
    if spoilt in sent:
        sent[spoilt] = str(int(sent[spoilt]) - 1)
    body = BODY.replace(b"ping", b"pong") if spoilt == "body" else BODY
    with pytest.raises(WebhookVerificationError):
        Webhook(secret_of(b"x" * 32) if spoilt == "secret" else secret).verify(body, sent)


def test_a_secret_says_what_it_is() -> None:
    assert secret_of(b"\xff" * 32).startswith(PREFIX)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.com/hook", Address(True, "example.com", 443)),
        ("https://EXAMPLE.com:8443/a?b=%20c", Address(True, "example.com", 8443)),
        ("http://127.0.0.1:80/", Address(False, "127.0.0.1", 80)),
        ("https://[2001:db8::1]/", Address(True, "2001:db8::1", 443)),
        ("https://2130706433", Address(True, "2130706433", 443)),
    ],
)
def test_an_address_is_read(url: str, expected: Address) -> None:
    assert address(url) == expected
    assert address(url).place == f"{expected.host}:{expected.port}"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.com",
        "https://",
        "https:///path",
        "https://[v1.x]/",
        "ftp://example.com",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "https://user:word@example.com",
        "https://user@example.com",
        "https://@example.com",
        "https://example.com/#part",
        "https://example.com:0/",
        "https://example.com:99999/",
        "https://example.com:x/",
        "https://exämple.com/",
        "https://example.com/a b",
        "https://example.com\\@127.0.0.1/",
        "https://example.com/\r\nX-Other: 1",
        "https://[::1/",
        "https://example.com/" + "a" * LONGEST_URL,
    ],
)
def test_what_is_no_address_is_refused_in_one_sentence(url: str) -> None:
    with pytest.raises(AddressRefused) as caught:
        address(url)
    assert str(caught.value).endswith(".")


@given(st.text(max_size=60))
def test_no_text_is_too_strange_to_be_refused(rest: str) -> None:
    try:
        found = address(f"https://{rest}")
    except AddressRefused:
        return
    assert found.host
    assert 0 < found.port < 65536


def test_every_event_that_the_code_writes_down_can_be_subscribed_to() -> None:
    written = re.compile(
        r'(?:NewEvent|report)\(\s*"([a-z_]+)"|\bname="([a-z_]+)"|event="([a-z_]+)"'
    )
    sources = [*(PACKAGE / "store").glob("*.py"), *(PACKAGE / "services").glob("*.py")]
    found = {
        next(filter(None, names))
        for path in sources
        for names in written.findall(path.read_text("utf-8"))
    }
    assert {"film_changed", "regeneration_started", "video_generating"} <= found
    assert found - set(EVENTS) == set()
