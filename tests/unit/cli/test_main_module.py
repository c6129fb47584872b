"""`python -m clipbot` as a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


def clipbot(home: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # what runs is ours
        [sys.executable, "-m", "clipbot", *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        cwd=home,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "CLIPBOT_HOME": str(home / "home"),
            **environment,
        },
    )


def test_a_command_works_on_a_fresh_home_and_finds_the_sample(tmp_path: Path) -> None:
    done = clipbot(tmp_path, "clips", "sample", "--json")

    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["total_clips"] == 8


@pytest.mark.parametrize("command", ["jobs", "serve", "worker", "migrate"])
def test_a_half_configured_start_is_refused_in_one_sentence(tmp_path: Path, command: str) -> None:
    refused = clipbot(tmp_path, command, "--json", CLIPBOT_HOST="0.0.0.0")  # noqa: S104 - refused

    assert refused.returncode == 1
    assert json.loads(refused.stdout)["error"]["code"] == "configuration"
    assert refused.stderr.startswith("clipbot: CLIPBOT_AUTH=none lets everybody in")
    assert refused.stderr.count("\n") == 1
    assert not (tmp_path / "home").exists()


def test_a_shared_folder_that_is_not_mounted_stops_the_start(tmp_path: Path) -> None:
    shared = tmp_path / "mount" / "clipbot"
    refused = clipbot(tmp_path, "worker", CLIPBOT_SHARED=str(shared))

    assert refused.returncode == 1
    assert refused.stderr == (
        "clipbot: The folder CLIPBOT_SHARED is not there; make or mount it first.\n"
    )
    assert not shared.parent.exists()
