"""Requests with an `Idempotency-Key`: carried out once, answered as often as they are sent."""

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from threading import Barrier, Event
from uuid import UUID, uuid4

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from starlette.datastructures import Headers

from clipbot import api
from clipbot.api.repeats import MAX_LENGTH, key_of
from clipbot.domain.user import LOCAL_USER, User
from clipbot.errors import MalformedKey
from clipbot.services.repeats import KEEP, LONGEST
from tests.desk import Desk, FakeClock, desk
from tests.postgres import sqlite_on
from tests.unit.api.conftest import BASE, Studio

WISH = {"instruction": "make it brighter"}


def send(
    studio: Studio, key: str = "abc", wish: Mapping[str, str] = WISH, clip: int = 1
) -> Response:
    url = f"{studio.url}/clips/{clip}/regenerate"
    return studio.client.post(url, json=wish, headers={"Idempotency-Key": key})


def edits(studio: Studio) -> int:
    return len(studio.client.get(f"{studio.url}/regenerations").json()["regenerations"])


def test_a_request_that_is_sent_again_is_answered_the_same_and_done_once(studio: Studio) -> None:
    first, second = send(studio), send(studio)

    assert first.status_code == second.status_code == 202
    assert first.content == second.content
    assert "idempotency-replayed" not in first.headers
    assert second.headers["idempotency-replayed"] == "true"
    assert edits(studio) == 1


def test_without_a_key_every_request_counts(studio: Studio) -> None:
    url = f"{studio.url}/clips/1/regenerate"
    answers = {studio.client.post(url, json=WISH).json()["regeneration_id"] for _ in range(2)}
    assert len(answers) == edits(studio) == 2


def test_the_spelling_of_the_key_and_of_the_json_does_not_matter(studio: Studio) -> None:
    first = send(studio, "abc", {**WISH, "conversation_history": []})  # type: ignore[dict-item]

    again = studio.client.post(
        f"{studio.url}/clips/1/regenerate/",
        content=b'{ "conversation_history":[], "instruction" : "make it \\u0062righter"}',
        headers={"Idempotency-Key": '"abc"', "Content-Type": "application/json"},
    )

    assert again.content == first.content


@pytest.mark.parametrize(
    ("wish", "clip"), [({"instruction": "make it darker"}, 1), (WISH, 2)], ids=["body", "call"]
)
def test_a_key_is_for_one_request(studio: Studio, wish: Mapping[str, str], clip: int) -> None:
    send(studio)

    other = send(studio, "abc", wish, clip)

    assert (other.status_code, other.json()["code"]) == (422, "key_reused")
    assert edits(studio) == 1


@pytest.mark.parametrize("key", ["", " ", "a b", "ä", '"open', '""', "x" * 256, 'a"b', '"\\x"'])
def test_a_malformed_key_is_refused_and_nothing_is_done(studio: Studio, key: str) -> None:
    response = studio.client.post(
        f"{studio.url}/clips/1/regenerate",
        json=WISH,
        headers=[(b"idempotency-key", key.encode())],
    )

    assert (response.status_code, response.json()["code"]) == (400, "malformed_key")
    assert edits(studio) == 0


def test_two_keys_in_one_request_are_refused() -> None:
    with pytest.raises(MalformedKey):
        key_of(Headers(raw=[(b"idempotency-key", b"a"), (b"idempotency-key", b"b")]))


@pytest.mark.parametrize("key", ["a", "x" * MAX_LENGTH, "8e03978e-40d5-43dd-bc93-6894a57f9324"])
def test_a_key_may_have_quotes(key: str) -> None:
    bare = Headers({"idempotency-key": key})
    quoted = Headers({"idempotency-key": f'"{key}"'})
    assert key_of(bare) == key_of(quoted) == key


def test_what_was_refused_may_be_sent_again_with_its_key(studio: Studio) -> None:
    studio.desk.queue.is_held = True
    studio.client.post(f"{studio.url}/clips/1/regenerate", json=WISH)
    refused = send(studio)
    assert (refused.status_code, refused.json()["code"]) == (409, "clip_busy")
    studio.desk.queue.run()

    assert send(studio).status_code == 202


def test_a_confirmed_price_is_confirmed_once_and_told_twice(studio: Studio) -> None:
    wish = {"text": "make clip 2 brighter"}
    quote = studio.client.post(f"{studio.url}/quotes", json=wish).json()
    url = f"{studio.url}/quotes/{quote['quote_id']}/confirm"
    key = {"Idempotency-Key": "once"}

    first, second = (studio.client.post(url, headers=key) for _ in range(2))
    other = studio.client.post(url, headers={"Idempotency-Key": "twice"})

    assert first.status_code == second.status_code == 202
    assert first.content == second.content
    assert (other.status_code, other.json()["code"]) == (409, "quote_spent")


def test_of_requests_that_arrive_together_one_is_carried_out(studio: Studio) -> None:
    crowd = 6
    barrier = Barrier(crowd)

    def arrive(_: int) -> Response:
        barrier.wait()
        return send(studio)

    with ThreadPoolExecutor(crowd) as pool:
        answers = list(pool.map(arrive, range(crowd)))

    assert {answer.status_code for answer in answers} == {202}
    assert len({answer.content for answer in answers}) == 1
    assert sum("idempotency-replayed" in answer.headers for answer in answers) == crowd - 1
    assert edits(studio) == 1


@dataclass(frozen=True, slots=True)
class Named:
    """An `Identity` that believes what the request says."""

    def user(self, headers: Mapping[str, str], cookies: Mapping[str, str]) -> User:  # noqa: ARG002 - an Identity
        return User(UUID(headers["x-user"])) if "x-user" in headers else LOCAL_USER


def test_a_key_belongs_to_one_person(studio: Studio) -> None:
    template = {"name": "Bright", "instruction": "make it brighter"}
    app = api.create(studio.desk.services, Named())
    with TestClient(app, base_url=BASE) as client:
        ids = {
            client.post(
                "/api/v1/templates",
                json=template,
                headers={"Idempotency-Key": "abc", "x-user": str(user)},
            ).json()["id"]
            for user in (uuid4(), uuid4())
        }
    assert len(ids) == 2


def test_the_page_s_own_requests_are_none_of_our_business(studio: Studio) -> None:
    answer = studio.client.post("/page", headers={"Idempotency-Key": ""})
    assert answer.status_code == 404


@pytest.fixture(name="clocked")
def fixture_clocked(tmp_path: Path) -> Iterator[tuple[Desk, FakeClock]]:
    clock = FakeClock()
    with sqlite_on(tmp_path / "clipbot.db") as engine:
        yield desk(engine, tmp_path, clock=clock), clock


TEMPLATE = {"name": "Bright", "instruction": "make it brighter"}
KEYED = {"Idempotency-Key": "abc"}


def test_an_answer_outlives_the_server_and_is_kept_for_a_day(
    clocked: tuple[Desk, FakeClock],
) -> None:
    found, clock = clocked
    with TestClient(api.create(found.services, Named()), base_url=BASE) as client:
        first = client.post("/api/v1/templates", json=TEMPLATE, headers=KEYED)
    clock.wait(KEEP.total_seconds() - 1)

    with TestClient(api.create(found.services, Named()), base_url=BASE) as client:
        again = client.post("/api/v1/templates", json=TEMPLATE, headers=KEYED)
        assert found.steps.forget(clock()) == 0
        clock.wait(2)
        later = client.post("/api/v1/templates", json=TEMPLATE, headers=KEYED)

    assert first.status_code == 201
    assert again.content == first.content
    assert (later.status_code, later.json()["code"]) == (409, "template_name_taken")


def test_what_a_dead_process_began_is_never_done_again(clocked: tuple[Desk, FakeClock]) -> None:
    """As after a kill between the act and its answer."""
    found, clock = clocked
    with TestClient(api.create(found.services, Named()), base_url=BASE) as client:
        client.post("/api/v1/templates", json=TEMPLATE, headers=KEYED)
        with found.store.repeats.engine.begin() as connection:
            connection.exec_driver_sql("UPDATE idempotency_keys SET status = NULL, body = NULL")
        clock.wait(LONGEST.total_seconds() + 1)

        again = client.post("/api/v1/templates", json=TEMPLATE, headers=KEYED)

        assert (again.status_code, again.json()["code"]) == (409, "outcome_unknown")
        listed = client.get("/api/v1/templates").json()["templates"]
        assert [each["title"] for each in listed].count("Bright") == 1


def test_one_that_is_waited_for_in_vain_may_be_asked_again(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("clipbot.api.repeats._WAIT_SECONDS", 0.0)
    begun, go_on = Event(), Event()
    regenerate = type(studio.desk.services.edits).regenerate

    def slow(*args: object, **kwargs: object) -> object:
        begun.set()
        go_on.wait()
        return regenerate(*args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(type(studio.desk.services.edits), "regenerate", slow)
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(send, studio)
        begun.wait()
        second = send(studio)
        go_on.set()

        assert (second.status_code, second.json()["code"]) == (409, "request_running")
        assert second.json()["retryable"] is True
        kept = first.result()
        assert send(studio).content == kept.content
