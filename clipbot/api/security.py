"""What every request passes on its way in, and every answer on its way out.

With no sign-in, whoever can make a browser send a request to this server can spend the
budget. Two checks, on everything including the mounted page, close that door: the `Host`
header must be a name of ours (another site can lead its own name to 127.0.0.1), and what
changes something must come from our own pages (`Origin`). Programs send no `Origin`.

Plain ASGI, because Starlette's helper for middleware would hold back streams.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from clipbot.api.errors import plain

MAX_BODY_BYTES: Final = 2_000_000
"""Of a request to the API; the router stops bodies whose length is not announced."""
_API: Final = "/api/"
_SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_OWN_SITE: Final = frozenset({"same-origin", "none"})
_IMMUTABLE: Final = re.compile(r"/(assets|_app/immutable)/")
"""Files of the page's framework with a digest in their names."""
_IMMUTABLE_CACHE: Final = "public, max-age=31536000, immutable"

_HSTS: Final = "max-age=31536000"

# Gradio evaluates its templates and sets its styles in place; nothing comes from elsewhere.
_CSP: Final = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; media-src 'self' blob:; "
    "font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; object-src 'none'; "
    "base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
)


def is_immutable(path: str) -> bool:
    """Whether this is the address of a file that never changes, and that all may keep."""
    return _IMMUTABLE.match(path) is not None


def headers(frame_ancestors: Collection[str] = (), *, is_https: bool = False) -> Mapping[str, str]:
    """Return the headers of every answer.

    Args:
        frame_ancestors: Sites, besides our own, that may show the page in a frame.
        is_https: Whether people reach the page by https only.
    """
    # Older browsers know this one alone; it cannot name other sites.
    framing = {} if frame_ancestors else {"X-Frame-Options": "SAMEORIGIN"}
    transport = {"Strict-Transport-Security": _HSTS} if is_https else {}
    return {
        **framing,
        **transport,
        "Content-Security-Policy": " ".join((_CSP, *frame_ancestors)),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    }


@dataclass(slots=True)
class SecurityHeaders:
    """Adds headers to every answer, and says what browsers may keep: the framework's files."""

    app: ASGIApp
    headers: Mapping[str, str]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and add to its answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                answered = MutableHeaders(scope=message)
                for name, value in self.headers.items():
                    answered.setdefault(name, value)
                if message["status"] == 200 and is_immutable(scope["path"]):  # noqa: PLR2004
                    answered["Cache-Control"] = _IMMUTABLE_CACHE
                elif scope["path"].startswith(_API):
                    answered.setdefault("Cache-Control", "no-store")
            await send(message)

        await self.app(scope, receive, sending)


@dataclass(slots=True)
class Guard:
    """Turns away what is for other hosts, too large, or a change that another site asks for."""

    app: ASGIApp
    host_names: Collection[str]
    """Names by which the server may be called; empty: by any."""
    origins: Collection[str]
    """Origins of our pages, besides the one that the request was sent to."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or turn it away."""
        refusal = self._refusal(scope) if scope["type"] == "http" else None
        await (refusal or self.app)(scope, receive, send)

    def _refusal(self, scope: Scope) -> Response | None:
        sent = Headers(scope=scope)
        host = sent.get("host", "").lower()
        if self.host_names and _name(host) not in self.host_names:
            return plain(400, "unknown_host", "This server does not go by that name.")
        if scope["path"].startswith(_API) and _length(sent) > MAX_BODY_BYTES:
            return plain(413, "too_large", "The request is too large.")
        if scope["method"] not in _SAFE_METHODS and not self._is_own(sent, host):
            return plain(403, "foreign_origin", "Other sites cannot change anything here.")
        return None

    def _is_own(self, sent: Headers, host: str) -> bool:
        origin = sent.get("origin")
        if origin is None:
            return sent.get("sec-fetch-site", "none") in _OWN_SITE
        # Only host and port are compared: behind a proxy the server does not see the scheme.
        return origin in self.origins or urlsplit(origin.lower()).netloc == host != ""


def _length(sent: Headers) -> int:
    length = sent.get("content-length", "")
    return int(length) if length.isascii() and length.isdigit() else 0


def _name(host: str) -> str:
    """Return a `Host` header without its port and brackets."""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""
