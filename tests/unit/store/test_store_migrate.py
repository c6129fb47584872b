import shutil
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from subprocess import PIPE, Popen

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import CheckConstraint, Engine, inspect, text
from sqlmodel import SQLModel

from clipbot.errors import ConfigurationError
from clipbot.store.database import connect, reading, writing
from clipbot.store.migrate import VERSION_TABLE, migrate, pending
from tests.postgres import database

OURS = {
    "compositions",
    "current_versions",
    "day_funds",
    "edit_log",
    "footage",
    "chores",
    "footage_signatures",
    "idempotency_keys",
    "leftovers",
    "job_events",
    "job_funds",
    "job_states",
    "ledger",
    "messages",
    "model_health",
    "quotes",
    "regenerations",
    "render_intents",
    "review_marks",
    "review_shares",
    "slot_choices",
    "webhook_deliveries",
    "webhooks",
    "workers",
}
PIPELINE = {
    "clip_regenerations",
    "clip_thumbnails",
    "clip_versions",
    "job_costs",
    "job_stages",
    "jobs",
    "regeneration_analytics",
    "user_roles",
    "user_templates",
}
ADDED = {
    "clip_versions.archived_at",
    "clip_versions.archived_url",
    "clip_versions.footage_deleted_at",
    "edit_log.slots",
    "job_states.offers_first",
    "ledger.user_id",
    "messages.clips",
    "quotes.clips",
    "regenerations.attempts",
    "regenerations.discount_percent",
    "regenerations.language_micros",
    "regenerations.language_model",
    "render_intents.cost_micros",
    "render_intents.ended_at",
    "render_intents.footage_seconds",
    "render_intents.outcome",
    "regenerations.take_number",
    "regenerations.take",
    "regenerations.decided_at",
    "review_marks.moment_seconds",
}
INDEXES = {"clipbot_jobs_by_time", "clipbot_jobs_by_user"}
"""Ours, on a table of the pipeline."""
FREED = {"review_marks.regeneration_id"}
"""Keys that led to one table alone."""
STEPS = len(OURS | PIPELINE | ADDED | INDEXES | FREED)


@pytest.fixture(params=["sqlite", "postgres"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    if request.param == "sqlite":
        engine = connect(f"sqlite:///{tmp_path / 'empty.db'}")
        yield engine
        engine.dispose()
        return
    with database(is_migrated=False) as url:
        engine = connect(url)
        yield engine
        engine.dispose()


def tables(engine: Engine) -> set[str]:
    return set(inspect(engine).get_table_names())


def test_an_empty_database_gets_every_table(empty: Engine) -> None:
    done = migrate(empty)

    assert tables(empty) == OURS | PIPELINE | {VERSION_TABLE}
    created = {f"created table {name}" for name in OURS | PIPELINE}
    added = {f"added {name}" for name in ADDED}
    indexed = {f"created index {name} on jobs" for name in INDEXES}
    assert set(done) == created | added | indexed | {f"freed {name}" for name in FREED}


def test_migrating_again_changes_nothing(empty: Engine) -> None:
    migrate(empty)

    assert migrate(empty) == []
    assert pending(empty) == []


def test_a_dry_run_lists_the_statements_and_runs_none(empty: Engine) -> None:
    statements = pending(empty)

    assert tables(empty) == set()
    created = [name for name in OURS | PIPELINE if any(f" {name} (" in s for s in statements)]
    assert set(created) == OURS | PIPELINE
    assert statements[0].startswith(f"CREATE TABLE {VERSION_TABLE}")
    assert statements[-1].startswith(f"UPDATE {VERSION_TABLE}")


def test_the_statements_of_a_dry_run_are_the_migration(empty: Engine) -> None:
    with writing(empty) as session:
        for statement in pending(empty):
            session.execute(text(statement.replace(":", r"\:")))

    assert migrate(empty) == []
    assert tables(empty) == OURS | PIPELINE | {VERSION_TABLE}


def test_the_migrated_database_is_what_the_table_classes_say(engine: Engine) -> None:
    options = {
        "version_table": VERSION_TABLE,
        # SQLite's decimals are floats there by intent.
        "compare_type": engine.dialect.name == "postgresql",
        "target_metadata": SQLModel.metadata,
        "include_object": lambda _, name, *__: name not in INDEXES,
    }
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, SQLModel.metadata) == []


def test_the_migrated_database_has_our_indexes_for_lists(engine: Engine) -> None:
    there = {index["name"]: index["column_names"] for index in inspect(engine).get_indexes("jobs")}
    assert there["clipbot_jobs_by_time"] == ["created_at", "id"]
    assert there["clipbot_jobs_by_user"] == ["user_id", "created_at", "id"]


def test_the_migrated_database_has_the_checks_of_the_table_classes(engine: Engine) -> None:
    inspector = inspect(engine)
    for table in SQLModel.metadata.sorted_tables:
        wanted = {
            str(constraint.name)
            for constraint in table.constraints
            if isinstance(constraint, CheckConstraint)
        }
        found = {str(check["name"]) for check in inspector.get_check_constraints(table.name)}
        assert found == wanted, table.name


def test_several_threads_may_migrate_at_once(empty: Engine) -> None:
    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda _: migrate(empty), range(4)))

    assert sorted(map(len, done)) == [0, 0, 0, STEPS]


def test_several_processes_may_migrate_at_once(empty: Engine) -> None:
    url = empty.url.render_as_string(hide_password=False)
    program = (
        "import sys; from clipbot.store.database import connect;"
        "from clipbot.store.migrate import migrate;"
        "engine = connect(sys.argv[1]); input(); print(len(migrate(engine)))"
    )
    command = [sys.executable, "-c", program, url]
    folder = Path(__file__).parents[3]
    children = [Popen(command, cwd=folder, stdin=PIPE, stdout=PIPE) for _ in range(2)]
    for child in children:
        assert child.stdin is not None
        child.stdin.write(b"\n")
        child.stdin.flush()
    answers = [child.communicate(timeout=60)[0] for child in children]

    assert sorted(map(int, answers)) == [0, STEPS]


def test_a_foreign_table_of_our_name_is_left_alone_and_said(empty: Engine) -> None:
    with writing(empty) as session:
        session.execute(text("CREATE TABLE messages (subject text)"))

    for attempt in (migrate, pending):
        with pytest.raises(ConfigurationError, match="a table messages that is not clipbot's"):
            attempt(empty)

    assert tables(empty) == {"messages"}


def test_an_old_table_of_the_pipeline_is_left_alone_and_said(empty: Engine) -> None:
    with writing(empty) as session:
        session.execute(text("CREATE TABLE user_roles (id integer, user_id integer)"))

    with pytest.raises(ConfigurationError, match="lacks created_at, role, updated_at"):
        migrate(empty)

    assert tables(empty) == {"user_roles"}


def test_a_database_that_refuses_is_said_as_such(postgres_url: str) -> None:
    admin = connect(postgres_url)
    with writing(admin) as session:
        session.execute(text("DROP ROLE IF EXISTS reader"))
        session.execute(text("CREATE ROLE reader LOGIN"))
    reader = connect(postgres_url.replace("postgres:@", "reader:@"))

    with pytest.raises(ConfigurationError, match="permission denied for schema public"):
        migrate(reader)

    reader.dispose()
    with writing(admin) as session:
        session.execute(text("DROP ROLE reader"))
    admin.dispose()


def test_where_the_web_reads_the_database_our_tables_are_closed(postgres_url: str) -> None:
    engine = connect(postgres_url)
    with writing(engine) as session:
        session.execute(text("CREATE ROLE anon"))
    migrate(engine)
    with reading(engine) as session:
        closed = session.execute(
            text("SELECT relname FROM pg_class WHERE relkind = 'r' AND relrowsecurity")
        )
        assert {row[0] for row in closed} == OURS | PIPELINE
    with writing(engine) as session:
        session.execute(text("DROP ROLE anon"))
    engine.dispose()


def test_the_pipeline_may_write_rows_without_ids(postgres_url: str) -> None:
    engine = connect(postgres_url)
    migrate(engine)
    with writing(engine) as session:
        session.execute(
            text(
                "INSERT INTO jobs (status, audio_url, user_prompt) "
                "VALUES ('queued', 'a.mp3', repeat('x', 60))"
            )
        )
        row = session.execute(text("SELECT id, progress, video_model, created_at FROM jobs")).one()
    engine.dispose()

    assert row.id is not None
    assert (row.progress, row.video_model) == (0, "kling_v21")
    assert row.created_at is not None


def test_a_folder_with_a_percent_sign_is_a_folder(tmp_path: Path) -> None:
    """Alembic's configuration would read it as the beginning of a placeholder."""
    source = Path(sys.modules[migrate.__module__].__file__ or "").parents[1]
    copy = tmp_path / "100%s" / "clipbot"
    shutil.copytree(source / "store", copy / "store")
    shutil.copytree(source / "domain", copy / "domain")
    for name in ("__init__.py", "errors.py"):
        shutil.copy(source / name, copy / name)
    program = (
        "from clipbot.store.database import connect; from clipbot.store.migrate import migrate;"
        f"print(len(migrate(connect('sqlite:///{tmp_path}/odd.db'))))"
    )
    child = Popen([sys.executable, "-c", program], cwd=copy.parent, stdout=PIPE)

    assert int(child.communicate(timeout=60)[0]) == STEPS
