"""The server, and how it stops.

Uvicorn waits for open answers before it tells the app to stop; an event stream is never
over, so it would wait in vain and then cut it off. This one ends the streams first.

Uvicorn also sends a signal that stopped it on to the process, which would die at once.
This one only returns: what runs beside the server (edits!) is put away by its owner.
"""

import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

import uvicorn
from fastapi import FastAPI
from uvicorn.server import HANDLED_SIGNALS

from clipbot.api.context import desk_of

_GRACE_SECONDS: Final = 5
"""For what is still being sent when the server is told to stop."""
_IDLE_SECONDS: Final = 75
"""For a quiet connection: longer than proxies keep theirs, so that they are the ones to close."""


class Server(uvicorn.Server):
    """A uvicorn server that ends the event streams first, and keeps signals to itself."""

    def __init__(self, config: uvicorn.Config, before_shutdown: Callable[[], None]) -> None:
        super().__init__(config)
        self._before_shutdown = before_shutdown

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Take a signal as the wish to stop, while the server runs."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        earlier = {each: signal.signal(each, self.handle_exit) for each in HANDLED_SIGNALS}
        try:
            yield
        finally:
            for number, handler in earlier.items():
                signal.signal(number, handler)

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
        timeout_keep_alive=_IDLE_SECONDS,
    )
    return Server(config, desk_of(app).hub.close)
