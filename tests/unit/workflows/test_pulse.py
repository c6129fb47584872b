"""The file by which a worker's health is told without opening anything."""

import os
import time
from pathlib import Path

from clipbot.workflows.pulse import FOLDER, FRESH_SECONDS, Pulse, beating


def aged(home: Path, name: str, seconds: float) -> Path:
    path = home / FOLDER / name
    then = time.time() - seconds
    os.utime(path, (then, then))
    return path


def test_a_process_is_alive_from_its_first_beat_to_its_end(tmp_path: Path) -> None:
    assert beating(tmp_path) == {}
    pulse = Pulse(tmp_path, "worker-1")
    pulse.beat()
    assert list(beating(tmp_path)) == ["worker-1"]
    pulse.end()
    pulse.end()
    assert beating(tmp_path) == {}


def test_one_that_was_killed_counts_as_dead_after_a_while(tmp_path: Path) -> None:
    for name in ("killed", "quiet"):
        Pulse(tmp_path, name).beat()
    aged(tmp_path, "killed", FRESH_SECONDS + 5)
    aged(tmp_path, "quiet", FRESH_SECONDS - 5)
    assert list(beating(tmp_path)) == ["quiet"]


def test_what_long_gone_processes_left_is_removed(tmp_path: Path) -> None:
    Pulse(tmp_path, "gone").beat()
    left = aged(tmp_path, "gone", 3600)
    Pulse(tmp_path, "alive").beat()
    assert not left.exists()
