"""Pictures of footage, decoded in processes of their own.

A decoder that meets a hostile file may take its process down, or all of its memory; and
while it works, Python's lock is kept from whoever answers people. So footage is decoded
for measures and stills in a few children, which wait for everybody else, may use so much
and no more, and are replaced when one of them dies.
"""

import os
import resource
import sys
import threading
from collections.abc import Callable
from concurrent.futures import TimeoutError as TookTooLong
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import cache
from multiprocessing.context import ForkServerContext, ForkServerProcess
from multiprocessing.util import Finalize
from pathlib import Path
from types import ModuleType
from typing import Concatenate, Final, ParamSpec, TypeVar

from pebble import ProcessExpired, ProcessPool

from clipbot.errors import FootageRejected
from clipbot.media.ffmpeg import NICENESS

P = ParamSpec("P")
T = TypeVar("T")

_CHILDREN: Final = 2
"""A still that somebody waits for is made beside what is measured for later."""
_MOST_TASKS: Final = 500
"""Then a child is replaced, with whatever it has not given back."""
_PATIENCE_SECONDS: Final = 60.0
_CPU_SECONDS: Final = 60
_MEMORY_BYTES: Final = 3 * 2**30
"""Addresses, not pages. The largest picture that is decoded needs a sixth of it."""
_FIRST: Final = 100
"""Before a process that ends waits for its children."""
_NEEDS: Final = [
    "clipbot.media.compared",
    "clipbot.media.measure",
    "clipbot.media.stills",
    "clipbot.media.thumbnails",
]

_opening = threading.Lock()
_starting = threading.Lock()


@dataclass(frozen=True, slots=True)
class _Refusal:
    """What crosses to this process instead of a `FootageRejected`."""

    reason: str


def developed(
    work: Callable[Concatenate[Path, P], T], path: Path, *args: P.args, **kwargs: P.kwargs
) -> T:
    """Return `work(path, ...)`, which was called in a child.

    Args:
        work: A function of a module, which may raise `FootageRejected`.
        path: Footage of any origin.
        args: Its other arguments; they and what it returns can be pickled.
        kwargs: The same.

    Raises:
        FootageRejected: `work` said so, or the file brought the child down.
    """
    try:
        found = _asked(work, path, args, kwargs)
    except BrokenProcessPool:
        # Children that died while they had nothing to do take the pool with them.
        found = _asked(work, path, args, kwargs)
    if isinstance(found, _Refusal):
        raise FootageRejected(found.reason)
    return found


def _asked(
    work: Callable[..., T], path: Path, args: tuple[object, ...], kwargs: dict[str, object]
) -> T | _Refusal:
    with _opening:
        if not _children().active:
            _children.cache_clear()
        children = _children()
    task = children.schedule(_guarded, (work, path, args, kwargs), timeout=_PATIENCE_SECONDS)
    try:
        return task.result()
    except TookTooLong:
        return _Refusal("decoding its pictures takes too long")
    except ProcessExpired:
        return _Refusal("its pictures bring the decoder down")


class _Process(ForkServerProcess):
    """A child that does not run its parent's main file again: that may be anybody's script."""

    def start(self) -> None:
        with _starting:
            main = sys.modules["__main__"]
            sys.modules["__main__"] = ModuleType("__main__")
            try:
                super().start()
            finally:
                sys.modules["__main__"] = main


class _Context(ForkServerContext):
    Process = _Process


@cache
def _children() -> ProcessPool:
    context = _Context()
    context.set_forkserver_preload(_NEEDS)
    pool = ProcessPool(_CHILDREN, _MOST_TASKS, initializer=_limit, context=context)
    # Not `atexit`: a child of `multiprocessing` that has a darkroom ends without it.
    Finalize(pool, _close, (pool,), exitpriority=_FIRST)
    return pool


def _close(pool: ProcessPool) -> None:
    pool.stop()  # type: ignore[no-untyped-call]
    pool.join()


def _limit() -> None:
    """Give a child what it may use: others go first, and it writes no files."""
    os.nice(NICENESS)
    for what, most in (
        (resource.RLIMIT_AS, _MEMORY_BYTES),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def _guarded(
    work: Callable[..., T], path: Path, args: tuple[object, ...], kwargs: dict[str, object]
) -> T | _Refusal:
    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = int(used.ru_utime + used.ru_stime)
    resource.setrlimit(resource.RLIMIT_CPU, (spent + _CPU_SECONDS, resource.RLIM_INFINITY))
    try:
        return work(path, *args, **kwargs)
    except FootageRejected as error:
        return _Refusal(error.reason)
    except MemoryError:
        return _Refusal("its pictures need too much memory")
