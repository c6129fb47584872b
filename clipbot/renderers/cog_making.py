"""How footage is made at a cog server, from a request on the shelf to footage on the shelf.

One thread holds the request that makes it, a second one asks meanwhile how far it is. What
goes wrong leaves as an exception; `cog.py` makes an outcome of it.
"""

import contextlib
import json
import threading
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Final
from urllib.parse import urlsplit

from clipbot.errors import EditCancelled
from clipbot.media.darkroom import developed
from clipbot.media.stills import first_still, last_still
from clipbot.renderers import cog_answers as answers
from clipbot.renderers.base import RenderRequest
from clipbot.renderers.cog_known import Known
from clipbot.renderers.cog_model import Model, Part
from clipbot.renderers.cog_server import Answer, Call, CogServer, TooLarge, Unanswered
from clipbot.renderers.shelf import Shelf

_MOST_STILL_BYTES: Final = 1_000_000
MOST_SENT_BYTES: Final = 64 * 1024 * 1024
"""Of the current version's footage; cog takes requests up to 100 MB, and base64 adds a third."""
_LOOK_SECONDS: Final = 0.5
_CANCEL_SECONDS: Final = 10.0
"""A model that goes on for so long after a cancel loses its connection."""
_PORTS: Final = {"http": 80, "https": 443}


class Failed(Exception):
    """The prediction is over, and this is why."""


@dataclass(slots=True)
class Task:
    """A prediction that this process makes or is about to."""

    waits_until: float
    """For its turn, in seconds of the monotonic clock."""
    stopped: threading.Event = field(default_factory=threading.Event)
    call: Call = field(default_factory=Call)
    progress: float | None = None
    thread: threading.Thread | None = None

    def stop(self) -> None:
        """Drop it, without an outcome."""
        self.stopped.set()
        self.call.give_up()

    def pause(self) -> None:
        """Wait until it is time to look again.

        Raises:
            EditCancelled: Nobody waits for it any more.
            Failed: It has waited for too long.
        """
        if monotonic() > self.waits_until:
            raise Failed("its server had no time for this")
        if self.stopped.wait(_LOOK_SECONDS):
            raise EditCancelled


@dataclass(frozen=True, slots=True)
class Workshop:
    """Makes predictions of one server. Safe to share between threads."""

    server: CogServer
    known: Known
    shelf: Shelf
    hosts: frozenset[str]
    """`host:port` of those that footage may be fetched from."""
    most_bytes: int
    """Of footage."""
    longest_seconds: float
    lock: threading.Lock
    """Held while an outcome is written."""

    def make(self, prediction_id: str, task: Task) -> None:
        """Wait for the server's turn, start it there, and keep what comes."""
        request = self.shelf.request(prediction_id)
        while True:
            model = self._turn(prediction_id, task)
            answer = self._held(prediction_id, _body(model, request), task)
            match answer.status:
                case 200:
                    return self._keep(prediction_id, answer)
                case 202:
                    # It runs for a connection that is gone, so its outcome would be lost.
                    self.server.cancel(prediction_id)
                case 409 | 429 | 503:
                    pass
                case 400 | 413 | 422:
                    raise Failed(f"it refused {answers.reason(answer.body, answer.text)}")
                case 401 | 403:
                    raise Failed("its server refused our token")
                case 404 | 405:
                    raise Failed("its server does not speak cog's language")
                case _:
                    raise Unanswered(f"its server answered {answer.status}")
            task.pause()

    def _turn(self, prediction_id: str, task: Task) -> Model:
        """Wait until the server could begin, and return what it takes.

        Raises:
            EditCancelled: Nobody waits for it any more.
            Unanswered: It is away, or will never begin.
        """
        while True:
            if task.stopped.is_set() or self.shelf.is_cancelled(prediction_id):
                raise EditCancelled
            known = self.known.look()
            if known.is_ready:
                if known.model is None:
                    raise Failed("its server names no inputs")
                return known.model
            task.pause()

    def _held(self, prediction_id: str, body: bytes, task: Task) -> Answer:
        """Hold the request, while another thread asks how far it is."""
        over = threading.Event()
        watcher = threading.Thread(
            target=self._watch, args=(prediction_id, task, over), daemon=True
        )
        watcher.start()
        try:
            return self.server.hold(
                prediction_id,
                body,
                task.call,
                # Base64 adds a third; logs and the like are small beside it.
                most_bytes=self.most_bytes // 3 * 4 + 4_000_000,
                seconds=self.longest_seconds,
            )
        finally:
            over.set()
            watcher.join()

    def _watch(self, prediction_id: str, task: Task, over: threading.Event) -> None:
        """Learn the progress, and pass a cancel on that came from another process."""
        cancelled_at: float | None = None
        while not over.wait(_LOOK_SECONDS):
            with contextlib.suppress(Unanswered, TooLarge):
                if self.shelf.is_cancelled(prediction_id):
                    cancelled_at = cancelled_at or monotonic()
                    if monotonic() - cancelled_at > _CANCEL_SECONDS:
                        task.call.give_up()
                    self.server.cancel(prediction_id)
                else:
                    share = answers.progress(self.server.ask(prediction_id).body.get("logs"))
                    task.progress = max(filter(None, (share, task.progress)), default=None)

    def _keep(self, prediction_id: str, answer: Answer) -> None:
        """Turn the answer to a held request into an outcome."""
        body = answer.body
        match body.get("status"):
            case "succeeded":
                url = answers.footage_address(body.get("output"))
                if url is None:
                    raise Failed("it answered without footage")
                self._bring(prediction_id, url)
            case "failed":
                raise Failed(answers.reason(body))
            case "canceled" | "aborted":
                self.shelf.cancel(prediction_id)
            case _:
                raise Unanswered("its server's answer made no sense")

    def _bring(self, prediction_id: str, url: str) -> None:
        """Bring the footage here, unless it was cancelled meanwhile."""
        with self.shelf.arriving(prediction_id) as part:
            if url[:5].lower() == "data:":
                data = answers.decoded(url)
                if not data:
                    raise Failed("its footage arrived damaged")
                if len(data) > self.most_bytes:
                    raise TooLarge
                part.write_bytes(data)
            elif host(url) in self.hosts:
                self.server.download(
                    url, part, most_bytes=self.most_bytes, seconds=self.longest_seconds
                )
            else:
                raise Failed("its footage lies on a host that is not trusted")
        with self.lock:
            self.shelf.succeed(prediction_id)


def _body(model: Model, request: RenderRequest) -> bytes:
    """Return the request's body.

    Raises:
        Failed: The current version cannot be shown to the model.
    """
    shown: dict[Part, str] = {}
    for part in model.parts(request):
        if request.source is not None:
            shown[part] = _shown(part, request.source)
    return json.dumps({"input": model.words(request, shown)}).encode()


def _shown(part: Part, source: Path) -> str:
    try:
        if part is not Part.VIDEO:
            still = first_still if part is Part.FIRST else last_still
            picture = developed(still, source, most_bytes=_MOST_STILL_BYTES, comment="")
            return answers.data_uri(picture, "image/jpeg")
        if source.stat().st_size > MOST_SENT_BYTES:
            raise Failed(f"the clip is larger than {MOST_SENT_BYTES // 1024**2} MB")
        return answers.data_uri(source.read_bytes(), "video/mp4")
    except OSError as error:
        raise Failed("the clip's footage cannot be read") from error


def host(url: str) -> str:
    """Return `host:port` of an address; empty for one that is none."""
    try:
        split = urlsplit(url)
        port = split.port or _PORTS[split.scheme]
    except (ValueError, KeyError):
        return ""
    return f"{split.hostname}:{port}" if split.hostname else ""
