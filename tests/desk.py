"""A whole clipbot for tests: the real store, media and services, run without a server.

Edits run at once, in the caller's thread, step by step as the durable workflow would;
what the workflow adds (survival) has tests of its own.
"""

import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Engine

from clipbot.domain.user import LOCAL_USER, User
from clipbot.errors import ClipbotError, ContentRefused
from clipbot.renderers.base import Renderer
from clipbot.services.bundle import Services
from clipbot.services.steps import RegenerationSteps
from clipbot.settings import load
from clipbot.store.store import Store
from clipbot.wiring import Parts


@dataclass(slots=True)
class FakeClock:
    """A `Clock` that stands still, until somebody waits."""

    moment: datetime = datetime(2026, 3, 4, 12, tzinfo=UTC)
    while_waiting: Callable[[], object] | None = None
    """Called during each wait: what goes on meanwhile."""

    def __call__(self) -> datetime:
        return self.moment

    def wait(self, seconds: float) -> None:
        self.moment += timedelta(seconds=seconds)
        if self.while_waiting:
            self.while_waiting()


@dataclass(slots=True)
class Inline:
    """A `Queue` that keeps what it is given until it is told to run it."""

    steps: RegenerationSteps
    waiting: list[UUID] = field(default_factory=list)
    is_held: bool = False

    def enqueue(self, regeneration_id: UUID, job_id: UUID) -> None:  # noqa: ARG002 - a Queue
        self.waiting.append(regeneration_id)
        if not self.is_held:
            self.run()

    def adopt(self, regeneration_id: UUID, job_id: UUID) -> None:  # noqa: ARG002 - a Queue
        bring_in(self.steps, regeneration_id)

    def run(self) -> None:
        while self.waiting:
            run_steps(self.steps, self.waiting.pop(0))


def run_steps(
    steps: RegenerationSteps, id_: UUID, *, between: Callable[[str], None] = lambda _: None
) -> None:
    """Run one regeneration to its end; `between` is told each step before it runs."""
    try:
        between("begin")
        steps.begin(id_)
        for attempt in count(1):
            try:
                between("intend")
                steps.intend(id_, attempt)
                between("submit")
                prediction = steps.submit(id_, attempt)
                between("await_footage")
                url = steps.await_footage(id_, prediction)
            except ContentRefused:
                if not steps.next_attempt(id_, attempt):
                    raise
            else:
                break
        _finish(steps, id_, url, between)
    except ClipbotError as error:
        steps.end(id_, code=error.code, message=str(error), retryable=error.retryable, timings={})


def bring_in(steps: RegenerationSteps, id_: UUID) -> None:
    """Bring in the footage of an edit that needed attention."""
    try:
        _finish(steps, id_, steps.await_footage(id_, steps.recall(id_)))
    except ClipbotError as error:
        steps.end(id_, code=error.code, message=str(error), retryable=error.retryable, timings={})


def _finish(
    steps: RegenerationSteps,
    id_: UUID,
    url: str,
    between: Callable[[str], None] = lambda _: None,
) -> None:
    between("store")
    key = steps.store(id_, url)
    between("encode")
    steps.encode(id_, key)
    between("publish")
    steps.publish(id_, key, {"render_s": 0.1})


@dataclass(slots=True)
class Desk:
    """Everything a test of a service needs."""

    services: Services
    store: Store
    steps: RegenerationSteps
    queue: Inline
    parts: Parts
    home: Path
    user: User = LOCAL_USER
    seed: int = field(default_factory=lambda: secrets.randbelow(1000))

    def edit(self, job_id: UUID, text: str, selected: tuple[int, ...] = ()) -> UUID:
        """Quote and confirm an edit; return the id of its first regeneration."""
        quoted = self.services.quotes.quote(self.user, job_id, text=text, selected=selected)
        return self.services.edits.confirm(self.user, job_id, quoted.quote.id)[0].id

    def film(self, job_id: UUID) -> bytes:
        """Return the bytes of the job's current film."""
        film = self.services.films.film(self.user, job_id)
        return b"".join(film.read(0, film.size))


def desk(
    engine: Engine,
    home: Path,
    *,
    renderers: tuple[Renderer, ...] | None = None,
    clock: FakeClock | None = None,
    **given: Any,
) -> Desk:
    """Return a clipbot on a migrated database, with its files below `home`.

    Args:
        engine: The database.
        home: Of its files.
        renderers: Taken instead of the local one.
        clock: Tells the time, and waits without waiting; None: time passes by itself.
        given: Settings, by field name.
    """
    store = Store.on(engine)
    settings = load(home=home, **given)
    if clock is None:
        parts = Parts.of(settings, store, renderers, wait=_briefly)
    else:
        parts = Parts.of(settings, store, renderers, wait=clock.wait, clock=clock)
    queue = Inline(parts.steps)
    return Desk(parts.services(queue), store, parts.steps, queue, parts, home)


def _briefly(_: float) -> None:
    threading.Event().wait(0.01)
