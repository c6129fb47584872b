"""What is known of a cog server: how it is, and what its model takes.

Asked when it is first needed, and remembered. The schema is asked for again only when the
server was started anew: it may run another model then.
"""

import contextlib
import threading
from dataclasses import dataclass, replace
from http import HTTPStatus
from time import monotonic
from typing import Final

from clipbot.renderers.cog_model import Model, read
from clipbot.renderers.cog_server import CogServer, TooLarge, Unanswered

_OK: Final = HTTPStatus.OK
_NONE: Final = HTTPStatus.NOT_FOUND
"""Old servers have no health check, and old models no schema."""
_SAID: Final = frozenset({_OK, _NONE, HTTPStatus.SERVICE_UNAVAILABLE})
"""With which a server says that there is no schema, or none yet."""
_FRESH_SECONDS: Final = 60.0
_RETRY_SECONDS: Final = 10.0
_WAITING: Final = frozenset({"STARTING", "BUSY", "UNKNOWN"})
_BROKEN: Final = frozenset({"SETUP_FAILED", "DEFUNCT", "UNHEALTHY"})
"""As cog names them in its health check; there is no way back from these."""


@dataclass(frozen=True, slots=True)
class Facts:
    """A server as last seen."""

    model: Model | None = None
    """None: not known yet, or the server does not say."""
    is_ready: bool = False
    """Whether it could begin at once."""
    is_away: bool = False
    """Whether it did not answer, or not soundly."""
    started: object = None
    """When, in its own words."""


class Known:
    """What is known of a server. Safe to share between threads."""

    def __init__(self, server: CogServer) -> None:
        self._server = server
        self._facts = Facts()
        self._again_at = 0.0
        self._glancing: threading.Thread | None = None
        self._lock = threading.Lock()

    def look(self) -> Facts:
        """Ask the server, and return what it said.

        Raises:
            Unanswered: It is away, broken, or no cog server.
        """
        try:
            facts = self._asked()
        except TooLarge as error:
            self._note(replace(self._facts, is_ready=False, is_away=True))
            raise Unanswered("its server says too much", was_sent=False) from error
        except Unanswered as error:
            self._note(replace(self._facts, is_ready=False, is_away=True))
            raise Unanswered(error.reason, was_sent=False) from error
        self._note(facts)
        return facts

    def glance(self) -> Facts:
        """Return what is known, at once; it is looked up behind this call, if that is old."""
        with self._lock:
            idle = self._glancing is None or not self._glancing.is_alive()
            if idle and monotonic() >= self._again_at:
                self._glancing = threading.Thread(target=self._look_quietly, daemon=True)
                self._glancing.start()
            return self._facts

    def wait(self) -> None:
        """Wait until nothing is looked up any more."""
        with self._lock:
            glancing = self._glancing
        if glancing is not None:
            glancing.join()

    def _look_quietly(self) -> None:
        with contextlib.suppress(Unanswered):
            self.look()

    def _note(self, facts: Facts) -> None:
        with self._lock:
            self._facts = facts
            knows = facts.model is not None and not facts.is_away
            self._again_at = monotonic() + (_FRESH_SECONDS if knows else _RETRY_SECONDS)

    def _asked(self) -> Facts:
        health = self._server.health()
        state = health.body.get("status")
        if health.status not in {_OK, _NONE}:
            raise Unanswered(f"its server answered {health.status}")
        if health.status == _OK and not isinstance(state, str):
            raise Unanswered("its server does not speak cog's language")
        if state in _BROKEN:
            raise Unanswered("its model crashed or could not start; its server needs a restart")
        setup = health.body.get("setup")
        started = setup.get("started_at") if isinstance(setup, dict) else None
        before = self._facts
        model = before.model if before.started == started else None
        return Facts(model or self._schema(), state not in _WAITING, started=started)

    def _schema(self) -> Model | None:
        schema = self._server.schema()
        if schema.status not in _SAID:
            raise Unanswered(f"its server answered {schema.status}")
        try:
            return read(schema.body) if schema.status == _OK else None
        except ValueError:
            return None
