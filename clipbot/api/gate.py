"""The one place where a request is asked whose it is.

Everything passes here, also what belongs to the mounted page: its queue, its uploads, its
files. Only a list of addresses is open to everybody; a route that nobody thought of is
closed. Who was let in is written into the request's state, where `current_user` reads it.

A person who opens a page of ours in a browser is led to where one signs in, and back;
whatever else asks gets an error in the shape of all errors.
"""

import re
import time
from typing import Final
from urllib.parse import parse_qs, quote

import anyio
from anyio import CapacityLimiter, to_thread
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from clipbot.api.errors import answer, plain
from clipbot.api.links import is_opened_by_link, sign_with
from clipbot.api.security import is_immutable
from clipbot.errors import ClipbotError, LinkNotFound, NotSignedIn
from clipbot.identity.base import Admission, Credential, Door, Identity, Knock, let_in

LOGIN: Final = "/login"
OPEN: Final = frozenset(
    {
        ("GET", "/health"),
        ("POST", "/hooks/replicate"),
        ("GET", LOGIN),
        ("POST", LOGIN),
        ("GET", f"{LOGIN}/start"),
        ("GET", f"{LOGIN}/callback"),
        ("POST", "/logout"),
    }
)
"""What everybody may ask for: a sign of life, what providers sign, and signing in itself."""
_SHARED: Final = re.compile(
    r"(?:GET|HEAD) /api/v1/shared/[^/]+/(?:review|review\.csv|review\.json"
    r"|clips/[^/]+/(?:thumbnail\.jpg|versions/[^/]+/footage\.mp4))"
    r"|PUT /api/v1/shared/[^/]+/session"
    r"|GET /shared/[^/]+"
)
"""What a link to a review opens: it is asked for there, call by call (`api.shared`)."""
_CALLS: Final = ("/api/", "/gradio_api/")
_UNUSED: Final = tuple(
    f"/gradio_api/{name}"
    for name in ("upload", "proxy=", "process_recording", "vibe-", "undo-vibe-")
)
"""What the page's framework offers and the page does not need: files of strangers on our disk,
requests to others in our name, changes of the page itself."""
_EVENTS: Final = "/events"
_OVER: Final = "Your session has ended; please sign in again."
_AT_ONCE: Final = 32
"""Requests that may wait at once for somebody else to say whose they are."""


def is_open(method: str, path: str) -> bool:
    """Whether this is passed on without asking whose it is."""
    return (method, path) in OPEN or _SHARED.fullmatch(f"{method} {path}") is not None


class Gate:
    """Lets requests in, or answers for those who stay outside."""

    def __init__(self, app: ASGIApp, identity: Identity) -> None:
        self.app = app
        self._identity = identity
        self._limiter = CapacityLimiter(_AT_ONCE)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with its user, or answer it."""
        if scope["type"] == "websocket":
            # Nothing of ours and nothing of the page speaks it, so nobody is asked.
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http" or is_open(scope["method"], scope["path"]):
            await self.app(scope, receive, send)
            return
        try:
            admission = await self._admission(_knock(scope))
        except ClipbotError as error:
            await _refusal(scope, error)(scope, receive, send)
            return
        if scope["path"].startswith(_UNUSED):
            await plain(404, "not_found", "There is nothing here.")(scope, receive, send)
            return
        let_in(scope, admission)
        identity = self._identity
        sign_with(
            (lambda path: identity.link(admission, path)) if isinstance(identity, Door) else None
        )
        await self._passed(scope, receive, _with_cookies(send, admission), admission)

    async def _admission(self, knock: Knock) -> Admission:
        if isinstance(self._identity, Door):
            # It may ask somebody over the network; nobody else shall wait for that.
            return await to_thread.run_sync(self._identity.admit, knock, limiter=self._limiter)
        return Admission(self._identity.user(knock.headers, knock.cookies), Credential.NOTHING)

    async def _passed(
        self, scope: Scope, receive: Receive, send: Send, admission: Admission
    ) -> None:
        """Pass the request on; a stream of events ends when its session would."""
        if admission.expires_at is None or not scope["path"].endswith(_EVENTS):
            await self.app(scope, receive, send)
            return
        is_begun = is_over = False

        async def sending(message: Message) -> None:
            nonlocal is_begun, is_over
            is_begun = True
            is_over = message["type"] == "http.response.body" and not message.get("more_body")
            await send(message)

        with anyio.move_on_after(max(0.0, admission.expires_at - time.time())):
            await self.app(scope, receive, sending)
        if is_begun and not is_over:
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        elif not is_begun:
            await _refusal(scope, NotSignedIn(_OVER, is_refused=True))(scope, receive, send)


def _knock(scope: Scope) -> Knock:
    connection = HTTPConnection(scope)
    method, path = scope["method"], scope["path"]
    tokens = parse_qs(scope["query_string"].decode("latin-1"), keep_blank_values=True).get("token")
    is_link = tokens is not None and is_opened_by_link(method, path)
    return Knock(
        method=method,
        path=path,
        headers=connection.headers,
        cookies=connection.cookies,
        link=tokens[0] if tokens is not None and is_link else None,
        may_renew=not is_immutable(path),
    )


def _refusal(scope: Scope, error: ClipbotError) -> Response:
    if _is_navigation(scope) and not isinstance(error, LinkNotFound):
        query = scope["query_string"].decode("latin-1")
        wanted = quote(scope["path"]) + (f"?{query}" if query else "")
        response: Response = RedirectResponse(f"{LOGIN}?next={quote(wanted, safe='/')}", 303)
    else:
        response = answer(error)
    response.headers["Cache-Control"] = "no-store"
    return response


def _is_navigation(scope: Scope) -> bool:
    """Whether a person opens a page, rather than a script asking for something."""
    sent = Headers(scope=scope)
    mode = sent.get("sec-fetch-mode")
    is_page = mode == "navigate" if mode else "text/html" in sent.get("accept", "")
    return is_page and scope["method"] == "GET" and not scope["path"].startswith(_CALLS)


def _with_cookies(send: Send, admission: Admission) -> Send:
    if not admission.cookies:
        return send

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for cookie in admission.cookies:
                headers.append("Set-Cookie", cookie)
            if "public" in headers.get("cache-control", ""):
                headers["Cache-Control"] = "private, no-cache"
        await send(message)

    return sending
