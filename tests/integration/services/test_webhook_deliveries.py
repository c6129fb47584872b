"""Webhooks from an edit to a receiver: what is said, how it is signed, who is told."""

import json
import logging
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine

from clipbot.api.models.events import EventModel
from clipbot.domain.deliveries import ATTEMPTS
from clipbot.domain.user import LOCAL_USER, User
from clipbot.errors import (
    AddressRefused,
    NotAllowed,
    RequestError,
    TooManyWebhooks,
    WebhookNotFound,
)
from clipbot.services.courier import CourierService
from clipbot.services.webhooks import WebhookService
from clipbot.store.deliveries import Deliveries
from clipbot.store.outbox import Outbox
from clipbot.store.records import DeliveryState, WebhookRecord
from tests import jobs
from tests import receiver as receivers
from tests.desk import Desk
from tests.desk import desk as desk_on
from tests.postgres import sqlite_on
from tests.receiver import Receiver, answers, receiver
from tests.sample import linked
from tests.unit.store.given import Later

NOBODY = User(uuid4())
ADMIN = User(uuid4(), is_admin=True)


@pytest.fixture(name="to")
def fixture_to() -> Iterator[Receiver]:
    with receiver() as to:
        yield to


@pytest.fixture(name="engine")
def fixture_engine(template: Path, tmp_path: Path) -> Iterator[Engine]:
    for part in ("cache", "renders/looks"):
        shutil.copytree(template / "home" / part, tmp_path / "home" / part, copy_function=linked)
    with sqlite_on(tmp_path / "clipbot.db") as engine:
        yield engine


@pytest.fixture(name="at")
def fixture_at(engine: Engine, tmp_path: Path, to: Receiver) -> Desk:
    """A clipbot that trusts the receiver, and has a job."""
    url = "http://127.0.0.1:7860"
    at = desk_on(engine, tmp_path / "home", trusted_hosts=(to.place,), public_url=url)
    jobs.install(at.store, at.parts.blobs)
    return at


def service(at: Desk) -> WebhookService:
    return at.services.webhooks


def sent(at: Desk) -> int:
    """Send what is due until nothing is; return how many attempts went well."""
    courier, count = at.parts.courier(), 0
    while due := courier.due():
        count += sum(courier.deliver(each.webhook_id) for each in due)
    return count


def states(at: Desk, webhook: WebhookRecord) -> list[DeliveryState]:
    return [each.state for each in service(at).deliveries(at.user, webhook.id)]


def test_an_edit_is_told_from_beginning_to_end(at: Desk, to: Receiver) -> None:
    webhook, secret = service(at).create(at.user, to.url)

    at.edit(jobs.job_id(), "make clip 2 nighttime")
    sent(at)

    events = at.store.events.after(jobs.job_id(), 0)
    said = [heard.verified(secret) for heard in to.heard]
    assert [each["type"] for each in said] == [event.name for event in events]
    assert {"regeneration_started", "regeneration_complete"} <= {each["type"] for each in said}
    for each, event in zip(said, events, strict=True):
        assert set(each) == {"type", "timestamp", "data"}
        assert each["timestamp"] == event.created_at.isoformat()
        asked = json.loads(EventModel.of(event).model_dump_json(exclude_unset=True))
        addresses = {"new_clip_url", "video_url"} & set(asked)
        for name in addresses:
            assert each["data"][name] == f"http://127.0.0.1:7860{asked[name]}"
        assert {**each["data"], **{name: asked[name] for name in addresses}} == asked
    done = said[-1]["data"]
    assert (done["cost"], done["clip_index"], done["version_number"]) == ("0.00", 1, 2)
    assert {"new_clip_url", "video_url"} <= set(done)
    assert len({heard.id for heard in to.heard}) == len(events)
    assert set(states(at, webhook)) == {DeliveryState.DELIVERED}


def test_without_a_public_address_addresses_stay_relative(
    engine: Engine, tmp_path: Path, to: Receiver
) -> None:
    at = desk_on(engine, tmp_path / "home", trusted_hosts=(to.place,))
    jobs.install(at.store, at.parts.blobs)
    _, secret = service(at).create(at.user, to.url, ["regeneration_complete"])

    at.edit(jobs.job_id(), "make clip 2 nighttime")
    sent(at)

    (heard,) = to.heard
    assert heard.verified(secret)["data"]["video_url"].startswith("/api/v1/jobs/")


def test_only_what_was_asked_for_is_told_and_only_to_the_owner(at: Desk, to: Receiver) -> None:
    service(at).create(at.user, to.url, ["film_changed", "regeneration_complete"])
    for other in (NOBODY, ADMIN):
        service(at).create(other, to.url)

    at.edit(jobs.job_id(), "make clip 2 nighttime")
    at.services.history.undo(at.user, jobs.job_id())
    sent(at)

    assert [json.loads(heard.body)["type"] for heard in to.heard] == [
        "regeneration_complete",
        "film_changed",
    ]


def test_a_test_is_signed_and_says_which_webhook_it_is_for(at: Desk, to: Receiver) -> None:
    webhook, secret = service(at).create(at.user, to.url)
    ping = service(at).test(at.user, webhook.id)
    assert sent(at) == 1

    (heard,) = to.heard
    assert heard.id == str(ping.id)
    said = heard.verified(secret)
    assert (said["type"], said["data"]) == ("ping", {"webhook_id": str(webhook.id)})


def test_for_a_day_both_secrets_verify(at: Desk, to: Receiver) -> None:
    webhook, old = service(at).create(at.user, to.url)
    record, new = service(at).rotate(at.user, webhook.id)
    service(at).test(at.user, webhook.id)
    sent(at)

    (heard,) = to.heard
    assert old != new
    assert heard.verified(new) == heard.verified(old)
    assert record.previous_until is not None
    assert record.previous_until - record.updated_at == timedelta(hours=24)


@pytest.mark.parametrize(
    ("reaction", "status", "problem"),
    [
        (answers(500, b"oh no"), 500, "The receiver answered 500; only 200 to 299 mean"),
        (answers(301, Location="/elsewhere"), 301, "The receiver answered 301;"),
        (receivers.cuts, None, "What the receiver answered is no HTTP."),
    ],
)
def test_what_fails_is_tried_again_with_the_same_words(
    at: Desk, to: Receiver, reaction: receivers.Reaction, status: int | None, problem: str
) -> None:
    webhook, secret = service(at).create(at.user, to.url)
    service(at).test(at.user, webhook.id)
    to.reacts(reaction, receivers.takes)
    clock = Later(at.parts.clock())
    courier = delayed(at, clock)

    assert not courier.deliver(webhook.id)
    assert not courier.deliver(webhook.id)
    (waiting,) = service(at).deliveries(at.user, webhook.id)
    assert (waiting.state, waiting.last_status, waiting.attempts) == ("pending", status, 1)
    assert waiting.last_problem is not None
    assert waiting.last_problem.startswith(problem)
    clock.move(6)
    assert courier.deliver(webhook.id)

    first, second = to.heard
    assert (first.id, first.body) == (second.id, second.body)
    assert first.verified(secret) == second.verified(secret)
    assert int(second.headers["webhook-timestamp"]) > int(first.headers["webhook-timestamp"])
    assert not to.was_followed


def delayed(at: Desk, clock: Later) -> CourierService:
    """Return a courier whose time passes as it is told to."""
    whole = at.parts.courier()
    engine = at.store.jobs.engine
    store = replaced(at, outbox=Outbox(engine, clock), deliveries=Deliveries(engine, clock))
    return CourierService(store, whole.post, whole.shape, lambda: 0.0)


def replaced(at: Desk, **parts: Any) -> Any:
    return type(at.store)(**{**vars(at.store), **parts})


def test_a_receiver_that_never_answers_is_given_up(
    at: Desk, to: Receiver, caplog: pytest.LogCaptureFixture
) -> None:
    webhook, _ = service(at).create(at.user, to.url)
    service(at).test(at.user, webhook.id)
    to.reacts(answers(503, Retry_After="60"))
    clock = Later(at.parts.clock())
    courier = delayed(at, clock)

    with caplog.at_level(logging.WARNING):
        for _ in range(ATTEMPTS):
            courier.deliver(webhook.id)
            clock.move(24 * 3600)
        courier.deliver(webhook.id)

    (found,) = service(at).deliveries(at.user, webhook.id)
    assert (found.state, found.attempts, len(to.heard)) == ("failed", ATTEMPTS, ATTEMPTS)
    assert [record.message for record in caplog.records] == ["webhook given up"]


def test_a_pause_that_was_asked_for_is_kept(at: Desk, to: Receiver) -> None:
    webhook, _ = service(at).create(at.user, to.url)
    service(at).test(at.user, webhook.id)
    to.reacts(answers(429, Retry_After="100"), receivers.takes)
    clock = Later(at.parts.clock())
    courier = delayed(at, clock)
    courier.deliver(webhook.id)

    clock.move(99)
    assert (courier.due(), courier.deliver(webhook.id), len(to.heard)) == ([], False, 1)
    clock.move(2)
    assert courier.deliver(webhook.id)


def test_who_is_gone_is_told_nothing_more(at: Desk, to: Receiver) -> None:
    webhook, _ = service(at).create(at.user, to.url)
    to.reacts(answers(410))
    at.edit(jobs.job_id(), "make clip 2 nighttime")
    sent(at)

    found = service(at).get(at.user, webhook.id)
    assert (found.is_active, len(to.heard)) == (False, 1)
    assert found.off_reason is not None
    assert "410" in found.off_reason
    assert set(states(at, webhook)) == {DeliveryState.FAILED, DeliveryState.DROPPED}


def test_a_name_that_has_come_to_lead_inside_is_refused_when_it_is_sent(
    engine: Engine, tmp_path: Path, to: Receiver
) -> None:
    at = desk_on(engine, tmp_path / "home", trusted_hosts=(to.place,))
    webhook, _ = service(at).create(at.user, to.url)
    service(at).test(at.user, webhook.id)
    strict = desk_on(engine, tmp_path / "home")

    assert sent(strict) == 0

    (found,) = service(at).deliveries(at.user, webhook.id)
    assert (found.state, found.last_status, to.heard) == ("pending", None, [])
    assert found.last_problem == "Please give an address that begins with https://."


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:1/",
        "https://127.0.0.1/",
        "https://localhost/",
        "https://[::1]/",
        "https://[::ffff:10.0.0.1]/",
        "https://169.254.169.254/latest/meta-data",
        "https://0x7f.1/",
        "https://me:word@example.com/",
        "ftp://example.com",
    ],
)
def test_a_private_address_is_refused_when_it_is_given(at: Desk, to: Receiver, url: str) -> None:
    with pytest.raises(AddressRefused):
        service(at).create(at.user, url)
    assert service(at).list(at.user) == []
    webhook, _ = service(at).create(at.user, to.url)
    with pytest.raises(AddressRefused):
        service(at).change(at.user, webhook.id, url=url)
    assert service(at).get(at.user, webhook.id) == webhook


def test_somebody_elses_webhook_is_nobodys_business(at: Desk, to: Receiver) -> None:
    webhook, _ = service(at).create(NOBODY, to.url)
    for user in (LOCAL_USER, ADMIN):
        assert service(at).list(user) == []
        for call in (
            service(at).get,
            service(at).delete,
            service(at).rotate,
            service(at).test,
            service(at).deliveries,
            service(at).change,
        ):
            with pytest.raises(NotAllowed):
                call(user, webhook.id)
        with pytest.raises(NotAllowed):
            service(at).redeliver(user, webhook.id, uuid4())
    with pytest.raises(WebhookNotFound):
        service(at).get(NOBODY, uuid4())


def test_what_is_told_can_be_changed(at: Desk, to: Receiver) -> None:
    webhook, _ = service(at).create(at.user, to.url, ["version_offered", "film_changed"])
    assert webhook.events == ("version_offered", "film_changed")

    def changed(**change: Any) -> WebhookRecord:
        return service(at).change(at.user, webhook.id, **change)

    assert changed(events=["recomposing"]).events == ("recomposing",)
    assert changed(is_active=False).events == ("recomposing",)
    assert changed(tells_all=True).events is None
    assert changed(url=f"{to.url}/2").url == f"{to.url}/2"
    assert not service(at).get(at.user, webhook.id).is_active
    for names in (["nonsense"], []):
        with pytest.raises(RequestError):
            changed(events=names)


def test_ten_are_enough(at: Desk, to: Receiver) -> None:
    for _ in range(10):
        service(at).create(at.user, to.url)
    with pytest.raises(TooManyWebhooks):
        service(at).create(at.user, to.url)
    service(at).create(NOBODY, to.url)


def test_the_doctor_counts_those_that_fail(at: Desk, to: Receiver) -> None:
    def told() -> tuple[bool, str]:
        (finding,) = [each for each in at.services.doctor.report() if each.name == "webhooks"]
        return finding.is_ok, finding.detail

    assert told() == (True, "0 active, 0 failing, 0 switched off")
    webhook, _ = service(at).create(at.user, to.url)
    service(at).test(at.user, webhook.id)
    to.reacts(answers(500))
    sent(at)
    assert told() == (True, "1 active, 1 failing, 0 switched off; 1 deliveries are tried again")


def test_what_is_old_is_forgotten(at: Desk, to: Receiver) -> None:
    webhook, _ = service(at).create(at.user, to.url)
    service(at).test(at.user, webhook.id)
    sent(at)
    clock = Later(at.parts.clock())
    courier = delayed(at, clock)
    courier.forget()
    assert len(states(at, webhook)) == 1
    clock.move(31 * 24 * 3600)
    courier.forget()
    assert states(at, webhook) == []


def test_no_secret_is_in_what_is_logged_or_listed(
    at: Desk, to: Receiver, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        webhook, secret = service(at).create(at.user, to.url)
        service(at).test(at.user, webhook.id)
        sent(at)
    shown = repr((service(at).list(at.user), service(at).deliveries(at.user, webhook.id)))
    logged = repr([vars(record) for record in caplog.records])
    assert secret not in shown + logged
    assert [UUID(vars(r)["webhook_id"]) for r in caplog.records if r.message == "webhook sent"] == [
        webhook.id
    ]
