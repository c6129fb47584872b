"""A real cog server on this machine, one for the run, whose model is `cog_runner.py`.

`cog build` writes a model's schema into its image; here it is written by hand, in the
same shape, because the package from PyPI cannot make it.

`sequences` asks it for the states that a prediction goes through, as webhooks tell them.
"""

import atexit
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from queue import Queue
from threading import Thread
from typing import Any

import httpx

from clipbot.renderers.cog_answers import data_uri
from tests import media

ROOT = Path(__file__).parents[2]
RUNNER = Path(__file__).with_name("cog_runner.py")
START_SECONDS = 60.0
OVER = frozenset({"succeeded", "failed", "canceled"})
URI = {"type": "string", "format": "uri"}
SCHEMA: Mapping[str, Any] = {
    "openapi": "3.0.2",
    "info": {"title": "Cog", "version": "0.1.0"},
    "paths": {},
    "components": {
        "schemas": {
            "Input": {
                "type": "object",
                "title": "Input",
                "required": ["prompt", "video"],
                "properties": {
                    "prompt": {"type": "string", "title": "Prompt", "x-order": 0},
                    "video": {**URI, "title": "Video", "x-order": 1},
                    "seed": {
                        "type": "integer",
                        "title": "Seed",
                        "default": 0,
                        "minimum": 0,
                        "maximum": 65535,
                        "x-order": 2,
                    },
                    "aspect_ratio": {
                        "allOf": [{"$ref": "#/components/schemas/aspect_ratio"}],
                        "default": "16:9",
                        "x-order": 3,
                    },
                },
            },
            "aspect_ratio": {
                "enum": ["16:9", "9:16"],
                "type": "string",
                "title": "aspect_ratio",
            },
            "Output": {**URI, "title": "Output"},
        }
    },
}


@dataclass
class RealServer:
    """A cog server that can be killed and started again at the same address."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes] = field(init=False)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it, and wait until it could begin with a prediction."""
        environment = os.environ | {
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}",
            "PORT": str(self.port),
            "PYTHONPATH": str(ROOT),
            "TMPDIR": str(self.folder / "tmp"),
            "COG_PREDICT_TYPE_STUB": f"{RUNNER}:Runner",
        }
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "cog.server.http", "--host", "127.0.0.1"],
                cwd=self.folder,
                env=environment,
                stdout=log,
                stderr=log,
            )
        self.wait_for("READY")

    def wait_for(self, *states: str) -> None:
        """Wait until its health check says one of these."""
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            try:
                if httpx.get(f"{self.url}/health-check").json()["status"] in states:
                    return
            except httpx.TransportError:
                assert self.process.poll() is None, (self.folder / "log").read_text()
            time.sleep(0.05)
        raise AssertionError(f"not {states}: {(self.folder / 'log').read_text()}")

    def kill(self) -> None:
        """End it as a power cut would; its worker ends with it."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def remove(self) -> None:
        """End it and forget its files."""
        self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)


@cache
def server() -> RealServer:
    """Return this run's server; it ends with this process."""
    folder = Path(tempfile.mkdtemp(prefix="clipbot-cog-"))
    (folder / "tmp").mkdir()
    (folder / ".cog").mkdir()
    (folder / ".cog" / "openapi_schema.json").write_text(json.dumps(SCHEMA), encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    real = RealServer(folder, port)
    atexit.register(_remove, real, os.getpid())
    real.start()
    return real


def _remove(real: RealServer, owner: int) -> None:
    if os.getpid() == owner:
        real.remove()


@cache
def sequences() -> dict[str, list[str]]:
    """Return the states of a prediction, in order and without repeats, by how it ended.

    The first is what the server answers at once; the others come by webhook.
    """
    real = server()
    return {
        "succeeded": _sequence(real, "brighter"),
        "failed": _sequence(real, "fail"),
        "canceled": _sequence(real, "wait", then=_cancelled),
    }


def _sequence(
    real: RealServer, prompt: str, then: Callable[[RealServer, str], None] | None = None
) -> list[str]:
    """Start a prediction, and collect what is told of it until it is over."""
    prediction_id = f"sequence-{prompt}"
    video = data_uri(media.clip(frames=12).read_bytes(), "video/mp4")
    with _webhook() as (address, told):
        answer = httpx.put(
            f"{real.url}/predictions/{prediction_id}",
            json={"input": {"prompt": prompt, "video": video}, "webhook": address},
            headers={"prefer": "respond-async"},
        )
        seen = [str(answer.json()["status"])]
        while seen[-1] not in OVER:
            status = told.get(timeout=START_SECONDS)["status"]
            if status != seen[-1]:
                seen.append(status)
            if then is not None and status == "processing":
                then(real, prediction_id)
    real.wait_for("READY")
    return seen


def _cancelled(real: RealServer, prediction_id: str) -> None:
    httpx.post(f"{real.url}/predictions/{prediction_id}/cancel")


@contextmanager
def _webhook() -> Iterator[tuple[str, Queue[dict[str, Any]]]]:
    """Yield an address, and what is sent there."""
    told: Queue[dict[str, Any]] = Queue()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            told.put(json.loads(self.rfile.read(int(self.headers["content-length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base's name
            """Stay silent."""

    receiver = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=receiver.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{receiver.server_port}/", told
    finally:
        receiver.shutdown()
        receiver.server_close()
        thread.join()
