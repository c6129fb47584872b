"""A whole clipbot in front of the doubled provider: real store, media, services and engine."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from clipbot.renderers.download import Downloads
from clipbot.renderers.local import LocalRenderer
from clipbot.renderers.models import catalogue
from clipbot.renderers.replicate import ReplicateRenderer
from clipbot.renderers.replicate_wire import Wire
from clipbot.services import rendering, sending
from clipbot.services.base import Queue
from clipbot.services.bundle import Services
from clipbot.settings import Settings, load
from clipbot.store.database import connect, let_go
from clipbot.store.store import Store
from clipbot.wiring import Parts
from clipbot.workflows.base import Steps
from clipbot.workflows.executor import Executor
from clipbot.workflows.rhythm import Rhythm
from tests import jobs
from tests.contract.replicate_server import SECRET
from tests.integration.soak.plans import JOBS, MODELS
from tests.integration.soak.provider import DEADLINE_SECONDS, HOOK_URL

PATIENCE_SECONDS: Final = 0.8
RHYTHM: Final = Rhythm(
    poll_seconds=0.08,
    turn_seconds=0.3,
    sweep_seconds=0.4,
    stale_seconds=0.15,
    attend_seconds=0.3,
    beat_seconds=0.15,
    reap_seconds=0.25,
    dead_seconds=0.7,
    stop_seconds=10.0,
    retry_waits=(0.02, 0.1),
    end_waits=(0.02, 0.1),
)
_LONGEST_WAIT: Final = 0.03
_LEAVING: Final = timedelta(seconds=1)
_OUTAGE: Final = timedelta(seconds=2)

Guard = Callable[[str, Any], Any]
"""Returns a part of clipbot with its calls watched; takes a name for it."""


@dataclass(frozen=True)
class Site:
    """Where a clipbot is, and its provider."""

    url: str
    home: Path
    provider_url: str
    provider_host: str
    places: int = 4
    hears: bool = False
    """Whether the provider's hooks arrive here."""


@dataclass(frozen=True)
class Studio:
    """An open clipbot."""

    site: Site
    store: Store
    parts: Parts
    steps: Steps

    def executor(self) -> Executor:
        return Executor(
            self.steps,
            database_url=self.site.url,
            home=self.site.home,
            role="worker",
            workers=self.store.workers,
            concurrency=4,
            rhythm=RHYTHM,
        )

    def services(self, queue: Queue) -> Services:
        return self.parts.services(queue)


class Nobody(Queue):
    """The queue of a process that died before it could hand anything over."""

    def enqueue(self, regeneration_id: UUID, job_id: UUID) -> None:
        """Let it get lost."""

    adopt = enqueue


def as_it_is(_: str, part: Any) -> Any:
    return part


@contextmanager
def studio(site: Site, guard: Guard = as_it_is) -> Iterator[Studio]:
    """Open a clipbot.

    Args:
        site: Where it is.
        guard: Stands before its renderers, rows and steps.
    """
    engine = connect(site.url)
    store = Store.on(engine)
    store = replace(store, regenerations=guard("rows", store.regenerations))
    wire = Wire("r8_double", site.provider_url)
    local = LocalRenderer(site.home / "renders")
    renderers = tuple(guard("renderer", each) for each in (local, *_models(wire, site)))
    parts = Parts.of(_settings(site), store, renderers, _briefly)
    try:
        with _impatient():
            yield Studio(site, store, parts, guard("steps", parts.steps))
    finally:
        wire.close()
        local.close()
        parts.makers.close()
        let_go(engine)


@contextmanager
def _impatient() -> Iterator[None]:
    """Shorten what takes minutes in the real world."""
    before = rendering._OUTAGE, sending.LEAVING
    rendering._OUTAGE, sending.LEAVING = _OUTAGE, _LEAVING
    try:
        yield
    finally:
        rendering._OUTAGE, sending.LEAVING = before


def job_id(place: int) -> UUID:
    """Return the id of a plan's job."""
    return jobs.job_id(f"job-{place}")


def install(opened: Studio) -> None:
    """Put the jobs of all plans in, with their films."""
    films = opened.services(Nobody()).films
    for place, clips in enumerate(JOBS):
        jobs.install(opened.store, opened.parts.blobs, clips=clips, name=f"job-{place}")
        films.ensure(job_id(place))
        films.measure(job_id(place))


def _models(wire: Wire, site: Site) -> tuple[ReplicateRenderer, ...]:
    downloads = Downloads(trusted=(site.provider_host,))
    return tuple(
        ReplicateRenderer(
            model,
            wire,
            downloads,
            public_url=HOOK_URL,
            deadline_seconds=DEADLINE_SECONDS,
            patience_seconds=PATIENCE_SECONDS,
            poll_seconds=0.02,
        )
        for model in catalogue()
        if model.key in MODELS
    )


def _settings(site: Site) -> Settings:
    hooks = {"replicate_api_token": "r8_double", "replicate_webhook_secret": SECRET}
    return load(
        home=site.home,
        regenerations_per_hour=1000,
        provider_places=site.places,
        **(hooks if site.hears else {}),
    )


def _briefly(seconds: float) -> None:
    threading.Event().wait(min(seconds, _LONGEST_WAIT))
