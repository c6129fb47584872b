"""A provider that takes money for every request, and the whole clipbot around it.

The provider's books are one file, a line per request that arrived, so that they outlive
whoever sent them; it knows no idempotency, as the real ones.
"""

import json
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

from clipbot.domain.plan import Edit
from clipbot.domain.user import LOCAL_USER
from clipbot.renderers.base import (
    Capability,
    Prediction,
    PredictionStatus,
    RenderRequest,
    Terms,
)
from clipbot.renderers.files import local_file
from clipbot.renderers.local import LocalRenderer
from clipbot.services.base import Queue
from clipbot.services.bundle import Services
from clipbot.settings import Settings
from clipbot.store.database import connect, let_go
from clipbot.store.store import Store
from clipbot.wiring import Parts
from clipbot.workflows.executor import Executor
from clipbot.workflows.rhythm import Rhythm
from tests.integration.processes.killing import die, killing
from tests.integration.processes.programs import QUICK
from tests.integration.processes.waiting import until

KEY = "paid"
PRICE_MICROS = 40_000
CEILING_MICROS = 50_000


def _nothing() -> None:
    """Go on."""


@dataclass(frozen=True)
class PaidRenderer:
    """A `Renderer` in front of that provider; its footage is always the same file."""

    books: Path
    footage: Path
    accepted: Callable[[], None] = _nothing
    """Called when the provider has the request and its answer is still on the way."""

    @property
    def key(self) -> str:
        return KEY

    @property
    def label(self) -> str:
        return "Paid model"

    @property
    def reads_prompt(self) -> bool:
        return False

    @property
    def repeats_itself(self) -> bool:
        return False

    def capability(self, edit: Edit) -> Capability:
        return Capability(doable=edit.ops)

    @property
    def provider(self) -> str:
        return KEY

    @property
    def patience_seconds(self) -> float:
        return 0.0

    def terms(self, request: RenderRequest) -> Terms:
        seconds = request.frames / 24
        return Terms(CEILING_MICROS, CEILING_MICROS, seconds, seconds)

    def submit(self, request: RenderRequest) -> str:
        prediction_id = f"prediction-{uuid4()}"
        line = json.dumps({"id": prediction_id, "marker": request.marker})
        with self.books.open("a", encoding="utf-8") as books:
            books.write(f"{line}\n")
        self.accepted()
        return prediction_id

    def find(
        self, request: RenderRequest, *, since_seconds: float, taken: Collection[str] = ()
    ) -> str | None:
        assert since_seconds > 0
        found = (each["id"] for each in self.requests() if each["marker"] == request.marker)
        return next((id_ for id_ in found if id_ not in taken), None)

    def poll(self, prediction_id: str) -> Prediction:
        assert prediction_id in {each["id"] for each in self.requests()}
        return Prediction(
            prediction_id,
            PredictionStatus.SUCCEEDED,
            footage_url=self.footage.as_uri(),
            cost_micros=PRICE_MICROS,
        )

    def cancel(self, prediction_id: str) -> None:
        raise AssertionError(f"nobody cancels {prediction_id} here")

    def fetch(self, footage_url: str, dest: Path) -> Path:
        assert not dest.exists()
        return local_file(footage_url)

    def requests(self) -> list[dict[str, str]]:
        """Return what was ever paid for."""
        if not self.books.exists():
            return []
        return [json.loads(line) for line in self.books.read_text("utf-8").splitlines()]


@dataclass(frozen=True)
class Shop:
    """A whole clipbot: real store, media and services, and that renderer."""

    url: str
    home: Path
    store: Store
    parts: Parts
    renderer: PaidRenderer

    def executor(self, *, point: str = "", rhythm: Rhythm = QUICK) -> Executor:
        """Return the real executor; it dies at the point, if that ever comes."""
        return Executor(
            killing(self.parts.steps, point),
            database_url=self.url,
            home=self.home,
            role="worker",
            workers=self.store.workers,
            rhythm=rhythm,
        )

    def services(self, queue: Queue) -> Services:
        return self.parts.services(queue)


@contextmanager
def shop(
    url: str,
    home: Path,
    *,
    accepted: Callable[[], None] = _nothing,
    shared: Path | None = None,
) -> Iterator[Shop]:
    """Open the clipbot of a home.

    Args:
        url: Its database.
        home: Its files.
        accepted: Called when the provider has a request.
        shared: What several homes share; the provider's books and footage lie there, or at home.
    """
    engine = connect(url)
    store = Store.on(engine)
    kept = shared or home
    renderer = PaidRenderer(kept / "books.jsonl", kept / "footage.mp4", accepted)
    local = LocalRenderer(home / "renders")
    settings = Settings(home=home, shared=shared, regenerations_per_hour=1000)
    parts = Parts.of(settings, store, (renderer, local))
    yield Shop(url, home, store, parts, renderer)
    local.close()
    parts.makers.close()
    let_go(engine)


def edit(url: str, home: Path, job_id: UUID, text: str, point: str) -> None:
    """Price an edit, confirm it, execute it, and die at the point."""
    accepted = die if point == "accepted:submit" else _nothing
    with shop(url, home, accepted=accepted) as opened, opened.executor(point=point) as executor:
        services = opened.services(_Deadly() if point == "before:enqueue" else executor)
        quoted = services.quotes.quote(LOCAL_USER, job_id, text=text, renderer=KEY)
        rows = services.edits.confirm(LOCAL_USER, job_id, quoted.quote.id)
        until(lambda: all(opened.parts.steps.is_over(row.id) for row in rows))


class _Deadly(Queue):
    """A `Queue` in front of which the process dies: between the row and the workflow."""

    def enqueue(self, regeneration_id: UUID, job_id: UUID) -> None:
        del regeneration_id, job_id
        die()

    adopt = enqueue
