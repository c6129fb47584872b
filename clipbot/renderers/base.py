"""What clipbot asks of a renderer, in clipbot's own words.

A renderer turns a request into footage and may charge for it. Submitting and polling
are separate calls so that a workflow can write down the prediction id between them:
after a crash it polls what it already paid for.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from typing import Protocol

from clipbot.domain.plan import Edit, Operation


class Extent(StrEnum):
    """How much of an edit a renderer can do."""

    WHOLE = "whole"
    PARTIAL = "partial"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Capability:
    """What a renderer can do of an edit."""

    doable: tuple[Operation, ...] = ()
    leftover: tuple[Operation, ...] = ()
    keeps: tuple[str, ...] = ()
    """What stays as it is by construction: "composition", "motion"."""

    @property
    def extent(self) -> Extent:
        if not self.doable:
            return Extent.NOTHING
        return Extent.PARTIAL if self.leftover else Extent.WHOLE


@dataclass(frozen=True, slots=True)
class RenderRequest:
    """All that a renderer needs to know; plain values, so that it can be written down."""

    marker: str
    """Unique per attempt and known before submitting; finds the prediction again."""
    ops: tuple[Operation, ...]
    prompt: str
    frames: int
    """Frames that the slot needs, at `rate`."""
    rate: Fraction
    width: int
    height: int
    seed: int
    temperature: float
    source: Path | None = None
    """Footage of the current version."""


class PredictionStatus(StrEnum):
    """How far a prediction is."""

    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Prediction:
    """One call at a renderer, as last seen."""

    id: str
    status: PredictionStatus
    progress: float | None = None
    """Share that is done, 0..1, where the renderer can tell."""
    footage_url: str | None = None
    """Where the footage is; set exactly when the status is SUCCEEDED. `file://` for local ones."""
    cost_micros: int | None = None
    """What it really cost, where the renderer can tell."""
    failure: str | None = None
    """Its own words; set exactly when the status is FAILED."""


class Renderer(Protocol):
    """A service that makes footage. Implementations are safe to share between threads."""

    @property
    def key(self) -> str:
        """Short name used in settings, rows and the API: `local`, `veo_31`."""
        ...

    @property
    def label(self) -> str:
        """Its name for people: "Local look"."""
        ...

    @property
    def reads_prompt(self) -> bool:
        """Whether the prompt matters to it; if not, no model is asked to write one."""
        ...

    def capability(self, edit: Edit) -> Capability:
        """Return what it can do of an edit; pure and immediate."""
        ...

    def ceiling_micros(self, request: RenderRequest) -> int:
        """Return the most that the request can cost."""
        ...

    def typical_seconds(self, request: RenderRequest) -> float:
        """Return how long the request usually takes."""
        ...

    def submit(self, request: RenderRequest) -> str:
        """Start a prediction and return its id.

        Raises:
            ProviderUnavailable: Nothing was started; safe to try again.
            ProviderRateLimited: Nothing was started; safe to try again later.
            ProviderRejected: This request will never be accepted.
            SubmissionUnknown: It may have started, and been charged; look before trying again.
        """
        ...

    def find(self, marker: str, *, since_seconds: float) -> str | None:
        """Return the id of the prediction with this marker, if one was ever started.

        Args:
            marker: `RenderRequest.marker`.
            since_seconds: Time of the intent, seconds since the epoch.
        """
        ...

    def poll(self, prediction_id: str) -> Prediction:
        """Return the prediction as it is now, without waiting.

        Raises:
            ProviderUnavailable: The state is unknown; safe to ask again.
            StorageFull: A renderer on this machine has no room; safe to ask again.
            PredictionLost: It is not known there.
        """
        ...

    def cancel(self, prediction_id: str) -> None:
        """Ask the prediction to stop; harmless if it is over or unknown."""
        ...


def named(renderers: Sequence[Renderer], key: str) -> Renderer | None:
    """Return the renderer with this key, if it is set up."""
    return next((renderer for renderer in renderers if renderer.key == key), None)
