"""What all runs start from, made once: the jobs with their films, and a provider's footage."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import product
from pathlib import Path

from clipbot.media.files import digest
from clipbot.media.probe import probe
from clipbot.media.segments import Footage
from clipbot.store.database import connect
from clipbot.store.migrate import migrate
from clipbot.workflows.notes import prepare
from tests import jobs, media
from tests.integration.soak.plans import JOBS
from tests.integration.soak.provider import footage
from tests.integration.soak.studio import Site, Studio, install, job_id, studio
from tests.postgres import copy_of, database


@dataclass
class Templates:
    """Makes installations by copying.

    Args:
        folder: Of the templates.
        opening: Ends them.
    """

    folder: Path
    opening: ExitStack
    _postgres: list[str] = field(default_factory=list)

    @contextmanager
    def installation(self, on: str, home: Path, *, is_cold: bool = False) -> Iterator[str]:
        """Make an installation in `home`, and yield the address of its database."""
        shutil.copytree(self._home(), home)
        if is_cold:
            shutil.rmtree(home / "cache")
        if on == "sqlite":
            yield _sqlite(home)
            return
        with copy_of(self._database()) as url:
            yield url

    def _home(self) -> Path:
        home = self.folder / "home"
        if not home.exists():
            making = self.folder / "making"
            making.mkdir()
            _make_footage(making / "footage")
            _fill(_sqlite(making), making)
            making.rename(home)
        return home

    def _database(self) -> str:
        if not self._postgres:
            home = self.folder / "shared"
            shutil.copytree(self._home(), home)
            url = self.opening.enter_context(database(is_migrated=True))
            _fill(url, home)
            self._postgres.append(url)
        return self._postgres[0]


def _fill(url: str, home: Path) -> None:
    """Put the jobs in, and encode all that their films can be made of."""
    engine = connect(url)
    migrate(engine)
    engine.dispose()
    prepare(url, home)
    with studio(Site(url, home, "http://127.0.0.1:9", "127.0.0.1:9")) as opened:
        install(opened)
        for place, clips in enumerate(JOBS):
            for changed in product((False, True), repeat=clips):
                _encode(opened, place, home, [i for i in range(clips) if changed[i]])


def _encode(opened: Studio, place: int, home: Path, changed: list[int]) -> None:
    path = footage(home / "footage", "good")
    facts = probe(path)
    new = Footage(path, digest(path), facts.frames, facts.rate)
    project = opened.parts.projects.of_job(job_id(place))
    plan = opened.parts.composer.plan(project, project.numbers(), dict.fromkeys(changed, new))
    opened.parts.composer.prepare(plan)


def _make_footage(folder: Path) -> None:
    folder.mkdir()
    night = "colorchannelmixer=rr=0.35:gg=0.4:bb=0.6"
    put = partial(footage, folder)
    clip = partial(media.clip, size=(jobs.WIDTH, jobs.HEIGHT))
    media.make("-i", str(clip(frames=60)), "-vf", night, str(put("good")))
    shutil.copy(clip(90, frames=12), put("short"))
    shutil.copy(clip(90, frames=120), put("long"))
    shutil.copy(media.clip(90, size=(80, 60)), put("small"))
    whole = put("good").read_bytes()
    put("cut off").write_bytes(whole[: len(whole) * 2 // 3])
    put("no film").write_bytes(b"<html>Not found</html>" * 40)


def _sqlite(home: Path) -> str:
    return f"sqlite:///{home / 'clipbot.db'}"
