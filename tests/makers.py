"""A free look and paid models, as fakes: what paid edits are tested with."""

from typing import Any, Final
from uuid import UUID

from clipbot.domain.plan import Kind
from clipbot.renderers.fakes import FakeRenderer
from clipbot.services.views import Quoted
from clipbot.store.records import RegenerationRecord
from tests import jobs
from tests.desk import Desk, desk

PRICE: Final = 400_000
"""Micros: what the dearer model takes."""
LESS: Final = 350_000
DRAGON: Final = "add a dragon"
"""What only a model can do, and nobody can measure."""
DARKER: Final = "make it darker"
BOTH: Final = "add a dragon and make it darker"


def look(**given: Any) -> FakeRenderer:
    """Return what stands for the looks of this machine."""
    values: dict[str, Any] = {
        "key": "local",
        "label": "Local look",
        "provider": "local",
        "price_micros": 0,
        "does": {Kind.BRIGHTNESS, Kind.TIME_OF_DAY, Kind.WARMTH},
        **given,
    }
    return FakeRenderer(**values)


def veo(**given: Any) -> FakeRenderer:
    return _model("veo_31", "Veo 3.1", PRICE, given)


def kling(**given: Any) -> FakeRenderer:
    """Return the model that first made the tiny job."""
    return _model("kling_v21", "Kling 2.1", LESS, given)


def hailuo(**given: Any) -> FakeRenderer:
    """Return the cheapest of the three."""
    return _model("hailuo_23", "Hailuo 2.3", LESS // 2, given)


def _model(key: str, label: str, price: int, given: dict[str, Any]) -> FakeRenderer:
    values: dict[str, Any] = {
        "key": key,
        "label": label,
        "provider": "replicate",
        "price_micros": price,
        "footage": jobs.footage(7),
        **given,
    }
    return FakeRenderer(**values)


def shop(free: Desk, *renderers: FakeRenderer, **given: Any) -> Desk:
    """Return a desk on the same store and files, with these renderers."""
    return desk(free.store.jobs.engine, free.home, renderers=renderers, **given)


def quote(at: Desk, job: UUID, text: str = DRAGON, **given: Any) -> Quoted:
    values: dict[str, Any] = {"selected": (1,), **given}
    return at.services.quotes.quote(at.user, job, text=text, **values)


def confirm(at: Desk, job: UUID, quoted: Quoted) -> RegenerationRecord:
    """Confirm a price and return its first edit as it is then: over, unless the queue is held."""
    row = at.services.edits.confirm(at.user, job, quoted.quote.id)[0]
    return at.store.regenerations.get(row.id)


def edit(at: Desk, job: UUID, text: str = DRAGON, **given: Any) -> RegenerationRecord:
    """Price and confirm an edit of clip 1."""
    return confirm(at, job, quote(at, job, text, **given))


def money(at: Desk, job: UUID) -> tuple[int, int]:
    """Return what is spent and what is reserved; the books are right."""
    assert at.store.books.problems() == []
    view = at.services.jobs.get(at.user, job)
    return view.spent_micros, view.reserved_micros


def said(at: Desk, job: UUID) -> list[str]:
    """Return the names of the job's events, oldest first."""
    return [event.name for event in at.services.regenerations.events(at.user, job)]
