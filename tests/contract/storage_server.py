"""A double of Supabase's storage on this machine, as `facts/services.md` §1.2 measured it.

Real sockets, a free port, ended with its block. Whatever is no success is HTTP 400 with the
true status as a string in the body. Signed addresses are HS256 tokens with whole seconds.
A fault is done to one call, in the order of arrival. Parts of an upload come in the order
in which httpx sends them: fields first, the file last.
"""

import json
import re
import threading
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.message import Message
from email.utils import format_datetime, formatdate
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from time import time
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlsplit
from uuid import uuid4

import jwt

from clipbot.blobs.buckets import BUCKETS
from tests.contract.storage_shelf import BucketRow, Refused, Shelf, Stored, facts

SERVICE_KEY = "sb_secret_of_the_double_never_decoded"
PREFIX = "/storage/v1"
_SECRET = "a signing secret of the double, long enough"
_CHUNK = 64 * 1024
_PATIENCE_SECONDS = 60.0


@dataclass(frozen=True)
class Fault:
    """What is done to a call instead of answering it."""

    status: int | None = None
    """Of HTTP; None: hang up without a word."""
    body: bytes = b"<html>bad gateway</html>"
    headers: Mapping[str, str] = field(default_factory=dict)
    is_done: bool = False
    """Whether the call has its effect all the same."""
    cut_at: int | None = None
    """A file breaks off behind so many bytes."""
    ruin: Callable[[bytes], bytes] | None = None
    """What becomes of each chunk of a file."""
    held: threading.Event | None = None
    """The rest of a file, behind its first chunk, is sent when this is set."""


DROPPED = Fault(is_done=True)
"""The request was read, and did what it asked for; then the connection broke."""
HUNG_UP = Fault()
BROKEN = Fault(500, b'{"statusCode":"500","error":"Internal","message":"Internal Server Error"}')
AWAY = Fault(503, b"upstream connect error")
GARBAGE = Fault(200, b"<html>200 OK</html>", is_done=True)
HOLLOW = Fault(200, b"{}", is_done=True)


def complaint(status: str, error: str, message: str, *, http: int = 400) -> Fault:
    """Return an answer in the storage's own shape."""
    body = {"statusCode": status, "error": error, "message": message}
    return Fault(http, json.dumps(body).encode())


@dataclass
class Double:
    """A running storage."""

    url: str
    """As SUPABASE_URL is set."""
    shelf: Shelf
    key: str = SERVICE_KEY
    faults: dict[str, deque[Fault | None]] = field(default_factory=dict)
    """By call: `upload`, `info`, `list`, `sign`, `file`, `remove`, `bucket`; None: it goes well."""
    is_away: bool = False
    """Whether it hangs up on everybody."""
    ahead_seconds: float = 0.0
    """How far its clock is ahead: tokens expire earlier."""
    answering: Callable[[str], None] = lambda _: None
    """Told of a call that has had its effect, before it is answered."""
    calls: list[tuple[str, str, Mapping[str, str]]] = field(default_factory=list)
    """Every call: kind, path with query, headers (names in lower case)."""

    @property
    def address(self) -> str:
        """Of the storage itself."""
        return f"{self.url}{PREFIX}"

    def fail(self, call: str, *faults: Fault | None) -> None:
        """Let the next calls of a kind go wrong."""
        self.faults.setdefault(call, deque()).extend(faults)

    def count(self, call: str) -> int:
        """Return how often a call was made."""
        return sum(kind == call for kind, _, _ in self.calls)

    def content(self, key: str) -> bytes:
        """Return what is stored under a key."""
        return self.shelf.objects[key].read

    def store(self, key: str, content: bytes, **metadata: str) -> None:
        """Put an object there as somebody else would."""
        file = self.shelf.folder / uuid4().hex
        file.write_bytes(content)
        self.shelf.keep(
            key, file, "video/mp4", cache_control="max-age=60", metadata=metadata, may_replace=True
        )

    def now(self) -> float:
        """Return its time."""
        return time() + self.ahead_seconds


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    server: "_Server"

    def do_POST(self) -> None:
        self._routed(
            (r"/object/sign/([^/]+)/(.+)", "sign", self._signed),
            (r"/object/list/([^/]+)", "list", self._listed),
            (r"/object/([^/]+)/(.+)", "upload", self._uploaded),
        )

    def do_PUT(self) -> None:
        self._routed((r"/object/([^/]+)/(.+)", "upload", self._uploaded))

    def do_DELETE(self) -> None:
        self._routed((r"/object/([^/]+)", "remove", self._removed))

    def do_GET(self) -> None:
        self._routed(
            (r"/object/info/([^/]+)/(.+)", "info", self._facts),
            (r"/object/sign/([^/]+/.+)", "file", self._file),
            (r"/object/public/([^/]+)/(.+)", "public", self._public),
            (r"/bucket/([^/]+)", "bucket", self._bucket),
            (r"/bucket", "bucket", self._buckets),
        )

    def do_HEAD(self) -> None:
        self.do_GET()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        """Say nothing."""

    def _routed(self, *routes: tuple[str, str, Callable[..., Any]]) -> None:
        double = self.server.double
        path = urlsplit(self.path).path.removeprefix(PREFIX)
        for pattern, call, act in routes:
            match = re.fullmatch(pattern, path)
            if match:
                headers = {name.lower(): value for name, value in self.headers.items()}
                double.calls.append((call, self.path, headers))
                self._answer(call, partial(act, *map(unquote, match.groups())))
                return
        self._refuse(Refused("404", "not_found", f"Route {self.command}:{path} not found"))

    def _answer(self, call: str, act: Callable[[], Any]) -> None:
        double = self.server.double
        waiting = double.faults.get(call)
        fault = waiting.popleft() if waiting else None
        if double.is_away or (fault and fault.status is None and not _is_partial(fault)):
            if fault and fault.is_done:
                with suppress(Refused):
                    act()
            self._hang_up()
            return
        try:
            if call not in {"file", "public"}:
                self._check_key()
            if fault and fault.status is not None:
                if fault.is_done:
                    act()
                else:
                    self._drain()
                self._send(fault.status, fault.body, "text/html", fault.headers)
                return
            done = act()
            double.answering(call)
            if isinstance(done, Stored):
                self._send_file(done, fault)
            else:
                self._send(200, json.dumps(done).encode(), "application/json")
        except Refused as refused:
            self._refuse(refused)

    def _check_key(self) -> None:
        bearer = self.headers.get("authorization", "").removeprefix("Bearer ")
        if bearer != self.server.double.key:
            self._drain()
            raise Refused("403", "Unauthorized", "Invalid Compact JWS")

    def _uploaded(self, bucket: str, path: str) -> dict[str, str]:
        shelf = self.server.double.shelf
        length = int(self.headers.get("content-length", "0"))
        file = shelf.folder / uuid4().hex
        fields, mimetype = self._received(file, length)
        shelf.check(bucket, path, file.stat().st_size, mimetype)
        may_replace = self.command == "PUT" or self.headers.get("x-upsert") == "true"
        shelf.keep(
            f"{bucket}/{path}",
            file,
            mimetype,
            cache_control=f"max-age={fields.get('cacheControl', '3600')}",
            metadata=json.loads(fields.get("metadata", "{}")),
            may_replace=may_replace,
        )
        return {"Key": f"{bucket}/{path}", "Id": str(uuid4())}

    def _received(self, file: Path, length: int) -> tuple[dict[str, str], str]:
        """Write the file of a multipart body; return its fields, and the file's type."""
        told = Message()
        told["content-type"] = self.headers["content-type"]
        boundary = str(told.get_param("boundary")).encode()
        end = b"\r\n--" + boundary + b"--\r\n"
        fields: dict[str, str] = {}
        left = length - len(self.rfile.readline())
        while True:
            part = Message()
            while (line := self.rfile.readline()) not in {b"\r\n", b""}:
                left -= len(line)
                name, _, value = line.decode().partition(":")
                part[name] = value.strip()
            left -= 2
            name = str(part.get_param("name", header="content-disposition"))
            if part.get_filename() is not None:
                break
            line = self.rfile.readline()
            fields[name] = line.rstrip(b"\r\n").decode()
            left -= len(line) + len(self.rfile.readline())
        self._copy(file, left - len(end))
        if self.rfile.read(len(end)) != end:
            raise Refused("400", "InvalidRequest", "the file is not the last part")
        return fields, str(part["content-type"])

    def _copy(self, file: Path, size: int) -> None:
        with file.open("wb") as dest:
            while size:
                data = self.rfile.read(min(_CHUNK, size))
                if not data:  # The connection was cut: nothing appears.
                    raise ConnectionResetError
                dest.write(data)
                size -= len(data)

    def _signed(self, bucket: str, path: str) -> dict[str, str]:
        double, key = self.server.double, f"{bucket}/{path}"
        seconds = int(self._json()["expiresIn"])
        if seconds < 1:
            raise Refused("400", "Error", "body/expiresIn must be >= 1")
        double.shelf.get(key)
        now = int(double.now())
        claims = {"url": key, "scope": "download", "iat": now, "exp": now + seconds}
        token = jwt.encode(claims, _SECRET, algorithm="HS256")
        return {"signedURL": f"/object/sign/{quote(key)}?token={token}"}

    def _listed(self, bucket: str) -> list[dict[str, Any]]:
        asked = self._json()
        return self.server.double.shelf.listed(
            bucket, asked["prefix"], int(asked["limit"]), int(asked["offset"])
        )

    def _removed(self, bucket: str) -> list[dict[str, Any]]:
        return self.server.double.shelf.remove(bucket, self._json()["prefixes"])

    def _facts(self, bucket: str, path: str) -> dict[str, Any]:
        key = f"{bucket}/{path}"
        return facts(key, self.server.double.shelf.get(key))

    def _public(self, bucket: str, path: str) -> Stored:
        shelf = self.server.double.shelf
        if not shelf.bucket(bucket).public:
            raise Refused("404", "Bucket not found", "Bucket not found")
        return shelf.get(f"{bucket}/{path}")

    def _bucket(self, name: str) -> dict[str, Any]:
        return _bucket(name, self.server.double.shelf.bucket(name))

    def _buckets(self) -> list[dict[str, Any]]:
        return [_bucket(name, row) for name, row in self.server.double.shelf.buckets.items()]

    def _file(self, key: str) -> Stored:
        """Return what a signed address leads to, or why it leads nowhere."""
        double = self.server.double
        tokens = parse_qs(urlsplit(self.path).query).get("token")
        if not tokens:
            raise Refused("400", "InvalidRequest", "querystring must have property 'token'")
        try:
            claims = jwt.decode(
                tokens[0],
                _SECRET,
                algorithms=["HS256"],
                options={"verify_exp": False, "verify_iat": False},
            )
        except jwt.PyJWTError:
            raise Refused("400", "InvalidJWT", "signature verification failed") from None
        if claims["exp"] <= double.now():
            raise Refused("400", "InvalidJWT", '"exp" claim timestamp check failed')
        if claims["url"] != key:
            raise Refused("400", "InvalidSignature", "The url do not match the signature")
        self.expires = float(claims["exp"])
        return double.shelf.get(key)

    def _send_file(self, stored: Stored, fault: Fault | None) -> None:
        etag, range_ = f'"{stored.etag}"', self.headers.get("range")
        if self.headers.get("if-none-match") == etag:
            self.send_response(304)
            self.end_headers()
            return
        start, stop = 0, stored.size
        if range_:
            wanted = re.fullmatch(r"bytes=(?:(\d+)-(\d*)|-(\d+))", range_)
            if wanted and wanted[3]:
                start = max(0, stored.size - int(wanted[3]))
            elif wanted:
                start = int(wanted[1])
                stop = min(stored.size, int(wanted[2]) + 1 if wanted[2] else stored.size)
            if not wanted or start >= stored.size:
                body = Refused("416", "invalid_range", "The requested range is not satisfiable")
                self._send(416, json.dumps(body.body).encode(), "application/json")
                return
        self.send_response(206 if range_ else 200)
        if range_:
            self.send_header("Content-Range", f"bytes {start}-{stop - 1}/{stored.size}")
        for name, value in {
            "Accept-Ranges": "bytes",
            "Content-Length": str(stop - start),
            "Content-Type": stored.mimetype,
            "ETag": etag,
            "Last-Modified": format_datetime(stored.made, usegmt=True),
            "Expires": formatdate(getattr(self, "expires", 0.0), usegmt=True),
        }.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self._send_bytes(stored.file, start, stop, fault)

    def _send_bytes(self, file: Path, start: int, stop: int, fault: Fault | None) -> None:
        ends = stop if fault is None or fault.cut_at is None else min(stop, fault.cut_at)
        with file.open("rb") as source:
            source.seek(start)
            while (left := ends - source.tell()) > 0:
                data = source.read(min(_CHUNK, left))
                self.wfile.write(fault.ruin(data) if fault and fault.ruin else data)
                if fault and fault.held:
                    fault.held.wait(_PATIENCE_SECONDS)
        if ends < stop:
            self._hang_up()

    def _json(self) -> Any:
        return json.loads(self.rfile.read(int(self.headers.get("content-length", "0"))))

    def _drain(self) -> None:
        """Read what was sent, so that whoever sends it reads the answer."""
        left = int(self.headers.get("content-length", "0"))
        while left:
            left -= len(self.rfile.read(min(_CHUNK, left))) or left

    def _refuse(self, refused: Refused) -> None:
        # The status on the wire is 400 whatever happened; a HEAD has no body to say more.
        self.close_connection = True
        self._send(400, json.dumps(refused.body).encode(), "application/json")

    def _send(
        self, status: int, body: bytes, type_: str, headers: Mapping[str, str] | None = None
    ) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Type", type_)
        self.send_header("Content-Length", str(len(body)))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _hang_up(self) -> None:
        self.close_connection = True
        with suppress(OSError):
            self.wfile.flush()
            self.connection.shutdown(2)


def _is_partial(fault: Fault) -> bool:
    return (fault.cut_at, fault.ruin, fault.held) != (None, None, None)


def _bucket(name: str, row: BucketRow) -> dict[str, Any]:
    dates = dict.fromkeys(("created_at", "updated_at"), "2026-01-01T10:00:00.000Z")
    return {"id": name, "name": name, "owner": "", "type": "STANDARD", **dates, **vars(row)}


class _Server(ThreadingHTTPServer):
    """Knows its double."""

    daemon_threads = True
    request_queue_size = 64
    double: Double

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of connections that broke: some are meant to."""


@contextmanager
def storage(folder: Path) -> Iterator[Double]:
    """Run a storage with the pipeline's five private buckets, until the block is left."""
    folder.mkdir(parents=True, exist_ok=True)
    with _Server(("127.0.0.1", 0), Handler) as server:
        rows = {name: BucketRow(file_size_limit=most) for name, most in BUCKETS.items()}
        server.double = Double(f"http://127.0.0.1:{server.server_port}", Shelf(folder, rows))
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield server.double
        finally:
            server.shutdown()
            thread.join()
