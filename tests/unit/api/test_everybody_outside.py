"""Nobody who is not known gets anywhere: every route, ours and the page's, every bad token."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient

from clipbot.api.gate import OPEN, is_open
from tests import jobs
from tests.contract.forged import FORGED
from tests.contract.gotrue_server import Person, running
from tests.people import BASE, House, served
from tests.routes import Way, ways
from tests.unit.api.conftest import Studio

Answer = tuple[int, dict[str, str], bytes]


async def ask(house: House, way: Way, headers: Mapping[str, str], query: str = "") -> Answer:
    """Send a request to the app itself, without a client that tidies it up."""
    sent = {"host": "127.0.0.1:7860", **headers}
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": way.method,
        "scheme": "http",
        "path": way.address(job_id=jobs.job_id()),
        "raw_path": way.address(job_id=jobs.job_id()).encode(),
        "root_path": "",
        "query_string": query.encode(),
        "headers": [(k.lower().encode(), v.encode("utf-8")) for k, v in sent.items()],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 7860),
    }
    told: list[Any] = []

    async def receive() -> dict[str, Any]:
        await asyncio.sleep(0)
        return {"type": "http.request", "body": b"{}", "more_body": False}

    async def send(message: Any) -> None:
        await asyncio.sleep(0)
        told.append(message)

    await house.app(scope, receive, send)
    start, *rest = told
    answered = {k.decode().lower(): v.decode() for k, v in start["headers"]}
    return start["status"], answered, b"".join(each.get("body", b"") for each in rest)


def closed(house: House) -> list[Way]:
    return [way for way in ways(house.app) if not is_open(way.method, way.path)]


def test_what_is_open_to_everybody_is_a_short_list(house: House) -> None:
    """A new route is closed unless it is put here on purpose."""
    everything = {(way.method, way.path) for way in ways(house.app)}
    assert OPEN - everything == {("GET", "/login/start"), ("GET", "/login/callback")}
    shared = {way for way in ways(house.app) if is_open(way.method, way.path)}
    shared -= {Way(*each) for each in OPEN}
    # What a link to a review opens is asked for call by call: test_shared_reviews.
    assert {way.path.removeprefix("/api/v1").split("/")[1] for way in shared} == {"shared"}
    assert len(shared) == 9
    assert len(closed(house)) > 120
    assert {way.path.split("/")[1] for way in closed(house)} >= {"", "api", "gradio_api", "config"}


def test_without_anything_every_route_is_closed(house: House) -> None:
    async def all_ways() -> AsyncIterator[tuple[Way, Answer]]:
        for way in closed(house):
            yield way, await ask(house, way, {})

    async def check() -> None:
        async for way, (status, headers, body) in all_ways():
            assert status == 401, way
            assert headers["www-authenticate"].startswith("Bearer"), way
            assert headers["cache-control"] == "no-store", way
            assert b"not_signed_in" in body, way

    asyncio.run(check())


def test_no_bad_token_opens_any_route(house: House, ada: Person) -> None:
    """As bearer, as cookie, and in the address; also beside what would be good."""
    forged = {name: forge(house.double, ada) for name, forge in FORGED.items()}
    good = house.double.token(ada)

    async def check() -> None:
        for way in closed(house):
            for name, token in forged.items():
                bearer = {"Authorization": f"Bearer {token}"}
                status, headers, body = await ask(house, way, bearer)
                assert status == 401, (way, name)
                assert "invalid_token" in headers["www-authenticate"], (way, name)
                assert not token or token.encode() not in body, (way, name)
            beside = {"Authorization": "Bearer x", "Cookie": f"clipbot-access=1~{good}"}
            assert (await ask(house, way, beside))[0] == 401, way

    asyncio.run(check())


def test_no_bad_token_opens_any_route_as_a_cookie(house: House, ada: Person) -> None:
    forged = [forge(house.double, ada) for forge in FORGED.values()]
    cookies = [f"clipbot-access=1~{token}" for token in forged if token.isascii()]

    async def check() -> None:
        for number, way in enumerate(closed(house)):
            # Each cookie at several routes, each route with several cookies.
            for cookie in cookies[number % 7 :: 7]:
                assert (await ask(house, way, {"Cookie": cookie}))[0] == 401, (way, cookie)

    asyncio.run(check())


def test_an_access_token_in_an_address_opens_nothing(house: House, ada: Person) -> None:
    good = house.double.token(ada)

    async def check() -> None:
        for way in closed(house):
            for name in ("token", "access_token", "jwt", "bearer"):
                status, _, body = await ask(house, way, {}, urlencode({name: good}))
                assert status in {401, 404}, way
                assert good.encode() not in body

    asyncio.run(check())


@pytest.mark.parametrize("scheme", ["", "Basic", "Token", "bearer,", "Bearer:"])
def test_another_scheme_is_none(house: House, ada: Person, scheme: str) -> None:
    shown = {"Authorization": f"{scheme} {house.double.token(ada)}".strip()}
    assert house.client.get("/api/v1/jobs", headers=shown).status_code == 401


def test_the_good_one_is_let_in_everywhere(house: House, ada: Person) -> None:
    """Or the tests above would pass with a door that is nailed shut."""
    for path in ("/", "/config", "/api/v1/jobs", "/gradio_api/info", "/api/v1/openapi.json"):
        assert house.client.get(path, headers=house.bearer(ada)).status_code == 200, path


def test_a_page_is_led_to_sign_in_and_back(house: House) -> None:
    navigating = {"Accept": "text/html", "Sec-Fetch-Mode": "navigate"}
    answer = house.client.get("/?job=1&clip=2", headers=navigating)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/login?next=/%3Fjob%3D1%26clip%3D2"
    for path in ("/api/v1/jobs", "/gradio_api/info"):
        assert house.client.get(path, headers=navigating).status_code == 401


@pytest.mark.parametrize(
    "path",
    ["/login/", "//login", "/login/../config", "/health/", "/HEALTH", "/login%2f..%2fconfig"],
)
def test_something_like_an_open_address_is_not_open(house: House, path: str) -> None:
    status, _, _ = asyncio.run(ask(house, Way("GET", path), {}))
    assert status == 401


def test_the_frameworks_own_sign_in_is_out_of_reach(house: House) -> None:
    for method, path in (("POST", "/login/"), ("GET", "/logout"), ("GET", "/gradio_api/token")):
        assert house.client.request(method, path).status_code == 401


def test_a_socket_is_closed_to_everybody(house: House) -> None:
    from starlette.websockets import WebSocketDisconnect  # noqa: PLC0415 - only here

    with (
        pytest.raises(WebSocketDisconnect) as caught,
        house.client.websocket_connect("/queue/join"),
    ):
        pass
    assert caught.value.code == 1008


def test_where_it_cannot_be_told_who_asks_nobody_is_called_a_forger(
    gallery: Studio,
) -> None:
    with running() as away:
        token = away.token(Person("ada@example.com", "word"))
        _, app = served(gallery.desk, away, secret="s" * 40)
        away.is_away = True
        with TestClient(app, base_url=BASE, follow_redirects=False) as client:
            answer = client.get("/api/v1/jobs", headers={"Authorization": f"Bearer {token}"})
    assert (answer.status_code, answer.json()["retryable"]) == (503, True)
    assert answer.json()["code"] == "sign_in_unavailable"


def test_nothing_of_a_token_is_logged(
    house: House, ada: Person, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    token = house.double.token(ada, exp=1)
    house.client.get("/api/v1/jobs", headers={"Authorization": f"Bearer {token}"})
    house.client.get(f"/api/v1/jobs/{uuid4()}/film.mp4?token={token}")
    house.client.get("/", headers={"Cookie": f"clipbot-access=1~{token}"})
    ours = [each for each in caplog.records if each.name.startswith("clipbot")]
    assert not [each for each in ours if token[:20] in f"{each.getMessage()}{vars(each)}"]
