"""Each thing that can go wrong at a provider, once and alone: what becomes of a paid edit."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import count

import pytest

from clipbot.domain.user import LOCAL_USER
from clipbot.services.bundle import Services
from clipbot.store.records import RegenerationRecord, RegenerationStatus
from tests.integration.processes.waiting import until
from tests.integration.soak.audit import charged, problems
from tests.integration.soak.plans import Plan, Trigger
from tests.integration.soak.provider import Provider, fate, fault, marker_of, provider
from tests.integration.soak.studio import Site, Studio, job_id, studio
from tests.integration.soak.templates import Templates

PRICE = 400_000
"""Of four seconds of the model that is asked."""
DONE = ("completed", None)
UNKNOWN = ("failed", "submission_unknown")
REJECTED = ("failed", "provider_rejected")
UNUSABLE = ("failed", "footage_rejected")
FAULTS = [
    ("create", "dropped", DONE, 1),
    ("create", "unheard", UNKNOWN, 0),
    ("create", "broken", UNKNOWN, 0),
    ("create", "broken after all", DONE, 1),
    ("create", "garbage", DONE, 1),
    ("create", "throttled", DONE, 1),
    ("create", "throttled for a moment", DONE, 1),
    ("create", "no credit", REJECTED, 0),
    ("create", "not valid", REJECTED, 0),
    *(("get", name, DONE, 1) for name in ("unheard", "broken", "garbage", "throttled", "gone")),
    *(("list", name, DONE, 1) for name in ("unheard", "broken", "garbage", "throttled")),
    *(("file", name, DONE, 1) for name in ("unheard", "broken", "half")),
    ("file", "gone", UNUSABLE, 1),
]
FATES = [
    *((name, DONE, PRICE) for name in ("good", "slow", "short", "long", "small")),
    *((name, UNUSABLE, PRICE) for name in ("cut off", "no film", "elsewhere")),
    *((name, REJECTED, PRICE) for name in ("no output", "odd output", "never")),
    *((name, REJECTED, 0) for name in ("failed", "aborted", "queued")),
    ("refused", ("failed", "content_refused"), 0),
]


@dataclass
class Bench:
    """A running clipbot, its provider, and all edits so far."""

    opened: Studio
    provider: Provider
    services: Services
    edits: list[RegenerationRecord]
    numbers: "count[int]"

    def begin(self, *, with_retries: bool = False) -> RegenerationRecord:
        """Confirm an edit of a clip that nobody works on."""
        self.opened.store.health.worked("veo_31_fast")
        job, clip = divmod(next(self.numbers) % 4, 2)
        quoted = self.services.quotes.quote(
            LOCAL_USER,
            job_id(job),
            text=f"add a dragon to clip {clip + 1}",
            renderer="veo_31_fast",
            with_retries=with_retries,
        )
        (row,) = self.services.edits.confirm(LOCAL_USER, job_id(job), quoted.quote.id)
        self.edits.append(row)
        return row

    def over(self, row: RegenerationRecord) -> RegenerationRecord:
        """Wait until an edit is over for good."""
        rows = self.opened.store.regenerations
        waiting = {"queued", "processing", "needs_attention"}
        until(lambda: rows.get(row.id).status not in waiting)
        return rows.get(row.id)

    def take_all_back(self) -> None:
        for row in self.edits:
            self.services.regenerations.cancel(LOCAL_USER, row.job_id, row.id)

    def predictions(self, row: RegenerationRecord) -> int:
        return sum(marker_of(each).startswith(str(row.id)) for each in self.provider.books.paid)


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    folder = tmp_path_factory.mktemp("faults")
    with ExitStack() as opening:
        templates = Templates(folder, opening)
        url = opening.enter_context(templates.installation("sqlite", folder / "at-work"))
        double = opening.enter_context(provider(Plan(0, ()), folder / "at-work" / "footage"))
        site = Site(url, folder / "at-work", double.double.url, double.double.host)
        opened = opening.enter_context(studio(site))
        executor = opening.enter_context(opened.executor())
        bench = Bench(opened, double, opened.services(executor), [], count())
        yield bench
        assert problems(opened, double, [row.id for row in bench.edits]) == []


@pytest.fixture(autouse=True)
def _calm(bench: Bench) -> Iterator[None]:
    yield
    bench.provider.calm()
    assert bench.opened.store.books.problems() == []


@pytest.mark.parametrize(("call", "name", "end", "predictions"), FAULTS)
def test_a_fault_of_one_call(
    call: str, name: str, end: tuple[str, str | None], predictions: int, bench: Bench
) -> None:
    if call == "list":
        bench.provider.double.fail("create", fault("dropped"))
    bench.provider.has_lost_files |= name == "gone"
    bench.provider.double.fail(call, fault(name))
    row = bench.over(bench.begin())

    assert (row.status, row.error_code) == end
    assert bench.predictions(row) == predictions
    assert row.cost_micros == predictions * PRICE


@pytest.mark.parametrize(("name", "end", "cost"), FATES)
def test_a_fate_of_one_prediction(
    name: str, end: tuple[str, str | None], cost: int, bench: Bench
) -> None:
    bench.provider.books.fates.append(fate(bench.opened.site.home / "footage", name))
    row = bench.over(bench.begin())

    assert (row.status, row.error_code) == end
    assert bench.predictions(row) == 1
    assert row.cost_micros == cost


def test_what_is_refused_goes_through_the_agreed_attempts(bench: Bench) -> None:
    refused = fate(bench.opened.site.home, "refused")
    bench.provider.books.fates.extend([refused, refused])
    row = bench.over(bench.begin(with_retries=True))

    assert (row.status, row.renderer) == (RegenerationStatus.COMPLETED, "kling_v21")
    assert bench.predictions(row) == 3
    assert row.cost_micros == charged(bench.provider, row.id) > 0


@pytest.mark.parametrize(
    ("during", "name"),
    [
        *((during, "") for during in ("create", "get", "list", "file")),
        *(("get", name) for name in ("unheard", "broken", "dropped")),
    ],
)
def test_an_edit_that_is_taken_back_costs_what_was_charged(
    during: str, name: str, bench: Bench
) -> None:
    """A cancellation that does not arrive is the deadline's, and costs the same."""
    if during == "list":
        bench.provider.double.fail("create", fault("dropped"))
    bench.provider.double.fail("cancel", fault(name))
    bench.provider.calls.clear()
    bench.provider.when(Trigger(call=during), bench.take_all_back)
    row = bench.over(bench.begin())

    assert row.status is RegenerationStatus.CANCELLED
    assert bench.predictions(row) == 1
    assert row.cost_micros == charged(bench.provider, row.id)
