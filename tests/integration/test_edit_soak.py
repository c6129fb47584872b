"""A job through many random changes: it is what a simple model says, and so is its film.

Edits, batches, restores, undo, redo, jumps, deletions, retention with days going by, other
transitions, restarts and lost caches are drawn from a seed: `--seed 7 --count 50` takes 50
steps, `--count full` 1,000. After each step the whole state is compared with the model, and
the film with the same film made elsewhere; now and then with one made from nothing at all.
"""

import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, Final

import pytest
from sqlalchemy import Engine

from clipbot.blobs.base import key_of
from clipbot.domain.filling import Filling
from clipbot.domain.slots import SlotChoice, SlotWish
from clipbot.domain.timeline import TransitionKind
from clipbot.errors import ClipbotError
from clipbot.media.engine import FilmEngine
from clipbot.media.files import digest
from clipbot.services.eviction import Eviction
from clipbot.store.records import Publication
from clipbot.store.regenerations import Regenerations
from tests import jobs
from tests.desk import Desk, FakeClock, desk
from tests.integration.edit_model import DELETED, NEWEST, Choice, Model, Refused, Version
from tests.postgres import engine_on

FEW, FULL = 36, 1000
CLIPS: Final = 3
EVERY: Final = 40
"""Steps between two films that are made from nothing."""
WISHES: Final = (
    "make it nighttime",
    "make it darker",
    "make it brighter",
    "make it warmer",
    "make it black and white",
)
MEETINGS: Final = (
    (TransitionKind.CUT, None),
    (TransitionKind.CROSSFADE, 0.25),
    (TransitionKind.CROSSFADE, 0.5),
    (TransitionKind.FADE, 0.5),
)
REFUSED: Final = 0.2
"""Share of versions that the gate holds back."""
PLANNED: Final = {0: ("crossfade", 0.25), 1: ("cut", 0.0)}


@dataclass
class Soak:
    """A job, the model of it, and what happened so far."""

    engine: Engine
    folder: Path
    draw: Random
    clock: FakeClock = field(default_factory=lambda: FakeClock(datetime(2026, 3, 4, tzinfo=UTC)))
    seen: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.at = self.opened()
        self.job = jobs.install(self.at.store, self.at.parts.blobs, clips=CLIPS)
        self.at.services.films.ensure(self.job)
        now = self.clock()
        self.model = Model(
            {clip: {1: Version(now)} for clip in range(CLIPS)}, dict.fromkeys(range(CLIPS), 1)
        )
        self.originals = {path: digest(path) for path in self.files()}
        assert len(self.originals) == CLIPS
        self.elsewhere = FilmEngine(self.folder / "elsewhere")

    def opened(self) -> Desk:
        home = self.folder / "home"
        return desk(self.engine, home, clock=self.clock, keep_versions=NEWEST)

    def files(self) -> set[Path]:
        folder = self.at.parts.settings.blobs / "video-clips" / str(self.job)
        return set(folder.glob("*.mp4"))

    def step(self) -> str:
        """Take one step, in the world and in the model."""
        kinds: list[tuple[Callable[[], str], int]] = [
            (self.edit, 20),
            (self.restore, 14),
            (self.undo, 14),
            (self.redo, 11),
            (self.jump, 11),
            (self.delete, 9),
            (self.retention, 9),
            (self.arrange, 8),
            (self.restart, 2),
            (self.lost_cache, 2),
        ]
        (kind,) = self.draw.choices([each for each, _ in kinds], [each for _, each in kinds])
        self.clock.moment += timedelta(minutes=self.draw.randint(1, 600))
        told = kind()
        self.seen[kind.__name__] += 1
        return told

    def both(self, told: str, world: Callable[[], object], model: Callable[[], None]) -> str:
        """Do the same in both; each must refuse what the other refuses, for the same reason."""
        refusals: list[str | None] = [None, None]
        try:
            model()
        except Refused as error:
            refusals[0] = str(error)
        try:
            world()
        except ClipbotError as error:
            refusals[1] = error.code
        assert refusals[0] == refusals[1], told
        if refusals[0]:
            self.seen[f"refused: {refusals[0]}"] += 1
        return f"{told} {refusals[0] or ''}"

    def edit(self) -> str:
        clips = sorted(self.draw.sample(range(CLIPS), self.draw.choice((1, 1, 1, 2))))
        wish = self.draw.choice(WISHES)
        self.at.edit(self.job, wish, tuple(clip + 1 for clip in clips))
        for clip in clips:
            newest = self.at.services.versions.list(self.at.user, self.job, clip)[0]
            assert newest.verdict
            assert newest.created_at
            is_refused = newest.verdict["outcome"] == "failed"
            self.seen["offered"] += is_refused
            self.model.made(clip, newest.created_at, is_refused=is_refused)
        self.seen["batches"] += len(clips) > 1
        return f"{wish}: {clips}"

    def restore(self) -> str:
        clip, number = self.some_version()
        now = self.clock()
        return self.both(
            f"restore {clip} {number}",
            lambda: self.at.services.versions.restore(self.at.user, self.job, clip, number),
            lambda: self.model.restore(clip, number, now),
        )

    def undo(self) -> str:
        history = self.at.services.history
        return self.both("undo", lambda: history.undo(self.at.user, self.job), self.model.undo)

    def redo(self) -> str:
        history = self.at.services.history
        return self.both("redo", lambda: history.redo(self.at.user, self.job), self.model.redo)

    def jump(self) -> str:
        position = self.draw.randint(0, len(self.model.log))
        return self.both(
            f"jump {position}",
            lambda: self.at.services.history.go(self.at.user, self.job, position),
            lambda: self.model.go(position),
        )

    def delete(self) -> str:
        clip, number = self.some_version()
        return self.both(
            f"delete {clip} {number}",
            lambda: self.at.services.versions.delete(self.at.user, self.job, clip, number),
            lambda: self.model.delete(clip, number),
        )

    def retention(self) -> str:
        self.clock.moment += timedelta(days=self.draw.choice((0.1, 2, 5, 12)))
        now = self.clock()
        foreseen = self.at.services.retention.foresee()
        done = self.at.services.retention.run()
        assert [(each.held.place, each.to) for each in foreseen] == [
            (each.held.place, each.to) for each in done
        ]
        self.seen.update(each.to.value for each in done)
        self.model.retain(now)
        return "retention"

    def arrange(self) -> str:
        clip = self.draw.randrange(CLIPS)
        filling, meeting = self.model.slots.get(clip, (None, None))
        wish = SlotWish(clip + 1, self.draw.choice(list(Filling)))
        if clip in PLANNED and self.draw.random() < 0.7:
            kind, seconds = self.draw.choice(MEETINGS)
            wish = SlotWish(clip + 1, None, kind, seconds)
            said = (kind.value, seconds or 0.0)
            meeting = None if said == PLANNED[clip] else said
        else:
            filling = None if wish.filling is Filling.FREEZE else str(wish.filling)
        now = self.clock()
        return self.both(
            f"arrange {wish}",
            lambda: self.at.services.slots.change(self.at.user, self.job, [wish]),
            lambda: self.model.arrange({clip: (filling, meeting)}, now),
        )

    def restart(self) -> str:
        self.at = self.opened()
        return "restart"

    def lost_cache(self) -> str:
        """Lose every piece that the current film does not need."""
        parts = self.at.parts
        room = parts.composer.engine.room
        later = replace(room, clock=lambda: datetime.now(UTC).timestamp() + 10**6)
        later.shrink(0, Eviction(self.at.store, parts.projects, parts.composer, 0)._needed)
        return "lost cache"

    def some_version(self) -> tuple[int, int]:
        clip = self.draw.randrange(CLIPS)
        numbers = sorted(self.model.clips[clip])
        # Mostly of those that are not old: else most would be deleted already.
        return clip, self.draw.choice(numbers if self.draw.random() < 0.3 else numbers[-6:])

    def check(self) -> None:
        """Compare everything that can be seen with the model."""
        model, store = self.model, self.at.store
        edited = {clip for clip, versions in model.clips.items() if len(versions) > 1}
        assert store.versions.current(self.job) == {clip: model.current[clip] for clip in edited}
        cursor = store.history.cursor(self.job)
        assert cursor.position == model.position
        assert [
            (
                {one.clip_index: (one.before, one.after) for one in entry.changes},
                {one.clip_index: (plain(one.before), plain(one.after)) for one in entry.slots},
            )
            for entry in cursor.entries
        ] == [(dict(step.versions), dict(step.slots)) for step in model.log]
        found = {clip: plain(choice) for clip, choice in store.slots.of(self.job).items()}
        assert found == model.slots
        for clip, versions in model.clips.items():
            views = self.at.services.versions.list(self.at.user, self.job, clip)
            assert [
                (
                    v.number,
                    v.is_current,
                    v.is_offered,
                    v.footage_state.value,
                    v.can_delete,
                    bool(v.footage_url),
                )
                for v in reversed(views)
            ] == [
                (
                    n,
                    n == model.current[clip],
                    model.waits(clip, n),
                    version.footage,
                    model.can_delete(clip, n),
                    version.footage != DELETED,
                )
                for n, version in sorted(versions.items())
            ]
        assert {path: digest(path) for path in self.originals} == self.originals

    def check_film(self, engine: FilmEngine) -> None:
        """See that the film is byte for byte what another engine makes of the same job."""
        composer = replace(self.at.parts.composer, engine=engine)
        project = self.at.parts.projects.of_job(self.job)
        plan = composer.plan(project, project.numbers())
        composer.prepare(plan)
        path = self.folder / "scratch.mp4"
        composer.open(plan).write(path)
        assert path.read_bytes() == self.at.film(self.job)

    def check_files(self) -> None:
        """See that exactly the files are there that versions have, once an hour has gone by."""
        self.clock.moment += timedelta(hours=1)
        self.at.services.retention.sweep()
        project = self.at.parts.projects.of_job(self.job)
        keys = {
            project.footage_key(clip, number)
            for clip, versions in self.model.clips.items()
            for number in versions
        } | {key_of(clip.video_url) for clip in project.clips}
        blobs = self.at.parts.settings.blobs
        assert {str(path.relative_to(blobs)) for path in self.files()} == keys - {None}
        with fresh(self.folder / "nothing") as engine:
            self.check_film(engine)
        assert self.at.store.books.problems() == []


@contextmanager
def fresh(folder: Path) -> Iterator[FilmEngine]:
    """Yield an engine that has encoded nothing yet."""
    yield FilmEngine(folder)
    shutil.rmtree(folder)


def plain(choice: SlotChoice) -> Choice:
    """Return a choice as the model has it."""
    meeting: Any = choice.meeting
    filling = None if choice.filling is None else choice.filling.value
    return filling, meeting and (meeting.kind.value, float(meeting.seconds))


@pytest.fixture(name="small", autouse=True)
def fixture_small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "WIDTH", 64)
    monkeypatch.setattr(jobs, "HEIGHT", 36)


@contextmanager
def strict(draw: Random) -> Iterator[None]:
    """Let the gate hold back some versions, whatever was measured."""
    publish = Regenerations.publish

    def held_back(rows: Regenerations, new: Publication, *, now: datetime) -> object:
        if draw.random() < REFUSED:
            verdict = {**new.version.verdict, "outcome": "failed"}
            version = replace(new.version, verdict=verdict)
            new = replace(new, version=version, is_accepted=False, composition=None)
        return publish(rows, new, now=now)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Regenerations, "publish", held_back)
        yield


@pytest.mark.parametrize("on", ["sqlite", "postgres"])
def test_a_job_is_what_the_model_says_after_every_step(
    on: str, tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    said = pytestconfig.getoption("count")
    count = FULL if said == "full" else int(said or FEW)
    seed = int(pytestconfig.getoption("seed") or 1)
    steps = count if on == "sqlite" else max(1, count // 4)
    draw = Random(seed)  # noqa: S311 - nothing secret
    with engine_on(on, tmp_path) as engine, strict(draw):
        soak = Soak(engine, tmp_path, draw)
        told: list[str] = []
        for number in range(1, steps + 1):
            try:
                told.append(soak.step())
                soak.check()
                soak.check_film(soak.elsewhere)
                if number % EVERY == 0 or number == steps:
                    soak.check_files()
            except Exception as error:
                last = "\n".join(f"{n}: {each}" for n, each in enumerate(told[-20:], number - 19))
                again = f"step {number}; repeat with --seed {seed} --count {count} -k {on}"
                raise AssertionError(f"{again}\n{last}") from error
    print(on, steps, dict(sorted(soak.seen.items())))  # noqa: T201 - seen with -s only
