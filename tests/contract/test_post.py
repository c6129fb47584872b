"""What holds for every way to a receiver."""

from collections.abc import Callable, Iterator

import pytest

from clipbot.errors import AddressRefused
from clipbot.receivers.base import Answer, Post
from clipbot.receivers.fakes import FakePost
from clipbot.receivers.http import HttpPost
from tests.receiver import answers, receiver

Way = tuple[Post, str, Callable[[], list[tuple[str, bytes]]]]
"""How to send, to where, and what has arrived there."""


@pytest.fixture(params=["fake", "http"])
def way(request: pytest.FixtureRequest) -> Iterator[Way]:
    if request.param == "fake":
        fake = FakePost([Answer(200, "ok"), Answer(503, "busy", "7")])
        yield fake, "https://example.com/", lambda: [(s.headers["a"], s.body) for s in fake.sent]
        return
    with receiver() as to:
        to.reacts(answers(200, b"ok"), answers(503, b"busy", Retry_After="7"))
        real = HttpPost([to.place])
        yield real, to.url, lambda: [(heard.headers["a"], heard.body) for heard in to.heard]


def test_what_is_sent_arrives_once_and_the_answer_is_told(way: Way) -> None:
    post, url, arrived = way
    post.check(url)

    assert post.send(url, {"a": "1"}, b"one") == Answer(200, "ok")
    assert post.send(url, {"a": "2"}, b"two") == Answer(503, "busy", "7")
    assert arrived() == [("1", b"one"), ("2", b"two")]


def test_what_is_no_address_is_refused(way: Way) -> None:
    with pytest.raises(AddressRefused):
        way[0].check("no address")
