"""Events as a stream and as a list, through a real server."""

import contextlib
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest

from clipbot import api
from clipbot.api.events import frame
from clipbot.api.models.events import EventModel
from clipbot.api.server import Server
from clipbot.identity.none import NoIdentity
from clipbot.store import events as table
from clipbot.store.database import writing
from clipbot.store.events import NewEvent
from tests import jobs
from tests.desk import Desk
from tests.unit.api.conftest import Studio, opened
from tests.unit.api.events import event

SOON = 20.0


@dataclass(slots=True)
class Running:
    """A server on a port of this machine, and what it serves."""

    desk: Desk
    job: UUID
    server: Server
    thread: threading.Thread
    client: httpx.Client

    @property
    def events(self) -> str:
        return f"/api/v1/jobs/{self.job}/events"

    def tell(self, count: int = 1, **fields: Any) -> None:
        """Let something happen to the job."""
        with writing(self.desk.store.events.engine) as session:
            for _ in range(count):
                new = NewEvent("video_generating", "Rendering", progress=20, fields=fields)
                table.append(session, self.job, new, now=datetime.now(UTC))

    def stop(self) -> None:
        self.server.should_exit = True
        self.thread.join(SOON)
        assert not self.thread.is_alive()


@pytest.fixture(name="running")
def fixture_running(mould: Path, tmp_path: Path) -> Iterator[Running]:
    with opened(mould, tmp_path / "home") as studio:
        app = api.create(studio.desk.services, NoIdentity(), host_names={"127.0.0.1"})
        server = api.server(app, host="127.0.0.1", port=0)
        thread = threading.Thread(target=server.run, name="server")
        thread.start()
        pause = threading.Event()
        while not server.started:
            pause.wait(0.01)
        port = server.servers[0].sockets[0].getsockname()[1]
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=SOON) as client:
            running = Running(studio.desk, jobs.job_id(), server, thread, client)
            yield running
            running.stop()


def messages(response: httpx.Response) -> Iterator[dict[str, Any]]:
    """Read a stream as a browser does: one dictionary per message, comments under `comment`."""
    message: dict[str, Any] = {}
    for line in response.iter_lines():
        if not line:
            yield message
            message = {}
            continue
        field, _, value = line.partition(":")
        message[field or "comment"] = value.removeprefix(" ")


def told(found: Iterator[dict[str, Any]], count: int) -> list[dict[str, Any]]:
    with_data = (each for each in found if "data" in each)
    return [next(with_data) for _ in range(count)]


def ids(found: list[dict[str, Any]]) -> list[int]:
    return [int(each["id"]) for each in found]


def test_a_stream_begins_with_what_was_and_goes_on_with_what_comes(running: Running) -> None:
    running.tell(3)
    with running.client.stream("GET", running.events) as response:
        assert response.headers["content-type"].startswith("text/event-stream")
        assert response.headers["cache-control"] == "no-cache"
        assert response.headers["x-accel-buffering"] == "no"
        found = messages(response)
        assert next(found) == {"comment": "connected", "retry": "2000"}
        assert ids(told(found, 3)) == [1, 2, 3]
        running.tell(1, template_id="nighttime")
        (new,) = told(found, 1)

    assert (new["id"], new["event"]) == ("4", "video_generating")
    body = json.loads(new["data"])
    assert (body["id"], body["event"], body["progress"]) == (4, "video_generating", 20)
    assert (body["template_id"], body["regeneration_id"]) == ("nighttime", None)


@pytest.mark.parametrize(
    ("headers", "query", "first"),
    [
        ({"last-event-id": "3"}, "", 4),
        ({"last-event-id": "3"}, "?after=1", 4),
        ({"accept": "text/event-stream"}, "?after=4", 5),
        ({"last-event-id": "nonsense"}, "", 1),
        ({"last-event-id": "-1"}, "", 1),
        ({"last-event-id": "9" * 5_000}, "", 1),
        # An id from a job's other life is not waited for.
        ({"last-event-id": "99999"}, "", 6),
    ],
)
def test_whoever_comes_back_goes_on_where_they_were(
    running: Running, headers: dict[str, str], query: str, first: int
) -> None:
    running.tell(5)
    with running.client.stream("GET", running.events + query, headers=headers) as response:
        found = messages(response)
        next(found)
        running.tell(1)
        assert ids(told(found, 7 - first)) == list(range(first, 7))


def test_an_edit_is_seen_from_start_to_end(running: Running) -> None:
    with running.client.stream("GET", running.events) as response:
        found = messages(response)
        next(found)
        running.desk.edit(running.job, "make clip 2 nighttime")
        seen: list[dict[str, Any]] = []
        while not seen or seen[-1]["event"] != "regeneration_complete":
            seen += told(found, 1)

    assert ids(seen) == list(range(1, len(seen) + 1))
    names = list(dict.fromkeys(each["event"] for each in seen))
    assert names == [
        "regeneration_started",
        "template_matched",
        "prompt_modified",
        "video_generating",
        "recomposing",
        "regeneration_complete",
    ]
    progress = [json.loads(each["data"])["progress"] for each in seen]
    assert progress == sorted(progress)
    last = json.loads(seen[-1]["data"])
    assert (last["progress"], last["version_number"], last["cost"]) == (100, 2, "0.00")
    assert running.client.get(last["video_url"]).status_code == 200
    assert running.client.get(last["new_clip_url"]).status_code == 200


def test_the_same_events_are_polled_as_json(running: Running) -> None:
    running.tell(5)

    first = running.client.get(f"{running.events}?after=0&limit=3").json()
    then = running.client.get(f"{running.events}?after={first['last_event_id']}").json()
    nothing = running.client.get(f"{running.events}?after=5")

    assert [each["id"] for each in first["events"]] == [1, 2, 3]
    assert [each["id"] for each in then["events"]] == [4, 5]
    assert nothing.json() == {"events": [], "last_event_id": 5, "has_more": False}
    assert nothing.headers["cache-control"] == "no-store"


def test_too_many_readers_are_told_so_and_a_place_becomes_free(running: Running) -> None:
    with contextlib.ExitStack() as stack:
        streams = [
            stack.enter_context(running.client.stream("GET", running.events)) for _ in range(10)
        ]
        readers = [messages(stream) for stream in streams]
        assert [next(reader)["comment"] for reader in readers] == ["connected"] * 10
        with running.client.stream("GET", running.events) as refused:
            body = json.loads(refused.read())
        assert (refused.status_code, body["code"], body["retryable"]) == (
            503,
            "too_many_streams",
            True,
        )
        assert refused.headers["retry-after"] == str(body["retry_after"])
        assert running.client.get(f"{running.events}?after=0").status_code == 200

        streams[0].close()
        hub = api.events_of(running.server.config.app)  # type: ignore[arg-type]
        pause = threading.Event()
        while len(hub.subscriptions) == 10:
            pause.wait(0.01)
        with running.client.stream("GET", running.events) as again:
            assert again.status_code == 200


def test_stopping_the_server_ends_the_streams_cleanly(
    running: Running, caplog: pytest.LogCaptureFixture
) -> None:
    with running.client.stream("GET", running.events) as response:
        found = messages(response)
        next(found)
        running.stop()
        assert list(found) == []
    assert [each.message for each in caplog.records if each.levelname == "ERROR"] == []


def test_a_quiet_stream_keeps_beating(running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clipbot.api.events.HEARTBEAT_SECONDS", 0.02)
    with running.client.stream("GET", running.events) as response:
        found = messages(response)
        assert next(found)["comment"] == "connected"
        assert [next(found), next(found)] == [{"comment": "ping"}] * 2


def test_an_event_stays_one_message_whatever_is_in_it() -> None:
    sent = frame(event(7, modified_prompt="line\n\nevent: fake\r\ndata: x")).decode()

    assert sent.count("\n\n") == 1
    assert sent.endswith("\n\n")
    lines = sent.strip().splitlines()
    assert [line.partition(":")[0] for line in lines] == ["event", "data", "id"]


def test_only_public_fields_are_told() -> None:
    told_ = EventModel.of(event(1, path="/home/me/clip.mp4", token="t", seed=7, error=None))
    body = json.loads(told_.model_dump_json(exclude_unset=True))
    assert (body["seed"], "path" in body, "token" in body, "error" in body) == (
        7,
        False,
        False,
        False,
    )


def test_new_footage_is_told_by_where_it_can_be_fetched(gallery: Studio) -> None:
    stored = event(1, gallery.job, new_clip_url="/storage/v1/object/public/x", version_number=2)
    assert EventModel.of(stored).new_clip_url == f"{gallery.url}/clips/0/versions/2/footage.mp4"
