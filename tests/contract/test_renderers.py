"""What every renderer must do, whether it paints pixels or only remembers."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit
from urllib.request import url2pathname

import pytest

from clipbot.domain.plan import Edit, Kind, Operation
from clipbot.errors import PredictionLost
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
from clipbot.renderers.fakes import FakeBooks, FakeRenderer
from clipbot.renderers.local import LocalRenderer
from tests import media
from tests.contract import cog_server

BRIGHTER = Operation(Kind.BRIGHTNESS, "up")
PATIENCE_SECONDS = 60


class Provider:
    """A renderer's service; each call gives a new client of it, as after a restart."""

    def __init__(self, client: Callable[[], Renderer]) -> None:
        self._client = client
        self.clients: list[Renderer] = []

    def __call__(self) -> Renderer:
        self.clients.append(self._client())
        return self.clients[-1]


@pytest.fixture(params=["fake", "local", pytest.param("cog", marks=pytest.mark.xdist_group("cog"))])
def provider(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Provider]:
    books, work = FakeBooks(), tmp_path / "work"
    clients: dict[str, Callable[[], Renderer]] = {
        "fake": lambda: FakeRenderer(books=books),
        "local": lambda: LocalRenderer(work),
        "cog": lambda: CogRenderer(cog_server.server().url, work),
    }
    provider = Provider(clients[request.param])
    yield provider
    for client in provider.clients:
        if isinstance(client, LocalRenderer | CogRenderer):
            client.close()


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


def test_a_submitted_prediction_is_polled_until_it_has_footage(provider: Provider) -> None:
    renderer = provider()
    prediction = followed(renderer, renderer.submit(wanted("one")))

    assert prediction.status is PredictionStatus.SUCCEEDED
    assert prediction.failure is None
    assert prediction.cost_micros is not None
    address = urlsplit(prediction.footage_url or "")
    assert address.scheme == "file"
    assert probe(Path(url2pathname(address.path))).frames == 12


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


def test_one_marker_is_one_prediction(provider: Provider) -> None:
    renderer = provider()
    first, again, other = (renderer.submit(wanted(marker)) for marker in ("one", "one", "two"))
    assert first == again != other
    assert followed(renderer, first) == followed(renderer, first)


def test_submitting_at_once_from_many_threads_is_still_one_prediction(provider: Provider) -> None:
    renderer, ids = provider(), list[str]()
    threads = [Thread(target=lambda: ids.append(renderer.submit(wanted("one")))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(ids) == 6
    assert len(set(ids)) == 1
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
    renderer = provider()
    prediction_id = renderer.submit(wanted("one", tmp_path / "gone.mp4"))
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
