"""What is really shown where footage is shorter than its slot, frame by frame, decoded."""

from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

from clipbot.domain.filling import Filling
from clipbot.domain.timeline import Slot, Timeline, Transition, TransitionKind
from clipbot.media.engine import FilmEngine
from clipbot.media.files import digest
from clipbot.media.format import Format
from clipbot.media.segments import Footage, segments_of
from tests import media

SIZE = (64, 36)
PICTURE = Format(*SIZE, Fraction(24))
STEP = 5
"""Luma from one frame to the next: more than encoding can blur."""
FRAMES = 30
LENGTH = 34
"""Frames of the film that they yield, slowed to 1.15."""


@cache
def coded(frames: int = FRAMES, base: int = 30) -> Footage:
    """Return footage whose frames tell their number: each is as grey as it is late."""
    path = media.folder() / f"coded-{frames}-{base}.mp4"
    source = f"nullsrc=s={SIZE[0]}x{SIZE[1]}:r=24:d=9,geq=lum='{base}+{STEP}*N':cb=128:cr=128"
    options = ("-frames:v", str(frames), "-c:v", "libx264", "-qp", "0", "-g", "12")
    media.make("-f", "lavfi", "-i", source, "-pix_fmt", "yuv420p", *options, str(path))
    return Footage(path, digest(path), frames, Fraction(24))


def _film(folder: Path, timeline: Timeline, *footage: Footage) -> bytes:
    """Return how grey each picture of a film is."""
    engine = FilmEngine(folder / "cache")
    plan = engine.plan(timeline, dict(enumerate(footage)), None, PICTURE)
    engine.prepare(plan)
    path = folder / "film.mp4"
    engine.open(plan).write(path)
    raw = media.ask("-i", str(path), "-vf", "extractplanes=y", "-f", "rawvideo", "-")
    size = SIZE[0] * SIZE[1]
    return bytes(round(sum(raw[at : at + size]) / size) for at in range(0, len(raw), size))


def _numbers(greys: bytes, base: int = 30) -> list[int]:
    """Return the numbers of the frames that were shown."""
    return [round((grey - base) / STEP) for grey in greys]


def _timeline(frames: int, filling: Filling, tail: int = 0) -> Timeline:
    return Timeline((Slot(0, 0, frames, filling),), Fraction(24), tail=tail)


@cache
def straight(folder: Path) -> list[int]:
    """Return the numbers that are shown before anything repeats."""
    return _numbers(_film(folder, _timeline(90, Filling.FREEZE), coded()))[:LENGTH]


@pytest.fixture(name="once", scope="module")
def fixture_once(tmp_path_factory: pytest.TempPathFactory) -> list[int]:
    return straight(tmp_path_factory.mktemp("straight"))


def test_slowed_footage_shows_every_frame_once_or_twice(once: list[int]) -> None:
    assert sorted(set(once)) == list(range(FRAMES))
    assert once == sorted(once)
    assert max(once.count(number) for number in set(once)) <= 2


def test_a_freeze_holds_the_last_frame(once: list[int], tmp_path: Path) -> None:
    shown = _numbers(_film(tmp_path, _timeline(60, Filling.FREEZE), coded()))

    assert shown == once + [FRAMES - 1] * (60 - LENGTH)


def test_a_loop_begins_again(once: list[int], tmp_path: Path) -> None:
    shown = _numbers(_film(tmp_path, _timeline(90, Filling.LOOP), coded()))

    assert shown == (once * 3)[:90]


def test_a_ping_pong_turns_without_showing_a_frame_twice(once: list[int], tmp_path: Path) -> None:
    shown = _numbers(_film(tmp_path, _timeline(90, Filling.PING_PONG), coded()))

    assert shown == (once + once[-2:0:-1] + once)[:90]


def test_the_tail_holds_what_the_slot_showed_last(once: list[int], tmp_path: Path) -> None:
    film = _film(tmp_path, _timeline(40, Filling.LOOP, tail=48), coded())

    assert _numbers(film)[:41] == [*once, *once[:6], once[5]]


def test_footage_that_is_long_enough_is_never_repeated(tmp_path: Path) -> None:
    shown = _numbers(_film(tmp_path, _timeline(24, Filling.LOOP), coded()))

    assert shown == list(range(24))


@pytest.mark.parametrize("filling", [Filling.LOOP, Filling.PING_PONG])
def test_a_blend_goes_on_with_what_is_shown_again(
    filling: Filling, once: list[int], tmp_path: Path
) -> None:
    grey = 200
    still = coded(1, grey)
    slots = Slot(0, 0, 36, filling), Slot(1, 36, 72)
    fade = Transition(TransitionKind.CROSSFADE, 9)

    film = _film(tmp_path, Timeline(slots, Fraction(24), (fade,)), coded(), still)

    round_ = once + (once[-2:0:-1] if filling is Filling.PING_PONG else once)
    for place in range(9):
        share = (place + 1) / 10
        old = 30 + STEP * round_[36 + place]
        assert film[36 + place] == pytest.approx(old * (1 - share) + grey * share, abs=4)


def test_a_loop_is_encoded_once_however_often_it_is_shown() -> None:
    segments = segments_of(_timeline(LENGTH * 4, Filling.LOOP), {0: coded()}, PICTURE)

    assert [segment.frames for segment in segments] == [LENGTH] * 4
    assert len({segment.key for segment in segments}) == 1


def test_a_choice_for_a_clip_that_is_long_enough_encodes_nothing() -> None:
    keys = {
        tuple(each.key for each in segments_of(_timeline(24, one), {0: coded()}, PICTURE))
        for one in Filling
    }

    assert len(keys) == 1
