"""Downloads: only from where footage lies, whole or not at all."""

import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from time import monotonic
from typing import Any

import pytest

from clipbot.errors import FootageRejected, ProviderUnavailable, StorageFull
from clipbot.renderers.download import Downloads
from clipbot.renderers.network import is_public, resolved
from tests import media

DATA = bytes(range(256)) * 1000
Reaction = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: "_Server"

    def do_GET(self) -> None:
        self.server.asked.append((self.path, dict(self.headers.items())))
        try:
            self.server.reactions[min(len(self.server.asked), len(self.server.reactions)) - 1](self)
        except OSError:
            self.close_connection = True

    def begin(self, status: int, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
        """Stay silent."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    reactions: Sequence[Reaction]
    asked: list[tuple[str, dict[str, str]]]
    ended: threading.Event


@dataclass
class Place:
    """A file host, and a name service that answers as it is told."""

    server: _Server
    dest: Path
    answers: list[list[str]] = field(default_factory=list)
    """Of the name service, one after the other; the last one stays."""
    names: list[str] = field(default_factory=list)

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.server.server_port}"

    def resolve(self, host: str, port: int) -> list[str]:
        del port
        self.names.append(host)
        return self.answers[min(len(self.names), len(self.answers)) - 1]

    def bring(self, url: str | None = None, **facts: Any) -> Path:
        downloads = Downloads(**{"trusted": [self.host]} | facts)
        return downloads.bring(url or f"http://{self.host}/a.mp4", self.dest, provider="Veo 3.1")


@contextmanager
def place(tmp_path: Path, *reactions: Reaction) -> Iterator[Place]:
    server = _Server(("127.0.0.1", 0), Handler)
    server.reactions, server.asked, server.ended = reactions, [], threading.Event()
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield Place(server, tmp_path / "new.mp4")
    finally:
        server.ended.set()
        server.shutdown()
        server.server_close()
        thread.join()


def sends(data: bytes = DATA, *, promised: int | None = None) -> Reaction:
    def react(handler: Handler) -> None:
        handler.begin(200, content_length=str(len(data) if promised is None else promised))
        handler.wfile.write(data)
        handler.close_connection = True

    return react


def sends_in_chunks(*, is_whole: bool = True) -> Reaction:
    def react(handler: Handler) -> None:
        handler.begin(200, transfer_encoding="chunked")
        handler.wfile.write(b"%x\r\n" % len(DATA) + DATA + b"\r\n")
        if is_whole:
            handler.wfile.write(b"0\r\n\r\n")
        handler.close_connection = True

    return react


def answers(status: int, **headers: str) -> Reaction:
    return lambda handler: handler.begin(status, content_length="0", **headers)


def drips(handler: Handler) -> None:
    handler.begin(200, content_length="1000000")
    while not handler.server.ended.wait(0.02):
        handler.wfile.write(b"x")


def drips_headers(handler: Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
    while not handler.server.ended.wait(0.02):
        handler.wfile.write(b"x")


def hangs_up(handler: Handler) -> None:
    handler.close_connection = True


def test_a_file_arrives_whole_and_without_a_token(tmp_path: Path) -> None:
    with place(tmp_path, sends(), sends_in_chunks()) as there:
        assert there.bring().read_bytes() == DATA
        there.dest = tmp_path / "other.mp4"
        assert there.bring().read_bytes() == DATA
        for _, headers in there.server.asked:
            assert {name.lower() for name in headers} == {"host", "accept", "accept-encoding"}


@pytest.mark.parametrize(
    "reaction",
    [
        sends(DATA[:500], promised=len(DATA)),
        sends_in_chunks(is_whole=False),
        hangs_up,
        answers(500),
        answers(503),
        answers(429),
        answers(206),
        answers(204),
    ],
)
def test_what_did_not_arrive_whole_may_be_tried_again(tmp_path: Path, reaction: Reaction) -> None:
    with place(tmp_path, reaction) as there, pytest.raises(ProviderUnavailable):
        there.bring()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_what_is_gone_is_gone(tmp_path: Path, status: int) -> None:
    gone = pytest.raises(FootageRejected, match="it is not there any more")
    with place(tmp_path, answers(status)) as there, gone:
        there.bring()


@pytest.mark.parametrize("reaction", [sends(), sends_in_chunks()], ids=["announced", "streamed"])
def test_a_file_that_is_too_large_is_left(tmp_path: Path, reaction: Reaction) -> None:
    with place(tmp_path, reaction) as there, pytest.raises(FootageRejected, match="larger than"):
        there.bring(most_bytes=len(DATA) - 1)
    assert list(tmp_path.iterdir()) == []
    with place(tmp_path, reaction) as there:
        assert there.bring(most_bytes=len(DATA)).exists()


@pytest.mark.parametrize("reaction", [drips, drips_headers])
def test_a_server_that_never_stops_is_left_in_time(tmp_path: Path, reaction: Reaction) -> None:
    started = monotonic()
    with place(tmp_path, reaction) as there, pytest.raises(ProviderUnavailable):
        there.bring(seconds=0.5)
    assert monotonic() - started < 15  # generous: the machine may be busy
    assert list(tmp_path.iterdir()) == []


def test_no_room_is_said(tmp_path: Path) -> None:
    with (
        place(tmp_path, sends()) as there,
        media.largest_file(1000),
        pytest.raises(StorageFull),
    ):
        there.bring()
    assert list(tmp_path.iterdir()) == []


def test_redirects_are_followed_a_few_times(tmp_path: Path) -> None:
    with place(tmp_path, answers(302, location="/b"), answers(307, location="c"), sends()) as there:
        there.bring()
        assert [path for path, _ in there.server.asked] == ["/a.mp4", "/b", "/c"]
    with place(tmp_path, answers(302, location="/again")) as there:
        with pytest.raises(FootageRejected, match="from one place to the next"):
            there.bring()
        assert len(there.server.asked) == 4


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.1:1/x",
        "http://169.254.169.254/latest/meta-data",
        "https://evil.invalid/x",
        "file:///etc/passwd",
        "ftp://replicate.delivery/x",
        "http://replicate.delivery/x",
        "https://replicate.delivery:8443/x",
        "https://user@replicate.delivery/x",
        "https://replicate.delivery.evil.invalid/x",
        "https://evilreplicate.delivery/x",
        "https://replicate.delivery\t/x",
        "https://[::1/x",
        "//evil.invalid/x",
        "https://replicate.delivery:notaport/x",
    ],
)
def test_no_address_and_no_redirect_leads_elsewhere(tmp_path: Path, target: str) -> None:
    with place(tmp_path, answers(302, location=target), sends()) as there:
        there.answers = [["127.0.0.1"]]
        with pytest.raises(FootageRejected):
            there.bring(target)
        assert there.server.asked == []
        if "\t" not in target:
            with pytest.raises(FootageRejected):
                there.bring()
            assert len(there.server.asked) == 1
    assert there.names == []


@pytest.mark.parametrize(
    "addresses",
    [
        ["127.0.0.1"],
        ["10.0.0.1"],
        ["169.254.169.254"],
        ["::1"],
        ["fd00::1"],
        ["8.8.8.8", "192.168.1.1"],
        ["nonsense"],
    ],
)
def test_a_known_name_with_a_private_address_is_not_reached(
    tmp_path: Path, addresses: list[str]
) -> None:
    with place(tmp_path, sends()) as there:
        there.answers = [addresses]
        with pytest.raises(FootageRejected, match="nothing is fetched from"):
            there.bring("https://x.replicate.delivery/a.mp4", resolve=there.resolve)
        assert there.names == ["x.replicate.delivery"]
        assert there.server.asked == []


def test_the_address_that_was_checked_is_the_one_that_is_reached(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that changes its answer between the check and the call gains nothing."""
    reached: list[str] = []

    def connect(address: tuple[str, int], *_: Any, **__: Any) -> socket.socket:
        reached.append(address[0])
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", connect)
    with place(tmp_path, sends()) as there:
        there.answers = [["203.0.112.7", "2606:4700::1111"], ["127.0.0.1"]]
        with pytest.raises(ProviderUnavailable):
            there.bring("https://replicate.delivery/a.mp4", resolve=there.resolve)
    assert there.names == ["replicate.delivery"]
    assert reached == ["203.0.112.7", "2606:4700::1111"]


def test_a_trusted_server_is_trusted_at_its_port_only(tmp_path: Path) -> None:
    with place(tmp_path, sends()) as there:
        with pytest.raises(FootageRejected):
            there.bring(trusted=["127.0.0.1:1"])
        there.answers = [["127.0.0.1"]]
        address = f"http://files.invalid:{there.server.server_port}/a.mp4"
        facts = {"trusted": [f"files.invalid:{there.server.server_port}"]}
        assert there.bring(address, resolve=there.resolve, **facts).read_bytes() == DATA


def test_a_name_without_an_address_may_get_one_later(tmp_path: Path) -> None:
    def resolve(host: str, port: int) -> list[str]:
        raise socket.gaierror(host, port)

    with place(tmp_path, sends()) as there, pytest.raises(ProviderUnavailable):
        there.bring("https://replicate.delivery/a.mp4", resolve=resolve)


@pytest.mark.parametrize(
    ("address", "is_one"),
    [
        ("8.8.8.8", True),
        ("2606:4700::1111", True),
        ("127.0.0.1", False),
        ("0.0.0.0", False),  # noqa: S104 - an address to refuse
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("100.64.0.1", False),
        ("169.254.169.254", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::", False),
        ("::ffff:127.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b::a9fe:a9fe", False),
        ("2002:7f00:1::", False),
        ("fe80::1%eth0", False),
        ("ff0e::1", False),
        ("fc00::1", False),
        ("localhost", False),
    ],
)
def test_only_addresses_of_the_internet_are_public(address: str, *, is_one: bool) -> None:
    assert is_public(address) == is_one


def test_this_machine_has_an_address() -> None:
    assert "127.0.0.1" in resolved("127.0.0.1", 80)
