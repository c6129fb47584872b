"""ffmpeg as a child: told what to do, watched, stopped, and its failures translated."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from clipbot.errors import EditCancelled, EncodingFailed, StorageFull
from clipbot.media import ffmpeg
from tests import media

ENDLESS = ("-re", "-f", "lavfi", "-i", "testsrc2=s=320x180:r=24", "-f", "null", "-")


def _children() -> set[str]:
    pids = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text(encoding="utf-8")
    return set(pids.split())


def test_frames_are_reported_and_never_fall(tmp_path: Path) -> None:
    seen: list[int] = []
    ffmpeg.run(
        ["-i", str(media.clip(0)), "-c", "copy", str(tmp_path / "copy.mp4")], on_frames=seen.append
    )
    assert seen == sorted(seen)
    assert seen[-1] == 48


def test_the_build_names_ffmpeg_and_x264() -> None:
    build = ffmpeg.build()
    assert build.startswith("ffmpeg ")
    assert "x264 core 1" in build


def test_a_cancelled_child_is_gone_at_once() -> None:
    before, asked = _children(), []

    def cancelled() -> bool:
        asked.append(time.monotonic())
        return len(asked) > 2

    with pytest.raises(EditCancelled):
        ffmpeg.run(ENDLESS, cancelled=cancelled)
    assert _children() <= before


def test_a_child_that_ignores_the_signal_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ffmpeg, "_GRACE_SECONDS", 0.05)
    deaf = ["/bin/sh", "-c", "trap '' TERM; echo deaf; while :; do sleep 0.05; done"]
    with ffmpeg._child(deaf) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"deaf\n"
    assert process.returncode == -signal.SIGKILL


def test_a_child_that_takes_too_long_is_stopped() -> None:
    with pytest.raises(EncodingFailed, match="it took too long"):
        ffmpeg.run(ENDLESS, timeout_seconds=0.2)


def test_a_bug_in_the_callback_leaves_no_child() -> None:
    before = _children()

    def broken(frames: int) -> None:
        raise KeyError(frames)

    with pytest.raises(KeyError):
        ffmpeg.run(ENDLESS, on_frames=broken)
    assert _children() <= before


def test_the_reason_names_no_path(tmp_path: Path) -> None:
    page = tmp_path / "page.mp4"
    page.write_text("<html>403</html>")
    with pytest.raises(EncodingFailed) as caught:
        ffmpeg.run([*ffmpeg.SAFE_INPUT, "-i", str(page), "-f", "null", "-"])
    assert "/" not in str(caught.value)
    assert "0x" not in str(caught.value)
    assert caught.value.reason


def test_a_silent_failure_still_has_a_reason() -> None:
    assert str(ffmpeg._failure(1, "\n")) == "Encoding failed: the encoder gave no reason."
    assert "signal 9" in str(ffmpeg._failure(-9, ""))


@pytest.mark.parametrize(
    "args",
    [
        ("-f", "lavfi", "-i", "testsrc2=s=320x180:d=4", "-c:v", "libx264", "-f", "mp4"),
        ("-f", "lavfi", "-i", "sine=d=20", "-f", "wav"),
    ],
)
def test_a_full_disk_is_told_apart(args: tuple[str, ...], tmp_path: Path) -> None:
    with media.largest_file(20_000), pytest.raises(StorageFull):
        ffmpeg.run([*args, str(tmp_path / "much")])


@pytest.mark.parametrize("words", ["No space left on device", "Disk quota exceeded"])
def test_a_full_disk_is_known_by_its_words(words: str) -> None:
    assert isinstance(ffmpeg._failure(1, f"[out] av_write: {words}"), StorageFull)


def test_x264_is_asked_for_its_version_only_once(monkeypatch: pytest.MonkeyPatch) -> None:
    ffmpeg.build()

    def forbidden(*args: object, **kwargs: object) -> None:
        raise AssertionError(args, kwargs)

    monkeypatch.setattr(subprocess, "run", forbidden)
    assert ffmpeg.build()


def test_an_ffmpeg_that_does_not_run_is_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ffmpeg, "executable", lambda: "/bin/true")
    with pytest.raises(EncodingFailed, match="not available"):
        ffmpeg.build.__wrapped__()


def test_the_child_lets_the_server_go_first() -> None:
    asks = "import os; print(os.getpriority(os.PRIO_PROCESS, 0))"
    with ffmpeg._child([sys.executable, "-c", asks]) as process:
        said, _ = process.communicate()
    own = os.getpriority(os.PRIO_PROCESS, 0)
    assert int(said) == min(19, own + ffmpeg.NICENESS)
