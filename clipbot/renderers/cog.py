"""An own model as a renderer: any server with the cog HTTP API. Free, as far as we know.

A prediction is files on a shelf (`shelf.py`). A thread of its own holds the request that
makes it, because the server tells the outcome to nobody else (`cog_server.py`); the
outcome becomes a file. If this process dies, the server drops the prediction, and whoever
polls it next starts it again.

What the server takes is read from its own schema (`cog_model.py`) when it is first needed.
`capability`, `terms` and `label` never wait for it: they say what is known by then, and
let it be looked up behind them.
"""

import contextlib
import logging
import threading
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from time import monotonic
from typing import Final

from clipbot.domain.plan import Edit
from clipbot.errors import (
    EditCancelled,
    FootageRejected,
    PredictionLost,
    ProviderRejected,
    ProviderUnavailable,
    StorageFull,
)
from clipbot.renderers import cog_answers as answers
from clipbot.renderers.base import (
    Capability,
    Prediction,
    PredictionStatus,
    RenderRequest,
    Terms,
)
from clipbot.renderers.cog_known import Known
from clipbot.renderers.cog_making import Failed, Task, Workshop, host
from clipbot.renderers.cog_server import CogServer, TooLarge, Unanswered
from clipbot.renderers.files import local_file
from clipbot.renderers.shelf import Shelf

LABEL: Final = "Own model"
MOST_FOOTAGE_BYTES: Final = 128 * 1024 * 1024
LONGEST_SECONDS: Final = 3600.0
_TYPICAL_SECONDS: Final = 60.0
_MOST_BREAKS: Final = 3

_log = logging.getLogger(__name__)


class CogRenderer:
    """A `Renderer` for one server. Safe to share between threads.

    Args:
        url: The server's address, such as `http://gpu-box:5000`.
        work: Folder for its files; nobody else writes there, other processes of ours may.
        key: As of a `Renderer`.
        token: Sent as a bearer token, where something in front of the server wants one.
        trusted_hosts: `host:port` of file hosts that its footage may be fetched from, beside
            the server itself.
        most_footage_bytes: Larger footage is not taken.
        longest_seconds: For a prediction, once it has begun; and for waiting until it can.
    """

    def __init__(
        self,
        url: str,
        work: Path,
        *,
        key: str = "cog",
        token: str = "",
        trusted_hosts: Collection[str] = (),
        most_footage_bytes: int = MOST_FOOTAGE_BYTES,
        longest_seconds: float = LONGEST_SECONDS,
    ) -> None:
        self._key = key
        self._server = CogServer(url, token)
        self._known = Known(self._server)
        self._shelf = Shelf(work, "cog")
        self._tasks: dict[str, Task] = {}
        self._errors: dict[str, ProviderUnavailable | StorageFull] = {}
        self._lock = threading.Lock()
        self._workshop = Workshop(
            self._server,
            self._known,
            self._shelf,
            hosts=frozenset({host(url), *(each.lower() for each in trusted_hosts)}),
            most_bytes=most_footage_bytes,
            longest_seconds=longest_seconds,
            lock=self._lock,
        )
        work.mkdir(parents=True, exist_ok=True)

    @property
    def key(self) -> str:
        return self._key

    @property
    def label(self) -> str:
        """Return "Own model", with the model's title once it is known and if it has one."""
        model = self._known.glance().model
        return f"{LABEL} ({model.title})" if model and model.title else LABEL

    @property
    def provider(self) -> str:
        return self._key

    @property
    def reads_prompt(self) -> bool:
        """Return whether it takes words; True until its schema is known."""
        model = self._known.glance().model
        return model is None or model.reads_prompt

    @property
    def repeats_itself(self) -> bool:
        """False: it gets another seed, or else takes one of its own."""
        return False

    @property
    def patience_seconds(self) -> float:
        """Return 0: its folder is the truth."""
        return 0.0

    def capability(self, edit: Edit) -> Capability:
        """Return that it may do anything, if it takes words; it promises to keep nothing."""
        if self.reads_prompt:
            return Capability(doable=tuple(edit.ops))
        return Capability(leftover=tuple(edit.ops))

    def terms(self, request: RenderRequest) -> Terms:
        """Return that it is free, and what is known by now of what it takes."""
        known = self._known.glance()
        slot = float(request.frames / request.rate)
        if known.model is None:
            silent = "The own model's server did not answer when it was last asked."
            return Terms(0, 0, _TYPICAL_SECONDS, slot, notes=(silent,) if known.is_away else ())
        parts = known.model.parts(request)
        blind = "The own model starts from words alone; it is not shown the clip as it is."
        return Terms(
            0,
            0,
            _TYPICAL_SECONDS,
            known.model.footage_seconds(request),
            notes=() if parts else (blind,),
            refusal=known.model.refusal(request),
        )

    def submit(self, request: RenderRequest) -> str:
        """Write the request down and start it; a known marker starts nothing new.

        A server that is busy or still starting is waited for, behind the id.

        Raises:
            ProviderUnavailable: The server is away or broken; nothing was started.
            ProviderRejected: Its model cannot take this request.
            StorageFull: There is no room to write the request; nothing was started.
        """
        prediction_id = self._shelf.id_of(request.marker)
        if not self._shelf.has(prediction_id):
            try:
                known = self._known.look()
            except Unanswered as error:
                raise ProviderUnavailable(self.label, error.reason) from error
            refusal = known.model.refusal(request) if known.model else None
            if refusal or (known.is_ready and known.model is None):
                raise ProviderRejected(self.label, refusal or "its server names no inputs")
            self._shelf.tidy(running=tuple(self._tasks))
            self._shelf.write(request)
        # What went wrong since is told to whoever polls.
        with contextlib.suppress(ProviderUnavailable):
            self.poll(prediction_id)
        return prediction_id

    def find(
        self,
        request: RenderRequest,
        *,
        since_seconds: float,  # noqa: ARG002 - ids are stable
        taken: Collection[str] = (),  # noqa: ARG002 - ids follow from markers
    ) -> str | None:
        """Return the id of the prediction with this marker, if its request was written."""
        prediction_id = self._shelf.id_of(request.marker)
        return prediction_id if self._shelf.has(prediction_id) else None

    def poll(self, prediction_id: str) -> Prediction:
        """Return the prediction as it is now; one that was interrupted is started again.

        Raises:
            ProviderUnavailable: The server went away; the next poll starts it again.
            StorageFull: There was no room for the footage; the same.
            PredictionLost: There is no such prediction.
        """
        if not self._shelf.has(prediction_id):
            raise PredictionLost(self.label, "there is no such prediction")
        with self._lock:
            over = self._shelf.outcome(prediction_id)
            if over is not None:
                return replace(over, is_refused=answers.is_refusal(over.failure or ""))
            if prediction_id in self._errors:
                raise self._errors.pop(prediction_id)
            task = self._tasks.get(prediction_id)
            if task is None:
                task = self._tasks[prediction_id] = Task(
                    monotonic() + self._workshop.longest_seconds
                )
                task.thread = threading.Thread(
                    target=self._run, args=(prediction_id, task), daemon=True
                )
                task.thread.start()
            return Prediction(prediction_id, PredictionStatus.RUNNING, progress=task.progress)

    def cancel(self, prediction_id: str) -> None:
        """Stop it, here and at the server; harmless if it is over or unknown."""
        with self._lock:
            known = self._shelf.has(prediction_id)
            if not known or self._shelf.outcome(prediction_id) is not None:
                return
            self._shelf.cancel(prediction_id)
        with contextlib.suppress(Unanswered, TooLarge):
            self._server.cancel(prediction_id)

    def fetch(self, footage_url: str, dest: Path) -> Path:  # noqa: ARG002 - it is here already
        """Return the file that came from the server.

        Raises:
            FootageRejected: The address is not a local file that exists.
        """
        return local_file(footage_url)

    def wait(self) -> None:
        """Wait until nothing that this client started is running any more."""
        self._known.wait()
        for task in list(self._tasks.values()):
            if task.thread is not None:
                task.thread.join()

    def close(self) -> None:
        """Stop what is running, without an outcome: whoever polls it next starts it again."""
        for task in list(self._tasks.values()):
            task.stop()
        self.wait()

    def _run(self, prediction_id: str, task: Task) -> None:
        """Make it in a thread of its own, and leave an outcome or an error behind."""
        failure: str | None = None
        error: ProviderUnavailable | StorageFull | None = None
        try:
            with self._shelf.claimed(prediction_id) as claimed:
                if claimed and self._shelf.outcome(prediction_id) is None:
                    self._workshop.make(prediction_id, task)
        except EditCancelled:
            pass
        except (Failed, FootageRejected) as over:
            failure = str(over)
        except TooLarge:
            failure = f"its footage is larger than {self._workshop.most_bytes // 1024**2} MB"
        except StorageFull as full:
            error = full
        except Unanswered as silence:
            failure, error = self._broken(prediction_id, task, silence)
        except Exception:  # noqa: BLE001 - the edge of this thread; else it would start again
            _log.exception("own model broke", extra={"prediction_id": prediction_id})
            failure = "an unexpected error stopped it"
        with self._lock:
            if failure is not None and self._shelf.outcome(prediction_id) is None:
                self._fail(prediction_id, failure)
            elif error is not None:
                self._errors[prediction_id] = error
            self._tasks.pop(prediction_id, None)

    def _broken(
        self, prediction_id: str, task: Task, silence: Unanswered
    ) -> tuple[str | None, ProviderUnavailable | None]:
        """Return a failure or an error: a request that breaks its server is not sent for ever."""
        if task.stopped.is_set() or self._shelf.is_cancelled(prediction_id):
            return None, None
        if task.call.given_up:
            return f"it took longer than {self._workshop.longest_seconds / 60:.0f} minutes", None
        if silence.was_sent and self._shelf.broke(prediction_id) >= _MOST_BREAKS:
            return f"{silence.reason}, {_MOST_BREAKS} times", None
        return None, ProviderUnavailable(LABEL, silence.reason)

    def _fail(self, prediction_id: str, reason: str) -> None:
        try:
            self._shelf.fail(prediction_id, reason)
        except (StorageFull, OSError):
            _log.warning("failure was not written", extra={"prediction_id": prediction_id})
