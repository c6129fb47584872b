"""ffmpeg, as a child process.

Everything that decodes or encodes goes through `run`: its own process group, no
terminal, no network, progress over a pipe, one way to stop it and one translation of
its failures. Output paths are always `.part` files of the caller's (`files.appearing`),
so a child may be killed at any moment. Memory, processor time and output are bounded.

ffmpeg's exit code says nothing about damaged input unless it is told to mind
(facts/video.md §9): `run` passes `-xerror` unless asked not to, and every input of
unknown origin is preceded by `SAFE_INPUT`.
"""

import contextlib
import errno
import os
import re
import resource
import selectors
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Final

import imageio_ffmpeg

from clipbot.errors import ClipbotError, EditCancelled, EncodingFailed, StorageFull

MAX_PIXELS: Final = 4096 * 2304
"""Largest picture that is decoded: a larger one is an attack on memory, not a clip."""

SAFE_INPUT: Final = (
    *("-protocol_whitelist", "file,pipe"),
    *("-format_whitelist", "mov,matroska"),
    *("-max_pixels", str(MAX_PIXELS)),
    *("-err_detect", "explode"),
)
"""Options before the `-i` of footage: local files only, no playlists, damage is an error."""

SAFE_SOUND: Final = (
    *("-protocol_whitelist", "file,pipe"),
    *("-format_whitelist", "mov,matroska,mp3,wav,w64,flac,ogg,aac,aiff"),
)
"""Options before the `-i` of a song."""

_ALWAYS: Final = (
    *("-hide_banner", "-v", "error", "-nostdin", "-y"),
    *("-nostats", "-progress", "pipe:1", "-stats_period", "0.2"),
)
NICENESS: Final = 10
"""Encoders wait for whoever answers people."""
_LOOK_SECONDS: Final = 0.1
"""How often a running child is checked for cancellation."""
_MOST_MEMORY_BYTES: Final = 8 * 2**30
"""Addresses, not pages: encoding the largest picture that is decoded needs half of it."""
_MOST_OUTPUT_BYTES: Final = 16 * 2**30
_MOST_CPU_SECONDS: Final = 3600 * (os.cpu_count() or 1)
_GRACE_SECONDS: Final = 0.5
"""Between TERM and KILL. ffmpeg takes seconds to flush after TERM; nobody needs the flush."""
_KEPT_BYTES: Final = 8192
_FULL_STATUSES: Final = frozenset(
    256 - number for number in (errno.ENOSPC, errno.EFBIG, errno.EDQUOT)
) | {-signal.SIGXFSZ}
"""ffmpeg exits with the low byte of its own error code, which is minus errno."""
_FULL_WORDS: Final = ("No space left on device", "File too large", "Disk quota exceeded")


def never() -> bool:
    """Answer `cancelled` for callers that cannot be cancelled."""
    return False


@cache
def executable() -> str:
    """Return the path of the only ffmpeg that may encode segments."""
    return str(imageio_ffmpeg.get_ffmpeg_exe())


@cache
def build() -> str:
    """Return the versions of ffmpeg and x264, as one string.

    Two builds encode the same frames to other bytes, so this is part of every key.
    The x264 version is read from a frame that it encoded: no option of ffmpeg tells it.

    Raises:
        EncodingFailed: ffmpeg does not run here, or has no x264.
    """
    blank = ("-f", "lavfi", "-i", "color=s=16x16:d=0.04:r=25", "-frames:v", "1", "-f", "h264")
    command = [executable(), "-nostdin", *blank, "-c:v", "libx264", "-threads", "1", "-"]
    answer = subprocess.run(command, capture_output=True, check=False, timeout=60)
    program = re.search(rb"ffmpeg version (\S+)", answer.stderr)
    encoder = re.search(rb"x264 - (core \d+[ r0-9a-f]*) -", answer.stdout)
    if not program or not encoder:
        raise EncodingFailed("ffmpeg with x264 is not available")
    return f"ffmpeg {program[1].decode()}, x264 {encoder[1].decode()}"


def run(
    args: Sequence[str],
    *,
    cancelled: Callable[[], bool] = never,
    on_frames: Callable[[int], None] | None = None,
    timeout_seconds: float = 600,
    strict: bool = True,
) -> None:
    """Run ffmpeg to its end.

    Args:
        args: Inputs, filters and outputs; the program itself and its global options
            (quiet, overwrite, stop on damage) are added here. Standard output is
            taken by the progress report.
        cancelled: Asked about ten times a second.
        on_frames: Told the number of video frames written so far, never falling.
        timeout_seconds: After this the child is stopped.
        strict: Whether the first damaged packet or frame ends it. Songs are read
            without: stray bytes in an MP3 are common and inaudible.

    Raises:
        EditCancelled: `cancelled` said so; the child is gone.
        StorageFull: The disk, the quota or the allowed file size is exhausted.
        EncodingFailed: Anything else; a damaged input is the usual reason.
    """
    minding = ("-xerror",) if strict else ()
    with _child([executable(), *_ALWAYS, *minding, *args]) as process:
        deadline = time.monotonic() + timeout_seconds
        complaints = _follow(process, deadline, cancelled, on_frames or (lambda _: None))
        status = process.wait()
    if status:
        raise _failure(status, complaints)


@contextlib.contextmanager
def _child(command: Sequence[str]) -> Iterator[subprocess.Popen[bytes]]:
    """Start a child in its own process group, which does not outlive the block.

    It gets what the server leaves: its processor time, and with that its turns at the disk.
    """
    with subprocess.Popen(
        [*_politely(), *command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as process:
        try:
            _limit(process.pid)
            yield process
        finally:
            if process.poll() is None:
                _stop(process)


def _limit(pid: int) -> None:
    """Bound what a child may use, where the system can do that; what is lower already stays."""
    if not hasattr(resource, "prlimit"):
        return
    for what, most in (
        (resource.RLIMIT_AS, _MOST_MEMORY_BYTES),
        (resource.RLIMIT_FSIZE, _MOST_OUTPUT_BYTES),
        (resource.RLIMIT_CPU, _MOST_CPU_SECONDS),
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(ProcessLookupError):
            bounds = [bound for bound in resource.prlimit(pid, what) if bound >= 0]
            resource.prlimit(pid, what, (min([most, *bounds]), min([most, *bounds[1:]])))


@cache
def _politely() -> tuple[str, ...]:
    """Return what makes a command polite; it becomes the command, so its id stays the child's."""
    nice = shutil.which("nice")
    return (nice, "-n", str(NICENESS)) if nice else ()


def _stop(process: subprocess.Popen[bytes]) -> None:
    for number in (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, number)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(_GRACE_SECONDS)
            return


def _follow(
    process: subprocess.Popen[bytes],
    deadline: float,
    cancelled: Callable[[], bool],
    on_frames: Callable[[int], None],
) -> str:
    """Read both pipes until they close; return the end of what ffmpeg complained about."""
    complaints, seen = b"", 0
    with selectors.DefaultSelector() as selector:
        for pipe in (process.stdout, process.stderr):
            assert pipe is not None  # noqa: S101 - both were asked for
            selector.register(pipe, selectors.EVENT_READ)
        while selector.get_map():
            if cancelled():
                raise EditCancelled
            if time.monotonic() > deadline:
                raise EncodingFailed("it took too long")
            for key, _ in selector.select(_LOOK_SECONDS):
                chunk = os.read(key.fd, 65536)
                if not chunk:
                    selector.unregister(key.fileobj)
                elif key.fileobj is process.stderr:
                    complaints = (complaints + chunk)[-_KEPT_BYTES:]
                else:
                    for count in re.findall(rb"^frame=\s*(\d+)", chunk, re.MULTILINE):
                        seen = max(seen, int(count))
                        on_frames(seen)
    return complaints.decode(errors="replace")


def _failure(status: int, complaints: str) -> ClipbotError:
    if status in _FULL_STATUSES or any(words in complaints for words in _FULL_WORDS):
        return StorageFull()
    if status < 0:
        return EncodingFailed(f"the encoder was stopped by signal {-status}")
    return EncodingFailed(_reason(complaints))


def _reason(complaints: str) -> str:
    """Return ffmpeg's first complaint without addresses and paths.

    The first names the cause; what follows is each later stage giving up.
    """
    lines = [line for line in complaints.splitlines() if line.strip()]
    if not lines:
        return "the encoder gave no reason"
    plain = re.sub(r"\[[^\]]* @ 0x[0-9a-f]+\]\s*", "", lines[0])
    plain = re.sub(r"(?:file:)?(?:/[^\s/:'\"]+)+", "the file", plain)
    return plain.strip().rstrip(".")[:160]
