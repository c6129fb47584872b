"""A video model at Replicate as a renderer.

Every submission is a paid prediction: nothing at Replicate tells two equal requests
apart, so `submit` never repeats itself, and whoever does not know whether it arrived
asks `find`. A prediction is asked for once in a while, however often it is polled.
"""

import logging
import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, time
from typing import Final
from urllib.parse import quote

from clipbot.domain.plan import Edit
from clipbot.domain.temperature import offline_temperature
from clipbot.errors import (
    PredictionLost,
    ProviderError,
    ProviderUnavailable,
    SubmissionUnknown,
)
from clipbot.renderers.base import (
    Capability,
    Prediction,
    PredictionStatus,
    RenderRequest,
    Terms,
)
from clipbot.renderers.catalogue import Model, notes, price_micros, refusal
from clipbot.renderers.download import Downloads
from clipbot.renderers.replicate_answers import prediction_of, seconds_of
from clipbot.renderers.replicate_errors import asking, submitting
from clipbot.renderers.replicate_inputs import (
    FIRST_FRAME_BELOW,
    is_of,
    may_have_sent,
    pictures,
    scalars,
    shape_of,
)
from clipbot.renderers.replicate_wire import Document, Wire
from clipbot.renderers.schemas import Schemas

logger = logging.getLogger(__name__)

PROVIDER: Final = "replicate"
HOOK_PATH: Final = "/hooks/replicate"
SKEW_SECONDS: Final = 60.0
"""How far the clocks of Replicate and this machine may differ."""
_ID: Final = re.compile(r"[A-Za-z0-9-]{1,64}")
_MOST_PAGES: Final = 50
_REMEMBERED: Final = 1000
_CANCEL_TRIES: Final = 2


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the last look at a prediction gave."""

    looked_at: float
    prediction: Prediction | None
    """None: it could not be seen, for this reason."""
    reason: str = ""


class ReplicateRenderer:
    """A `Renderer` for one model of the catalogue. Safe to share between threads.

    Args:
        model: From the catalogue.
        wire: The account; one for all models.
        downloads: Brings the footage.
        schemas: What the services said of their inputs; None: the catalogue is taken as it is.
        public_url: Where Replicate reaches this server, `https://host`; None: nowhere.
        deadline_seconds: After so long Replicate stops a prediction by itself.
        patience_seconds: How late a prediction may appear in the account's list.
        poll_seconds: A prediction is asked for no more often.
        clock: Seconds, for that.
    """

    def __init__(
        self,
        model: Model,
        wire: Wire,
        downloads: Downloads,
        *,
        schemas: Schemas | None = None,
        public_url: str | None = None,
        deadline_seconds: int = 1200,
        patience_seconds: float = 120.0,
        poll_seconds: float = 2.0,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._known = model
        self._wire = wire
        self._downloads = downloads
        self._schemas = schemas
        self._public_url = public_url.rstrip("/") if public_url else None
        self._deadline_seconds = deadline_seconds
        self._patience_seconds = patience_seconds
        self._poll_seconds = poll_seconds
        self._clock = clock
        self._seen: OrderedDict[str, _Seen] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def key(self) -> str:
        return self._known.key

    @property
    def label(self) -> str:
        return self._known.label

    @property
    def provider(self) -> str:
        return PROVIDER

    @property
    def reads_prompt(self) -> bool:
        """True: footage is made from words."""
        return True

    @property
    def repeats_itself(self) -> bool:
        """False: it gets another seed, or else takes one of its own."""
        return False

    @property
    def patience_seconds(self) -> float:
        return self._patience_seconds

    def capability(self, edit: Edit) -> Capability:
        """Return that every change can be asked for.

        Only what a first frame holds stays by construction; a model keeps faces or motion
        as well as it can, which is no promise.
        """
        starts_there = (
            offline_temperature(edit) < FIRST_FRAME_BELOW or self._known.needs_first_frame
        )
        return Capability(
            doable=edit.ops,
            keeps=("composition",) if edit.ops and starts_there else (),
        )

    def terms(self, request: RenderRequest) -> Terms:
        """Return the price by the catalogue, or why it cannot take the request."""
        model = self._model
        reason = refusal(model, request.width, request.height)
        if reason is not None:
            needed = float(request.frames / request.rate)
            return Terms(0, 0, model.typical_seconds, needed, refusal=reason)
        shape = shape_of(model, request)
        price = price_micros(shape.tier, shape.duration)
        return Terms(
            price,
            price,
            seconds=model.typical_seconds,
            footage_seconds=float(shape.duration),
            notes=notes(model, shape.tier, request.frames, request.rate, shape.ratio),
        )

    def submit(self, request: RenderRequest) -> str:
        """Start a prediction and return its id; every call is one more, and paid.

        Raises:
            ProviderUnavailable: Nothing was started.
            ProviderRateLimited: Nothing was started.
            ProviderRejected: It will never be accepted, or there is no footage to start from.
            SubmissionUnknown: It may have been started; ask `find`.
        """
        model = self._model
        inputs = scalars(model, request) | pictures(model, request)
        # The last thing before it leaves: a process may stand still for minutes at any line.
        if request.not_after is not None and time() > request.not_after:
            raise ProviderUnavailable(self.label, "the request could not leave in time")
        with submitting(self.label):
            document = self._wire.create(
                model.slug,
                inputs,
                cancel_after_seconds=self._deadline_seconds,
                webhook=self._hook(request.marker),
            )
        prediction_id = document.get("id")
        if not isinstance(prediction_id, str) or not _ID.fullmatch(prediction_id):
            raise SubmissionUnknown(self.label, "the answer is about no prediction")
        return prediction_id

    def find(
        self, request: RenderRequest, *, since_seconds: float, taken: Collection[str] = ()
    ) -> str | None:
        """Return the id of the oldest prediction since then that this request explains.

        Args:
            request: As it was submitted.
            since_seconds: Time of the intent, seconds since the epoch.
            taken: Ids of other requests.

        Raises:
            ProviderUnavailable: It cannot be looked up now, or the list does not say any
                more what was sent.
        """
        since = since_seconds - SKEW_SECONDS
        sent = may_have_sent((self._known, self._model), request)
        found, is_hidden = None, False
        for entry in self._listed(since):
            prediction_id = entry.get("id")
            if not isinstance(prediction_id, str) or prediction_id in taken:
                continue
            is_ours = is_of(request, self._known, sent, entry)
            if is_ours is None and not entry.get("data_removed"):
                # A list may say less than the prediction itself does.
                is_ours = is_of(request, self._known, sent, self._whole(prediction_id))
            is_hidden = is_hidden or is_ours is None
            if is_ours:
                found = prediction_id
        if found is None and is_hidden:
            raise ProviderUnavailable(self.label, "it does not say any more what was sent")
        return found

    def poll(self, prediction_id: str) -> Prediction:
        """Return the prediction as it is now, or was a moment ago.

        Raises:
            ProviderUnavailable: The state is unknown; safe to ask again.
            PredictionLost: It is not known there, or its footage has expired.
        """
        if not _ID.fullmatch(prediction_id):
            raise PredictionLost(self.label, "there is no such prediction")
        seen = self._remembered(prediction_id)
        if seen is None:
            seen = self._look(prediction_id)
        if seen.prediction is None:
            raise ProviderUnavailable(self.label, seen.reason)
        return seen.prediction

    def cancel(self, prediction_id: str) -> None:
        """Ask the prediction to stop; where that fails its deadline stops it."""
        if not _ID.fullmatch(prediction_id):
            return
        for _ in range(_CANCEL_TRIES):
            try:
                with asking(self.label):
                    self._wire.cancel(prediction_id)
            except PredictionLost:
                return
            except ProviderError as error:
                logger.warning(
                    "prediction not cancelled",
                    extra={"prediction_id": prediction_id, "reason": error.reason},
                )
            else:
                self._forget(prediction_id)
                return

    def fetch(self, footage_url: str, dest: Path) -> Path:
        """Download the footage to `dest`; raises as `Downloads.bring`."""
        return self._downloads.bring(footage_url, dest, provider=self.label)

    @property
    def _model(self) -> Model:
        return self._schemas.narrowed(self._known) if self._schemas else self._known

    def _hook(self, marker: str) -> str | None:
        if self._public_url is None:
            return None
        return f"{self._public_url}{HOOK_PATH}?attempt={quote(marker, safe='')}"

    def _listed(self, since: float) -> list[Document]:
        """Return the account's predictions since a time, newest first."""
        found: list[Document] = []
        place: str | None = None
        for _ in range(_MOST_PAGES):
            try:
                with asking(self.label):
                    page = self._wire.page(place)
            except PredictionLost as error:
                raise ProviderUnavailable(self.label, "it has no list") from error
            for entry in page.entries:
                created = seconds_of(entry, "created_at")
                if created is not None and created < since:
                    return found
                found.append(entry)
            if page.next is None:
                return found
            place = page.next
        raise ProviderUnavailable(self.label, "its list does not end")

    def _whole(self, prediction_id: str) -> Document:
        with asking(self.label):
            return self._wire.get(prediction_id)

    def _remembered(self, prediction_id: str) -> _Seen | None:
        """Return what was seen lately, or last: what is over does not change any more."""
        with self._lock:
            seen = self._seen.get(prediction_id)
        if seen is None:
            return None
        is_over = seen.prediction and seen.prediction.status is not PredictionStatus.RUNNING
        is_late = self._clock() - seen.looked_at >= self._poll_seconds
        return seen if is_over or not is_late else None

    def _look(self, prediction_id: str) -> _Seen:
        looked_at = self._clock()
        try:
            with asking(self.label):
                document = self._wire.get(prediction_id)
            seen = _Seen(looked_at, prediction_of(document, self._known))
        except ProviderUnavailable as error:
            seen = _Seen(looked_at, None, error.reason)
        with self._lock:
            self._seen[prediction_id] = seen
            self._seen.move_to_end(prediction_id)
            while len(self._seen) > _REMEMBERED:
                self._seen.popitem(last=False)
        return seen

    def _forget(self, prediction_id: str) -> None:
        with self._lock:
            seen = self._seen.get(prediction_id)
            if seen and seen.prediction and seen.prediction.status is PredictionStatus.RUNNING:
                del self._seen[prediction_id]
