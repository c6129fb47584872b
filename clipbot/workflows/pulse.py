"""A file that is touched as long as this process executes: its health, for whoever runs it.

It says more than that the process is there: with PostgreSQL it is touched only after the
database has taken the heartbeat. `python -m clipbot doctor --worker` looks at it without
loading or opening anything.
"""

import time
from pathlib import Path
from typing import Final

FOLDER: Final = "beats"
FRESH_SECONDS: Final = 30.0
"""Older ones are of dead processes; as long as the others wait (`Rhythm.dead_seconds`)."""


class Pulse:
    """The file of one executor."""

    def __init__(self, home: Path, executor_id: str) -> None:
        self._path = home / FOLDER / executor_id

    def beat(self) -> None:
        """Touch the file; forgets those of processes that are long gone."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._path.touch()
        for other in self._path.parent.iterdir():
            if _age(other) > FRESH_SECONDS * 10:
                other.unlink(missing_ok=True)

    def end(self) -> None:
        """Remove the file."""
        self._path.unlink(missing_ok=True)


def beating(home: Path) -> dict[str, float]:
    """Return the seconds since the last beat of each process of this home that is alive."""
    folder = home / FOLDER
    found = {path.name: _age(path) for path in folder.iterdir()} if folder.is_dir() else {}
    return {name: age for name, age in sorted(found.items()) if age <= FRESH_SECONDS}


def _age(path: Path) -> float:
    try:
        return max(0.0, time.time() - path.stat().st_mtime)
    except FileNotFoundError:
        return float("inf")
