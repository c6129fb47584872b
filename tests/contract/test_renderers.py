"""What every renderer must do, whether it paints pixels or only remembers."""

import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path
from threading import Thread

import pytest

from clipbot.domain.plan import Edit, Kind, Operation
from clipbot.errors import PredictionLost, ProviderRejected
from clipbot.media.probe import probe
from clipbot.renderers.base import (
    Extent,
    Prediction,
    PredictionStatus,
    Renderer,
    RenderRequest,
    named,
)
from clipbot.renderers.cog import CogRenderer
from clipbot.renderers.download import Downloads
from clipbot.renderers.fakes import FakeBooks, FakeRenderer
from clipbot.renderers.local import LocalRenderer
from clipbot.renderers.models import catalogue
from clipbot.renderers.replicate import ReplicateRenderer
from clipbot.renderers.replicate_wire import Wire
from tests import media
from tests.contract import cog_server
from tests.contract.replicate_server import serving

BRIGHTER = Operation(Kind.BRIGHTNESS, "up")
PATIENCE_SECONDS = 60


@dataclass
class Provider:
    """A renderer's service; each call gives a new client of it, as after a restart."""

    client: Callable[[], Renderer]
    knows_markers: bool = True
    """Whether one marker is one prediction, however often it is submitted; else each is paid."""
    takes_unread: bool = True
    """Whether it takes a request first and reads its source then; else it refuses what it
    cannot read."""
    clients: list[Renderer] = field(default_factory=list)

    def __call__(self) -> Renderer:
        self.clients.append(self.client())
        return self.clients[-1]


MODELS = [model.key for model in catalogue()]
COG = pytest.param("cog", marks=pytest.mark.xdist_group("cog"))


@pytest.fixture(params=["fake", "local", COG, *MODELS])
def provider(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Provider]:
    match request.param:
        case "fake":
            books = FakeBooks()
            yield Provider(lambda: FakeRenderer(books=books))
        case "local":
            with on_this_machine(lambda: LocalRenderer(tmp_path / "work")) as provider:
                yield provider
        case "cog":
            url = cog_server.server().url
            with on_this_machine(lambda: CogRenderer(url, tmp_path / "work")) as provider:
                yield provider
        case key:
            with replicated(key) as provider:
                yield provider


@contextmanager
def on_this_machine(open_: Callable[[], LocalRenderer | CogRenderer]) -> Iterator[Provider]:
    provider = Provider(open_)
    yield provider
    for client in provider.clients:
        assert isinstance(client, LocalRenderer | CogRenderer)
        client.close()


@contextmanager
def replicated(key: str) -> Iterator[Provider]:
    model = next(each for each in catalogue() if each.key == key)
    with serving(media.clip(frames=12)) as double, closing(Wire("r8_double", double.url)) as wire:
        downloads = Downloads(trusted=[double.host])
        yield Provider(
            lambda: ReplicateRenderer(model, wire, downloads, poll_seconds=0),
            knows_markers=False,
            takes_unread=False,
        )


def wanted(marker: str, source: Path | None = None) -> RenderRequest:
    return RenderRequest(
        marker=marker,
        ops=(BRIGHTER,),
        prompt="a harbour, brighter",
        frames=12,
        rate=Fraction(24),
        width=320,
        height=180,
        seed=7,
        temperature=0.3,
        source=source or media.clip(frames=12),
    )


def followed(renderer: Renderer, prediction_id: str) -> Prediction:
    """Poll until it is over."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        prediction = renderer.poll(prediction_id)
        if prediction.status is not PredictionStatus.RUNNING:
            return prediction
        time.sleep(0.02)
    raise AssertionError("it is still running")


def test_a_submitted_prediction_is_polled_until_it_has_footage(
    provider: Provider, tmp_path: Path
) -> None:
    renderer = provider()
    prediction = followed(renderer, renderer.submit(wanted("one")))

    assert prediction.status is PredictionStatus.SUCCEEDED
    assert prediction.failure is None
    assert prediction.cost_micros is not None
    footage = renderer.fetch(prediction.footage_url or "", tmp_path / "new.mp4")
    assert probe(footage).frames == 12


def test_progress_stays_between_nothing_and_all(provider: Provider) -> None:
    renderer = provider()
    prediction_id, seen = renderer.submit(wanted("one")), list[float]()
    while (prediction := renderer.poll(prediction_id)).status is PredictionStatus.RUNNING:
        assert prediction.footage_url is None
        assert prediction.failure is None
        seen.append(prediction.progress or 0.0)
        time.sleep(0.01)
    assert all(0.0 <= share <= 1.0 for share in seen)
    assert seen == sorted(seen)


def test_one_marker_is_one_prediction_or_each_is_paid(provider: Provider) -> None:
    renderer = provider()
    first, again, other = (renderer.submit(wanted(marker)) for marker in ("one", "one", "two"))
    assert (first == again) == provider.knows_markers
    assert other not in {first, again}
    assert followed(renderer, first) == followed(renderer, first)


def test_many_threads_may_submit_at_once(provider: Provider) -> None:
    renderer, ids = provider(), list[str]()
    threads = [Thread(target=lambda: ids.append(renderer.submit(wanted("one")))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(ids) == 6
    assert len(set(ids)) == (1 if provider.knows_markers else 6)
    assert followed(renderer, ids[0]).status is PredictionStatus.SUCCEEDED


def test_a_prediction_is_found_by_its_marker_and_only_then(provider: Provider) -> None:
    renderer, now = provider(), time.time()
    assert renderer.find(wanted("one"), since_seconds=now) is None
    prediction_id = renderer.submit(wanted("one"))
    assert renderer.find(wanted("one"), since_seconds=now) == prediction_id
    assert renderer.find(wanted("on"), since_seconds=now) is None


@pytest.mark.parametrize("prediction_id", ["", "nobody", "local-" + "0" * 32, "../../etc/passwd"])
def test_an_unknown_prediction_is_lost(provider: Provider, prediction_id: str) -> None:
    renderer = provider()
    with pytest.raises(PredictionLost):
        renderer.poll(prediction_id)
    renderer.cancel(prediction_id)


def test_a_cancelled_prediction_stays_cancelled(provider: Provider) -> None:
    renderer = provider()
    long_clip = media.clip(frames=480, options=("-g", "48"))
    prediction_id = renderer.submit(wanted("one", long_clip))

    renderer.cancel(prediction_id)

    assert followed(renderer, prediction_id).status is PredictionStatus.CANCELLED
    renderer.cancel(prediction_id)
    renderer.submit(wanted("one", long_clip))
    assert followed(provider(), prediction_id).status is PredictionStatus.CANCELLED


def test_cancelling_what_is_done_changes_nothing(provider: Provider) -> None:
    renderer = provider()
    prediction_id = renderer.submit(wanted("one"))
    done = followed(renderer, prediction_id)
    renderer.cancel(prediction_id)
    assert renderer.poll(prediction_id) == done


def test_a_source_that_cannot_be_read_fails_with_a_reason(
    provider: Provider, tmp_path: Path
) -> None:
    renderer, request = provider(), wanted("one", tmp_path / "gone.mp4")
    if not provider.takes_unread:
        with pytest.raises(ProviderRejected) as caught:
            renderer.submit(request)
        assert str(tmp_path) not in str(caught.value)
        assert renderer.find(request, since_seconds=0) is None
        return
    prediction_id = renderer.submit(request)
    prediction = followed(renderer, prediction_id)

    assert prediction.status is PredictionStatus.FAILED
    assert prediction.footage_url is None
    assert prediction.failure
    assert str(tmp_path) not in prediction.failure
    assert followed(provider(), prediction_id) == prediction


def test_after_a_restart_everything_is_still_known(provider: Provider) -> None:
    done, started = provider().submit(wanted("done")), provider().submit(wanted("started"))
    before = followed(provider(), done)

    after = provider()

    assert after.poll(done) == before
    assert after.find(wanted("started"), since_seconds=0) == started
    if provider.knows_markers:
        assert after.submit(wanted("started")) == started
    assert followed(after, started).status is PredictionStatus.SUCCEEDED


def test_a_renderer_says_what_it_can_do_and_what_it_may_cost(provider: Provider) -> None:
    renderer, request = provider(), wanted("one")
    capability = renderer.capability(Edit(clips=(1,), ops=(BRIGHTER,)))

    assert capability.extent is Extent.WHOLE
    assert renderer.capability(Edit(clips=(1,))).extent is Extent.NOTHING
    terms, longer = renderer.terms(request), renderer.terms(replace(request, frames=2400))
    assert 0 <= terms.price_micros <= terms.ceiling_micros
    assert 0 < terms.seconds <= longer.seconds
    assert 0 < terms.footage_seconds < longer.footage_seconds
    assert terms.refusal is None
    assert renderer.provider
    assert renderer.patience_seconds >= 0
    assert named([renderer], renderer.key) is renderer
    assert named([renderer], "other") is None
    assert renderer.label
