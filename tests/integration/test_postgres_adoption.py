"""Clipbot on a database that the pipeline made and uses."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg.rows import dict_row
from sqlalchemy import Engine

from clipbot.errors import BudgetExceeded, ConfigurationError
from clipbot.store import migrate as migrations
from clipbot.store.database import connect
from clipbot.store.migrate import VERSION_TABLE, migrate, pending
from clipbot.store.records import RegenerationStatus
from clipbot.store.store import Store
from clipbot.store.tables import ClipVersionRow
from clipbot.wiring import schema
from clipbot.workflows.notes import prepare
from tests.postgres import database
from tests.unit.store import given

JOB = UUID("d17b4d62-af67-57d5-b91d-2c4a9a4bafcc")
MARA = UUID("40e46376-7a5c-53e1-9d2d-a736996f56d0")
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
FOLDER = Path(__file__).parents[1] / "data" / "upstream"


def run(url: str, *files: str) -> None:
    with psycopg.connect(url) as connection:
        for file in files:
            connection.execute((FOLDER / file).read_bytes())


def query(url: str, statement: str) -> list[dict[str, Any]]:
    with psycopg.connect(url, row_factory=dict_row) as connection:
        return connection.execute(statement.encode()).fetchall()


@pytest.fixture
def adopted_url() -> Iterator[str]:
    """A database with the pipeline's schema and the complete job."""
    with database(is_migrated=False) as url:
        run(url, "schema.sql", "complete/load.sql")
        yield url


@pytest.fixture(params=["as it is", "with what the seeds add"])
def either_url(request: pytest.FixtureRequest, adopted_url: str) -> str:
    """The same, also with the tables and columns that only the design documents have."""
    if request.param == "with what the seeds add":
        run(adopted_url, "schema_seed_additions.sql")
    return adopted_url


@pytest.fixture
def adopted(adopted_url: str) -> Iterator[Engine]:
    engine = connect(adopted_url)
    migrate(engine)
    yield engine
    engine.dispose()


def tables(url: str) -> list[str]:
    rows = query(url, "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
    return [row["tablename"] for row in rows]


def contents(url: str, names: list[str]) -> dict[str, list[dict[str, Any]]]:
    return {name: query(url, f"TABLE {name} ORDER BY 1") for name in names}


def shape(url: str) -> dict[str, list[dict[str, Any]]]:
    """Return everything that describes the tables: columns, constraints, indexes, rules."""
    questions = {
        "columns": "SELECT table_name, column_name, data_type, column_default, is_nullable, "
        "numeric_precision, numeric_scale, character_maximum_length "
        "FROM information_schema.columns WHERE table_schema = 'public'",
        "constraints": "SELECT conrelid::regclass::text AS table_name, conname, "
        "pg_get_constraintdef(oid) AS definition FROM pg_constraint",
        "indexes": "SELECT tablename AS table_name, indexdef FROM pg_indexes "
        "WHERE schemaname = 'public'",
        "policies": "SELECT tablename AS table_name, policyname, qual FROM pg_policies",
        "triggers": "SELECT tgrelid::regclass::text AS table_name, tgname FROM pg_trigger "
        "WHERE NOT tgisinternal",
        "security": "SELECT relname AS table_name, relrowsecurity FROM pg_class "
        "WHERE relkind = 'r'",
    }
    return {name: query(url, question) for name, question in questions.items()}


def test_adopting_keeps_every_row_and_everything_the_pipeline_made(either_url: str) -> None:
    names = tables(either_url)
    before, shape_before = contents(either_url, names), shape(either_url)
    engine = connect(either_url)

    done = migrate(engine)

    engine.dispose()
    assert set(names) <= set(tables(either_url))
    ours = dict.fromkeys(ClipVersionRow.OURS)
    for name, rows in before.items():
        added = ours if name == "clip_versions" else {}
        assert contents(either_url, [name])[name] == [{**row, **added} for row in rows], name
    after = shape(either_url)
    for part, described in shape_before.items():
        kept = [row for row in after[part] if row in described]
        assert len(kept) == len(described), part
    assert not [line for line in done if any(line == f"created table {name}" for name in names)]
    assert {f"added clip_versions.{name}" for name in ours} <= set(done)


def test_what_is_added_to_the_pipelines_tables_may_be_empty(adopted: Engine) -> None:
    added = query(
        adopted.url.render_as_string(hide_password=False).replace("+psycopg", ""),
        "SELECT column_name, data_type, is_nullable, column_default "
        "FROM information_schema.columns WHERE table_name = 'clip_versions' "
        "AND ordinal_position > 12 ORDER BY ordinal_position",
    )

    assert [(row["column_name"], row["data_type"]) for row in added] == [
        ("parent_number", "integer"),
        ("renderer", "text"),
        ("seed", "bigint"),
        ("temperature", "double precision"),
        ("regeneration_id", "uuid"),
        ("verdict", "jsonb"),
        ("archived_url", "text"),
        ("archived_at", "timestamp with time zone"),
        ("footage_deleted_at", "timestamp with time zone"),
    ]
    assert {(row["is_nullable"], row["column_default"]) for row in added} == {("YES", None)}


def test_adopting_twice_changes_nothing(adopted_url: str) -> None:
    engine = connect(adopted_url)
    migrate(engine)
    before = shape(adopted_url)

    assert (migrate(engine), pending(engine)) == ([], [])
    engine.dispose()
    assert shape(adopted_url) == before


def test_a_dry_run_on_the_pipelines_database_creates_only_what_is_ours(adopted_url: str) -> None:
    names, before = tables(adopted_url), shape(adopted_url)
    engine = connect(adopted_url)

    statements = pending(engine)

    engine.dispose()
    assert shape(adopted_url) == before
    # An index of ours, which is made anew, and a key of a table of ours, which is new.
    dropped = [line for line in statements if "DROP" in line]
    assert dropped == [
        "DROP INDEX one_open_regeneration_per_clip;",
        "ALTER TABLE review_marks DROP CONSTRAINT review_marks_regeneration_id_fkey;",
    ]
    altered = [line for line in statements if line.startswith("ALTER TABLE")]
    altered = [line for line in altered if line.split()[2] in names]
    assert len(altered) == len(ClipVersionRow.OURS)
    assert all(line.startswith("ALTER TABLE clip_versions ADD COLUMN") for line in altered)
    assert not [name for name in names if f"CREATE TABLE {name} (" in " ".join(statements)]
    assert any(VERSION_TABLE in line for line in statements)


def test_a_dry_run_says_what_it_will_do_and_its_statements_are_all_of_it(
    adopted_url: str, tmp_path: Path
) -> None:
    names = tables(adopted_url)
    before, shape_before = contents(adopted_url, names), shape(adopted_url)

    planned = schema.planned(adopted_url)

    assert (contents(adopted_url, names), shape(adopted_url)) == (before, shape_before)
    said = [line.removeprefix("-- ") for line in planned if line.startswith("-- ")]
    assert said[0].startswith("Creates ")
    assert "Adds columns to clip_versions: parent_number, renderer, seed" in said[1]
    assert "clipbot_jobs_by_user on jobs" in said[2]
    assert said[3:4] == ["Drops nothing, and changes no column and no row of the pipeline."]
    assert said[4].startswith("Brings schema dbos, which is for clipbot's queue alone, up to date")
    with psycopg.connect(adopted_url) as connection:
        for statement in planned:
            connection.execute(statement.encode())
    assert schema.planned(adopted_url) == schema.migrated(adopted_url, tmp_path) == []


def test_what_migrating_leaves_is_all_that_a_start_needs(adopted_url: str, tmp_path: Path) -> None:
    assert schema.migrated(adopted_url, tmp_path)[-1] == "brought schema dbos up to date"
    before = shape(adopted_url)

    prepare(adopted_url, tmp_path)

    assert shape(adopted_url) == before


def test_a_table_in_use_is_not_waited_for_long_and_nothing_is_changed(
    adopted_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrations, "_PATIENCE", "100ms")
    before = shape(adopted_url)
    engine = connect(adopted_url)
    with psycopg.connect(adopted_url) as pipeline:
        pipeline.execute("UPDATE jobs SET progress = 99")
        pipeline.execute("SELECT prompt FROM clip_versions")
        with pytest.raises(ConfigurationError, match="is busy, so nothing was migrated"):
            migrate(engine)
        pipeline.commit()
    assert shape(adopted_url) == before

    assert migrate(engine)
    engine.dispose()


def test_the_pipeline_can_go_on_writing_versions(adopted: Engine) -> None:
    with adopted.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO clip_versions (job_id, clip_index, version_number, video_url, prompt, "
            "is_current) SELECT id, 0, number, 'a.mp4', 'p', true "
            "FROM jobs, generate_series(1, 2) AS number"
        )

    store = Store.on(adopted)

    assert store.versions.current(JOB) == {0: 2, 1: 2, 3: 3}


def edit(store: Store, clip_index: int, *, ceiling: int = 1_000_000) -> UUID:
    new = given.edit(JOB, clip_index, ceiling=ceiling, user_id=MARA)
    given.submit(store, new, now=NOW)
    store.regenerations.start(new.id, base_number=1, original_prompt="before", now=NOW)
    return new.id


def test_a_whole_edit_satisfies_every_rule_of_the_pipelines_tables(adopted: Engine) -> None:
    store = Store.on(adopted)
    assert store.jobs.get(JOB).user_id == MARA
    id_ = edit(store, 3)
    assert store.jobs.get(JOB).status == "regenerating"

    store.regenerations.publish(given.publication(id_, number=4, cost=565_500), now=NOW)

    assert store.versions.current(JOB) == {1: 2, 3: 4}
    job = store.jobs.get(JOB)
    assert (job.status, job.total_cost_micros, job.spent_micros) == (
        "completed",
        11_720_000,
        11_715_500,
    )
    assert store.regenerations.counts(JOB) == {1: 1, 3: 3}
    assert store.books.problems() == []
    with adopted.connect() as connection:
        flagged = connection.exec_driver_sql(
            "SELECT clip_index, version_number FROM clip_versions WHERE is_current ORDER BY 1"
        ).fetchall()
    assert [tuple(row) for row in flagged] == [(1, 2), (3, 4)]


@pytest.mark.parametrize(
    "status",
    [
        RegenerationStatus.FAILED,
        RegenerationStatus.CANCELLED,
        RegenerationStatus.NEEDS_ATTENTION,
    ],
)
def test_every_other_end_satisfies_them_too(adopted: Engine, status: RegenerationStatus) -> None:
    store = Store.on(adopted)

    store.regenerations.end(given.outcome(edit(store, 0), status, cost=10_000), now=NOW)

    assert store.jobs.get(JOB).status == "completed"
    assert store.books.problems() == []


def test_undo_and_restore_work_on_the_pipelines_versions(adopted: Engine) -> None:
    store = Store.on(adopted)
    id_ = edit(store, 3)
    store.regenerations.publish(given.publication(id_, number=4), now=NOW)
    cursor = store.history.cursor(JOB)
    entry = cursor.to_undo()
    assert (entry.changes[0].before, entry.changes[0].after) == (3, 4)

    store.history.move(
        JOB,
        way=cursor.way(0),
        composition=given.film("undone"),
        film_url=given.FILM_URL,
        event="film_changed",
        message="Taken back.",
        now=NOW,
    )

    assert store.versions.current(JOB) == {1: 2, 3: 3}
    assert store.jobs.thumbnails(JOB)[3].startswith("https://storage.example/")


def test_the_budget_counts_what_the_pipeline_spent(adopted: Engine) -> None:
    store = Store.on(adopted)

    with pytest.raises(BudgetExceeded) as caught:
        given.submit(store, given.edit(JOB, 0, ceiling=900_000), budget_micros=12_000_000)

    assert caught.value.left_micros == 850_000


def test_every_table_of_the_fixtures_can_be_inserted(adopted_url: str, adopted: Engine) -> None:
    store = Store.on(adopted)
    job_id, user_id = uuid4(), uuid4()
    (job,) = given.complete()["jobs"]
    analytics = {
        "job_id": str(job_id),
        "user_id": str(user_id),
        "clip_index": 0,
        "instruction": "brighter",
        "cost": 0.5,
        "success": True,
        "created_at": "2026-01-01T00:00:00+00:00",
    }
    picture = {
        "job_id": str(job_id),
        "image_type": "scene",
        "user_title": "pier",
        "original_filename": "pier.png",
        "storage_path": "a",
        "image_url": "b",
    }
    audio = {"file_hash": "0" * 32, "analysis_data": {"bpm": 100}}

    store.jobs.insert(
        {
            "auth_users": [{"id": str(user_id), "email": "new@creator.example"}],
            "jobs": [{**job, "id": str(job_id), "user_id": str(user_id)}],
            "regeneration_analytics_archive": [analytics],
            "user_reference_images": [picture],
            "audio_analysis_cache": [audio],
        }
    )

    assert store.jobs.get(job_id).user_id == user_id
    for name in ("regeneration_analytics_archive", "user_reference_images"):
        assert len(query(adopted_url, f"TABLE {name}")) == 1
    (kept,) = query(adopted_url, "SELECT analysis_data FROM audio_analysis_cache")
    assert kept["analysis_data"] == {"bpm": 100}


def test_every_variant_can_be_inserted_and_edited(adopted: Engine) -> None:
    store = Store.on(adopted)
    for path in sorted((FOLDER / "variants").glob("*.json")):
        rows = json.loads(path.read_text("utf-8"))["rows"]
        users = [{"id": row["user_id"]} for row in rows["jobs"]]
        store.jobs.insert({**rows, "auth_users": users})
        for row in rows["jobs"]:
            job = store.jobs.get(UUID(row["id"]))
            if job.status in {"completed", "regenerating"}:
                given.edited(store, job.id, 3, number=9)
                assert store.versions.current(job.id)[3] == 9, path.name
    assert store.books.problems() == []


def test_deleting_a_job_takes_our_rows_with_it_but_not_the_ledger(adopted: Engine) -> None:
    store = Store.on(adopted)
    store.regenerations.publish(given.publication(edit(store, 3), number=4, cost=5), now=NOW)
    store.quotes.add(given.quote(JOB), given.PLAN, "")
    running = edit(store, 0)
    store.regenerations.intend(running, 1, renderer="veo_31", marker="m", now=NOW)

    with adopted.begin() as connection:
        connection.exec_driver_sql("DELETE FROM jobs")
    url = adopted.url.render_as_string(hide_password=False).replace("+psycopg", "")
    names = ("regenerations", "render_intents", "job_events", "compositions", "quotes", "messages")

    assert set(map(len, contents(url, [*names]).values())) == {0}
    assert len(contents(url, ["ledger"])["ledger"]) == 4
