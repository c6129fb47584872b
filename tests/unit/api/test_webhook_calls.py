"""Webhooks, over HTTP."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest
from fastapi.testclient import TestClient

from clipbot import api
from clipbot.domain.user import User
from clipbot.identity.none import NoIdentity
from tests.desk import desk
from tests.receiver import Receiver, answers, receiver
from tests.unit.api.conftest import BASE, Stranger, Studio

WEBHOOKS = "/api/v1/webhooks"


@pytest.fixture(name="to")
def fixture_to() -> Iterator[Receiver]:
    with receiver() as to:
        yield to


@pytest.fixture(name="office")
def fixture_office(studio: Studio, to: Receiver) -> Iterator[Studio]:
    """A studio that trusts the receiver."""
    store = studio.desk.store
    trusting = desk(store.jobs.engine, studio.desk.home, trusted_hosts=(to.place,))
    app = api.create(trusting.services, NoIdentity(), host_names={"127.0.0.1"})
    with TestClient(app, base_url=BASE) as client:
        yield Studio(trusting, client, studio.job)


def created(office: Studio, to: Receiver, **body: Any) -> dict[str, Any]:
    answer = office.client.post(WEBHOOKS, json={"url": to.url, **body})
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def send(office: Studio) -> None:
    courier = office.desk.parts.courier()
    for due in courier.due():
        courier.deliver(due.webhook_id)


def test_a_webhook_is_made_seen_changed_and_deleted(office: Studio, to: Receiver) -> None:
    made = created(office, to, events=["regeneration_failed", "regeneration_complete"])

    secret = made.pop("secret")
    assert secret.startswith("whsec_")
    assert made["events"] == ["regeneration_complete", "regeneration_failed"]
    assert (made["is_active"], made["off_reason"], made["failures"]) == (True, None, 0)
    url = f"{WEBHOOKS}/{made['id']}"
    assert office.client.get(url).json() == made
    assert office.client.get(WEBHOOKS).json() == {"webhooks": [made]}
    assert secret not in office.client.get(WEBHOOKS).text

    changed = office.client.patch(url, json={"events": None, "is_active": False}).json()
    assert (changed["events"], changed["is_active"], changed["url"]) == (None, False, to.url)
    same = office.client.patch(url, json={}).json()
    assert {**same, "updated_at": ""} == {**changed, "updated_at": ""}

    assert office.client.delete(url).json() == same
    assert office.client.get(WEBHOOKS).json() == {"webhooks": []}
    assert office.client.delete(url).status_code == 404


def test_a_test_is_sent_and_its_delivery_tells_how_it_went(office: Studio, to: Receiver) -> None:
    url = f"{WEBHOOKS}/{created(office, to)['id']}"
    to.reacts(answers(500, b"<b>no</b>"), answers(200, b"yes"))
    asked = office.client.post(f"{url}/test")
    assert (asked.status_code, asked.json()["state"]) == (202, "pending")
    again = office.client.post(f"{url}/test")
    assert (again.status_code, again.json()["code"]) == (409, "delivery_pending")

    send(office)

    (found,) = office.client.get(f"{url}/deliveries").json()["deliveries"]
    assert (found["id"], found["event"], found["job_id"]) == (asked.json()["id"], "ping", None)
    assert (found["state"], found["status"], found["answer"]) == ("pending", 500, "<b>no</b>")
    assert found["problem"] == "The receiver answered 500; only 200 to 299 mean that it has it."
    assert [(each["status"], each["problem"]) for each in found["log"]] == [(500, found["problem"])]
    assert found["next_at"] > found["created_at"]


def test_what_has_ended_can_be_sent_again(office: Studio, to: Receiver) -> None:
    url = f"{WEBHOOKS}/{created(office, to)['id']}"
    ping = office.client.post(f"{url}/test").json()
    repeat = f"{url}/deliveries/{ping['id']}/redeliver"
    assert office.client.post(repeat).json()["code"] == "delivery_pending"
    send(office)

    again = office.client.post(repeat)
    assert (again.status_code, again.json()["state"], again.json()["attempts"]) == (
        202,
        "pending",
        0,
    )
    send(office)
    assert [heard.id for heard in to.heard] == [ping["id"]] * 2
    unknown = office.client.post(f"{url}/deliveries/{uuid4()}/redeliver")
    assert (unknown.status_code, unknown.json()["code"]) == (404, "delivery_not_found")
    office.client.patch(url, json={"is_active": False})
    for call in (repeat, f"{url}/test"):
        off = office.client.post(call)
        assert (off.status_code, off.json()["code"]) == (409, "webhook_off")


def test_deliveries_come_page_by_page(office: Studio, to: Receiver) -> None:
    url = f"{WEBHOOKS}/{created(office, to)['id']}"
    for _ in range(3):
        office.client.post(f"{url}/test")
        send(office)

    first = office.client.get(f"{url}/deliveries?limit=2").json()
    rest = office.client.get(f"{url}/deliveries?limit=2&before={first['next_before']}").json()

    numbers = [each["number"] for each in first["deliveries"] + rest["deliveries"]]
    assert numbers == sorted(numbers, reverse=True)
    assert (len(first["deliveries"]), len(rest["deliveries"])) == (2, 1)
    assert rest["next_before"] is None
    assert office.client.get(f"{url}/deliveries?limit=0").status_code == 422


def test_a_new_secret_is_shown_once(office: Studio, to: Receiver) -> None:
    made = created(office, to)
    rotated = office.client.post(f"{WEBHOOKS}/{made['id']}/rotate").json()
    assert rotated["secret"] != made["secret"]
    assert rotated["previous_secret_until"] is not None
    office.client.post(f"{WEBHOOKS}/{made['id']}/test")
    send(office)
    for secret in (made["secret"], rotated["secret"]):
        assert to.heard[0].verified(secret)["type"] == "ping"


def test_an_edit_over_rest_is_told_as_rest_tells_it(office: Studio, to: Receiver) -> None:
    made = created(office, to, events=["regeneration_complete"])
    edit = {"instruction": "make clip 2 nighttime"}
    assert office.client.post(f"{office.url}/clips/1/regenerate", json=edit).status_code == 202
    send(office)

    said = to.heard[0].verified(made["secret"])
    events = office.client.get(f"{office.url}/events?after=0").json()["events"]
    (asked,) = [event for event in events if event["event"] == "regeneration_complete"]
    assert (said["type"], said["data"]) == ("regeneration_complete", asked)


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"url": "https://10.0.0.1/"}, 422, "address_refused"),
        ({"url": "http://example.com/"}, 422, "address_refused"),
        ({"url": "https://me:word@example.com/"}, 422, "address_refused"),
        ({"url": "x" * 3000}, 422, "address_refused"),
        ({"url": "https://127.0.0.1/", "events": ["nonsense"]}, 422, "invalid_request"),
        ({"url": "https://127.0.0.1/", "events": []}, 422, "invalid_request"),
        ({"url": "https://127.0.0.1/", "event": ["x"]}, 422, "invalid_request"),
        ({}, 422, "invalid_request"),
        ({"url": None}, 422, "invalid_request"),
    ],
)
def test_what_cannot_be_a_webhook_is_refused_and_nothing_is_kept(
    office: Studio, body: dict[str, Any], status: int, code: str
) -> None:
    answer = office.client.post(WEBHOOKS, json=body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert office.client.get(WEBHOOKS).json() == {"webhooks": []}


def test_after_ten_there_is_no_room(office: Studio, to: Receiver) -> None:
    for _ in range(10):
        created(office, to)
    answer = office.client.post(WEBHOOKS, json={"url": to.url})
    assert (answer.status_code, answer.json()["code"]) == (409, "too_many_webhooks")


CALLS = [
    ("GET", ""),
    ("PATCH", ""),
    ("DELETE", ""),
    ("POST", "/rotate"),
    ("POST", "/test"),
    ("GET", "/deliveries"),
    ("POST", f"/deliveries/{UUID(int=1)}/redeliver"),
]


@pytest.mark.parametrize(
    "user", [User(uuid4()), User(uuid4(), is_admin=True)], ids=["user", "admin"]
)
def test_somebody_elses_webhook_is_out_of_reach(office: Studio, to: Receiver, user: User) -> None:
    made = created(office, to)
    made.pop("secret")
    newcomer = Stranger(user)
    app = api.create(office.desk.services, newcomer, host_names={"127.0.0.1"})
    with TestClient(app, base_url=BASE) as client:
        assert client.get(WEBHOOKS).json() == {"webhooks": []}
        for method, call in CALLS:
            for id_, status in ((made["id"], 403), (str(uuid4()), 404), ("nonsense", 400)):
                body: dict[str, str] | None = {} if method == "PATCH" else None
                answer = client.request(method, f"{WEBHOOKS}/{id_}{call}", json=body)
                assert (method, call, answer.status_code) == (method, call, status)
    assert office.client.get(f"{WEBHOOKS}/{made['id']}").json() == made
    assert office.desk.parts.courier().due() == []
