"""The one place that speaks HTTP to a cog server; `httpx` is known here alone.

What the real server (cog 0.23.1) does decides how it is asked:

- It forgets a prediction the moment it is over. Its outcome is told to whoever holds the
  request that started it, and to nobody else; the same PUT afterwards starts it again.
- A held request that is dropped cancels its prediction. So a killed process leaves nothing
  running, and `Call.give_up` is a way to cancel.
- Asking how far it is has no address of its own: a PUT to its id answers with its state
  while it runs, and otherwise starts it. `ask` sends inputs that no schema allows, which
  are looked at only when it does not run.
- A model that crashed leaves a server that is "busy" for ever; only its health tells.
"""

import json
import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import httpx

_CONNECT_SECONDS: Final = 5.0
_QUICK_SECONDS: Final = 5.0
"""A question that is answered from memory, from the first byte to the last."""
_SEND_SECONDS: Final = 60.0
_QUICK_BYTES: Final = 4_000_000
_NOTHING: Final = b'{"input": 0}'
"""Inputs that no model takes: a schema's inputs are an object."""
_ALIVE: Final = tuple(
    (level, getattr(socket, name), value)
    for level, name, value in (
        (socket.SOL_SOCKET, "SO_KEEPALIVE", 1),
        (socket.IPPROTO_TCP, "TCP_KEEPIDLE", 20),
        (socket.IPPROTO_TCP, "TCP_KEEPINTVL", 10),
        (socket.IPPROTO_TCP, "TCP_KEEPCNT", 3),
    )
    if hasattr(socket, name)
)
"""A held request is silent for minutes; the kernel notices within one that nobody is there."""


class Unanswered(Exception):
    """A request got no answer that could be one.

    Args:
        reason: In a few words, for people.
        was_sent: Whether it may have reached the server.
    """

    def __init__(self, reason: str, *, was_sent: bool = True) -> None:
        super().__init__(reason)
        self.reason = reason
        self.was_sent = was_sent


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered: a status, and a JSON object or nothing."""

    status: int
    body: dict[str, Any] = field(repr=False)
    text: str = field(default="", repr=False)
    """The beginning of an answer that is no JSON object."""


@dataclass(slots=True)
class Call:
    """A request under way, which another thread may give up."""

    _stream: Any = None
    _lock: threading.Lock = field(default_factory=threading.Lock)
    given_up: bool = False

    def give_up(self) -> None:
        """End it now, wherever it is; harmless if it is over."""
        with self._lock:
            self.given_up = True
            self._hang_up()

    def watch(self, event: str, facts: dict[str, Any]) -> None:
        """Learn the connection from httpx's trace of the request."""
        if event in {"connection.connect_tcp.complete", "connection.start_tls.complete"}:
            with self._lock:
                self._stream = facts["return_value"]
                if self.given_up:
                    self._hang_up()

    def _hang_up(self) -> None:
        connection = self._stream and self._stream.get_extra_info("socket")
        if connection is not None:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)


@dataclass(frozen=True)
class CogServer:
    """A server. Safe to share between threads; nothing is sent before the first call.

    Args:
        url: Its address, with `http` or `https`.
        token: Sent as a bearer token, where something in front of the server wants one.
    """

    url: str
    token: str = field(default="", repr=False)

    @cached_property
    def _http(self) -> httpx.Client:
        return httpx.Client(
            headers={"authorization": f"Bearer {self.token}"} if self.token else {},
            timeout=httpx.Timeout(_SEND_SECONDS, connect=_CONNECT_SECONDS, read=None, pool=None),
            # Every call has a connection of its own, so that it can be given up alone.
            transport=httpx.HTTPTransport(
                socket_options=_ALIVE, limits=httpx.Limits(max_keepalive_connections=0)
            ),
        )

    def health(self) -> Answer:
        """Ask how it is."""
        return self._quick("GET", "/health-check")

    def schema(self) -> Answer:
        """Ask for its OpenAPI document."""
        return self._quick("GET", "/openapi.json")

    def ask(self, prediction_id: str) -> Answer:
        """Ask how far a running prediction is; starts nothing, whether it runs or not."""
        return self._quick("PUT", _path(prediction_id), _NOTHING)

    def cancel(self, prediction_id: str) -> None:
        """Ask a prediction to stop; harmless if it is over or unknown."""
        self._quick("POST", _path(prediction_id) + "/cancel")

    def hold(
        self, prediction_id: str, body: bytes, call: Call, *, most_bytes: int, seconds: float
    ) -> Answer:
        """Start a prediction and wait until it is over.

        Args:
            prediction_id: Of our choosing.
            body: JSON with its inputs.
            call: To give up with; the server then cancels the prediction.
            most_bytes: Of the answer.
            seconds: To wait at most.

        Raises:
            Unanswered: There was no complete answer.
        """
        return self._call(
            "PUT", _path(prediction_id), body, call=call, most_bytes=most_bytes, seconds=seconds
        )

    def download(self, url: str, dest: Path, *, most_bytes: int, seconds: float) -> None:
        """Write what is at an address to a file; without our token, and following nothing.

        Raises:
            Unanswered: It did not arrive whole.
            TooLarge: It has more than `most_bytes`.
        """
        call = Call()
        with (
            _within(seconds, call),
            self._sent("GET", url, call, headers={"authorization": ""}) as response,
            dest.open("wb") as file,
        ):
            if response.status_code != httpx.codes.OK:
                raise Unanswered(f"its footage could not be fetched ({response.status_code})")
            for count, part in _counted(response):
                if count > most_bytes:
                    raise TooLarge
                file.write(part)

    def _quick(self, method: str, path: str, body: bytes = b"") -> Answer:
        return self._call(
            method, path, body, call=Call(), most_bytes=_QUICK_BYTES, seconds=_QUICK_SECONDS
        )

    def _call(
        self, method: str, path: str, body: bytes, *, call: Call, most_bytes: int, seconds: float
    ) -> Answer:
        url, told = self.url.rstrip("/") + path, bytearray()
        headers = {"content-type": "application/json"} if body else {}
        with (
            _within(seconds, call),
            self._sent(method, url, call, content=body, headers=headers) as response,
        ):
            for count, part in _counted(response):
                if count > most_bytes:
                    raise TooLarge
                told += part
            return _read(response.status_code, bytes(told))

    @contextmanager
    def _sent(self, method: str, url: str, call: Call, **facts: Any) -> Iterator[httpx.Response]:
        """Let no error of httpx leave this module."""
        try:
            with self._http.stream(
                method, url, extensions={"trace": call.watch}, **facts
            ) as response:
                yield response
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.UnsupportedProtocol) as error:
            raise Unanswered("its server cannot be reached", was_sent=False) from error
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as error:
            raise Unanswered("its server broke off") from error


class TooLarge(Exception):
    """There is more of it than is wanted."""


@contextmanager
def _within(seconds: float, call: Call) -> Iterator[None]:
    """Give a call up when its time is over, however it spends it."""
    timer = threading.Timer(seconds, call.give_up)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _counted(response: httpx.Response) -> Iterator[tuple[int, bytes]]:
    """Yield how many bytes there are by now, unpacked, and the next of them."""
    count = 0
    for part in response.iter_bytes():
        count += len(part)
        yield count, part


def _read(status: int, told: bytes) -> Answer:
    try:
        document = json.loads(told)
    except (ValueError, RecursionError):
        document = None
    if isinstance(document, dict):
        return Answer(status, document)
    return Answer(status, {}, re.sub(r"\s+", " ", told[:2_000].decode(errors="replace")).strip())


def _path(prediction_id: str) -> str:
    return f"/predictions/{quote(prediction_id, safe='')}"
