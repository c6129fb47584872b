"""`kill -9` in the middle of a paid edit of a real film: store, media, services and engine.

The process that prices, confirms and runs the edit dies at a named point; another one
then finds what it left. Nothing may be lost, and nothing paid twice.
"""

import os
import shutil
import signal
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import text

from clipbot.domain.user import LOCAL_USER
from clipbot.store.database import connect, let_go
from clipbot.store.migrate import migrate
from clipbot.store.records import JobStatus, RegenerationStatus
from tests import jobs, media
from tests.integration.processes.children import child
from tests.integration.processes.paid import CEILING_MICROS, PRICE_MICROS, Shop, edit, shop
from tests.integration.processes.programs import QUICK
from tests.integration.processes.scripted import STEPS
from tests.integration.processes.waiting import until
from tests.postgres import database

IS_FULL = os.environ.get("CLIPBOT_TEST_COUNT") == "full"
POINTS = [
    "before:enqueue",
    *(f"{when}:{step}" for step in STEPS for when in ("before", "after")),
    "accepted:submit",
]
FEW = ["accepted:submit", "after:publish"]
"""On PostgreSQL, unless everything runs: where money or the film may be doubled."""
WISH = "make clip 2 nighttime"
AFTER = replace(QUICK, dead_seconds=0.5)
"""Who is dead here is surely dead."""


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a home with a small film, and the footage that the provider will deliver."""
    home = tmp_path_factory.mktemp("template")
    url = _sqlite(home)
    engine = connect(url)
    migrate(engine)
    let_go(engine)
    night = "colorchannelmixer=rr=0.35:gg=0.4:bb=0.6"
    media.make("-i", str(jobs.footage(1)), "-vf", night, str(home / "footage.mp4"))
    with shop(url, home) as opened:
        _install(opened)
    return home


@pytest.fixture(scope="module")
def film(template: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the digest of the film that the edit makes when nobody dies."""
    home = tmp_path_factory.mktemp("undisturbed") / "home"
    shutil.copytree(template, home)
    with child(edit, _sqlite(home), home, jobs.job_id(), WISH, "never") as process:
        assert process.join(60) == 0
    with shop(_sqlite(home), home) as opened:
        return _film(opened)


@pytest.mark.parametrize(
    ("on", "point"),
    [("sqlite", point) for point in POINTS]
    + [("postgres", point) for point in (POINTS if IS_FULL else FEW)],
)
def test_a_paid_edit_survives_being_killed(
    on: str, point: str, template: Path, film: str, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    shutil.copytree(template, home)
    with _url(on, home) as url:
        with child(edit, url, home, jobs.job_id(), WISH, point) as process:
            assert process.join(60) == -signal.SIGKILL
        with shop(url, home) as opened:
            (row,) = opened.store.regenerations.of_job(jobs.job_id())
            left_open = row.is_open
            with opened.executor(rhythm=AFTER):
                until(lambda: opened.parts.steps.is_over(row.id), seconds=120)

            assert left_open or point == "after:publish"
            assert len(opened.renderer.requests()) == 1
            _assert_done_once(opened, row.id)
            assert _film(opened) == film


def _assert_done_once(opened: Shop, regeneration_id: UUID) -> None:
    store, job_id = opened.store, jobs.job_id()
    row = store.regenerations.get(regeneration_id)
    versions = [(version.clip_index, version.number) for version in store.versions.all(job_id)]
    funds = store.jobs.funds(job_id, 0)
    events = store.events.after(job_id, 0)
    assert (row.status, row.version_number) == (RegenerationStatus.COMPLETED, 2)
    assert versions == [(1, 1), (1, 2)]
    assert store.versions.current(job_id) == {1: 2}
    assert (funds.spent_micros, funds.reserved_micros) == (PRICE_MICROS, 0)
    assert store.books.problems() == []
    assert _ledger(opened) == [
        ("release", CEILING_MICROS),
        ("reserve", CEILING_MICROS),
        ("settle", PRICE_MICROS),
    ]
    assert store.jobs.get(job_id).status is JobStatus.COMPLETED
    assert store.compositions.get(job_id).number == 2
    assert [event.id for event in events] == list(range(1, len(events) + 1))
    names = Counter(event.name for event in events)
    assert (names["regeneration_started"], names["regeneration_complete"]) == (1, 1)
    assert names["regeneration_failed"] == 0


def _ledger(opened: Shop) -> list[tuple[str, int]]:
    query = text("SELECT kind, amount_micros FROM ledger ORDER BY kind")
    with opened.store.jobs.engine.connect() as connection:
        return [(kind, amount) for kind, amount in connection.execute(query)]


def _film(opened: Shop) -> str:
    found = opened.services(opened.executor()).films.film(LOCAL_USER, jobs.job_id())
    digest = blake2b()
    for chunk in found.read(0, found.size):
        digest.update(chunk)
    return digest.hexdigest()


def _install(opened: Shop) -> None:
    jobs.install(opened.store, opened.parts.blobs, clips=2)
    films = opened.services(opened.executor()).films
    films.ensure(jobs.job_id())
    films.measure(jobs.job_id())


def _sqlite(home: Path) -> str:
    return f"sqlite:///{home / 'clipbot.db'}"


@contextmanager
def _url(on: str, home: Path) -> Iterator[str]:
    """Yield the database of a copied home; a PostgreSQL gets the same job."""
    if on == "sqlite":
        yield _sqlite(home)
        return
    with database(is_migrated=True) as url:
        with shop(url, home) as opened:
            _install(opened)
        yield url
