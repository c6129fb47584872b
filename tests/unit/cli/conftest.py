"""What the tests of the command line share: a way to run it, and what it printed."""

import json
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

import pytest

from clipbot.cli.doors import Doors
from clipbot.cli.main import main
from clipbot.services.bundle import Services
from tests import jobs
from tests.desk import Desk, desk
from tests.postgres import sqlite_on


@dataclass(frozen=True, slots=True)
class Printed:
    """What a command did."""

    status: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        return json.loads(self.out)


@dataclass(slots=True)
class Calls:
    """Doors that only write down how they were opened."""

    served: list[tuple[str | None, int | None]] = field(default_factory=list)
    worked: int = 0
    is_interrupted: bool = False
    """Whether somebody presses Ctrl-C while it works."""
    migrated: list[bool] = field(default_factory=list)
    beats: dict[str, float] = field(default_factory=dict)

    def serve(self, host: str | None, port: int | None) -> None:
        self.served.append((host, port))

    def work(self) -> None:
        self.worked += 1
        if self.is_interrupted:
            raise KeyboardInterrupt

    def migrate(self, dry_run: bool) -> Sequence[str]:  # noqa: FBT001 - the door's form
        self.migrated.append(dry_run)
        return ["CREATE TABLE versions"]

    def beating(self) -> Mapping[str, float]:
        return self.beats


Run = Callable[..., Printed]


def runner(capsys: pytest.CaptureFixture[str], doors: Doors) -> Run:
    def run(*arguments: str) -> Printed:
        capsys.readouterr()
        try:
            status = main(arguments, doors)
        except SystemExit as error:
            status = int(error.code or 0)
        return Printed(status, *capsys.readouterr())

    return run


@pytest.fixture(name="calls")
def fixture_calls() -> Calls:
    return Calls()


@pytest.fixture(name="closed")
def fixture_closed(capsys: pytest.CaptureFixture[str], calls: Calls) -> Run:
    """Run commands that must not open the store."""

    def refuse() -> NoReturn:
        raise AssertionError("this command opened the store")

    return runner(capsys, Doors(refuse, calls.serve, calls.work, calls.migrate, calls.beating))


@contextmanager
def opened(home: Path) -> Iterator[Desk]:
    home.mkdir(exist_ok=True)
    with sqlite_on(home / "clipbot.db") as engine:
        yield desk(engine, home)


@pytest.fixture(name="mould", scope="session")
def fixture_mould(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a job and its film, made once."""
    home = tmp_path_factory.mktemp("mould") / "home"
    with opened(home) as whole:
        whole.services.films.ensure(jobs.install(whole.store, whole.parts.blobs))
    return home


@pytest.fixture(name="shop")
def fixture_shop(mould: Path, tmp_path: Path) -> Iterator[Desk]:
    """A clipbot of one's own, with a job in it."""
    shutil.copytree(mould, tmp_path / "home")
    with opened(tmp_path / "home") as whole:
        yield whole


@pytest.fixture(name="run")
def fixture_run(capsys: pytest.CaptureFixture[str], calls: Calls, shop: Desk) -> Run:
    """Run commands on the shop."""

    @contextmanager
    def services() -> Iterator[Services]:
        yield shop.services

    return runner(capsys, Doors(services, calls.serve, calls.work, calls.migrate, calls.beating))
