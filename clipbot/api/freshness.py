"""Whether what a client keeps of an answer is still good.

Every JSON answer to a GET has a strong entity tag, made of its bytes. A client that sends
it back with `If-None-Match` is told in 304 that nothing changed. Answers that say
themselves how they may be kept (streams, media, events) pass through untouched.
"""

from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from clipbot.api.ranges import is_listed

_API: Final = "/api/"
_OK: Final = 200


@dataclass(slots=True)
class Freshness:
    """Adds entity tags to JSON answers, and leaves out bodies that are known."""

    app: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and look at its answer."""
        is_asked = scope["type"] == "http" and scope["method"] == "GET"
        if is_asked and scope["path"].startswith(_API):
            kept = Headers(scope=scope).get("if-none-match", "")
            await self.app(scope, receive, _Answer(send, kept))
        else:
            await self.app(scope, receive, send)


@dataclass(slots=True)
class _Answer:
    """Holds an answer back until it is whole, if it is one that gets a tag."""

    send: Send
    kept: str
    start: Message | None = None
    chunks: list[bytes] = field(default_factory=list)

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _is_tagged(message):
            self.start = message
        elif self.start is None or message["type"] != "http.response.body":
            await self.send(message)
        else:
            self.chunks.append(message.get("body", b""))
            if not message.get("more_body", False):
                await self._finish(self.start, b"".join(self.chunks))

    async def _finish(self, start: Message, body: bytes) -> None:
        headers = MutableHeaders(raw=list(start["headers"]))
        headers["ETag"] = etag = f'"{blake2b(body, digest_size=16).hexdigest()}"'
        headers["Cache-Control"] = "private, no-cache"
        status = start["status"]
        if self.kept and is_listed(self.kept, etag):
            status, body = 304, b""
            del headers["content-length"], headers["content-type"]
        await self.send({**start, "status": status, "headers": headers.raw})
        await self.send({"type": "http.response.body", "body": body})


def _is_tagged(start: Message) -> bool:
    headers = Headers(raw=start["headers"])
    is_json = headers.get("content-type", "").startswith("application/json")
    is_untouched = "etag" not in headers and "cache-control" not in headers
    return start["status"] == _OK and is_json and is_untouched
