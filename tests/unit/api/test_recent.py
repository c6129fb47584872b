"""Previews that were just drawn."""

import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest

from clipbot.api.recent import Recent
from clipbot.errors import Unsupported


def test_what_was_drawn_lately_is_not_drawn_again() -> None:
    recent, drawn = Recent(), list[str]()

    def draw() -> tuple[bytes, ...]:
        drawn.append("x")
        return (b"picture",)

    assert recent.get("a", draw) == recent.get("a", draw) == (b"picture",)
    recent.get("b", draw)
    assert len(drawn) == 2


def test_only_the_latest_few_are_kept() -> None:
    recent, drawn = Recent(kept=2), list[str]()

    def draw(subject: str) -> tuple[bytes, ...]:
        drawn.append(subject)
        return (b"",)

    for subject in ("a", "b", "a", "c", "a", "b"):
        recent.get(subject, partial(draw, subject))
    assert drawn == ["a", "b", "c", "b"]


def test_whoever_asks_meanwhile_waits_for_the_same_drawing() -> None:
    recent, drawn = Recent(), list[int]()
    begun, go_on = threading.Event(), threading.Event()

    def draw() -> tuple[bytes, ...]:
        drawn.append(1)
        begun.set()
        assert go_on.wait(120)
        return (b"picture",)

    with ThreadPoolExecutor(4) as pool:
        answers = [pool.submit(recent.get, "a", draw) for _ in range(4)]
        assert begun.wait(120)
        assert recent.get("b", lambda: (b"other",)) == (b"other",)
        go_on.set()
        assert {answer.result(10) for answer in answers} == {(b"picture",)}
    assert len(drawn) == 1


def test_a_failed_drawing_is_tried_again() -> None:
    recent = Recent()

    def fail() -> tuple[bytes, ...]:
        raise Unsupported("Nothing can show this.")

    with pytest.raises(Unsupported):
        recent.get("a", fail)
    assert recent.get("a", lambda: (b"picture",)) == (b"picture",)
