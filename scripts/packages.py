"""Programs of the system that the tests drive, installed by the usual means: apt, as root."""

import os
import shutil
import subprocess
import sys


def install(package: str) -> bool:
    """Install a package; return False where that cannot be done here."""
    apt = shutil.which("apt-get")
    if not apt or not hasattr(os, "geteuid") or os.geteuid() != 0:
        return False
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    updated = run(apt, "update", "-q", env=environment)
    return updated and run(apt, "install", "-y", "-q", package, env=environment)


def run(*command: str, env: dict[str, str] | None = None) -> bool:
    """Run a command; return whether it worked.

    What it says goes to standard error: standard output is for what was found.
    """
    return subprocess.run(command, check=False, env=env, stdout=sys.stderr).returncode == 0
