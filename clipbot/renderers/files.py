"""Footage that a renderer made on this machine, by its `file://` address."""

from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from clipbot.errors import FootageRejected


def local_file(url: str) -> Path:
    """Return the file at an address.

    Raises:
        FootageRejected: The address is not a local file that exists.
    """
    parts = urlsplit(url)
    path = Path(url2pathname(parts.path))
    if parts.scheme != "file" or not path.is_file():
        raise FootageRejected("there is no such file")
    return path


def is_reachable(url: str) -> bool:
    """Return whether this host can have what is at an address: not a file of another one."""
    parts = urlsplit(url)
    return parts.scheme != "file" or Path(url2pathname(parts.path)).is_file()
