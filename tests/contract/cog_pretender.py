"""A cog server on this machine that does to a prediction whatever a test wants.

For what a real one does too rarely. Healthy unless told otherwise; real sockets, a free
port, ended with its block. Each reaction answers one PUT of a prediction; the last one
answers all that follow. Questions about progress are not counted.
"""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.contract.cog_server import SCHEMA

Reaction = Callable[["Handler"], None]


@dataclass
class Pretender:
    """What a pretended server says, and what it was asked."""

    reactions: tuple[Reaction, ...]
    health: Any = field(default_factory=lambda: {"status": "READY"})
    schema: Any = field(default_factory=lambda: SCHEMA)
    logs: str = ""
    url: str = ""
    inputs: list[dict[str, Any]] = field(default_factory=list)
    """Of the predictions that it was asked for."""
    cancels: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    """Method and path of everything."""
    tokens: list[str] = field(default_factory=list)
    """With which files were asked for."""
    ended: threading.Event = field(default_factory=threading.Event)
    cancelled: threading.Event = field(default_factory=threading.Event)


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    server: "_Server"

    @property
    def said(self) -> Pretender:
        return self.server.pretender

    def do_GET(self) -> None:
        self.said.asked.append(f"GET {self.path}")
        if self.path == "/health-check":
            self.reply(200, self.said.health)
        elif self.path == "/openapi.json":
            self.reply(200 if self.said.schema else 503, self.said.schema)
        else:
            self.said.tokens.append(self.headers.get("authorization", ""))
            self.reply(200, b"footage from a file host" * 100)

    def do_POST(self) -> None:
        self.said.asked.append(f"POST {self.path}")
        self.said.cancels.append(self.path)
        self.said.cancelled.set()
        self.reply(200, {})

    def do_PUT(self) -> None:
        self.said.asked.append(f"PUT {self.path}")
        asked = json.loads(self.rfile.read(int(self.headers["content-length"])))["input"]
        if asked == 0:
            self.reply(202, {"status": "processing", "logs": self.said.logs})
            return
        with self.server.lock:
            self.said.inputs.append(asked)
            place = min(len(self.said.inputs), len(self.said.reactions)) - 1
        try:
            self.said.reactions[place](self)
        except OSError:
            self.close_connection = True

    def reply(self, status: int, document: object) -> None:
        told = document if isinstance(document, bytes) else json.dumps(document).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(told)))
        self.end_headers()
        self.wfile.write(told)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
        """Stay silent."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    lock: threading.Lock
    pretender: Pretender


@contextmanager
def pretending(*reactions: Reaction, **facts: Any) -> Iterator[Pretender]:
    """Run a server until the block is left."""
    server = _Server(("127.0.0.1", 0), Handler)
    server.lock = threading.Lock()
    server.pretender = Pretender(reactions, **facts)
    server.pretender.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server.pretender
    finally:
        server.pretender.ended.set()
        server.shutdown()
        server.server_close()
        thread.join()


def answering(status: int, document: object) -> Reaction:
    """Answer so."""
    return lambda handler: handler.reply(status, document)


def over(status: str, **facts: Any) -> Reaction:
    """Say that the prediction is over."""
    return answering(200, {"status": status, **facts})


def made(output: Callable[[str], object]) -> Reaction:
    """Succeed with an output, given the server's address."""
    return lambda handler: over("succeeded", output=output(handler.said.url))(handler)


def hanging_up(handler: Handler) -> None:
    """End the connection without a word."""
    handler.close_connection = True


def half(handler: Handler) -> None:
    """Promise more than comes."""
    handler.send_response(200)
    handler.send_header("content-length", "5000")
    handler.end_headers()
    handler.wfile.write(b'{"status": "succ')
    handler.close_connection = True


def dripping(handler: Handler) -> None:
    """Send a byte now and then, for ever."""
    handler.send_response(200)
    handler.end_headers()
    handler.close_connection = True
    while not handler.said.ended.wait(0.02):
        handler.wfile.write(b" ")


def flooding(handler: Handler) -> None:
    """Send for ever."""
    handler.send_response(200)
    handler.end_headers()
    handler.close_connection = True
    while not handler.said.ended.is_set():
        handler.wfile.write(b" " * 1_000_000)


def until_cancelled(handler: Handler) -> None:
    """Work until somebody cancels."""
    handler.said.cancelled.wait(30)
    over("canceled")(handler)
