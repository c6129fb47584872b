"""What decodes footage may be killed by it, and nobody else is."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from clipbot.errors import FootageRejected
from clipbot.media import darkroom
from clipbot.media.darkroom import developed
from clipbot.media.ffmpeg import NICENESS
from clipbot.media.measure import measure
from tests import media, pictures

ROOT = Path(__file__).parents[3]
NOWHERE = Path("nowhere.mp4")


def refuse(path: Path, *, reason: str) -> None:
    raise FootageRejected(f"{path.name} {reason}")


def die(_: Path) -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def wait(_: Path) -> None:
    signal.pause()


def swell(_: Path) -> int:
    return len(bytearray(8 * 2**30))


def write(path: Path) -> None:
    path.write_bytes(b"more than nothing")


def politeness(_: Path) -> tuple[int, int]:
    return os.getpid(), os.nice(0)


def test_what_is_developed_is_what_would_be_found_here() -> None:
    path = pictures.clip_of("photograph", frames=24)

    assert developed(measure, path, frames=6) == measure(path, frames=6)


def test_a_refusal_crosses_with_its_reason() -> None:
    with pytest.raises(FootageRejected) as caught:
        developed(refuse, NOWHERE, reason="is a poem")

    assert caught.value.reason == "nowhere.mp4 is a poem"
    assert str(caught.value) == "The footage cannot be used: nowhere.mp4 is a poem."


def test_a_file_that_is_gone_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(FootageRejected):
        developed(measure, tmp_path / "gone.mp4")


def test_a_child_that_dies_costs_nobody_else_anything() -> None:
    with pytest.raises(FootageRejected, match="bring the decoder down"):
        developed(die, NOWHERE)

    pid, niceness = developed(politeness, NOWHERE)
    assert pid != os.getpid()
    assert niceness >= min(19, os.nice(0) + NICENESS)


def test_children_that_were_killed_are_replaced() -> None:
    pid, _ = developed(politeness, NOWHERE)
    others = {int(each) for each in _siblings(pid)}

    for each in others:
        os.kill(each, signal.SIGKILL)

    later, _ = developed(politeness, NOWHERE)
    assert later not in others


def test_a_script_without_a_guard_runs_once(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "import sys\n"
        "from pathlib import Path\n"
        "from clipbot.media.darkroom import developed\n"
        "from clipbot.media.thumbnails import thumbnail\n"
        "print(len(developed(thumbnail, Path(sys.argv[1]))) > 0)\n"
    )

    ran = subprocess.run(
        [sys.executable, script, media.clip()],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
        text=True,
        timeout=60,
    )

    assert (ran.stdout, ran.stderr) == ("True\n", "")


def _siblings(pid: int) -> list[str]:
    """Return the children of a process's parent: the darkroom of these tests."""
    parent = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[1]
    return Path(f"/proc/{parent}/task/{parent}/children").read_text("utf-8").split()


def test_a_child_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(darkroom, "_PATIENCE_SECONDS", 0.2)

    with pytest.raises(FootageRejected, match="takes too long"):
        developed(wait, NOWHERE)


def test_a_child_gets_so_much_memory_and_no_more() -> None:
    with pytest.raises(FootageRejected, match="too much memory"):
        developed(swell, NOWHERE)


def test_a_child_writes_no_file(tmp_path: Path) -> None:
    with pytest.raises((FootageRejected, OSError)):
        developed(write, tmp_path / "file")

    assert (tmp_path / "file").stat().st_size == 0
    assert media.clip().stat().st_size
