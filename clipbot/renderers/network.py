"""Connections to addresses that were looked at first.

A name is resolved here, once, and the connection goes to exactly the address that was
checked: a name that answers with a public address when it is checked and with a private
one when it is used gains nothing. Every wait on the connection ends at one deadline, so
a server that sends a byte now and then is left alone in time.
"""

import socket
import ssl
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from time import monotonic
from typing import Any, Final

import httpcore

from clipbot.errors import FootageRejected

Resolve = Callable[[str, int], Collection[str]]
"""Returns the addresses of a name; raises `OSError`."""

_NAT64: Final = ip_network("64:ff9b::/96")
_COMPATIBLE: Final = ip_network("::/96")


def resolved(host: str, port: int) -> tuple[str, ...]:
    """Return the addresses of a name, each once, in the system's order.

    Raises:
        OSError: It has none.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(place[0]) for *_, place in found))


def is_public(address: str) -> bool:
    """Whether an address is one of the internet, in whatever form it is written."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    return all(each.is_global and not each.is_multicast for each in (found, *_inside(found)))


def _inside(address: IPv4Address | IPv6Address) -> tuple[IPv4Address, ...]:
    """Return the IPv4 addresses that an IPv6 address stands for."""
    if isinstance(address, IPv4Address):
        return ()
    found = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if address in _NAT64 or address in _COMPATIBLE:
        found.append(IPv4Address(int(address) & 0xFFFFFFFF))
    return tuple(each for each in found if each is not None)


@dataclass(frozen=True, slots=True)
class Deadline:
    """When all must be over."""

    at: float
    clock: Callable[[], float] = monotonic

    def left(self, timeout: float | None = None) -> float:
        """Return how long may still be waited, at most `timeout`.

        Raises:
            httpcore.ReadTimeout: No longer.
        """
        left = self.at - self.clock()
        if left <= 0:
            raise httpcore.ReadTimeout("it takes too long")
        return left if timeout is None else min(left, timeout)


def _nothing_is_fetched() -> Exception:
    return FootageRejected("it lies on a machine that nothing is fetched from")


class CheckedBackend(httpcore.NetworkBackend):
    """Connects to checked addresses only.

    Args:
        resolve: Looks a name up.
        trusted: `host:port` of servers that may have any address.
        deadline: For all that is waited for.
        refused: Makes the error for a name with an address that is not public.
    """

    def __init__(
        self,
        resolve: Resolve,
        trusted: Collection[str],
        deadline: Deadline,
        refused: Callable[[], Exception] = _nothing_is_fetched,
    ) -> None:
        self._resolve = resolve
        self._trusted = trusted
        self._deadline = deadline
        self._refused = refused
        self._sockets = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first address of a name that answers.

        Raises:
            FootageRejected: One of its addresses is not public (or what `refused` makes).
            httpcore.ConnectError: None answers.
        """
        for address in self._checked(host, port):
            try:
                stream = self._sockets.connect_tcp(
                    address, port, self._deadline.left(timeout), local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
            return _Stream(stream, self._deadline)
        raise httpcore.ConnectError(f"{host} does not answer")

    def _checked(self, host: str, port: int) -> Collection[str]:
        try:
            addresses = self._resolve(host, port)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"{host} has no address") from error
        if f"{host}:{port}" not in self._trusted and not all(map(is_public, addresses)):
            raise self._refused()
        return addresses


class _Stream(httpcore.NetworkStream):
    """A connection whose waits end at the deadline."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        secured = self._stream.start_tls(ssl_context, server_hostname, self._deadline.left(timeout))
        return _Stream(secured, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
