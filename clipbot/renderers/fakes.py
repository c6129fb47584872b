"""A renderer without pictures: for tests, and for trying the paid path without paying."""

import threading
from collections import deque
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

from clipbot.domain.plan import Edit, Kind
from clipbot.errors import PredictionLost, ProviderError
from clipbot.renderers.base import (
    Capability,
    Prediction,
    PredictionStatus,
    RenderRequest,
    Terms,
)
from clipbot.renderers.files import local_file


@dataclass(slots=True)
class FakeBooks:
    """What the fake provider remembers; it outlives any one client of it."""

    requests: dict[str, RenderRequest] = field(default_factory=dict)
    """By prediction id, in the order of arrival."""
    polls: dict[str, int] = field(default_factory=dict)
    failures: dict[str, str] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)
    """Those among the failures whose content is minded."""
    cancelled: set[str] = field(default_factory=set)
    lock: threading.Lock = field(default_factory=threading.Lock)


@dataclass(slots=True)
class FakeRenderer:
    """A `Renderer` that remembers what it was asked, and does what a test tells it.

    Left alone, a prediction is running at the first `polls_until_done` polls and then
    succeeds with `footage`, or else with the request's own source. A request whose source
    does not exist fails, as at every renderer.

    Args:
        key: As of a `Renderer`.
        label: As of a `Renderer`.
        price_micros: Cost of every prediction, known once it is over.
        loss_micros: Cost of one that fails, is refused or is stopped; None: it cannot tell.
        refusal: As of its `Terms`.
        ceiling_factor: What it says that it may cost, in prices.
        does: Kinds that it can do; None is all of them.
        footage: File to answer with.
        polls_until_done: How many polls find it still running.
        reads_prompt: As of a `Renderer`.
        repeats_itself: As of a `Renderer`.
        provider: As of a `Renderer`.
        patience_seconds: As of a `Renderer`.
        books: Shared between clients of one provider, as after a restart.
    """

    key: str = "fake"
    label: str = "Fake renderer"
    price_micros: int = 50_000
    loss_micros: int | None = 0
    refusal: str | None = None
    ceiling_factor: int = 1
    does: Collection[Kind] | None = None
    footage: Path | None = None
    polls_until_done: int = 1
    reads_prompt: bool = False
    repeats_itself: bool = False
    provider: str = "fake"
    patience_seconds: float = 0.0
    books: FakeBooks = field(default_factory=FakeBooks)
    refusals: deque[ProviderError] = field(default_factory=deque)
    """Errors that the next submissions raise, without starting anything."""
    silences: deque[ProviderError] = field(default_factory=deque)
    """Errors that the next submissions raise *after* they have started (SubmissionUnknown)."""
    outages: deque[ProviderError] = field(default_factory=deque)
    """Errors that the next polls raise."""
    failures: deque[str] = field(default_factory=deque)
    """Reasons for which the next predictions will fail."""
    objections: deque[str] = field(default_factory=deque)
    """Reasons for which the next predictions will be refused, where none is to fail."""
    blindness: deque[ProviderError] = field(default_factory=deque)
    """Errors that the next looks for a prediction raise."""

    @property
    def submitted(self) -> list[RenderRequest]:
        """Return all requests that were started, oldest first."""
        return list(self.books.requests.values())

    def capability(self, edit: Edit) -> Capability:
        """Return what it was told that it can do."""
        doable = tuple(op for op in edit.ops if self.does is None or op.kind in self.does)
        leftover = tuple(op for op in edit.ops if op not in doable)
        return Capability(doable=doable, leftover=leftover)

    def terms(self, request: RenderRequest) -> Terms:
        """Return the price, the same for all, and one second."""
        return Terms(
            self.price_micros,
            self.price_micros * self.ceiling_factor,
            seconds=1.0,
            footage_seconds=float(request.frames / request.rate),
            refusal=self.refusal,
        )

    def submit(self, request: RenderRequest) -> str:
        """Start a prediction, or return the one that this marker has.

        Raises:
            ProviderError: The next of `refusals` or `silences`.
        """
        with self.books.lock:
            if self.refusals:
                raise self.refusals.popleft()
            prediction_id = f"{self.key}-{request.marker}"
            if prediction_id not in self.books.requests:
                self.books.requests[prediction_id] = request
                self.books.polls[prediction_id] = 0
                if self.failures:
                    self.books.failures[prediction_id] = self.failures.popleft()
                elif self.objections:
                    self.books.failures[prediction_id] = self.objections.popleft()
                    self.books.refused.add(prediction_id)
                elif request.source is not None and not request.source.exists():
                    self.books.failures[prediction_id] = "the source cannot be read"
            if self.silences:
                raise self.silences.popleft()
            return prediction_id

    def find(
        self,
        request: RenderRequest,
        *,
        since_seconds: float,  # noqa: ARG002 - it forgets nothing
        taken: Collection[str] = (),  # noqa: ARG002 - ids follow from markers
    ) -> str | None:
        """Return the id of the prediction with this marker, if it was started.

        Raises:
            ProviderError: The next of `blindness`.
        """
        if self.blindness:
            raise self.blindness.popleft()
        prediction_id = f"{self.key}-{request.marker}"
        return prediction_id if prediction_id in self.books.requests else None

    def poll(self, prediction_id: str) -> Prediction:
        """Return the prediction as it is now.

        Raises:
            ProviderError: The next of `outages`.
            PredictionLost: It was never started.
        """
        with self.books.lock:
            if self.outages:
                raise self.outages.popleft()
            if prediction_id not in self.books.requests:
                raise PredictionLost(self.label, "there is no such prediction")
            if prediction_id in self.books.cancelled:
                return Prediction(
                    prediction_id, PredictionStatus.CANCELLED, cost_micros=self.loss_micros
                )
            polls = self.books.polls[prediction_id] = self.books.polls[prediction_id] + 1
            if polls <= self.polls_until_done:
                share = (polls - 1) / max(1, self.polls_until_done)
                return Prediction(prediction_id, PredictionStatus.RUNNING, progress=share)
            return self._over(prediction_id)

    def cancel(self, prediction_id: str) -> None:
        """Stop a running prediction; harmless if it is over or unknown."""
        with self.books.lock:
            running = self.books.polls.get(prediction_id, self.polls_until_done + 1)
            if running <= self.polls_until_done:
                self.books.cancelled.add(prediction_id)

    def fetch(self, footage_url: str, dest: Path) -> Path:  # noqa: ARG002 - it is here already
        """Return the file that it answered with.

        Raises:
            FootageRejected: The address is not a local file that exists.
        """
        return local_file(footage_url)

    def _over(self, prediction_id: str) -> Prediction:
        if prediction_id in self.books.failures:
            return Prediction(
                prediction_id,
                PredictionStatus.FAILED,
                cost_micros=self.loss_micros,
                failure=self.books.failures[prediction_id],
                is_refused=prediction_id in self.books.refused,
            )
        footage = self.footage or self.books.requests[prediction_id].source
        return Prediction(
            prediction_id,
            PredictionStatus.SUCCEEDED,
            progress=1.0,
            footage_url=footage.resolve().as_uri() if footage else "memory://footage.mp4",
            cost_micros=self.price_micros,
        )
