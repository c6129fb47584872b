"""Steps that do nothing but write down that they ran: what the workflow is tested with.

All that they know is in one SQLite file, so that several processes, and the test itself,
see the same; a process may be killed at any time.
"""

import os
import sqlite3
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid4

from clipbot.errors import EditCancelled, RegenerationNotFound
from tests.integration.processes.waiting import until

STEPS = ("begin", "intend", "submit", "await_footage", "store", "encode", "publish")

_TABLES = """
CREATE TABLE IF NOT EXISTS edits (
    id TEXT PRIMARY KEY, job TEXT, created REAL, status TEXT, code TEXT, message TEXT,
    is_retryable INT, is_cancelled INT DEFAULT 0, is_sent INT DEFAULT 0, prediction TEXT
);
CREATE TABLE IF NOT EXISTS calls (
    id TEXT, step TEXT, pid INT, started REAL, stopped REAL, facts TEXT
);
CREATE TABLE IF NOT EXISTS paid (marker TEXT, prediction TEXT);
CREATE TABLE IF NOT EXISTS published (id TEXT);
"""


@dataclass(frozen=True)
class Call:
    """One call of a step."""

    edit: UUID
    step: str
    pid: int
    started: float
    stopped: float | None
    """None: it never came back."""


@dataclass(frozen=True)
class Book:
    """The file."""

    path: Path

    def __post_init__(self) -> None:
        with self.writing() as connection:
            connection.executescript(_TABLES)

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        connection = sqlite3.connect(self.path, timeout=30, isolation_level=None)
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            # It survives the death of a process, which is all that dies here.
            connection.execute("PRAGMA synchronous = OFF")
            connection.execute("BEGIN IMMEDIATE")
            yield connection
            if connection.in_transaction:
                connection.execute("COMMIT")
        finally:
            connection.close()

    def add(self, job: UUID | None = None) -> tuple[UUID, UUID]:
        """Write down a queued edit, as a submission does, and return (edit, job)."""
        edit, job = uuid4(), job or uuid4()
        with self.writing() as connection:
            connection.execute(
                "INSERT INTO edits (id, job, created, status) VALUES (?, ?, ?, 'queued')",
                (str(edit), str(job), time.time()),
            )
        return edit, job

    def cancel(self, edit: UUID) -> None:
        with self.writing() as connection:
            connection.execute("UPDATE edits SET is_cancelled = 1 WHERE id = ?", (str(edit),))

    def edit(self, edit: UUID) -> sqlite3.Row:
        with self.writing() as connection:
            connection.row_factory = sqlite3.Row
            row: sqlite3.Row | None = connection.execute(
                "SELECT * FROM edits WHERE id = ?", (str(edit),)
            ).fetchone()
        if row is None:
            raise RegenerationNotFound(edit)
        return row

    def status(self, edit: UUID) -> str:
        return str(self.edit(edit)["status"])

    def is_over(self, *edits: UUID) -> bool:
        return all(self.status(edit) not in {"queued", "processing"} for edit in edits)

    def calls(self, edit: UUID | None = None) -> list[Call]:
        """Return the calls, in the order of their beginning."""
        with self.writing() as connection:
            rows = connection.execute(
                "SELECT id, step, pid, started, stopped FROM calls ORDER BY rowid"
            ).fetchall()
        found = [Call(UUID(row[0]), *row[1:]) for row in rows]
        return [call for call in found if edit in {None, call.edit}]

    def steps(self, edit: UUID) -> list[str]:
        return [call.step for call in self.calls(edit)]

    def paid(self) -> int:
        """Return how many predictions were started."""
        with self.writing() as connection:
            return int(connection.execute("SELECT count(*) FROM paid").fetchone()[0])

    def published(self) -> int:
        """Return how many versions came into being."""
        with self.writing() as connection:
            return int(connection.execute("SELECT count(*) FROM published").fetchone()[0])

    def facts(self, step: str) -> str:
        """Return what the last call of a step was given."""
        with self.writing() as connection:
            row = connection.execute(
                "SELECT facts FROM calls WHERE step = ? ORDER BY rowid DESC", (step,)
            ).fetchone()
        return str(row[0])

    def hold(self, step: str) -> Path:
        """Make calls of a step wait until the returned file is removed."""
        path = self.path.with_name(f"hold-{step}")
        path.touch()
        return path


@dataclass
class ScriptedSteps:
    """`Steps` that follow a script."""

    book: Book
    script: Mapping[str, Sequence[Exception | None]] = field(default_factory=dict)
    """What the first, second, ... call of a step raises; later calls go well."""
    attempts: int = 1
    """How many were agreed to."""
    looked_for_stuck: threading.Event = field(default_factory=threading.Event)

    def begin(self, regeneration_id: UUID) -> None:
        with self._call(regeneration_id, "begin"):
            if self.book.edit(regeneration_id)["is_cancelled"]:
                raise EditCancelled
            self._write("UPDATE edits SET status = 'processing' WHERE id = ?", regeneration_id)

    def intend(self, regeneration_id: UUID, attempt: int) -> None:
        with self._call(regeneration_id, "intend", attempt):
            pass

    def submit(self, regeneration_id: UUID, attempt: int) -> str:
        with self._call(regeneration_id, "submit", attempt):
            marker = f"{regeneration_id}.{attempt}"
            row = self.book.edit(regeneration_id)
            if row["prediction"]:
                return str(row["prediction"])
            prediction = self._find(marker) if row["is_sent"] else None
            self._write("UPDATE edits SET is_sent = 1 WHERE id = ?", regeneration_id)
            if prediction is None:
                prediction = f"prediction-{uuid4()}"
                with self.book.writing() as connection:
                    connection.execute("INSERT INTO paid VALUES (?, ?)", (marker, prediction))
            self._write("UPDATE edits SET prediction = ? WHERE id = ?", prediction, regeneration_id)
            return prediction

    def next_attempt(self, regeneration_id: UUID, attempt: int) -> bool:
        with self._call(regeneration_id, "next_attempt", attempt):
            return attempt < self.attempts

    def recall(self, regeneration_id: UUID) -> str:
        with self._call(regeneration_id, "recall"):
            self._write("UPDATE edits SET status = 'processing' WHERE id = ?", regeneration_id)
            return str(self.book.edit(regeneration_id)["prediction"])

    def attend(self) -> list[tuple[UUID, UUID]]:
        with self.book.writing() as connection:
            rows = connection.execute(
                "SELECT id, job FROM edits WHERE status = 'needs_attention' ORDER BY created"
            ).fetchall()
        return [(UUID(edit), UUID(job)) for edit, job in rows]

    def forget(self, now: datetime) -> int:  # noqa: ARG002 - nothing here is for a while
        return 0

    def release_stuck(self) -> None:
        self.looked_for_stuck.set()

    def await_footage(self, regeneration_id: UUID, prediction_id: str) -> str:
        with self._call(regeneration_id, "await_footage", prediction_id):
            hold = self.book.path.with_name("hold-await_footage")
            until(
                lambda: not hold.exists() or self.book.edit(regeneration_id)["is_cancelled"],
                seconds=60,
            )
            if self.book.edit(regeneration_id)["is_cancelled"]:
                raise EditCancelled
            return f"file:///{prediction_id}.mp4"

    def store(self, regeneration_id: UUID, footage_url: str) -> str:
        with self._call(regeneration_id, "store", footage_url):
            return f"key-of-{footage_url}"

    def encode(self, regeneration_id: UUID, footage_key: str) -> None:
        with self._call(regeneration_id, "encode", footage_key):
            pass

    def publish(
        self, regeneration_id: UUID, footage_key: str, timings: Mapping[str, float]
    ) -> None:
        with (
            self._call(regeneration_id, "publish", footage_key, *sorted(timings)),
            self.book.writing() as connection,
        ):
            done = connection.execute(
                "UPDATE edits SET status = 'completed' WHERE id = ? AND status = 'processing'",
                (str(regeneration_id),),
            )
            if done.rowcount:
                connection.execute("INSERT INTO published VALUES (?)", (str(regeneration_id),))

    def end(
        self,
        regeneration_id: UUID,
        *,
        code: str,
        message: str,
        retryable: bool,
        timings: Mapping[str, float],
    ) -> None:
        with self._call(regeneration_id, "end", code, *sorted(timings)):
            if self.book.is_over(regeneration_id):
                return
            status = "cancelled" if code == EditCancelled.code else "failed"
            with self.book.writing() as connection:
                connection.execute(
                    "UPDATE edits SET code = ?, message = ?, is_retryable = ?, status = ?"
                    " WHERE id = ?",
                    (code, message, retryable, status, str(regeneration_id)),
                )

    def unqueued(self, older_than_seconds: float) -> list[tuple[UUID, UUID]]:
        with self.book.writing() as connection:
            rows = connection.execute(
                "SELECT id, job FROM edits WHERE status = 'queued' AND created <= ?"
                " ORDER BY created",
                (time.time() - older_than_seconds,),
            ).fetchall()
        return [(UUID(edit), UUID(job)) for edit, job in rows]

    def is_over(self, regeneration_id: UUID) -> bool:
        return self.book.is_over(regeneration_id)

    @contextmanager
    def _call(self, edit: UUID, step: str, *facts: object) -> Iterator[None]:
        before = self.book.steps(edit).count(step)
        with self.book.writing() as connection:
            number = connection.execute(
                "INSERT INTO calls (id, step, pid, started, facts) VALUES (?, ?, ?, ?, ?)",
                (str(edit), step, os.getpid(), time.time(), " ".join(map(str, facts))),
            ).lastrowid
        hold = self.book.path.with_name(f"hold-{step}")
        if step != "await_footage":
            until(lambda: not hold.exists(), seconds=120)
        try:
            planned = self.script.get(step, ())
            error = planned[before] if before < len(planned) else None
            if error is not None:
                raise error
            yield
        finally:
            with self.book.writing() as connection:
                connection.execute(
                    "UPDATE calls SET stopped = ? WHERE rowid = ?", (time.time(), number)
                )

    def _write(self, statement: str, *values: object) -> None:
        with self.book.writing() as connection:
            connection.execute(statement, [str(value) for value in values])

    def _find(self, marker: str) -> str | None:
        with self.book.writing() as connection:
            row = connection.execute(
                "SELECT prediction FROM paid WHERE marker = ?", (marker,)
            ).fetchone()
        return str(row[0]) if row else None
