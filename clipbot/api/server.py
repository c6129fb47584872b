"""The server, and how it stops.

Uvicorn waits for open answers before it tells the app to stop; an event stream is never
over, so it would wait in vain and then cut it off. This one ends the streams first.
"""

import socket
from collections.abc import Callable
from typing import Final

import uvicorn
from fastapi import FastAPI

from clipbot.api.context import desk_of

_GRACE_SECONDS: Final = 5
"""For what is still being sent when the server is told to stop."""


class Server(uvicorn.Server):
    """A uvicorn server that ends the event streams before it waits for open answers."""

    def __init__(self, config: uvicorn.Config, before_shutdown: Callable[[], None]) -> None:
        super().__init__(config)
        self._before_shutdown = before_shutdown

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop: first the streams, then the rest."""
        self._before_shutdown()
        await super().shutdown(sockets)


def server(app: FastAPI, *, host: str, port: int) -> Server:
    """Return a server for an app that `create` made; `run()` blocks until it is stopped.

    Args:
        app: With the page mounted, or without.
        host: Address to listen on.
        port: Port to listen on; 0: any free one.
    """
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        log_config=None,  # ours (logs.py) is the process's
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=_GRACE_SECONDS,
    )
    return Server(config, desk_of(app).hub.close)
