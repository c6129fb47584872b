"""Waiting for a condition, with a deadline; never for a time."""

import time
from collections.abc import Callable


def until(condition: Callable[[], object], *, seconds: float = 120.0) -> None:
    """Return as soon as the condition holds, else fail."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"it did not happen within {seconds} s")
        time.sleep(0.01)
