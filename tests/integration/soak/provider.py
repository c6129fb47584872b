"""The doubled provider of a run, and what the names of a plan mean to it."""

import threading
from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from clipbot.errors import ClipbotError
from clipbot.services.hooks import HookService
from tests.contract.replicate_books import Books, Fate, Paid, flagged
from tests.contract.replicate_server import (
    BROKEN,
    DROPPED,
    HALF,
    Double,
    Fault,
    serving,
    signed,
    throttled,
)
from tests.integration.soak.plans import Plan, Trigger

HOOK_URL = "https://clipbot.invalid"
DEADLINE_SECONDS = 1
"""After so long the provider stops a prediction that never ends."""

_FAULTS = {
    "unheard": Fault(),
    "broken": BROKEN,
    "broken after all": Fault(502, is_done=True, body=b"<html>Bad gateway</html>"),
    "dropped": DROPPED,
    "garbage": Fault(200, is_done=True, body=b"<html>OK</html>"),
    "throttled": throttled(seconds=0),
    "throttled for a moment": throttled("0.1"),
    "no credit": Fault(402, body={"title": "Insufficient credit", "status": 402}),
    "not valid": Fault(422, body={"title": "Input validation failed", "detail": "no"}),
    "gone": Fault(404, body={"detail": "Not found", "status": 404}),
    "half": HALF,
}
_FATES = {
    "good": Fate(),
    "slow": Fate(seconds=0.3),
    "no output": Fate(output=None),
    "odd output": Fate(output=["one", "two"]),
    "elsewhere": Fate(output="http://127.0.0.1:9/output.mp4"),
    "refused": flagged(),
    "failed": Fate(status="failed", error="CUDA out of memory"),
    "aborted": Fate(status="aborted"),
    "never": Fate(status="never"),
    "queued": Fate(status="queued"),
}
_USABLE = ("good", "slow", "short", "long", "small")
_FILES = {"short", "long", "small", "cut off", "no film"}


def footage(folder: Path, name: str) -> Path:
    """Return where the footage of a fate is kept."""
    return folder / f"{name.replace(' ', '-')}.mp4"


def fault(name: str) -> Fault | None:
    """Return the fault of a name; an empty one is none."""
    return _FAULTS[name] if name else None


def fate(folder: Path, name: str) -> Fate:
    """Return the fate of a name."""
    return Fate(footage=footage(folder, name)) if name in _FILES else _FATES[name]


class Provider:
    """The provider of one run.

    Args:
        double: Its server.
        plan: What it does.
        folder: Of its footage.
    """

    def __init__(self, double: Double, plan: Plan, folder: Path) -> None:
        self.double = double
        self.books: Books = double.books
        self.calls: Counter[str] = Counter()
        self.faults: Counter[str] = Counter()
        self.has_lost_files = "gone" in plan.faults.get("file", ())
        """Whether a file may be said to be gone that is there."""
        self.usable = [fate(folder, name) for name in _USABLE]
        self._waiting: list[tuple[Trigger, Callable[[], None]]] = []
        self._lock = threading.Lock()
        self.books.list_latency_seconds = plan.latency
        self.books.list_pictures = plan.pictures
        self.books.page_size = 2
        self.books.later(plan.skew)
        self.books.fates = deque(fate(folder, name) for name in plan.fates)
        self.books.deliver = lambda _, __: None
        for call, names in plan.faults.items():
            double.faults[call] = deque(map(fault, names))
        double.answering = self._answering

    def when(self, trigger: Trigger, act: Callable[[], None]) -> None:
        """Do something while a call is answered that has had its effect already."""
        self._waiting.append((trigger, act))

    def tell(self, hooks: HookService) -> None:
        """Send hooks to a clipbot."""

        def deliver(paid: Paid, event: str) -> None:
            if paid.webhook is None:
                return
            body = f'{{"id": "{paid.id}", "status": "{paid.status}"}}'.encode()
            # One that cannot be heard is lost, as on a real network.
            try:
                hooks.heard(marker_of(paid), signed(body, f"msg_{paid.id}_{event}"), body)
            except ClipbotError as error:
                raise AssertionError(f"a hook was refused: {error}") from error

        self.books.deliver = deliver

    def calm(self) -> None:
        """Let nothing more go wrong."""
        self.double.faults.clear()
        self.double.is_away = False
        self.double.refuse(False)
        with self._lock:
            self._waiting.clear()

    def _answering(self, call: str) -> None:
        with self._lock:
            self.calls[call] += 1
            due = [
                act
                for trigger, act in self._waiting
                if trigger.call == call and trigger.occurrence == self.calls[call]
            ]
        for act in due:
            act()


def marker_of(paid: Paid) -> str:
    """Return the attempt that a prediction was started for, as its hook's address says."""
    return (paid.webhook or "").partition("?attempt=")[2]


@contextmanager
def provider(plan: Plan, folder: Path) -> Iterator[Provider]:
    """Run the provider of a plan."""
    with serving(footage(folder, "good")) as double:
        yield Provider(double, plan, folder)
