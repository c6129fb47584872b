"""A worker that sends webhooks, to be started and killed."""

import signal
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from clipbot.receivers.base import Answer, Post
from clipbot.services.courier import CourierService
from clipbot.settings import load
from clipbot.store.announcing import database_time
from clipbot.store.database import connect, let_go
from clipbot.store.outbox import Outbox
from clipbot.store.store import Store
from clipbot.wiring import Parts
from clipbot.workflows.executor import Executor
from clipbot.workflows.rhythm import Rhythm
from tests.integration.processes.killing import die
from tests.integration.processes.programs import QUICK
from tests.integration.processes.waiting import told

RHYTHM = replace(QUICK, deliver_seconds=0.1, stop_seconds=10.0)


@dataclass(frozen=True)
class DeadlyPost:
    """A `Post` after which the process dies: the answer is there and not written down."""

    post: Post

    def check(self, url: str) -> None:
        self.post.check(url)

    def send(self, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        self.post.send(url, headers, body)
        die()
        raise AssertionError


@contextmanager
def working(
    url: str,
    home: Path,
    trusted: str,
    *,
    point: str = "",
    ahead_seconds: float = 0,
    rhythm: Rhythm = RHYTHM,
) -> Iterator[Store]:
    """Execute, and send webhooks, until the block is left.

    Args:
        url: Of the database.
        home: `CLIPBOT_HOME`.
        trusted: `host:port` of the receiver.
        point: `after:send`: die there; anything else never comes.
        ahead_seconds: How much later it is for this worker than for all others.
        rhythm: How often it looks.
    """
    engine = connect(url)
    store = Store.on(engine)
    parts = Parts.of(load(home=home, trusted_hosts=trusted), store, None)
    courier = parts.courier()
    late = Outbox(engine, lambda session: database_time(session) + timedelta(seconds=ahead_seconds))
    courier = CourierService(
        replace(store, outbox=late),
        DeadlyPost(courier.post) if point == "after:send" else courier.post,
        courier.shape,
        courier.share,
    )
    try:
        with Executor(
            parts.steps,
            database_url=url,
            home=home,
            role="worker",
            workers=store.workers,
            rhythm=rhythm,
            courier=courier,
        ):
            yield store
    finally:
        parts.makers.close()
        let_go(engine)


def work(url: str, home: Path, trusted: str, point: str = "", ahead_seconds: float = 0) -> None:
    """Execute, and send webhooks, until SIGTERM."""
    stopping = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stopping.set())
    with working(url, home, trusted, point=point, ahead_seconds=ahead_seconds):
        told(stopping, seconds=60)
