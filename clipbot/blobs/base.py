"""Files by key: where footage, songs and thumbnails are kept.

A key is `bucket/path`, as in the pipeline's storage (facts/upstream.md §2). What is
stored in url columns is read as a key too: the address around it may be signed,
expired, or of another host, and is never trusted.
"""

import re
from collections.abc import Collection
from pathlib import Path
from typing import Final, Protocol
from urllib.parse import unquote, urlsplit

from clipbot.blobs.buckets import BUCKETS

_STORED: Final = re.compile(
    r"/storage/v1/(?:object|render/image)/(?:public|sign|authenticated)/(.+)", re.DOTALL
)
_PART: Final = re.compile(r"[\w .+\-()!*'&$@=;:,]+", re.ASCII)
_LONGEST_PART: Final = 180
"""A copy's file name is up to 60 bytes longer, and 255 is the most that disks take."""
_LONGEST_KEY: Final = 900


class BlobStore(Protocol):
    """Keeps files; never overwrites one. Implementations are safe to share between threads."""

    def path(self, key: str) -> Path:
        """Return a local, readable copy of the file; not to be changed.

        It stays for an hour at least after the last call for it; a file that is open by
        then stays readable.

        Raises:
            BlobNotFound: There is no such file.
            StorageUnavailable: It cannot be had now.
            StorageFull: There is no room for a copy.
        """
        ...

    def fetch(self, keys: Collection[str]) -> None:
        """Bring many files here at once, so that `path` is quick; what fails, `path` will tell."""
        ...

    def exists(self, key: str) -> bool:
        """Return whether the file is there.

        Raises:
            StorageUnavailable: Nobody can say now.
        """
        ...

    def present(self, keys: Collection[str]) -> frozenset[str]:
        """Return those of the keys whose files are there; quicker than one by one.

        Raises:
            StorageUnavailable: Nobody can say now.
        """
        ...

    def put(self, key: str, source: Path) -> None:
        """Keep a copy of `source`; the same content twice is fine.

        Raises:
            BlobConflict: The key holds something else.
            BlobNameRefused: No file can have such a key.
            BlobTooLarge: No file there can be as large.
            StorageUnavailable: It cannot be told whether it was kept; safe to try again.
            StorageFull: There is no room; nothing was kept.
        """
        ...

    def delete(self, key: str) -> None:
        """Forget the file; harmless if it is not there.

        Raises:
            StorageUnavailable: It may still be there.
        """
        ...

    def address(self, key: str, seconds: int) -> str | None:
        """Return where a browser may fetch the file for a while; None: only from us.

        Args:
            key: Of the file.
            seconds: How long at most the address leads there.

        Raises:
            BlobNotFound: There is no such file.
            StorageUnavailable: Nobody can say now.
        """
        ...

    def state(self) -> tuple[bool, str]:
        """Return whether everything is as it should be, and what was seen, in a few words."""
        ...


def key_of(url: str | None) -> str | None:
    """Return the key that a stored address names, or None if it names none.

    Args:
        url: An address of the storage on whatever host, public or signed, perhaps long
            ago; or a plain key.
    """
    if not url:
        return None
    if url.split("/", 1)[0] in BUCKETS:
        return url if is_key(url) else None
    try:
        match = _STORED.search(urlsplit(url).path)
        key = unquote(match[1], errors="strict") if match else ""
    except ValueError:
        return None
    return key if is_key(key) else None


def foreign_host(url: str | None) -> str | None:
    """Return the host of a web address that is none of the storage's; None: anything else."""
    if not url or key_of(url):
        return None
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return None
    return host if parts.scheme in {"http", "https"} else None


def url_of(key: str) -> str:
    """Return what is written into url columns for a key: an address without a host."""
    return f"/storage/v1/object/public/{key}"


def is_key(text: str) -> bool:
    """Return whether `text` may be a key: a bucket and a path, nothing that leaves them.

    The letters are those that the storage takes, without `#`, `?`, `%` and whatever is not
    ASCII (facts/services.md §1.2); the length is what fits on a disk, too.
    """
    parts = text.split("/")
    return len(parts) > 1 and len(text) <= _LONGEST_KEY and all(map(_is_part, parts))


def _is_part(part: str) -> bool:
    return (
        len(part) <= _LONGEST_PART
        and _PART.fullmatch(part) is not None
        and part == part.strip()
        and not part.startswith(".")
    )
