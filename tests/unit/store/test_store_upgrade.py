"""A database of the revision before is brought up to date, with every row it has."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine, text

from clipbot.store.database import as_writer
from clipbot.store.migrate import migrate, pending
from clipbot.store.migrations.initial_pipeline import METADATA
from clipbot.store.records import RegenerationStatus
from clipbot.store.regeneration_rows import edit_to_json
from clipbot.store.store import Store
from tests.unit.store.aged_database import left_at
from tests.unit.store.given import NOW, USER, edit, outcome, publication

JOB = uuid4()
YESTERDAY = NOW - timedelta(days=1)
OPEN, DOUBTFUL, DONE, FREE = (uuid4() for _ in range(4))
QUOTE = uuid4()


@pytest.fixture(params=["sqlite", "postgres"])
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database of revision 0002 with a job that has been edited."""
    with left_at("0002", request.param, tmp_path, METADATA, ROWS) as engine:
        yield engine


def regeneration(id_: UUID, clip_index: int, status: str, **values: Any) -> dict[str, Any]:
    return {
        "id": id_,
        "job_id": JOB,
        "user_id": USER,
        "clip_index": clip_index,
        "batch_position": 0,
        "edit": edit_to_json(edit(JOB, clip_index).edit),
        "instruction": "make it brighter",
        "renderer": "veo_31",
        "status": status,
        "estimate_micros": 0,
        "ceiling_micros": 0,
        "cost_micros": 0,
        "estimated_seconds": 2.0,
        "seed": 7,
        "temperature": 0.3,
        "progress": 0,
        "message": "",
        "is_cancel_requested": False,
        "is_retryable": False,
        "conversation": [],
        "timings": {},
        "created_at": NOW,
        **values,
    }


def entry(id_: UUID, kind: str, micros: int) -> dict[str, Any]:
    moment = YESTERDAY if id_ == DONE else NOW
    return {
        "job_id": JOB,
        "regeneration_id": id_,
        "kind": kind,
        "amount_micros": micros,
        "created_at": moment,
    }


ROWS: dict[str, list[dict[str, Any]]] = {
    "jobs": [
        {
            "id": JOB,
            "user_id": USER,
            "status": "regenerating",
            "audio_url": "song.mp3",
            "user_prompt": "A calm film about lanterns that drift down a wide dark river.",
            "total_cost": 1.7,
        }
    ],
    "job_states": [
        {"job_id": JOB, "last_event": 0, "edit_position": 0, "earlier_cost_micros": 1_500_000}
    ],
    "job_funds": [{"job_id": JOB, "spent_micros": 1_705_000, "reserved_micros": 700_000}],
    "regenerations": [
        regeneration(OPEN, 0, "processing", ceiling_micros=300_000),
        regeneration(DOUBTFUL, 1, "needs_attention", ceiling_micros=400_000),
        regeneration(
            DONE, 2, "completed", ceiling_micros=250_000, cost_micros=200_000, created_at=YESTERDAY
        ),
        regeneration(FREE, 3, "failed", created_at=YESTERDAY),
    ],
    "ledger": [
        entry(DONE, "reserve", 250_000),
        entry(FREE, "reserve", 0),
        entry(DONE, "release", 250_000),
        entry(DONE, "settle", 200_000),
        entry(FREE, "release", 0),
        entry(FREE, "settle", 0),
        entry(OPEN, "reserve", 300_000),
        entry(DOUBTFUL, "reserve", 400_000),
        # What a model charged for reading a sentence: it has no owner that is written down.
        entry(uuid4(), "settle", 5_000),
    ],
    "render_intents": [
        {
            "regeneration_id": OPEN,
            "attempt": 1,
            "renderer": "veo_31",
            "marker": "m",
            "created_at": NOW,
            "is_sent": True,
            "prediction_id": "p",
        }
    ],
    "quotes": [
        {
            "id": QUOTE,
            "job_id": JOB,
            "user_id": USER,
            "renderer": "veo_31",
            "lines": [],
            "ceiling_micros": 0,
            "estimated_seconds": 2.0,
            "warnings": [],
            "plan": {"act": "edit", "edits": []},
            "instruction": "make it brighter",
            "expires_at": NOW,
        }
    ],
}


def everything(engine: Engine) -> dict[str, list[tuple[Any, ...]]]:
    with engine.connect() as connection:
        return {
            table: [tuple(row) for row in connection.execute(METADATA.tables[table].select())]
            for table in ROWS
        }


def test_every_row_stays_as_it_was(old: Engine) -> None:
    before = everything(old)
    assert {table: len(rows) for table, rows in before.items()} == {
        table: len(rows) for table, rows in ROWS.items()
    }

    migrate(old)

    assert everything(old) == before


def test_what_was_there_is_read_as_before(old: Engine) -> None:
    migrate(old)
    store = Store.on(old)

    quote, _, instruction, _ = store.quotes.get(QUOTE)
    assert (quote.clips, instruction) == ((), "make it brighter")
    assert store.regenerations.get(OPEN).attempts == ()
    intent = store.regenerations.intent(OPEN)
    assert intent is not None
    assert (intent.prediction_id, intent.is_sent, intent.created_at) == ("p", True, NOW)
    assert (intent.outcome, intent.cost_micros, intent.ended_at) == (None, None, None)


def test_the_days_are_reckoned_so_that_open_edits_can_end(old: Engine) -> None:
    migrate(old)
    store = Store.on(old)
    assert store.books.problems() == []
    assert store.books.day_left(USER, 1_000_000, NOW) == 300_000
    assert store.books.day_left(USER, 1_000_000, YESTERDAY) == 800_000

    store.regenerations.publish(publication(OPEN, cost=100_000), now=NOW)
    store.regenerations.end(outcome(DOUBTFUL, RegenerationStatus.CANCELLED), now=NOW)

    assert store.books.day_left(USER, 1_000_000, NOW) == 900_000
    assert store.books.problems() == []


def test_a_dry_run_of_the_upgrade_is_the_upgrade(old: Engine) -> None:
    with as_writer(old).begin() as connection:
        for statement in pending(old):
            connection.execute(text(statement.replace(":", r"\:")))

    assert migrate(old) == []
    assert Store.on(old).books.problems() == []
