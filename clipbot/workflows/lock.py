"""Which process of an embedded installation executes: the one that holds a file lock.

The operating system lets go of the lock when the process dies, however it dies, so it
is never stale. It holds on one machine, as SQLite does.
"""

import fcntl
import os
from pathlib import Path


class ExecutorLock:
    """`flock` on one file; held by at most one process, and once within it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    def take(self) -> bool:
        """Return whether the lock is held now, without waiting."""
        if self._descriptor is not None:
            return True
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return False
        # For people who look into the file; nothing reads it.
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"{os.getpid()}\n".encode())
        self._descriptor = descriptor
        return True

    def release(self) -> None:
        """Let go of the lock; harmless if it is not held."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
