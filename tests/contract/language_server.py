"""A language model's server on this machine that does to a request whatever a test wants.

Real sockets, a free port, ended with its block. Each reaction answers one request; the
last one answers all that follow.
"""

import json
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

LANTERNS = "Paper lanterns drift over a night street, painted style, slow pan."
USAGE = {"prompt_tokens": 800, "completion_tokens": 200}

Reaction = Callable[["Handler", Mapping[str, Any]], None]


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    server: "_Server"

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        with self.server.lock:
            self.server.requests.append(body)
            place = min(len(self.server.requests), len(self.server.reactions)) - 1
            reaction = self.server.reactions[place]
        try:
            reaction(self, body)
        except OSError:
            self.close_connection = True

    def do_GET(self) -> None:
        self.reply(200, {"object": "list", "data": [{"id": name} for name in self.server.models]})

    def reply(
        self,
        status: int,
        document: object,
        *,
        kind: str = "application/json",
        headers: Mapping[str, str] | None = None,
    ) -> None:
        data = document if isinstance(document, bytes) else json.dumps(document).encode()
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
        """Stay silent."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    lock: threading.Lock
    reactions: Sequence[Reaction]
    requests: list[Mapping[str, Any]]
    models: Sequence[str]
    ended: threading.Event


@dataclass(frozen=True, slots=True)
class Server:
    """A running server."""

    url: str
    requests: list[Mapping[str, Any]] = field(repr=False)
    """What it was asked, in the order of arrival."""

    @property
    def user_texts(self) -> list[str]:
        """What the person's side said in each request, in one text."""
        return [
            "\n".join(each["content"] for each in body["messages"] if each["role"] == "user")
            for body in self.requests
        ]


@contextmanager
def serving(*reactions: Reaction, models: Sequence[str] = ("tiny",)) -> Iterator[Server]:
    """Run a server until the block is left."""
    server = _Server(("127.0.0.1", 0), Handler)
    server.lock, server.ended = threading.Lock(), threading.Event()
    server.reactions, server.requests, server.models = reactions, [], models
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield Server(f"http://127.0.0.1:{server.server_port}/v1", server.requests)
    finally:
        server.ended.set()
        server.shutdown()
        server.server_close()
        thread.join()


def completion(
    content: object = None,
    *,
    finish: str = "stop",
    refusal: str | None = None,
    usage: object = USAGE,
) -> dict[str, Any]:
    """Return an answer's body."""
    message = {"role": "assistant", "content": content, "refusal": refusal}
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": "tiny",
        "choices": [{"index": 0, "message": message, "finish_reason": finish}],
        "usage": usage,
    }


def said(content: object, **facts: Any) -> Reaction:
    """Answer with these words."""
    return lambda handler, _: handler.reply(200, completion(content, **facts))


def written(prompt: str = LANTERNS, temperature: object = 0.4, **facts: Any) -> Reaction:
    """Answer as asked."""
    document = {"prompt": prompt, "temperature": temperature, "reasoning": "Only the light."}
    return said(json.dumps(document), **facts)


def failing(
    status: int,
    message: str = "it broke",
    *,
    headers: Mapping[str, str] | None = None,
    **facts: Any,
) -> Reaction:
    """Answer with an error."""
    error = {"error": {"message": message, **facts}}
    return lambda handler, _: handler.reply(status, error, headers=headers)


def raw(data: bytes, *, status: int = 200, kind: str = "application/json") -> Reaction:
    """Answer with these bytes."""
    return lambda handler, _: handler.reply(status, data, kind=kind)


def closing(handler: Handler, _: Mapping[str, Any]) -> None:
    """Hang up without a word."""
    handler.close_connection = True


def breaking_off(handler: Handler, _: Mapping[str, Any]) -> None:
    """Promise more than comes."""
    handler.send_response(200)
    handler.send_header("content-type", "application/json")
    handler.send_header("content-length", "5000")
    handler.end_headers()
    handler.wfile.write(b'{"choices": [')
    handler.close_connection = True


def silent(handler: Handler, _: Mapping[str, Any]) -> None:
    """Accept the request and never answer."""
    handler.server.ended.wait(30)
    handler.close_connection = True


def dripping(handler: Handler, _: Mapping[str, Any]) -> None:
    """Send a byte now and then, for ever: every single wait is short."""
    handler.send_response(200)
    handler.send_header("content-type", "application/json")
    handler.end_headers()
    handler.close_connection = True
    while not handler.server.ended.wait(0.02):
        handler.wfile.write(b" ")
        handler.wfile.flush()


def flooding(handler: Handler, _: Mapping[str, Any]) -> None:
    """Ignore every token limit."""
    handler.send_response(200)
    handler.send_header("content-type", "application/json")
    handler.end_headers()
    handler.close_connection = True
    while not handler.server.ended.is_set():
        handler.wfile.write(b'{"choices": [' + b" " * 100_000)


def flooding_errors(handler: Handler, _: Mapping[str, Any]) -> None:
    """Fail, and never finish saying why."""
    handler.send_response(500)
    handler.end_headers()
    handler.close_connection = True
    while not handler.server.ended.is_set():
        handler.wfile.write(b"it broke " * 10_000)


def without(*parameters: str, then: Reaction) -> Reaction:
    """Refuse requests with one of these parameters, naming it, as OpenAI does."""

    def react(handler: Handler, body: Mapping[str, Any]) -> None:
        for name in parameters:
            if name in body:
                message = f"Unsupported parameter: '{name}' is not supported with this model."
                failing(400, message, param=name, code="unsupported_parameter")(handler, body)
                return
        then(handler, body)

    return react


def formats(*known: str, then: Reaction, refusal: Reaction) -> Reaction:
    """Refuse every wish for JSON but these (`json_schema`, `json_object`)."""

    def react(handler: Handler, body: Mapping[str, Any]) -> None:
        wished = body.get("response_format", {}).get("type")
        (refusal if wished and wished not in known else then)(handler, body)

    return react
