import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, event, make_url, text
from sqlmodel import select

from clipbot.errors import ConfigurationError, StorageFull
from clipbot.store.address import address, spelled
from clipbot.store.database import connect, let_go, reading, writing
from clipbot.store.store import Store
from clipbot.store.tables import JobStageRow
from tests.unit.store.given import NOW, film, job


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_spelling_of_postgres_means_the_one_driver(scheme: str) -> None:
    engine = connect(f"{scheme}://me:secret@db.example:6543/clips")

    assert engine.url.drivername == "postgresql+psycopg"
    assert (engine.url.host, engine.url.port, engine.url.password) == (
        "db.example",
        6543,
        "secret",
    )
    engine.dispose()


@pytest.mark.parametrize("driver", ["postgres", "postgresql+asyncpg", "postgresql+psycopg2"])
def test_what_other_clients_write_about_poolers_is_dropped(driver: str) -> None:
    text_ = (
        f"{driver}://me:s%40cret@db.example/clips?pgbouncer=true&sslmode=require&connection_limit=1"
    )

    found = address(text_)

    assert (found.drivername, dict(found.query)) == ("postgresql+psycopg", {"sslmode": "require"})
    assert found.password == "s@cret"
    assert make_url(spelled(text_)) == found


@pytest.mark.parametrize(
    ("text_", "words"),
    [
        ("postgres://me:secret@db.example/clips?schema=film", r"has \?schema=, which PostgreSQL"),
        ("not an address with a secret", "is no address of a database"),
        ("", "is no address of a database"),
    ],
)
def test_an_address_that_means_nothing_is_refused_without_its_secret(
    text_: str, words: str
) -> None:
    with pytest.raises(ConfigurationError, match=words) as caught:
        connect(text_)
    assert "secret" not in str(caught.value)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Engine]:
    engine = connect(f"sqlite:///{tmp_path / 'small.db'}")
    with writing(engine) as session:
        session.execute(text("CREATE TABLE heap (bytes BLOB)"))
    yield engine
    engine.dispose()


def test_a_full_disk_is_said_as_such_and_changes_nothing(small_disk: Engine) -> None:
    def fill() -> None:
        with writing(small_disk) as session:
            session.execute(text("PRAGMA max_page_count = 8"))
            session.execute(text("INSERT INTO heap VALUES ('first')"))
            session.execute(text("INSERT INTO heap VALUES (zeroblob(100000))"))

    with pytest.raises(StorageFull):
        fill()

    with reading(small_disk) as session:
        assert session.execute(text("SELECT count(*) FROM heap")).scalar() == 0


def test_sqlite_waits_for_the_writer_and_keeps_foreign_keys(tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path / 'own.db'}")
    with reading(engine) as session:
        found = {
            name: session.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "foreign_keys", "busy_timeout", "synchronous")
        }
    engine.dispose()

    assert found == {
        "journal_mode": "wal",
        "foreign_keys": 1,
        "busy_timeout": 30_000,
        "synchronous": 2,
    }


def test_a_writer_on_sqlite_holds_the_lock_before_it_reads(tmp_path: Path) -> None:
    path = tmp_path / "own.db"
    engine = connect(f"sqlite:///{path}")
    with writing(engine) as session:
        session.execute(text("SELECT 1"))
        other = sqlite3.connect(path, timeout=0)
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
        other.close()
    engine.dispose()


def test_a_connection_that_is_out_when_all_are_let_go_is_closed_once_it_is_back(
    engine: Engine,
) -> None:
    closed: list[object] = []
    own = connect(engine.url.render_as_string(hide_password=False))
    event.listen(own, "close", lambda connection, _: closed.append(connection))
    with own.connect() as late:
        used = late.connection.dbapi_connection
        let_go(own)
        assert used not in closed

    assert used in closed


def test_times_come_back_in_utc_whatever_zone_they_had(store: Store) -> None:
    there = timezone(timedelta(hours=5, minutes=30))
    made = datetime(2026, 3, 1, 1, 15, 0, 123456, tzinfo=there)
    job_id = job(store, created_at=made.isoformat())

    found = store.jobs.get(job_id).created_at

    assert found == made
    assert found is not None
    assert found.tzinfo is UTC


def test_text_that_a_database_would_refuse_is_kept_readable(store: Store) -> None:
    job_id = job(store)

    store.messages.add(job_id, role="user", content="a\0b\ud800c", now=NOW, choices=["x\0y"])

    (message,) = store.messages.of_job(job_id)
    assert message.content == "a\ufffdb?c"
    assert message.choices == ("x\ufffdy",)


def test_a_number_that_json_does_not_know_is_refused_on_both_databases(store: Store) -> None:
    with pytest.raises(Exception, match="JSON compliant"):
        store.messages.add(
            job(store), role="user", content="", now=NOW, plan={"luma": float("nan")}
        )


def test_json_too_deep_for_python_comes_back_as_its_text(engine: Engine, store: Store) -> None:
    job_id = job(store)
    depth = 2_000 if engine.dialect.name == "postgresql" else 50_000
    deep = "[" * depth + "]" * depth
    with writing(engine) as session:
        session.execute(
            text("UPDATE job_stages SET metadata = CAST(:deep AS jsonb)")
            if engine.dialect.name == "postgresql"
            else text("UPDATE job_stages SET metadata = :deep"),
            {"deep": deep},
        )

    (stage,) = store.jobs.stages(job_id)

    assert isinstance(stage.metadata, str)


TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"))
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(-1e9, 1e9).map(lambda number: round(number, 6) + 0.0)
    | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(document=st.dictionaries(TEXT, JSON, max_size=4))
def test_json_comes_back_as_it_was_stored(store: Store, document: dict[str, Any]) -> None:
    job_id = job(store)

    added = store.messages.add(job_id, role="assistant", content="", now=NOW, plan=document)

    assert added.plan == document
    assert store.messages.of_job(job_id)[-1].plan == document


def test_metadata_is_handed_out_exactly_as_stored(store: Store) -> None:
    job_id = job(store)
    shapes: list[Any] = [{"a": 1}, [1, 2], '{"a": 1}', '"deep"', None, 7, True]
    stage = {"job_id": str(job_id), "stage_name": "composer", "status": "completed"}
    for number, shape in enumerate(shapes):
        made = (NOW + timedelta(seconds=number)).isoformat()
        store.jobs.insert({"job_stages": [{**stage, "metadata": shape, "created_at": made}]})

    found = [row.metadata for row in store.jobs.stages(job_id) if row.stage_name == "composer"]

    assert found == shapes


def test_an_error_inside_a_transaction_leaves_nothing_behind(engine: Engine, store: Store) -> None:
    job_id = job(store)

    def write_and_fail() -> None:
        with writing(engine) as session:
            session.add(JobStageRow(job_id=job_id, stage_name="composer", status="completed"))
            session.flush()
            raise RuntimeError("out of luck")

    with pytest.raises(RuntimeError, match="luck"):
        write_and_fail()

    with reading(engine) as session:
        assert len(session.exec(select(JobStageRow.id)).all()) == 1


def test_large_numbers_fit(store: Store) -> None:
    job_id = job(store)

    store.compositions.add(job_id, film(), film_url="f", now=NOW)

    assert store.compositions.get(job_id).size_bytes == 3_000_000_000
