"""Sends webhooks over https, to public addresses, with a patience of seconds.

An address is text from a person, and this machine can reach what they cannot. So a name
is looked up once per attempt, each of its addresses has to be public, and the connection
goes to one of exactly those (`renderers.network`). A redirect is an answer like any other:
it is not followed. Of the answer's body only the beginning is read.
"""

import ssl
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from time import monotonic
from typing import Final

import httpcore

from clipbot import __version__
from clipbot.domain.webhooks import Address, address
from clipbot.errors import AddressRefused
from clipbot.receivers.base import Answer
from clipbot.renderers.network import CheckedBackend, Deadline, Resolve, is_public, resolved

CONNECT_SECONDS: Final = 5.0
TOTAL_SECONDS: Final = 15.0
MOST_BYTES: Final = 1_024
"""Of an answer's body."""
_TROUBLES: Final = (
    httpcore.NetworkError,
    httpcore.TimeoutException,
    httpcore.ProtocolError,
    httpcore.UnsupportedProtocol,
)
_AGENT: Final = f"clipbot/{__version__}"


@cache
def _usual_security() -> ssl.SSLContext:
    """Return one context for all: reading every authority's certificate takes a while."""
    return httpcore.default_ssl_context()


@dataclass(frozen=True, slots=True)
class HttpPost:
    """A `Post` over the network.

    Args:
        trusted: `host:port` of receivers that are exempt: any address, and http as well.
        connect_seconds: Until there is a connection.
        total_seconds: For all of one message.
        resolve: Looks a name up.
        clock: Seconds, for the deadline.
        security: Whose certificates are believed.
    """

    trusted: Collection[str] = ()
    connect_seconds: float = CONNECT_SECONDS
    total_seconds: float = TOTAL_SECONDS
    resolve: Resolve = resolved
    clock: Callable[[], float] = monotonic
    security: ssl.SSLContext = field(default_factory=_usual_security)

    def check(self, url: str) -> None:
        """Make sure that an address is public, and https, or trusted.

        Raises:
            AddressRefused: It is not, or its name leads nowhere.
        """
        place = self._read(url)
        if place.place in self.trusted:
            return
        try:
            addresses = self.resolve(place.host, place.port)
        except (OSError, UnicodeError) as error:
            raise AddressRefused(f"Nothing is known of a host {place.host}.") from error
        if not addresses or not all(map(is_public, addresses)):
            raise _not_public(place)

    def send(self, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """Send a message once; no error of the network leaves this method."""
        try:
            return self._sent(url, self._read(url), headers, body)
        except AddressRefused as error:
            return Answer(None, problem=str(error))
        except _TROUBLES as error:
            return Answer(None, problem=_problem(error))

    def _read(self, url: str) -> Address:
        place = address(url)
        if not place.is_secure and place.place not in self.trusted:
            raise AddressRefused("Please give an address that begins with https://.")
        return place

    def _sent(self, url: str, place: Address, headers: Mapping[str, str], body: bytes) -> Answer:
        deadline = Deadline(self.clock() + self.total_seconds, self.clock)
        backend = CheckedBackend(self.resolve, self.trusted, deadline, partial(_not_public, place))
        waits = dict.fromkeys(("read", "write", "pool"), self.total_seconds)
        given = {
            "Content-Type": "application/json",
            "Accept-Encoding": "identity",
            "User-Agent": _AGENT,
            **headers,
        }
        with (
            httpcore.ConnectionPool(ssl_context=self.security, network_backend=backend) as pool,
            pool.stream(
                "POST",
                url,
                headers=list(given.items()),
                content=body,
                extensions={"timeout": waits | {"connect": self.connect_seconds}},
            ) as answer,
        ):
            wait = _header(answer, b"retry-after")
            return Answer(answer.status, _beginning(answer), wait)


def _beginning(answer: httpcore.Response) -> str:
    """Return the beginning of a body, or as much of it as comes."""
    found = b""
    try:
        for piece in answer.iter_stream():
            found += piece
            if len(found) >= MOST_BYTES:
                break
    except _TROUBLES:
        # It has said what counts.
        pass
    return found[:MOST_BYTES].decode("utf-8", "replace")


def _problem(error: Exception) -> str:
    """Say in one sentence what went wrong on the way."""
    match error:
        case httpcore.ConnectTimeout():
            return "The receiver could not be connected to in time."
        case httpcore.TimeoutException():
            return "The receiver did not answer in time."
        case httpcore.ConnectError() if isinstance(error.__context__, ssl.SSLCertVerificationError):
            return "The receiver has no certificate that can be trusted."
        case httpcore.ConnectError():
            return "The receiver could not be reached."
        case httpcore.NetworkError():
            return "The receiver cut the connection."
        case _:
            return "What the receiver answered is no HTTP."


def _not_public(place: Address) -> AddressRefused:
    return AddressRefused(
        f"{place.host} leads to a machine that is not on the internet, so nothing is sent there."
    )


def _header(answer: httpcore.Response, name: bytes) -> str | None:
    found = (value for key, value in answer.headers if key.lower() == name)
    value = next(found, None)
    return None if value is None else value.decode("latin-1").strip()
