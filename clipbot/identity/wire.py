"""How whoever knows the people is spoken to: with patience that ends, and led nowhere else."""

import ssl
from functools import cache
from typing import Final

import httpx

_TIMEOUT: Final = httpx.Timeout(10.0, connect=5.0)


def client(seconds: float | None = None) -> httpx.Client:
    """Return a client of one's own, to be closed; making one is cheap.

    Args:
        seconds: How long anything may take; None: ten seconds.
    """
    timeout = _TIMEOUT if seconds is None else httpx.Timeout(seconds)
    return httpx.Client(timeout=timeout, follow_redirects=False, verify=_trust())


@cache
def _trust() -> ssl.SSLContext:
    """Return whom we believe over https; reading that takes longer than a whole call."""
    return httpx.create_ssl_context()
