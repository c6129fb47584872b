"""Which bytes of a file a request wants (RFC 9110, sections 13 and 14); pure.

Players ask for ranges, browsers and proxies ask whether what they keep is still good.
What a header means is decided here; sending is `sending.py`'s affair.

A header that cannot be read is no header: the answer is the whole file. So is a request
for several ranges, which the RFC allows and no player needs.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

_RANGE = re.compile(r"(?:(?P<first>\d{1,19})-(?P<last>\d{1,19})?|-(?P<suffix>\d{1,19}))", re.ASCII)


@dataclass(frozen=True, slots=True)
class Whole:
    """Everything: 200."""


@dataclass(frozen=True, slots=True)
class Part:
    """`[start, stop)`, never empty: 206."""

    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Unsatisfiable:
    """No byte of the file is in the range: 416."""


@dataclass(frozen=True, slots=True)
class NotModified:
    """What the client keeps is still good: 304."""


@dataclass(frozen=True, slots=True)
class Changed:
    """The client wants an earlier state of the file, or nothing: 412."""


Answer = Whole | Part | Unsatisfiable | NotModified | Changed


def answer(method: str, headers: Mapping[str, str], *, size: int, etag: str) -> Answer:
    """Decide what a GET or HEAD of a file is answered with.

    Args:
        method: `GET` or `HEAD`; ranges mean nothing to a HEAD (RFC 9110, 14.2).
        headers: Of the request; looked up without regard to case.
        size: Of the file, in bytes.
        etag: The file's strong entity tag, in its quotes.
    """
    wanted = headers.get("if-match")
    if wanted is not None and not _matches(wanted, etag):
        return Changed()
    kept = headers.get("if-none-match")
    if kept is not None and is_listed(kept, etag):
        return NotModified()
    if method != "GET" or not _is_fresh(headers.get("if-range"), etag):
        return Whole()
    return wanted_range(headers.get("range"), size)


def wanted_range(header: str | None, size: int) -> Whole | Part | Unsatisfiable:
    """Read a `Range` header.

    Args:
        header: Its value; None: the request has none.
        size: Of the file, in bytes.
    """
    unit, _, value = (header or "").partition("=")
    ranges = [part for part in (each.strip(" \t") for each in value.split(",")) if part]
    if unit.strip(" \t").lower() != "bytes" or len(ranges) != 1:
        return Whole()
    match = _RANGE.fullmatch(ranges[0])
    if match is None:
        return Whole()
    if match["suffix"] is not None:
        length = min(int(match["suffix"]), size)
        return Part(size - length, size) if length else Unsatisfiable()
    first = int(match["first"])
    last = int(match["last"]) if match["last"] else size - 1
    if match["last"] and last < first:
        return Whole()
    return Part(first, min(last + 1, size)) if first < size else Unsatisfiable()


def _is_fresh(if_range: str | None, etag: str) -> bool:
    # Strong comparison; a date never fits, because no date is ever sent (RFC 9110, 13.1.5).
    return if_range is None or if_range.strip(" \t") == etag


def is_listed(header: str, etag: str) -> bool:
    """Return whether an `If-None-Match` names a tag; weakly, as RFC 9110, 13.1.2 wants it."""
    return _matches(header, etag, weakly=True)


def _matches(header: str, etag: str, *, weakly: bool = False) -> bool:
    if header.strip(" \t") == "*":
        return True
    tags = (tag.strip(" \t") for tag in header.split(","))
    return any((tag.removeprefix("W/") if weakly else tag) == etag for tag in tags)
