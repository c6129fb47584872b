"""One process, one port: REST, the page and the event streams on one app.

Beside `wiring` at the top: it opens a clipbot and serves it until it is stopped.
"""

import logging

from fastapi import FastAPI

from clipbot.api import create, server
from clipbot.identity.none import NoIdentity
from clipbot.services.bundle import Services
from clipbot.settings import Settings
from clipbot.ui.mount import mount
from clipbot.wiring import open_clipbot

logger = logging.getLogger(__name__)

_SPACES = ("https://huggingface.co",)
"""Shows a Space's page in a frame."""


def serve(settings: Settings) -> None:
    """Run the app until it is stopped.

    Raises:
        ConfigurationError: Something is set wrongly, or the database is not up to date.
    """
    with open_clipbot(settings, role="app") as clipbot:
        app = build(settings, clipbot.services)
        logger.info("app started", extra={"url": f"http://{settings.host}:{settings.port}"})
        server(app, host=settings.host, port=settings.port).run()
    clipbot.depart()


def build(settings: Settings, services: Services) -> FastAPI:
    """Return the app with the page mounted."""
    identity = NoIdentity()
    app = create(
        services,
        identity,
        host_names=settings.host_names,
        origins=settings.origins,
        frame_ancestors=_SPACES if settings.is_space else (),
    )
    return mount(app, services, identity)
