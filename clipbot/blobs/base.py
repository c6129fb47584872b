"""Files by key: where footage, songs and thumbnails are kept.

A key is `bucket/path`, as in the pipeline's storage (facts/upstream.md §2). What is
stored in url columns is read as a key too: the address around it may be signed,
expired, or of another host, and is never trusted.
"""

import re
from pathlib import Path
from typing import Protocol

_STORED = re.compile(r"/storage/v1/object/(?:public|sign)/([^?#]+)")
_PART = re.compile(r"[\w .+\-()]+", re.ASCII)


class BlobStore(Protocol):
    """Keeps files; never overwrites one. Implementations are safe to share between threads."""

    def path(self, key: str) -> Path:
        """Return a local, readable copy of the file; not to be changed.

        Raises:
            BlobNotFound: There is no such file.
            BlobError: It cannot be had now.
        """
        ...

    def exists(self, key: str) -> bool:
        """Return whether the file is there."""
        ...

    def put(self, key: str, source: Path) -> None:
        """Keep a copy of `source`; the same content twice is fine.

        Raises:
            BlobConflict: The key holds something else.
            StorageFull: There is no room; nothing was kept.
        """
        ...

    def delete(self, key: str) -> None:
        """Forget the file; harmless if it is not there."""
        ...


def key_of(url: str | None) -> str | None:
    """Return the key that a stored address names, or None if it names none."""
    if not url:
        return None
    match = _STORED.search(url)
    return match[1] if match and is_key(match[1]) else None


def url_of(key: str) -> str:
    """Return what is written into url columns for a key: an address without a host."""
    return f"/storage/v1/object/public/{key}"


def is_key(text: str) -> bool:
    """Return whether `text` may be a key: a bucket and a path, nothing that leaves them."""
    parts = text.split("/")
    return len(parts) > 1 and all(
        _PART.fullmatch(part) and part.strip(".") and not part.startswith(".") for part in parts
    )
