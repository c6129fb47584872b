"""Many threads that do the same at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from clipbot.errors import ClipbotError

THREADS = 16


def at_once(work: Callable[[int], Any], threads: int = THREADS) -> list[Any]:
    """Run work in threads that start together; a refusal is returned as its class."""
    together = Barrier(threads)

    def run(number: int) -> Any:
        together.wait()
        try:
            return work(number)
        except ClipbotError as error:
            return type(error)

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(run, range(threads)))
