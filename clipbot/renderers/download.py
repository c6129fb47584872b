"""Brings footage from where a provider has put it.

An address in an answer is text from outside: it is followed only to hosts that are
known to hold footage, over https, to public addresses (`network.py`), and again for
every redirect. No token goes along; the file is whole or not there.
"""

import logging
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Final
from urllib.parse import SplitResult, urljoin, urlsplit

import httpcore

from clipbot.errors import FootageRejected, ProviderUnavailable
from clipbot.media.files import appearing
from clipbot.renderers.network import CheckedBackend, Deadline, Resolve, resolved

logger = logging.getLogger(__name__)

HOSTS: Final = ("replicate.delivery",)
"""Where Replicate keeps footage; their subdomains too."""
_MOST_REDIRECTS: Final = 3
_WAIT_SECONDS: Final = 30.0
_TIMEOUTS: Final = dict.fromkeys(("connect", "read", "write", "pool"), _WAIT_SECONDS)
_OK: Final = 200
_MOVED: Final = frozenset({301, 302, 303, 307, 308})
_GONE: Final = frozenset({401, 403, 404, 410})


@dataclass(frozen=True, slots=True)
class Downloads:
    """Downloads files. Safe to share between threads.

    Args:
        trusted: `host:port` of servers that are exempt: any address, and http as well.
        hosts: Where footage may lie; subdomains too.
        most_bytes: Of one file.
        seconds: For one file, with all redirects.
        resolve: Looks a name up.
        clock: Seconds, for the deadline.
    """

    trusted: Collection[str] = ()
    hosts: tuple[str, ...] = HOSTS
    most_bytes: int = 500_000_000
    seconds: float = 600.0
    resolve: Resolve = resolved
    clock: Callable[[], float] = monotonic

    def bring(self, url: str, dest: Path, *, provider: str) -> Path:
        """Download a file and return where it is.

        Args:
            url: Where it lies.
            dest: Written by rename, once all of it is on the disk.
            provider: Its name for people.

        Raises:
            ProviderUnavailable: It did not arrive whole; safe to try again.
            FootageRejected: It is too large, is not there any more, or lies where nothing is
                fetched from.
            StorageFull: There is no room for it.
        """
        deadline = Deadline(self.clock() + self.seconds, self.clock)
        backend = CheckedBackend(self.resolve, self.trusted, deadline)
        with (
            _errors_translated(provider),
            httpcore.ConnectionPool(network_backend=backend) as pool,
        ):
            for _ in range(_MOST_REDIRECTS + 1):
                self._check(url)
                moved = self._fetched(pool, url, dest, provider)
                if moved is None:
                    return dest
                url = moved
        raise FootageRejected("its address leads from one place to the next")

    def _check(self, url: str) -> None:
        """Raise unless an address is one that footage may be fetched from."""
        if not url.isascii() or not url.isprintable() or " " in url:
            raise FootageRejected("its address is none")
        try:
            parts = urlsplit(url)
            host, port = parts.hostname or "", parts.port
        except ValueError as error:
            raise FootageRejected("its address is none") from error
        if f"{host}:{port or _usual_port(parts)}" in self.trusted:
            if parts.scheme in {"http", "https"}:
                return
        elif (
            parts.scheme == "https"
            and port in {None, 443}
            and not parts.username
            and any(host == known or host.endswith(f".{known}") for known in self.hosts)
        ):
            return
        logger.warning("footage address refused", extra={"host": host})
        raise FootageRejected("it lies on a machine that nothing is fetched from")

    def _fetched(
        self, pool: httpcore.ConnectionPool, url: str, dest: Path, provider: str
    ) -> str | None:
        """Write the file at an address; return the next address where there is none."""
        headers = [("Accept", "*/*"), ("Accept-Encoding", "identity")]
        with pool.stream("GET", url, headers=headers, extensions={"timeout": _TIMEOUTS}) as answer:
            if answer.status in _MOVED:
                return _joined(url, _header(answer, b"location"))
            if answer.status in _GONE:
                raise FootageRejected("it is not there any more")
            if answer.status != _OK:
                raise ProviderUnavailable(provider, f"its files answer {answer.status}")
            self._write(answer, dest, provider)
        return None

    def _write(self, answer: httpcore.Response, dest: Path, provider: str) -> None:
        said = _header(answer, b"content-length")
        promised = int(said) if said.isdigit() else None
        if promised is not None and promised > self.most_bytes:
            raise self._too_large()
        with appearing(dest) as part, part.open("wb") as file:
            for data in answer.iter_stream():
                file.write(data)
                if file.tell() > self.most_bytes:
                    raise self._too_large()
            if promised not in {None, file.tell()}:
                raise ProviderUnavailable(provider, "the footage did not arrive whole")

    def _too_large(self) -> FootageRejected:
        return FootageRejected(f"it is larger than {self.most_bytes // 1_000_000} MB")


@contextmanager
def _errors_translated(provider: str) -> Iterator[None]:
    """Let no error of the network leave this module."""
    try:
        yield
    except (httpcore.UnsupportedProtocol, httpcore.LocalProtocolError) as error:
        raise FootageRejected("its address is none") from error
    except (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError) as error:
        raise ProviderUnavailable(provider, "the footage did not arrive whole") from error


def _joined(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError as error:
        raise FootageRejected("its address is none") from error


def _usual_port(parts: SplitResult) -> int:
    return 443 if parts.scheme == "https" else 80


def _header(answer: httpcore.Response, name: bytes) -> str:
    found = (value for key, value in answer.headers if key.lower() == name)
    return next(found, b"").decode("latin-1").strip()
