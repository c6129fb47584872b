"""All services, as the doors receive them."""

from dataclasses import dataclass

from clipbot.services.answers import AnswerService
from clipbot.services.attention import AttentionService
from clipbot.services.chat import ChatService
from clipbot.services.clips import ClipService
from clipbot.services.comparing import CompareService
from clipbot.services.consistency import ConsistencyService
from clipbot.services.doctor import DoctorService
from clipbot.services.edits import EditService
from clipbot.services.exporting import Exports
from clipbot.services.exports import ExportService
from clipbot.services.films import FilmService
from clipbot.services.first_films import FirstFilms
from clipbot.services.guests import Guests
from clipbot.services.history import HistoryService
from clipbot.services.hooks import HookService
from clipbot.services.jobs import JobService
from clipbot.services.offers import OfferService
from clipbot.services.plans import PlanService
from clipbot.services.previews import PreviewService
from clipbot.services.quotes import QuoteService
from clipbot.services.regenerations import RegenerationService
from clipbot.services.repeats import RepeatService
from clipbot.services.retention import RetentionService
from clipbot.services.reviews import ReviewService
from clipbot.services.sample import SampleService
from clipbot.services.shares import ShareService
from clipbot.services.slots import SlotService
from clipbot.services.takes import TakeService
from clipbot.services.templates import TemplateService
from clipbot.services.versions import VersionService
from clipbot.services.waves import WaveService
from clipbot.services.webhooks import WebhookService


@dataclass(frozen=True, slots=True)
class Services:
    """One verb per service; the chat, REST and the command line call these and nothing else."""

    jobs: JobService
    clips: ClipService
    consistency: ConsistencyService
    waves: WaveService
    plans: PlanService
    quotes: QuoteService
    edits: EditService
    previews: PreviewService
    versions: VersionService
    compare: CompareService
    offers: OfferService
    history: HistoryService
    slots: SlotService
    takes: TakeService
    films: FilmService
    first_films: FirstFilms
    exports: ExportService
    exporting: Exports
    regenerations: RegenerationService
    attention: AttentionService
    reviews: ReviewService
    shares: ShareService
    hooks: HookService
    webhooks: WebhookService
    templates: TemplateService
    repeats: RepeatService
    answers: AnswerService
    chat: ChatService
    doctor: DoctorService
    sample: SampleService
    guests: Guests
    retention: RetentionService
