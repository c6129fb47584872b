"""A receiver of webhooks on this machine, with the faults that receivers have."""

import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from standardwebhooks import Webhook

Reaction = Callable[["Handler"], None]


@dataclass(frozen=True, slots=True)
class Heard:
    """One request that arrived whole."""

    path: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]

    def verified(self, secret: str) -> dict[str, Any]:
        """Return what it says, by a library that is not ours; else raise."""
        said: dict[str, Any] = Webhook(secret).verify(self.body, dict(self.headers))
        return said


class Handler(BaseHTTPRequestHandler):
    """Keeps what it hears, then reacts."""

    protocol_version = "HTTP/1.1"
    server: "_Server"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        headers = {name.lower(): value for name, value in self.headers.items()}
        with self.server.lock:
            self.server.heard.append(Heard(self.path, headers, body))
            count = len(self.server.heard)
        try:
            self.server.react(self, count)
        except OSError:
            self.close_connection = True

    def do_GET(self) -> None:
        """Be asked only by who follows a redirect."""
        self.server.followed.set()
        self.say(200)

    def say(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def wait(self) -> None:
        """Wait for the test to end, or for the client to go."""
        self.connection.settimeout(0.05)
        while not self.server.ended.is_set():
            try:
                if not self.connection.recv(1):
                    break
            except TimeoutError:
                continue
        self.close_connection = True

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
        """Stay silent."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128
    react: Callable[[Handler, int], None]
    heard: list[Heard]
    lock: threading.Lock
    ended: threading.Event
    followed: threading.Event


@dataclass
class Receiver:
    """A running receiver."""

    server: _Server = field(repr=False)

    @property
    def place(self) -> str:
        return f"127.0.0.1:{self.server.server_port}"

    @property
    def url(self) -> str:
        return f"http://{self.place}/hook"

    @property
    def heard(self) -> list[Heard]:
        with self.server.lock:
            return list(self.server.heard)

    @property
    def was_followed(self) -> bool:
        return self.server.followed.is_set()

    def reacts(self, *reactions: Reaction) -> None:
        """React so to the first, second, ... request; to all others like to the last one."""

        def react(handler: Handler, count: int) -> None:
            reactions[min(count, len(reactions)) - 1](handler)

        self.server.react = react


@contextmanager
def receiver(*reactions: Reaction) -> Iterator[Receiver]:
    """Run a receiver on a free port; without reactions it takes everything."""
    server = _Server(("127.0.0.1", 0), Handler)
    server.heard, server.lock = [], threading.Lock()
    server.ended, server.followed = threading.Event(), threading.Event()
    made = Receiver(server)
    made.reacts(*(reactions or (takes,)))
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield made
    finally:
        server.ended.set()
        server.shutdown()
        server.server_close()
        thread.join()


def takes(handler: Handler) -> None:
    handler.say(200, b"thank you")


def answers(status: int, body: bytes = b"", **headers: str) -> Reaction:
    return lambda handler: handler.say(status, body, **headers)


def hangs(handler: Handler) -> None:
    """Hear everything and say nothing."""
    handler.wait()


def cuts(handler: Handler) -> None:
    """Hang up without a word."""
    handler.connection.shutdown(socket.SHUT_RDWR)
    handler.close_connection = True


def stammers(handler: Handler) -> None:
    """Promise much, say little, and hang up."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b"I have")
    handler.wfile.flush()
    cuts(handler)


def babbles(handler: Handler) -> None:
    """Answer well, and talk for 8 MB."""
    handler.send_response(200)
    handler.end_headers()
    handler.close_connection = True
    for _ in range(500):
        handler.wfile.write(b"bla " * 4_096)


def dawdles(handler: Handler) -> None:
    """Answer well, a byte now and then, without an end."""
    handler.send_response(200)
    handler.end_headers()
    handler.close_connection = True
    while not handler.server.ended.wait(0.02):
        handler.wfile.write(b".")
        handler.wfile.flush()


def drips(handler: Handler) -> None:
    """Begin an answer, a byte now and then, and never come to the point."""
    while not handler.server.ended.wait(0.02):
        handler.wfile.write(b"H")
        handler.wfile.flush()


def mumbles(handler: Handler) -> None:
    """Say what is no HTTP."""
    handler.wfile.write(b"hello\r\n\r\n")
    cuts(handler)
