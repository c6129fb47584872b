"""Files are whole or not there."""

import errno
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from clipbot.errors import StorageFull
from clipbot.media.files import appearing, digest, sweep


def test_a_file_appears_when_the_block_ends(tmp_path: Path) -> None:
    target = tmp_path / "new folder" / "film.mp4"
    with appearing(target) as part:
        part.write_bytes(b"whole")
        assert not target.exists()
        assert part.parent == target.parent
    assert target.read_bytes() == b"whole"
    assert list(target.parent.iterdir()) == [target]


def test_nothing_is_left_behind_when_the_block_raises(tmp_path: Path) -> None:
    def write() -> None:
        with appearing(tmp_path / "film.mp4") as part:
            part.write_bytes(b"half")
            raise KeyError

    with pytest.raises(KeyError):
        write()
    assert not list(tmp_path.iterdir())


def test_a_failed_rewrite_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "film.mp4"
    target.write_bytes(b"old")

    def write() -> None:
        with appearing(target) as part:
            part.write_bytes(b"half")
            raise KeyError

    with pytest.raises(KeyError):
        write()
    assert target.read_bytes() == b"old"


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EFBIG, errno.EDQUOT])
def test_no_room_is_storage_full(number: int, tmp_path: Path) -> None:
    def write() -> None:
        with appearing(tmp_path / "film.mp4") as part:
            part.write_bytes(b"half")
            raise OSError(number, os.strerror(number))

    with pytest.raises(StorageFull):
        write()
    assert not list(tmp_path.iterdir())


def test_another_failure_of_the_disk_is_not_called_full(tmp_path: Path) -> None:
    def write() -> None:
        with appearing(tmp_path / "film.mp4"):
            raise OSError(errno.EIO, "input/output error")

    with pytest.raises(OSError, match="input/output"):
        write()


def test_writers_of_one_file_do_not_disturb_each_other(tmp_path: Path) -> None:
    target = tmp_path / "film.mp4"

    def write(number: int) -> None:
        with appearing(target) as part:
            part.write_bytes(bytes([number]) * 10_000)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(40)))
    assert len(set(target.read_bytes())) == 1
    assert list(tmp_path.iterdir()) == [target]


def test_a_killed_writer_leaves_only_a_part(tmp_path: Path) -> None:
    program = (
        "import sys, pathlib; from clipbot.media.files import appearing\n"
        "with appearing(pathlib.Path(sys.argv[1])) as part:\n"
        "    part.write_bytes(b'half'); print('half', flush=True); sys.stdin.read()\n"
    )
    command = [sys.executable, "-c", program, str(tmp_path / "film.mp4")]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=Path.cwd()
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"half\n"
        writer.send_signal(signal.SIGKILL)
    assert [path.suffix for path in tmp_path.iterdir()] == [".part"]
    assert sweep(tmp_path) == 0
    assert sweep(tmp_path, older_than_seconds=-1) == 1
    assert not list(tmp_path.iterdir())


def test_sweeping_takes_nothing_but_old_parts(tmp_path: Path) -> None:
    film, old = tmp_path / "film.mp4", tmp_path / ".film.mp4.x.part"
    for path in (film, old):
        path.touch()
        os.utime(path, (time.time() - 90_000, time.time() - 90_000))
    assert sweep(tmp_path) == 1
    assert list(tmp_path.iterdir()) == [film]


def test_a_digest_follows_the_content(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_bytes(b"same")
    two.write_bytes(b"same")
    assert digest(one) == digest(two)
    assert len(digest(one)) == 64
    two.write_bytes(b"other")
    assert digest(one) != digest(two)
