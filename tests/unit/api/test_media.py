"""Films, footage and stills as files, with ranges."""

import asyncio
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI, Request
from fastapi.responses import Response
from fastapi.testclient import TestClient

from clipbot.api.sending import BytesSource, FileSource, sent
from tests.unit.api.conftest import Studio

CONTENT = bytes(range(256)) * 40


@dataclass(slots=True)
class Reel:
    """A source that writes down how it is read."""

    size: int = 10 * 65536
    etag: str = "reel"
    chunk: int = 65536
    read_bytes: int = 0
    threads: set[int] = field(default_factory=set)
    is_closed: threading.Event = field(default_factory=threading.Event)

    def read(self, start: int, stop: int) -> Iterator[bytes]:
        try:
            while start < stop:
                self.threads.add(threading.get_ident())
                count = min(self.chunk, stop - start)
                self.read_bytes += count
                yield b"x" * count
                start += count
        finally:
            self.is_closed.set()


def client(source: Any) -> TestClient:
    app = FastAPI()

    @app.get("/file")
    @app.head("/file")
    def file(request: Request) -> Response:
        return sent(request, source, media_type="video/mp4", cache="private, no-cache")

    return TestClient(app)


@pytest.fixture(name="sources", params=["bytes", "file"])
def fixture_sources(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    if request.param == "bytes":
        return BytesSource(CONTENT)
    (tmp_path / "clip.mp4").write_bytes(CONTENT)
    return FileSource.of(tmp_path / "clip.mp4")


SIZE = len(CONTENT)


@pytest.mark.parametrize(
    ("wanted", "status", "start", "stop"),
    [
        (None, 200, 0, SIZE),
        ("bytes=0-0", 206, 0, 1),
        ("bytes=100-199", 206, 100, 200),
        ("bytes=9999-", 206, 9999, SIZE),
        ("bytes=-100", 206, SIZE - 100, SIZE),
        ("bytes=0-999999", 206, 0, SIZE),
        ("bytes=0-1,5-6", 200, 0, SIZE),
        ("bytes=5-2", 200, 0, SIZE),
        ("frames=0-1", 200, 0, SIZE),
    ],
)
def test_the_bytes_that_were_asked_for_are_sent(
    sources: Any, wanted: str | None, status: int, start: int, stop: int
) -> None:
    response = client(sources).get("/file", headers={"range": wanted} if wanted else {})

    assert response.status_code == status
    assert response.content == CONTENT[start:stop]
    assert response.headers["content-length"] == str(stop - start)
    assert response.headers["accept-ranges"] == "bytes"
    assert response.headers["content-type"] == "video/mp4"
    assert response.headers["etag"] == f'"{sources.etag}"'
    expected = f"bytes {start}-{stop - 1}/{SIZE}" if status == 206 else None
    assert response.headers.get("content-range") == expected


@pytest.mark.parametrize("wanted", ["bytes=10240-", "bytes=99999-100000", "bytes=-0"])
def test_a_range_behind_the_end_says_how_long_the_file_is(sources: Any, wanted: str) -> None:
    response = client(sources).get("/file", headers={"range": wanted})

    assert response.status_code == 416
    assert response.headers["content-range"] == f"bytes */{SIZE}"
    assert response.json()["code"] == "range_not_satisfiable"


def test_head_tells_the_length_and_sends_nothing(sources: Any) -> None:
    response = client(sources).head("/file", headers={"range": "bytes=0-9"})

    assert (response.status_code, response.content) == (200, b"")
    assert response.headers["content-length"] == str(SIZE)
    assert "content-range" not in response.headers


def test_what_the_client_keeps_is_not_sent_again(sources: Any) -> None:
    speaker = client(sources)
    tag = speaker.get("/file").headers["etag"]

    again = speaker.get("/file", headers={"if-none-match": tag})

    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert speaker.get("/file", headers={"if-match": '"other"'}).status_code == 412


def test_a_download_goes_on_only_where_the_file_is_the_same(sources: Any) -> None:
    speaker = client(sources)
    tag = speaker.get("/file").headers["etag"]
    more = {"range": "bytes=100-"}

    assert speaker.get("/file", headers={**more, "if-range": tag}).status_code == 206
    assert speaker.get("/file", headers={**more, "if-range": '"other"'}).content == CONTENT


def test_an_empty_file_can_be_sent() -> None:
    response = client(BytesSource(b"")).get("/file")
    assert (response.status_code, response.content) == (200, b"")


def test_reading_happens_in_threads_never_on_the_event_loop() -> None:
    reel = Reel()
    loops: list[int] = []
    app = FastAPI()

    @app.get("/file")
    async def file(request: Request) -> Response:
        loops.append(threading.get_ident())
        await asyncio.sleep(0)
        return sent(request, reel, media_type="video/mp4", cache="no-store")

    assert len(TestClient(app).get("/file").content) == reel.size
    assert reel.threads.isdisjoint(loops)


def test_reading_stops_when_the_client_leaves() -> None:
    reel = Reel(size=2**40)
    speaker = client(reel)

    asyncio.run(_leave_after_first_chunk(speaker.app))

    assert reel.is_closed.is_set()
    assert reel.read_bytes <= 4 * reel.chunk


async def _leave_after_first_chunk(app: Any) -> None:
    """Speak ASGI as uvicorn does, and hang up after the first chunk."""
    has_left = asyncio.Event()
    is_asked = False
    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": "GET",
        "path": "/file",
        "raw_path": b"/file",
        "query_string": b"",
        "root_path": "",
        "scheme": "http",
        "headers": [(b"host", b"testserver")],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 2),
    }

    async def receive() -> dict[str, Any]:
        nonlocal is_asked
        if is_asked:
            await has_left.wait()
            return {"type": "http.disconnect"}
        is_asked = True
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.body" and message["body"]:
            has_left.set()
        await asyncio.sleep(0)

    async with asyncio.timeout(10):
        await app(scope, receive, send)


def test_the_film_leads_to_its_current_composition(gallery: Studio) -> None:
    for method in ("GET", "HEAD"):
        response = gallery.client.request(method, f"{gallery.url}/film.mp4")
        assert response.status_code == 307
        assert response.headers["location"] == f"{gallery.url}/film.mp4?composition=1"
        assert response.headers["cache-control"] == "private, no-cache"


def test_a_composition_is_the_film_and_never_changes(gallery: Studio) -> None:
    film = gallery.desk.film(gallery.job)
    address = f"{gallery.url}/film.mp4?composition=1"

    whole = gallery.client.get(address)
    part = gallery.client.get(address, headers={"range": f"bytes=1000-{len(film) - 11}"})
    head = gallery.client.head(address)

    assert (whole.status_code, whole.content) == (200, film)
    assert whole.headers["content-type"] == "video/mp4"
    assert whole.headers["cache-control"] == "private, max-age=31536000, immutable"
    assert (part.status_code, part.content) == (206, film[1000:-10])
    assert (head.status_code, head.headers["content-length"]) == (200, str(len(film)))
    assert head.headers["etag"] == whole.headers["etag"] == part.headers["etag"]
    kept = gallery.client.get(address, headers={"if-none-match": whole.headers["etag"]})
    assert kept.status_code == 304


def test_footage_is_the_stored_file(gallery: Studio) -> None:
    address = f"{gallery.url}/clips/1/versions/1/footage.mp4"
    stored = gallery.desk.services.films.footage(gallery.desk.user, gallery.job, 1, 1).read_bytes()

    assert gallery.client.get(address).content == stored
    tail = gallery.client.get(address, headers={"range": "bytes=-5"})
    assert (tail.status_code, tail.content) == (206, stored[-5:])
    assert tail.headers["cache-control"].endswith("immutable")


def test_a_thumbnail_leads_to_the_still_of_the_current_version(gallery: Studio) -> None:
    moved = gallery.client.get(f"{gallery.url}/clips/0/thumbnail")
    assert moved.status_code == 302
    assert moved.headers["location"] == f"{gallery.url}/clips/0/thumbnail.jpg?version=1"

    still = gallery.client.get(moved.headers["location"])
    assert still.headers["content-type"] == "image/jpeg"
    assert still.headers["cache-control"].endswith("immutable")
    assert still.content.startswith(b"\xff\xd8")
    current = gallery.client.get(f"{gallery.url}/clips/0/thumbnail.jpg")
    assert current.content == still.content
    assert current.headers["cache-control"] == "private, no-cache"
