"""Webhooks and whole processes: killed in the middle, two at once, at their end."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

import pytest

from clipbot.domain.user import LOCAL_USER
from clipbot.settings import load
from clipbot.store import events
from clipbot.store.database import connect, let_go, writing
from clipbot.store.events import NewEvent
from clipbot.store.migrate import migrate
from clipbot.store.outbox import BROKEN_OFF
from clipbot.store.records import DeliveryRecord, NewWebhook
from clipbot.store.store import Store
from clipbot.wiring import open_clipbot
from tests.integration.processes.children import child
from tests.integration.processes.waiting import until
from tests.integration.processes.webhooks import RHYTHM, work, working
from tests.postgres import database
from tests.receiver import Receiver, hangs, receiver, takes
from tests.unit.store.given import NOW, USER, job

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


@dataclass
class Place:
    """A database with a webhook, and its receiver."""

    url: str
    home: Path
    store: Store
    to: Receiver
    webhook_id: UUID

    @property
    def log(self) -> list[DeliveryRecord]:
        return self.store.deliveries.page(self.webhook_id, limit=200)[::-1]

    def happens(self, job_id: UUID) -> None:
        with writing(self.store.jobs.engine) as session:
            events.append(session, job_id, NewEvent("recomposing", "It goes on."), now=NOW)

    def is_done(self) -> bool:
        return all(each.state == "delivered" for each in self.log)


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    with _url(request.param, tmp_path) as url, receiver() as to:
        engine = connect(url)
        store = Store.on(engine)
        new = NewWebhook(USER, to.url, None, SECRET)
        webhook = store.webhooks.add(new, most=10, now=NOW)
        yield Place(url, tmp_path / "home", store, to, webhook.id)
        let_go(engine)


@contextmanager
def _url(on: str, folder: Path) -> Iterator[str]:
    if on == "postgres":
        with database(is_migrated=True) as url:
            yield url
        return
    url = f"sqlite:///{folder / 'clipbot.db'}"
    engine = connect(url)
    migrate(engine)
    let_go(engine)
    yield url


@pytest.mark.parametrize("point", ["during:send", "after:send"])
def test_a_worker_that_is_killed_in_the_middle_loses_nothing(place: Place, point: str) -> None:
    job_id = job(place.store)
    for _ in range(3):
        place.happens(job_id)
    place.to.reacts(hangs if point == "during:send" else takes, takes)
    here = (place.url, place.home, place.to.place)

    with child(work, *here, point) as worker:
        until(lambda: place.to.heard)
        if point == "during:send":
            worker.kill()
        else:
            worker.join()
    (first, *rest) = place.log
    assert (first.state, first.attempts, first.log) == ("pending", 1, ())
    assert [each.attempts for each in rest] == [0, 0]
    # The next one comes when the dead one's lease is over.
    with child(work, *here, "", 120.0):
        until(place.is_done)

    log = place.log
    assert [heard.id for heard in place.to.heard] == [str(log[index].id) for index in (0, 0, 1, 2)]
    assert [heard.verified(SECRET)["data"]["id"] for heard in place.to.heard] == [1, 1, 2, 3]
    assert [each.attempts for each in log] == [2, 1, 1]
    assert [entry["problem"] for entry in log[0].log] == [BROKEN_OFF, None]


def test_two_workers_send_each_event_once_and_in_order(place: Place) -> None:
    jobs = [job(place.store) for _ in range(6)]
    here = (place.url, place.home, place.to.place)
    with child(work, *here), child(work, *here):
        for _ in range(8):
            for job_id in jobs:
                place.happens(job_id)
        until(place.is_done, seconds=120)

    said = [heard.verified(SECRET)["data"] for heard in place.to.heard]
    assert set(Counter(heard.id for heard in place.to.heard).values()) == {1}
    for job_id in jobs:
        assert [each["id"] for each in said if each["job_id"] == str(job_id)] == [*range(1, 9)]


def test_what_happens_at_the_very_end_is_sent_too(place: Place) -> None:
    job_id = job(place.store)
    rare = replace(RHYTHM, deliver_seconds=1000.0)
    with working(place.url, place.home, place.to.place, rhythm=rare):
        place.happens(job_id)

    assert len(place.to.heard) == 1
    assert place.is_done()


def test_a_whole_clipbot_sends_webhooks_by_itself(tmp_path: Path) -> None:
    with (
        receiver() as to,
        open_clipbot(load(home=tmp_path, trusted_hosts=to.place), role="worker") as clipbot,
    ):
        webhooks = clipbot.services.webhooks
        made, secret = webhooks.create(LOCAL_USER, to.url)
        webhooks.test(LOCAL_USER, made.id)
        until(lambda: to.heard)
        assert to.heard[0].verified(secret)["type"] == "ping"
