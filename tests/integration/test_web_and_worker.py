"""A web process and a worker as people start them, each with a home of its own.

They share a PostgreSQL and one folder; whatever the worker makes, the page of the other
host shows and plays.
"""

import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from clipbot.domain.user import LOCAL_USER
from tests import jobs
from tests.integration.processes.paid import shop
from tests.integration.processes.waiting import until
from tests.postgres import database

ROOT = Path(__file__).parents[2]
PATIENCE_SECONDS = 120.0
JOB = jobs.job_id()


@dataclass
class Machine:
    """A host on which people start clipbot."""

    home: Path
    settings: dict[str, str]
    running: list[subprocess.Popen[str]] = field(default_factory=list)

    @property
    def environment(self) -> dict[str, str]:
        ours = {"PYTHONPATH": str(ROOT), "CLIPBOT_HOME": str(self.home)}
        return {**os.environ, **ours, **self.settings}

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Start a command that runs until it is stopped; what it says goes to a file."""
        self.home.mkdir(parents=True, exist_ok=True)
        with self.said(arguments[0]).open("w", encoding="utf-8") as file:
            process = subprocess.Popen(
                [sys.executable, "-m", "clipbot", *arguments],
                cwd=self.home,
                env=self.environment,
                stdout=subprocess.DEVNULL,
                stderr=file,
                text=True,
            )
        self.running.append(process)
        return process

    def said(self, command: str) -> Path:
        return self.home / f"{command}.log"

    def run(self, *arguments: str) -> tuple[int, str]:
        """Run a command to its end; return its status and what it printed."""
        done = subprocess.run(
            [sys.executable, "-m", "clipbot", *arguments],
            cwd=self.home,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE_SECONDS,
        )
        return done.returncode, done.stdout

    def is_beating(self) -> bool:
        folder = self.home / "beats"
        return folder.is_dir() and any(folder.iterdir())


@contextmanager
def machine(home: Path, **settings: str) -> Iterator[Machine]:
    made = Machine(home, settings)
    try:
        yield made
    finally:
        for process in made.running:
            process.kill()
            process.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(client: httpx.Client) -> bool:
    try:
        return client.get("/health").is_success
    except httpx.TransportError:
        return False


@contextmanager
def client_of(web: Machine, port: int) -> Iterator[httpx.Client]:
    address = f"http://127.0.0.1:{port}"
    with httpx.Client(base_url=address, trust_env=False, timeout=60) as client:
        until(lambda: answers(client), seconds=PATIENCE_SECONDS)
        assert web.running[-1].poll() is None
        yield client


def events_until(client: httpx.Client, last: str) -> list[tuple[int, str]]:
    """Read the job's event stream up to an event; return ids and names."""
    seen: list[tuple[int, str]] = []
    frame: dict[str, str] = {}
    with client.stream("GET", f"/api/v1/jobs/{JOB}/events", timeout=PATIENCE_SECONDS) as stream:
        for line in stream.iter_lines():
            name, _, value = line.partition(": ")
            frame[name] = value
            if not line and "id" in frame:
                seen.append((int(frame["id"]), frame["event"]))
                if frame["event"] == last:
                    return seen
            if not line:
                frame = {}
    raise AssertionError(f"the stream ended before {last}: {seen}")


def is_film_there(client: httpx.Client) -> bool:
    return client.get(f"/api/v1/jobs/{JOB}/film.mp4").status_code == httpx.codes.TEMPORARY_REDIRECT


def test_a_film_that_a_worker_made_plays_on_another_host(tmp_path: Path) -> None:
    shared, port = tmp_path / "shared", free_port()
    with database(is_migrated=True) as url:
        both = {"DATABASE_URL": url, "CLIPBOT_SHARED": str(shared)}
        with shop(url, tmp_path / "installer", shared=shared) as opened:
            jobs.install(opened.store, opened.parts.blobs)
        with (
            machine(tmp_path / "a", **both, CLIPBOT_CONCURRENCY="0", PORT=str(port)) as web,
            machine(tmp_path / "b", **both) as host,
        ):
            worker = host.start("worker")
            web.start("serve")
            with client_of(web, port) as client:
                until(lambda: is_film_there(client), seconds=PATIENCE_SECONDS)
                until(host.is_beating, seconds=PATIENCE_SECONDS)
                assert_edited_elsewhere(client, web, host, url, shared)
            assert_health_is_told(web, host)
            for process in (worker, web.running[0]):
                process.send_signal(signal.SIGTERM)
                assert process.wait(PATIENCE_SECONDS) == 0
        assert not host.is_beating()


def assert_edited_elsewhere(
    client: httpx.Client, web: Machine, host: Machine, url: str, shared: Path
) -> None:
    clip = f"/api/v1/jobs/{JOB}/clips/1"
    asked = client.post(f"{clip}/regenerate", json={"instruction": "make it nighttime"})
    assert asked.status_code == httpx.codes.ACCEPTED, asked.text

    seen = events_until(client, "regeneration_complete")
    assert [number for number, _ in seen] == list(range(1, len(seen) + 1))
    assert {"regeneration_started", "recomposing"} <= {name for _, name in seen}

    # What was announced can be played at once, and by Range.
    film = client.get(f"/api/v1/jobs/{JOB}/film.mp4", params={"composition": 2})
    assert film.status_code == httpx.codes.OK
    part = client.get(film.url, headers={"Range": "bytes=1000-1999"})
    assert (part.status_code, part.content) == (206, film.content[1000:2000])
    with shop(url, host.home, shared=shared) as there:
        of_worker = there.services(there.executor()).films.film(LOCAL_USER, JOB, 2)
        assert b"".join(of_worker.read(0, of_worker.size)) == film.content
        assert film.headers["ETag"] == f'"{of_worker.etag}"'
    assert pieces(web.home) == pieces(host.home) | pieces(web.home)
    assert not list((web.home / "renders").glob("*.mp4"))

    footage = client.get(f"{clip}/versions/2/footage.mp4")
    assert footage.status_code == httpx.codes.OK
    still = client.get(f"{clip}/thumbnail.jpg", params={"version": 2})
    assert (still.status_code, still.headers["Content-Type"]) == (200, "image/jpeg")
    assert still.content != client.get(f"{clip}/thumbnail.jpg", params={"version": 1}).content

    # Undo runs on the web host, from what is there.
    assert client.post(f"/api/v1/jobs/{JOB}/undo").is_success
    assert client.get(f"/api/v1/jobs/{JOB}/film.mp4", follow_redirects=True).is_success


def pieces(home: Path) -> set[tuple[str, bytes]]:
    return {(each.name, each.read_bytes()) for each in (home / "cache" / "segments").iterdir()}


def assert_health_is_told(web: Machine, host: Machine) -> None:
    assert host.run("doctor", "--worker")[0] == 0
    assert web.run("doctor", "--worker") == (1, "No process of this home runs edits.\n")
    found = json.loads(web.run("doctor", "--json")[1])["findings"]
    workers = next(finding for finding in found if finding["name"] == "workers")
    assert workers["is_ok"]
    assert re.fullmatch(r"1 alive, last heard of \d s ago", workers["detail"])


STUCK = """
import sys, threading
from contextlib import contextmanager
from types import SimpleNamespace
from clipbot import __main__, wiring

@contextmanager
def stuck(*_, **__):
    try:
        yield SimpleNamespace(executor=SimpleNamespace(is_executor=True))
    finally:
        print("stopping", flush=True)
        threading.Event().wait()

wiring.open_clipbot = stuck
print("started", flush=True)
__main__._work()
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_second_signal_ends_a_worker_whose_stop_hangs(
    number: signal.Signals, tmp_path: Path
) -> None:
    with machine(tmp_path / "home") as host:
        host.home.mkdir()
        worker = subprocess.Popen(
            [sys.executable, "-c", STUCK],
            cwd=host.home,
            env=host.environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        host.running.append(worker)
        assert worker.stdout is not None
        assert worker.stdout.readline() == "started\n"
        # It may have said so a moment before it listens to signals.
        until(lambda: listens(worker.pid))
        worker.send_signal(number)
        assert worker.stdout.readline() == "stopping\n"
        worker.send_signal(number)
        assert worker.wait(120) == -number
        worker.stdout.close()


ELSEWHERE = """
import signal, threading
from contextlib import contextmanager
from types import SimpleNamespace
from clipbot import __main__, wiring

def tell():
    threading.Event().wait(1)  # the other thread waits by then
    signal.pthread_kill(threading.get_ident(), signal.SIGTERM)

@contextmanager
def opened(*_, **__):
    threading.Thread(target=tell, daemon=True).start()
    yield SimpleNamespace(executor=SimpleNamespace(is_executor=True), depart=lambda: None)

wiring.open_clipbot = opened
__main__._work()
"""


def test_a_worker_stops_whichever_of_its_threads_gets_the_signal(tmp_path: Path) -> None:
    with machine(tmp_path / "home") as host:
        host.home.mkdir()
        worker = subprocess.Popen(
            [sys.executable, "-c", ELSEWHERE], cwd=host.home, env=host.environment, text=True
        )
        host.running.append(worker)
        assert worker.wait(PATIENCE_SECONDS) == 0


def listens(pid: int) -> bool:
    """Return whether a process has a handler of its own for SIGTERM, which it sets last."""
    status = Path(f"/proc/{pid}/status").read_text("utf-8")
    caught = re.search(r"^SigCgt:\s*([0-9a-f]+)$", status, re.MULTILINE)
    return caught is not None and bool(int(caught[1], 16) >> (signal.SIGTERM - 1) & 1)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_worker_that_is_told_to_stop_exits_well(number: signal.Signals, tmp_path: Path) -> None:
    with machine(tmp_path / "home") as host:
        worker = host.start("worker")
        until(host.is_beating, seconds=PATIENCE_SECONDS)
        worker.send_signal(number)
        assert worker.wait(PATIENCE_SECONDS) == 0
        assert host.said("worker").read_text("utf-8").count("Traceback") == 0


def test_with_sqlite_a_second_process_says_why_it_does_not_help(tmp_path: Path) -> None:
    with machine(tmp_path / "home") as host:
        first = host.start("worker")
        until(host.is_beating, seconds=PATIENCE_SECONDS)
        beats = set((host.home / "beats").iterdir())
        with machine(host.home) as second:
            beside = second.start("worker")
            until(
                lambda: "SQLite" in second.said("worker").read_text("utf-8"),
                seconds=PATIENCE_SECONDS,
            )
            said = second.said("worker").read_text("utf-8").splitlines()
            assert [line for line in said if line.startswith("clipbot: Another process already")]
            first.send_signal(signal.SIGTERM)
            assert first.wait(PATIENCE_SECONDS) == 0
            # It takes over then.
            until(lambda: set((host.home / "beats").iterdir()) - beats, seconds=PATIENCE_SECONDS)
            beside.send_signal(signal.SIGTERM)
            assert beside.wait(PATIENCE_SECONDS) == 0
