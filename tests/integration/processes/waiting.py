"""Waiting for a condition, with a deadline; never for a time."""

import threading
import time
from collections.abc import Callable


def until(condition: Callable[[], object], *, seconds: float = 120.0) -> None:
    """Return as soon as the condition holds, else fail."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"it did not happen within {seconds} s")
        time.sleep(0.01)


def told(stopping: threading.Event, *, seconds: float) -> None:
    """Return once a handler of signals has set the event, or when the time is over.

    It looks now and then: a signal that the system gives to another thread wakes nobody.
    """
    deadline = time.monotonic() + seconds
    while not stopping.wait(0.2) and time.monotonic() < deadline:
        pass
