"""`python -m clipbot`: the composition root of the command line.

Everything heavy is imported behind the doors, when a command opens one: `--help` and
`plan` are there at once.
"""

# ruff: noqa: PLC0415 - that is what the doors are for

import signal
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING

from clipbot.cli.doors import Doors
from clipbot.cli.main import main

if TYPE_CHECKING:
    from clipbot.services.bundle import Services
    from clipbot.settings import Settings

_STOPPING = (signal.SIGINT, signal.SIGTERM)
_SECOND = (
    "Another process already runs the edits, and with SQLite one does, so this worker helps only "
    "once that one has stopped; with PostgreSQL they would share the work."
)
_IDLE = "CLIPBOT_CONCURRENCY is 0, so this worker runs no edits."
_LISTEN_SECONDS = 0.5
"""A signal that the system gives to another thread wakes nobody who waits without an end."""


def _settings(*, is_service: bool, **given: object) -> "Settings":
    """Read the settings and begin to log; a command only speaks up when something is wrong."""
    from clipbot import logs, settings

    loaded = settings.load(**{name: value for name, value in given.items() if value is not None})
    is_wordy = is_service or loaded.log_level == "debug"
    logs.configure(loaded.log_level if is_wordy else "warning")
    return loaded


@contextmanager
def _open_services() -> "Iterator[Services]":
    settings = _settings(is_service=False)  # first: it refuses at once, importing takes seconds
    from clipbot import wiring

    with wiring.open_clipbot(settings, role="command") as clipbot:
        yield clipbot.services


def _serve(host: str | None, port: int | None) -> None:
    settings = _settings(is_service=True, host=host, port=port)
    from clipbot.serving import serve

    serve(settings)


def _work() -> None:
    settings = _settings(is_service=True)
    from clipbot import wiring

    stop = threading.Event()

    def stopped(_: int, __: FrameType | None) -> None:
        # Whoever asks a second time does not want to wait.
        for number in _STOPPING:
            signal.signal(number, signal.SIG_DFL)
        stop.set()

    for number in _STOPPING:
        signal.signal(number, stopped)
    with wiring.open_clipbot(settings, role="worker") as clipbot:
        if not clipbot.executor.is_executor:
            sys.stderr.write(f"clipbot: {_SECOND if settings.concurrency else _IDLE}\n")
        while not stop.wait(_LISTEN_SECONDS):
            pass
    clipbot.depart()


def _beating() -> "Mapping[str, float]":
    from clipbot import settings
    from clipbot.workflows.pulse import beating

    return beating(settings.load().home)


def _migrate(dry_run: bool) -> Sequence[str]:  # noqa: FBT001 - a door takes what it is given
    settings = _settings(is_service=False)
    from clipbot.wiring import schema

    url = settings.database_url.get_secret_value()
    return schema.planned(url) if dry_run else schema.migrated(url, settings.home)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], Doors(_open_services, _serve, _work, _migrate, _beating)))
