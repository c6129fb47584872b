"""From settings to a running clipbot: the only file that knows which implementation runs.

Imported by the composition roots alone, `app.py` and `python -m clipbot`.
"""

import logging
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal
from uuid import UUID

from sqlalchemy import Engine

from clipbot import data_loader
from clipbot.blobs.disk import DiskBlobs
from clipbot.domain.money import micros
from clipbot.domain.user import LOCAL_USER
from clipbot.errors import ClipbotError, ConfigurationError, EditCancelled
from clipbot.language.client import ModelClient
from clipbot.language.model import ModelWriter
from clipbot.language.offline import OfflineWriter
from clipbot.language.prices import Prices
from clipbot.language.reader import ModelReader
from clipbot.language.wire import Wire
from clipbot.media.engine import FilmEngine
from clipbot.renderers.base import Renderer
from clipbot.renderers.local import LocalRenderer
from clipbot.renderers.previews import LocalPreviews
from clipbot.services.answers import AnswerService
from clipbot.services.attention import Attention, AttentionService
from clipbot.services.base import Limits, Queue
from clipbot.services.bundle import Services
from clipbot.services.charging import Charging
from clipbot.services.chat import ChatService
from clipbot.services.choosing import Choosing
from clipbot.services.clips import ClipService
from clipbot.services.composing import Composer
from clipbot.services.conversation import Conversations
from clipbot.services.doctor import DoctorService
from clipbot.services.edits import EditService
from clipbot.services.exports import ExportService
from clipbot.services.films import FilmService
from clipbot.services.finishing import Finishing
from clipbot.services.footage import FootageLibrary
from clipbot.services.history import HistoryService
from clipbot.services.hooks import HookService
from clipbot.services.jobs import JobService
from clipbot.services.plans import PlanService
from clipbot.services.previews import PreviewService
from clipbot.services.pricing import Pricing
from clipbot.services.project import Projects
from clipbot.services.prompting import Prompting
from clipbot.services.quotes import QuoteService
from clipbot.services.regenerations import RegenerationService
from clipbot.services.rendering import Rendering
from clipbot.services.sample import SampleService
from clipbot.services.steps import RegenerationSteps
from clipbot.services.templates import TemplateService
from clipbot.services.understood import Readings
from clipbot.services.versions import VersionService
from clipbot.services.work import Renderers
from clipbot.services.writing import Writers
from clipbot.settings import Settings
from clipbot.store.database import connect
from clipbot.store.migrate import migrate, pending
from clipbot.store.store import Store
from clipbot.workflows.executor import Executor

Role = Literal["app", "command", "worker"]

logger = logging.getLogger(__name__)

_SAMPLE = Path(__file__).parents[1] / "assets" / "sample"
_SEEDS = 2**31
_STATE_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Clipbot:
    """A running clipbot."""

    settings: Settings
    services: Services
    steps: RegenerationSteps


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
        role: `app` and `worker` execute edits; `command` only while it has one of its own.
        renderers: Taken instead of those that the settings name.

    Raises:
        ConfigurationError: The database is not up to date, or something is set wrongly.
        StorageFull: There is no room to begin with.
    """
    home = settings.home
    home.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        engine = _database(settings)
        stack.callback(engine.dispose)
        store = Store.on(engine)
        data_loader.bind(store.jobs)
        parts = Parts.of(settings, store, renderers)
        stack.callback(parts.local.close)
        executor = Executor(
            parts.steps,
            database_url=settings.database_url.get_secret_value(),
            home=home,
            role=role,
            workers=store.workers,
            concurrency=settings.concurrency,
        )
        queue: Queue = executor
        if role == "command":
            queue = _OnDemand(executor, stack)
        else:
            stack.enter_context(executor)
        clipbot = Clipbot(settings, parts.services(queue), parts.steps)
        if _is_embedded(engine):
            clipbot.services.sample.install(LOCAL_USER)
        if role == "app":
            stack.enter_context(_first_work(clipbot.services, parts.previews))
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


def new_seed() -> int:
    """Return a seed that every renderer takes."""
    return secrets.randbelow(_SEEDS)


def _language(settings: Settings) -> ModelClient | None:
    """Return the language model that is set up; it is not asked anything yet."""
    if settings.openai_api_key is None:
        return None
    usd = settings.language_usd
    prices = Prices(micros(usd[0]), micros(usd[1])) if usd else Prices(is_known=False)
    wire = Wire(settings.openai_api_key.get_secret_value(), settings.openai_base_url)
    return ModelClient(settings.language_model, wire, prices)


def now() -> datetime:
    """Return the time, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Parts:
    """What the services are made of."""

    settings: Settings
    store: Store
    blobs: DiskBlobs
    projects: Projects
    composer: Composer
    local: LocalRenderer
    previews: LocalPreviews
    renderers: Renderers
    steps: RegenerationSteps
    language: ModelClient | None
    """None: no language model is set up."""

    @classmethod
    def of(
        cls,
        settings: Settings,
        store: Store,
        renderers: tuple[Renderer, ...] | None,
        wait: Callable[[float], None] = time.sleep,
    ) -> "Parts":
        """Choose the implementations; nothing is started."""
        home = settings.home
        blobs = DiskBlobs(home / "blobs")
        projects = Projects(store)
        library = FootageLibrary(store.footage, blobs)
        composer = Composer(store.jobs, blobs, library, FilmEngine(home / "cache" / "segments"))
        local = LocalRenderer(home / "renders")
        language = _language(settings)
        writers = Writers(OfflineWriter(), ModelWriter(language) if language else None)
        chosen = Renderers(renderers or (local,), settings.renderer, writers)
        rows = store.regenerations
        prompting = Prompting(rows, projects, chosen, now, new_seed)
        rendering = Rendering(
            rows, projects, blobs, chosen, store.health, settings.provider_places, now, wait
        )
        charging = Charging(rendering, wait)
        finishing = Finishing(rows, projects, composer, blobs, home / "arrivals", now)
        attention = Attention(charging, finishing)
        steps = RegenerationSteps(prompting, rendering, charging, finishing, attention)
        previews = LocalPreviews(home / "renders" / "looks")
        return cls(
            settings, store, blobs, projects, composer, local, previews, chosen, steps, language
        )

    def services(self, queue: Queue) -> Services:
        """Return the services, with edits going to `queue`."""
        store, projects, budget = self.store, self.projects, self.settings.budget_micros
        jobs = JobService(store, projects, budget)
        clips = ClipService(store, projects, self.blobs, self.settings.home / "cache" / "stills")
        talk = Conversations(store)
        plans = PlanService(clips, talk, self._readings())
        choosing = Choosing(self.renderers, store.health, now)
        pricing = Pricing(choosing, store.regenerations)
        quotes = QuoteService(store, projects, plans, pricing, self._limits(), now)
        history = HistoryService(store, projects, self.composer, jobs, now)
        films = FilmService(store, projects, self.composer, self.blobs, now)
        edits = self._edits(quotes, queue)
        templates = TemplateService(store, plans, quotes, edits, now)
        answers = AnswerService(store, projects, jobs, clips, talk)
        return Services(
            jobs=jobs,
            clips=clips,
            plans=plans,
            quotes=quotes,
            edits=edits,
            previews=PreviewService(projects, plans, store.quotes, self.blobs, self.previews),
            versions=VersionService(projects, store.footage, self.blobs, history),
            history=history,
            films=films,
            exports=ExportService(films),
            regenerations=RegenerationService(store, time.sleep, now),
            attention=AttentionService(store, self.steps.attention, queue),
            hooks=HookService(store.regenerations, self.renderers, None),
            templates=templates,
            answers=answers,
            chat=ChatService(store, plans, quotes, history, templates, talk, answers, now),
            doctor=DoctorService(store, self.renderers, self.settings.home, self._language_state),
            sample=SampleService(store, self.blobs, _SAMPLE),
        )

    def _readings(self) -> Readings | None:
        if self.language is None or not self.settings.plan_with_model:
            return None
        reader = ModelReader(self.language)
        return Readings(self.store, reader, self.settings.budget_micros, now)

    def _language_state(self) -> tuple[bool, str]:
        """Return whether the language model's server answers, for the doctor."""
        if self.language is None:
            return True, "offline: no language model is set up"
        is_ok, state = self.language.state(_STATE_SECONDS)
        unpriced = "" if self.language.prices.is_known else "; its price is not set, so it is 0"
        return is_ok, f"{self.language.model}: {state}{unpriced}"

    def _limits(self) -> Limits:
        settings = self.settings
        return Limits(
            budget_micros=settings.budget_micros,
            paid_per_hour=settings.regenerations_per_hour,
            edit_ceiling_micros=settings.edit_ceiling_micros,
            day_ceiling_micros=settings.day_ceiling_micros,
        )

    def _edits(self, quotes: QuoteService, queue: Queue) -> EditService:
        return EditService(
            store=self.store,
            projects=self.projects,
            quotes=quotes,
            renderers=self.renderers,
            queue=queue,
            limits=self._limits(),
            clock=now,
            new_seed=new_seed,
        )


@contextmanager
def _first_work(services: Services, previews: LocalPreviews) -> Iterator[None]:
    """Do what a fresh installation lacks, beside the page that is alive already.

    Films that were never composed are put together, clips measured, previews warmed up.
    """
    stop = threading.Event()

    def compose() -> None:
        for job in services.jobs.list(LOCAL_USER):
            if job.is_editable and not stop.is_set():
                _compose(services, job.id, stop)
        previews.warm(stop.is_set)

    thread = threading.Thread(target=compose, name="first-work")
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _compose(services: Services, job_id: UUID, stop: threading.Event) -> None:
    try:
        services.films.ensure(job_id, cancelled=stop.is_set)
        services.films.measure(job_id)
    except EditCancelled:
        logger.info("first film left for later", extra={"job": str(job_id)})
    except ClipbotError as error:
        logger.warning("film not composed", extra={"job": str(job_id), "code": error.code})
