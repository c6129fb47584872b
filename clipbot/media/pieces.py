"""Encoded pieces of films: in a folder of this host and, where several share a film, in a pool.

Two encoders may make other bytes from the same frames, and a film's index holds offsets.
So where hosts share films, the pool has the last word: a piece is in the pool before it
has its name here, and a host whose bytes differ takes those of the pool. Whatever is
removed from the folder is brought from the pool again, and else encoded again.
"""

from collections.abc import Callable, Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from clipbot.media.files import appearing

_AT_ONCE: Final = 8
"""Pieces that are brought or given at a time: a pool may be far away."""


class Pool(Protocol):
    """Where hosts find the pieces that others encoded. Safe to share between threads."""

    def take(self, name: str, dest: Path) -> bool:
        """Write a piece to `dest`; return False, and write nothing, if it is not there.

        Raises:
            BlobError: It cannot be had now.
        """
        ...

    def give(self, name: str, source: Path) -> bool:
        """Keep a copy of a piece; return False if the pool holds other bytes of that name.

        Raises:
            BlobError: It cannot be kept now.
        """
        ...


@dataclass(frozen=True, slots=True)
class Pieces:
    """The pieces of this host, by file name. Safe to share between threads and processes."""

    folder: Path
    pool: Pool | None = None

    def path(self, name: str) -> Path:
        """Return where a piece is, or will be."""
        return self.folder / name

    @contextmanager
    def making(self, name: str) -> Iterator[Path]:
        """Yield a path to write a piece to; it appears here once the pool has it.

        Raises:
            StorageFull: There was no room.
            BlobError: The pool cannot be reached.
        """
        with appearing(self.path(name)) as part:
            yield part
            if self.pool is not None and not self.pool.give(name, part):
                self.pool.take(name, part)

    def bring(self, names: Collection[str]) -> None:
        """Fetch what other hosts made and this one lacks; what nobody made stays missing.

        Raises:
            StorageFull: There was no room.
            BlobError: The pool cannot be reached.
        """
        self._each(self._bring, {name for name in names if not self.path(name).exists()})

    def give(self, names: Collection[str]) -> None:
        """See to it that the pool has all of these, which are here.

        Raises:
            StorageFull: There was no room.
            BlobError: The pool cannot be reached.
        """
        self._each(self._give, set(names))

    def _bring(self, pool: Pool, name: str) -> None:
        with suppress(_NotThere), appearing(self.path(name)) as part:
            if not pool.take(name, part):
                raise _NotThere

    def _give(self, pool: Pool, name: str) -> None:
        path = self.path(name)
        if not pool.give(name, path):
            # Encoded here before the hosts shared anything; now theirs counts.
            with appearing(path) as part:
                pool.take(name, part)

    def _each(self, call: Callable[[Pool, str], None], names: Collection[str]) -> None:
        pool = self.pool
        if pool is None or not names:
            return
        with ThreadPoolExecutor(min(_AT_ONCE, len(names)), thread_name_prefix="pieces") as threads:
            for each in [threads.submit(call, pool, name) for name in sorted(names)]:
                each.result()


class _NotThere(Exception):
    """Nobody has made that piece."""
