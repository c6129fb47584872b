"""What a person may ask to be told, where, and how much of it.

A *webhook* is an address of a person's that is told of what happens to their jobs. (What
providers tell us is a *hook*.)
"""

from dataclasses import dataclass
from datetime import timedelta
from ipaddress import IPv6Address
from urllib.parse import urlsplit

from clipbot.errors import AddressRefused

EVENTS = (
    "regeneration_started",
    "template_matched",
    "prompt_modified",
    "content_moderation_retry",
    "video_generating",
    "recomposing",
    "regeneration_complete",
    "regeneration_failed",
    "regeneration_cancelled",
    "version_offered",
    "film_changed",
    "takes_decided",
    "job_released",
)
"""Everything that can happen to a job."""
PING = "ping"
"""What a test sends."""
MOST = 10
"""Webhooks of one user."""
LONGEST_URL = 2_000
OVERLAP = timedelta(hours=24)
"""How long a replaced secret still signs."""
KEPT = timedelta(days=30)
"""How long deliveries are remembered."""
_PORTS = {"https": 443, "http": 80}


@dataclass(frozen=True, slots=True)
class Address:
    """Where something is sent, as it is written; what the name leads to is looked up later."""

    is_secure: bool
    host: str
    port: int

    @property
    def place(self) -> str:
        """Return `host:port`, as trusted hosts are written."""
        return f"{self.host}:{self.port}"


def address(url: str) -> Address:
    """Read the address of a webhook.

    Raises:
        AddressRefused: It is none, or carries what an address should not.
    """
    if len(url) > LONGEST_URL:
        raise AddressRefused(f"An address has at most {LONGEST_URL:,} characters.")
    if not url.isascii() or not url.isprintable() or set(url) & set(' "<>\\^`{|}'):
        raise AddressRefused("That is no address: it has characters that must be encoded.")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
        if "[" in parts.netloc:
            IPv6Address(host)
    except ValueError as error:
        raise AddressRefused("That is no address.") from error
    if parts.scheme not in _PORTS or not host or port == 0:
        raise AddressRefused("Please give an address that begins with https://.")
    if "@" in parts.netloc:
        raise AddressRefused("Please leave names and passwords out of the address.")
    if parts.fragment:
        raise AddressRefused("Please leave the part behind # out of the address.")
    return Address(parts.scheme == "https", host, port or _PORTS[parts.scheme])
