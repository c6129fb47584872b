"""What clipbot asks of the way to a receiver."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of one request."""

    status: int | None
    """Of HTTP; None: there was no answer."""
    text: str = ""
    """The beginning of what it said."""
    retry_after: str | None = None
    problem: str | None = None
    """Why there was no answer, in one sentence; set exactly when there is no status."""


class Post(Protocol):
    """Sends to receivers. Safe to share between threads."""

    def check(self, url: str) -> None:
        """Make sure that an address is one to which something may be sent.

        Raises:
            AddressRefused: It is not; the sentence says why.
        """
        ...

    def send(self, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """Send a message once, and return what came of it, whatever that is.

        The address is checked again: what a name leads to may have changed.
        """
        ...
