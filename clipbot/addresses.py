"""What an address says of where it leads, without asking anybody. Pure."""

from ipaddress import ip_address
from urllib.parse import urlsplit


def is_web_address(text: str) -> bool:
    """Return whether this is an address of the web, with a host."""
    parts = urlsplit(text)
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def is_loopback(host: str) -> bool:
    """Return whether only this machine can reach a server that listens on `host`."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def is_public(url: str) -> bool:
    """Return whether an address leads to another machine than this one."""
    return not is_loopback(urlsplit(url).hostname or "")


def origin(url: str) -> str:
    """Return scheme, host and port of an address, as browsers write them in `Origin`."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
