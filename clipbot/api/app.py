"""The REST app: all calls, all checks; the page is mounted on it by whoever serves it."""

from collections.abc import AsyncIterator, Callable, Collection
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any, Final

from fastapi import APIRouter, FastAPI, Security
from fastapi.middleware.cors import CORSMiddleware
from fastapi.routing import APIRoute
from fastapi.security import HTTPBearer

from clipbot import __version__
from clipbot.api import (
    attention,
    clips,
    compare,
    consistency,
    describing,
    edits,
    errors,
    events,
    exports,
    fragments,
    freshness,
    gate,
    health,
    history,
    hooks,
    intake,
    jobs,
    me,
    media,
    offers,
    previews,
    quotes,
    repeats,
    reviews,
    security,
    shared,
    shares,
    slots,
    takes,
    templates,
    unknown,
    versions,
    wave,
    webhooks,
)
from clipbot.api.context import Desk, bind
from clipbot.api.hub import Hub
from clipbot.api.recent import Recent
from clipbot.identity.base import Identity
from clipbot.identity.cookies import Jar
from clipbot.services.bundle import Services

PREFIX: Final = "/api/v1"
_NOUNS: Final = (
    jobs,
    clips,
    consistency,
    wave,
    media,
    fragments,
    quotes,
    edits,
    attention,
    events,
    compare,
    versions,
    reviews,
    shares,
    shared,
    offers,
    history,
    slots,
    takes,
    previews,
    exports,
    templates,
    webhooks,
    me,
)
_DESCRIPTION: Final = """\
Edit a music video clip by clip, by telling it what should change.

`clip_index` and places in addresses count from 0; clip numbers in plans, `selected` and
version numbers count from 1, as people do. Money is written as decimal strings in US
dollars, times in seconds. Every error has the same shape: a `code` for programs, one
sentence for people, and whether the same request may succeed later.
"""


def create(
    services: Services,
    identity: Identity,
    *,
    host_names: Collection[str] = (),
    origins: Collection[str] = (),
    frame_ancestors: Collection[str] = (),
    is_https: bool = False,
) -> FastAPI:
    """Return the app, without the page.

    Mount the page afterwards: what is mounted at `/` gets all that no call of ours wants.
    Run it with `server.run`, so that open event streams end when the server stops.

    Args:
        services: What the calls call.
        identity: Knows who asks.
        host_names: Names by which the server may be called; empty: by any.
        origins: Origins that may call with a person's cookies, besides the server's own.
        frame_ancestors: Sites, besides our own, that may show the page in a frame.
        is_https: Whether people reach it by https only.
    """
    hub = Hub(services.regenerations.events)
    app = _Api(
        title="clipbot",
        version=__version__,
        description=_DESCRIPTION,
        openapi_url=f"{PREFIX}/openapi.json",
        docs_url=None,  # they load scripts from elsewhere
        redoc_url=None,
        generate_unique_id_function=_operation_id,
        lifespan=_until(hub.close),
    )
    jar = Jar(is_secure=is_https, is_framed=bool(frame_ancestors))
    bind(app, Desk(services, identity, hub, Recent(), jar))
    errors.install(app)
    app.include_router(health.router)
    app.include_router(hooks.router)
    app.include_router(_calls(), prefix=PREFIX)
    # The last one added is the first one asked.
    app.add_middleware(errors.LastResort)  # behind `Repeats`, which keeps its answers, too
    app.add_middleware(repeats.Repeats)
    app.add_middleware(freshness.Freshness)
    app.add_middleware(intake.Intake)
    app.add_middleware(gate.Gate, identity=identity)
    app.add_middleware(errors.LastResort)  # for those above
    # Present even without origins: Gradio lets every origin in where its parent has none.
    app.add_middleware(
        CORSMiddleware,
        allow_origins=list(origins),
        allow_credentials=True,
        allow_methods=["*"],
        allow_headers=["*"],
        expose_headers=["Content-Range", "ETag", "Idempotency-Replayed", "Retry-After"],
    )
    app.add_middleware(security.Guard, host_names=frozenset(host_names), origins=frozenset(origins))
    headers = security.headers(frame_ancestors, is_https=is_https)
    app.add_middleware(security.SecurityHeaders, headers=headers)
    return app


class _Api(FastAPI):
    """FastAPI, with our description of the calls."""

    def openapi(self) -> dict[str, Any]:
        """Return the description; it is put together once."""
        if self.openapi_schema is None:
            self.openapi_schema = describing.completed(super().openapi())
        return self.openapi_schema


def _calls() -> APIRouter:
    # The gate has let in whoever gets here; this tells it to those who generate clients.
    told = [Security(HTTPBearer(auto_error=False, bearerFormat="JWT"))]
    calls = APIRouter(
        max_body_size=security.MAX_BODY_BYTES, responses=errors.ANY, dependencies=told
    )
    for noun in _NOUNS:
        calls.include_router(noun.router)
    routes = [route for noun in _NOUNS for route in noun.router.routes]
    calls.include_router(unknown.router([r for r in routes if isinstance(r, APIRoute)]))
    return calls


def _operation_id(route: APIRoute) -> str:
    """Name a call after its function: `regenerate_clip`."""
    return route.name


def _until(stop: Callable[[], None]) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        stop()

    return lifespan
