"""What the services are made of: which implementation runs, for given settings."""

import os
import random
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from clipbot.blobs.base import BlobStore
from clipbot.blobs.supabase import SupabaseBlobs
from clipbot.domain.money import micros
from clipbot.language.client import ModelClient
from clipbot.language.model import ModelWriter
from clipbot.language.offline import OfflineWriter
from clipbot.language.prices import Prices
from clipbot.language.reader import ModelReader
from clipbot.language.wire import Wire
from clipbot.media.engine import FilmEngine
from clipbot.receivers.http import HttpPost
from clipbot.renderers.base import Renderer
from clipbot.services.answers import AnswerService
from clipbot.services.archiving import Archiving
from clipbot.services.attention import Attention, AttentionService
from clipbot.services.base import Clock, Limits, Queue
from clipbot.services.bundle import Services
from clipbot.services.charging import Charging
from clipbot.services.chat import ChatService
from clipbot.services.choosing import Choosing
from clipbot.services.clips import ClipService
from clipbot.services.comparing import CompareService
from clipbot.services.composing import Composer
from clipbot.services.consistency import ConsistencyService
from clipbot.services.conversation import Conversations
from clipbot.services.counting import ClipCounts
from clipbot.services.courier import CourierService
from clipbot.services.differences import Differences
from clipbot.services.doctor import DoctorService
from clipbot.services.edits import EditService
from clipbot.services.eviction import Eviction
from clipbot.services.exporting import Exports
from clipbot.services.exports import ExportService
from clipbot.services.films import FilmService
from clipbot.services.finishing import Finishing
from clipbot.services.first_films import FirstFilms
from clipbot.services.footage import FootageLibrary
from clipbot.services.guests import Guests
from clipbot.services.history import HistoryService
from clipbot.services.hooks import HookService
from clipbot.services.jobs import JobService
from clipbot.services.judging import Judging
from clipbot.services.keeping import Keeping
from clipbot.services.live import rest
from clipbot.services.matching import Matching
from clipbot.services.mending import MendingService
from clipbot.services.offers import OfferService
from clipbot.services.plans import PlanService
from clipbot.services.pooling import BlobPool
from clipbot.services.previews import PreviewService
from clipbot.services.pricing import Pricing
from clipbot.services.project import Projects
from clipbot.services.prompting import Prompting
from clipbot.services.quotes import QuoteService
from clipbot.services.regenerations import RegenerationService
from clipbot.services.rendering import Rendering
from clipbot.services.repeats import RepeatService
from clipbot.services.retention import RetentionService
from clipbot.services.reviews import ReviewService
from clipbot.services.sample import SampleService
from clipbot.services.shares import ShareService
from clipbot.services.slots import SlotService
from clipbot.services.spreading import Spreading
from clipbot.services.steps import RegenerationSteps
from clipbot.services.takes import TakeService
from clipbot.services.templates import TemplateService
from clipbot.services.toning import ToneLibrary
from clipbot.services.understood import Readings
from clipbot.services.versions import VersionService
from clipbot.services.waves import WaveService
from clipbot.services.webhooks import WebhookService
from clipbot.services.work import Renderers
from clipbot.services.writing import Writers
from clipbot.settings import Settings
from clipbot.store.store import Store
from clipbot.wiring.makers import Makers
from clipbot.wiring.storage import blob_store
from clipbot.wiring.telling import told

_SAMPLE = Path(__file__).parents[2] / "assets" / "sample"
_SEEDS = 2**31
_STATE_SECONDS = 5.0
_THREADS_OF_ENCODER = 2


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


def _encoders() -> int:
    """Return how many encoders keep the processors busy: each has two threads."""
    return max(1, (os.cpu_count() or 1) // _THREADS_OF_ENCODER)


def now() -> datetime:
    """Return the time, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Parts:
    """What the services are made of."""

    settings: Settings
    store: Store
    blobs: BlobStore
    projects: Projects
    composer: Composer
    tones: ToneLibrary
    makers: Makers
    renderers: Renderers
    steps: RegenerationSteps
    language: ModelClient | None
    """None: no language model is set up."""
    clock: Clock = now

    @classmethod
    def of(
        cls,
        settings: Settings,
        store: Store,
        renderers: tuple[Renderer, ...] | None,
        wait: Callable[[float], None] = rest,
        clock: Clock = now,
    ) -> "Parts":
        """Choose the implementations; nothing is started."""
        home = settings.home
        blobs = blob_store(settings, wait)
        projects = Projects(store)
        library = FootageLibrary(store.footage, blobs)
        pool = BlobPool(blobs) if settings.is_shared else None
        film_engine = FilmEngine(home / "cache" / "segments", pool, _encoders())
        composer = Composer(store.jobs, blobs, library, film_engine)
        makers = Makers.of(settings)
        language = _language(settings)
        writers = Writers(OfflineWriter(), ModelWriter(language) if language else None)
        chosen = Renderers(
            renderers or makers.renderers,
            settings.renderer,
            writers,
            makers.key_of,
            makers.model_of,
        )
        rows = store.regenerations
        prompting = Prompting(rows, projects, chosen, clock, new_seed)
        rendering = Rendering(
            rows, projects, blobs, chosen, store.health, settings.provider_places, clock, wait
        )
        charging = Charging(rendering, wait)
        tones = ToneLibrary(library, blobs, home / "cache" / "tones")
        judging = Judging(library, chosen, tones)
        finishing = Finishing(rows, projects, composer, judging, blobs, home / "arrivals", clock)
        attention = Attention(charging, finishing)
        repeats = RepeatService(store.repeats, clock)
        steps = RegenerationSteps(prompting, rendering, charging, finishing, attention, repeats)
        return cls(
            settings,
            store,
            blobs,
            projects,
            composer,
            tones,
            makers,
            chosen,
            steps,
            language,
            clock,
        )

    def close(self) -> None:
        """Stop what runs on this machine, and close connections."""
        self.makers.close()
        if isinstance(self.blobs, SupabaseBlobs):
            self.blobs.close()

    def services(self, queue: Queue) -> Services:
        """Return the services, with edits going to `queue`."""
        store, projects, budget = self.store, self.projects, self.settings.budget_micros
        films = FilmService(store, projects, self.composer, self.blobs, self.clock)
        first_films = FirstFilms(films)
        exports = ExportService(films)
        sample = SampleService(store, self.blobs, _SAMPLE)
        guests = Guests(store, sample, films, self.blobs, self.clock, self.settings.has_visitors)
        counts = ClipCounts(store.listing)
        jobs = JobService(store, projects, counts, first_films, budget, guests)
        clips = ClipService(store, projects, self.blobs, self.settings.home / "cache" / "stills")
        talk = Conversations(store)
        plans = PlanService(clips, talk, self._readings())
        matching = Matching(self.tones, self.blobs)
        quotes = self._quotes(plans, matching)
        history = HistoryService(store, projects, self.composer, jobs, self.clock)
        versions = VersionService(store, projects, self.blobs, history, self.renderers, self.clock)
        slots = SlotService(store, projects, self.composer, history, self.clock)
        edits = self._edits(quotes, queue)
        templates = TemplateService(store, plans, quotes, edits, self.clock)
        answers = AnswerService(store, projects, jobs, clips, talk)
        return Services(
            jobs=jobs,
            clips=clips,
            consistency=ConsistencyService(projects, store.footage, self.blobs, self.tones),
            waves=WaveService(projects, self.blobs, self.settings.home / "cache" / "waves"),
            plans=plans,
            quotes=quotes,
            edits=edits,
            previews=PreviewService(
                projects, plans, matching, store.quotes, self.blobs, self.makers.previews
            ),
            versions=versions,
            compare=CompareService(store, projects, versions, self._differences()),
            offers=OfferService(store, projects, jobs, self.clock),
            history=history,
            slots=slots,
            takes=TakeService(store.takes, projects, versions, history, self.clock),
            films=films,
            first_films=first_films,
            exports=exports,
            exporting=Exports(exports),
            regenerations=RegenerationService(store, time.sleep, self.clock),
            attention=AttentionService(store, self.steps.attention, queue),
            reviews=ReviewService(store, projects, clips, films, self.clock, self.renderers.labels),
            shares=ShareService(store, self.clock, self.settings.public_url or ""),
            hooks=HookService(store.regenerations, self.makers.seal),
            webhooks=WebhookService(store, self._post(), self.clock),
            templates=templates,
            repeats=self.steps.repeats,
            answers=answers,
            chat=ChatService(
                store, plans, quotes, history, slots, templates, talk, answers, self.clock
            ),
            doctor=self._doctor(),
            sample=sample,
            guests=guests,
            retention=self.retention(),
        )

    def _quotes(self, plans: PlanService, matching: Matching) -> QuoteService:
        store = self.store
        choosing = Choosing(self.renderers, store.health, self.clock)
        return QuoteService(
            store,
            self.projects,
            plans,
            matching,
            Pricing(choosing, store.regenerations),
            Spreading(choosing, store.regenerations),
            self._limits(),
            self.clock,
        )

    def _differences(self) -> Differences:
        return Differences(self.composer.library, self.settings.home / "cache" / "differences")

    def _doctor(self) -> DoctorService:
        settings = self.settings
        return DoctorService(
            self.store,
            self.renderers,
            settings.home,
            language=self._language_state,
            executes=settings.concurrency > 0,
            storage=self.blobs.state,
            mending=MendingService(self.store, self.projects, self.clock),
        )

    def eviction(self) -> Eviction:
        """Return what keeps the encoded pieces of films within their limit."""
        return Eviction(self.store, self.projects, self.composer, self.settings.cache_limit)

    def retention(self) -> RetentionService:
        """Return what keeps footage for as long as the rules say, for the executor."""
        library, workshop = self.composer.library, self.settings.home / "arrivals"
        archiving = Archiving(self.store.retention, library, self.blobs, workshop, self.clock)
        keeping = Keeping(self.store, self.projects, self.clock)
        rules = self.settings.retention
        return RetentionService(self.store, keeping, archiving, self.blobs, rules, self.clock)

    def courier(self) -> CourierService:
        """Return what sends webhooks, for the executor."""
        shape = partial(told, base=self.settings.public_url or "")
        return CourierService(self.store, self._post(), shape, random.random)

    def _post(self) -> HttpPost:
        return HttpPost(self.settings.trusted_hosts)

    def _readings(self) -> Readings | None:
        if self.language is None or not self.settings.plan_with_model:
            return None
        reader = ModelReader(self.language)
        return Readings(self.store, reader, self.settings.budget_micros, self.clock)

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
            clock=self.clock,
            new_seed=new_seed,
        )
