"""The sample project, composed once per run of the tests and copied by those who need it."""

import fcntl
import json
import os
import resource
import runpy
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from clipbot.blobs.disk import DiskBlobs
from clipbot.domain.user import LOCAL_USER
from clipbot.services.sample import SAMPLE_ID
from clipbot.settings import load
from clipbot.store.database import connect
from clipbot.store.store import Store
from clipbot.wiring import open_clipbot
from tests import jobs
from tests.integration.processes.children import child
from tests.media import folder

ROOT = Path(__file__).parents[1]


@cache
def composed() -> Path:
    """Return a `CLIPBOT_HOME` in which the sample's first film is put together and measured."""
    # Whichever worker of the run comes first makes it; the others wait and find it made.
    shared = Path(os.environ.get("CLIPBOT_TEST_FOLDER") or folder())
    home, made = shared / "sample-home", shared / "sample-made"
    with (shared / "sample-lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            shutil.rmtree(home, ignore_errors=True)
            _compose(home)
            made.touch()
    return home


def _compose(home: Path) -> None:
    with open_clipbot(load(home=home), role="command") as clipbot:
        clipbot.services.films.ensure(SAMPLE_ID)
        clipbot.services.films.measure(SAMPLE_ID)
        for clip in clipbot.services.clips.list(LOCAL_USER, SAMPLE_ID):
            clipbot.services.clips.thumbnail(LOCAL_USER, SAMPLE_ID, clip.clip_index)


def copy(dest: Path) -> Path:
    """Return a copy of the composed home; its media files share their bytes with it."""
    return Path(shutil.copytree(composed(), dest, copy_function=linked))


def with_job(dest: Path, name: str, *, clips: int) -> Path:
    """Return such a copy that also holds a job of `tests.jobs`, whose film is put together."""
    home = copy(dest)
    engine = connect(f"sqlite:///{home / 'clipbot.db'}")
    job_id = jobs.install(Store.on(engine), DiskBlobs(home / "blobs"), clips=clips, name=name)
    engine.dispose()
    with open_clipbot(load(home=home), role="command") as clipbot:
        clipbot.services.films.ensure(job_id)
    return home


def linked(source: str, dest: str) -> str:
    """Link media, which is never changed in place; copy databases, which are."""
    if source.endswith((".mp4", ".m4a", ".mp3", ".jpg", ".cube")):
        os.link(source, dest)
    else:
        shutil.copy2(source, dest)
    return dest


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command said."""

    status: int
    document: Any
    log: str


def clipbot(
    home: Path, *arguments: str, timeout_seconds: float = 300, most_kib: int | None = None
) -> Answer:
    """Run `python -m clipbot ... --json` on a home, in a process that has imported it already.

    Args:
        home: `CLIPBOT_HOME`.
        arguments: The command and its arguments.
        timeout_seconds: How long it may take.
        most_kib: No file may grow beyond this, as if the disk were full.
    """
    with tempfile.TemporaryDirectory() as said_in:
        said = [Path(said_in, name) for name in ("out", "err")]
        with child(_main, home, [*arguments, "--json"], *map(str, said), most_kib) as process:
            status = process.join(timeout_seconds)
            assert status is not None, f"it ran for more than {timeout_seconds} s"
        out, err = (file.read_text("utf-8") for file in said)
    return Answer(status, json.loads(out) if out.strip() else None, err)


def _main(home: Path, arguments: Sequence[str], out: str, err: str, most_kib: int | None) -> None:
    for number, file in ((1, out), (2, err)):
        os.dup2(os.open(file, os.O_WRONLY | os.O_CREAT), number)
    if most_kib is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most_kib * 1024, most_kib * 1024))
    os.environ["CLIPBOT_HOME"] = str(home)
    os.chdir(ROOT)
    sys.argv[1:] = arguments
    runpy.run_module("clipbot", run_name="__main__")


def frame_digests(path: Path) -> Sequence[str]:
    """Return the digest of every decoded frame of a film."""
    return _framemd5(path, "-map", "0:v")


def sound_digest(path: Path) -> Sequence[str]:
    """Return the digest of the film's decoded sound."""
    return _framemd5(path, "-map", "0:a", "-f", "md5")


def _framemd5(path: Path, *options: str) -> Sequence[str]:
    from clipbot.media.ffmpeg import executable  # noqa: PLC0415 - only those who look need it

    form = () if "md5" in options else ("-f", "framemd5")
    done = subprocess.run(
        [executable(), "-v", "error", "-i", str(path), *options, *form, "-"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert not done.stderr, done.stderr
    lines = [line for line in done.stdout.splitlines() if not line.startswith("#")]
    return [line.rsplit(",", 1)[-1].strip() for line in lines]
