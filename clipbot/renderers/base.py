"""What clipbot asks of a renderer, in clipbot's own words.

A renderer turns a request into footage and may charge for it. Submitting and polling
are separate calls so that a workflow can write down the prediction id between them:
after a crash it polls what it already paid for.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from typing import Protocol

from clipbot.domain.plan import Edit, Operation

THIS_MACHINE = "local"
"""The provider of what is made here."""


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
    references: tuple[Path, ...] = ()
    """Pictures of the characters and places that the clip was first made from."""
    not_after: float | None = None
    """Time, in seconds since the epoch, from which on it must not leave any more: somebody else
    may count on that and send it anew. None: it may leave at any time."""


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms a renderer takes a request."""

    price_micros: int
    """What it costs if all goes well, by the renderer's own list of prices."""
    ceiling_micros: int
    """The most that it can cost."""
    seconds: float
    """How long it usually takes."""
    footage_seconds: float
    """Length of the footage that it will make: what a price per second is times."""
    notes: tuple[str, ...] = ()
    """What a person should know before agreeing, a sentence each."""
    refusal: str | None = None
    """Why it cannot take the request at all, in a few words: "it makes no square films"."""


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
    is_refused: bool = False
    """Whether it failed because the provider minds its content; other words may help."""


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
    def provider(self) -> str:
        """Who runs it and limits how much runs at once: `local`, `replicate`."""
        ...

    @property
    def reads_prompt(self) -> bool:
        """Whether the prompt matters to it; if not, no model is asked to write one."""
        ...

    @property
    def repeats_itself(self) -> bool:
        """Whether the same wish for the same footage gives the same again, whatever the seed."""
        ...

    @property
    def patience_seconds(self) -> float:
        """How long `find` may miss a prediction that was started; 0: it misses none."""
        ...

    def capability(self, edit: Edit) -> Capability:
        """Return what it can do of an edit; pure and immediate."""
        ...

    def terms(self, request: RenderRequest) -> Terms:
        """Return on what terms it takes the request; pure and immediate."""
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

    def find(
        self, request: RenderRequest, *, since_seconds: float, taken: Collection[str] = ()
    ) -> str | None:
        """Return the id of the prediction that this request started, if it ever did.

        Args:
            request: As it was, or would have been, submitted; its marker tells it from others.
            since_seconds: Time of the intent, seconds since the epoch.
            taken: Ids that are known to belong to other requests.

        Raises:
            ProviderUnavailable: It cannot be looked up now.
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

    def fetch(self, footage_url: str, dest: Path) -> Path:
        """Bring footage to this machine and return where it is.

        Args:
            footage_url: `Prediction.footage_url`.
            dest: A file to write; not written where the footage is on this machine already.

        Raises:
            ProviderUnavailable: It did not arrive whole; safe to try again.
            FootageRejected: It is too large, is not there any more, or lies where nothing is
                fetched from.
            StorageFull: There is no room for it.
        """
        ...


def named(renderers: Sequence[Renderer], key: str) -> Renderer | None:
    """Return the renderer with this key, if it is set up."""
    return next((renderer for renderer in renderers if renderer.key == key), None)
