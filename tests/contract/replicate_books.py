"""What the doubled service knows and charges: its predictions, their states and the bill.

Time is the machine's plus what a test has let pass (`later`). A prediction moves on when
somebody looks at it, and not before its seconds have passed: so a test that does not wait
for time sees every state, and one that does can let it take as long as it likes.
"""

import base64
import threading
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from time import time
from typing import Any
from uuid import uuid4

from tests.contract.replicate_models import MODELS

FINAL = frozenset({"succeeded", "failed", "canceled", "aborted"})


@dataclass(frozen=True)
class Fate:
    """What becomes of a prediction."""

    status: str = "succeeded"
    """Or `failed`, `aborted`, any word; `never`: it works for ever; `queued`: it never begins."""
    error: str | None = None
    footage: Path | None = None
    """None: the service's usual footage."""
    output: Any = ...
    """Instead of an address; as given."""
    seconds: float = 0.0
    """That must have passed since it was created."""
    looks: int = 2
    """How many find it still at work; the first finds it queued."""


def flagged(error: str = "The input or output was flagged as sensitive. (E005)") -> Fate:
    """Return the fate of what moderation minds."""
    return Fate(status="failed", error=error)


@dataclass
class Paid:
    """One accepted prediction."""

    id: str
    model: str
    inputs: Mapping[str, Any]
    fate: Fate
    price: int
    """Micros, if all of it is charged."""
    created: float
    deadline: float | None
    webhook: str | None
    events: tuple[str, ...]
    status: str = "starting"
    looks: int = 0
    started: float | None = None
    completed: float | None = None

    @property
    def charge(self) -> int:
        """What it costs: nothing if it failed or never started; else all, also if cancelled."""
        if self.status in {"failed", "aborted"} or self.started is None:
            return 0
        return self.price


@dataclass
class Books:
    """The state of the service; it outlives its clients, not its process."""

    footage: Path
    """Of every prediction whose fate names no other."""
    token: str = "r8_double"
    kept_seconds: float = 3600.0
    """After so long inputs and outputs are deleted."""
    list_latency_seconds: float = 0.0
    list_pictures: str = "kept"
    """How lists show data URIs: `kept`, `replaced` or `dropped`; `no inputs`: nor anything else."""
    page_size: int = 100
    fates: deque[Fate] = field(default_factory=deque)
    """Of the next predictions."""
    usual: Fate = field(default_factory=Fate)
    paid: list[Paid] = field(default_factory=list)
    """Oldest first."""
    passed: float = 0.0
    """Seconds that a test has let pass."""
    lock: threading.RLock = field(default_factory=threading.RLock)
    deliver: Callable[[Paid, str], None] = lambda _, __: None
    """Told of every `start` and `completed`, outside the lock."""

    @property
    def bill(self) -> int:
        """What was charged so far, in micros."""
        with self.lock:
            return sum(each.charge for each in self.paid)

    def now(self) -> float:
        return time() + self.passed

    def later(self, seconds: float) -> None:
        """Let time pass."""
        self.passed += seconds

    def accept(
        self,
        model: str,
        inputs: Mapping[str, Any],
        *,
        cancel_after: float | None,
        webhook: str | None,
        events: tuple[str, ...],
    ) -> Paid:
        """Start a prediction: from now on it costs."""
        spec = MODELS[model]
        with self.lock:
            now = self.now()
            paid = Paid(
                id=base64.b32encode(uuid4().bytes).decode().lower().rstrip("="),
                model=model,
                inputs=inputs,
                fate=self.fates.popleft() if self.fates else self.usual,
                price=spec.price({**spec.defaults, **inputs}),
                created=now,
                deadline=None if cancel_after is None else now + cancel_after,
                webhook=webhook,
                events=events,
            )
            self.paid.append(paid)
            return paid

    def known(self, prediction_id: str) -> Paid | None:
        with self.lock:
            return next((each for each in self.paid if each.id == prediction_id), None)

    def look(self, paid: Paid) -> None:
        """Let a prediction move on by one state, if it may."""
        with self.lock:
            before = paid.status
            self._move(paid)
            after = paid.status
        self._tell(paid, before, after)

    def cancel(self, paid: Paid) -> None:
        with self.lock:
            before = paid.status
            if before not in FINAL:
                self._end(paid, "canceled", self.now())
            after = paid.status
        self._tell(paid, before, after)

    def listed(self) -> list[Paid]:
        """Return what a list shows, newest first."""
        with self.lock:
            limit = self.now() - self.list_latency_seconds
            return [each for each in reversed(self.paid) if each.created <= limit]

    def document(self, paid: Paid, base_url: str, *, listed: bool = False) -> dict[str, Any]:
        """Return a prediction as the API shows it."""
        with self.lock:
            is_removed = (
                paid.completed is not None and self.now() - paid.completed >= self.kept_seconds
            )
            api = f"{base_url}/v1/predictions/{paid.id}"
            took = (paid.completed or 0.0) - (paid.started or 0.0)
            shown: dict[str, Any] = {
                "id": paid.id,
                "model": paid.model,
                "version": "hidden",
                "input": {} if is_removed else self._inputs(paid, listed=listed),
                "logs": "" if is_removed else _logs(paid),
                "output": None if is_removed else self._output(paid, base_url),
                "data_removed": is_removed,
                "error": paid.fate.error if paid.status == "failed" else None,
                "source": "api",
                "status": paid.status,
                "created_at": _written(paid.created),
                "started_at": _written(paid.started),
                "completed_at": _written(paid.completed),
                "deadline": _written(paid.deadline),
                "urls": {
                    "get": api,
                    "cancel": f"{api}/cancel",
                    "web": f"{base_url}/p/{paid.id}",
                },
                "metrics": {"predict_time": took, "total_time": took} if paid.completed else {},
            }
            if listed and self.list_pictures == "no inputs":
                del shown["input"]
            return shown

    def _move(self, paid: Paid) -> None:
        now = self.now()
        if paid.status in FINAL:
            return
        if paid.deadline is not None and now >= paid.deadline:
            self._end(paid, "canceled" if paid.started else "aborted", paid.deadline)
            return
        paid.looks += 1
        fate = paid.fate
        is_ready = paid.looks > fate.looks and now - paid.created >= fate.seconds
        if fate.status == "queued" or paid.looks <= 1:
            return
        if fate.status == "aborted":
            if is_ready:
                self._end(paid, "aborted", now)
            return
        if paid.started is None:
            paid.started, paid.status = now, "processing"
        if is_ready and fate.status != "never":
            self._end(paid, fate.status, now)

    def _end(self, paid: Paid, status: str, moment: float) -> None:
        paid.status, paid.completed = status, moment

    def _tell(self, paid: Paid, before: str, after: str) -> None:
        if before == "starting" != after and paid.started is not None:
            self.deliver(paid, "start")
        if before not in FINAL and after in FINAL:
            self.deliver(paid, "completed")

    def _output(self, paid: Paid, base_url: str) -> Any:
        if paid.status != "succeeded":
            return None
        if paid.fate.output is not ...:
            return paid.fate.output
        return f"{base_url}/files/{paid.id}/output.mp4"

    def _inputs(self, paid: Paid, *, listed: bool) -> dict[str, Any]:
        if not listed or self.list_pictures == "kept":
            return dict(paid.inputs)
        shown = {name: _without_pictures(value) for name, value in paid.inputs.items()}
        if self.list_pictures == "dropped":
            return {name: value for name, value in shown.items() if value == paid.inputs[name]}
        return shown


def _without_pictures(value: Any) -> Any:
    if isinstance(value, list):
        return [_without_pictures(each) for each in value]
    return "[data]" if isinstance(value, str) and value.startswith("data:") else value


def _logs(paid: Paid) -> str:
    return "" if paid.started is None else "Starting up.\nWorking.\n"


def _written(moment: float | None) -> str | None:
    if moment is None:
        return None
    return datetime.fromtimestamp(moment, UTC).isoformat().replace("+00:00", "Z")
