"""Signing in with somebody else's sign-in, and visiting where nobody signs in.

`/login/start` leads to the provider, `/login/callback` is where it leads back to.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from clipbot.errors import ClipbotError, NotSignedIn, SignInUnavailable
from clipbot.identity.members import Members
from clipbot.ui.login_page import LoginPage, headers, with_provider
from clipbot.ui.signin import START, gone, nowhere, own_path

_NAME: Final = "Hugging Face"
_REFUSED: Final = "You were not signed in; please try again."
_LONGEST: Final = 4_000


@dataclass(frozen=True, slots=True)
class ProviderForm:
    """The routes for signing in with a provider."""

    members: Members
    frame_ancestors: Collection[str] = ()

    def router(self) -> APIRouter:
        """Return the routes; to be included before the page is mounted."""
        routes = APIRouter(include_in_schema=False)
        routes.add_api_route("/login", self.show, methods=["GET"])
        routes.add_api_route("/login/start", self.start, methods=["GET"])
        routes.add_api_route("/login/callback", self.come_back, methods=["GET"])
        routes.add_api_route("/logout", self.sign_out, methods=["POST"])
        routes.add_api_route("/login", nowhere, methods=["POST"])
        routes.add_api_route("/login/{rest:path}", nowhere, methods=["GET", "POST"])
        return routes

    def show(self, request: Request) -> Response:
        """Show the way; whoever is signed in goes on at once."""
        wanted = own_path(request.query_params.get("next"))
        try:
            self.members.user({}, request.cookies)
        except NotSignedIn:
            has_left = "left" in request.query_params
            return self._page(LoginPage(wanted, notice="You are signed out." if has_left else ""))
        return gone(wanted, ())

    def start(self, request: Request) -> Response:
        """Lead to the provider."""
        wanted = own_path(request.query_params.get("next"))
        try:
            way, cookies = self.members.begin(wanted)
        except SignInUnavailable as error:
            return self._page(LoginPage(wanted, trouble=str(error)), error)
        return gone(way, cookies)

    def come_back(self, request: Request) -> Response:
        """Sign in whoever comes back from the provider, and lead them on."""
        state, code = (request.query_params.get(name, "") for name in ("state", "code"))
        if not state or not code or max(len(state), len(code)) > _LONGEST:
            return self._page(LoginPage(START, trouble=_REFUSED), NotSignedIn(_REFUSED))
        try:
            returned = self.members.complete(request.cookies, state, code)
        except (NotSignedIn, SignInUnavailable) as error:
            return self._page(LoginPage(START, trouble=str(error)), error)
        return gone(own_path(returned.next), returned.cookies)

    def sign_out(self, request: Request) -> Response:
        """Sign out here; one stays signed in at the provider."""
        return gone("/login?left", self.members.end(request.cookies))

    def _page(self, page: LoginPage, error: ClipbotError | None = None) -> Response:
        shown = with_provider(page, _NAME, in_own_tab=bool(self.frame_ancestors))
        status = 200 if error is None else 503 if isinstance(error, SignInUnavailable) else 401
        return HTMLResponse(shown, status, headers=dict(headers(self.frame_ancestors)))


def visiting() -> APIRouter:
    """Return the routes where nobody signs in: all ways lead to the page."""
    routes = APIRouter(include_in_schema=False)

    @routes.get("/login")
    @routes.get("/login/{rest:path}")
    @routes.post("/login")
    @routes.post("/logout")
    def go_in() -> Response:
        return RedirectResponse(START, 303, headers={"Cache-Control": "no-store"})

    return routes
