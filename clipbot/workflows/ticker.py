"""Something that is done again and again, on a thread of its own."""

import logging
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Self

logger = logging.getLogger(__name__)

_PATIENCE_SECONDS = 10.0


class Ticker:
    """Calls `call` at once and then every `seconds`, while its block is open.

    An error does not end it: what fails now, for example while the database restarts,
    may work at the next tick. Only the first error of a row of errors is logged.

    Args:
        is_patient: Whether the end waits for a tick that is under way however long it takes,
            and not only within reason; it may wait for a database.
    """

    def __init__(
        self,
        name: str,
        seconds: float,
        call: Callable[[], object],
        *,
        is_patient: bool = False,
    ) -> None:
        self._seconds = seconds
        self._call = call
        self._is_patient = is_patient
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
        self._stopping.set()
        self._thread.join(timeout=None if self._is_patient else _PATIENCE_SECONDS)

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
