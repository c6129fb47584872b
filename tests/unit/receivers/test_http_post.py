"""Sending to receivers: over https, to public addresses, for some seconds, once."""

import socket
import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import count

import pytest

from clipbot.errors import AddressRefused
from clipbot.receivers.base import Answer
from clipbot.receivers.http import MOST_BYTES, HttpPost
from clipbot.renderers.network import is_public, resolved
from tests import receiver as receivers
from tests.receiver import Reaction, Receiver, receiver

BODY = b'{"type":"ping"}'
HEADERS = {"webhook-id": "1"}
PUBLIC = "93.184.215.14"
PRIVATE = [
    "127.0.0.1",
    "127.8.9.1",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.0.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",  # noqa: S104 - nothing listens there
    "224.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "fc00::1",
    "fd12::1",
    "fe80::1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::127.0.0.1",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "2001:db8::1",
]
NUMBERS = ["0177.0.0.1", "0x7f.1", "2130706433", "127.1", "0", "017700000001", "0x7f000001"]
"""127.0.0.1 and 0.0.0.0 as no browser shows them."""


@dataclass
class Names:
    """A name service that answers as it is told, one after the other."""

    answers: Sequence[Sequence[str]]
    asked: list[str] = field(default_factory=list)

    def __call__(self, host: str, port: int) -> Sequence[str]:
        assert port
        self.asked.append(host)
        return self.answers[min(len(self.asked), len(self.answers)) - 1]


def post(to: Receiver, total_seconds: float = 10.0) -> HttpPost:
    return HttpPost([to.place], total_seconds=total_seconds)


def send(reaction: Reaction, total_seconds: float = 10.0) -> tuple[Answer, Receiver]:
    with receiver(reaction) as to:
        return post(to, total_seconds).send(to.url, HEADERS, BODY), to


def test_a_message_arrives_as_it_was_sent() -> None:
    answer, to = send(receivers.takes)

    assert answer == Answer(200, "thank you")
    (heard,) = to.heard
    assert (heard.path, heard.body, heard.id) == ("/hook", BODY, "1")
    assert heard.headers["content-type"] == "application/json"
    assert heard.headers["user-agent"].startswith("clipbot/")
    assert "authorization" not in heard.headers
    assert "cookie" not in heard.headers


@pytest.mark.parametrize("status", [204, 400, 404, 410, 500])
def test_every_answer_is_told(status: int) -> None:
    assert send(receivers.answers(status))[0] == Answer(status, "")


def test_how_long_to_wait_is_told() -> None:
    answer, _ = send(receivers.answers(429, b"slowly", Retry_After="17"))
    assert answer == Answer(429, "slowly", "17")


def test_a_redirect_is_not_followed() -> None:
    answer, to = send(receivers.answers(302, Location="/elsewhere"))
    assert (answer.status, answer.problem) == (302, None)
    assert (len(to.heard), to.was_followed) == (1, False)


@pytest.mark.parametrize(
    ("reaction", "status", "text"),
    [
        (receivers.babbles, 200, ("bla " * 256)[:MOST_BYTES]),
        (receivers.answers(500, b"x" * 10**6), 500, "x" * MOST_BYTES),
        (receivers.stammers, 200, "I have"),
        (receivers.answers(200, b"\xff\x00"), 200, "\ufffd\0"),
    ],
)
def test_only_the_beginning_of_an_answer_is_read(
    reaction: Reaction, status: int, text: str
) -> None:
    assert send(reaction)[0] == Answer(status, text)


def test_an_answer_without_end_is_not_listened_to() -> None:
    looks = count()
    with receiver(receivers.babbles) as to:
        calm = HttpPost([to.place], clock=lambda: next(looks) * 1e-6)
        assert calm.send(to.url, HEADERS, BODY).status == 200
    # The clock is looked at before each wait; all of it would take more than a hundred of them.
    assert next(looks) < 50


def test_who_answered_well_may_dawdle_but_not_for_ever() -> None:
    answer, _ = send(receivers.dawdles, total_seconds=0.3)
    assert (answer.status, set(answer.text)) == (200, {"."})


@pytest.mark.parametrize("reaction", [receivers.hangs, receivers.drips])
def test_who_says_nothing_is_left_alone_in_time(reaction: Reaction) -> None:
    answer, to = send(reaction, total_seconds=0.3)
    assert answer == Answer(None, problem="The receiver did not answer in time.")
    assert len(to.heard) == 1


@pytest.mark.parametrize(
    ("reaction", "problem"),
    [
        (receivers.cuts, "What the receiver answered is no HTTP."),
        (receivers.mumbles, "What the receiver answered is no HTTP."),
    ],
)
def test_a_broken_answer_is_none(reaction: Reaction, problem: str) -> None:
    assert send(reaction)[0] == Answer(None, problem=problem)


def test_nobody_at_home() -> None:
    with receiver() as to:
        place, url = to.place, to.url
    assert HttpPost([place]).send(url, {}, BODY).problem == "The receiver could not be reached."


def test_all_of_it_ends_at_one_deadline() -> None:
    ticks = count(0, 4)
    with receiver() as to:
        patient = HttpPost([to.place], clock=lambda: float(next(ticks)))
        assert patient.send(to.url, {}, BODY).problem == "The receiver did not answer in time."


@pytest.mark.parametrize("address", PRIVATE)
def test_nothing_is_sent_to_an_address_that_is_not_public(address: str) -> None:
    assert not is_public(address)
    names = Names([[address]])
    closed = HttpPost(resolve=names)
    with pytest.raises(AddressRefused):
        closed.check("https://inside.example/")
    answer = closed.send("https://inside.example/", {}, BODY)
    assert answer.status is None
    assert answer.problem is not None
    assert "not on the internet" in answer.problem


@pytest.mark.parametrize("address", [each for each in PRIVATE if "%" not in each])
def test_nothing_is_sent_to_such_an_address_itself(address: str) -> None:
    host = f"[{address}]" if ":" in address else address
    with pytest.raises(AddressRefused):
        HttpPost().check(f"https://{host}/")
    assert HttpPost().send(f"https://{host}/", {}, BODY).status is None


@pytest.mark.parametrize("number", NUMBERS)
def test_other_ways_to_write_a_private_address_lead_nowhere(number: str) -> None:
    assert not any(map(is_public, resolved(number, 443)))
    with pytest.raises(AddressRefused):
        HttpPost().check(f"https://{number}/")
    problem = HttpPost().send(f"https://{number}/", {}, BODY).problem
    assert problem is not None
    assert "not on the internet" in problem


def test_one_private_address_among_public_ones_is_enough() -> None:
    with pytest.raises(AddressRefused):
        HttpPost(resolve=Names([[PUBLIC, "10.0.0.1"]])).check("https://both.example/")


def test_a_name_that_changes_its_mind_gains_nothing() -> None:
    """It is looked up once per attempt, and what was looked at is what is connected to."""
    with receiver() as to:
        port = to.server.server_port
        names = Names([[PUBLIC], ["127.0.0.1"]])
        fickle = HttpPost(resolve=names)
        fickle.check(f"https://fickle.example:{port}/")

        answer = fickle.send(f"https://fickle.example:{port}/", {}, BODY)

        assert answer.problem is not None
        assert "not on the internet" in answer.problem
        assert (names.asked, to.heard) == (["fickle.example"] * 2, [])


def test_the_connection_goes_to_the_address_that_was_looked_at() -> None:
    with receiver() as to:
        names = Names([["127.0.0.1"], ["192.0.2.1"]])
        name = f"double.example:{to.server.server_port}"
        answer = HttpPost([name], resolve=names).send(f"http://{name}/", {}, BODY)
        assert (answer.status, names.asked) == (200, ["double.example"])
        assert to.heard[0].headers["host"] == name


def test_a_name_that_leads_nowhere_is_refused() -> None:
    def unknown(_: str, __: int) -> Sequence[str]:
        raise socket.gaierror

    post = HttpPost(resolve=unknown)
    with pytest.raises(AddressRefused):
        post.check("https://nobody.example/")
    found = post.send("https://nobody.example/", {}, BODY)
    assert found.problem == "The receiver could not be reached."
    with pytest.raises(AddressRefused):
        HttpPost(resolve=Names([[]])).check("https://nobody.example/")


def test_plain_http_is_for_trusted_hosts_only() -> None:
    with receiver() as to:
        post(to).check(to.url)
        strict = HttpPost(resolve=Names([[PUBLIC]]))
        strict.check("https://example.com/")
        with pytest.raises(AddressRefused):
            strict.check("http://example.com/")
        assert strict.send(to.url, {}, BODY).status is None
        assert to.heard == []


def test_https_needs_a_certificate_that_can_be_trusted(
    certificate: Callable[[], tuple[ssl.SSLContext, ssl.SSLContext]],
) -> None:
    server, client = certificate()
    with receiver() as to:
        to.server.socket = server.wrap_socket(to.server.socket, server_side=True)
        url = to.url.replace("http:", "https:").replace("127.0.0.1", "localhost")
        trusted = [to.place.replace("127.0.0.1", "localhost")]
        strange = HttpPost(trusted).send(url, {}, BODY)
        assert strange.problem == "The receiver has no certificate that can be trusted."
        assert HttpPost(trusted, security=client).send(url, {}, BODY).status == 200


def test_https_to_who_speaks_no_https_fails() -> None:
    with receiver() as to:
        answer = post(to).send(to.url.replace("http:", "https:"), {}, BODY)
        assert answer.problem == "The receiver could not be reached."
