"""The whole of clipbot's database behind poolers: direct, by session, by transaction."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from clipbot.store.address import address
from clipbot.store.database import connect, let_go
from clipbot.store.store import Store
from clipbot.wiring import schema
from tests.integration.processes.installation import opened
from tests.integration.processes.runs import scripted
from tests.integration.processes.waiting import until
from tests.pooler import pooled
from tests.postgres import database
from tests.unit.store import given

EDITS = 12
_LOCKS = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"


@pytest.fixture(params=["direct", "session", "transaction"])
def url(request: pytest.FixtureRequest) -> Iterator[str]:
    """An empty database, reached in each way."""
    with ExitStack() as stack:
        own = stack.enter_context(database(is_migrated=False))
        if request.param == "direct":
            yield own
        else:
            # Fewer than the clients have, more than one worker needs at once.
            size = 6 if request.param == "transaction" else 40
            yield stack.enter_context(pooled(own, request.param, size=size))


def test_edits_run_whatever_stands_before_the_database(url: str, tmp_path: Path) -> None:
    assert "brought schema dbos up to date" in schema.migrated(url, tmp_path)
    assert schema.migrated(url, tmp_path) == schema.planned(url) == []
    with opened(url, tmp_path) as made:
        jobs = [uuid4() for _ in range(3)]
        with scripted(made) as queue:
            edits = [made.book.add(jobs[number % 3])[0] for number in range(EDITS)]
            for number, edit in enumerate(edits):
                queue.enqueue(edit, jobs[number % 3])
            until(lambda: all(made.book.status(edit) == "completed" for edit in edits))


def test_the_store_works_whatever_stands_before_the_database(url: str, tmp_path: Path) -> None:
    schema.migrated(url, tmp_path)
    engine = connect(url)
    store = Store.on(engine)
    for round_ in range(8):  # psycopg would prepare a statement at its sixth time
        job_id = given.job(store)
        given.edited(store, job_id, 0, number=2)
        assert store.versions.current(job_id) == {0: 2}
        assert len(store.jobs.list(user_id=None)) == round_ + 1
        with store.workers.try_lead() as leads:
            assert leads
    assert store.books.problems() == []
    let_go(engine)


def test_nothing_stays_behind_in_a_poolers_connections(tmp_path: Path) -> None:
    with (
        database(is_migrated=False) as own,
        pooled(own, "transaction", size=2) as through,
    ):
        schema.migrated(through, tmp_path)
        with opened(through, tmp_path) as made, scripted(made) as queue:
            edit, job = made.book.add()
            queue.enqueue(edit, job)
            until(lambda: made.book.status(edit) == "completed")
        with psycopg.connect(through, prepare_threshold=None) as shared:
            prepared = shared.execute("SELECT count(*) FROM pg_prepared_statements").fetchone()
            listening = shared.execute("SELECT count(*) FROM pg_listening_channels()").fetchone()
            idle = shared.execute("SHOW idle_in_transaction_session_timeout").fetchone()
            locks = shared.execute(_LOCKS.encode()).fetchone()
    assert (prepared, listening, idle, locks) == ((0,), (0,), ("0",), (0,))


def test_the_check_for_prepared_statements_can_fail() -> None:
    """Without our setting, the same pooler refuses or keeps them."""
    with database(is_migrated=False) as own, pooled(own, "transaction", size=1) as through:
        engine = create_engine(address(through), poolclass=NullPool)
        with engine.connect() as connection:
            for _ in range(8):
                connection.exec_driver_sql("SELECT 1")
            connection.commit()
            found = connection.exec_driver_sql("SELECT count(*) FROM pg_prepared_statements")
            assert found.scalar_one() > 0
        let_go(engine)
