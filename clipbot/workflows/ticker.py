"""Something that is done again and again, on a thread of its own."""

import logging
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Self

logger = logging.getLogger(__name__)


class Ticker:
    """Calls `call` at once and then every `seconds`, while its block is open.

    An error does not end it: what fails now, for example while the database restarts,
    may work at the next tick. Only the first error of a row of errors is logged.
    """

    def __init__(self, name: str, seconds: float, call: Callable[[], object]) -> None:
        self._seconds = seconds
        self._call = call
        self._stopping = threading.Event()
        self._is_failing = False
        self._thread = threading.Thread(target=self._run, name=f"clipbot-{name}", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        # A tick that is under way is waited for, within reason: it may wait for a database.
        self._stopping.set()
        self._thread.join(timeout=10)

    def _run(self) -> None:
        while True:
            try:
                self._call()
                self._is_failing = False
            except Exception:
                # The outermost edge of this thread.
                if not self._is_failing:
                    logger.exception("tick failed", extra={"ticker": self._thread.name})
                self._is_failing = True
            if self._stopping.wait(self._seconds):
                return
