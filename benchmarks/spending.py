"""What work costs: CPU and wall time, memory, and how noisy the machine is meanwhile."""

import os
import resource
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from clipbot.media import ffmpeg


@dataclass(frozen=True, slots=True)
class Spent:
    """What a child cost, its own children included."""

    cpu_seconds: float
    wall_seconds: float
    peak_bytes: int
    """Resident memory of its largest process."""


def spent_by(command: Sequence[str]) -> Spent:
    """Run a command to its end.

    Raises:
        RuntimeError: It failed.
    """
    began = time.perf_counter()
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise RuntimeError(f"{command[0]} ended with {child.returncode}")
    wall = time.perf_counter() - began
    return Spent(usage.ru_utime + usage.ru_stime, wall, 1024 * usage.ru_maxrss)


def encoding(args: Sequence[str]) -> Spent:
    """Run ffmpeg, no less urgently than ours runs it."""
    quiet = ("-hide_banner", "-v", "error", "-nostdin", "-nostats", "-y")
    nice = ("nice", "-n", str(ffmpeg.NICENESS))
    return spent_by([*nice, ffmpeg.executable(), *quiet, *args])


def cpu_of(work: Callable[[], object]) -> tuple[float, float]:
    """Return the CPU and wall seconds of some work, children included."""
    began, cpu = time.perf_counter(), _cpu()
    work()
    return _cpu() - cpu, time.perf_counter() - began


def _cpu() -> float:
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def reference() -> float:
    """Return the CPU seconds of a fixed small encode: what the machine is worth now."""
    picture = ("-f", "lavfi", "-i", "testsrc2=s=640x360:r=24:d=3", "-threads", "2")
    encode = [*picture, "-c:v", "libx264", "-preset", "veryfast", "-f", "null", "-"]
    return encoding(encode).cpu_seconds


def machine(noise: Sequence[float]) -> dict[str, Any]:
    """Describe the machine; `noise` are the references that were taken meanwhile."""
    return {
        "cpus": os.cpu_count(),
        "load": [round(value, 1) for value in os.getloadavg()],
        "reference_seconds": [round(value, 3) for value in noise],
        "noise": round(max(noise) / min(noise), 2),
    }
