"""A desk per test, copied from one whose tiny job is composed already."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from tests import jobs
from tests.desk import Desk, desk
from tests.postgres import sqlite_on
from tests.sample import linked


@pytest.fixture(name="template", scope="session")
def fixture_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a database and a home in which the tiny job's film is made."""
    folder = tmp_path_factory.mktemp("template")
    with sqlite_on(folder / "clipbot.db") as engine:
        made = desk(engine, folder / "home")
        made.services.films.ensure(jobs.install(made.store, made.parts.blobs))
        made.edit(jobs.job_id(), "make it nighttime", (2,))
        made.services.history.undo(made.user, jobs.job_id())
    return folder


@pytest.fixture(name="desk")
def fixture_desk(template: Path, tmp_path: Path) -> Iterator[Desk]:
    for part in ("cache", "renders/looks"):
        shutil.copytree(template / "home" / part, tmp_path / "home" / part, copy_function=linked)
    with sqlite_on(tmp_path / "clipbot.db") as engine:
        yield desk(engine, tmp_path / "home")


@pytest.fixture(name="job")
def fixture_job(desk: Desk) -> UUID:
    return jobs.install(desk.store, desk.parts.blobs)
