"""Marks that were made before edits of the pipeline could be marked stay what they are."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Engine, inspect, text
from sqlmodel import SQLModel

from clipbot.domain.reviews import Mark
from clipbot.store.database import as_writer
from clipbot.store.migrate import migrate, pending
from clipbot.store.outlook import told
from clipbot.store.store import Store
from tests.unit.store import test_store_upgrade as upgraded
from tests.unit.store.aged_database import left_at
from tests.unit.store.given import NOW
from tests.unit.store.test_store_pipeline_edits import ADA, made, row, say

EDIT = uuid4()

ROWS: dict[str, list[dict[str, Any]]] = {
    "jobs": upgraded.ROWS["jobs"],
    "regenerations": [upgraded.regeneration(EDIT, 0, "failed")],
    "review_marks": [
        {
            "job_id": upgraded.JOB,
            "regeneration_id": EDIT,
            "reviewer_id": ADA,
            "reviewer": "ada@example.com",
            "mark": mark,
            "note": 'It\'s "so".',
            "created_at": NOW,
        }
        for mark in ("accept", "reject")
    ],
}


@pytest.fixture(params=["sqlite", "postgres"])
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database of revision 0011 with an edit that was marked twice."""
    with left_at("0011", request.param, tmp_path, SQLModel.metadata, ROWS) as engine:
        yield engine


_SAID = "SELECT id, job_id, regeneration_id, reviewer_id, reviewer, mark, note FROM review_marks"


def _marks(engine: Engine) -> list[tuple[object, ...]]:
    with engine.connect() as connection:
        return [tuple(each) for each in connection.execute(text(_SAID))]


def test_marks_stay_and_the_pipelines_edits_can_be_marked(old: Engine) -> None:
    before = _marks(old)
    assert len(before) == 2

    assert migrate(old) == [
        "freed review_marks.regeneration_id",
        "added review_marks.moment_seconds",
    ]

    assert _marks(old) == before
    store = Store.on(old)
    (id_,) = made(store, row(upgraded.JOB))
    say(store, upgraded.JOB, id_, Mark.ACCEPT)
    newest = store.reviews.get(upgraded.JOB, id_).marks[0]
    assert len(store.reviews.get(upgraded.JOB, EDIT).marks) == 2
    assert newest.id > max(int(str(each[0])) for each in before)
    (key,) = inspect(old).get_foreign_keys("review_marks")
    assert key["referred_table"] == "jobs"
    assert {index["name"] for index in inspect(old).get_indexes("review_marks")} == {
        "review_marks_by_job",
        "review_marks_by_regeneration",
    }


def test_a_dry_run_of_it_is_the_migration(old: Engine) -> None:
    before = _marks(old)
    statements = pending(old)
    assert not any("clip_regenerations" in statement for statement in statements)
    if old.dialect.name == "postgresql":
        key = "review_marks_regeneration_id_fkey"
        (said,) = (line for line in told(statements) if "constraint" in line)
        assert said == f"Takes the constraint {key} off review_marks; its rows stay as they are."
    with as_writer(old).begin() as connection:
        for statement in statements:
            connection.execute(text(statement.replace(":", r"\:")))

    assert migrate(old) == []
    assert _marks(old) == before
