"""Predictions as files: for renderers whose work can be started again at no cost.

A prediction is a few files in one folder, named by its id, and the id follows from the
request's marker. So nothing can be lost between submitting and polling:

    ID.json        the request; written first. From now on the prediction exists.
    ID.mp4         the footage, complete: SUCCEEDED
    ID.failed      why it failed: FAILED
    ID.cancelled   somebody cancelled it before it was done: CANCELLED
    ID.breaks      a byte for each time that making it broke off
    ID.lock        held while some process makes it

A request without an outcome and without anybody making it was interrupted: whoever polls
it next starts it again. Outcomes never change into one another. Nothing here is started.
"""

import contextlib
import fcntl
import hashlib
import json
import re
import time
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from clipbot.media.files import appearing, sweep
from clipbot.renderers.base import Prediction, PredictionStatus, RenderRequest
from clipbot.renderers.written import from_json, to_json

KEPT_SECONDS: Final = 24 * 3600
"""Files of predictions that nobody touched for so long are dropped."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """The predictions of one renderer; shared between threads, and between processes.

    Args:
        folder: Nobody else writes there.
        prefix: Of ids: lower-case letters.
    """

    folder: Path
    prefix: str

    def id_of(self, marker: str) -> str:
        """Return the id of the prediction with this marker: always the same one."""
        return f"{self.prefix}-{hashlib.blake2b(marker.encode(), digest_size=16).hexdigest()}"

    def has(self, prediction_id: str) -> bool:
        """Return whether the request was written down; also False for what is no id."""
        is_id = re.fullmatch(rf"{self.prefix}-[0-9a-f]{{32}}", prediction_id) is not None
        return is_id and self._path(prediction_id, "json").exists()

    def write(self, request: RenderRequest) -> None:
        """Write a request down.

        Raises:
            StorageFull: There is no room; nothing was written.
        """
        with appearing(self._path(self.id_of(request.marker), "json")) as part:
            part.write_text(json.dumps(to_json(request)), encoding="utf-8")

    def request(self, prediction_id: str) -> RenderRequest:
        """Return the request of a prediction that is there."""
        written = self._path(prediction_id, "json").read_text(encoding="utf-8")
        return from_json(json.loads(written))

    def outcome(self, prediction_id: str) -> Prediction | None:
        """Return a prediction that is there, if it is over."""
        footage, failed = self._path(prediction_id, "mp4"), self._path(prediction_id, "failed")
        if footage.exists():
            return Prediction(
                prediction_id,
                PredictionStatus.SUCCEEDED,
                progress=1.0,
                footage_url=footage.resolve().as_uri(),
                cost_micros=0,
            )
        if failed.exists():
            reason = failed.read_text(encoding="utf-8")
            return Prediction(prediction_id, PredictionStatus.FAILED, cost_micros=0, failure=reason)
        if self.is_cancelled(prediction_id):
            return Prediction(prediction_id, PredictionStatus.CANCELLED, cost_micros=0)
        return None

    def is_cancelled(self, prediction_id: str) -> bool:
        """Return whether somebody cancelled it, in whatever process."""
        return self._path(prediction_id, "cancelled").exists()

    def cancel(self, prediction_id: str) -> None:
        """Note that a prediction without an outcome is not wanted any more."""
        self._path(prediction_id, "cancelled").touch()

    @contextlib.contextmanager
    def arriving(self, prediction_id: str) -> Iterator[Path]:
        """Yield a path to write footage to; `succeed` makes it the outcome.

        Raises:
            StorageFull: There was no room.
        """
        with appearing(self._path(prediction_id, "new")) as part:
            yield part

    def succeed(self, prediction_id: str) -> None:
        """Make the footage that arrived the outcome; drop it, if there is an outcome."""
        arrived = self._path(prediction_id, "new")
        if self.outcome(prediction_id) is None:
            arrived.replace(self._path(prediction_id, "mp4"))
        else:
            arrived.unlink(missing_ok=True)

    def fail(self, prediction_id: str, reason: str) -> None:
        """Note why a prediction without an outcome failed.

        Raises:
            StorageFull: There was no room.
        """
        with appearing(self._path(prediction_id, "failed")) as part:
            part.write_text(reason, encoding="utf-8")

    def broke(self, prediction_id: str) -> int:
        """Count that making it broke off, and return how often that happened by now."""
        path = self._path(prediction_id, "breaks")
        with path.open("ab") as file:
            file.write(b".")
        return path.stat().st_size

    @contextlib.contextmanager
    def claimed(self, prediction_id: str) -> Iterator[bool]:
        """Yield whether this process may make it: nobody else does. Dies with the process."""
        with self._path(prediction_id, "lock").open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
            else:
                yield True

    def tidy(self, *, running: Collection[str]) -> None:
        """Drop predictions that nobody has touched for a day, and what killed ones left."""
        limit = time.time() - KEPT_SECONDS
        for request in self.folder.glob(f"{self.prefix}-*.json"):
            with contextlib.suppress(FileNotFoundError):
                files = list(self.folder.glob(f"{request.stem}.*"))
                newest = max(file.stat().st_mtime for file in files)
                if request.stem not in running and newest < limit:
                    for file in files:
                        file.unlink(missing_ok=True)
        sweep(self.folder)

    def _path(self, prediction_id: str, suffix: str) -> Path:
        return self.folder / f"{prediction_id}.{suffix}"
