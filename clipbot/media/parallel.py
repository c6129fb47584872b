"""Several encodings at a time, and how far they are together."""

import threading
from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from contextvars import copy_context


def at_once(most: int, calls: Iterable[Callable[[], None]]) -> None:
    """Run calls, so many at a time; after the first error none is begun.

    Each runs in the caller's context. Those that run when another fails are seen out.

    Raises:
        BaseException: What one of them raised; of several, the first in order.
    """
    if most == 1:
        for call in calls:
            call()
        return
    with ThreadPoolExecutor(most, thread_name_prefix="encoder") as threads:
        running = [threads.submit(copy_context().run, call) for call in calls]
        wait(running, return_when=FIRST_EXCEPTION)
        for one in running:
            one.cancel()
    for one in running:
        if not one.cancelled():
            one.result()


class Tally:
    """Adds up the frames of several encodings. Safe to share between threads.

    Args:
        on_frames: Told the sum, never falling.
    """

    def __init__(self, on_frames: Callable[[int], None]) -> None:
        self._on_frames = on_frames
        self._counts: list[int] = []
        self._lock = threading.Lock()

    def place(self) -> Callable[[int], None]:
        """Return what one encoding tells its count of frames to."""
        with self._lock:
            self._counts.append(0)
            number = len(self._counts) - 1

        def count(frames: int) -> None:
            with self._lock:
                self._counts[number] = max(frames, self._counts[number])
                self._on_frames(sum(self._counts))

        return count
