"""Encoding that begins before anybody asked for it: once, and never in anybody's way."""

import threading
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest

from clipbot.errors import EncodingFailed, FootageRejected
from clipbot.services.early import EarlyEncoding

ID = uuid4()
SOON = 10.0
"""Seconds after which a test gives up."""


@pytest.fixture
def footage(tmp_path: Path) -> Path:
    path = tmp_path / "footage.mp4"
    path.write_bytes(b"footage")
    return path


def _never() -> bool:
    return False


def test_it_goes_on_after_the_block_and_is_waited_for(footage: Path, tmp_path: Path) -> None:
    early, may_end, seen = EarlyEncoding(), threading.Event(), list[bytes]()

    def encode(path: Path, _: Callable[[], bool], report: Callable[[float], None]) -> None:
        report(0.25)
        assert may_end.wait(SOON)
        seen.append(path.read_bytes())

    with early.beside(ID, footage, tmp_path / "early.mp4", encode, cancelled=_never):
        pass
    footage.unlink()

    def progress(share: float) -> None:
        assert share == 0.25
        may_end.set()

    early.finish(ID, progress)
    assert seen == [b"footage"], "it has a name of its own"
    assert list(tmp_path.iterdir()) == []
    early.finish(ID, progress)


def test_a_block_that_raises_ends_it(footage: Path, tmp_path: Path) -> None:
    early, ended = EarlyEncoding(), list[bool]()
    has_begun = threading.Event()

    def encode(_: Path, cancelled: Callable[[], bool], __: Callable[[float], None]) -> None:
        has_begun.set()
        while not cancelled():
            has_begun.wait(0)
        ended.append(True)

    def check() -> None:
        with early.beside(ID, footage, tmp_path / "early.mp4", encode, cancelled=_never):
            assert has_begun.wait(SOON)
            raise FootageRejected("the file is empty")

    with pytest.raises(FootageRejected):
        check()
    assert ended == [True]
    assert list(tmp_path.iterdir()) == [footage]


def test_an_edit_that_is_taken_back_ends_it(footage: Path, tmp_path: Path) -> None:
    early, is_cancelled, ended = EarlyEncoding(), threading.Event(), list[bool]()

    def encode(_: Path, cancelled: Callable[[], bool], __: Callable[[float], None]) -> None:
        while not cancelled():
            is_cancelled.wait(SOON)
        ended.append(True)

    with early.beside(ID, footage, tmp_path / "e.mp4", encode, cancelled=is_cancelled.is_set):
        is_cancelled.set()
    early.finish(ID)
    assert ended == [True]


@pytest.mark.parametrize("error", [EncodingFailed("it is broken"), RuntimeError("a bug")])
def test_what_goes_wrong_is_left_to_who_encodes(
    error: Exception, footage: Path, tmp_path: Path
) -> None:
    early = EarlyEncoding()

    def encode(*_: object) -> None:
        raise error

    with early.beside(ID, footage, tmp_path / "early.mp4", encode, cancelled=_never):
        pass
    early.finish(ID)
    assert list(tmp_path.iterdir()) == [footage]


def test_footage_that_cannot_be_kept_for_it_is_encoded_later(tmp_path: Path, footage: Path) -> None:
    early = EarlyEncoding()

    def encode(*_: object) -> None:
        raise AssertionError("it cannot begin")

    with early.beside(ID, footage, tmp_path / "no" / "early.mp4", encode, cancelled=_never):
        pass
    early.finish(ID)
