"""A double of Replicate's API on this machine, as `facts/services.md` §3 describes it.

Real sockets, a free port, ended with its block. Predictions, states and the bill are in
`double.books`; a fault is done to one call, in the order of arrival. The files lie on the
same server, and take no token.
"""

import base64
import hashlib
import hmac
import json
import re
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from time import time
from typing import Any
from urllib.parse import parse_qs, urlsplit
from urllib.request import Request, urlopen

from tests.contract.replicate_books import Books, Paid
from tests.contract.replicate_models import MODELS, complaints, schema

SECRET = "whsec_" + base64.b64encode(b"a secret of the double").decode()


@dataclass(frozen=True)
class Fault:
    """What is done to a call instead of answering it."""

    status: int | None = None
    """None: hang up without a word."""
    is_done: bool = False
    """Whether the call has its effect all the same."""
    body: object = None
    """JSON; bytes: as they are."""
    headers: Mapping[str, str] = field(default_factory=dict)
    is_half: bool = False
    """Whether a file breaks off in its middle."""


DROPPED = Fault(is_done=True)
"""The request was read, and did what it asked for; then the connection broke."""
BROKEN = Fault(500, body={"detail": "Internal server error"})
GARBAGE = Fault(201, is_done=True, body=b"<html>201 Created</html>")
HALF = Fault(is_half=True)


def throttled(retry_after: str | None = None, seconds: int = 30) -> Fault:
    """Return a 429, with or without the header."""
    detail = f"Request was throttled. Your rate limit resets in ~{seconds}s."
    headers = {} if retry_after is None else {"Retry-After": retry_after}
    return Fault(429, body={"detail": detail, "status": 429}, headers=headers)


@dataclass
class Double:
    """A running service."""

    url: str
    books: Books
    faults: dict[str, deque[Fault | None]] = field(default_factory=dict)
    """By call: `create`, `get`, `list`, `cancel`, `model`, `file`; None: it goes well."""
    is_away: bool = False
    """Whether it hangs up on everybody."""
    refuse: Callable[[bool], None] = lambda _: None
    """Stops and starts listening, for True and False."""
    answering: Callable[[str], None] = lambda _: None
    """Told of a call that has had its effect, before it is answered."""
    calls: list[tuple[str, Mapping[str, str]]] = field(default_factory=list)
    """Every call with its headers (names in lower case), in the order of arrival."""
    deliveries: list[tuple[str, int]] = field(default_factory=list)
    """Addresses of hooks, and what was answered."""

    @property
    def bill(self) -> int:
        """What was charged so far, in micros."""
        return self.books.bill

    @property
    def host(self) -> str:
        """`host:port`, as trusted hosts are configured."""
        return urlsplit(self.url).netloc

    def fail(self, call: str, *faults: Fault | None) -> None:
        """Let the next calls of a kind go wrong."""
        self.faults.setdefault(call, deque()).extend(faults)

    def count(self, call: str) -> int:
        """Return how often a call was made."""
        return sum(kind == call for kind, _ in self.calls)

    def deliver(self, paid: Paid, event: str) -> None:
        """Send a hook, signed, if the prediction has one for this event."""
        if paid.webhook is None or (paid.events and event not in paid.events):
            return
        body = json.dumps(self.books.document(paid, self.url)).encode()
        request = Request(  # noqa: S310 - a hook of this machine
            paid.webhook, data=body, headers=signed(body, f"msg_{paid.id}_{event}")
        )
        try:
            with urlopen(request, timeout=10) as answer:  # noqa: S310 - as above
                self.deliveries.append((paid.webhook, answer.status))
        except OSError as error:
            self.deliveries.append((paid.webhook, getattr(error, "code", 0)))


def signed(
    body: bytes, message_id: str, *, at: float | None = None, secret: str = SECRET
) -> dict[str, str]:
    """Return the headers of a hook."""
    moment = str(int(time() if at is None else at))
    key = base64.b64decode(secret.removeprefix("whsec_"))
    digest = hmac.new(key, f"{message_id}.{moment}.".encode() + body, hashlib.sha256).digest()
    return {
        "content-type": "application/json",
        "webhook-id": message_id,
        "webhook-timestamp": moment,
        "webhook-signature": f"v1,{base64.b64encode(digest).decode()}",
    }


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    server: "_Server"

    def do_POST(self) -> None:
        path = urlsplit(self.path).path
        raw = self.rfile.read(int(self.headers.get("content-length", "0")))
        if match := re.fullmatch(r"/v1/predictions/([^/]+)/cancel", path):
            self._answer("cancel", lambda: self._cancelled(match[1]))
        elif match := re.fullmatch(r"/v1/models/([^/]+/[^/]+)/predictions", path):
            self._answer("create", lambda: self._created(match[1], raw))
        elif path == "/v1/predictions":
            self._answer("create", lambda: self._created(None, raw))
        else:
            self._answer("unknown", _missing)

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        if match := re.fullmatch(r"/files/([^/]+)/output\.mp4", parts.path):
            self._file(match[1])
        elif parts.path == "/v1/predictions":
            self._answer("list", lambda: self._page(parse_qs(parts.query)))
        elif match := re.fullmatch(r"/v1/predictions/([^/]+)", parts.path):
            self._answer("get", lambda: self._got(match[1]))
        elif match := re.fullmatch(r"/v1/models/([^/]+/[^/]+)", parts.path):
            self._answer("model", lambda: self._model(match[1]))
        else:
            self._answer("unknown", _missing)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
        """Stay silent."""

    @property
    def _books(self) -> Books:
        return self.server.double.books

    def _answer(self, call: str, act: Any) -> None:
        fault = self._fault(call)
        if self.headers.get("authorization") != f"Bearer {self._books.token}":
            detail = "You did not pass a valid authentication token"
            self._send(401, {"title": "Unauthenticated", "detail": detail, "status": 401})
            return
        if fault is not None and not fault.is_done:
            self._fail(fault)
            return
        status, body = act()
        self.server.double.answering(call)
        if fault is None or status >= 400:
            self._send(status, body)
        else:
            self._fail(fault)

    def _fault(self, call: str) -> Fault | None:
        double = self.server.double
        with double.books.lock:
            headers = {name.lower(): value for name, value in self.headers.items()}
            double.calls.append((call, headers))
            if double.is_away:
                return Fault()
            waiting = double.faults.get(call)
            return waiting.popleft() if waiting else None

    def _fail(self, fault: Fault) -> None:
        if fault.status is None:
            self.close_connection = True
        else:
            self._send(fault.status, fault.body, fault.headers)

    def _send(self, status: int, body: object, headers: Mapping[str, str] | None = None) -> None:
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _created(self, model: str | None, raw: bytes) -> tuple[int, object]:
        body = json.loads(raw)
        slug = model or str(body.get("version", ""))
        if slug not in MODELS:
            return _missing()
        wrong = complaints(MODELS[slug], body.get("input"))
        if wrong:
            detail = "".join(f"- {each}\n" for each in wrong)
            return 422, {"title": "Input validation failed", "detail": detail, "status": 422}
        paid = self._books.accept(
            slug,
            body["input"],
            cancel_after=_seconds(self.headers.get("cancel-after")),
            webhook=body.get("webhook"),
            events=tuple(body.get("webhook_events_filter", ())),
        )
        return 201, self._books.document(paid, self.server.double.url)

    def _got(self, prediction_id: str) -> tuple[int, object]:
        paid = self._books.known(prediction_id)
        if paid is None:
            return _missing()
        self._books.look(paid)
        return 200, self._books.document(paid, self.server.double.url)

    def _cancelled(self, prediction_id: str) -> tuple[int, object]:
        paid = self._books.known(prediction_id)
        if paid is None:
            return _missing()
        self._books.cancel(paid)
        return 200, self._books.document(paid, self.server.double.url)

    def _page(self, query: Mapping[str, list[str]]) -> tuple[int, object]:
        books, url = self._books, self.server.double.url
        listed = books.listed()
        # A cursor names an entry, so that new ones do not push old ones over the edge.
        after = query.get("cursor", [""])[0]
        ids = [each.id for each in listed]
        start = ids.index(after) + 1 if after in ids else 0
        shown = listed[start : start + books.page_size]
        more = len(listed) > start + books.page_size
        return 200, {
            "previous": None,
            "next": f"{url}/v1/predictions?cursor={shown[-1].id}" if more else None,
            "results": [books.document(each, url, listed=True) for each in shown],
        }

    def _model(self, slug: str) -> tuple[int, object]:
        if slug not in MODELS:
            return _missing()
        owner, name = slug.split("/")
        return 200, {
            "url": f"{self.server.double.url}/{slug}",
            "owner": owner,
            "name": name,
            "description": None,
            "visibility": "public",
            "github_url": None,
            "paper_url": None,
            "license_url": None,
            "run_count": 1,
            "cover_image_url": None,
            "default_example": None,
            "latest_version": {
                "id": "0" * 64,
                "created_at": "2026-01-01T00:00:00Z",
                "cog_version": "0.16.0",
                "openapi_schema": schema(MODELS[slug]),
            },
        }

    def _file(self, prediction_id: str) -> None:
        fault, paid = self._fault("file"), self._books.known(prediction_id)
        if fault is not None and not fault.is_half:
            self._fail(fault)
            return
        if paid is None or self._books.document(paid, "")["output"] is None:
            self._send(404, {"detail": "Not found"})
            return
        self.server.double.answering("file")
        data = (paid.fate.footage or self._books.footage).read_bytes()
        status, part, headers = _ranged(data, self.headers.get("range"))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("content-type", "video/mp4")
        self.send_header("content-length", str(len(part)))
        self.end_headers()
        if fault is not None:
            self.wfile.write(part[: len(part) // 2])
            self.close_connection = True
        else:
            self.wfile.write(part)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128
    double: Double

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of clients that hang up, or die."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def serving(footage: Path, **facts: Any) -> Iterator[Double]:
    """Run a service until the block is left.

    Args:
        footage: What its predictions usually make.
        facts: Of its `Books`.
    """
    door = _Door()
    books = Books(footage, **facts)
    double = Double(f"http://127.0.0.1:{door.port}", books)
    books.deliver = double.deliver
    double.refuse = lambda is_closed: door.close() if is_closed else door.open(double)
    door.open(double)
    try:
        yield double
    finally:
        door.close()


class _Door:
    """A port that is listened at, or not; while it is not, connections are refused."""

    def __init__(self) -> None:
        self._server: _Server | None = _Server(("127.0.0.1", 0), Handler)
        self._thread: threading.Thread | None = None
        self.port = self._server.server_port

    def open(self, double: Double) -> None:
        if self._thread is not None:
            return
        self._server = self._server or _Server(("127.0.0.1", self.port), Handler)
        self._server.double = double
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.02,), daemon=True
        )
        self._thread.start()

    def close(self) -> None:
        if self._server is None or self._thread is None:
            return
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
        self._server = self._thread = None


def _missing() -> tuple[int, object]:
    return 404, {"detail": "The requested resource could not be found.", "status": 404}


def _seconds(text: str | None) -> float | None:
    """Read a duration such as `300s`, `5m` or `90`."""
    if text is None:
        return None
    match = re.fullmatch(r"(\d+)([smh]?)", text)
    assert match, text
    return int(match[1]) * {"": 1, "s": 1, "m": 60, "h": 3600}[match[2]]


def _ranged(data: bytes, wanted: str | None) -> tuple[int, bytes, dict[str, str]]:
    """Return status, bytes and headers of a file or one range of it."""
    headers = {"accept-ranges": "bytes"}
    match = re.fullmatch(r"bytes=(\d+)-(\d*)", wanted or "")
    if match is None:
        return 200, data, headers
    start, stop = int(match[1]), int(match[2] or len(data) - 1) + 1
    part = data[start:stop]
    headers["content-range"] = f"bytes {start}-{start + len(part) - 1}/{len(data)}"
    return 206, part, headers
