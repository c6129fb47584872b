"""Pieces of films that several hosts share: made once, the same bytes on each."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from clipbot.blobs.disk import DiskBlobs
from clipbot.domain.timeline import Slot, Timeline, Transition, TransitionKind
from clipbot.errors import BlobError, BlobNotFound, EncodingFailed
from clipbot.media import ffmpeg
from clipbot.media.engine import FilmEngine, FilmPlan
from clipbot.media.format import Format
from clipbot.media.pieces import Pieces
from clipbot.services.pooling import PLACE, BlobPool
from tests import media

PICTURE = Format(320, 180, media.RATE, preset="ultrafast")
TIMELINE = Timeline(
    (Slot(0, 0, 20), Slot(1, 20, 36)), media.RATE, (Transition(TransitionKind.CROSSFADE, 8),)
)


@dataclass
class Hosts:
    """Hosts with a cache each, and the storage that they share."""

    folder: Path

    def engine(self, name: str, *, is_shared: bool = True) -> FilmEngine:
        pool = BlobPool(DiskBlobs(self.folder / "shared")) if is_shared else None
        return FilmEngine(self.folder / name, pool)

    def pooled(self) -> list[Path]:
        return sorted((self.folder / "shared" / PLACE).glob("*"))


@pytest.fixture
def hosts(tmp_path: Path) -> Hosts:
    return Hosts(tmp_path)


def planned(engine: FilmEngine) -> FilmPlan:
    footage = {index: media.footage(media.clip(hue)) for index, hue in enumerate((0, 90))}
    return engine.plan(TIMELINE, footage, media.song(2.0), PICTURE)


def film(engine: FilmEngine, plan: FilmPlan) -> bytes:
    return b"".join(engine.open(plan).read())


def test_what_one_host_encoded_plays_on_another_as_the_same_bytes(
    hosts: Hosts, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise EncodingFailed("nothing is to be encoded here")

    here, there = hosts.engine("here"), hosts.engine("there")
    plan = planned(here)
    here.prepare(plan)
    monkeypatch.setattr(ffmpeg, "run", refuse)

    opened = film(there, FilmPlan.from_json(plan.to_json()))
    assert opened == film(here, plan)
    assert there.prepare(plan).encoded_frames == 0


def test_without_a_pool_a_host_has_only_its_own(hosts: Hosts) -> None:
    here, alone = hosts.engine("here"), hosts.engine("alone", is_shared=False)
    here.prepare(planned(here))
    with pytest.raises(BlobNotFound):
        film(alone, planned(alone))


def test_a_host_whose_bytes_differ_takes_those_of_the_pool(hosts: Hosts) -> None:
    here, late = hosts.engine("here"), hosts.engine("late", is_shared=False)
    plan = planned(here)
    here.prepare(plan)
    late.prepare(plan)
    piece = late.cache / f"{plan.segments[0].key}.mp4"
    # Another encoder's bytes: as good, and of another length.
    piece.write_bytes(piece.read_bytes() + b"\0\0\0\x10free" + bytes(8))

    joined = hosts.engine("late")
    joined.prepare(plan)
    assert piece.read_bytes() == (here.cache / piece.name).read_bytes()
    assert film(joined, plan) == film(here, plan)


def test_of_two_that_encode_at_once_the_first_counts(hosts: Hosts) -> None:
    first, second = (hosts.engine(name).pieces for name in ("first", "second"))
    with second.making("piece.mp4") as slow:
        slow.write_bytes(b"second")
        with first.making("piece.mp4") as quick:
            quick.write_bytes(b"first")
    assert {each.path("piece.mp4").read_bytes() for each in (first, second)} == {b"first"}


def test_a_film_that_was_encoded_before_hosts_shared_is_given_whole(hosts: Hosts) -> None:
    alone = hosts.engine("here", is_shared=False)
    plan = planned(alone)
    alone.prepare(plan)
    assert hosts.pooled() == []

    hosts.engine("here").prepare(plan)
    assert {path.stem for path in hosts.pooled()} == {path.stem for path in alone.cache.iterdir()}


def test_a_piece_is_not_here_before_the_pool_has_it(tmp_path: Path) -> None:
    class Away:
        def take(self, name: str, dest: Path) -> bool:
            raise AssertionError(f"nobody asked for {name} at {dest}")

        def give(self, name: str, source: Path) -> bool:
            raise BlobError(f"{name} cannot be kept, though {source.stat().st_size} bytes are here")

    pieces = Pieces(tmp_path, Away())
    with pytest.raises(BlobError), pieces.making("piece.mp4") as part:
        part.write_bytes(b"piece")
    assert not list(tmp_path.iterdir())


def test_pieces_that_the_pool_lost_are_made_and_given_again(hosts: Hosts) -> None:
    engine = hosts.engine("here")
    plan = planned(engine)
    engine.prepare(plan)
    for path in [*hosts.pooled(), *engine.cache.iterdir()]:
        path.unlink()

    engine.prepare(plan)
    assert len(hosts.pooled()) == len(set(plan.segments)) + 1
