"""What the tests of the API share: a whole clipbot, and a client that speaks to it."""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from fastapi.testclient import TestClient

from clipbot import api
from clipbot.domain.user import User
from clipbot.identity.none import NoIdentity
from tests import jobs
from tests.contract.gotrue_server import Double, Person, running
from tests.desk import Desk, desk
from tests.people import House, served
from tests.postgres import sqlite_on

BASE = "http://127.0.0.1:7860"


@dataclass(frozen=True, slots=True)
class Studio:
    """A job with a film, and a client of its API."""

    desk: Desk
    client: TestClient
    job: UUID

    @property
    def url(self) -> str:
        return f"/api/v1/jobs/{self.job}"


@pytest.fixture(name="mould", scope="session")
def fixture_mould(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a job and its film, made once and copied for whoever edits."""
    home = tmp_path_factory.mktemp("mould") / "home"
    with whole(home) as found:
        found.services.films.ensure(jobs.install(found.store, found.parts.blobs))
    return home


@contextmanager
def whole(home: Path) -> Iterator[Desk]:
    home.mkdir(exist_ok=True)
    with sqlite_on(home / "clipbot.db") as engine:
        yield desk(engine, home)


@contextmanager
def opened(mould: Path, home: Path) -> Iterator[Studio]:
    shutil.copytree(mould, home)
    with whole(home) as found:
        app = api.create(found.services, NoIdentity(), host_names={"127.0.0.1"})
        with TestClient(app, base_url=BASE, follow_redirects=False) as client:
            yield Studio(found, client, jobs.job_id())


@pytest.fixture(name="studio")
def fixture_studio(mould: Path, tmp_path: Path) -> Iterator[Studio]:
    """A studio of one's own, to edit in."""
    with opened(mould, tmp_path / "home") as studio:
        yield studio


@pytest.fixture(name="gallery", scope="session")
def fixture_gallery(mould: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    """A studio that everybody shares: look, and change nothing."""
    with opened(mould, tmp_path_factory.mktemp("gallery") / "home") as studio:
        yield studio


@dataclass(frozen=True, slots=True)
class Stranger:
    """An `Identity` that takes everybody for the same newcomer."""

    newcomer: User

    def user(self, headers: Mapping[str, str], cookies: Mapping[str, str]) -> User:  # noqa: ARG002 - an Identity
        return self.newcomer


@pytest.fixture(name="stranger", scope="session")
def fixture_stranger(gallery: Studio) -> Iterator[Studio]:
    """The shared studio, as seen by somebody else."""
    app = api.create(gallery.desk.services, Stranger(User(uuid4())))
    with TestClient(app, base_url=BASE, follow_redirects=False) as client:
        yield Studio(gallery.desk, client, gallery.job)


@pytest.fixture(name="double", scope="session")
def fixture_double() -> Iterator[Double]:
    with running() as double:
        yield double


@pytest.fixture(name="house", scope="session")
def fixture_house(gallery: Studio, double: Double) -> Iterator[House]:
    """The app as it is served, with its page; nobody changes anything here."""
    people, app = served(gallery.desk, double)
    with TestClient(app, base_url=BASE, follow_redirects=False) as client:
        yield House(gallery.desk, double, people, app, client)


@pytest.fixture(name="ada", scope="session")
def fixture_ada(double: Double) -> Person:
    return double.join("ada@example.com", "correct horse")
