"""The storage's HTTP interface, through Supabase's own client.

One method per call that we make; answers are values of ours, errors are ours. The service
key goes to the configured address only: redirects are not followed, and a request to
anywhere else is refused before it is sent.
"""

import logging
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final, Self, TypeVar

import httpx
from storage3 import SyncStorageClient

from clipbot.blobs.answers import translated
from clipbot.blobs.buckets import content_type
from clipbot.errors import ConfigurationError, StorageUnavailable

Answer = TypeVar("Answer")

logger = logging.getLogger(__name__)

DIGEST: Final = "clipbot_blake2b"
"""Name of our digest in an object's own metadata."""
PAUSES: Final = (0.3, 1.0)
"""Seconds between attempts to look something up."""
_PAGE: Final = 1000
_QUICK: Final = httpx.Timeout(10.0, connect=5.0)
_PATIENT: Final = httpx.Timeout(120.0, connect=5.0)
_AWAY_SECONDS: Final = 3.0


@dataclass(frozen=True, slots=True)
class Remote:
    """A file as the storage knows it."""

    size: int
    """Bytes."""
    etag: str
    """The storage's name of this very content, without quotes."""
    digest: str | None = None
    """Our digest of the content; None: somebody else put it there, or it was listed only."""

    @property
    def mark(self) -> str:
        """Tells this content from any other under the same key."""
        return f"{self.etag}-{self.size}"


@dataclass(frozen=True, slots=True)
class Bucket:
    """A bucket, and what it takes."""

    name: str
    is_public: bool
    most_bytes: int | None


@dataclass(slots=True)
class Wire:
    """Calls to one storage. Safe to share between threads.

    Args:
        address: Of the storage, with a slash at its end.
        quick: For all calls but uploads.
        patient: For uploads.
        wait: Waits so many seconds.
        clock: Seconds that only rise.
    """

    address: str
    quick: SyncStorageClient
    patient: SyncStorageClient
    wait: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    _away_until: float = field(default=0.0, init=False)

    @classmethod
    def to(
        cls,
        address: str,
        key: str,
        *,
        wait: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> Self:
        """Return the wire to a storage; nothing is sent yet.

        Args:
            address: Such as `SUPABASE_URL/storage/v1`.
            key: The service key, old or new: never looked into.
            wait: Waits so many seconds.
            clock: Seconds that only rise.
        """
        base = f"{address.rstrip('/')}/"

        def client(timeout: httpx.Timeout) -> SyncStorageClient:
            guard = {"request": [_only_to(base)]}
            http = httpx.Client(timeout=timeout, event_hooks=guard, verify=trusted())
            headers = {"apiKey": key, "Authorization": f"Bearer {key}"}
            return SyncStorageClient(base, headers, http_client=http)

        return cls(base, client(_QUICK), client(_PATIENT), wait, clock)

    def facts(self, key: str) -> Remote:
        """Return what is stored under a key.

        Raises:
            BlobNotFound: Nothing is.
        """
        bucket, path = key.split("/", 1)
        return self._asked(key, lambda: _remote(self.quick.from_(bucket).info(path)))

    def folder(self, folder: str) -> Mapping[str, Remote]:
        """Return the files right below a folder, by name; none where nobody can see any.

        Args:
            folder: A key without the file's name.
        """
        bucket, _, path = folder.partition("/")
        found: dict[str, Remote] = {}

        def page(offset: int) -> list[dict[str, Any]]:
            listed = self.quick.from_(bucket).list(path, {"limit": _PAGE, "offset": offset})
            if not isinstance(listed, list):
                raise TypeError("a listing that is none")
            return listed

        offset, listed = 0, _PAGE
        while listed == _PAGE:
            items = self._asked(folder, lambda at=offset: page(at))  # type: ignore[misc]
            with translated(folder):
                found |= {
                    each["name"]: _listed(each["metadata"])
                    for each in items
                    if each["id"] and each["metadata"]  # No folder, and not on its way.
                }
            offset, listed = offset + _PAGE, len(items)
        return found

    def upload(self, key: str, source: Path, digest: str) -> None:
        """Send a file, once; nothing is ever overwritten.

        Raises:
            BlobConflict: The key is taken, perhaps by an earlier attempt of ours.
            StorageUnavailable: It may have been kept all the same.
        """
        bucket, path = key.split("/", 1)
        with translated(key):
            self.patient.from_(bucket).upload(
                path,
                source,
                {"content-type": content_type(key), "metadata": {DIGEST: digest}},
            )

    def remove(self, key: str) -> None:
        """Remove a file; harmless if it is not there."""
        bucket, path = key.split("/", 1)
        self._asked(key, lambda: self.quick.from_(bucket).remove([path]))

    def sign(self, key: str, seconds: int) -> str:
        """Return an address that leads to a file for a while.

        Raises:
            BlobNotFound: There is no such file.
        """
        bucket, path = key.split("/", 1)

        def signed() -> str:
            url = self.quick.from_(bucket).create_signed_url(path, seconds)["signedURL"]
            if not url or not _is_below(url, self.address, "object/sign/"):
                raise ValueError("an address that is not the storage's")
            return url

        return self._asked(key, signed)

    def bucket(self, name: str) -> Bucket:
        """Return a bucket.

        Raises:
            ConfigurationError: There is none of this name.
        """
        return self._asked(name, lambda: _bucket(self.quick.get_bucket(name)))

    def buckets(self) -> list[Bucket]:
        """Return all buckets."""
        return self._asked("", lambda: [_bucket(each) for each in self.quick.list_buckets()])

    def close(self) -> None:
        """Close all connections."""
        self.quick.session.close()
        self.patient.session.close()

    def _asked(self, key: str, ask: Callable[[], Answer]) -> Answer:
        """Ask, and ask again after an error of the network or the server.

        Once that did not help, nobody asks for a moment: a page of fifty clips does not
        wait fifty times for a storage that is away.
        """
        if self.clock() < self._away_until:
            raise StorageUnavailable
        pauses = iter(PAUSES)
        while True:
            try:
                with translated(key):
                    return ask()
            except StorageUnavailable:
                pause = next(pauses, None)
                if pause is None:
                    self._away_until = self.clock() + _AWAY_SECONDS
                    raise
            self.wait(pause)


@cache
def trusted() -> ssl.SSLContext:
    """Return which certificates are believed; reading them is slow, so it is done once."""
    return httpx.create_ssl_context()


def _only_to(base: str) -> Callable[[httpx.Request], None]:
    """Return a guard that lets requests with our key go to one server only."""

    def guard(request: httpx.Request) -> None:
        if not _is_below(str(request.url), base):
            raise ConfigurationError("SUPABASE_URL is not a plain address.")

    return guard


def _is_below(url: str, base: str, path: str = "") -> bool:
    """Return whether an address is on the storage's own server, below its own path."""
    there, ours = httpx.URL(url), httpx.URL(base)
    is_same = (there.scheme, there.host, there.port) == (ours.scheme, ours.host, ours.port)
    return is_same and there.path.startswith(f"{ours.path}{path}")


def _remote(facts: Mapping[str, Any]) -> Remote:
    digest = (facts.get("metadata") or {}).get(DIGEST)
    return Remote(int(facts["size"]), str(facts["etag"]).strip('"'), digest and str(digest))


def _listed(metadata: Mapping[str, Any]) -> Remote:
    return Remote(int(metadata["size"]), str(metadata["eTag"]).strip('"'))


def _bucket(told: Any) -> Bucket:
    return Bucket(told.id, told.public, told.file_size_limit)
