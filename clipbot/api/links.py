"""Addresses of media in answers, signed for whoever needs that.

A program that sends a bearer token cannot make a player or an `<img>` send it; the
addresses that we answer with then carry a token of their own (`identity.links`). Browsers
with a session, and installations without sign-in, get them plain, so that nothing changes
under a playing film.

Every such field of a model has the type `Link`; `gate` says, per request, how one is
signed. Which addresses a token opens is said here, too, and nowhere else.
"""

import re
from collections.abc import Callable
from contextvars import ContextVar
from typing import Annotated, Final
from urllib.parse import urlsplit

from pydantic import AfterValidator

Sign = Callable[[str], str | None]
"""Returns the token for a path; None: it needs none."""

_SIGN: ContextVar[Sign | None] = ContextVar("sign_links", default=None)

_JOB: Final = r"/api/v1/jobs/[^/]+"
_CLIP: Final = rf"{_JOB}/clips/[^/]+"
_OPENED: Final = re.compile(
    rf"{_JOB}/(?:film\.mp4|film\.m3u8|film/[^/]+/(?:init\.mp4|[^/]+\.m4s)|events)"
    rf"|{_CLIP}/(?:thumbnail|thumbnail\.jpg|preview\.mp4|preview/(?:before|after)\.jpg)"
    rf"|{_JOB}/exports/[^/]+/film\.mp4"
    rf"|{_CLIP}/versions/[^/]+/footage\.mp4"
)
_LOOKING: Final = frozenset({"GET", "HEAD"})


def sign_with(sign: Sign | None) -> None:
    """Say how addresses are signed from here on, in the answer to the current request."""
    _SIGN.set(sign)


def is_opened_by_link(method: str, path: str) -> bool:
    """Whether a token in the address may let somebody in."""
    return method in _LOOKING and _OPENED.fullmatch(path) is not None


def linked(address: str) -> str:
    """Return an address below our root, signed if whoever asks needs that."""
    sign = _SIGN.get()
    path = urlsplit(address).path
    token = sign(path) if sign is not None and _OPENED.fullmatch(path) else None
    if token is None:
        return address
    return f"{address}{'&' if '?' in address else '?'}token={token}"


Link = Annotated[str, AfterValidator(linked)]
"""An address of media or of a stream, as a field of an answer."""
