"""Requests to the API as its calls want them, or a clear refusal.

Bodies are read here, whole, before any call is asked: within a size, within a time, as
JSON that is not nested without end. So no call waits for a slow client, and whoever stands
behind (`repeats`) has the body at hand. A slash too many at an address does not matter,
and HEAD is GET without its body.
"""

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from clipbot.api.errors import plain
from clipbot.api.security import MAX_BODY_BYTES

_API: Final = "/api/"
_WITH_BODY: Final = frozenset({"POST", "PUT", "PATCH", "DELETE"})
_OWN_HEAD: Final = re.compile(r"\.(mp4|jpg)$|/events$")
"""Media answer HEAD by themselves; a stream has no end, so no HEAD."""
BODY_SECONDS: Final = 30.0
"""For a whole body to arrive."""
MAX_DEPTH: Final = 64
_TOKEN: Final = re.compile(rb'"(?:[^"\\]|\\.?)*+(?:"|\Z)|[\[\]{}]', re.DOTALL)
"""A string, which may end with the text, or a bracket. Linear, whatever the text."""

_SURROGATE: Final = re.compile(rb"\\u[dD][89a-fA-F]")


@dataclass(slots=True)
class Intake:
    """Reads bodies, and passes requests on in one form."""

    app: ASGIApp
    body_seconds: float = BODY_SECONDS

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or turn it away."""
        if scope["type"] != "http" or not scope["path"].startswith(_API):
            await self.app(scope, receive, send)
            return
        scope = {**scope, "path": scope["path"].rstrip("/")}
        if scope["method"] == "HEAD" and not _OWN_HEAD.search(scope["path"]):
            await self.app({**scope, "method": "GET"}, receive, _without_body(send))
        elif scope["method"] in _WITH_BODY:
            await self._with_body(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _with_body(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            async with asyncio.timeout(self.body_seconds):
                body = await _read(receive)
        except TimeoutError:
            closing = {"Connection": "close"}
            refusal = plain(
                408, "too_slow", "The request took too long to arrive.", headers=closing
            )
            await refusal(scope, receive, send)
            return
        if body is None:
            return  # whoever asked has left
        await (_refusal(scope, body) or self.app)(scope, _again(body, receive), send)


async def _read(receive: Receive) -> bytes | None:
    """Return the body, cut off behind the limit; None: the client has left."""
    chunks: list[bytes] = []
    length = 0
    while length <= MAX_BODY_BYTES:
        message = await receive()
        if message["type"] != "http.request":
            return None
        chunks.append(message.get("body", b""))
        length += len(chunks[-1])
        if not message.get("more_body", False):
            break
    return b"".join(chunks)


def _again(body: bytes, receive: Receive) -> Callable[[], Awaitable[Message]]:
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def receiving() -> Message:
        return waiting.pop() if waiting else await receive()

    return receiving


def _refusal(scope: Scope, body: bytes) -> Response | None:
    if len(body) > MAX_BODY_BYTES:
        return plain(413, "too_large", "The request is too large.", headers={"Connection": "close"})
    if body and not _is_json(Headers(scope=scope).get("content-type", "")):
        return plain(415, "unsupported_media_type", "Please send application/json.")
    if _is_too_deep(body):
        return plain(400, "malformed_json", "The body of the request is nested too deeply.")
    if _has_half_characters(body):
        return plain(400, "malformed_json", "The body of the request holds half a character.")
    return None


def _is_json(content_type: str) -> bool:
    kind = content_type.partition(";")[0].strip().lower()
    return kind == "application/json" or (
        kind.startswith("application/") and kind.endswith("+json")
    )


def _is_too_deep(body: bytes) -> bool:
    if body.count(b"[") + body.count(b"{") <= MAX_DEPTH:
        return False
    depth = 0
    for token in _TOKEN.finditer(body):
        if token[0] in {b"[", b"{"}:
            depth += 1
            if depth > MAX_DEPTH:
                return True
        elif token[0] in {b"]", b"}"}:
            depth -= 1
    return False


def _has_half_characters(body: bytes) -> bool:
    """Return whether a string is no text: an escaped half of a surrogate pair (RFC 8259, 8.2)."""
    if _SURROGATE.search(body) is None:
        return False
    try:
        json.dumps(json.loads(body), ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return True
    except ValueError:
        return False  # no JSON: the call says so
    return False


def _without_body(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.body":
            message = {**message, "body": b""}
        await send(message)

    return sending
