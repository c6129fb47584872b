"""Where a test's executor keeps its things: SQLite in a folder, or a PostgreSQL database."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from clipbot.store.database import connect, let_go
from clipbot.store.workers import Workers
from tests.integration.processes.scripted import Book
from tests.postgres import database


@dataclass(frozen=True)
class Installation:
    """One clipbot, without its services."""

    url: str
    home: Path
    book: Book
    workers: Workers | None


@contextmanager
def installation_on(backend: str, folder: Path) -> Iterator[Installation]:
    """Make an empty installation on `sqlite` or `postgres`."""
    if backend == "sqlite":
        with opened(f"sqlite:///{folder / 'clipbot.db'}", folder) as made:
            yield made
        return
    with database(is_migrated=True) as url, opened(url, folder) as made:
        yield made


@contextmanager
def opened(url: str, folder: Path) -> Iterator[Installation]:
    """Open an installation that exists, as another process does."""
    book = Book(folder / "book.sqlite")
    if url.startswith("sqlite"):
        yield Installation(url, folder, book, None)
        return
    engine = connect(url)
    yield Installation(url, folder, book, Workers(engine))
    let_go(engine)
