"""From settings to a running clipbot: the only package that knows which implementation runs.

Imported by the composition roots alone, `app.py` and `python -m clipbot`.
"""

import logging
import os
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID

from sqlalchemy import Engine

from clipbot import data_loader
from clipbot.blobs.disk import DiskBlobs
from clipbot.domain.user import LOCAL_USER
from clipbot.errors import BlobError, ConfigurationError
from clipbot.renderers.base import Renderer
from clipbot.services.bundle import Services
from clipbot.services.sample import SAMPLE_ID
from clipbot.services.steps import RegenerationSteps
from clipbot.settings import Settings
from clipbot.store.address import spelled
from clipbot.store.database import connect, let_go
from clipbot.store.migrate import migrate, pending
from clipbot.store.store import Store
from clipbot.wiring.makers import Makers
from clipbot.wiring.parts import Parts
from clipbot.wiring.people import People, people
from clipbot.workflows.executor import Executor
from clipbot.workflows.ticker import Ticker

__all__ = ["Clipbot", "Parts", "Role", "open_clipbot"]

Role = Literal["app", "command", "worker"]

_FORGET_SECONDS = 3_600.0
_EVICT_SECONDS = 300.0
_REST_SECONDS = 0.3
"""Between two pieces of what is warmed up: the first people come while that is done."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Clipbot:
    """A running clipbot."""

    settings: Settings
    services: Services
    steps: RegenerationSteps
    executor: Executor
    people: People

    def depart(self) -> None:
        """Hand on what could not be ended, once the block is left; this process then ends.

        It ends on the spot, so that no step still runs here when it begins elsewhere.
        """
        if self.executor.hand_on():
            logging.shutdown()
            os._exit(0)

    def forget_guests(self) -> None:
        """Take back the copies of the sample that visitors left."""
        self.services.guests.forget()


@dataclass(slots=True)
class _OnDemand:
    """A `Queue` that starts its executor with the first edit: most commands never need one."""

    executor: Executor
    stack: ExitStack
    lock: threading.Lock = field(default_factory=threading.Lock)
    is_started: bool = False

    def enqueue(self, regeneration_id: UUID, job_id: UUID) -> None:
        self._start()
        self.executor.enqueue(regeneration_id, job_id)

    def adopt(self, regeneration_id: UUID, job_id: UUID) -> None:
        self._start()
        self.executor.adopt(regeneration_id, job_id)

    def _start(self) -> None:
        with self.lock:
            if not self.is_started:
                self.stack.enter_context(self.executor)
                self.is_started = True


@contextmanager
def open_clipbot(
    settings: Settings, *, role: Role, renderers: tuple[Renderer, ...] | None = None
) -> Iterator[Clipbot]:
    """Run clipbot until the block is left.

    Args:
        settings: What is configured.
        role: `app` and `worker` execute edits, unless the settings say otherwise; `command` only
            while it has one of its own.
        renderers: Taken instead of those that the settings name.

    Raises:
        ConfigurationError: The database is not up to date, or something is set wrongly.
        StorageFull: There is no room to begin with.
    """
    home = settings.home
    if settings.shared and not settings.shared.is_dir():
        # Never made here: it would hide that the folder of the others is not mounted.
        raise ConfigurationError("The folder CLIPBOT_SHARED is not there; make or mount it first.")
    home.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        engine = _database(settings)
        stack.callback(let_go, engine)
        store = Store.on(engine)
        data_loader.bind(store.jobs)
        parts = Parts.of(settings, store, renderers)
        stack.callback(parts.close)
        executor = Executor(
            parts.steps,
            database_url=spelled(settings.database_url.get_secret_value()),
            home=home,
            role=role,
            workers=store.workers,
            concurrency=settings.concurrency,
            courier=parts.courier(),
            # A command has better to do than what waits for the night.
            keeper=None if role == "command" else parts.retention(),
        )
        if role == "command":
            services = parts.services(_OnDemand(executor, stack))
        else:
            services = parts.services(stack.enter_context(executor))
        clipbot = Clipbot(
            settings, services, parts.steps, executor, people(settings, store.roles.is_admin)
        )
        is_far = not isinstance(parts.blobs, DiskBlobs)
        if _is_embedded(engine) and not is_far:
            services.sample.install(LOCAL_USER)
        if role != "command":
            evict = parts.eviction().evict
            stack.enter_context(Ticker("eviction", _EVICT_SECONDS, evict))
        if role == "app":
            if clipbot.people.are_visitors:
                stack.enter_context(Ticker("guests", _FORGET_SECONDS, clipbot.forget_guests))
            is_sent = _is_embedded(engine) and is_far
            first = _first_work(
                services, parts.makers, has_sample=_is_embedded(engine), is_sent=is_sent
            )
            stack.enter_context(first)
        yield clipbot


def _is_embedded(engine: Engine) -> bool:
    return engine.dialect.name == "sqlite"


def _database(settings: Settings) -> Engine:
    """Return the database: an embedded one is migrated at once, others only when told to."""
    engine = connect(settings.database_url.get_secret_value())
    if _is_embedded(engine):
        for line in migrate(engine):
            logger.info("database migrated", extra={"what": line})
        return engine
    waiting = pending(engine)
    if waiting:
        engine.dispose()
        raise ConfigurationError(
            f"The database needs {len(waiting)} changes first: run `python -m clipbot migrate`."
        )
    return engine


def _sample(services: Services) -> None:
    """Send the sample to the storage; one that is away or set up wrongly stops nothing."""
    try:
        services.sample.install(LOCAL_USER)
    except (BlobError, ConfigurationError) as error:
        logger.warning("sample left for later", extra={"code": error.code})


@contextmanager
def _first_work(
    services: Services, makers: Makers, *, has_sample: bool, is_sent: bool
) -> Iterator[None]:
    """Do what a fresh installation lacks, beside the page that is alive already.

    The sample's film is put together, those of other jobs as soon as they are opened;
    previews are warmed up, models asked what their inputs are by now.

    Args:
        services: What does it.
        makers: What is warmed up.
        has_sample: Whether there is a sample.
        is_sent: Whether its files are to be sent to a storage elsewhere first.
    """
    stop = threading.Event()

    def work() -> None:
        if is_sent:
            _sample(services)
        if has_sample:
            services.first_films.want(SAMPLE_ID)
        makers.warm(lambda: stop.wait(_REST_SECONDS))

    thread = threading.Thread(target=work, name="first-work")
    with services.first_films.running(), services.exporting.running():
        thread.start()
        try:
            yield
        finally:
            stop.set()
            thread.join()
