"""No question that the doors ask again and again reads a whole table, however full it is.

Everything that is sent while people look is written down, and PostgreSQL is asked how it
would answer: a table of jobs, stages, versions or edits must be reached by an index.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, event, text

from clipbot.domain.user import LOCAL_USER, User
from tests import crowded
from tests.desk import Desk, desk
from tests.postgres import engine_on

JOBS = 400
GROWING = {
    "clip_thumbnails", "clip_versions", "compositions", "current_versions", "edit_log", "footage",
    "job_events", "job_funds", "job_stages", "job_states", "jobs", "messages", "quotes",
    "regenerations", "render_intents", "ledger", "day_funds", "clip_regenerations",
    "review_marks",
}  # fmt: skip
"""Tables that have more rows with every job."""
Sent = list[tuple[str, Any]]


@pytest.fixture(name="crowd", scope="module")
def fixture_crowd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A PostgreSQL with many jobs."""
    with engine_on("postgres", tmp_path_factory.mktemp("crowd")) as engine:
        crowded.fill(engine, JOBS)
        yield desk(engine, tmp_path_factory.mktemp("home"))


@contextmanager
def written_down(engine: Engine) -> Iterator[Sent]:
    sent: Sent = []

    def write(_: Any, __: Any, statement: str, parameters: Any, *___: Any) -> None:
        sent.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", write)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", write)


def scans(engine: Engine, sent: Sent) -> list[str]:
    """Return the statements that would read a growing table from end to end."""
    found = []
    with engine.connect() as connection:
        # Tables of a test are small enough to be read whole; large ones are not.
        connection.execute(text("SET LOCAL enable_seqscan = off"))
        for statement, parameters in sent:
            if not statement.lstrip().upper().startswith(("SELECT", "UPDATE", "INSERT", "DELETE")):
                continue
            plan = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", parameters)
            tables = {scan for node in plan.scalar_one() for scan in _seq_scans(node["Plan"])}
            found += [f"{table}: {statement}" for table in sorted(tables & GROWING)]
    return found


def _seq_scans(node: dict[str, Any]) -> Iterator[str]:
    if node["Node Type"] == "Seq Scan":
        yield str(node["Relation Name"])
    for child in node.get("Plans", ()):
        yield from _seq_scans(child)


ADMIN = User(LOCAL_USER.id, is_admin=True)
LOCAL = User(LOCAL_USER.id)
JOB = crowded.job_id(1)
Act = Callable[[Desk], object]
ACTS: dict[str, Act] = {
    "jobs of a user": lambda at: at.services.jobs.list(LOCAL, limit=50, offset=100),
    "jobs of everybody": lambda at: at.services.jobs.list(ADMIN, limit=50, offset=100),
    "jobs in a state": lambda at: at.services.jobs.list(LOCAL, status="regenerating"),
    "everybody's jobs in a state": lambda at: at.services.jobs.list(ADMIN, status="failed"),
    "the newest job": lambda at: at.services.jobs.newest(LOCAL),
    "a job": lambda at: at.services.jobs.get(ADMIN, JOB),
    "a job by the beginning of its id": lambda at: at.services.jobs.resolve(ADMIN, str(JOB)[:8]),
    "clips": lambda at: at.services.clips.list(ADMIN, JOB),
    "versions": lambda at: at.services.versions.list(ADMIN, JOB, 1),
    "edits": lambda at: at.services.regenerations.of_job(ADMIN, JOB),
    "a review": lambda at: at.services.reviews.page(at.services.reviews.of_user(ADMIN, JOB)),
    "edits of the pipeline": lambda at: at.store.reviews.by_pipeline(JOB, {0, 1}),
    "events": lambda at: at.store.events.after(JOB, 0),
    "events of many jobs": lambda at: at.store.events.latest({JOB: 0, crowded.job_id(3): 0}),
    "the chat": lambda at: at.store.messages.of_job(JOB),
    "a price": lambda at: at.services.quotes.quote(ADMIN, JOB, text="make clip 2 nighttime"),
    "the film": lambda at: at.store.listing.films([JOB]),
    "the executor's sweep": lambda at: at.steps.unqueued(2.0),
    "edits that need attention": lambda at: at.steps.attend(),
    "jobs that are stuck": lambda at: at.store.jobs.release_stuck(
        untouched_for=timedelta(days=9_999), now=datetime.now(UTC)
    ),
}


@pytest.mark.parametrize("act", ACTS)
def test_nothing_that_people_ask_for_reads_a_whole_table(crowd: Desk, act: str) -> None:
    with written_down(crowd.store.jobs.engine) as sent:
        ACTS[act](crowd)

    assert sent
    assert scans(crowd.store.jobs.engine, sent) == []


def test_the_check_finds_a_question_without_an_index(crowd: Desk) -> None:
    with written_down(crowd.store.jobs.engine) as sent, crowd.store.jobs.engine.connect() as c:
        c.execute(text("SELECT id FROM jobs WHERE error_message = 'x'"))
    assert len(scans(crowd.store.jobs.engine, sent)) == 1


@pytest.mark.parametrize("user", [LOCAL, ADMIN], ids=["a user", "an admin"])
def test_a_list_takes_as_many_questions_for_fifty_jobs_as_for_one(crowd: Desk, user: User) -> None:
    counts = []
    for limit in (1, 50):
        with written_down(crowd.store.jobs.engine) as sent:
            assert len(crowd.services.jobs.list(user, limit=limit).jobs) == limit
        counts.append(len(sent))
    assert counts[0] == counts[1] <= 8


def test_pages_follow_each_other_without_a_gap(crowd: Desk) -> None:
    seen, offset = [], 0
    while offset is not None:
        page = crowd.services.jobs.list(LOCAL, limit=37, offset=offset)
        seen += [job.id for job in page.jobs]
        offset = page.next_offset  # type: ignore[assignment]
    mine = [crowded.job_id(number) for number in range(JOBS) if number % 2]
    assert seen == mine[::-1]


def test_a_line_of_a_list_says_what_the_job_itself_says(crowd: Desk) -> None:
    for line in crowd.services.jobs.list(LOCAL, limit=12).jobs:
        whole = crowd.services.jobs.get(LOCAL, line.id)
        for name in line.__dataclass_fields__:
            assert getattr(line, name) == getattr(whole, name), name
    assert line.clip_count == 6
