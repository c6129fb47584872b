"""One process, one port: REST, the page and the event streams on one app.

Beside `wiring` at the top: it opens a clipbot and serves it until it is stopped.
"""

import gc
import logging
from collections.abc import Collection

from fastapi import APIRouter, FastAPI
from fastapi.routing import iter_route_contexts

from clipbot.api import create, server
from clipbot.services.bundle import Services
from clipbot.settings import Settings
from clipbot.ui.mount import mount
from clipbot.ui.signin import PasswordForm
from clipbot.ui.signin_provider import ProviderForm, visiting
from clipbot.wiring import open_clipbot
from clipbot.wiring.people import People

logger = logging.getLogger(__name__)

_SPACES = ("https://huggingface.co",)
"""Shows a Space's page in a frame."""


def serve(settings: Settings) -> None:
    """Run the app until it is stopped.

    Raises:
        ConfigurationError: Something is set wrongly, or the database is not up to date.
    """
    with open_clipbot(settings, role="app") as clipbot:
        app = build(settings, clipbot.services, clipbot.people)
        _settle(app)
        logger.info("app started", extra={"url": f"http://{settings.host}:{settings.port}"})
        server(app, host=settings.host, port=settings.port).run()
    clipbot.depart()


def _settle(app: FastAPI) -> None:
    """Have done with what is done once, before anybody waits for it.

    FastAPI works out its routes when they are first asked for; and Python's garbage collector
    goes through all that was imported, again and again, unless it is told to leave that alone.
    """
    for _ in iter_route_contexts(app.routes):
        pass
    gc.collect()
    gc.freeze()


def build(settings: Settings, services: Services, people: People) -> FastAPI:
    """Return the app with the page mounted."""
    frames = _SPACES if settings.is_space else ()
    app = create(
        services,
        people.identity,
        host_names=settings.host_names,
        origins=settings.origins,
        frame_ancestors=frames,
        is_https=settings.is_public,
    )
    return mount(
        app,
        services,
        people.identity,
        sign_in=_sign_in(people, frames),
        frame_ancestors=frames,
    )


def _sign_in(people: People, frames: Collection[str]) -> APIRouter | None:
    if people.passwords is not None:
        return PasswordForm(people.identity, people.passwords, frames).router()
    if people.members is not None:
        return ProviderForm(people.members, frames).router()
    if people.are_visitors:
        return visiting()
    return None
