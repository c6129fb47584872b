"""Brings a file here, whole or not at all, however often the connection breaks.

A signed address and a client of our own: Supabase's client would hold a whole film in
memory, and would send the service key along. What arrived stays; the rest is asked for
with `Range`. The file counts only if its length and its checksum are right.
"""

import hashlib
import json
import logging
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

import httpx

from clipbot.blobs.answers import FOREIGN, meaning
from clipbot.blobs.signing import SignedAddresses
from clipbot.blobs.wire import Remote, trusted
from clipbot.errors import ClipbotError, StorageUnavailable
from clipbot.media.files import digest

logger = logging.getLogger(__name__)

PAUSES: Final = (0.3, 1.0, 3.0)
"""Seconds to wait after a break, before the rest is asked for; anew once some of it came."""
_MOST_BREAKS: Final = 20
_MOST_SECONDS: Final = 900.0
_VALID_SECONDS: Final = 3600
_LONGEST_COMPLAINT: Final = 10_000
_TIMEOUT: Final = httpx.Timeout(30.0, connect=5.0)
_WHOLE, _PART, _BEYOND = 200, 206, 416
_RANGE: Final = re.compile(r"bytes (\d+)-\d+/(\d+)", re.ASCII)
_MD5: Final = re.compile(r"[0-9a-f]{32}")


class _Expired(Exception):
    """The address leads nowhere any more."""


class _Broken(Exception):
    """The connection ended before the file did."""


@dataclass(slots=True)
class _Arrival:
    """What came of a file so far."""

    file: BinaryIO
    etag: str = ""
    """Of the content that it began as."""

    def restart(self) -> None:
        self.file.seek(0)
        self.file.truncate()
        self.etag = ""


def files_client() -> httpx.Client:
    """Return a client for signed addresses: no key, no redirects."""
    return httpx.Client(timeout=_TIMEOUT, headers={"Accept-Encoding": "identity"}, verify=trusted())


@dataclass(frozen=True, slots=True)
class Transfer:
    """Downloads. Safe to share between threads.

    Args:
        files: Sends no key.
        addresses: Where files lie.
        wait: Waits so many seconds.
        clock: Seconds that only rise.
    """

    files: httpx.Client
    addresses: SignedAddresses
    wait: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic

    def bring(self, key: str, remote: Remote, part: Path) -> None:
        """Write a file's content to `part`.

        Args:
            key: Of the file.
            remote: What the storage says of it.
            part: Written to, from its beginning; nobody else looks at it yet.

        Raises:
            BlobNotFound: It was removed meanwhile.
            StorageUnavailable: It did not arrive whole, or not as it was kept.
        """
        seen: set[str] = set()
        for _ in range(2):
            with part.open("wb") as file:
                self._written(key, remote, _Arrival(file))
            if _is_whole(part, remote, seen):
                return
            logger.warning("download was damaged", extra={"key": key})
        raise StorageUnavailable("a file arrived damaged")

    def _written(self, key: str, remote: Remote, arrival: _Arrival) -> None:
        """Write all bytes, in as many pieces as the network makes of them."""
        deadline, pauses, breaks = self.clock() + _MOST_SECONDS, iter(PAUSES), 0
        address, is_renewed = self.addresses.of(key, _VALID_SECONDS), False
        file = arrival.file
        while file.tell() < remote.size or not remote.size:
            before = file.tell()
            try:
                self._piece(key, address, remote, arrival)
            except _Expired:
                if is_renewed:
                    raise StorageUnavailable("its addresses expire at once") from None
                address, is_renewed = self.addresses.renewed(key, _VALID_SECONDS), True
                continue
            except _Broken:
                breaks += 1
                if file.tell() > before:
                    pauses, is_renewed = iter(PAUSES), False
                pause = next(pauses, None)
                if pause is None or breaks > _MOST_BREAKS or self.clock() > deadline:
                    raise StorageUnavailable("a file did not arrive whole") from None
                self.wait(pause)
                continue
            break

    def _piece(self, key: str, address: str, remote: Remote, arrival: _Arrival) -> None:
        """Write what one answer brings, behind what is there already."""
        file = arrival.file
        start = file.tell()
        headers = {"Range": f"bytes={start}-"} if start else {}
        try:
            with self.files.stream("GET", address, headers=headers) as answer:
                _begin(answer, key, remote, arrival)
                for data in answer.iter_raw():
                    if file.tell() + len(data) > remote.size:
                        raise StorageUnavailable("a file is longer than it says")
                    file.write(data)
        except httpx.HTTPError as error:
            raise _Broken from error
        if file.tell() < remote.size:
            raise _Broken


def _begin(answer: httpx.Response, key: str, remote: Remote, arrival: _Arrival) -> None:
    """Find out where in the file an answer goes on; raise if it brings nothing of it."""
    start, etag = arrival.file.tell(), answer.headers.get("etag", "")
    if answer.status_code == _PART and start:
        told = _RANGE.fullmatch(answer.headers.get("content-range", ""))
        goes_on = told and (int(told[1]), int(told[2])) == (start, remote.size)
        if goes_on and etag == arrival.etag:
            return
    elif answer.status_code != _WHOLE:
        error = _complaint(answer, key)
        if answer.status_code != _BEYOND or not start:
            raise error
    # The whole file, or a part of another one: from the beginning.
    arrival.restart()
    if answer.status_code != _WHOLE:
        raise _Broken
    arrival.etag = etag


def _complaint(answer: httpx.Response, key: str) -> Exception:
    """Return what an answer without the file means."""
    text = b""
    for data in answer.iter_raw():
        text += data
        if len(text) > _LONGEST_COMPLAINT:
            break
    try:
        told = json.loads(text)
        status, code, message = told["statusCode"], told["error"], told["message"]
    except (ValueError, LookupError, TypeError):
        status, code, message = answer.status_code, FOREIGN, ""
    if "jwt" in str(code).lower() or code == "InvalidSignature":
        return _Expired()
    error: ClipbotError = meaning(str(status), str(code), str(message), key)
    return _Broken() if isinstance(error, StorageUnavailable) else error


def _is_whole(part: Path, remote: Remote, seen: set[str]) -> bool:
    """Return whether a file is what the storage keeps.

    Our own digest decides, where we put the file there. An etag is mostly an MD5; where it
    is not and looks as if it were, two downloads that agree are believed.
    """
    if remote.digest:
        return digest(part) == remote.digest
    if not _MD5.fullmatch(remote.etag):
        return True
    md5 = md5_of(part)
    agrees = md5 in seen
    seen.add(md5)
    return md5 == remote.etag or agrees


def md5_of(path: Path) -> str:
    """Return a file's MD5, as etags hold it; a checksum, not a secret."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()
