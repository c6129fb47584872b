"""Signing in and out, as the browser does it: `/login` and `/logout`, beside the page.

Where one wanted to go (`next`) comes back only as a path of ours: an address from elsewhere
that leads here cannot lead on to somewhere else.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qs, urlsplit

from fastapi import APIRouter, HTTPException, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from clipbot.errors import (
    ClipbotError,
    NotSignedIn,
    SignInUnavailable,
    TooManyAttempts,
    WrongCredentials,
)
from clipbot.identity.base import Identity
from clipbot.identity.passwords import Passwords
from clipbot.ui.login_page import LoginPage, headers, with_password

START: Final = "/"
_MOST_BYTES: Final = 20_000
_LONGEST_NEXT: Final = 2_000
_OWN: Final = re.compile(r"/(?![/\\])[!-\[\]-~]*")
"""Printable ASCII without backslashes, and not `//`, which names another host."""
_NOT_BACK: Final = re.compile(r"/(login|logout|api|gradio_api)([/?#]|$)")


def own_path(wanted: str | None) -> str:
    """Return where to go after signing in: what was wanted if it is a page of ours."""
    if not wanted or len(wanted) > _LONGEST_NEXT or not _OWN.fullmatch(wanted):
        return START
    parts = urlsplit(wanted)
    if parts.scheme or parts.netloc or _NOT_BACK.match(parts.path):
        return START
    return wanted


@dataclass(frozen=True, slots=True)
class PasswordForm:
    """The routes for signing in by e-mail address and password."""

    identity: Identity
    passwords: Passwords
    frame_ancestors: Collection[str] = ()

    def router(self) -> APIRouter:
        """Return the routes; to be included before the page is mounted."""
        routes = APIRouter(include_in_schema=False)
        routes.add_api_route("/login", self.show, methods=["GET"])
        routes.add_api_route("/login", self.sign_in, methods=["POST"])
        routes.add_api_route("/logout", self.sign_out, methods=["POST"])
        routes.add_api_route("/login/{rest:path}", nowhere, methods=["GET", "POST"])
        return routes

    def show(self, request: Request) -> Response:
        """Show the form; whoever is signed in goes on at once."""
        wanted = own_path(request.query_params.get("next"))
        try:
            self.identity.user({}, request.cookies)
        except NotSignedIn:
            has_left = "left" in request.query_params
            notice = "You are signed out." if has_left else ""
            return self._page(LoginPage(wanted, notice=notice))
        except SignInUnavailable as error:
            return self._page(LoginPage(wanted, trouble=str(error)), error)
        return RedirectResponse(wanted, 303, headers={"Cache-Control": "no-store"})

    async def sign_in(self, request: Request) -> Response:
        """Sign in and go on, or say why not."""
        fields = await _fields(request)
        wanted, email = own_path(fields.get("next")), fields.get("email", "")
        address = request.client.host if request.client else ""
        try:
            cookies = await run_in_threadpool(
                self.passwords.sign_in, address, email, fields.get("password", "")
            )
        except (NotSignedIn, TooManyAttempts, SignInUnavailable) as error:
            return self._page(LoginPage(wanted, email, str(error)), error)
        return gone(wanted, cookies)

    def sign_out(self, request: Request) -> Response:
        """Sign out, here and at Supabase."""
        return gone("/login?left", self.passwords.sessions.end(request.cookies))

    def _page(self, page: LoginPage, error: ClipbotError | None = None) -> Response:
        answer = HTMLResponse(with_password(page), headers=dict(headers(self.frame_ancestors)))
        match error:
            case TooManyAttempts(retry_after_seconds=seconds):
                answer.status_code = 429
                answer.headers["Retry-After"] = str(seconds)
            case SignInUnavailable():
                answer.status_code = 503
            case WrongCredentials() | NotSignedIn():
                answer.status_code = 401
        return answer


def nowhere(rest: str = "") -> None:
    """Keep what is below our own addresses from the page's framework, which knows some, too."""
    raise HTTPException(404, f"There is no page /login/{rest}")


def gone(to: str, cookies: Iterable[str]) -> Response:
    """Lead to another address, with cookies on the way."""
    answer = RedirectResponse(to, 303, headers={"Cache-Control": "no-store"})
    for cookie in cookies:
        answer.headers.append("Set-Cookie", cookie)
    return answer


async def _fields(request: Request) -> dict[str, str]:
    """Return the fields of a form; of one that is too long, none."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > _MOST_BYTES:
            return {}
    found = parse_qs(bytes(body).decode("utf-8", "replace"), keep_blank_values=True)
    return {name: values[0] for name, values in found.items()}
