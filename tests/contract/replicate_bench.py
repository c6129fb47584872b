"""A renderer in front of the doubled service, and a clock that stands still."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from clipbot.domain.plan import Kind, Operation
from clipbot.renderers.base import Prediction, PredictionStatus, RenderRequest
from clipbot.renderers.catalogue import Model
from clipbot.renderers.download import Downloads
from clipbot.renderers.models import known_model
from clipbot.renderers.replicate import ReplicateRenderer
from clipbot.renderers.replicate_wire import Wire
from tests import media
from tests.contract.replicate_server import Double, serving


def model(key: str) -> Model:
    found = known_model(key)
    assert found is not None
    return found


def wanted(marker: str = "one", **facts: Any) -> RenderRequest:
    """Return a request for five seconds at a temperature that keeps the first frame."""
    usual: dict[str, Any] = {
        "ops": (Operation(Kind.SUBJECT, "coat"),),
        "prompt": "a harbour, a red coat",
        "frames": 100,
        "rate": Fraction(24),
        "width": 1280,
        "height": 720,
        "seed": 7,
        "temperature": 0.4,
        "source": media.clip(frames=12),
    }
    return RenderRequest(marker=marker, **usual | facts)


@dataclass
class Bench:
    """A renderer, its service and its time."""

    double: Double
    wire: Wire
    key: str
    now: float = 0.0

    def renderer(self, key: str | None = None, **facts: Any) -> ReplicateRenderer:
        """Return a new renderer, as after a restart."""
        usual: dict[str, Any] = {"poll_seconds": 0.0, "clock": lambda: self.now}
        return ReplicateRenderer(
            model(key or self.key),
            self.wire,
            Downloads(trusted=[self.double.host]),
            **usual | facts,
        )

    def over(self, prediction_id: str) -> Prediction:
        """Return a prediction once it is over."""
        renderer = self.renderer()
        while True:
            seen = renderer.poll(prediction_id)
            if seen.status is not PredictionStatus.RUNNING:
                return seen

    @property
    def sent(self) -> dict[str, Any]:
        """The input of the last prediction."""
        return dict(self.double.books.paid[-1].inputs)


@contextmanager
def bench(key: str = "veo_31", footage: Path | None = None, **facts: Any) -> Iterator[Bench]:
    """Run a service with a renderer of one model before it.

    Args:
        key: The model's.
        footage: What the service makes.
        facts: Of its `Books`.
    """
    with (
        serving(footage or media.clip(frames=12), **facts) as double,
        closing(Wire(double.books.token, double.url)) as wire,
    ):
        yield Bench(double, wire, key)
