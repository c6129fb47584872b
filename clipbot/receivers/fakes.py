"""A way to receivers that exist on paper only."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from clipbot.domain.webhooks import address
from clipbot.receivers.base import Answer


@dataclass(frozen=True, slots=True)
class Sent:
    """One message, as a receiver saw it."""

    url: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(slots=True)
class FakePost:
    """A `Post` that remembers what was sent.

    Set `answers` to what comes of the next messages, one after the other; after them, and
    without them, every message is taken.
    """

    answers: list[Answer] = field(default_factory=list)
    sent: list[Sent] = field(default_factory=list)

    def check(self, url: str) -> None:
        """Read the address; every name leads somewhere."""
        address(url)

    def send(self, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """Remember a message."""
        self.sent.append(Sent(url, dict(headers), body))
        return self.answers.pop(0) if self.answers else Answer(200, "ok")
