"""Where files are kept: in a Supabase project, or on this disk."""

from collections.abc import Callable
from urllib.parse import urlsplit

from clipbot.addresses import is_loopback
from clipbot.blobs.base import BlobStore
from clipbot.blobs.cache import FileCache
from clipbot.blobs.disk import DiskBlobs
from clipbot.blobs.supabase import SupabaseBlobs
from clipbot.errors import ConfigurationError
from clipbot.settings import Settings

_STORAGE = "/storage/v1"
_PORTS = {"http": 80, "https": 443}


def blob_store(settings: Settings, wait: Callable[[float], None]) -> BlobStore:
    """Return the store that the settings name; nothing is sent to it yet.

    Raises:
        ConfigurationError: The service key would travel in the open.
    """
    if settings.supabase_url is None or settings.supabase_service_key is None:
        return DiskBlobs(settings.blobs)
    _check(settings.supabase_url, settings.trusted_hosts)
    return SupabaseBlobs.at(
        f"{settings.supabase_url}{_STORAGE}",
        settings.supabase_service_key.get_secret_value(),
        FileCache(settings.home / "cache" / "footage", settings.footage_cache_bytes),
        wait=wait,
    )


def _check(url: str, trusted: tuple[str, ...]) -> None:
    """Raise unless a secret may be sent to an address."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    is_ours = is_loopback(host) or f"{host}:{parts.port or _PORTS[parts.scheme]}" in trusted
    if parts.scheme != "https" and not is_ours:
        raise ConfigurationError(
            "SUPABASE_URL must begin with https://, or its host and port be in "
            "CLIPBOT_TRUSTED_HOSTS: the service key would travel in the open."
        )
    if parts.username or parts.password or parts.query or parts.fragment:
        raise ConfigurationError("SUPABASE_URL must be a plain address of a host.")
